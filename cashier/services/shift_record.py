"""A Z report as the journal keeps it for ever, and read back to be printed again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from cashier.domain.money import Currency, Money
from cashier.domain.payment import Payment, PaymentState
from cashier.domain.refund import Refund, RefundState
from cashier.domain.shift import Shift
from cashier.domain.shift_report import Figures, Hour, ShiftReport
from cashier.journal.reader import Reader
from cashier.services.shift_figures import closing

MARK = 8
"""How many digits of the chain's end stand on a report."""


def report_facts(made: ShiftReport) -> dict[str, Any]:
    """All figures of a report, in what the record can hold."""
    return {
        "currency": made.whole.sold.currency.value,
        "whole": _row(made.whole),
        "terminals": [_row(one) for one in made.by_terminal],
        "cashiers": [_row(one) for one in made.by_cashier],
        "others": [_row(one) for one in made.other_currencies],
        "hours": [[one.start.isoformat(), one.sold.minor] for one in made.by_hour],
        "carried": [[one.id, one.state.value] for one in made.carried_payments],
        "handed_over": [[one.id, one.state.value] for one in made.handed_over],
        "corrected": [[one.id, one.state.value] for one in made.corrected_refunds],
        "refunds": [[one.id, one.state.value] for one in made.carried_refunds],
        "median_wait": made.median_wait,
    }


def closed_report(reader: Reader, shift: Shift) -> ShiftReport:
    """The Z report of a closed shift, as it was made. Raises CashierError(NOT_FOUND)."""
    event = closing(reader, shift)
    facts: dict[str, Any] = event.facts["facts"]["report"]
    currency = Currency(facts["currency"])
    wait = facts["median_wait"]
    return ShiftReport(
        shift=shift,
        whole=_figures(facts["whole"], currency),
        by_terminal=tuple(_figures(one, currency) for one in facts["terminals"]),
        by_cashier=tuple(_figures(one, currency) for one in facts["cashiers"]),
        by_hour=tuple(
            Hour(datetime.fromisoformat(start), Money(minor, currency))
            for start, minor in facts["hours"]
        ),
        carried_payments=_payments(reader, facts["carried"]),
        carried_refunds=_refunds(reader, facts["refunds"]),
        handed_over=_payments(reader, facts["handed_over"]),
        corrected_refunds=_refunds(reader, facts.get("corrected", ())),
        other_currencies=tuple(_figures(one, Currency(one[0])) for one in facts["others"]),
        median_wait=None if wait is None else int(wait),
        mark=event.hash[-MARK:],
    )


def _row(one: Figures) -> list[str | int]:
    return [
        one.key,
        one.paid,
        one.sold.minor,
        one.declined,
        one.cancelled,
        one.unknown,
        one.refunds,
        one.refunded.minor,
        one.corrected.minor,
    ]


def _figures(row: Sequence[Any], currency: Currency) -> Figures:
    key, paid, sold, declined, cancelled, unknown, refunds, refunded, *more = row
    corrected = more[0] if more else 0  # reports of earlier versions know of no corrections
    return Figures(
        key=key,
        paid=paid,
        sold=Money(sold, currency),
        declined=declined,
        cancelled=cancelled,
        unknown=unknown,
        refunds=refunds,
        refunded=Money(refunded, currency),
        corrected=Money(corrected, currency),
    )


def _payments(reader: Reader, rows: Sequence[Any]) -> tuple[Payment, ...]:
    """In the state they were in then; what was decided later is left out."""
    return tuple(
        replace(reader.payment(one), state=PaymentState(state), decision=None)
        for one, state in rows
    )


def _refunds(reader: Reader, rows: Sequence[Any]) -> tuple[Refund, ...]:
    return tuple(replace(reader.refund(one), state=RefundState(state)) for one, state in rows)
