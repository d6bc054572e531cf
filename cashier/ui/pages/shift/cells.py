"""A report as the rows of a spreadsheet: a row for each figure of each part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from cashier.domain.money import Money
from cashier.domain.shift_report import Figures, ShiftReport
from cashier.services.export import Cell
from cashier.ui import formats
from cashier.ui.pages.shift.words import moment_text, state_text
from cashier.ui.translation import current_language

translate = QCoreApplication.translate


def report_head() -> tuple[str, ...]:
    return (
        translate("ShiftCells", "Part"),
        translate("ShiftCells", "Name"),
        translate("ShiftCells", "Paid"),
        translate("ShiftCells", "Sales"),
        translate("ShiftCells", "Declined"),
        translate("ShiftCells", "Cancelled"),
        translate("ShiftCells", "Unknown"),
        translate("ShiftCells", "Refunds"),
        translate("ShiftCells", "Refunded"),
        translate("ShiftCells", "Revenue"),
        translate("ShiftCells", "Currency"),
    )


def report_rows(report: ShiftReport, people: Mapping[str, str]) -> Iterator[Sequence[Cell]]:
    """The whole, terminals, cashiers, hours, and what is carried over."""
    shift = report.shift
    opened = moment_text(shift.opened_at).replace(formats.HARD_SPACE, " ")
    whole = translate("ShiftCells", "Shift {0}, till {1}").format(shift.number, shift.till)
    yield _row(whole, translate("ShiftCells", "opened {0}").format(opened), report.whole)
    for one in report.other_currencies:
        yield _row(whole, one.key, one)
    for one in report.by_terminal:
        yield _row(translate("ShiftCells", "Terminal"), one.key, one)
    for one in report.by_cashier:
        yield _row(translate("ShiftCells", "Cashier"), people.get(one.key, ""), one)
    for hour in report.by_hour:
        here = hour.start
        day = formats.date(current_language(), here.date()).replace(formats.HARD_SPACE, " ")
        name = f"{day} {formats.clock(here)}"
        yield _sum(translate("ShiftCells", "Hour"), name, hour.sold)
    for refund in report.corrected_refunds:
        part = translate("ShiftCells", "Refund of an earlier report, not executed")
        yield _sum(part, f"{refund.tag}, {state_text(refund.state)}", refund.amount)
    for payment in report.carried_payments:
        part = translate("ShiftCells", "Carried over")
        name = f"{payment.receipt_number}, {state_text(payment.state)}"
        yield _sum(part, name, payment.amount)
    for refund in report.carried_refunds:
        part = translate("ShiftCells", "Carried over, refund")
        yield _sum(part, f"{refund.tag}, {state_text(refund.state)}", refund.amount)
    for payment in report.handed_over:
        part = translate("ShiftCells", "Handed over")
        name = f"{payment.receipt_number}, {state_text(payment.state)}"
        yield _sum(part, name, payment.amount)
    if report.mark:
        yield (translate("ShiftCells", "End of the till’s record"), report.mark)


def _row(part: str, name: str, one: Figures) -> Sequence[Cell]:
    return (
        part,
        name,
        one.paid,
        _decimal(one.sold),
        one.declined,
        one.cancelled,
        one.unknown,
        one.refunds,
        _decimal(one.given_back),
        _decimal(one.revenue),
        one.sold.currency.value,
    )


def _sum(part: str, name: str, amount: Money) -> Sequence[Cell]:
    return (part, name, "", _decimal(amount), "", "", "", "", "", "", amount.currency.value)


def _decimal(amount: Money) -> Decimal:
    return Decimal(amount.minor).scaleb(-2)
