"""The window of a till whose journal cannot be used: what is wrong, and the copies to put back.

Also shown, without anything to choose, while a copy that was allowed already is put back.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cashier.clock import Clock
from cashier.domain.failure import CashierError
from cashier.domain.staff import Right
from cashier.journal.copies import Copy, Verified
from cashier.services.approvals import Approval
from cashier.services.rescue import Rescue
from cashier.services.restoration import AllowedRestore
from cashier.ui.background import Background, Job
from cashier.ui.dialogs.approving import Approving
from cashier.ui.dialogs.copy_list import CopyList, consequences
from cashier.ui.frame.layout import least_size
from cashier.ui.journal_texts import copy_title
from cashier.ui.texts import failure_text
from cashier.ui.theme import Theme, follow_theme
from cashier.ui.widgets.band import Band
from cashier.ui.widgets.button import Button, Kind, Size
from cashier.ui.widgets.card import Card
from cashier.ui.widgets.fitted_scroll import scrolling
from cashier.ui.widgets.focus_ring import FocusRing
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.shortcut import shortcut
from cashier.ui.widgets.tone import Tone

_WIDTH = 860


class RescueWindow(QWidget):
    """F12 checks the chosen copy, asks for an administrator's PIN and puts it back; Esc closes.

    `restored`: the journal can be opened now. `given_up`: the program may end.
    """

    restored = Signal()
    given_up = Signal()

    def __init__(
        self,
        *,
        rescue: Rescue,
        background: Background,
        clock: Clock,
        error: CashierError | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("rescue")
        self._rescue = rescue
        self._background = background
        self._error = error
        self._list: CopyList | None = None
        self._job: Job | None = None
        self._is_putting = error is None
        self._has_read = False
        self._approving = Approving(
            self, staff=rescue, background=background, failed=self._fail, clock=clock
        )
        self._title = Label(role=Role.PAGE_TITLE, wrap=True, name="rescue.title")
        self._text = Label(role=Role.LEAD, wrap=True, name="rescue.text")
        self._path = Label(role=Role.SMALL, tone="2", wrap=True, name="rescue.path")
        self._path.allow_selection()
        self._band = Band(name="rescue.band")
        self._copies_title = Label(role=Role.PANEL_HEAD, name="rescue.copies")
        self._warning = Label(
            role=Role.BODY, tone="2", wrap=True, name="rescue.warning", paragraph_gap=6
        )
        self._close = Button("", name="rescue.close", size=Size.LG, keycap="Esc")
        self._go = Button(
            "", name="rescue.restore", kind=Kind.PRIMARY, size=Size.LG, keycap="F12", spread=True
        )
        self._arrange()
        self._close.clicked.connect(self._give_up)
        self._go.clicked.connect(self.begin)
        shortcut(self, "F12", self.begin)
        shortcut(self, "Esc", self._give_up)
        self.retranslate()
        self.ring = FocusRing(self)
        follow_theme(self.restyle)
        if error is not None:
            self._background.start(rescue.copies, done=self._show_copies, failed=self._fail)

    def _arrange(self) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("surface", "canvas")
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        for label in (self._title, self._text, self._path):
            self._column.addWidget(label)
        self._column.addWidget(self._band)
        self._card = Card(name="rescue.card")
        self._card.body.addWidget(self._copies_title)
        self._room = QVBoxLayout()
        self._card.body.addLayout(self._room)
        self._card.body.addWidget(self._warning)
        self._column.addWidget(self._card)
        self._column.addStretch(1)
        self._buttons = QHBoxLayout()
        self._buttons.addWidget(self._close)
        self._buttons.addStretch(1)
        self._buttons.addWidget(self._go)
        self._holder = QWidget()
        self._middle = QVBoxLayout(self._holder)
        self._middle.setContentsMargins(0, 0, 0, 0)
        self._middle.addWidget(scrolling(inner), 1)
        self._middle.addLayout(self._buttons)
        self._around = QHBoxLayout(self)
        self._around.addStretch(1)
        self._around.addWidget(self._holder, 100)
        self._around.addStretch(1)

    def restyle(self, theme: Theme) -> None:
        self.setMinimumSize(least_size(self, theme))
        self._holder.setMaximumWidth(theme.px(_WIDTH))
        side = theme.px(28)
        self._around.setContentsMargins(side, side, side, side)
        self._middle.setSpacing(theme.px(16))
        self._column.setSpacing(theme.px(14))
        self._room.setSpacing(theme.px(8))

    # What a person does

    def begin(self) -> None:
        """F12: check the copy, then ask for the PIN."""
        copy = self._list.chosen if self._list is not None else None
        if copy is None or self._job is not None or self._approving.is_asking:
            return
        self._band.clear()

        def ask(_: Verified) -> None:
            self._job = None
            self._paint()
            self._ask(copy)

        self._job = self._background.start(
            self._rescue.choose, copy.path, done=ask, failed=self._fail
        )
        self._paint()

    def _ask(self, copy: Copy) -> None:
        def go_on(approval: Approval | None) -> None:
            if approval is not None:
                self._restore(copy, approval)

        text = self.tr("Put the journal back as it was in the copy of {0}.")
        self._approving.ask(Right.RESTORE, text.format(copy_title(copy)), go_on, person=None)

    def _restore(self, copy: Copy, approval: Approval) -> None:
        self._is_putting = True
        self._job = self._background.start(
            self._rescue.restore,
            copy.path,
            approval,
            done=lambda _: self.restored.emit(),
            failed=self._fail,
        )
        self._paint()

    def put_back(self, allowed: AllowedRestore) -> None:
        """What the till allowed before it was closed. Whatever comes of it, `restored` follows."""
        actor = allowed.actor
        self._job = self._background.start(
            self._rescue.put_back,
            allowed.file,
            by=actor.id,
            approver=actor.approver,
            done=lambda _: self.restored.emit(),
            failed=self._fail,
        )
        self._paint()

    def _give_up(self) -> None:
        if self._job is None:
            self.given_up.emit()

    # What comes back

    def _show_copies(self, copies: tuple[Copy, ...]) -> None:
        self._has_read = True
        self._list = CopyList(copies)
        self._list.changed.connect(self._band.clear)
        self._room.addWidget(self._list)
        self._paint()
        self._list.begin()

    def _fail(self, error: CashierError) -> None:
        self._job = None
        self._is_putting = False
        self._band.show_message(failure_text(error), tone=Tone.BAD)
        self._paint()
        if self._list is not None:
            self._list.begin()

    # What is shown

    def _paint(self) -> None:
        has_copies = self._list is not None and self._list.chosen is not None
        busy = self._job is not None
        self._card.setVisible(self._error is not None and not self._is_putting)
        self._warning.setVisible(has_copies)
        if self._list is not None:
            self._list.setEnabled(not busy)
        self._go.setVisible(has_copies and not self._is_putting)
        self._go.set_busy(self.tr("Checking the copy…") if busy else None)
        self._close.setVisible(not self._is_putting)
        self._close.setEnabled(not busy)
        self._title.setText(self._title_text())
        self._text.setText(self._what_to_do())
        if self._has_read and not has_copies:
            self._copies_title.setText(self.tr("There is no verified copy beside this journal"))
        else:
            self._copies_title.setText(self.tr("Put a verified copy back"))

    def _title_text(self) -> str:
        if self._is_putting:
            return self.tr("Putting the copy back…")
        match self._error.facts.get("reason") if self._error is not None else None:
            case "missing":
                return self.tr("The journal of payments is gone")
            case "older" | "other":
                return self.tr("The journal of payments is older than it was")
            case _:
                return self.tr("The journal of payments is damaged")

    def _what_to_do(self) -> str:
        if self._is_putting:
            return self.tr("The copy is checked once more. Do not switch the computer off.")
        return self.tr(
            "Nothing can be sold with it. Nothing was deleted: the file stays as it is. "
            "Call the administrator, who puts a copy back or the file itself."
        )

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Cashier"))
        path = self._error.facts.get("path", "") if self._error is not None else ""
        self._path.setText(str(path))
        self._path.setVisible(bool(path))
        self._warning.setText(consequences())
        self._close.setText(self.tr("Close"))
        self._go.setText(self.tr("Restore"))
        if self._list is not None:
            self._list.retranslate()
        self._paint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
