"""A refund of a sum, without lines (picture 07c)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from cashier.domain.money import Money
from cashier.ui import formats
from cashier.ui.pages.refund.draft import Draft, Wrong
from cashier.ui.pages.refund.payment_ids import PaymentIds
from cashier.ui.pages.refund.texts import by_sum_text, wrong_text
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.translation import current_language
from cashier.ui.widgets.band import Band
from cashier.ui.widgets.card import Card, Rule
from cashier.ui.widgets.field import Field
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.shape import draw_rounded, rounded_path

_SHOWN = (Wrong.NOT_A_SUM, Wrong.DECIMALS, Wrong.OVER_BUDGET)


class SumForm(QWidget):
    """Why it is by sum, the field, what of the payment goes where, the line that is sent."""

    edited = Signal(str)
    moved_on = Signal()
    """Enter: the sum is typed."""
    found = Signal(str)
    """A scanner wrote an order's number into the field."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.band = Band(name="refund.why")
        self.field = Field(name="refund.sum", height="entry", keycap="F4")
        self.field.set_label(self.tr("Sum to refund"))
        self.field.line.installEventFilter(self)
        self._sign = Label(role=Role.PANEL_HEAD, tone="3")
        self.field.frame.row.insertWidget(self.field.frame.row.count() - 1, self._sign)
        self._bar = _ShareBar()
        self._legend = [_Legend(token) for token in ("refund", "accent", "")]
        self._line_head = Label(role=Role.SMALL, tone="2", elide=True)
        self._line_sum = Label(role=Role.SMALL, tone="2", align=Qt.AlignmentFlag.AlignRight)
        self._line_name = Label(role=Role.ROW_STRONG, elide=True, name="refund.line.name")
        self._line_value = Label(
            role=Role.ROW_STRONG, align=Qt.AlignmentFlag.AlignRight, name="refund.line.sum"
        )
        self._ids = PaymentIds()
        self._arrange()
        self.field.edited.connect(self.edited)
        self.field.submitted.connect(self._submit)
        self.setFocusProxy(self.field)
        follow_theme(self.restyle)

    def _arrange(self) -> None:
        legend = self._legend_row = QHBoxLayout()
        for number, one in enumerate(self._legend):
            legend.addWidget(one)
            if number < len(self._legend) - 1:
                legend.addStretch(1)
        card = Card(padding=20, spacing=14)
        card.body.addWidget(self.field)
        card.body.addWidget(self._bar)
        card.body.addLayout(legend)
        sent = Card(padding=12, spacing=10)
        for left, right in (
            (self._line_head, self._line_sum),
            (self._line_name, self._line_value),
        ):
            row = QHBoxLayout()
            row.addWidget(left, 1)
            row.addWidget(right)
            sent.body.addLayout(row)
            if left is self._line_head:
                sent.body.addWidget(Rule())
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        for part in (self.band, card, sent):
            self._layout.addWidget(part)
        self._layout.addStretch(1)
        self._layout.addWidget(self._ids)

    def restyle(self, theme: Theme) -> None:
        self._layout.setSpacing(theme.px(14))
        self._legend_row.setSpacing(theme.px(8))
        self.field.line.setStyleSheet(f"font-size: {theme.px(26)}px; font-weight: 600;")

    def add_note(self, note: QWidget) -> None:
        """A line under everything."""
        self._layout.insertWidget(3, note)  # after the band and the two cards

    def set_compact(self, compact: bool) -> None:
        """Less room: smaller words under the bar."""
        for legend in self._legend:
            legend.set_compact(compact)

    def begin(self) -> None:
        """The caret in the field, its text marked."""
        self.field.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.line.selectAll()

    @property
    def is_typing(self) -> bool:
        return self.field.line.hasFocus()

    def show_draft(self, draft: Draft, *, frozen: bool) -> None:
        """Everything that depends on the payment and on the sum."""
        language = current_language()
        payment, left = draft.form.payment, draft.form.left
        why = by_sum_text(draft)
        self.band.show_message(*why[:1], detail=why[1])
        if self.field.text() not in (draft.sum_text, _typed(draft.sum_text)):
            self.field.set_text(_typed(draft.sum_text))
        self.field.set_enabled(not frozen)
        shown = formats.money(language, left) if draft.form.is_budget_known else self.tr("unknown")
        self.field.set_label(
            self.tr("Sum to refund"), hint=self.tr("no more than {0}").format(shown)
        )
        wrong = draft.wrong
        self.field.set_error(wrong_text(wrong, draft) if wrong in _SHOWN else "")
        self._sign.setText(formats.CURRENCY_SIGNS[payment.amount.currency])
        zero = Money(0, left.currency)
        this = draft.amount if wrong is None else zero
        rest = left - this
        for legend, text, amount in zip(
            self._legend,
            (self.tr("refunded before"), self.tr("this refund"), self.tr("will be left")),
            (draft.refunded, this, max(rest, zero)),
            strict=True,
        ):
            is_known = draft.form.is_budget_known or legend is self._legend[1]
            legend.show_share(
                text, formats.money(language, amount) if is_known else self.tr("unknown")
            )
        self._bar.show_shares(payment.amount, draft.refunded, this)
        self._show_line(draft, this)
        self._ids.show_form(draft.form)

    def _show_line(self, draft: Draft, amount: Money) -> None:
        language = current_language()
        sign = formats.CURRENCY_SIGNS[amount.currency]
        number = draft.form.receipt.number or draft.form.payment.order_id[:8]
        self._line_head.setText(self.tr("The line that goes to the gateway instead of items"))
        self._line_sum.setText(self.tr("Amount, {currency}").format(currency=sign))
        self._line_name.setText(f"Возврат по чеку {number}")  # as it is sent, in any language
        self._line_value.setText(f"1 × {formats.bare_money(language, amount)}")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and _is_enter(event):
            self._submit()
            return True
        return super().eventFilter(watched, event)

    def _submit(self) -> None:
        text = self.field.text().strip()
        if is_order_id(text):
            self.field.set_text("")
            self.edited.emit("")
            self.found.emit(text)
        else:
            self.moved_on.emit()


