"""Settings, section «Journal»: this till's folder or a server, and the test of a server."""

from __future__ import annotations

import anyio
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cashier.domain.failure import CashierError, Failure
from cashier.journal.server_trial import ServerCheck, ServerReport, try_server
from cashier.paths import Folders
from cashier.services.till import Till
from cashier.settings import LENGTHS, Settings
from cashier.ui.background import Background, Job
from cashier.ui.pages.first_start_form import grow
from cashier.ui.texts import failure_text
from cashier.ui.theme import Theme, follow_theme
from cashier.ui.widgets.band import Band
from cashier.ui.widgets.button import Button, Size
from cashier.ui.widgets.field import Field
from cashier.ui.widgets.fitted_scroll import bring_into_sight
from cashier.ui.widgets.icon_label import IconLabel
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.tone import Tone


class JournalPlace(QWidget):
    """Says where the journal is, and tries a server that is typed.

    `move_wanted(url)`: to the server that was tried and is good.
    """

    move_wanted = Signal(str)

    def __init__(
        self, till: Till, background: Background, settings: Settings, folders: Folders
    ) -> None:
        super().__init__()
        self.setObjectName("settings.journal.place")
        self._till = till
        self._background = background
        self._settings = settings
        self._is_training = folders.training
        self._is_on_server = bool(settings.journal_url) and not folders.training
        self._job: Job | None = None
        self._report: ServerReport | None = None
        self._failure: CashierError | None = None
        self._where = Label(role=Role.BODY, wrap=True, name="settings.journal.server")
        self._url = Field(name="settings.journal.url", limit=LENGTHS["journal_url"])
        self._url.set_text(settings.journal_url)
        self._test = Button("", name="settings.journal.test", icon="cable", size=Size.SM)
        self._open = Band(name="settings.journal.open")
        self._lines = {one: _Line(one) for one in ServerCheck}
        self._how = Label(role=Role.SMALL, tone="2", wrap=True, name="settings.journal.how")
        self._how.allow_selection()
        self._move = Button("", name="settings.journal.move", icon="database", size=Size.SM)
        self._arrange()
        grow(self._url)
        self._url.edited.connect(self._edit)
        self._url.submitted.connect(self.test)
        self._test.clicked.connect(self.test)
        self._move.clicked.connect(self._want_move)
        self.retranslate()
        follow_theme(self.restyle)

    def _arrange(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._where)
        self._column.addWidget(self._url)
        row = QHBoxLayout()
        row.addWidget(self._test)
        row.addStretch(1)
        self._column.addLayout(row)
        for line in self._lines.values():
            self._column.addWidget(line)
        self._column.addWidget(self._open)
        self._column.addWidget(self._how)
        last = QHBoxLayout()
        last.addWidget(self._move)
        last.addStretch(1)
        self._column.addLayout(last)

    def restyle(self, theme: Theme) -> None:
        self._column.setSpacing(theme.px(8))

    def test(self) -> None:
        """Ask the server with what is typed; nothing is written there."""
        if self._job is not None or not self._url.text().strip():
            return
        wanted = self._url.text().strip()
        try:
            Settings(journal_url=wanted)
        except CashierError:
            self._url.set_error(self._form())
            return

        async def ask() -> tuple[ServerReport, int]:
            report = await anyio.to_thread.run_sync(try_server, wanted)
            return report, await self._till.open_payments()

        self._edit()
        self._test.set_busy(self.tr("Checking…"))
        self._job = self._background.start(ask, done=self._take, failed=self._fail)

    def _take(self, answer: tuple[ServerReport, int]) -> None:
        self._report, count = answer
        self._end()
        if count:
            text = self.tr("Payments under way: {0}. The journal can move when they have ended.")
            self._open.show_message(text.format(count), tone=Tone.WARN, icon="info")
        self._paint()
        bring_into_sight(self._lowest)

    def _fail(self, error: CashierError) -> None:
        self._end()
        self.show_refusal(error)

    def show_refusal(self, error: CashierError) -> None:
        """Why the server was not asked, or the journal may not move now."""
        self._open.show_message(failure_text(error), tone=Tone.BAD)
        bring_into_sight(self._lowest)

    @property
    def _lowest(self) -> QWidget:
        """The last of what the test has shown."""
        below = (self._move, self._how, self._open, self._lines[ServerCheck.TILLS])
        return next((one for one in below if not one.isHidden()), self._test)

    def _want_move(self) -> None:
        self._open.clear()
        self.move_wanted.emit(self._url.text().strip())

    def _end(self) -> None:
        self._job = None
        self._test.set_busy(None)

    def _edit(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._end()
        self._url.set_error("")
        self._report = None
        self._open.clear()
        self._paint()

    def _paint(self) -> None:
        """One line a step: good ones, the first that failed with its reason, the rest grey."""
        report = self._report
        for check, line in self._lines.items():
            line.setVisible(report is not None)
            if report is None:
                continue
            failed = report.failed
            if check is ServerCheck.TILLS and self._is_taken:
                line.show_warning(self._good(check, report))
            elif failed is None or check.value < failed.value:
                line.show_good(self._good(check, report))
            elif check is failed and report.failure is not None:
                line.show_failed(*self._trouble(report.failure))
            else:
                line.show_rest(self._name(check))
        is_good = report is not None and report.failed is None and not self._is_taken
        self._how.setVisible(is_good and not self._is_on_server)
        self._move.setVisible(is_good and not self._is_on_server and not self._is_training)

    @property
    def _is_taken(self) -> bool:
        """Whether another till in that journal has this till's number."""
        report = self._report
        own = str(self._settings.till_number)
        return report is not None and own in report.tills and not self._is_on_server

    def _trouble(self, failure: CashierError) -> tuple[str, str]:
        """In a line, and what the server or the system said itself."""
        reason = str(failure.facts.get("reason") or "")
        if failure.failure is Failure.JOURNAL_AWAY and not failure.facts.get("password"):
            return self.tr("The server cannot be reached, or does not let this till in"), reason
        if failure.failure is Failure.JOURNAL_DAMAGED:
            return (
                self.tr("The database has something else in it"),
                self.tr("The journal needs an empty database, or one with a journal in it."),
            )
        return failure_text(failure), reason or str(failure.facts.get("pragma") or "")

    def _good(self, check: ServerCheck, report: ServerReport) -> str:
        match check:
            case ServerCheck.ANSWER:
                return self.tr("The server answered")
            case ServerCheck.VERSION:
                return self.tr("PostgreSQL {0}").format(report.version)
            case ServerCheck.KEEPS:
                return self.tr("What it commits survives a power cut")
            case ServerCheck.JOURNAL if not report.schema:
                return self.tr("The database is empty: the first till makes the journal")
            case ServerCheck.JOURNAL:
                return self.tr("It has a journal, schema {0}").format(report.schema)
            case ServerCheck.TILLS if not report.tills:
                return self.tr("No till is in it yet")
            case ServerCheck.TILLS:
                names = self.tr("Tills in it: {0}").format(", ".join(report.tills))
                if self._is_taken:
                    taken = self.tr("Number {0} is taken: give this till another one first.")
                    return f"{names}. {taken.format(self._settings.till_number)}"
                return names

    def _name(self, check: ServerCheck) -> str:
        match check:
            case ServerCheck.ANSWER:
                return self.tr("Answer of the server")
            case ServerCheck.VERSION:
                return self.tr("Version")
            case ServerCheck.KEEPS:
                return self.tr("Safe commits")
            case ServerCheck.JOURNAL:
                return self.tr("Journal")
            case ServerCheck.TILLS:
                return self.tr("Tills")

    def _form(self) -> str:
        return self.tr("postgresql+psycopg://user@server/database, without a password")

    def retranslate(self) -> None:
        self._where.setText(
            self.tr("On a server that tills share.")
            if self._is_on_server
            else self.tr("In this till’s folder. Several tills can share one on PostgreSQL.")
        )
        self._url.set_label(self.tr("Server"), hint=self._form())
        self._test.setText(self.tr("Check the server"))
        self._how.setText(
            self.tr("In training the journal stays in this till’s folder.")
            if self._is_training
            else self.tr(
                "Every row is copied there and compared; the till is closed for it and opens "
                "again by itself. If anything differs, the journal stays here."
            )
        )
        self._move.setText(self.tr("Move the journal there…"))
        self._paint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class _Line(QWidget):
    def __init__(self, check: ServerCheck) -> None:
        super().__init__()
        name = f"settings.journal.{check.name.lower()}"
        self._icon = IconLabel("check", px=18)
        self._text = Label(name=name, wrap=True)
        self._reason = Label(role=Role.SMALL, tone="2", wrap=True, name=f"{name}.reason")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._text)
        words.addWidget(self._reason)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(words, 1)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self._row.setSpacing(theme.px(14))

    def show_good(self, text: str) -> None:
        self._show(text, "", icon="check", colour="ok-text", tone=None)

    def show_warning(self, text: str) -> None:
        self._show(text, "", icon="triangle-alert", colour=Tone.WARN.text, tone=Tone.WARN)

    def show_failed(self, text: str, reason: str) -> None:
        self._show(text, reason, icon="x", colour=Tone.BAD.text, tone=Tone.BAD)

    def show_rest(self, text: str) -> None:
        self._show(text, "", icon="minus", colour="text-off", tone="off")

    def _show(
        self, text: str, reason: str, *, icon: str, colour: str, tone: Tone | str | None
    ) -> None:
        self._icon.show_icon(icon, colour=colour)
        self._text.setText(text)
        self._text.set_tone(tone)
        self._reason.setText(reason)
        self._reason.setVisible(bool(reason))
