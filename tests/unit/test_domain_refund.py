"""A refund's states, its budget to the kopeck, and the lines that are left."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cashier.domain.money import Money
from cashier.domain.payment import ForbiddenMoveError
from cashier.domain.quantity import ONE, Quantity
from cashier.domain.receipt import Discount, Receipt
from cashier.domain.refund import (
    HOLDING,
    REFUND_ALLOWED,
    REFUND_TONES,
    REFUND_TRANSITIONS,
    REFUND_WORDS,
    Refund,
    RefundAction,
    RefundState,
    RefundWord,
    check_refund_move,
    left_to_refund,
    lines_left,
    refund_of_line,
    refund_state,
)

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
S = RefundState

MOVES = {
    (S.PREPARED, S.SENDING),
    (S.PREPARED, S.WITHDRAWN),
    (S.SENDING, S.ACCEPTED),
    (S.SENDING, S.SUCCEEDED),
    (S.SENDING, S.FAIL_SEEN),
    (S.SENDING, S.REFUSED),
    (S.SENDING, S.UNKNOWN),
    (S.SENDING, S.PREPARED),
    (S.ACCEPTED, S.SUCCEEDED),
    (S.ACCEPTED, S.FAIL_SEEN),
    (S.ACCEPTED, S.UNKNOWN),
    (S.FAIL_SEEN, S.UNKNOWN),
    (S.FAIL_SEEN, S.FAILED),
    (S.FAIL_SEEN, S.ACCEPTED),
    (S.FAIL_SEEN, S.SUCCEEDED),
    (S.UNKNOWN, S.RESOLVED_EXECUTED),
    (S.UNKNOWN, S.RESOLVED_NOT_EXECUTED),
    (S.FAILED, S.SUCCEEDED),
    (S.RESOLVED_NOT_EXECUTED, S.SUCCEEDED),
    (S.REFUSED, S.SUCCEEDED),
}


def refund(amount: str, state: RefundState = S.SUCCEEDED) -> Refund:
    return Refund(
        id="7k2m9qxd" + "0" * 24,
        payment_id="p",
        state=state,
        amount=Money.of(amount),
        lines=(),
        reason="Не подошёл товар",
        created_at=NOW,
        changed_at=NOW,
    )


@pytest.mark.parametrize(("old", "new"), list(product(S, S)))
def test_only_the_moves_of_the_table_are_allowed(old: RefundState, new: RefundState) -> None:
    if (old, new) in MOVES:
        check_refund_move(old, new)
    else:
        with pytest.raises(ForbiddenMoveError):
            check_refund_move(old, new)


def test_every_state_has_moves_actions_a_word_and_a_tone() -> None:
    assert set(REFUND_TRANSITIONS) == set(REFUND_ALLOWED) == set(REFUND_WORDS) == set(S)
    assert set(REFUND_TONES) == set(RefundWord)


def test_no_action_repeats_an_unknown_refund() -> None:
    assert REFUND_ALLOWED[S.UNKNOWN] == {RefundAction.RESOLVE}
    assert RefundAction.SEND not in REFUND_ALLOWED[S.SENDING]


@pytest.mark.parametrize(
    ("state", "status", "seen_for", "expected"),
    [
        (S.ACCEPTED, "successful", 0, S.SUCCEEDED),
        (S.ACCEPTED, "init", 0, None),
        (S.ACCEPTED, "error", 0, S.FAIL_SEEN),
        (S.ACCEPTED, "frozen", 0, None),
        (S.FAIL_SEEN, "error", 59, None),
        (S.FAIL_SEEN, "error", 60, S.FAILED),
        (S.FAIL_SEEN, "init", 61, S.ACCEPTED),
        (S.FAIL_SEEN, "successful", 1, S.SUCCEEDED),
        (S.FAILED, "successful", 0, S.SUCCEEDED),
        (S.FAILED, "error", 9999, None),
        (S.SUCCEEDED, "error", 9999, None),
        (S.SUCCEEDED, "init", 9999, None),
        (S.UNKNOWN, "successful", 0, None),
    ],
)
def test_what_a_read_does(
    state: RefundState, status: str, seen_for: float, expected: RefundState | None
) -> None:
    assert refund_state(state, status, seen_for=seen_for) is expected


@pytest.mark.parametrize("state", list(S))
def test_what_may_have_gone_back_is_held(state: RefundState) -> None:
    left = left_to_refund(Money.of("100"), [refund("30", state)])
    assert left == Money.of("70" if state in HOLDING else "100")


def test_the_larger_of_two_sums_is_held() -> None:
    unknown = replace(refund("30", S.UNKNOWN), answered_amount=Money.of("50"))
    assert left_to_refund(Money.of("100"), [unknown]) == Money.of("50")


def test_the_reason_carries_the_tag() -> None:
    assert refund("1").sent_reason == "Не подошёл товар #7K2M9QXD"


def test_the_last_unit_takes_the_kopecks_that_remain() -> None:
    receipt = Receipt().add("Чай", Money.of("3.34"), Quantity.of(3))
    receipt = receipt.with_discount(Discount(amount=Money.of("0.02")))
    worth: list[int] = []
    refunds: list[Refund] = []
    for _ in range(3):
        line = lines_left(receipt.priced, refunds)[0]
        part = refund_of_line(line, ONE)
        worth.append(part.result.minor)
        refunds.append(replace(refund("1"), lines=(part,)))
    assert worth == [333, 333, 334]
    assert sum(worth) == receipt.amount.minor


def test_two_lines_of_one_product_are_counted_apart() -> None:
    receipt = Receipt().add("Чай", Money.of("10")).add("Чай", Money.of("10"))
    part = refund_of_line(lines_left(receipt.priced, [])[0], ONE)
    left = lines_left(receipt.priced, [replace(refund("10"), lines=(part,))])
    assert [line.left for line in left] == [0, 1000]


def test_more_than_is_left_of_a_line_is_refused() -> None:
    receipt = Receipt().add("Чай", Money.of("10"), Quantity.of("0.5"))
    with pytest.raises(ValueError, match="more than is left"):
        refund_of_line(lines_left(receipt.priced, [])[0], ONE)


@given(
    price=st.integers(0, 10_000_000),
    thousandths=st.integers(1, 20_000),
    percent=st.integers(1, 10_000) | st.none(),
    cuts=st.lists(st.integers(1, 20_000), max_size=12),
)
def test_parts_of_a_line_never_add_up_to_more_than_it_cost(
    price: int, thousandths: int, percent: int | None, cuts: list[int]
) -> None:
    receipt = Receipt().add("Товар", Money(price), Quantity(thousandths))
    if percent is not None:
        receipt = receipt.with_discount(Discount(percent=percent))
    refunds: list[Refund] = []
    for cut in [*cuts, thousandths]:
        line = lines_left(receipt.priced, refunds)[0]
        if line.left == 0:
            break
        part = refund_of_line(line, Quantity(min(cut, line.left)))
        refunds.append(replace(refund("1"), lines=(part,)))
    gone = sum(one.lines[0].result.minor for one in refunds)
    rest = lines_left(receipt.priced, refunds)[0]
    assert gone + rest.money_left.minor == receipt.amount.minor
    assert rest.left > 0 or rest.money_left.minor == 0
