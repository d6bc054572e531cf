"""People, their PINs and their shifts in the journal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import TextClause, text

from cashier.domain.failure import CashierError, Failure
from cashier.domain.payment import Decision, ForbiddenMoveError, Payment, PaymentState
from cashier.domain.saved_receipt import ReceiptState, SavedReceipt
from cashier.domain.staff import Person, Role
from cashier.journal.errors import ConflictError, RuleBrokenError
from cashier.journal.journal import Journal
from cashier.journal.ledger import Ledger
from tests.journal_samples import NOW, bring_to, charge, draft, intent, open_journal
from tests.virtual_clock import VirtualClock

pytestmark = pytest.mark.anyio


@pytest.fixture
def journal(tmp_path: Path, clock: VirtualClock) -> Iterator[Journal]:
    opened = open_journal(tmp_path / "live", clock=clock)
    yield opened
    opened.close()


async def hire(journal: Journal, name: str, role: Role = Role.CASHIER) -> Person:
    return await journal.write(lambda ledger: ledger.save_person(Person("", name, role)))


async def save(journal: Journal, person: Person) -> Person:
    return await journal.write(lambda ledger: ledger.save_person(person))


async def test_people_come_by_name_those_who_left_last(journal: Journal) -> None:
    anna = await hire(journal, "анна", Role.ADMINISTRATOR)
    yuri = await hire(journal, "Юрий")
    boris = await save(journal, replace(await hire(journal, "Борис"), is_off=True))
    assert await journal.read(lambda reader: reader.people()) == [anna, yuri, boris]
    assert await journal.read(lambda reader: reader.person(boris.id)) == boris
    assert not boris.may_sign_in


async def test_somebody_may_bring_an_id(journal: Journal) -> None:
    own = uuid4().hex
    saved = await save(journal, Person(own, "Анна", Role.MANAGER))
    assert (saved.id, saved.role) == (own, Role.MANAGER)
    changed = await save(journal, replace(saved, name="Анна П.", role=Role.SENIOR))
    assert await journal.read(lambda reader: reader.people()) == [changed]


@pytest.mark.parametrize("name", ["анна", "АННА ", "Анна"])
async def test_a_name_is_taken_whatever_its_case(journal: Journal, name: str) -> None:
    await hire(journal, "Анна")
    boris = await hire(journal, "Борис")
    for attempt in (Person("", name, Role.CASHIER), replace(boris, name=name)):
        with pytest.raises(CashierError) as caught:
            await save(journal, attempt)
        assert caught.value.failure is Failure.NAME_TAKEN


async def test_the_last_administrator_stays_one(journal: Journal) -> None:
    anna = await hire(journal, "Анна", Role.ADMINISTRATOR)
    for attempt in (replace(anna, is_off=True), replace(anna, role=Role.MANAGER)):
        with pytest.raises(CashierError) as caught:
            await save(journal, attempt)
        assert caught.value.failure is Failure.LAST_ADMINISTRATOR
    await save(journal, replace(anna, name="Анна П."))
    boris = await hire(journal, "Борис", Role.ADMINISTRATOR)
    await save(journal, replace(anna, role=Role.CASHIER))
    with pytest.raises(CashierError) as caught:
        await save(journal, replace(boris, is_off=True))
    assert caught.value.failure is Failure.LAST_ADMINISTRATOR


async def test_a_pin_is_set_tried_and_used(journal: Journal, clock: VirtualClock) -> None:
    anna = await hire(journal, "Анна")
    assert await journal.read(lambda reader: reader.pin_hash(anna.id)) == ""

    def work(ledger: Ledger) -> None:
        ledger.set_pin(anna.id, hashed="$argon2id$v=19", length=4)
        ledger.note_pins(anna.id, wrong=5, lock_left=29.5)
        ledger.note_sign_in(anna.id)

    await journal.write(work, actor=anna.id)
    now = await journal.read(lambda reader: reader.person(anna.id))
    assert (now.pin_length, now.pin_set_at, now.wrong_pins, now.lock_left) == (
        4,
        clock.utc(),
        5,
        29.5,
    )
    assert (now.last_seen_at, now.last_seen_till) == (clock.utc(), "2")
    assert await journal.read(lambda reader: reader.pin_hash(anna.id)) == "$argon2id$v=19"
    await journal.write(lambda ledger: ledger.set_pin(anna.id, hashed="", length=0))
    assert (await journal.read(lambda reader: reader.person(anna.id))).pin_set_at is None


async def test_every_change_of_a_person_is_told_but_no_hash_is(journal: Journal) -> None:
    anna = await hire(journal, "Анна")

    def work(ledger: Ledger) -> None:
        ledger.set_pin(anna.id, hashed="$argon2id$secret", length=4)
        ledger.note_pins(anna.id, wrong=1, lock_left=0)
        ledger.note_pins(anna.id, wrong=1, lock_left=12)
        ledger.note_sign_in(anna.id)
        ledger.save_person(replace(anna, role=Role.SENIOR))

    await journal.write(work, actor="admin")
    told = await journal.read(lambda reader: reader.events(anna.id))
    assert [one.kind for one in told] == [
        "person.added",
        "person.pin_set",
        "person.pins",
        "person.signed_in",
        "person.changed",
    ]
    assert {one.actor for one in told[1:]} == {"admin"}
    assert "secret" not in repr(told)


@pytest.mark.parametrize("ask", ["person", "pin_hash", "set_pin", "note_pins", "note_sign_in"])
async def test_nobody_is_not_found(journal: Journal, ask: str) -> None:
    given: dict[str, dict[str, object]] = {
        "set_pin": {"hashed": "x", "length": 4},
        "note_pins": {"wrong": 1, "lock_left": 0.0},
    }
    more = given.get(ask, {})
    with pytest.raises(CashierError) as caught:
        await journal.write(lambda ledger: getattr(ledger, ask)("nobody", **more))
    assert caught.value.failure is Failure.NOT_FOUND


async def test_a_person_is_never_deleted(journal: Journal) -> None:
    await hire(journal, "Анна")
    with pytest.raises(RuleBrokenError, match="people_never_deleted"):
        await journal.write(lambda ledger: ledger._connection.execute(text("DELETE FROM people")))


# Shifts


def running(statement: TextClause) -> Callable[[Ledger], object]:
    return lambda ledger: ledger._connection.execute(statement)


async def test_a_shift_is_closed_once_and_for_all(journal: Journal, clock: VirtualClock) -> None:
    payment = await journal.write(charge)
    shift = await journal.read(lambda reader: reader.open_shift())
    assert shift is not None
    facts = {"paid": 1, "sold": 9991}
    await clock.advance(60)
    closed = await journal.write(
        lambda ledger: ledger.close_shift(shift.id, facts=facts, by="anna"), actor="anna"
    )
    assert (closed.closed_at, closed.closed_by) == (clock.utc(), "anna")
    assert await journal.read(lambda reader: reader.open_shift()) is None
    event = (await journal.read(lambda reader: reader.events(shift.id)))[-1]
    assert (event.kind, event.actor, event.facts["facts"]) == ("shift.closed", "anna", facts)
    with pytest.raises(CashierError) as caught:
        await journal.write(lambda ledger: ledger.close_shift(shift.id, facts={}, by="boris"))
    assert caught.value.failure is Failure.NOT_ALLOWED
    for change in ("last_receipt = 9", "closed_at = NULL", "closed_by = 'x'"):
        statement = text(f"UPDATE shifts SET {change}")  # noqa: S608 -- a fixed list
        with pytest.raises(RuleBrokenError, match="closed_shift_is_final"):
            await journal.write(running(statement))
    second = await journal.write(charge)
    newer = await journal.read(lambda reader: reader.open_shift())
    assert newer is not None
    assert await journal.read(lambda reader: reader.shifts(9)) == [newer, closed]
    assert await journal.read(lambda reader: reader.shifts(1)) == [newer]
    assert await journal.read(lambda reader: reader.shift_payments(shift.id)) == [payment]
    assert await journal.read(lambda reader: reader.shift_payments(newer.id)) == [second]


async def test_a_shift_that_is_not_there_is_not_closed(journal: Journal) -> None:
    with pytest.raises(CashierError) as caught:
        await journal.write(lambda ledger: ledger.close_shift("nobody", facts={}, by="x"))
    assert caught.value.failure is Failure.NOT_FOUND


# Decisions, owners, adoption


async def test_a_decision_is_kept_with_who_and_why(journal: Journal) -> None:
    payment = await journal.write(bring_to(PaymentState.LATE_PAID))
    decided = await journal.write(
        lambda ledger: ledger.decide(payment, Decision.REFUNDED, by="boris", reason="ушёл"),
        actor="anna",
    )
    assert (decided.decision, decided.decided_by, decided.decision_reason) == (
        Decision.REFUNDED,
        "boris",
        "ушёл",
    )
    assert await journal.read(lambda reader: reader.payment(payment.id)) == decided
    event = (await journal.read(lambda reader: reader.events(payment.id)))[-1]
    assert (event.kind, event.actor, event.facts["decision"]) == (
        "payment.decided",
        "anna",
        "REFUNDED",
    )
    with pytest.raises(ConflictError):
        await journal.write(
            lambda ledger: ledger.decide(payment, Decision.RESTORED, by="x", reason="y")
        )


async def test_a_draft_has_its_cashier(journal: Journal) -> None:
    mine = replace(draft(), cashier="anna")
    saved = await journal.write(lambda ledger: ledger.save_receipt(mine))
    assert saved.cashier == "anna"
    taken = await journal.write(lambda ledger: ledger.save_receipt(replace(saved, cashier="b")))
    assert (await journal.read(lambda reader: reader.draft())) == taken
    assert taken.cashier == "b"


async def test_a_payment_has_its_cashier_for_good(journal: Journal) -> None:
    payment = await journal.write(lambda ledger: charge(ledger, cashier="anna"))
    assert payment.cashier == "anna"
    with pytest.raises(RuleBrokenError, match="intent_is_fixed"):
        await journal.write(lambda ledger: ledger.update(payment, cashier="boris"))


def adopting(payment: Payment, receipt: SavedReceipt) -> Callable[[Ledger], Payment]:
    return lambda ledger: ledger.adopt_payment(payment, receipt)


async def test_r21_a_payment_of_another_journal_is_adopted_once(journal: Journal) -> None:
    saved = draft(state=ReceiptState.SETTLED)
    found = intent(
        saved,
        state=PaymentState.PAID,
        is_adopted=True,
        payment_id="gate-7",
        status="successful",
        account="**** 4321",
    )
    adopted = await journal.write(lambda ledger: ledger.adopt_payment(found, saved), actor="m")
    cut = NOW.replace(microsecond=123000)
    assert adopted == replace(found, created_at=cut, changed_at=cut)
    assert (await journal.read(lambda reader: reader.receipt(saved.id))).receipt == saved.receipt
    [event] = await journal.read(lambda reader: reader.events(adopted.id))
    assert (event.actor, event.facts["is_adopted"], event.facts["payment_id"]) == (
        "m",
        True,
        "gate-7",
    )
    for again in ({"payment_id": "gate-7"}, {"order_id": found.order_id}):
        other = draft(state=ReceiptState.SETTLED)
        second = intent(
            other, state=PaymentState.PAID, is_adopted=True, **({"payment_id": "gate-8"} | again)
        )
        with pytest.raises(CashierError) as caught:
            await journal.write(adopting(second, other))
        assert caught.value.failure is Failure.ALREADY_LINKED
        assert caught.value.facts == {"payment": adopted.id}


@pytest.mark.parametrize("change", [{"state": PaymentState.OPEN}, {"is_adopted": False}])
async def test_only_a_paid_payment_is_adopted(journal: Journal, change: dict[str, object]) -> None:
    saved = draft(state=ReceiptState.SETTLED)
    given: dict[str, object] = {"state": PaymentState.PAID, "is_adopted": True}
    found = intent(saved, **(given | change))
    with pytest.raises(ForbiddenMoveError):
        await journal.write(lambda ledger: ledger.adopt_payment(found, saved))