def _is_enter(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def is_order_id(text: str) -> bool:
    """Whether this is an order's number as the slip's barcode carries it: 32 hex digits."""
    return len(text) == 32 and all(letter in "0123456789abcdefABCDEF" for letter in text)


def _typed(text: str) -> str:
    """The sum as a person of this language would have typed it."""
    if current_language() == "ru" and text.count(".") == 1 and "," not in text:
        return text.replace(".", ",")
    return text


class _ShareBar(QWidget):
    """Violet what went back before, blue what goes back now, empty what is left."""

    def __init__(self) -> None:
        super().__init__()
        self._shares = (0.0, 0.0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self.setFixedHeight(theme.px(14))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(current_theme().px(200), self.height())

    def show_shares(self, paid: Money, refunded: Money, this: Money) -> None:
        whole = max(paid.minor, 1)
        before = min(max(refunded.minor / whole, 0.0), 1.0)
        self._shares = (before, min(max(this.minor / whole, 0.0), 1.0 - before))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        radius = theme.px(7)
        rect = QRectF(self.rect())
        draw_rounded(painter, rect, radius=radius, fill=theme.color("surface"))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipPath(rounded_path(rect, radius))
        left, gap = 0.0, float(theme.px(2))
        for share, token in zip(self._shares, ("refund", "accent"), strict=True):
            width = rect.width() * share
            if width > 0:
                painter.fillRect(
                    QRectF(left, 0, max(width - gap, 1), rect.height()), theme.color(token)
                )
            left += width
        painter.restore()
        draw_rounded(painter, rect, radius=radius, border=theme.color("line-strong"))


class _Legend(QWidget):
    """A dot, a word, a sum."""

    def __init__(self, token: str) -> None:
        super().__init__()
        self._token = token
        self._word = Label(role=Role.SMALL, tone="2")
        self._sum = Label(role=Role.SMALL)
        self._layout = QHBoxLayout(self)
        self._layout.addWidget(self._word)
        self._layout.addWidget(self._sum)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self._layout.setContentsMargins(theme.px(20), 0, 0, 0)
        self._layout.setSpacing(theme.px(8))
        self._sum.setStyleSheet("font-weight: 600;")
        self.update()

    def set_compact(self, compact: bool) -> None:
        for label in (self._word, self._sum):
            label.set_role(Role.CAPTION if compact else Role.SMALL)

    def show_share(self, word: str, amount: str) -> None:
        self._word.setText(word)
        self._sum.setText(amount)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        side = theme.px(12)
        spot = QRectF(0, (self.height() - side) / 2, side, side)
        draw_rounded(
            QPainter(self),
            spot,
            radius=theme.px(3),
            fill=theme.color(self._token or "surface"),
            border=theme.color(self._token or "line-strong"),
        )
