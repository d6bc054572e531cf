"""First start, step 2: the merchant's keys and the till's terminal, tried out at the gateway."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum, auto

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cashier.clock import Clock
from cashier.domain.failure import CashierError, Failure
from cashier.domain.terminal import NewTerminal, TerminalInfo
from cashier.services.diagnostics import Check, ConnectionReport
from cashier.settings import Settings
from cashier.ui import formats
from cashier.ui.background import Background, Job
from cashier.ui.pages.account_fields import Account, errors_of
from cashier.ui.pages.connection import Probe, failed_step, milliseconds, seconds_off, trouble_with
from cashier.ui.pages.first_start_form import KeyForm
from cashier.ui.pages.new_terminal_card import NewTerminalCard
from cashier.ui.texts import failure_text, quoted
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.band import Band
from cashier.ui.widgets.button import Button, Size
from cashier.ui.widgets.fitted_scroll import bring_into_sight
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.tone import Tone

_NARROW = 720


class Answer(Enum):
    """What the gateway said to what stands in the fields now."""

    NONE = auto()
    CHECKING = auto()
    FOUND = auto()
    ABSENT = auto()
    KEY_REFUSED = auto()
    TROUBLE = auto()


class KeysStep(QWidget):
    """Picture 10b. `changed` when the main button says something else; `completed` with the
    account, the alias, and the terminal to create or None."""

    changed = Signal()
    completed = Signal(object, str, object)

    def __init__(
        self,
        *,
        settings: Settings,
        background: Background,
        clock: Clock,
        probe: Probe,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._background = background
        self._clock = clock
        self._probe = probe
        self._job: Job | None = None
        self._answer = Answer.NONE
        self._report: ConnectionReport | None = None
        self._failure: CashierError | None = None
        self._checked_at = ""
        self._account: Account | None = None
        self._is_locked = False
        self._title = Label(role=Role.PAGE_TITLE, name="first.keys.title", wrap=True)
        self._lead = Label(role=Role.LEAD, wrap=True)
        self._form = KeyForm(settings)
        self._band = Band(name="first.answer")
        self._new = NewTerminalCard()
        self._new.hide()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        for part in (self._title, self._lead, self._form, self._band, self._new):
            self._layout.addWidget(part)
        self._layout.addStretch(1)
        self._form.edited.connect(self._edit)
        self._form.check_wanted.connect(self.check)
        self._new.edited.connect(self.changed)
        self.retranslate()
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self._layout.setSpacing(theme.px(14))
        narrow = self.width() < theme.px(_NARROW)
        self._form.set_narrow(narrow)
        self._lead.setVisible(not narrow)

    # What the frame around it asks

    @property
    def answer(self) -> Answer:
        return self._answer

    def main_text(self) -> str:
        """What Enter does now."""
        if self._answer is Answer.FOUND:
            return self.tr("Next")
        if self._answer is Answer.ABSENT:
            return self.tr("Create and go on")
        return self.tr("Check the keys")

    def busy_text(self) -> str | None:
        return self.tr("Checking…") if self._answer is Answer.CHECKING else None

    def advance(self) -> None:
        """Enter: ask the gateway, or go on with what it said."""
        if self._is_locked or self._answer is Answer.CHECKING:
            return
        if self._answer not in (Answer.FOUND, Answer.ABSENT) or self._account is None:
            self.check()
            return
        new: NewTerminal | None = None
        if self._answer is Answer.ABSENT:
            new = self._new.read()
            if new is None:
                return
        self._form.hide_key()
        self.completed.emit(self._account, self._form.alias, new)

    def check(self) -> None:
        """F5: ask for the terminal by its alias (SPEC 7.2.2); no money is involved."""
        if self._is_locked or self._answer is Answer.CHECKING:
            return
        self._forget_answer()
        account = self._form.read(replace(self._settings, is_set_up=True))
        if account is None:
            self.changed.emit()
            return
        self._account = account
        settings = account.settings
        self._show_answer(Answer.CHECKING)
        self._job = self._background.start(
            self._probe,
            settings.base_url,
            settings.merchant_id,
            account.key,
            settings.proxy,
            settings.ca_file,
            self._form.alias,
            done=self._take_report,
            failed=self._take_failure,
        )

    def set_locked(self, locked: bool) -> None:
        """While the application takes over what was typed."""
        self._is_locked = locked
        self._form.set_locked(locked)
        self._new.set_locked(locked)

    def show_failure(self, error: CashierError) -> None:
        """What kept the application from going on; everything typed is still there."""
        self._failure = error
        if error.failure is Failure.KEY_REFUSED:
            self._show_answer(Answer.KEY_REFUSED)
            return
        refused = error.facts.get("fields")
        if isinstance(refused, dict):
            for name, text in refused.items():
                self._mark(str(name), quoted(str(text)))
        for name, text in errors_of(error).items():
            self._mark(name, text)
        self._paint()

    def focus_first(self) -> None:
        if self._answer is Answer.ABSENT:
            self._new.focus_first()
        else:
            self._form.focus_first()

    def stop(self) -> None:
        """Nothing that is still under way is heard any more."""
        if self._job is not None:
            self._job.cancel()
        if self._answer is Answer.CHECKING:
            self._show_answer(Answer.NONE)

    def _mark(self, name: str, text: str) -> None:
        if not self._new.isHidden() and self._new.show_error(name, text):
            return
        self._form.mark(name, text)

    def _edit(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._forget_answer()
        self.changed.emit()

    def _forget_answer(self) -> None:
        self._answer = Answer.NONE
        self._report = None
        self._failure = None
        self._account = None
        self._form.clear_errors()
        self._paint()

    # What the gateway said

    def _take_report(self, report: ConnectionReport) -> None:
        self._report = report
        self._checked_at = formats.clock(self._clock.utc().astimezone(), seconds=True)
        failed = failed_step(report)
        if report.key_accepted:
            self._show_answer(Answer.FOUND if report.terminal else Answer.ABSENT)
        elif failed is not None and failed.failure is Failure.KEY_REFUSED:
            self._show_answer(Answer.KEY_REFUSED)
        else:
            self._show_answer(Answer.TROUBLE)

    def _take_failure(self, error: CashierError) -> None:
        self._answer = Answer.TROUBLE
        self.show_failure(error)
        self.changed.emit()

    def _show_answer(self, answer: Answer) -> None:
        self._answer = answer
        if answer is Answer.KEY_REFUSED:
            self._form.mark_keys(self.tr("The gateway did not accept the Merchant ID or the key"))
        if answer is Answer.ABSENT:
            self._new.show_alias(self._form.alias)
        self._paint()
        if answer is Answer.ABSENT:
            self._new.focus_first()
            bring_into_sight(self._new)
        elif self._band.isVisible():
            bring_into_sight(self._band)
        self.changed.emit()

    def _paint(self) -> None:
        """Everything below the fields, from the answer."""
        self._form.set_busy(self.busy_text())
        self._new.setVisible(self._answer is Answer.ABSENT)
        self._band.clear()
        if self._answer is Answer.KEY_REFUSED:
            return
        if self._failure is not None:
            self._band.show_message(failure_text(self._failure), tone=Tone.BAD)
        elif self._report is not None:
            self._paint_report(self._report)

    def _paint_report(self, report: ConnectionReport) -> None:
        if self._answer in (Answer.FOUND, Answer.ABSENT):
            took = self.tr("answer {0}").format(milliseconds(report.latency or 0.0))
            self._band.show_message(
                self.tr("The gateway accepted the keys"),
                tone=Tone.OK,
                detail=self._good_detail(report),
                right=f"{took} · {self._checked_at}",
            )
        elif self._answer is Answer.TROUBLE:
            step = failed_step(report)
            failure = step.failure if step is not None and step.failure else Failure.NO_LINK
            trouble = trouble_with(failure, step.text if step else "")
            self._band.show_message(
                trouble.title,
                tone=trouble.tone,
                detail=trouble.cure,
                icon=trouble.icon,
                right=self._checked_at,
            )
            again = Button(self.tr("Try again"), name="first.again", size=Size.SM, keycap="F5")
            again.clicked.connect(self.check)
            self._band.add_button(again)

    def _good_detail(self, report: ConnectionReport) -> str:
        lines = []
        if report.terminal is not None:
            lines.append(self._found_text(report.terminal))
        clock = next((step for step in report.steps if step.check is Check.CLOCK), None)
        if clock is not None and clock.is_good is False and report.skew is not None:
            lines.append(seconds_off(report.skew))
        return "\n".join(lines)

    def _found_text(self, terminal: TerminalInfo) -> str:
        alias = self._form.alias
        if not terminal.name:
            return self.tr("Terminal {0} is there").format(alias)
        return self.tr("Terminal {0} is there: {1}").format(alias, quoted(terminal.name))

    # Words

    def retranslate(self) -> None:
        self._title.setText(self.tr("Keys and terminal"))
        self._lead.setText(
            self.tr(
                "Your Invoice account issues the keys. "
                "The till tries them out by asking the gateway for the terminal."
            )
        )
        self._paint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.restyle(current_theme())
