"""The figures of a shift, added up from payments and refunds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from cashier.domain.money import Currency, Money
from cashier.domain.payment import Decision, Payment, PaymentState
from cashier.domain.refund import Refund, RefundState
from cashier.domain.shift import Shift
from cashier.domain.shift_report import ShiftReport, report
from cashier.ui.pages.shift.cells import report_rows
from cashier.ui.pages.shift.sheet import report_sheet
from cashier.ui.texts import money_text
from tests.refund_samples import give_back

OPENED = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
SHIFT = Shift(id="s", till="2", number=187, opened_at=OPENED)
P = PaymentState


def payment(amount: str, state: PaymentState = P.PAID, **changes: Any) -> Payment:
    at = changes.pop("at", OPENED + timedelta(minutes=10))
    made = Payment(
        id=uuid4().hex,
        receipt_id="r",
        receipt_number="187-001",
        attempt=1,
        order_id=uuid4().hex,
        state=state,
        amount=Money.of(amount),
        terminal_id="1",
        terminal_name="Зал",
        merchant_id="m",
        base_url="http://127.0.0.1",
        created_at=at,
        changed_at=at + timedelta(seconds=19),
        cashier="anna",
    )
    return replace(made, **changes)


def refund(of: Payment, minor: int, state: RefundState, **changes: Any) -> Refund:
    return replace(give_back(of, minor), state=state, **changes)


def added(payments: list[Payment], refunds: list[Refund], **how: Any) -> ShiftReport:
    how.setdefault("zone", UTC)
    return report(SHIFT, payments, refunds, currency=Currency.RUB, **how)


@pytest.mark.parametrize(
    ("state", "status", "counted"),
    [
        (P.PAID, "successful", "paid"),
        (P.LATE_PAID, "successful", "paid"),
        (P.FAILED, "error", "declined"),
        (P.FAILED, "expired", "cancelled"),
        (P.CLOSED, "closed", "cancelled"),
        (P.UNKNOWN, "", "unknown"),
        (P.QUARANTINE, "successful", "unknown"),
        (P.OPEN, "init", ""),
        (P.REFUSED, "", ""),
        (P.ABANDONED, "", ""),
    ],
)
def test_each_state_is_counted_in_one_place(state: P, status: str, counted: str) -> None:
    whole = added([payment("10.00", state, status=status)], []).whole
    for name in ("paid", "declined", "cancelled", "unknown"):
        assert getattr(whole, name) == (1 if name == counted else 0)
    assert whole.sold == Money.of("10.00" if counted == "paid" else "0")


def test_a_mismatch_that_a_manager_accepted_is_a_sale() -> None:
    accepted = payment("10.00", P.QUARANTINE, status="successful", decision=Decision.ACCEPTED)
    made = added([accepted], [])
    assert (made.whole.paid, made.whole.unknown, made.carried_payments) == (1, 0, ())


@pytest.mark.parametrize(("state", "status"), [(P.QUARANTINE, "init"), (P.CLOSED, "closed")])
def test_a_mismatch_that_was_accepted_and_never_paid_is_no_sale(state: P, status: str) -> None:
    accepted = payment("10.00", state, status=status, decision=Decision.ACCEPTED)
    assert added([accepted], []).whole.paid == 0


@pytest.mark.parametrize("state", list(RefundState))
def test_only_money_that_goes_back_lowers_the_revenue(state: RefundState) -> None:
    sale = payment("100.00")
    whole = added([sale], [refund(sale, 40_00, state)]).whole
    counts = state in (
        RefundState.ACCEPTED,
        RefundState.SUCCEEDED,
        RefundState.RESOLVED_EXECUTED,
    )
    assert whole.revenue == Money.of("60.00" if counts else "100.00")


def test_a_refund_counts_for_the_terminal_of_the_sale_and_the_person_who_made_it() -> None:
    sale = payment("100.00")
    earlier = payment("70.00", terminal_name="Доставка")
    back = [
        refund(sale, 10_00, RefundState.SUCCEEDED, actor="marina"),
        refund(earlier, 70_00, RefundState.SUCCEEDED, actor="marina"),
    ]
    made = added([sale], back, refunded={earlier.id: earlier})
    assert {one.key: one.revenue for one in made.by_terminal} == {
        "Зал": Money.of("90.00"),
        "Доставка": Money.of("-70.00"),
    }
    assert {one.key: (one.sold, one.refunded) for one in made.by_cashier} == {
        "anna": (Money.of("100"), Money.of("0")),
        "marina": (Money.of("0"), Money.of("80")),
    }


def test_a_refund_that_came_to_nothing_is_a_line_of_its_own_on_paper_and_in_the_table() -> None:
    earlier = payment("70.00", terminal_name="Доставка")
    failed = refund(earlier, 70_00, RefundState.FAILED, actor="marina")
    made = added([payment("10.00")], [], corrected=[failed], refunded={earlier.id: earlier})
    assert (made.whole.refunded, made.whole.corrected) == (Money.of("0"), Money.of("70"))
    assert made.whole.revenue == Money.of("80")
    assert {one.key: one.revenue for one in made.by_terminal} == {
        "Зал": Money.of("10"),
        "Доставка": Money.of("70"),
    }
    lines = [(line.left, line.right) for line in report_sheet(made, {}, training=False).lines]
    found = [value for text, value in lines if "not executed" in text]
    sum_text = money_text(Money.of("70"))
    assert [value for value in found if value] == [sum_text]
    assert any(failed.tag in text for text, _ in lines)
    assert any(f"not executed {sum_text}" in text for text, _ in lines)
    rows = list(report_rows(made, {}))
    assert [row[3] for row in rows if failed.tag in str(row[1])] == [Decimal("70.00")]
    assert (rows[0][8], rows[0][9]) == (Decimal("-70.00"), Decimal("80.00"))


def test_rows_add_up_to_the_whole() -> None:
    sales = [payment(f"{n}.37", terminal_name=f"T{n % 3}", cashier=f"c{n % 2}") for n in range(20)]
    made = added(sales, [refund(sales[5], 1_01, RefundState.SUCCEEDED, actor="c1")])
    for rows in (made.by_terminal, made.by_cashier):
        assert sum(one.revenue.minor for one in rows) == made.whole.revenue.minor
        assert sum(one.paid for one in rows) == made.whole.paid == 20
    assert sum(one.sold.minor for one in made.by_hour) == made.whole.sold.minor


def test_hours_go_on_over_midnight_in_their_order() -> None:
    sales = [
        payment("1.00", at=OPENED + timedelta(hours=1)),
        payment("2.00", at=OPENED + timedelta(hours=5)),
    ]
    hours = added(sales, []).by_hour
    assert [f"{one.start:%H}" for one in hours] == ["21", "22", "23", "00", "01"]
    assert [one.sold.minor for one in hours] == [100, 0, 0, 0, 200]


def test_a_forgotten_shift_shows_only_the_hours_with_sales() -> None:
    sales = [payment("1.00"), payment("2.00", at=OPENED + timedelta(days=30))]
    assert len(added(sales, []).by_hour) == 2


def test_what_an_earlier_shift_began_counts_from_the_opening_on() -> None:
    begun = payment("5.00", at=OPENED - timedelta(hours=9))
    assert [one.start for one in added([begun], []).by_hour] == [OPENED]


def test_the_average_is_rounded_down_and_absent_without_sales() -> None:
    assert added([], []).average is None
    sales = [payment("10.00"), payment("10.00"), payment("10.01")]
    assert added(sales, []).average == Money.of("10.00")


def test_the_median_wait_is_from_the_qr_to_the_money() -> None:
    at = OPENED + timedelta(minutes=10)
    sales = [
        payment("1.00", url_shown_at=at, changed_at=at + timedelta(seconds=wait))
        for wait in (5, 19, 300)
    ]
    assert added(sales, []).median_wait == 19
    assert added([payment("1.00")], []).median_wait is None


def test_currencies_never_mix() -> None:
    euro = replace(payment("7.00"), amount=Money(700, Currency.EUR))
    made = added([payment("10.00"), euro], [])
    assert made.whole.sold == Money.of("10.00")
    assert [(one.key, one.sold) for one in made.other_currencies] == [
        ("EUR", Money(700, Currency.EUR))
    ]


def test_what_nobody_has_settled_is_carried_and_what_is_open_is_handed_over() -> None:
    unknown = payment("1.00", P.UNKNOWN)
    late = payment("2.00", P.LATE_PAID)
    decided = payment("3.00", P.LATE_PAID, decision=Decision.RESTORED)
    waiting = payment("4.00", P.OPEN)
    earlier = payment("5.00", P.QUARANTINE)
    doubted = refund(late, 1_00, RefundState.UNKNOWN)
    made = added([unknown, late, decided, waiting], [doubted], unsettled=[earlier, unknown])
    assert {one.id for one in made.carried_payments} == {unknown.id, late.id, earlier.id}
    assert [one.id for one in made.handed_over] == [waiting.id]
    assert [one.id for one in made.carried_refunds] == [doubted.id]
    assert made.whole.paid == 2
