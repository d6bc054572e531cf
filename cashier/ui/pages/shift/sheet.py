"""What a report says, line by line: on the screen, on paper and as a PDF."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QCoreApplication

from cashier.domain.shift_report import Figures, ShiftReport
from cashier.ui import formats
from cashier.ui.pages.shift.words import (
    moment_text,
    payment_text,
    shift_text,
    state_text,
    taken_back,
)
from cashier.ui.printing import Look, Sheet, SheetLine, heading
from cashier.ui.texts import money_text

translate = QCoreApplication.translate


def report_title(report: ShiftReport) -> str:
    """«Z-отчёт. Смена № 187», X while the shift is open."""
    number = shift_text(report.shift.number)
    if report.shift.closed_at is None:
        return translate("ShiftSheet", "X report. {0}").format(number)
    return translate("ShiftSheet", "Z report. {0}").format(number)


def report_sheet(
    report: ShiftReport, people: Mapping[str, str], *, training: bool, shop: str = ""
) -> Sheet:
    """`people`: names by id. It is no fiscal document, and says so on every page."""
    notes = [translate("ShiftSheet", "Report of the till. This is not a fiscal document")]
    if training:
        notes.append(translate("ShiftSheet", "TRAINING. No money was taken"))
    title = report_title(report)
    return Sheet(title, tuple(notes), tuple(_lines(report, title, people, shop)))


def _lines(
    report: ShiftReport, title: str, people: Mapping[str, str], shop: str
) -> Iterator[SheetLine]:
    yield from heading(title)
    if shop:
        yield SheetLine(Look.LINE, shop)
    shift = report.shift
    till = translate("ShiftSheet", "Till")
    opened = translate("ShiftSheet", "Opened")
    yield SheetLine(Look.LINE, till, shift.till)
    yield SheetLine(Look.LINE, opened, moment_text(shift.opened_at))
    if shift.closed_at is not None:
        yield SheetLine(Look.LINE, translate("ShiftSheet", "Closed"), moment_text(shift.closed_at))
        who = people.get(shift.closed_by, "")
        if who:
            yield SheetLine(Look.LINE, translate("ShiftSheet", "Closed by"), who)
    yield SheetLine(Look.RULE)
    yield from _figures(report.whole)
    average = report.average
    if average is not None:
        yield SheetLine(Look.LINE, translate("ShiftSheet", "Average receipt"), money_text(average))
    yield SheetLine(
        Look.TOTAL, translate("ShiftSheet", "Revenue"), money_text(report.whole.revenue)
    )
    for other in report.other_currencies:
        yield from _group(other, other.key)
    nobody = translate("ShiftSheet", "Without a cashier")
    elsewhere = translate("ShiftSheet", "Another terminal")
    if report.by_terminal:
        yield SheetLine(Look.GAP)
        yield SheetLine(Look.NOTE, translate("ShiftSheet", "By terminal"))
    for one in report.by_terminal:
        yield from _group(one, one.key or elsewhere)
    if report.by_cashier:
        yield SheetLine(Look.GAP)
        yield SheetLine(Look.NOTE, translate("ShiftSheet", "By cashier"))
    for one in report.by_cashier:
        yield from _group(one, people.get(one.key, "") or nobody)
    yield from _hours(report)
    yield from _carried(report)
    if report.mark:
        yield SheetLine(Look.GAP)
        text = translate("ShiftSheet", "Record of the till ends with {0}").format(report.mark)
        yield SheetLine(Look.SMALL, text)


def _figures(one: Figures) -> Iterator[SheetLine]:
    sales = translate("ShiftSheet", "Sales: {0}").format(one.paid)
    yield SheetLine(Look.LINE, sales, money_text(one.sold))
    refunds = translate("ShiftSheet", "Refunds: {0}").format(one.refunds)
    yield SheetLine(Look.LINE, refunds, money_text(taken_back(one.refunded)))
    if one.corrected:
        correction = translate("ShiftSheet", "Refunds of earlier reports, not executed")
        yield SheetLine(Look.LINE, correction, money_text(one.corrected))
    counts = (
        (translate("ShiftSheet", "Declined"), one.declined),
        (translate("ShiftSheet", "Cancelled and expired"), one.cancelled),
        (translate("ShiftSheet", "Outcome unknown"), one.unknown),
    )
    for caption, number in counts:
        yield SheetLine(Look.LINE, caption, str(number))


def _group(one: Figures, name: str) -> Iterator[SheetLine]:
    yield SheetLine(Look.RULE)
    yield SheetLine(Look.LINE, name, money_text(one.revenue))
    parts = [translate("ShiftSheet", "sales {0} · {1}").format(one.paid, money_text(one.sold))]
    if one.refunds:
        back = money_text(taken_back(one.refunded))
        parts.append(translate("ShiftSheet", "refunds {0} · {1}").format(one.refunds, back))
    if one.corrected:
        words = translate("ShiftSheet", "refunds not executed {0}")
        parts.append(words.format(money_text(one.corrected)))
    counts = (
        (translate("ShiftSheet", "declined {0}"), one.declined),
        (translate("ShiftSheet", "cancelled {0}"), one.cancelled),
        (translate("ShiftSheet", "unknown {0}"), one.unknown),
    )
    parts += [words.format(number) for words, number in counts if number]
    yield SheetLine(Look.SMALL, "; ".join(parts))


def _hours(report: ShiftReport) -> Iterator[SheetLine]:
    if report.by_hour:
        yield SheetLine(Look.RULE)
        yield SheetLine(Look.LINE, translate("ShiftSheet", "Sales by the hour"))
    for hour in report.by_hour:
        yield SheetLine(Look.SMALL, formats.clock(hour.start), money_text(hour.sold))


def _carried(report: ShiftReport) -> Iterator[SheetLine]:
    """What an earlier report had too much, and what goes over into the next shift."""
    if report.corrected_refunds:
        yield SheetLine(Look.RULE)
        yield SheetLine(
            Look.LINE, translate("ShiftSheet", "Counted in an earlier report, not executed")
        )
    for refund in report.corrected_refunds:
        text = translate("ShiftSheet", "refund #{0} · {1}").format(
            refund.tag, state_text(refund.state)
        )
        yield SheetLine(Look.SMALL, text, money_text(refund.amount))
    if report.carried_payments or report.carried_refunds:
        yield SheetLine(Look.RULE)
        yield SheetLine(Look.LINE, translate("ShiftSheet", "To be decided, carried over"))
    for payment in report.carried_payments:
        yield SheetLine(Look.SMALL, payment_text(payment), money_text(payment.amount))
    for refund in report.carried_refunds:
        text = translate("ShiftSheet", "refund #{0} · Outcome unknown").format(refund.tag)
        yield SheetLine(Look.SMALL, text, money_text(refund.amount))
    if report.handed_over:
        yield SheetLine(Look.RULE)
        yield SheetLine(Look.LINE, translate("ShiftSheet", "Open payments, handed over"))
    for payment in report.handed_over:
        yield SheetLine(Look.SMALL, payment_text(payment), money_text(payment.amount))
