"""Settings, section «Journal»: where it is, its copies, and the way back from one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cashier.clock import Clock
from cashier.domain.failure import CashierError
from cashier.domain.staff import Right
from cashier.journal.verify import Report
from cashier.paths import Folders
from cashier.services.approvals import Approval
from cashier.services.backups import JournalFacts
from cashier.services.till import Till
from cashier.settings import Settings
from cashier.ui.background import Background, Job
from cashier.ui.check_texts import show_report, show_work
from cashier.ui.dialogs.approving import Approving
from cashier.ui.dialogs.restore_journal import RestoreDialog
from cashier.ui.journal_texts import copy_detail, copy_title, size_text
from cashier.ui.pages.settings_journal_place import JournalPlace
from cashier.ui.pages.settings_section import SettingsSection
from cashier.ui.texts import failure_text
from cashier.ui.theme import Theme, follow_theme
from cashier.ui.widgets.band import Band
from cashier.ui.widgets.button import Button, Size
from cashier.ui.widgets.card import Card
from cashier.ui.widgets.fitted_scroll import bring_into_sight
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.tone import Tone


class JournalSection(SettingsSection):
    """`replace_allowed(AllowedRestore | AllowedMove)`: its hearer closes the till for it."""

    needs_right = True
    replace_allowed = Signal(object)

    def __init__(
        self,
        home: Folders,
        settings: Settings,
        till: Till,
        background: Background,
        clock: Clock,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("journal", parent)
        self._till = till
        self._background = background
        self._clock = clock
        self._facts: JournalFacts | None = None
        self._job: Job | None = None
        self._busy = ""
        self._approving = Approving(
            self, staff=till.staff, background=background, failed=self._fail, clock=clock
        )
        self._where_label = Label(role=Role.STRONG)
        self._where = Label(str(home.journal), name="settings.journal.path", wrap=True)
        self._where.allow_selection()
        self._size = Label(role=Role.SMALL, tone="2", name="settings.journal.size")
        self._place = JournalPlace(till, background, settings, home)
        self._copies_label = Label(role=Role.STRONG)
        self._last = Label(role=Role.BODY_LARGE, wrap=True, name="settings.journal.last")
        self._last_detail = Label(
            role=Role.SMALL, tone="2", wrap=True, name="settings.journal.note"
        )
        self._result = Band(name="settings.journal.result")
        self._copy = Button("", name="settings.journal.copy", size=Size.SM, icon="copy")
        self._check = Button("", name="settings.journal.check", size=Size.SM, icon="shield-check")
        self._restore = Button("", name="settings.journal.restore", size=Size.SM, icon="undo-2")
        self._arrange()
        self._copy.clicked.connect(self.make_copy)
        self._check.clicked.connect(self.check_journal)
        self._restore.clicked.connect(self.restore)
        self._place.move_wanted.connect(self._ask_move)
        self.retranslate()
        follow_theme(self.restyle)

    def _arrange(self) -> None:
        where = Card(name="settings.journal.card")
        for label in (self._where_label, self._where, self._size):
            where.body.addWidget(label)
        where.body.addWidget(self._place)
        copies = Card(name="settings.journal.copies")
        for part in (self._copies_label, self._last, self._last_detail, self._result):
            copies.body.addWidget(part)
        self._row = QHBoxLayout()
        for button in self._buttons:
            self._row.addWidget(button)
        self._row.addStretch(1)
        copies.body.addLayout(self._row)
        self.body.addWidget(where)
        self.body.addWidget(copies)
        self.body.addStretch(1)

    @property
    def _buttons(self) -> tuple[Button, Button, Button]:
        return self._copy, self._check, self._restore

    def restyle(self, theme: Theme) -> None:
        self._row.setSpacing(theme.px(12))

    def focus_first(self) -> None:
        self._copy.setFocus()

    def entered(self) -> None:
        self._read()

    def left(self) -> None:
        if not self._busy:
            self._result.clear()

    # What a person does

    def make_copy(self) -> None:
        """A verified copy now."""
        self._ask(self.tr("Make a copy of the journal."), self._copy_now)

    def _copy_now(self, approval: Approval | None) -> None:
        make = self._till.backups.make
        self._job = self._background.start(
            make, approval=approval, done=self._take_copy, failed=self._fail
        )
        self._show_busy("copy")

    def check_journal(self) -> None:
        """Every event, row and answer."""
        self._ask(self.tr("Check the journal."), self._check_now)

    def _check_now(self, approval: Approval | None) -> None:
        check = self._till.backups.check
        self._job = self._background.start(
            check, approval=approval, done=self._take_report, failed=self._fail
        )
        self._show_busy("check")

    def _ask(self, text: str, then: Callable[[Approval | None], None]) -> None:
        """The door may have been opened by somebody's PIN for one change only."""
        if self._job is None:
            self._approving.ask(Right.SETTINGS, text, then, person=self.person)

    def restore(self) -> None:
        """Choose a copy; the rest is asked there."""
        if self._job is not None or self._facts is None or not self._facts.copies:
            return
        dialog = RestoreDialog(
            self.window(),
            till=self._till,
            background=self._background,
            clock=self._clock,
            copies=self._facts.copies,
            person=self.person,
        )
        dialog.allowed.connect(self.replace_allowed)
        dialog.begin()

    def _ask_move(self, url: str) -> None:
        """To the server that was tried; the PIN is asked for each time."""
        if self._job is None:
            text = self.tr(
                "Move the journal to {0}. The till is closed for it and opens again by itself."
            )
            move = partial(self._allow_move, url)
            self._approving.ask(Right.RESTORE, text.format(url), move, person=self.person)

    def _allow_move(self, url: str, approval: Approval | None) -> None:
        self._background.start(
            self._till.restoring.allow_move,
            url,
            approval=approval,
            done=self.replace_allowed.emit,
            failed=self._place.show_refusal,
        )

    # What comes back

    def _read(self) -> None:
        self._background.start(self._till.backups.facts, done=self._take_facts, failed=self._fail)

    def _take_facts(self, facts: JournalFacts) -> None:
        self._facts = facts
        self._paint()

    def _take_copy(self, _copy: object) -> None:
        self._end()
        self._result.show_message(self.tr("The copy was made and checked"), tone=Tone.OK)
        self._read()

    def _take_report(self, report: Report) -> None:
        self._end()
        show_report(self._result, report)

    def _fail(self, error: CashierError) -> None:
        self._end()
        self._result.show_message(failure_text(error), tone=Tone.WARN)

    def _end(self) -> None:
        self._job = None
        self._show_busy("")

    def _show_busy(self, what: str) -> None:
        self._busy = what
        if what:
            show_work(self._result)
        self._paint()
        bring_into_sight(self._copy)

    # What is shown

    def _paint(self) -> None:
        facts = self._facts
        on_server = facts is not None and facts.path is None
        self._copy.set_busy(self.tr("Copying…") if self._busy == "copy" else None)
        self._check.set_busy(self.tr("Checking…") if self._busy == "check" else None)
        self._where.setVisible(not on_server)
        self._copy.setVisible(not on_server)
        self._restore.setVisible(not on_server)
        self._copy.setEnabled(not self._busy)
        self._check.setEnabled(not self._busy)
        newest = facts.copies[0] if facts is not None and facts.copies else None
        self._restore.setEnabled(newest is not None and not self._busy)
        self._size.setText(size_text(facts.size) if facts is not None and facts.size else "")
        self._size.setVisible(bool(self._size.text()))
        self._last_detail.setVisible(newest is not None and not on_server)
        if on_server:
            self._last.setText(
                self.tr("The journal is on a server: its copies are made there, by its own means.")
            )
        elif newest is None:
            self._last.setText(self.tr("No copy yet: the first is made a minute after the start."))
        else:
            self._last.setText(self.tr("The last copy: {0}").format(copy_title(newest)))
            self._last_detail.setText(copy_detail(newest))

    def retranslate(self) -> None:
        self.set_title(self.tr("Journal"))
        self._where_label.setText(self.tr("Where the journal is"))
        self._copies_label.setText(self.tr("Copies"))
        self._copy.setText(self.tr("Make a copy"))
        self._check.setText(self.tr("Check the journal"))
        self._restore.setText(self.tr("Restore from a copy…"))
        self._paint()
