"""Refunds in the journal, on SQLite and on PostgreSQL: never beyond what was paid."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

import pytest
from sqlalchemy import insert, text, update

from cashier.domain.failure import CashierError, Failure
from cashier.domain.money import Currency, Money
from cashier.domain.payment import ForbiddenMoveError, Payment, PaymentState
from cashier.domain.quantity import Quantity
from cashier.domain.receipt import Receipt
from cashier.domain.refund import (
    HOLDING,
    REFUND_TRANSITIONS,
    UNSETTLED,
    Refund,
    RefundState,
    left_to_refund,
)
from cashier.domain.saved_receipt import ReceiptState
from cashier.journal.errors import ConflictError, RuleBrokenError
from cashier.journal.journal import Journal
from cashier.journal.ledger import Ledger
from cashier.journal.records import refund_columns
from cashier.journal.schema import refunds
from tests.integration.postgres_server import PostgresServer
from tests.journal_samples import NOW, bring_to, open_journal
from tests.refund_samples import give_back, paid, part, refund_in, sell
from tests.virtual_clock import VirtualClock

pytestmark = pytest.mark.anyio

S = RefundState
T = TypeVar("T")


@pytest.fixture(params=["sqlite", "postgresql"])
def journal(
    request: pytest.FixtureRequest, tmp_path: Path, clock: VirtualClock
) -> Iterator[Journal]:
    """The same rules hold in both databases."""
    if request.param == "sqlite":
        opened = open_journal(tmp_path / "live", clock=clock)
    else:
        server: PostgresServer = request.getfixturevalue("postgres")
        opened = Journal.open(server.shared(), till=uuid4().hex, clock=clock)
    yield opened
    opened.close()


@contextmanager
def refused(failure: Failure) -> Iterator[dict[str, object]]:
    """What is inside has to be refused; gives the facts of the refusal."""
    facts: dict[str, object] = {}
    with pytest.raises(CashierError) as caught:
        yield facts
    assert caught.value.failure is failure
    facts.update(caught.value.facts)


async def left(journal: Journal, payment: Payment) -> int:
    known = await journal.read(lambda reader: reader.refunds_of(payment.id))
    return left_to_refund(payment.amount, known).minor


async def test_every_field_of_a_refund_comes_back(journal: Journal) -> None:
    goods = Receipt().add("Молоко", Money(50_00), Quantity(2000)).add("Сыр", Money(10_00))
    payment = await journal.write(lambda ledger: sell(ledger, goods))
    wanted = give_back(
        payment,
        60_00,
        lines=(part(1, 1000, 50_00), part(2, 1000, 10_00, name="Сыр")),
        is_by_sum=False,
        actor="a" * 32,
        approver="b" * 32,
    )
    added = await journal.write(lambda ledger: ledger.add_refund(wanted), actor="a" * 32)
    cut = NOW.replace(microsecond=123000)
    assert added.lines == wanted.lines
    assert (added.reason, added.created_at, added.actor) == ("Брак", cut, "a" * 32)
    whole = {
        "sent_at": cut,
        "refund_id": uuid4().hex,
        "status": "init",
        "status_description": "Ждём",
        "answered_at": cut,
        "funds": Money(59_00),
        "bonuses": Money(-100),
        "method": "sbp",
        "account": "**** 1111",
        "refusal_code": 5,
        "refusal_text": "нет",
        "mismatch": ("amount",),
        "answered_amount": Money(61_00),
        "resolution": "нашёл",
    }
    moved = await journal.write(lambda ledger: ledger.move_refund(added, S.SENDING, **whole))
    read = await journal.read(lambda reader: reader.refund(added.id))
    assert read == moved
    assert {name: getattr(read, name) for name in whole} == whole
    assert read.version == 1
    events = await journal.read(lambda reader: reader.events(added.id))
    assert [(one.kind, one.facts["to"]) for one in events] == [
        ("refund.added", "PREPARED"),
        ("refund.moved", "SENDING"),
    ]
    assert events[0].actor == "a" * 32
    assert events[0].facts["amount"] == [60_00, "RUB"]


def moving(refund: Refund, state: RefundState) -> Callable[[Ledger], Refund]:
    return lambda ledger: ledger.move_refund(refund, state)


@pytest.mark.parametrize("old", list(RefundState), ids=str)
async def test_a_refund_makes_every_allowed_move_and_no_other(
    journal: Journal, old: RefundState
) -> None:
    for new in RefundState:
        payment = await journal.write(paid)

        def begin(ledger: Ledger, of: Payment = payment) -> Refund:
            return refund_in(ledger, give_back(of, 10_00), old)

        refund = await journal.write(begin)
        if new in REFUND_TRANSITIONS[old]:
            moved = await journal.write(moving(refund, new))
            assert (moved.state, moved.version) == (new, refund.version + 1)
        else:
            with pytest.raises(ForbiddenMoveError):
                await journal.write(moving(refund, new))


@pytest.mark.parametrize("state", list(RefundState), ids=str)
async def test_r20_what_may_have_gone_back_is_not_left(
    journal: Journal, state: RefundState
) -> None:
    payment = await journal.write(paid)
    await journal.write(lambda ledger: refund_in(ledger, give_back(payment, 60_00), state))
    expected = 40_00 if state in HOLDING else 100_00
    assert await left(journal, payment) == expected
    more = give_back(payment, expected + 1)
    if state in UNSETTLED:
        with refused(Failure.REFUND_UNSETTLED):
            await journal.write(lambda ledger: ledger.add_refund(more))
        return
    with refused(Failure.REFUND_OVER_BUDGET) as facts:
        await journal.write(lambda ledger: ledger.add_refund(more))
    assert facts == {"left": Money(expected)}
    await journal.write(lambda ledger: ledger.add_refund(give_back(payment, expected)))


async def test_a_line_is_refunded_no_further_than_it_was_sold(journal: Journal) -> None:
    goods = Receipt().add("Сыр", Money(90_00), Quantity(3000)).add("Хлеб", Money(30_00))
    payment = await journal.write(lambda ledger: sell(ledger, goods))

    async def add(thousandths: int, minor: int) -> Refund:
        lines = (part(1, thousandths, minor, name="Сыр"),)
        refund = give_back(payment, minor, lines=lines, is_by_sum=False)
        return await journal.write(lambda ledger: refund_in(ledger, refund, S.ACCEPTED))

    await add(2000, 180_00)
    with refused(Failure.REFUND_OVER_LINE) as facts:
        await add(1001, 90_00)
    assert facts == {"name": "Сыр"}
    with refused(Failure.REFUND_OVER_LINE):
        await add(1000, 90_01)
    await add(1000, 90_00)
    with refused(Failure.REFUND_OVER_LINE):
        await add(1, 1)


async def test_one_line_named_twice_in_a_refund_counts_twice(journal: Journal) -> None:
    goods = Receipt().add("Сыр", Money(90_00), Quantity(1500))
    payment = await journal.write(lambda ledger: sell(ledger, goods))
    lines = (part(1, 1000, 90_00), part(1, 501, 45_00))
    refund = give_back(payment, 135_00, lines=lines, is_by_sum=False)
    with refused(Failure.REFUND_OVER_LINE):
        await journal.write(lambda ledger: ledger.add_refund(refund))


async def test_a_line_of_a_receipt_that_was_changed_since_is_not_refunded(
    journal: Journal,
) -> None:
    payment = await journal.write(bring_to(PaymentState.CLOSED))

    def change(ledger: Ledger) -> Refund:
        saved = ledger.move_receipt(payment.receipt_id, ReceiptState.DRAFT)
        other = saved.receipt.without(1).add("Хлеб", payment.amount)
        ledger.save_receipt(replace(saved, receipt=other))
        late = ledger.move(payment, PaymentState.LATE_PAID)
        lines = (part(2, 1000, late.amount.minor),)
        return ledger.add_refund(give_back(late, late.amount.minor, lines=lines, is_by_sum=False))

    with refused(Failure.REFUND_OVER_LINE):
        await journal.write(change)


async def test_a_line_that_was_not_sold_is_not_refunded(journal: Journal) -> None:
    payment = await journal.write(paid)
    refund = give_back(payment, 1_00, lines=(part(9, 1000, 1_00),), is_by_sum=False)
    with refused(Failure.REFUND_OVER_LINE):
        await journal.write(lambda ledger: ledger.add_refund(refund))


async def test_r26_lines_that_do_not_make_the_sum_are_a_bug(journal: Journal) -> None:
    payment = await journal.write(paid)
    refund = give_back(payment, 2_00, lines=(part(1, 1000, 1_00),))
    with pytest.raises(RuleBrokenError):
        await journal.write(lambda ledger: ledger.add_refund(refund))
    assert await journal.read(lambda reader: reader.refunds_of(payment.id)) == []


async def test_r1_double_click_makes_one_refund(journal: Journal) -> None:
    payment = await journal.write(paid)
    first = await journal.write(lambda ledger: ledger.add_refund(give_back(payment, 10_00)))
    with refused(Failure.REFUND_UNSETTLED) as facts:
        await journal.write(lambda ledger: ledger.add_refund(give_back(payment, 10_00)))
    shift = await journal.read(lambda reader: reader.open_shift())
    assert shift is not None
    assert facts == {"refund": first.id, "till": shift.till}


async def test_r28_the_same_sum_again_after_the_first_is_settled(journal: Journal) -> None:
    payment = await journal.write(paid)
    for _ in range(2):
        await journal.write(lambda ledger: refund_in(ledger, give_back(payment, 10_00), S.ACCEPTED))
    assert await left(journal, payment) == 80_00


@pytest.mark.parametrize("state", list(PaymentState), ids=str)
async def test_only_money_that_came_goes_back(journal: Journal, state: PaymentState) -> None:
    payment = await journal.write(bring_to(state))
    refund = give_back(payment, 1_00)
    if state in (PaymentState.PAID, PaymentState.LATE_PAID):
        await journal.write(lambda ledger: ledger.add_refund(refund))
        return
    with refused(Failure.NOT_PAID):
        await journal.write(lambda ledger: ledger.add_refund(refund))


async def test_a_mismatched_payment_is_refunded_once_the_gateway_says_paid(
    journal: Journal,
) -> None:
    payment = await journal.write(bring_to(PaymentState.QUARANTINE))
    refund = give_back(payment, 1_00)
    with refused(Failure.NOT_PAID):
        await journal.write(lambda ledger: ledger.add_refund(refund))
    await journal.write(lambda ledger: ledger.update(payment, status="successful"))
    await journal.write(lambda ledger: ledger.add_refund(refund))


async def test_r30_another_currency_is_refused(journal: Journal) -> None:
    payment = await journal.write(paid)
    refund = give_back(payment, 1_00, amount=Money(1_00, Currency.USD))
    with refused(Failure.CURRENCY_MIXED):
        await journal.write(lambda ledger: ledger.add_refund(refund))


async def test_a_refund_of_nothing_known_is_not_found(journal: Journal) -> None:
    payment = await journal.write(paid)
    with refused(Failure.NOT_FOUND):
        await journal.write(
            lambda ledger: ledger.add_refund(give_back(payment, 1_00, payment_id="nobody"))
        )
    with refused(Failure.NOT_FOUND):
        await journal.read(lambda reader: reader.refund("nobody"))


async def test_r13_a_number_of_the_gateway_belongs_to_one_refund(journal: Journal) -> None:
    number = uuid4().hex
    payment = await journal.write(paid)
    first = await journal.write(
        lambda ledger: refund_in(ledger, give_back(payment, 1_00), S.ACCEPTED, refund_id=number)
    )
    assert await journal.read(lambda reader: reader.refund_by_gateway_id(number)) == first
    assert await journal.read(lambda reader: reader.refund_by_gateway_id("")) is None
    second = await journal.write(
        lambda ledger: refund_in(ledger, give_back(payment, 1_00), S.SENDING)
    )
    with refused(Failure.ALREADY_LINKED) as facts:
        await journal.write(lambda ledger: ledger.move_refund(second, S.ACCEPTED, refund_id=number))
    assert facts == {"refund": first.id}

    def link_then_give_up(ledger: Ledger) -> Refund:
        with refused(Failure.ALREADY_LINKED):
            ledger.update_refund(second, refund_id=number)
        return ledger.move_refund(second, S.UNKNOWN, mismatch=("id",))

    unknown = await journal.write(link_then_give_up)
    assert (unknown.state, unknown.refund_id) == (S.UNKNOWN, "")


async def test_r12_the_larger_of_two_sums_is_held(journal: Journal) -> None:
    payment = await journal.write(paid)
    await journal.write(
        lambda ledger: refund_in(
            ledger, give_back(payment, 10_00), S.ACCEPTED, answered_amount=Money(70_00)
        )
    )
    with refused(Failure.REFUND_OVER_BUDGET) as facts:
        await journal.write(lambda ledger: ledger.add_refund(give_back(payment, 30_01)))
    assert facts == {"left": Money(30_00)}


async def test_r17_a_success_after_a_failure_is_written_even_beyond_the_budget(
    journal: Journal,
) -> None:
    payment = await journal.write(paid)
    failed = await journal.write(
        lambda ledger: refund_in(ledger, give_back(payment, 80_00), S.FAILED)
    )
    await journal.write(lambda ledger: refund_in(ledger, give_back(payment, 80_00), S.SUCCEEDED))
    await journal.write(lambda ledger: ledger.move_refund(failed, S.SUCCEEDED))
    assert await left(journal, payment) == -60_00
    with refused(Failure.REFUND_OVER_BUDGET):
        await journal.write(lambda ledger: ledger.add_refund(give_back(payment, 1)))


async def test_r22_a_refund_made_elsewhere_lowers_the_budget(journal: Journal) -> None:
    number = uuid4().hex
    payment = await journal.write(paid)
    outside = give_back(
        payment, 60_00, state=S.SUCCEEDED, is_external=True, refund_id=number, status="successful"
    )
    await journal.write(lambda ledger: ledger.add_refund(outside))
    assert await left(journal, payment) == 40_00
    with refused(Failure.ALREADY_LINKED):
        again = give_back(payment, 1_00, state=S.SUCCEEDED, is_external=True, refund_id=number)
        await journal.write(lambda ledger: ledger.add_refund(again))
    own = give_back(payment, 1_00, state=S.SUCCEEDED)
    with pytest.raises(ForbiddenMoveError):
        await journal.write(lambda ledger: ledger.add_refund(own))


async def test_who_writes_second_is_told(journal: Journal) -> None:
    payment = await journal.write(paid)
    refund = await journal.write(lambda ledger: ledger.add_refund(give_back(payment, 1_00)))
    await journal.write(lambda ledger: ledger.move_refund(refund, S.SENDING))
    with pytest.raises(ConflictError):
        await journal.write(lambda ledger: ledger.move_refund(refund, S.WITHDRAWN))


async def test_raw_answers_of_a_refund_are_its_own(journal: Journal) -> None:
    payment = await journal.write(paid)
    refund = await journal.write(lambda ledger: ledger.add_refund(give_back(payment, 1_00)))
    await journal.write(
        lambda ledger: ledger.keep_answer(
            payment.id,
            refund_id=refund.id,
            call="CreateRefund",
            http_status=200,
            body=b'{"id":"r"}',
            received_at=NOW,
        )
    )
    [kept] = await journal.read(lambda reader: reader.refund_answers(refund.id))
    assert (kept.payment_id, kept.refund_id, kept.body) == (payment.id, refund.id, b'{"id":"r"}')
    assert await journal.read(lambda reader: reader.answers(payment.id)) == []
    last = (await journal.read(lambda reader: reader.events(refund.id)))[-1]
    assert last.kind == "answer.kept"


async def test_refunds_are_found_by_state_time_and_shift(
    journal: Journal, clock: VirtualClock
) -> None:
    payment = await journal.write(paid)

    def outside(minor: int) -> Callable[[Ledger], Refund]:
        return lambda ledger: refund_in(ledger, give_back(payment, minor), S.ACCEPTED)

    first = await journal.write(outside(1_00))
    shift = await journal.write(lambda ledger: ledger.ensure_shift())
    await journal.write(lambda ledger: ledger.close_shift(shift.id, facts={}, by="x"))
    await clock.advance(60)
    second = await journal.write(outside(2_00))
    found = await journal.read(lambda reader: reader.refunds({S.ACCEPTED}))
    assert {one.id for one in found} == {first.id, second.id}
    since = clock.utc() - timedelta(seconds=1)
    assert await journal.read(lambda r: r.refunds({S.ACCEPTED}, since=since)) == [second]
    assert await journal.read(lambda reader: reader.refunds({S.UNKNOWN})) == []
    assert await journal.read(lambda reader: reader.shift_refunds(shift.id)) == [first]
    newer = await journal.write(lambda ledger: ledger.ensure_shift())
    assert newer.number == shift.number + 1
    assert await journal.read(lambda reader: reader.shift_refunds(newer.id)) == [second]


# What the database itself refuses, whoever writes


def slip_past(payment: Payment, minor: int, **changes: object) -> Callable[[Ledger], None]:
    """A refund written without asking the ledger."""

    def write(ledger: Ledger) -> None:
        row = refund_columns(give_back(payment, minor, **changes))
        own = {"till_id": ledger._till.id, "shift_id": ledger.ensure_shift().id}
        ledger._connection.execute(insert(refunds), row | own)

    return write


@pytest.mark.parametrize("state", sorted(HOLDING, key=str), ids=str)
async def test_r20_the_database_adds_up_the_refunds_itself(
    journal: Journal, state: RefundState
) -> None:
    payment = await journal.write(paid)
    await journal.write(slip_past(payment, 60_00, state=state))
    with pytest.raises(RuleBrokenError, match="refunds_in_budget"):
        await journal.write(slip_past(payment, 40_01, state=S.ACCEPTED))
    await journal.write(slip_past(payment, 40_00, state=S.ACCEPTED))


async def test_the_database_holds_the_larger_of_two_sums(journal: Journal) -> None:
    payment = await journal.write(paid)
    await journal.write(slip_past(payment, 10_00, state=S.ACCEPTED, answered_amount=Money(70_00)))
    with pytest.raises(RuleBrokenError, match="refunds_in_budget"):
        await journal.write(slip_past(payment, 30_01, state=S.ACCEPTED))


async def test_the_database_refuses_another_currency(journal: Journal) -> None:
    payment = await journal.write(paid)
    with pytest.raises(RuleBrokenError, match="refunds_in_budget"):
        await journal.write(slip_past(payment, 1, amount=Money(1, Currency.USD)))


@pytest.mark.parametrize("state", sorted(UNSETTLED, key=str), ids=str)
async def test_r1_the_database_keeps_one_unsettled_refund_of_a_payment(
    journal: Journal, state: RefundState
) -> None:
    payment = await journal.write(paid)
    await journal.write(slip_past(payment, 1_00, state=state))
    with pytest.raises(RuleBrokenError):
        await journal.write(slip_past(payment, 1_00, state=S.PREPARED))
    await journal.write(slip_past(payment, 1_00, state=S.ACCEPTED))


async def test_r13_the_database_links_a_number_once(journal: Journal) -> None:
    number = uuid4().hex
    payment = await journal.write(paid)
    await journal.write(slip_past(payment, 1_00, state=S.ACCEPTED, refund_id=number))
    with pytest.raises(RuleBrokenError):
        await journal.write(slip_past(payment, 1_00, state=S.ACCEPTED, refund_id=number))


def changing(payment: Payment, change: dict[str, object]) -> Callable[[Ledger], object]:
    changed = update(refunds).where(refunds.c.payment_id == payment.id).values(change)
    return lambda ledger: ledger._connection.execute(changed)


@pytest.mark.parametrize(
    ("guard", "change"),
    [
        ("refunded_is_final", {"state": "FAILED"}),
        ("refund_is_fixed", {"amount": 1}),
        ("refund_is_fixed", {"payment_id": "x"}),
        ("refund_is_fixed", {"lines": "[]  "}),
        ("refund_is_fixed", {"reason": "x"}),
        ("refund_is_fixed", {"is_external": True}),
    ],
)
async def test_the_database_itself_refuses_to_change_a_refund(
    journal: Journal, guard: str, change: dict[str, object]
) -> None:
    payment = await journal.write(paid)
    await journal.write(lambda ledger: refund_in(ledger, give_back(payment, 1_00), S.SUCCEEDED))
    with pytest.raises(RuleBrokenError, match=guard):
        await journal.write(changing(payment, change))


async def test_money_let_go_of_is_not_taken_back(journal: Journal) -> None:
    payment = await journal.write(paid)
    await journal.write(lambda ledger: refund_in(ledger, give_back(payment, 1_00), S.FAILED))
    change: dict[str, object] = {"state": "ACCEPTED"}
    with pytest.raises(RuleBrokenError, match="refund_stays_let_go"):
        await journal.write(changing(payment, change))


async def test_a_refund_is_never_deleted(journal: Journal) -> None:
    payment = await journal.write(paid)
    await journal.write(lambda ledger: refund_in(ledger, give_back(payment, 1_00), S.FAILED))
    with pytest.raises(RuleBrokenError, match="refunds_never_deleted"):
        await journal.write(lambda ledger: ledger._connection.execute(text("DELETE FROM refunds")))


async def test_a_gateway_payment_is_linked_to_one_attempt(journal: Journal) -> None:
    number = uuid4().hex
    first = await journal.write(lambda ledger: paid(ledger, payment_id=number))
    assert await journal.read(lambda reader: reader.payment_by_gateway_id(number)) == first
    assert await journal.read(lambda reader: reader.payment_by_order(first.order_id)) == first
    assert await journal.read(lambda reader: reader.payment_by_order("nobody")) is None
    with refused(Failure.ALREADY_LINKED) as facts:
        await journal.write(lambda ledger: paid(ledger, payment_id=number))
    assert facts == {"payment": first.id}
