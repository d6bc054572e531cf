"""The right side: what was paid and went back, why, how much, and the button that sends."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from cashier.domain.money import Money
from cashier.domain.refund import REFUND_TONES, Refund, RefundAction, RefundState
from cashier.ui import formats
from cashier.ui.office_texts import refund_word_text
from cashier.ui.pages.refund.draft import Draft, Wrong
from cashier.ui.pages.refund.reason import Reason
from cashier.ui.pages.refund.texts import refund_icon, wrong_text
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.translation import current_language
from cashier.ui.widgets.amount import Amount, AmountSize
from cashier.ui.widgets.badge import Badge
from cashier.ui.widgets.button import Button, Kind, Size
from cashier.ui.widgets.card import Rule
from cashier.ui.widgets.key_value import KeyValue
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.room import Room
from cashier.ui.widgets.tone import Tone

_TO_THE_FORM = (
    RefundState.FAILED,
    RefundState.REFUSED,
    RefundState.RESOLVED_NOT_EXECUTED,
    RefundState.WITHDRAWN,
)
_LOW = 640
_QUIET = (Wrong.OVER_BUDGET, Wrong.NOT_A_SUM, Wrong.DECIMALS)
"""Said in red under the field of the sum already."""


class RefundPanel(QFrame):
    """Shows what it is told; `show_draft` and `show_refund` are the only two ways it looks."""

    submit_asked = Signal()
    leave_asked = Signal()
    check_asked = Signal()
    resolve_asked = Signal()
    declare_asked = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self._room = Room.NORMAL
        self._was_small = False
        self._title = Label(role=Role.PANEL_HEAD, name="refund.panel.title")
        self.status = Badge(name="refund.status")
        self.paid = KeyValue("", name="refund.paid")
        self.before = KeyValue("", name="refund.before")
        self.left = _StrongRow(name="refund.remaining")
        self.note = Label(role=Role.SMALL, tone="3", wrap=True, name="refund.before.note")
        self.reason = Reason()
        self._word = Label(role=Role.TOTAL)
        self.amount = Amount(name="refund.amount", size=AmountSize.L)
        self.count = Label(role=Role.BODY, tone="2", wrap=True, name="refund.count")
        self.hint = Label(role=Role.SMALL, tone="2", wrap=True, name="refund.hint")
        self.submit = Button(
            "", name="refund.submit", kind=Kind.PRIMARY, size=Size.XL, keycap="F12", spread=True
        )
        self.check = Button("", name="refund.check", keycap="F5", spread=True)
        self.resolve = Button("", name="refund.resolve", keycap="Shift+F5", spread=True)
        self.declare = Button("", name="refund.declare", keycap="F5", spread=True)
        self.leave = Button("", name="refund.leave", keycap="Esc", spread=True)
        self._rules = [Rule(), Rule()]
        self._arrange()
        for button, asked in (
            (self.submit, self.submit_asked),
            (self.check, self.check_asked),
            (self.resolve, self.resolve_asked),
            (self.declare, self.declare_asked),
            (self.leave, self.leave_asked),
        ):
            button.clicked.connect(asked)
        follow_theme(self.restyle)

    def _arrange(self) -> None:
        layout = self._layout = QVBoxLayout(self)
        layout.setSpacing(0)
        layout.addWidget(self._title)
        layout.addWidget(self._rules[0])
        self._gaps = [QWidget() for _ in range(4)]
        for part in (self._gaps[0], self.paid, self.before, self.note, self.left, self._gaps[1]):
            layout.addWidget(part)
        layout.addWidget(self._rules[1])
        layout.addWidget(self._gaps[2])
        layout.addWidget(self.reason)
        layout.addWidget(self.status)
        layout.addSpacing(8)
        layout.addStretch(1)
        for part in (self._word, self.amount, self.count, self.hint, self._gaps[3]):
            layout.addWidget(part)
        buttons = self._buttons = QVBoxLayout()
        for button in (self.submit, self.check, self.resolve, self.declare, self.leave):
            buttons.addWidget(button)
        layout.addLayout(buttons)

    # The two ways it looks

    def show_empty(self) -> None:
        """No payment yet."""
        for part in (*self._sums, self.note, self.reason, self.status, *self._rules[1:]):
            part.setVisible(False)
        for part in (self._word, self.amount, self.count, self.hint):
            part.setVisible(False)
        for button in (self.check, self.resolve, self.declare):
            button.setVisible(False)
        self._title.setText(self.tr("Refund amount"))
        self._name_buttons()
        self.submit.set_busy(None)
        self.submit.setText(self.tr("Refund"))
        self.submit.set_size(Size.XL)
        self.submit.setVisible(True)
        self.submit.setEnabled(False)
        self._show_leave(self.tr("Do not refund"), primary=False)

    def _name_buttons(self) -> None:
        self.check.setText(self.tr("Check now"))
        self.resolve.setText(self.tr("Decide (manager)"))
        self.declare.setText(self.tr("Say what went back"))

    def show_draft(
        self,
        draft: Draft,
        *,
        sending: bool,
        waiting: str,
        approver: str,
        can_send: bool,
        note: str = "",
    ) -> None:
        """A refund being chosen, or on its way. `approver`: whose PIN has allowed it."""
        language = current_language()
        wrong = draft.wrong
        self._name_buttons()
        self._show_sums(draft)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.reason.setVisible(True)
        self.reason.setEnabled(not sending)
        self.status.setVisible(sending)
        if sending:
            self.status.show_state(self.tr("Sending"), tone=Tone.ACCENT, icon="loader-circle")
        amount = draft.amount
        self._show_amount(amount, self.tr("To refund"))
        rest = max(draft.remaining, Money(0, amount.currency))
        left = self.tr("{0} will be left").format(formats.money(language, rest))
        is_over = wrong is Wrong.OVER_BUDGET
        what = (
            self.tr("without items")
            if draft.is_by_sum
            else self.tr("%n item(s)", "", len(draft.quantities))
        )
        known = draft.form.is_budget_known
        self.count.setText(f"{what} · {left}" if known and not is_over else what)
        self.count.setVisible(True)
        self._show_hint(draft, wrong, waiting=waiting, approver=approver)
        self.check.setVisible(False)
        self.resolve.setVisible(wrong is Wrong.UNSETTLED)
        self.declare.setVisible(wrong is Wrong.BUDGET_UNKNOWN)
        self.submit.setVisible(True)
        self.submit.set_busy(self.tr("Sending…") if sending else None)
        self.submit.setText(self.tr("Send the refund") if approver else self.tr("Refund"))
        self.submit.setEnabled(can_send and wrong is None)
        self._show_leave(self.tr("Do not refund"), primary=False)
        self.leave.setEnabled(not sending)

    def show_refund(
        self, refund: Refund, draft: Draft, *, busy: frozenset[str], waiting: str, approver: str
    ) -> None:
        """A refund that is with the gateway, or over."""
        self._name_buttons()
        self._show_sums(draft)
        self.note.setVisible(False)
        self.reason.setVisible(False)
        self.status.setVisible(True)
        word = refund.word
        self.status.show_state(
            refund_word_text(word), tone=refund_tone(refund), icon=refund_icon(word)
        )
        self._show_amount(refund.amount, self.tr("This refund"))
        self.count.setText(refund.reason)
        self.count.setVisible(bool(refund.reason))
        self._say_hint(waiting, approver)
        is_prepared = refund.state is RefundState.PREPARED
        self.submit.setVisible(is_prepared)
        self.submit.setText(self.tr("Send again"))
        self.submit.set_busy(self.tr("Sending…") if "send" in busy else None)
        self.submit.setEnabled(is_prepared and not busy)
        self.check.setVisible(refund.allows(RefundAction.CHECK))
        self.check.set_busy(self.tr("Checking…") if "check" in busy else None)
        self.resolve.setVisible(refund.allows(RefundAction.RESOLVE))
        self.declare.setVisible(False)
        back = refund.state in _TO_THE_FORM
        text = self.tr("Back to the refund") if back else self.tr("Done")
        text = self.tr("Do not refund") if is_prepared else text
        self._show_leave(text, primary=not is_prepared)
        self.leave.setEnabled(not busy - {"check"})

    # Parts

    @property
    def _sums(self) -> tuple[QWidget, ...]:
        return (self.paid, self.before, self.left)

    def _show_sums(self, draft: Draft) -> None:
        language = current_language()
        known = draft.form.is_budget_known
        self._title.setText(self.tr("Refund amount"))
        self.paid.set_key(self.tr("Paid"))
        self.paid.set_value(formats.money(language, draft.form.payment.amount))
        self.before.set_key(self.tr("Refunded before"))
        unknown = self.tr("unknown")
        self.before.set_value(formats.money(language, -draft.refunded) if known else unknown)
        self.left.set_key(self.tr("Left to refund"))
        is_over = draft.form.left.minor < 0
        self.left.set_value(
            formats.money(language, draft.form.left) if known else unknown,
            tone=Tone.BAD if is_over else None,
        )
        for part in (*self._sums, *self._rules):
            part.setVisible(True)

    def _show_amount(self, amount: Money, word: str) -> None:
        self._word.setText(word)
        self.amount.show_money(current_language(), amount)
        self._word.setVisible(True)
        self.amount.setVisible(True)

    def _show_hint(self, draft: Draft, wrong: Wrong | None, *, waiting: str, approver: str) -> None:
        if waiting or wrong is None or (wrong in _QUIET and draft.is_by_sum):
            self._say_hint(waiting, approver if wrong is None else "")
            return
        tone: Tone | str = "2"
        if wrong is Wrong.OVER_BUDGET:
            tone = Tone.BAD
        elif wrong in (Wrong.UNSETTLED, Wrong.BUDGET_UNKNOWN, Wrong.RESTORED):
            tone = Tone.WARN
        self._say(wrong_text(wrong, draft), tone)

    def _say_hint(self, waiting: str, approver: str) -> None:
        if waiting or not approver:
            self._say(waiting, "2")
        else:
            self._say(self.tr("Allowed by {0}. F12 sends it.").format(approver), Tone.OK)

    def _say(self, text: str, tone: Tone | str) -> None:
        self.hint.setText(text)
        self.hint.set_tone(tone)
        self.hint.setVisible(bool(text))

    def _show_leave(self, text: str, *, primary: bool) -> None:
        self.leave.setText(text)
        self.leave.set_kind(Kind.PRIMARY if primary else Kind.SECONDARY)
        small = self._is_small
        large = Size.LG if small else Size.XL
        self.leave.set_size(large if primary else Size.NORMAL)
        self._size_buttons()
        self.leave.setEnabled(True)

    def set_room(self, room: Room) -> None:
        if room is not self._room:
            self._room = room
            self.restyle(current_theme())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._is_small is not self._was_small:
            self.restyle(current_theme())

    @property
    def _is_small(self) -> bool:
        """Narrow, or too low for two lines over the buttons."""
        theme = current_theme()
        is_low = self.height() < theme.px(_LOW)
        return (self._room is Room.NARROW or is_low) and not theme.touch

    def restyle(self, theme: Theme) -> None:
        small = self._was_small = self._is_small
        across, above, below = (16, 12, 14) if small else (24, 20, 20)
        self._layout.setContentsMargins(*map(theme.px, (across, above, across, below)))
        self.setFixedWidth(theme.px(self._room.side))
        self._title.setContentsMargins(0, 0, 0, theme.px(12 if small else 14))
        for gap, height in zip(self._gaps, (3, 3, 8, 10) if small else (6, 6, 14, 14), strict=True):
            gap.setFixedHeight(theme.px(height))
        for row in self._sums:
            row.setFixedHeight(theme.px(32 if small else 40))
        self.amount.set_size(AmountSize.of(self._room, touch=theme.touch))
        self._buttons.setSpacing(theme.px(10 if small else 12))
        self._size_buttons()

    def _size_buttons(self) -> None:
        theme = current_theme()
        small = self._is_small
        self.submit.set_size(Size.LG if small else Size.XL)
        self.submit.setFixedHeight(theme.px(72) if small else theme.height("main"))
        if small and self.leave.height() > theme.height("button"):
            self.leave.setFixedHeight(theme.px(72))


class _StrongRow(QWidget):
    """As `KeyValue`, its name as strong as its value."""

    def __init__(self, *, name: str) -> None:
        super().__init__()
        self._key = Label(role=Role.ROW_STRONG)
        self._value = Label(
            role=Role.ROW_STRONG, align=Qt.AlignmentFlag.AlignRight, elide=True, name=name
        )
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._key)
        layout.addWidget(self._value, 1)

    def set_key(self, text: str) -> None:
        self._key.setText(text)

    def set_value(self, text: str, *, tone: Tone | None = None) -> None:
        self._value.setText(text)
        self._value.set_tone(tone)

    def value(self) -> str:
        return self._value.text()


def refund_tone(refund: Refund) -> Tone:
    """The kit's tone for the refund's word."""
    return Tone(REFUND_TONES[refund.word].value)
