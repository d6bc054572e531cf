"""What a copy of a payment says on paper."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from cashier.domain.receipt import PricedLine
from cashier.domain.refund import HOLDING
from cashier.services.history import Details
from cashier.ui import formats
from cashier.ui.pages.history.actions import needs_a_word
from cashier.ui.pages.history.details_panel import details_look
from cashier.ui.pages.history.look import minus, receipt_text, refund_look
from cashier.ui.printing import Look, Sheet, SheetLine, heading
from cashier.ui.texts import method_text, money_text
from cashier.ui.translation import current_language

translate = QCoreApplication.translate


def copy_sheet(details: Details, *, training: bool, shop: str = "") -> Sheet:
    """A copy that says what it is not; in training it says that the money is not real."""
    notes = [translate("HistoryCopy", "Copy of a receipt. This is not a fiscal receipt")]
    if training:
        notes.append(translate("HistoryCopy", "TRAINING. No money was taken"))
    number = receipt_text(details.payment)
    title = translate("HistoryCopy", "Receipt {0}").format(number)
    return Sheet(title, tuple(notes), tuple(_lines(details, title, shop)))


def _lines(details: Details, title: str, shop: str) -> Iterator[SheetLine]:
    payment, language = details.payment, current_language()
    yield from heading(title)
    if shop:
        yield SheetLine(Look.LINE, shop)
    made = formats.date_time(language, payment.created_at.astimezone(), seconds=True)
    yield SheetLine(Look.LINE, translate("HistoryCopy", "Date"), made)
    facts = (
        (translate("HistoryCopy", "Till"), details.receipt.till),
        (translate("HistoryCopy", "Terminal"), payment.terminal_name),
        (translate("HistoryCopy", "Cashier"), details.cashier),
    )
    for caption, value in facts:
        if value:
            yield SheetLine(Look.LINE, caption, value)
    yield SheetLine(Look.RULE)
    for one in details.receipt.receipt.priced:
        yield from _goods(one)
    if not details.receipt.receipt.lines:
        yield SheetLine(Look.SMALL, translate("HistoryCopy", "The goods are not known here"))
    yield SheetLine(Look.RULE)
    total = translate("HistoryCopy", "Total")
    yield SheetLine(Look.TOTAL, total, money_text(payment.amount))
    yield SheetLine(Look.GAP)
    yield SheetLine(Look.LINE, translate("HistoryCopy", "State"), details_look(details).text)
    yield SheetLine(Look.LINE, translate("HistoryCopy", "Method"), method_text(payment))
    yield from _refunds(details)
    yield SheetLine(Look.GAP)
    order = translate("HistoryCopy", "Order number {0}").format(payment.order_id)
    yield SheetLine(Look.SMALL, order)
    if payment.payment_id:
        text = translate("HistoryCopy", "Payment number {0}").format(payment.payment_id)
        yield SheetLine(Look.SMALL, text)


def _goods(one: PricedLine) -> Iterator[SheetLine]:
    language = current_language()
    yield SheetLine(Look.LINE, one.line.name, money_text(one.result))
    count = formats.quantity(language, one.line.quantity)
    text = f"{count} × {money_text(one.line.price)}"
    if one.discount.minor:
        off = translate("HistoryCopy", "discount {0}").format(minus(one.discount))
        text = f"{text}, {off}"
    yield SheetLine(Look.SMALL, text)


def _refunds(details: Details) -> Iterator[SheetLine]:
    shown = [one for one in details.refunds if one.state in HOLDING]
    if not shown:
        return
    yield SheetLine(Look.RULE)
    for refund in shown:
        at = formats.date_time(current_language(), refund.created_at.astimezone())
        words = refund_look(refund).text
        title = translate("HistoryCopy", "Refund, {0}").format(at)
        yield SheetLine(Look.LINE, f"{title}. {words}", minus(refund.amount))
    if not needs_a_word(details.payment):
        left = translate("HistoryCopy", "Left to refund")
        yield SheetLine(Look.LINE, left, money_text(details.left))
