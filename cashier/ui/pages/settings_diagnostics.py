"""Settings, section «Diagnostics»: the version, the journal's check, the file for whoever helps."""

from __future__ import annotations

import platform
from functools import partial
from pathlib import Path
from threading import Event

from anyio import to_thread
from PySide6.QtCore import QStandardPaths, qVersion
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cashier import __version__
from cashier.clock import Clock
from cashier.domain.failure import CashierError, Failure
from cashier.domain.staff import Right
from cashier.paths import Folders
from cashier.services.approvals import Approval
from cashier.services.backups import JournalFacts
from cashier.services.till import Till
from cashier.ui.background import Background, Job
from cashier.ui.check_texts import check_text, show_report, show_work
from cashier.ui.dialogs.approving import Approving
from cashier.ui.pages.settings_section import SettingsSection
from cashier.ui.show_folder import show_folder
from cashier.ui.texts import failure_text
from cashier.ui.widgets.band import Band
from cashier.ui.widgets.button import Button, Size
from cashier.ui.widgets.card import Card
from cashier.ui.widgets.fitted_scroll import bring_into_sight
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.tone import Tone


class DiagnosticsSection(SettingsSection):
    """For everybody; only the check of the journal asks for an administrator."""

    def __init__(
        self,
        home: Folders,
        till: Till,
        background: Background,
        clock: Clock,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("diagnostics", parent)
        self._home = home
        self._till = till
        self._background = background
        self._clock = clock
        self._facts: JournalFacts | None = None
        self._job: Job | None = None
        self._is_writing = False
        self._approving = Approving(
            self, staff=till.staff, background=background, failed=self._fail_check, clock=clock
        )
        self._version = Label(role=Role.BODY_LARGE, name="settings.diagnostics.version")
        self._built = Label(role=Role.SMALL, tone="2", wrap=True)
        self._built.allow_selection()
        self._file_label = Label(role=Role.STRONG)
        self._file_text = Label(tone="2", wrap=True, name="settings.diagnostics.text")
        self._write = Button("", name="settings.diagnostics.write", size=Size.SM, icon="file-text")
        self._result = Band(name="settings.diagnostics.result")
        self._journal_label = Label(role=Role.STRONG)
        self._last = Label(tone="2", wrap=True, name="settings.diagnostics.last")
        self._check = Button(
            "", name="settings.diagnostics.check", size=Size.SM, icon="shield-check"
        )
        self._report = Band(name="settings.diagnostics.report")
        self._arrange()
        self._write.clicked.connect(self.choose_file)
        self._check.clicked.connect(self.check_journal)
        self.retranslate()

    def _arrange(self) -> None:
        program = Card(name="settings.diagnostics.program")
        program.body.addWidget(self._version)
        program.body.addWidget(self._built)
        self.body.addWidget(program)
        for label, text, band, button in (
            (self._file_label, self._file_text, self._result, self._write),
            (self._journal_label, self._last, self._report, self._check),
        ):
            card = Card()
            for part in (label, text, band):
                card.body.addWidget(part)
            row = QHBoxLayout()
            row.addWidget(button)
            row.addStretch(1)
            card.body.addLayout(row)
            self.body.addWidget(card)
        self.body.addStretch(1)

    def focus_first(self) -> None:
        self._write.setFocus()

    def entered(self) -> None:
        self._read()

    def left(self) -> None:
        """What is under way goes on, and its end is told when somebody comes back."""
        if not self._is_writing:
            self._result.clear()
        if self._job is None:
            self._report.clear()

    # The file for whoever helps

    def choose_file(self) -> None:
        """Ask where to, then write it there."""
        if self._is_writing:
            return
        from cashier.ui.pages.history.file_chooser import choose_file

        documents = QStandardPaths.StandardLocation.DocumentsLocation
        folder = Path(QStandardPaths.writableLocation(documents))
        now = self._clock.utc().astimezone()
        choose_file(
            self.window(),
            self.write_file,
            name="settings.diagnostics.file",
            suggested=f"cashier-support-{now:%Y%m%d-%H%M%S}.zip",
            kinds={self.tr("ZIP archive (*.zip)"): "zip"},
            folder=folder if folder.is_dir() else Path.home(),
        )

    def write_file(self, path: Path) -> None:
        """Write it in the background: the whole journal is checked for it."""
        self._is_writing = True
        self._result.clear()
        show_work(self._result)
        self._paint()
        self._background.start(
            self._write_bundle, path, done=self._take_file, failed=self._fail_file
        )

    async def _write_bundle(self, path: Path) -> Path:
        from cashier.support import write_bundle

        stopped = Event()
        now = self._clock.utc()
        write = partial(write_bundle, self._home, path, now=now, is_stopped=stopped.is_set)
        try:
            return await to_thread.run_sync(write, abandon_on_cancel=True)
        except OSError as error:
            raise CashierError(
                Failure.FOLDER_UNWRITABLE, folder=str(path.parent), reason=error.strerror
            ) from error
        finally:
            stopped.set()  # a till that closes does not wait for the whole journal

    def _take_file(self, path: Path) -> None:
        self._is_writing = False
        self._result.clear()
        opened = Button("", name="settings.diagnostics.open", size=Size.SM, icon="external-link")
        opened.setText(self.tr("Open the folder"))
        opened.clicked.connect(partial(show_folder, path.parent))
        self._result.add_button(opened)
        self._result.show_message(self.tr("The file is written"), tone=Tone.OK, detail=str(path))
        self._paint()
        if self.window().focusWidget() is self._write:
            opened.setFocus()
        bring_into_sight(self._write)

    def _fail_file(self, error: CashierError) -> None:
        self._is_writing = False
        if error.failure is Failure.FOLDER_UNWRITABLE:
            text = self.tr("The file was not written to {0}: {1}. Choose another folder.")
            told = text.format(error.facts["folder"], error.facts["reason"])
        else:
            told = failure_text(error)
        self._result.show_message(told, tone=Tone.WARN)
        self._paint()
        bring_into_sight(self._write)

    # The journal's check

    def check_journal(self) -> None:
        """Every event, row and answer."""
        if self._job is None:
            self._approving.ask(
                Right.SETTINGS,
                self.tr("Check the journal."),
                self._check_now,
                person=self.person,
            )

    def _check_now(self, approval: Approval | None) -> None:
        show_work(self._report)
        self._job = self._background.start(
            self._till.backups.check,
            approval=approval,
            done=lambda _: self._end_check(),
            failed=self._fail_check,
        )
        self._paint()

    def _end_check(self) -> None:
        self._job = None
        self._paint()
        self._read(show=True)

    def _fail_check(self, error: CashierError) -> None:
        self._job = None
        self._report.show_message(failure_text(error), tone=Tone.WARN)
        self._paint()

    def _read(self, *, show: bool = False) -> None:
        def take(facts: JournalFacts) -> None:
            self._facts = facts
            self._paint()
            if show and facts.checked is not None:
                show_report(self._report, facts.checked.report)
                bring_into_sight(self._check)

        self._background.start(self._till.backups.facts, done=take, failed=self._fail_check)

    # What is shown

    def _paint(self) -> None:
        self._write.set_busy(self.tr("Writing…") if self._is_writing else None)
        self._check.set_busy(self.tr("Checking…") if self._job is not None else None)
        self._last.setText(check_text(self._facts.checked if self._facts is not None else None))

    def retranslate(self) -> None:
        self.set_title(self.tr("Diagnostics"))
        self._version.setText(self.tr("Cashier, version {0}").format(__version__))
        self._built.setText(f"Python {platform.python_version()} · Qt {qVersion()} · {_system()}")
        self._file_label.setText(self.tr("File for whoever helps"))
        self._file_text.setText(
            self.tr(
                "Versions, settings, the log and counts from the journal in one archive. "
                "No key, no PIN and no card data are in it, and no names of people or goods."
            )
        )
        self._write.setText(self.tr("Write the file…"))
        self._journal_label.setText(self.tr("Check of the journal"))
        self._check.setText(self.tr("Check the journal"))
        self._paint()


def _system() -> str:
    return f"{platform.system()} {platform.release()}"
