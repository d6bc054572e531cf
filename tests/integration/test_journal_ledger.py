"""What is written to a journal comes back, and its rules hold."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import anyio
import pytest
from sqlalchemy import insert

from cashier.domain.failure import CashierError, Failure
from cashier.domain.money import Currency, Money
from cashier.domain.payment import LIVE, Decision, ForbiddenMoveError, PaymentState
from cashier.domain.receipt import Discount
from cashier.domain.saved_receipt import ReceiptState
from cashier.domain.terminal import TerminalState
from cashier.journal import schema
from cashier.journal.errors import ConflictError, RuleBrokenError
from cashier.journal.goods import words
from cashier.journal.journal import Journal
from cashier.journal.ledger import Ledger
from cashier.journal.reader import Reader
from cashier.journal.runner import InlineRunner
from cashier.journal.text import stamp
from tests.journal_samples import (
    NOW,
    bring_to,
    charge,
    draft,
    intent,
    moving,
    open_journal,
    receipt,
    terminal,
)
from tests.virtual_clock import VirtualClock

pytestmark = pytest.mark.anyio


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock()


@pytest.fixture
def journal(tmp_path: Path, clock: VirtualClock) -> Iterator[Journal]:
    opened = open_journal(tmp_path / "live", clock=clock)
    yield opened
    opened.close()


# Payments


async def test_every_field_of_a_payment_comes_back(journal: Journal) -> None:
    payment = await journal.write(charge)
    whole = {
        "sent_at": NOW,
        "payment_id": "гейт-5",
        "payment_url": "https://pay.invoice.su/5?a=1&b=2",
        "url_shown_at": NOW,
        "expires_at": NOW + timedelta(minutes=20),
        "status": "init",
        "status_description": "Ждём",
        "answered_at": NOW,
        "updated_at": "24.11.2026",
        "method": "sbp",
        "account": "**** 1111",
        "funds": Money(1200, Currency.USD),
        "bonuses": Money(-300),
        "refusal_code": 5,
        "refusal_text": "нет",
        "mismatch": ("amount", "currency"),
        "is_result_seen": True,
    }
    moved = await journal.write(lambda ledger: ledger.move(payment, PaymentState.SENDING, **whole))
    read = await journal.read(lambda reader: reader.payment(payment.id))
    assert read == moved
    cut = NOW.replace(microsecond=123000)
    times = dict.fromkeys(("sent_at", "url_shown_at", "answered_at"), cut)
    expected = whole | times | {"expires_at": cut + timedelta(minutes=20)}
    assert {name: getattr(read, name) for name in whole} == expected
    assert read.version == 1


async def test_a_payment_that_is_not_there_is_not_found(journal: Journal) -> None:
    with pytest.raises(CashierError) as caught:
        await journal.read(lambda reader: reader.payment("nobody"))
    assert caught.value.failure is Failure.NOT_FOUND


@pytest.mark.parametrize("state", [s for s in PaymentState if s in LIVE])
async def test_a_receipt_has_one_live_attempt(journal: Journal, state: PaymentState) -> None:
    payment = await journal.write(bring_to(state))
    saved = await journal.read(lambda reader: reader.receipt(payment.receipt_id))
    second = intent(saved, attempt=2)
    with pytest.raises(CashierError) as caught:
        await journal.write(lambda ledger: ledger.add_payment(second))
    assert caught.value.failure is Failure.RECEIPT_HAS_PAYMENT
    assert await journal.read(lambda reader: reader.attempts(saved.id)) == [payment]


async def test_a_new_attempt_follows_a_dead_one(journal: Journal) -> None:
    payment = await journal.write(bring_to(PaymentState.FAILED))
    saved = await journal.read(lambda reader: reader.receipt(payment.receipt_id))
    second = await journal.write(lambda ledger: ledger.add_payment(intent(saved, attempt=2)))
    attempts = await journal.read(lambda reader: reader.attempts(saved.id))
    assert attempts == [payment, second]


async def test_double_click_makes_one_intent(journal: Journal) -> None:
    saved = await journal.write(
        lambda ledger: ledger.save_receipt(draft(state=ReceiptState.FROZEN))
    )
    outcomes: list[str] = []

    async def press() -> None:
        try:
            await journal.write(lambda ledger: ledger.add_payment(intent(saved)))
            outcomes.append("made")
        except CashierError as error:
            outcomes.append(error.failure.value)

    async with anyio.create_task_group() as group:
        group.start_soon(press)
        group.start_soon(press)
    assert sorted(outcomes) == ["made", Failure.RECEIPT_HAS_PAYMENT.value]


async def test_an_order_id_is_used_once(journal: Journal) -> None:
    payment = await journal.write(charge)
    with pytest.raises(RuleBrokenError, match="order_id"):
        await journal.write(lambda ledger: charge(ledger, order_id=payment.order_id))


async def test_a_payment_is_of_more_than_nothing(journal: Journal) -> None:
    with pytest.raises(RuleBrokenError, match="amount"):
        await journal.write(lambda ledger: charge(ledger, amount=Money(0)))


async def test_an_intent_begins_prepared(journal: Journal) -> None:
    with pytest.raises(ForbiddenMoveError):
        await journal.write(lambda ledger: charge(ledger, state=PaymentState.OPEN))


async def test_of_two_writes_from_one_reading_the_second_conflicts(journal: Journal) -> None:
    payment = await journal.write(bring_to(PaymentState.OPEN))
    await journal.write(lambda ledger: ledger.move(payment, PaymentState.CLOSING))
    with pytest.raises(ConflictError):
        await journal.write(lambda ledger: ledger.move(payment, PaymentState.PAID))
    with pytest.raises(ConflictError):
        await journal.write(lambda ledger: ledger.update(payment, status="process"))
    found = await journal.read(lambda reader: reader.payment(payment.id))
    assert found.state is PaymentState.CLOSING


async def test_a_move_is_dated_and_an_update_is_not(journal: Journal, clock: VirtualClock) -> None:
    payment = await journal.write(bring_to(PaymentState.OPEN))
    await clock.advance(5)
    told = await journal.write(lambda ledger: ledger.update(payment, status="process"))
    assert told.changed_at == payment.changed_at
    closing = await journal.write(lambda ledger: ledger.move(told, PaymentState.CLOSING))
    assert closing.changed_at == payment.changed_at + timedelta(seconds=5)


async def test_a_result_is_unseen_until_it_is_shown_and_again_when_it_changes(
    journal: Journal,
) -> None:
    payment = await journal.write(bring_to(PaymentState.FAILED))
    assert await journal.read(lambda reader: reader.unseen()) == [payment]
    seen = await journal.write(lambda ledger: ledger.update(payment, is_result_seen=True))
    assert await journal.read(lambda reader: reader.unseen()) == []
    late = await journal.write(lambda ledger: ledger.move(seen, PaymentState.LATE_PAID))
    assert await journal.read(lambda reader: reader.unseen()) == [late]


async def test_live_payments_are_not_results(journal: Journal) -> None:
    for state in LIVE:
        await journal.write(bring_to(state))
    assert await journal.read(lambda reader: reader.unseen()) == []
    assert await journal.read(lambda reader: reader.count_open()) == len(LIVE)
    wrong = await journal.write(bring_to(PaymentState.QUARANTINE))
    await journal.write(bring_to(PaymentState.PAID))
    assert await journal.read(lambda reader: reader.count_open()) == len(LIVE) + 1
    await journal.write(lambda ledger: ledger.decide(wrong, Decision.ACCEPTED, by="x", reason="y"))
    assert await journal.read(lambda reader: reader.count_open()) == len(LIVE)


async def test_payments_are_found_by_state_age_and_terminal(
    journal: Journal, clock: VirtualClock
) -> None:
    old = await journal.write(bring_to(PaymentState.FAILED))
    await clock.advance(60)
    new = await journal.write(bring_to(PaymentState.FAILED))
    live = await journal.write(lambda ledger: charge(ledger, terminal_id="99"))
    failed = {PaymentState.FAILED}
    since = clock.utc() - timedelta(seconds=30)
    found = await journal.read(lambda reader: reader.payments(failed))
    assert {payment.id for payment in found} == {old.id, new.id}
    assert await journal.read(lambda reader: reader.payments(failed, since=since)) == [new]
    assert await journal.read(lambda reader: reader.live_on_terminal("99")) == [live]
    assert await journal.read(lambda reader: reader.live_on_terminal("41")) == []


async def test_answers_are_kept_as_they_came_and_dull_reads_only_counted(
    journal: Journal,
) -> None:
    payment = await journal.write(charge)
    body = b"\xff\x00<html>"

    def keep(ledger: Ledger) -> None:
        for owner in (payment.id, ""):
            ledger.keep_answer(
                owner, call="CreatePayment", http_status=502, body=body, received_at=NOW
            )
        ledger.count_read(payment.id)
        ledger.count_read(payment.id)

    await journal.write(keep)
    answer, *others = await journal.read(lambda reader: reader.answers(payment.id))
    assert not others
    assert (answer.call, answer.http_status, answer.body) == ("CreatePayment", 502, body)
    [about_nobody] = await journal.read(lambda reader: reader.answers(""))
    assert about_nobody.payment_id == ""
    assert await journal.read(lambda reader: reader.reads(payment.id)) == 2
    assert await journal.read(lambda reader: reader.payment(payment.id)) == payment


async def test_hostile_text_of_a_gateway_does_not_stop_a_write(journal: Journal) -> None:
    payment = await journal.write(bring_to(PaymentState.OPEN))
    told = await journal.write(
        lambda ledger: ledger.update(payment, status="\ud800\x00", account="'; DROP TABLE x;--")
    )
    assert told.status == "?\ufffd"
    assert told.account == "'; DROP TABLE x;--"


# Receipts and shifts


async def test_a_draft_comes_back_whole(journal: Journal) -> None:
    content = receipt("Молоко", "Хлеб").with_discount(Discount(percent=1250))
    content = content.with_line_discount(1, Discount(amount=Money(5)))
    saved = await journal.write(
        lambda ledger: ledger.save_receipt(replace(draft(), receipt=content))
    )
    assert await journal.read(lambda reader: reader.draft()) == saved
    assert saved.receipt == content


async def test_a_till_types_one_receipt_at_a_time(journal: Journal) -> None:
    first = await journal.write(lambda ledger: ledger.save_receipt(draft()))
    with pytest.raises(RuleBrokenError, match="till_id"):
        await journal.write(lambda ledger: ledger.save_receipt(draft()))
    await journal.write(lambda ledger: ledger.move_receipt(first.id, ReceiptState.PARKED))
    await journal.write(lambda ledger: ledger.save_receipt(draft()))
    parked = await journal.read(lambda reader: reader.receipts({ReceiptState.PARKED}))
    assert [one.id for one in parked] == [first.id]


async def test_receipts_are_numbered_once_and_in_order(journal: Journal) -> None:
    def number(ledger: Ledger) -> list[str]:
        made = [ledger.save_receipt(draft(state=ReceiptState.PARKED)) for _ in range(3)]
        return [ledger.number_receipt(one.id).number for one in (*made, made[0])]

    assert await journal.write(number) == ["1-001", "1-002", "1-003", "1-001"]
    shift = await journal.read(lambda reader: reader.open_shift())
    assert shift is not None
    assert (shift.number, shift.last_receipt, shift.till) == (1, 3, "2")
    assert await journal.write(lambda ledger: ledger.ensure_shift()) == shift
    assert await journal.read(lambda reader: reader.shifts(1)) == [shift]


async def test_a_saved_draft_keeps_the_number_it_was_given(journal: Journal) -> None:
    typed = draft()

    def change(ledger: Ledger) -> str:
        ledger.save_receipt(typed)
        ledger.number_receipt(typed.id)
        return ledger.save_receipt(replace(typed, receipt=receipt("Хлеб"))).number

    assert await journal.write(change) == "1-001"


async def test_a_receipt_that_is_being_paid_stays_frozen(journal: Journal) -> None:
    payment = await journal.write(bring_to(PaymentState.OPEN))
    saved = await journal.read(lambda reader: reader.receipt(payment.receipt_id))
    stale = replace(saved, state=ReceiptState.DRAFT, receipt=receipt("Другое"))
    with pytest.raises(CashierError) as caught:
        await journal.write(lambda ledger: ledger.save_receipt(stale))
    assert caught.value.failure is Failure.RECEIPT_HAS_PAYMENT
    other = replace(saved, receipt=receipt("Другое"))
    with pytest.raises(RuleBrokenError, match="charged_receipt_is_fixed"):
        await journal.write(lambda ledger: ledger.save_receipt(other))


async def test_a_settled_receipt_is_final(journal: Journal) -> None:
    payment = await journal.write(bring_to(PaymentState.PAID))
    receipt_id = payment.receipt_id
    await journal.write(lambda ledger: ledger.move_receipt(receipt_id, ReceiptState.SETTLED))
    with pytest.raises(RuleBrokenError, match="settled_is_final"):
        await journal.write(lambda ledger: ledger.move_receipt(receipt_id, ReceiptState.DRAFT))


# Terminals, goods, notes


async def test_a_terminal_is_remembered_renamed_and_forgotten(journal: Journal) -> None:
    first = await journal.write(lambda ledger: ledger.remember_terminal(terminal("41")))
    second = await journal.write(
        lambda ledger: ledger.remember_terminal(terminal("42", is_default=True))
    )
    assert first.key != second.key
    assert first == replace(terminal("41"), key=first.key)
    renamed = replace(
        first, own_name="Вход", state=TerminalState.WORKING, checked_at=NOW, latency=0.25
    )
    await journal.write(lambda ledger: ledger.remember_terminal(renamed))
    await journal.write(lambda ledger: ledger.set_default_terminal(first.key))
    listed = await journal.read(lambda reader: reader.terminals())
    assert [(one.name, one.is_default) for one in listed] == [
        ("Вход", True),
        ("Касса у входа", False),
    ]
    assert listed[0].latency == 0.25
    await journal.write(lambda ledger: ledger.forget_terminal(first.key))
    with pytest.raises(CashierError) as caught:
        await journal.read(lambda reader: reader.terminal(first.key))
    assert caught.value.failure is Failure.TERMINAL_NOT_FOUND
    third = await journal.write(lambda ledger: ledger.remember_terminal(terminal("43")))
    assert third.key > second.key
    assert not any(one.is_default for one in await journal.read(lambda r: r.terminals()))


async def test_a_terminal_of_the_gateway_is_remembered_once(journal: Journal) -> None:
    await journal.write(lambda ledger: ledger.remember_terminal(terminal("41")))
    with pytest.raises(CashierError) as caught:
        await journal.write(lambda ledger: ledger.remember_terminal(terminal("41")))
    assert caught.value.failure is Failure.TERMINAL_KNOWN


async def test_goods_sold_before_are_found_by_the_beginnings_of_their_words(
    journal: Journal, clock: VirtualClock
) -> None:
    async def sell(*names: str) -> None:
        await journal.write(lambda ledger: ledger.remember_goods(receipt(*names)))
        await clock.advance(1)

    async def find(typed: str, limit: int = 9) -> list[str]:
        found = await journal.read(lambda reader: reader.known_goods(typed, limit))
        return [one.name for one in found]

    await sell("Молоко топлёное 4%", "Кофе молотый")
    await sell("Ёлка живая", "молочный коктейль")
    assert await find("мол") == ["молочный коктейль", "Кофе молотый", "Молоко топлёное 4%"]
    assert await find("ЕЛК") == ["Ёлка живая"]
    assert await find("ёлк") == ["Ёлка живая"]
    assert await find("4 топле") == ["Молоко топлёное 4%"]
    assert await find("олоко") == []
    assert await find("мол", limit=1) == ["молочный коктейль"]
    assert await find(" % ") == []
    await sell("МОЛОКО ТОПЛЁНОЕ 4%")
    assert await find("молоко") == ["МОЛОКО ТОПЛЁНОЕ 4%"]


async def test_the_newest_price_is_suggested(journal: Journal, clock: VirtualClock) -> None:
    for minor in (100, 200):
        one = receipt("Хлеб").with_price(1, Money(minor))
        await journal.write(partial(Ledger.remember_goods, receipt=one))
        await clock.advance(1)
    [bread] = await journal.read(lambda reader: reader.known_goods("хл", 5))
    assert bread.price == Money(200)
    assert bread.sold_at == clock.utc() - timedelta(seconds=1)


async def test_a_note_is_remembered_and_replaced(journal: Journal) -> None:
    assert await journal.read(lambda reader: reader.note("spelling")) is None
    await journal.write(lambda ledger: ledger.set_note("spelling", "static"))
    await journal.write(lambda ledger: ledger.set_note("spelling", "statical"))
    assert await journal.read(lambda reader: reader.note("spelling")) == "statical"


# Transactions


async def test_a_change_that_fails_leaves_nothing(journal: Journal) -> None:
    before = await journal.read(lambda reader: reader.head())

    def half(ledger: Ledger) -> None:
        charge(ledger)
        ledger.set_note("half", "done")
        raise KeyError("the other half")

    with pytest.raises(KeyError):
        await journal.write(half)
    assert await journal.read(lambda reader: reader.note("half")) is None
    assert await journal.read(lambda reader: reader.payments(LIVE)) == []
    assert await journal.read(lambda reader: reader.head()) == before
    await journal.write(charge)


async def test_concurrent_writes_come_one_after_the_other(journal: Journal) -> None:
    def count(ledger: Ledger) -> None:
        ledger.set_note("count", str(int(ledger.note("count") or 0) + 1))

    async with anyio.create_task_group() as group:
        for _ in range(30):
            group.start_soon(journal.write, count)
    assert await journal.read(lambda reader: reader.note("count")) == "30"


async def test_a_query_sees_one_moment_while_a_write_goes_on(journal: Journal) -> None:
    await journal.write(lambda ledger: ledger.set_note("a", "old"))
    begun, written = threading.Event(), threading.Event()
    seen: list[str | None] = []

    def look(reader: Reader) -> None:
        seen.append(reader.note("a"))
        begun.set()
        assert written.wait(10)
        seen.append(reader.note("a"))

    async with anyio.create_task_group() as group:
        group.start_soon(journal.read, look)
        assert await anyio.to_thread.run_sync(begun.wait, 10)
        await journal.write(lambda ledger: ledger.set_note("a", "new"))
        written.set()
    assert seen == ["old", "old"]
    assert await journal.read(lambda reader: reader.note("a")) == "new"


async def test_a_cancelled_write_is_committed(journal: Journal) -> None:
    begun, let_go = threading.Event(), threading.Event()

    def slow(ledger: Ledger) -> None:
        begun.set()
        assert let_go.wait(10)
        ledger.set_note("slow", "written")

    with anyio.CancelScope() as scope:
        async with anyio.create_task_group() as group:
            group.start_soon(journal.write, slow)
            assert await anyio.to_thread.run_sync(begun.wait, 10)
            scope.cancel()
            let_go.set()
    assert scope.cancelled_caught
    assert await journal.read(lambda reader: reader.note("slow")) == "written"


async def test_common_words_find_the_newest_goods_too(journal: Journal) -> None:
    """With more names than a rare word has, another way of searching gives the same answer."""

    def stock(ledger: Ledger) -> None:
        row = {"currency": "RUB", "price": 100}
        names = [f"Молоко вид{number}" for number in range(12_000)]
        ledger._connection.execute(
            insert(schema.goods),
            [
                row | {"id": n, "folded": name, "name": name, "sold_at": stamp(NOW)}
                for n, name in enumerate(names, start=1)
            ],
        )
        parts = [
            {"word": word, "goods_id": n}
            for n, name in enumerate(names, start=1)
            for word in words(name)
        ]
        ledger._connection.execute(insert(schema.goods_words), parts)

    await journal.write(stock)
    found = await journal.read(lambda reader: reader.known_goods("мол вид", 2))
    assert [one.name for one in found] == ["Молоко вид11999", "Молоко вид11998"]
    rare = await journal.read(lambda reader: reader.known_goods("мол вид1199", 9))
    assert len(rare) == 9


async def test_the_same_course_of_events_makes_the_same_journal(tmp_path: Path) -> None:
    """Run inline on a still clock, nothing in a journal depends on the machine."""

    async def run(folder: Path) -> bytes:
        ids = (f"{number:032x}" for number in itertools.count())
        journal = open_journal(folder, runner=InlineRunner(), new_id=lambda: next(ids))
        for _ in range(3):
            saved = replace(draft("Хлеб", state=ReceiptState.FROZEN), id=next(ids))
            await journal.write(partial(Ledger.save_receipt, saved=saved))
            numbered = await journal.write(partial(Ledger.number_receipt, receipt_id=saved.id))
            attempt = intent(numbered, id=next(ids), order_id=next(ids))
            payment = await journal.write(partial(Ledger.add_payment, payment=attempt))
            await journal.write(moving(payment, PaymentState.SENDING))
        journal.close()
        return journal.path.read_bytes()

    assert await run(tmp_path / "one") == await run(tmp_path / "two")
