"""One person's PIN on another's screen, for one action (picture 07b)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cashier.clock import Clock, SystemClock
from cashier.domain.failure import CashierError, Failure
from cashier.domain.staff import Person, Right, Role, role_for
from cashier.services.approvals import Approval, Approver
from cashier.ui.background import Background, Job
from cashier.ui.office_texts import role_text
from cashier.ui.texts import failure_text
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.button import Button, Kind, Size
from cashier.ui.widgets.combo_box import ComboBox
from cashier.ui.widgets.dialog import Dialog
from cashier.ui.widgets.icon_label import IconLabel
from cashier.ui.widgets.label import Label
from cashier.ui.widgets.label import Role as Look
from cashier.ui.widgets.pin_entry import PinEntry
from cashier.ui.widgets.pin_pad import PinPad
from cashier.ui.widgets.tone import Tone

_TICK_MS = 500
_LOW_BELOW = 740


class PinDialog(Dialog):
    """Enter checks the PIN and does nothing else: the page acts, by F12, with what it is given.

    `people`: whoever the staff list has; those without `right` are left out. Opens by `open()`,
    is gone after `approved(Approval)` or `refused` (Esc, the lock). `scan_dropped`: the low tone.
    """

    approved = Signal(object)
    refused = Signal()
    scan_dropped = Signal()

    def __init__(
        self,
        window: QWidget,
        staff: Approver,
        background: Background,
        right: Right,
        text: str,
        people: Sequence[Person],
        *,
        clock: Clock | None = None,
    ) -> None:
        super().__init__(window, name="pin", width=520)
        self._head = Label(role=Look.TITLE, wrap=True, name="pin.title")
        self._staff = staff
        self._background = background
        self._right = right
        self._clock = clock or SystemClock()
        self._people = tuple(
            one for one in people if one.may(right) and not one.is_off and one.pin_length
        )
        self._job: Job | None = None
        self._is_answered = False
        self._shut: dict[str, float] = {}
        self._failure: CashierError | None = None
        now = self._clock.monotonic()
        for one in self._people:
            if one.lock_left > 0:
                self._shut[one.id] = now + one.lock_left
        self._text = Label(text, role=Look.LEAD, wrap=True, name="pin.text")
        self._who = ComboBox(name="pin.person", accessible="person")
        self._entry = PinEntry(now=self._clock.monotonic)
        middle = Qt.AlignmentFlag.AlignHCenter
        self._error = Label(tone=Tone.BAD, wrap=True, name="pin.error", align=middle)
        self._pad = PinPad()
        self._note = Label(role=Look.SMALL, tone="3", name="pin.note", align=middle)
        self._cancel = Button("", name="pin.cancel", size=Size.LG, keycap="Esc", spread=True)
        self._confirm = Button(
            "", name="pin.confirm", kind=Kind.PRIMARY, size=Size.LG, keycap="Enter", spread=True
        )
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._arrange()
        self._connect()
        self.retranslate()
        self._choose()

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.addWidget(IconLabel("shield-check", px=28, colour="accent-text"))
        head.addWidget(self._head, 1)
        self._head_row = head
        self.body.addLayout(head)
        for part in (self._text, self._who, self._entry, self._error, self._pad):
            self.body.addWidget(part)
        self._row = QHBoxLayout()
        self._row.addWidget(self._cancel, 2)
        self._row.addWidget(self._confirm, 3)
        self.body.addLayout(self._row)
        self.body.addWidget(self._note)
        follow_theme(self._restyle_rows)

    def _connect(self) -> None:
        self._who.currentIndexChanged.connect(self._choose)
        self._entry.textChanged.connect(self._type)
        self._entry.submitted.connect(self._check)
        self._entry.moved.connect(self._move)
        self._entry.scan_dropped.connect(self.scan_dropped)
        self._pad.typed.connect(self._entry.add)
        self._pad.erased.connect(self._entry.erase)
        self._cancel.clicked.connect(self.remove)
        self._confirm.clicked.connect(self._check)
        self.escaped.connect(self.remove)
        self._timer.timeout.connect(self._paint)

    def open(self, *, focus: QWidget | None = None) -> None:
        """Show it, ready for digits."""
        super().open(focus=focus or (self._entry if self._people else self._cancel))
        self._paint()

    def _restyle_rows(self, theme: Theme) -> None:
        low = self.window().height() < theme.px(_LOW_BELOW)
        self._pad.set_low(low)
        self._row.setSpacing(theme.px(12))
        self._head_row.setSpacing(theme.px(14))
        self.body.setSpacing(theme.px(10 if low else 14))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._restyle_rows(current_theme())

    # What is typed

    @property
    def _person(self) -> Person | None:
        at = self._who.currentIndex()
        return self._people[at] if 0 <= at < len(self._people) else None

    def _move(self, steps: int) -> None:
        at = self._who.currentIndex() + steps
        if 0 <= at < self._who.count() and self._job is None:
            self._who.setCurrentIndex(at)

    def _choose(self) -> None:
        self._failure = None
        person = self._person
        if person is not None:
            self._entry.set_length(person.pin_length)
        self._paint()

    def _type(self, text: str) -> None:
        if text:
            self._failure = None
        self._paint()

    def _check(self) -> None:
        person = self._person
        if person is None or self._job is not None or not self._entry.is_full:
            return
        pin = self._entry.text()
        self._entry.clear()
        self._job = self._background.start(
            self._staff.approve,
            person.id,
            pin,
            self._right,
            done=self._take,
            failed=self._take_failure,
        )
        self._paint()

    def _take(self, approval: Approval) -> None:
        self._timer.stop()
        self._is_answered = True
        self.remove()
        self.approved.emit(approval)

    def _take_failure(self, error: CashierError) -> None:
        self._job = None
        person = self._person
        seconds = error.facts.get("seconds")
        if error.failure is Failure.PIN_LOCKED and person and isinstance(seconds, (int, float)):
            self._shut[person.id] = self._clock.monotonic() + seconds
        else:
            self._failure = error
        self._paint()
        self._entry.setFocus(Qt.FocusReason.OtherFocusReason)

    def dismiss(self) -> None:
        """Take it away. Unanswered it is refused; a check that is under way still counts."""
        was_open = self.is_open
        super().dismiss()
        if not was_open or self._is_answered:
            return
        self._is_answered = True
        self._timer.stop()
        if self._job is not None:
            self._job.cancel()
        self.refused.emit()

    # What is shown

    def _left(self) -> float:
        person = self._person
        until = self._shut.get(person.id, 0.0) if person else 0.0
        return max(0.0, until - self._clock.monotonic())

    def _paint(self) -> None:
        """Everything that depends on who, on what is typed and on the time."""
        left = self._left()
        busy = self._job is not None
        usable = bool(self._people) and left <= 0 and not busy
        self._entry.set_open(usable)
        self._pad.set_enabled(usable)
        self._who.setEnabled(bool(self._people) and not busy)
        self._confirm.setEnabled(usable and self._entry.is_full)
        self._confirm.set_busy(self.tr("Checking…") if busy else None)
        if left > 0:
            locked = CashierError(Failure.PIN_LOCKED, seconds=left + 0.999)
            self._error.setText(failure_text(locked))
            self._timer.start()
        else:
            self._timer.stop()
            self._error.setText(self._trouble())
        self._error.setVisible(bool(self._error.text()))

    def _trouble(self) -> str:
        if not self._people:
            return self.tr("Nobody at this till may allow it.")
        return failure_text(self._failure) if self._failure else ""

    def retranslate(self) -> None:
        match role_for(self._right):
            case Role.CASHIER:
                title = self.tr("Confirm by PIN")
            case Role.SENIOR:
                title = self.tr("Approval by a senior cashier")
            case Role.MANAGER:
                title = self.tr("Approval by a manager")
            case Role.ADMINISTRATOR:
                title = self.tr("Approval by an administrator")
        self._head.setText(title)
        self.setAccessibleName(title)
        at = max(self._who.currentIndex(), 0)
        self._who.blockSignals(True)
        self._who.clear()
        for one in self._people:
            self._who.addItem(f"{one.name}, {role_text(one.role).lower()}")
        self._who.setCurrentIndex(at if self._people else -1)
        self._who.blockSignals(False)
        self._who.setAccessibleName(self.tr("Who approves"))
        self._cancel.setText(self.tr("Cancel"))
        self._confirm.setText(self.tr("Confirm"))
        self._note.setText(self.tr("The PIN holds for this one action only"))
        self._paint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
