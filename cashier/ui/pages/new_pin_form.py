"""A new PIN, typed twice, with the rules ticked off as they hold."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRegularExpression, Qt, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cashier.clock import Clock
from cashier.domain.staff import Role, is_weak, pin_digits
from cashier.ui.theme import Theme, follow_theme
from cashier.ui.widgets.field import Field
from cashier.ui.widgets.icon_label import IconLabel
from cashier.ui.widgets.label import Label
from cashier.ui.widgets.pin_entry import ScanGuard

_LONGEST = 8


class NewPinForm(QWidget):
    """`edited` by hand; `submitted` by Enter in the second field. Scanners are kept out."""

    edited = Signal()
    submitted = Signal()
    scan_dropped = Signal()

    def __init__(
        self, *, name: str, clock: Clock, role: Role, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._role = role
        self._pin = Field(name=f"{name}.pin", limit=_LONGEST, secret=True)
        self._again = Field(name=f"{name}.again", limit=_LONGEST, secret=True)
        self._ticks: dict[Field, IconLabel] = {}
        for field in (self._pin, self._again):
            digits = QRegularExpression("[0-9]*")
            field.line.setValidator(QRegularExpressionValidator(digits, field.line))
            field.line.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
            ScanGuard(field.line, now=clock.monotonic).scan_dropped.connect(self.scan_dropped)
            field.edited.connect(self._edit)
            tick = IconLabel("circle-check", px=22, colour="ok-text")
            tick.hide()
            field.add_trailing(tick)
            self._ticks[field] = tick
        self._pin.submitted.connect(self._again.line.setFocus)
        self._again.submitted.connect(self.submitted)
        self._rules = tuple(_Rule(f"{name}.rule.{rule}") for rule in ("length", "guess", "same"))
        self._fields = QHBoxLayout()
        for field in (self._pin, self._again):
            self._fields.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        self._lines = QVBoxLayout()
        for rule in self._rules:
            self._lines.addWidget(rule)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addLayout(self._fields)
        self._layout.addLayout(self._lines)
        self.retranslate()
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self._fields.setSpacing(theme.px(16))
        self._lines.setSpacing(theme.px(8))
        self._layout.setSpacing(theme.px(18))

    def set_role(self, role: Role) -> None:
        """Another role, another length."""
        self._role = role
        self.retranslate()

    def pin(self) -> str | None:
        """The PIN, once every rule holds."""
        return self._pin.text() if all(self._hold()) else None

    @property
    def is_empty(self) -> bool:
        return not (self._pin.text() or self._again.text())

    def clear(self) -> None:
        for field in (self._pin, self._again):
            field.set_text("")
        self._paint()

    def show_error(self, text: str) -> None:
        """Under the first field; "" takes it away."""
        self._pin.set_error(text)

    def focus_first(self) -> None:
        self._pin.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_last(self) -> None:
        self._again.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_unfinished(self) -> None:
        """To the field that still breaks a rule."""
        long_enough, strong, _ = self._hold()
        field = self._again if long_enough and strong else self._pin
        field.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_usable(self, usable: bool) -> None:
        for field in (self._pin, self._again):
            field.set_enabled(usable)

    def _edit(self) -> None:
        self.show_error("")
        self._paint()
        self.edited.emit()

    def _hold(self) -> tuple[bool, bool, bool]:
        shortest, longest = pin_digits(self._role)
        pin, again = self._pin.text(), self._again.text()
        long_enough = shortest <= len(pin) <= longest
        return long_enough, len(pin) > 1 and not is_weak(pin), bool(pin) and pin == again

    def _paint(self) -> None:
        hold = self._hold()
        for rule, holds in zip(self._rules, hold, strict=True):
            rule.show_state(holds)
        self._ticks[self._pin].setVisible(hold[0] and hold[1])
        self._ticks[self._again].setVisible(all(hold))

    def retranslate(self) -> None:
        self._pin.set_label(self.tr("PIN"))
        self._again.set_label(self.tr("Once more"))
        shortest, longest = pin_digits(self._role)
        length, guess, same = self._rules
        length.set_text(self.tr("{0} to {1} digits").format(shortest, longest))
        guess.set_text(self.tr("not in a row and not all the same, as 123456 or 000000"))
        same.set_text(self.tr("the same both times"))
        self._paint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class _Rule(QWidget):
    def __init__(self, name: str) -> None:
        super().__init__()
        self._icon = IconLabel("circle-dashed", px=20, colour="text-3")
        self._text = Label(wrap=True, name=name)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self._icon)
        self._layout.addWidget(self._text, 1)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self._layout.setSpacing(theme.px(10))

    def set_text(self, text: str) -> None:
        self._text.setText(text)

    def show_state(self, holds: bool) -> None:
        icon, colour = ("circle-check", "ok-text") if holds else ("circle-dashed", "text-3")
        self._icon.show_icon(icon, colour=colour)
        self._text.set_tone(None if holds else "2")
        self._text.setAccessibleDescription("✓" if holds else "")
