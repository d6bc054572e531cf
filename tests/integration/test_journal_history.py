"""Any payment is found, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from cashier.domain.history import HistoryQuery, HistoryRow
from cashier.domain.money import Money
from cashier.domain.payment import Decision, Payment, PaymentState
from cashier.domain.receipt import Receipt
from cashier.domain.refund import RefundState
from cashier.domain.saved_receipt import ReceiptState, SavedReceipt
from cashier.journal import history_reader
from cashier.journal.journal import Journal
from cashier.journal.ledger import Ledger
from cashier.services.views import is_task
from tests.integration.postgres_server import PostgresServer
from tests.journal_samples import NOW, bring_to, intent, open_journal
from tests.refund_samples import give_back, paid, refund_in
from tests.virtual_clock import VirtualClock

pytestmark = pytest.mark.anyio

ANY = HistoryQuery(since=datetime(2020, 1, 1, tzinfo=UTC), until=datetime(2030, 1, 1, tzinfo=UTC))


@pytest.fixture(params=["sqlite", "postgresql"])
def journal(
    request: pytest.FixtureRequest, tmp_path: Path, clock: VirtualClock
) -> Iterator[Journal]:
    """Both databases answer alike."""
    if request.param == "sqlite":
        opened = open_journal(tmp_path / "live", clock=clock)
    else:
        server: PostgresServer = request.getfixturevalue("postgres")
        opened = Journal.open(server.database(), till="2", clock=clock)
    yield opened
    opened.close()


def selling(*names: str, minor: int = 99_90, **changes: Any) -> Callable[[Ledger], Payment]:
    """A change that writes a paid payment for one piece of each."""

    def change(ledger: Ledger) -> Payment:
        goods = Receipt()
        for name in names or ("Товар",):
            goods = goods.add(name, Money(minor))
        saved = SavedReceipt(uuid4().hex, "", ReceiptState.FROZEN, goods, NOW, NOW)
        saved = ledger.number_receipt(ledger.save_receipt(saved).id)
        of_move = {name: changes.pop(name) for name in ("payment_id", "account") if name in changes}
        payment = ledger.add_payment(intent(saved, **changes))
        for state in (PaymentState.SENDING, PaymentState.OPEN):
            payment = ledger.move(payment, state)
        return ledger.move(payment, PaymentState.PAID, **of_move)

    return change


async def rows(journal: Journal, query: HistoryQuery) -> list[HistoryRow]:
    return await journal.read(lambda reader: reader.history(query, offset=0, limit=100))


async def found(journal: Journal, typed: str = "", **filters: Any) -> list[str]:
    """The intents that the history shows, newest first; the count has to agree."""
    query = replace(ANY, text=typed, **filters)
    shown = [row.payment.id for row in await rows(journal, query)]
    assert await journal.read(lambda reader: reader.count_history(query)) == len(shown)
    return shown


async def test_the_newest_payment_comes_first_and_pages_follow_each_other(
    journal: Journal,
) -> None:
    made = [
        await journal.write(selling(created_at=NOW + timedelta(minutes=minute)))
        for minute in (0, 5, 5, 3)
    ]
    # Equal times: what was written later counts as newer.
    order = [made[2].id, made[1].id, made[3].id, made[0].id]
    assert await found(journal) == order

    async def page(offset: int) -> list[str]:
        shown = await journal.read(lambda reader: reader.history(ANY, offset=offset, limit=2))
        return [row.payment.id for row in shown]

    assert [await page(0), await page(2), await page(4)] == [order[:2], order[2:], []]


async def test_a_count_stops_at_its_cap(journal: Journal) -> None:
    for _ in range(4):
        await journal.write(selling())

    async def count(cap: int) -> int:
        return await journal.read(lambda reader: reader.count_history(ANY, cap=cap))

    assert [await count(cap) for cap in (2, 3, 4, 5)] == [3, 4, 4, 4]


async def test_a_period_includes_its_beginning_and_not_its_end(journal: Journal) -> None:
    at = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
    payment = await journal.write(selling(created_at=at))
    hour = timedelta(hours=1)
    assert await found(journal, since=at, until=at + hour) == [payment.id]
    assert await found(journal, since=at - hour, until=at) == []
    assert await found(journal, since=at + hour, until=at + 2 * hour) == []


async def test_every_filter_leaves_out_the_others(journal: Journal) -> None:
    anna = await journal.write(selling(cashier="anna", terminal_id="41"))
    boris = await journal.write(selling(cashier="boris", terminal_id="42"))
    failed = await journal.write(bring_to(PaymentState.FAILED))
    assert await found(journal, cashier="anna") == [anna.id]
    assert await found(journal, terminal_id="42") == [boris.id]
    assert await found(journal, states=frozenset({PaymentState.FAILED})) == [failed.id]
    both = frozenset({PaymentState.FAILED, PaymentState.PAID})
    assert len(await found(journal, states=both)) == 3
    assert len(await found(journal, till="2")) == 3
    assert await found(journal, till="3") == []
    assert await found(journal, cashier="anna", terminal_id="42") == []


async def test_numbers_ids_sums_and_cards_are_found(journal: Journal) -> None:
    order, gate = "ab12" + uuid4().hex[4:], "Gate-" + uuid4().hex
    one = await journal.write(
        selling(minor=1499_90, order_id=order, payment_id=gate, account="220070******4321")
    )
    await journal.write(selling(minor=1500_00, account="220070******9999", payment_id="x"))
    for typed in (
        one.receipt_number,
        order,
        order[:8].upper(),
        gate,
        gate[:9],
        one.id,
        one.tag.upper(),
        "1499,90",
        "1499.9",
        "1 499,90",
        "1\u00a0499,90 ₽",
        "4321",
        "**** 4321",
        "  4321 ",
    ):
        assert await found(journal, typed) == [one.id], typed
    for typed in ("1499,91", "4322", "order", "1499,900", "Gate-none", "abcd", "---", "%"):
        assert await found(journal, typed) == [], typed
    assert len(await found(journal, one.receipt_number.partition("-")[0] + "-")) == 2


async def test_a_refunds_tag_and_number_find_its_payment(journal: Journal) -> None:
    payment = await journal.write(paid)
    await journal.write(paid)
    number = "Refund-" + uuid4().hex
    refund = await journal.write(
        lambda ledger: refund_in(
            ledger, give_back(payment, 1_00), RefundState.ACCEPTED, refund_id=number
        )
    )
    assert await found(journal, f"#{refund.tag}") == [payment.id]
    assert await found(journal, number) == [payment.id]


async def test_goods_are_found_by_the_beginnings_of_their_words(journal: Journal) -> None:
    milk = await journal.write(selling("Молоко топлёное 4%", "Хлеб"))
    tree = await journal.write(selling("Ёлка живая_1", "молочный коктейль"))
    assert set(await found(journal, "мол")) == {milk.id, tree.id}
    for typed, one in (
        ("МОЛОКО", milk),
        ("топленое", milk),
        ("хлеб мол", milk),
        ("елка", tree),
        ("жив", tree),
        ("кокт", tree),
    ):
        assert await found(journal, typed) == [one.id], typed
    for typed in ("олоко", "хлеб елка", '"', "мол* OR хлеб", "'; DROP", "NEAR(мол", "( ) & !"):
        assert await found(journal, typed) == [], typed


async def test_more_matches_than_are_fetched_one_by_one_come_in_order_too(
    journal: Journal,
) -> None:
    """The words of half the payments: the set does not lead, and nothing else changes."""
    few = history_reader._FEW
    milk = await journal.write(selling("Молоко"))
    bread = await journal.write(selling("Хлеб", created_at=NOW + timedelta(minutes=1)))
    newer = await journal.write(selling("Молоко", created_at=NOW + timedelta(minutes=2)))
    old = await journal.write(selling("Молоко", created_at=NOW - timedelta(days=9)))
    fillers = few - 2

    def fill(ledger: Ledger) -> None:
        """The index alone, as if so many older payments had been found by it."""
        dialect = ledger._connection.dialect.name
        if dialect == "sqlite":
            statement = text("INSERT INTO payment_names (rowid, names) VALUES (:key, 'молоко')")
            rows = [{"key": 10_000 + number} for number in range(fillers)]
            ledger._connection.execute(statement, rows)

    await journal.write(fill)
    since = NOW - timedelta(days=1)
    assert await found(journal, "молоко", since=since) == [newer.id, milk.id]
    assert await found(journal, "молоко") == [newer.id, milk.id, old.id]
    assert await found(journal, "хлеб") == [bread.id]


async def test_what_needs_a_decision_is_one_list(journal: Journal) -> None:
    waiting = {}
    for state in PaymentState:
        waiting[state] = await journal.write(bring_to(state))
    refunded = await journal.write(paid)
    await journal.write(
        lambda ledger: refund_in(ledger, give_back(refunded, 1_00), RefundState.UNKNOWN)
    )
    undecided = (PaymentState.UNKNOWN, PaymentState.QUARANTINE, PaymentState.LATE_PAID)
    expected = {waiting[state].id for state in undecided} | {refunded.id}
    assert set(await found(journal, needs_decision=True)) == expected
    late = waiting[PaymentState.LATE_PAID]
    await journal.write(lambda ledger: ledger.decide(late, Decision.RESTORED, by="a", reason="b"))
    assert set(await found(journal, needs_decision=True)) == expected - {late.id}
    only = frozenset({PaymentState.UNKNOWN})
    assert await found(journal, needs_decision=True, states=only) == [
        waiting[PaymentState.UNKNOWN].id
    ]


async def test_the_list_of_decisions_is_what_the_domain_calls_undecided(journal: Journal) -> None:
    """Every state with every decision, and a refund in every state: one truth."""
    made: list[Payment] = []
    for state in PaymentState:
        for decision in (None, *Decision):
            payment = await journal.write(bring_to(state))
            if decision is not None:
                payment = await journal.write(
                    lambda ledger, of=payment, word=decision: ledger.decide(  # type: ignore[misc]  # bound at once
                        of, word, by="a", reason="b"
                    )
                )
            made.append(payment)
    expected = {one.id for one in made if one.needs_decision}
    undecided = await journal.read(lambda reader: reader.undecided())
    assert {one.id for one in undecided} == expected
    for refund_state in RefundState:
        sold = await journal.write(paid)
        refund = await journal.write(
            lambda ledger, of=sold, state=refund_state: refund_in(  # type: ignore[misc]  # bound at once
                ledger, give_back(of, 1_00), state
            )
        )
        expected |= {sold.id} if refund.needs_decision else set()
    assert set(await found(journal, needs_decision=True)) == expected
    assert expected >= {one.id for one in made if is_task(one)}
    assert len(expected) == 6


async def test_a_row_says_what_went_back_and_what_may_have(journal: Journal) -> None:
    payment = await journal.write(paid)

    async def add(state: RefundState, minor: int) -> None:
        await journal.write(lambda ledger: refund_in(ledger, give_back(payment, minor), state))

    async def told() -> tuple[int, bool, bool]:
        [row] = await rows(journal, ANY)
        assert (row.payment, row.till) == (payment, "2")
        return row.refunded.minor, row.has_pending_refund, row.has_unknown_refund

    assert await told() == (0, False, False)
    await add(RefundState.SUCCEEDED, 10_00)
    await add(RefundState.RESOLVED_EXECUTED, 1_00)
    await add(RefundState.FAILED, 50_00)
    assert await told() == (11_00, False, False)
    await add(RefundState.ACCEPTED, 2_00)
    assert await told() == (11_00, True, False)
    await add(RefundState.UNKNOWN, 3_00)
    assert await told() == (11_00, True, True)
