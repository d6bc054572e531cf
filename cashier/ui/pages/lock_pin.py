"""The card at the right of the lock: a person's PIN, or the new one after a reset."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QWidget

from cashier.clock import Clock
from cashier.domain.failure import CashierError, Failure
from cashier.domain.staff import Person, pin_digits
from cashier.domain.staff import Role as Rank
from cashier.ui.texts import failure_text
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.button import Button, Kind, Size
from cashier.ui.widgets.card import Card
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.pin_entry import PinEntry
from cashier.ui.widgets.pin_pad import PinPad
from cashier.ui.widgets.tone import Tone


class PinCard(Card):
    """`typed(pin)` by Enter or the button once every dot is filled; `moved` by ↑ ↓."""

    typed = Signal(str)
    moved = Signal(int)
    scan_dropped = Signal()

    def __init__(self, *, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(name="lock.card", padding=28, spacing=6, parent=parent)
        middle = Qt.AlignmentFlag.AlignHCenter
        self._person: Person | None = None
        self._failure: CashierError | None = None
        self._is_busy = False
        self._left = 0.0
        self._name = Label(role=Role.VALUE_LARGE, name="lock.name", align=middle)
        self._digits = Label(tone="2", name="lock.digits", align=middle)
        self._entry = PinEntry(now=clock.monotonic)
        self._entry.set_length(pin_digits(Rank.CASHIER)[1])  # until it is known whose PIN it is
        self._error = Label(tone=Tone.BAD, wrap=True, name="lock.error", align=middle)
        self._pad = PinPad(name="lock.pin")
        self._enter = Button(
            "", name="lock.enter", kind=Kind.PRIMARY, size=Size.LG, keycap="Enter", spread=True
        )
        self._note = Label(role=Role.SMALL, tone="3", wrap=True, name="lock.note", align=middle)
        for part in (
            self._name,
            self._digits,
            self._entry,
            self._error,
            self._pad,
            self._enter,
            self._note,
        ):
            self.body.addWidget(part)
        self._entry.textChanged.connect(self._type)
        self._entry.submitted.connect(self._submit)
        self._entry.moved.connect(self.moved)
        self._entry.scan_dropped.connect(self.scan_dropped)
        self._pad.typed.connect(self._entry.add)
        self._pad.erased.connect(self._entry.erase)
        self._enter.clicked.connect(self._submit)
        self.retranslate()

    def set_low(self, low: bool) -> None:
        """For the small window."""
        theme = current_theme()
        self._pad.set_low(low)
        pad = theme.px(18 if low else 28)
        self.body.setContentsMargins(pad, theme.px(14 if low else 26), pad, pad)
        self.body.setSpacing(theme.px(6 if low else 10))

    def show_person(self, person: Person) -> None:
        """Another person: nothing has failed, and only what came before the first is typed."""
        early = self._entry.text() if self._person is None else ""
        self._person = person
        self._failure = None
        self._entry.set_length(person.pin_length)
        self._entry.setText(early[: person.pin_length])
        self._name.setText(person.name)
        self.retranslate()

    def set_note(self, text: str) -> None:
        self._note.setText(text)

    def show_left(self, seconds: float) -> None:
        """How long this person is still shut out; 0 for not at all."""
        was_shut, self._left = self._left > 0, seconds
        if was_shut and seconds <= 0:
            self._failure = None
        self._paint()
        if was_shut and seconds <= 0 and self.isVisible():
            self.focus_entry()

    def show_busy(self, busy: bool) -> None:
        self._is_busy = busy
        self._paint()

    def show_failure(self, error: CashierError) -> None:
        """The PIN was not the one; another may be typed."""
        self._is_busy = False
        self._failure = error
        self._paint()
        self.focus_entry()

    def focus_entry(self) -> None:
        self._entry.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        self._entry.clear()

    def _type(self, text: str) -> None:
        if text:
            self._failure = None
        self._paint()

    def _submit(self) -> None:
        is_known = self._person is not None
        if is_known and self._entry.is_full and not self._is_busy and self._left <= 0:
            pin = self._entry.text()
            self._entry.clear()
            self.typed.emit(pin)

    def _paint(self) -> None:
        shut = self._left > 0
        self._entry.set_open(not shut and not self._is_busy)
        self._pad.set_enabled(not shut and not self._is_busy)
        self._enter.setEnabled(self._entry.is_full and not shut)
        self._enter.set_busy(self.tr("Checking…") if self._is_busy else None)
        error = CashierError(Failure.PIN_LOCKED, seconds=self._left + 0.999)
        shown = error if shut else self._failure
        self._error.setText(failure_text(shown) if shown else "")
        self._error.setVisible(shown is not None)

    def retranslate(self) -> None:
        length = self._person.pin_length if self._person else 0
        self._digits.setText(self.tr("PIN, %n digits", "", length) if length else "")
        self._enter.setText(self.tr("Sign in"))
        self._paint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class FormCard(Card):
    """A form and the one button under it, bound to F12. `submitted` by either."""

    submitted = Signal()

    def __init__(self, form: QWidget, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name=name, padding=28, spacing=14, parent=parent)
        self._title = Label(role=Role.VALUE_LARGE, wrap=True, name=f"{name}.title")
        self._text = Label(tone="2", wrap=True)
        self._error = Label(tone=Tone.BAD, wrap=True, name=f"{name}.error")
        self._error.hide()
        self._save = Button(
            "", name=f"{name}.save", kind=Kind.PRIMARY, size=Size.LG, keycap="F12", spread=True
        )
        for part in (self._title, self._text, form, self._error, self._save):
            self.body.addWidget(part)
        self._save.clicked.connect(self.submitted)
        follow_theme(self._space)

    def _space(self, theme: Theme) -> None:
        self.body.setSpacing(theme.px(14))

    def show_texts(self, title: str, text: str, button: str) -> None:
        self._title.setText(title)
        self._text.setText(text)
        self._save.setText(button)

    def show_state(self, *, is_complete: bool, busy: str | None) -> None:
        self._save.setEnabled(is_complete)
        self._save.set_busy(busy)

    def show_error(self, text: str) -> None:
        self._error.setText(text)
        self._error.setVisible(bool(text))
