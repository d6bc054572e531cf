"""The panel beside the list: one payment, all that is known of it, and what may be done."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from cashier.domain.money import Money, total
from cashier.domain.refund import HOLDING, Refund, RefundState
from cashier.services.history import Details
from cashier.ui.pages.history.actions import Deed, Deeds, deeds_of, needs_a_word
from cashier.ui.pages.history.events import EventList
from cashier.ui.pages.history.facts import FactList
from cashier.ui.pages.history.look import Look, minus, receipt_text, refund_look, whole_look
from cashier.ui.pages.history.restored_note import RestoredNote
from cashier.ui.pages.history.story import story_of
from cashier.ui.texts import method_text, money_text
from cashier.ui.theme import Theme, follow_theme
from cashier.ui.translation import current_language
from cashier.ui.widgets.amount import Amount, AmountSize
from cashier.ui.widgets.badge import Badge
from cashier.ui.widgets.button import Button, Kind, Size
from cashier.ui.widgets.card import Rule
from cashier.ui.widgets.fitted_scroll import scrolling
from cashier.ui.widgets.key_value import KeyValue
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.tone import Tone

SURE_FOR_MS = 3000
_GONE = (RefundState.SUCCEEDED, RefundState.RESOLVED_EXECUTED)
_KEYS = {
    Deed.SHOW_QR: "Enter",
    Deed.OPEN_PAYMENT: "Enter",
    Deed.CHECK: "F5",
    Deed.CANCEL: "",
    Deed.REFUND: "F9",
    Deed.COPY: "F8",
    Deed.DECIDE: "F12",
    Deed.DECIDE_REFUND: "F12",
    Deed.CONTINUE_REFUND: "F9",
    Deed.DECLARE: "F12",
    Deed.EXTERNAL: "Shift+F9",
}
_ICONS = {
    Deed.SHOW_QR: "qr-code",
    Deed.OPEN_PAYMENT: "hourglass",
    Deed.CHECK: "refresh-cw",
    Deed.REFUND: "undo-2",
    Deed.COPY: "file-text",
    Deed.DECIDE: "shield-check",
    Deed.DECIDE_REFUND: "shield-check",
    Deed.CONTINUE_REFUND: "undo-2",
    Deed.DECLARE: "shield-check",
}


class DetailsPanel(QFrame):
    """`wanted` with a Deed when its button is pressed. A cancel wants a second press."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self._details: Details | None = None
        self._refund: Refund | None = None
        self._is_delayed = False
        self._deeds = Deeds(None, ())
        self._busy: Deed | None = None
        self._is_narrow = False
        self._sure = QTimer(self)
        self._sure.setSingleShot(True)
        self._sure.setInterval(SURE_FOR_MS)
        self._sure.timeout.connect(self._paint_buttons)
        self._make()
        self._arrange()
        self.retranslate()
        follow_theme(self.restyle)

    def _make(self) -> None:
        self._whole = QWidget()
        self._whole.setObjectName("history.details")
        self.restored = RestoredNote()
        self._title = Label(role=Role.PANEL_HEAD, name="history.details.title", wrap=True)
        self._badge = Badge(name="history.details.status")
        self._amount = Amount(name="history.details.amount", size=AmountSize.S)
        self._line = Label(role=Role.BODY, tone="2", wrap=True, name="history.details.line")
        self._gone = KeyValue("", name="history.details.refunded", compact=True, strong=True)
        self._held = KeyValue("", name="history.details.held", compact=True, strong=True)
        self._left = KeyValue("", name="history.details.left", compact=True, strong=True)
        self._events = EventList(name="history.timeline")
        self._facts = FactList()
        self._buttons = {
            deed: Button(
                "",
                name=f"history.{deed.name.lower()}",
                keycap=_KEYS[deed],
                spread=True,
                parent=self._whole,  # without one it would come up as a window for a moment
            )
            for deed in Deed
        }
        for deed, button in self._buttons.items():
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.clicked.connect(lambda _=False, deed=deed: self.press(deed))

    def _arrange(self) -> None:
        column = QVBoxLayout(self._whole)
        column.setContentsMargins(0, 0, 0, 0)
        self._column = column
        self._head = QHBoxLayout()
        self._head.addWidget(self._title, 1)
        self._head.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(self._head)
        for part in (self._amount, self._line, self._gone, self._held, self._left, Rule()):
            column.addWidget(part)
        inner = QWidget()
        self._inner = QVBoxLayout(inner)
        self._inner.setContentsMargins(0, 0, 0, 0)
        self._inner.addWidget(self._events)
        self._inner.addWidget(Rule())
        self._inner.addWidget(self._facts)
        self._inner.addStretch(1)
        column.addWidget(scrolling(inner), 1)
        self._main_row = QVBoxLayout()
        self._grid = QGridLayout()
        column.addLayout(self._main_row)
        column.addLayout(self._grid)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self._whole, 1)
        self._layout.addWidget(self.restored, 1)

    def restyle(self, theme: Theme) -> None:
        self._layout.setContentsMargins(*(theme.px(edge) for edge in (22, 16, 22, 16)))
        self._column.setSpacing(theme.px(6))
        self._inner.setSpacing(theme.px(12))
        self._inner.setContentsMargins(0, theme.px(8), theme.px(8), 0)
        self._head.setSpacing(theme.px(8))
        self._grid.setSpacing(theme.px(10))
        self._main_row.setContentsMargins(0, theme.px(6), 0, theme.px(4))

    def set_narrow(self, narrow: bool) -> None:
        if narrow != self._is_narrow:
            self._is_narrow = narrow
            self._paint_buttons()

    # What is shown

    @property
    def details(self) -> Details | None:
        return self._details

    @property
    def deeds(self) -> Deeds:
        return self._deeds

    def show_details(
        self,
        details: Details | None,
        *,
        refund: Refund | None = None,
        is_delayed: bool = False,
        busy: Deed | None = None,
    ) -> None:
        """Everything in the panel. `refund`: the one that waits for a decision; `busy`: what is
        being done."""
        if details is None or self._details is None or details.payment != self._details.payment:
            self._sure.stop()
        self._details, self._refund, self._is_delayed = details, refund, is_delayed
        self._busy = busy
        self._whole.setVisible(details is not None)
        if details is None:
            self._deeds = Deeds(None, ())
            return
        self._deeds = deeds_of(details)
        self._paint_head(details)
        self._paint_sums(details)
        self._events.show_events(story_of(details))
        self._facts.show_details(details)
        self._paint_buttons()

    def _paint_head(self, details: Details) -> None:
        payment, refund = details.payment, self._refund
        number = receipt_text(payment)
        if refund is not None:
            look = refund_look(refund, delayed=self._is_delayed)
            self._title.setText(self.tr("Refund of receipt {0}").format(number))
            self._amount.show_money(current_language(), refund.amount)
            parts = [method_text(payment), refund.reason]
        else:
            look = details_look(details)
            if payment.is_adopted and not payment.receipt_number:
                self._title.setText(self.tr("Order {0}").format(number))
            else:
                self._title.setText(self.tr("Receipt {0}").format(number))
            self._amount.show_money(current_language(), payment.amount)
            parts = [method_text(payment), payment.terminal_name, details.cashier]
        self._badge.show_state(look.text, tone=look.tone, icon=look.icon)
        self._line.setText(" · ".join(part for part in parts if part))
        below = len(look.text) > 16
        self._column.removeWidget(self._badge)
        self._head.removeWidget(self._badge)
        if below:
            self._column.insertWidget(1, self._badge)
        else:
            self._head.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignTop)

    def _paint_sums(self, details: Details) -> None:
        currency = details.payment.amount.currency
        gone = total((one.held for one in details.refunds if one.state in _GONE), currency)
        held = total(
            (one.held for one in details.refunds if one.state in HOLDING.difference(_GONE)),
            currency,
        )
        has_money = bool(details.refunds) or details.payment.is_adopted
        self._gone.setVisible(gone.minor > 0)
        self._held.setVisible(held.minor > 0)
        self._left.setVisible(has_money)
        self._gone.set_value(minus(gone), tone=Tone.REFUND)
        self._held.set_value(minus(held), tone=Tone.WARN)
        self._left.set_value(self._left_text(details))

    def _left_text(self, details: Details) -> str:
        if needs_a_word(details.payment):
            return self.tr("unknown")
        zero = Money(0, details.left.currency)
        return money_text(max(details.left, zero, key=lambda one: one.minor))

    def _paint_buttons(self) -> None:
        """The main button, large and blue, and the others in pairs under it."""
        main, others = self._deeds.main, self._deeds.others
        for layout in (self._main_row, self._grid):
            while layout.count():
                layout.takeAt(0)
        for deed, button in self._buttons.items():
            is_main = deed is main
            button.set_kind(Kind.PRIMARY if is_main else self._side_kind(deed))
            button.set_size(Size.LG if is_main and not self._is_narrow else Size.NORMAL)
            button.set_icon(_ICONS.get(deed, "") if is_main else "")
            button.set_keycap(_KEYS[deed] if is_main or not self._is_narrow else "")
            button.setText(self._text_of(deed))
            button.setEnabled(self._busy is None)
            button.set_busy(self.tr("Checking…") if self._busy is deed else None)
            button.setVisible(deed in self._deeds)
        if main is not None:
            self._main_row.addWidget(self._buttons[main])
        pairs = [deed for deed in others if deed is not Deed.EXTERNAL]
        for place, deed in enumerate(pairs):
            is_alone = place == len(pairs) - 1 and place % 2 == 0
            self._grid.addWidget(self._buttons[deed], place // 2, place % 2, 1, 1 + is_alone)
        if Deed.EXTERNAL in others:  # its words need the whole width
            self._grid.addWidget(self._buttons[Deed.EXTERNAL], len(pairs), 0, 1, 2)

    def _side_kind(self, deed: Deed) -> Kind:
        return Kind.DANGER if deed is Deed.CANCEL else Kind.SECONDARY

    def _text_of(self, deed: Deed) -> str:
        match deed:
            case Deed.SHOW_QR:
                return self.tr("Show the QR again")
            case Deed.OPEN_PAYMENT:
                return self.tr("To the payment")
            case Deed.CHECK:
                return self.tr("Check")
            case Deed.CANCEL:
                return self._cancel_text()
            case Deed.REFUND:
                is_main = self._deeds.main is deed
                return self.tr("Refund the receipt") if is_main else self.tr("Refund")
            case Deed.COPY:
                return self.tr("Copy, PDF")
            case Deed.DECIDE:
                return self.tr("Decide")
            case Deed.DECIDE_REFUND:
                return self.tr("Decide on the refund")
            case Deed.CONTINUE_REFUND:
                return self.tr("Back to the refund")
            case Deed.DECLARE:
                return self.tr("Say what was refunded")
            case Deed.EXTERNAL:
                return self.tr("Refunded in the account")

    def _cancel_text(self) -> str:
        return self.tr("Press again") if self._sure.isActive() else self.tr("Cancel it")

    def press(self, deed: Deed) -> bool:
        """As if its button were pressed; False when that is not allowed now."""
        if deed not in self._deeds or self._busy is not None or self._details is None:
            return False
        if deed is Deed.CANCEL and not self._sure.isActive():
            self._sure.start()
            self._paint_buttons()
            return True
        self._sure.stop()
        self.wanted.emit(deed)
        return True

    def retranslate(self) -> None:
        self._whole.setAccessibleName(self.tr("Payment details"))
        self._gone.set_key(self.tr("Refunded"))
        self._held.set_key(self.tr("Held by refunds"))
        self._left.set_key(self.tr("Left to refund"))
        if self._details is not None:
            self.show_details(
                self._details,
                refund=self._refund,
                is_delayed=self._is_delayed,
                busy=self._busy,
            )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def details_look(details: Details) -> Look:
    """The badge of a payment with all its refunds, the same as in the list."""
    gone = total(
        (one.held for one in details.refunds if one.state in _GONE), details.payment.amount.currency
    )
    pending = HOLDING.difference(_GONE, {RefundState.UNKNOWN})
    return whole_look(
        details.payment,
        refunded=gone,
        is_pending=any(one.state in pending for one in details.refunds),
        is_unknown=any(one.state is RefundState.UNKNOWN for one in details.refunds),
    )
