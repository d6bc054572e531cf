"""People, PINs and rights on a real journal, with argon2id at a low cost."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import anyio
import pytest

from cashier.domain.failure import CashierError, Failure
from cashier.domain.staff import (
    FIRST_LOCK,
    LONGEST_LOCK,
    Person,
    Right,
    Role,
    may,
    needs_pin,
    role_for,
)
from cashier.journal.journal import Journal
from cashier.services.approvals import LASTS, Approval
from cashier.services.pin_hash import PinHasher
from cashier.services.staff import Staff, reset_administrator
from cashier.services.training_staff import CASHIER_PIN, OTHER_PIN, start_training, training_staff
from tests.till_bench import SMALL, planted
from tests.virtual_clock import VirtualClock

pytestmark = pytest.mark.anyio

ADMIN, CASHIER, SENIOR, MANAGER = "480917", "4807", "731905", "620853"
WRONG = "9053"


def cheap() -> PinHasher:
    return PinHasher(memory_kib=64, rounds=1)


def open_journal(folder: Path, clock: VirtualClock) -> Journal:
    return Journal.open(f"sqlite:///{folder}/journal.db", till="2", clock=clock, limits=SMALL)


class Office:
    """One run of a till's staff. Several can follow each other on one folder."""

    def __init__(self, journal: Journal, clock: VirtualClock) -> None:
        self.journal = journal
        self.clock = clock
        self.staff = planted(Staff(journal, clock, cheap()))

    async def hire(self) -> dict[Role, Person]:
        """An administrator, at the till, and one of each other role."""
        administrator = await self.staff.make_administrator("Белова Ирина", ADMIN)
        people = {Role.ADMINISTRATOR: administrator}
        for name, role, pin in (
            ("Смирнова Анна", Role.CASHIER, CASHIER),
            ("Орлова Марина", Role.SENIOR, SENIOR),
            ("Ким Олег", Role.MANAGER, MANAGER),
        ):
            people[role] = await self.staff.add(name, role=role, pin=pin)
        return people

    async def fails(self, person: Person, pin: str = WRONG) -> CashierError:
        with pytest.raises(CashierError) as caught:
            await self.staff.sign_in(person.id, pin)
        return caught.value

    async def shut_out(self, person: Person) -> CashierError:
        for _ in range(4):
            await self.fails(person)
        return await self.fails(person)

    async def find(self, person: Person) -> Person:
        return next(one for one in await self.staff.people() if one.id == person.id)

    async def stored(self, person: Person) -> Person:
        return await self.journal.read(lambda reader: reader.person(person.id))

    async def events(self, kind: str) -> list[object]:
        events = await self.journal.read(lambda reader: reader.events())
        return [event for event in events if event.kind == kind]

    async def pass_time(self, seconds: float) -> None:
        """Let the countdown run, its writes finished before time goes on."""
        left = seconds
        while left > 0:
            step = min(left, 1.0)
            await self.clock.advance(step)
            await self.staff.people()  # waits for a write under way
            left -= step


@asynccontextmanager
async def running(folder: Path, clock: VirtualClock) -> AsyncIterator[Office]:
    """A till's staff with its countdown going."""
    journal = open_journal(folder, clock)
    office = Office(journal, clock)
    try:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(office.staff.run)
            yield office
            tasks.cancel_scope.cancel()
    finally:
        journal.close()


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock()


@pytest.fixture
async def office(tmp_path: Path, clock: VirtualClock) -> AsyncIterator[Office]:
    async with running(tmp_path, clock) as made:
        yield made


def failure_of(caught: pytest.ExceptionInfo[CashierError]) -> Failure:
    return caught.value.failure


# Signing in


async def test_the_right_pin_lets_in_and_locking_lets_nobody_act(office: Office) -> None:
    people = await office.hire()
    await office.staff.lock()
    with pytest.raises(CashierError) as caught:
        await office.staff.require(Right.SELL)
    assert failure_of(caught) is Failure.RIGHT_MISSING
    person = await office.staff.sign_in(people[Role.CASHIER].id, CASHIER)
    assert person.name == "Смирнова Анна"
    assert office.staff.current == person
    assert person.last_seen_at == office.clock.utc()
    assert person.last_seen_till == "2"
    assert (await office.staff.require(Right.SELL)).id == person.id


async def test_a_wrong_pin_counts_down_the_tries_and_a_right_one_forgets_them(
    office: Office,
) -> None:
    anna = (await office.hire())[Role.CASHIER]
    for left in (4, 3, 2):
        error = await office.fails(anna)
        assert (error.failure, error.facts["left"]) == (Failure.PIN_WRONG, left)
    await office.staff.sign_in(anna.id, CASHIER)
    assert (await office.fails(anna)).facts["left"] == 4


async def test_five_wrong_pins_shut_the_door_even_for_the_right_one(office: Office) -> None:
    anna = (await office.hire())[Role.CASHIER]
    error = await office.shut_out(anna)
    assert (error.failure, error.facts["seconds"]) == (Failure.PIN_LOCKED, FIRST_LOCK)
    error = await office.fails(anna, CASHIER)
    assert error.failure is Failure.PIN_LOCKED
    await office.pass_time(FIRST_LOCK - 1)
    assert (await office.fails(anna, CASHIER)).facts["seconds"] == pytest.approx(1.0)
    await office.pass_time(1.5)
    assert (await office.staff.sign_in(anna.id, CASHIER)).id == anna.id


async def test_each_further_wrong_pin_doubles_the_time_up_to_a_quarter_of_an_hour(
    office: Office,
) -> None:
    anna = (await office.hire())[Role.CASHIER]
    await office.shut_out(anna)
    seen = []
    for _ in range(6):
        left = (await office.find(anna)).lock_left
        await office.pass_time(left + 1)
        seen.append((await office.fails(anna)).facts["seconds"])
    assert seen == [60.0, 120.0, 240.0, 480.0, LONGEST_LOCK, LONGEST_LOCK]


async def test_one_person_shut_out_keeps_nobody_else_out(office: Office) -> None:
    people = await office.hire()
    await office.shut_out(people[Role.CASHIER])
    assert (await office.staff.sign_in(people[Role.SENIOR].id, SENIOR)).role is Role.SENIOR


async def test_a_restart_does_not_open_the_door_and_the_time_while_off_does_not_count(
    tmp_path: Path, clock: VirtualClock
) -> None:
    async with running(tmp_path, clock) as office:
        anna = (await office.hire())[Role.CASHIER]
        await office.shut_out(anna)
        await office.pass_time(11)
    clock.set_wall(ahead=3600)
    async with running(tmp_path, clock) as office:
        left = (await office.find(anna)).lock_left
        # 11 s have passed, and at most the last 5 of them were not written down.
        assert 19.0 <= left <= 25.0
        assert (await office.fails(anna, CASHIER)).failure is Failure.PIN_LOCKED
        await office.pass_time(left + 1)
        assert (await office.staff.sign_in(anna.id, CASHIER)).id == anna.id


async def test_the_time_left_is_written_down_at_least_every_five_seconds(office: Office) -> None:
    anna = (await office.hire())[Role.CASHIER]
    await office.shut_out(anna)
    for _ in range(25):
        await office.pass_time(1)
        now = (await office.find(anna)).lock_left
        assert (await office.stored(anna)).lock_left <= now + 5.0


@pytest.mark.parametrize("hours", [24, -24])
async def test_a_clock_that_is_put_forward_or_back_opens_nothing(
    office: Office, hours: int
) -> None:
    anna = (await office.hire())[Role.CASHIER]
    await office.shut_out(anna)
    office.clock.set_wall(ahead=hours * 3600)
    assert (await office.find(anna)).lock_left == FIRST_LOCK
    assert (await office.fails(anna, CASHIER)).failure is Failure.PIN_LOCKED


async def test_two_guesses_at_once_count_as_two(office: Office) -> None:
    anna = (await office.hire())[Role.CASHIER]
    failures: list[Failure] = []

    async def guess() -> None:
        failures.append((await office.fails(anna)).failure)

    async with anyio.create_task_group() as tasks:
        for _ in range(7):
            tasks.start_soon(guess)
    assert failures.count(Failure.PIN_WRONG) == 4
    assert failures.count(Failure.PIN_LOCKED) == 3


async def test_whoever_gives_up_waiting_has_still_used_a_try(office: Office) -> None:
    anna = (await office.hire())[Role.CASHIER]
    with anyio.CancelScope() as scope, suppress(CashierError):
        scope.cancel()
        await office.staff.sign_in(anna.id, WRONG)
    assert (await office.find(anna)).wrong_pins == 1


async def test_nobody_by_that_id_is_answered_like_a_wrong_pin(office: Office) -> None:
    people = await office.hire()
    with pytest.raises(CashierError) as nobody:
        await office.staff.sign_in("f" * 32, WRONG)
    somebody = await office.fails(people[Role.CASHIER])
    assert str(nobody.value) == str(somebody)


async def test_a_pin_is_in_no_log_event_repr_or_exception(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    people = await office.hire()
    error = await office.fails(people[Role.CASHIER])
    approval = await office.staff.approve(people[Role.SENIOR].id, SENIOR, Right.REFUND)
    events = await office.journal.read(lambda reader: reader.events())
    told = "\n".join(
        [
            *(record.getMessage() for record in caplog.records),
            *(repr(event.facts) for event in events),
            repr(error),
            repr(error.__context__),
            repr(approval),
            repr(people),
        ]
    )
    for pin in (ADMIN, CASHIER, SENIOR, MANAGER, WRONG):
        assert pin not in told
    for kept in office.journal.path.parent.iterdir():
        if kept.is_file():
            assert SENIOR.encode() not in kept.read_bytes()


async def test_pins_are_kept_as_argon2id_at_the_cost_that_was_decided(office: Office) -> None:
    hashed = await PinHasher().hash(ADMIN)
    assert hashed.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert await PinHasher().matches(hashed, ADMIN)
    assert not await PinHasher().matches(hashed, SENIOR)
    assert not await PinHasher().matches("", ADMIN)
    assert not await PinHasher().matches("damaged", ADMIN)


# Rights and approvals


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("right", Right)
async def test_every_role_has_exactly_its_rights(
    tmp_path: Path, clock: VirtualClock, role: Role, right: Right
) -> None:
    journal = open_journal(tmp_path, clock)
    try:
        staff = Staff(journal, clock, cheap())
        staff.current = Person(id="p1", name="Анна", role=role)
        if may(role, right) and not needs_pin(right):
            actor = await staff.require(right)
            assert (actor.id, actor.approver) == ("p1", "p1")
        else:
            with pytest.raises(CashierError) as caught:
                await staff.require(right)
            assert caught.value.facts == {"right": right, "role": role_for(right)}
    finally:
        journal.close()


async def test_an_approval_allows_one_action_and_names_both_people(office: Office) -> None:
    people = await office.hire()
    anna, marina = people[Role.CASHIER], people[Role.SENIOR]
    await office.staff.sign_in(anna.id, CASHIER)
    approval = await office.staff.approve(marina.id, SENIOR, Right.REFUND)
    assert office.staff.current is not None
    assert office.staff.current.id == anna.id
    actor = await office.staff.require(Right.REFUND, approval)
    assert (actor.id, actor.approver) == (anna.id, marina.id)
    with pytest.raises(CashierError) as caught:
        await office.staff.require(Right.REFUND, approval)
    assert failure_of(caught) is Failure.RIGHT_MISSING
    assert len(await office.events("person.approved")) == 1


async def test_an_approval_is_for_one_right_only_and_gone_after_the_wrong_one(
    office: Office,
) -> None:
    people = await office.hire()
    await office.staff.sign_in(people[Role.CASHIER].id, CASHIER)
    approval = await office.staff.approve(people[Role.MANAGER].id, MANAGER, Right.REFUND)
    for right in (Right.ADOPT, Right.REFUND):
        with pytest.raises(CashierError):
            await office.staff.require(right, approval)


async def test_a_made_up_approval_is_worth_nothing(office: Office) -> None:
    people = await office.hire()
    await office.staff.sign_in(people[Role.CASHIER].id, CASHIER)
    real = await office.staff.approve(people[Role.SENIOR].id, SENIOR, Right.REFUND)
    forged = Approval(id="f" * 32, right=Right.REFUND, approver=people[Role.SENIOR])
    borrowed = Approval(id=real.id, right=Right.STAFF, approver=people[Role.ADMINISTRATOR])
    for approval, right in ((forged, Right.REFUND), (borrowed, Right.STAFF)):
        with pytest.raises(CashierError):
            await office.staff.require(right, approval)


async def test_an_approval_does_not_outlive_five_minutes_a_lock_or_another_cashier(
    office: Office,
) -> None:
    people = await office.hire()
    anna, marina = people[Role.CASHIER], people[Role.SENIOR]
    await office.staff.sign_in(anna.id, CASHIER)
    old = await office.staff.approve(marina.id, SENIOR, Right.REFUND)
    await office.clock.advance(LASTS + 1)
    with pytest.raises(CashierError):
        await office.staff.require(Right.REFUND, old)
    before = await office.staff.approve(marina.id, SENIOR, Right.REFUND)
    await office.staff.lock()
    await office.staff.sign_in(anna.id, CASHIER)
    with pytest.raises(CashierError):
        await office.staff.require(Right.REFUND, before)


async def test_an_approval_ends_with_whatever_changes_the_person_who_gave_it(
    office: Office,
) -> None:
    people = await office.hire()
    anna, marina = people[Role.CASHIER], people[Role.SENIOR]
    irina = people[Role.ADMINISTRATOR]
    others = await office.staff.approve(irina.id, ADMIN, Right.REFUND)
    before = await office.staff.approve(marina.id, SENIOR, Right.REFUND)
    await office.staff.change(marina.id, name=marina.name, role=Role.CASHIER)
    await office.staff.change(marina.id, name=marina.name, role=Role.SENIOR)
    with pytest.raises(CashierError):
        office.staff.spend(before)
    before = await office.staff.approve(marina.id, SENIOR, Right.REFUND)
    await office.staff.switch_off(marina.id)
    await office.staff.switch_off(anna.id)
    with pytest.raises(CashierError):
        office.staff.spend(before)
    assert office.staff.spend(others).id == irina.id


async def test_nobody_approves_what_they_may_not_do_and_their_pin_is_not_even_counted(
    office: Office,
) -> None:
    people = await office.hire()
    with pytest.raises(CashierError) as caught:
        await office.staff.approve(people[Role.SENIOR].id, WRONG, Right.ADOPT)
    assert failure_of(caught) is Failure.RIGHT_MISSING
    assert (await office.find(people[Role.SENIOR])).wrong_pins == 0


async def test_a_wrong_pin_for_an_approval_counts_like_any_other(office: Office) -> None:
    people = await office.hire()
    with pytest.raises(CashierError) as caught:
        await office.staff.approve(people[Role.SENIOR].id, "905317", Right.REFUND)
    assert (failure_of(caught), caught.value.facts["left"]) == (Failure.PIN_WRONG, 4)


async def test_spending_an_approval_twice_is_refused(office: Office) -> None:
    people = await office.hire()
    approval = await office.staff.approve(people[Role.SENIOR].id, SENIOR, Right.REFUND)
    assert office.staff.spend(approval).id == people[Role.SENIOR].id
    with pytest.raises(CashierError):
        office.staff.spend(approval)


# The people


async def test_a_cashier_changes_nobody_and_an_approval_lets_change_once(office: Office) -> None:
    people = await office.hire()
    anna = people[Role.CASHIER]
    await office.staff.sign_in(anna.id, CASHIER)
    with pytest.raises(CashierError) as caught:
        await office.staff.add("Ильин Павел", role=Role.CASHIER, pin="5093")
    assert failure_of(caught) is Failure.RIGHT_MISSING
    approval = await office.staff.approve(people[Role.ADMINISTRATOR].id, ADMIN, Right.STAFF)
    added = await office.staff.add("Ильин Павел", role=Role.CASHIER, pin="5093", approval=approval)
    assert (added.name, added.pin_length) == ("Ильин Павел", 4)
    with pytest.raises(CashierError):
        await office.staff.switch_off(added.id, approval=approval)
    assert not (await office.find(added)).is_off


@pytest.mark.parametrize(
    ("name", "role", "pin", "failure"),
    [
        ("  ", Role.CASHIER, "5093", Failure.FIELD_INVALID),
        ("x" * 65, Role.CASHIER, "5093", Failure.FIELD_INVALID),
        ("a\x07b", Role.CASHIER, "5093", Failure.FIELD_INVALID),
        ("смирнова  анна", Role.CASHIER, "5093", Failure.NAME_TAKEN),
        ("Ильин Павел", Role.CASHIER, "509", Failure.FIELD_INVALID),
        ("Ильин Павел", Role.CASHIER, "509317442", Failure.FIELD_INVALID),
        ("Ильин Павел", Role.CASHIER, "50a3", Failure.FIELD_INVALID),
        ("Ильин Павел", Role.CASHIER, "٣٤٥٩", Failure.FIELD_INVALID),
        ("Ильин Павел", Role.CASHIER, "7777", Failure.PIN_WEAK),
        ("Ильин Павел", Role.CASHIER, "3456", Failure.PIN_WEAK),
        ("Ильин Павел", Role.SENIOR, "50931", Failure.FIELD_INVALID),
        ("Ильин Павел", Role.ADMINISTRATOR, "876543", Failure.PIN_WEAK),
    ],
)
async def test_bad_names_and_pins_are_refused_and_nobody_is_added(
    office: Office, name: str, role: Role, pin: str, failure: Failure
) -> None:
    await office.hire()
    with pytest.raises(CashierError) as caught:
        await office.staff.add(name, role=role, pin=pin)
    assert failure_of(caught) is failure
    assert pin not in str(caught.value)
    assert len(await office.staff.people()) == 4


async def test_a_higher_role_needs_a_longer_pin(office: Office) -> None:
    anna = (await office.hire())[Role.CASHIER]
    with pytest.raises(CashierError) as caught:
        await office.staff.change(anna.id, name=anna.name, role=Role.SENIOR)
    assert caught.value.facts["field"] == "pin"
    changed = await office.staff.change(
        anna.id, name="Смирнова А. И.", role=Role.SENIOR, pin="905317"
    )
    assert (changed.name, changed.role, changed.pin_length) == ("Смирнова А. И.", Role.SENIOR, 6)
    assert (await office.staff.sign_in(anna.id, "905317")).id == anna.id


async def test_the_last_administrator_stays_one(office: Office) -> None:
    irina = (await office.hire())[Role.ADMINISTRATOR]
    with pytest.raises(CashierError) as caught:
        await office.staff.switch_off(irina.id)
    assert failure_of(caught) is Failure.LAST_ADMINISTRATOR
    with pytest.raises(CashierError) as caught:
        await office.staff.change(irina.id, name=irina.name, role=Role.MANAGER)
    assert failure_of(caught) is Failure.LAST_ADMINISTRATOR


async def test_who_is_switched_off_cannot_sign_in_until_a_new_pin(office: Office) -> None:
    anna = (await office.hire())[Role.CASHIER]
    off = await office.staff.switch_off(anna.id)
    assert (off.is_off, off.pin_length) == (True, 0)
    assert (await office.fails(anna, CASHIER)).failure is Failure.PIN_WRONG
    await office.staff.set_pin(anna.id, pin="5093")
    assert (await office.staff.sign_in(anna.id, "5093")).is_off is False


async def test_a_shut_door_is_opened_by_the_administrator_or_a_new_pin(office: Office) -> None:
    people = await office.hire()
    anna, marina = people[Role.CASHIER], people[Role.SENIOR]
    await office.shut_out(anna)
    await office.shut_out(marina)
    assert (await office.staff.open_sign_in(anna.id)).lock_left == 0
    await office.staff.set_pin(marina.id, pin="380617")
    assert (await office.staff.sign_in(anna.id, CASHIER)).id == anna.id
    assert (await office.staff.sign_in(marina.id, "380617")).id == marina.id


async def test_a_change_of_whoever_is_at_the_till_holds_at_once(office: Office) -> None:
    people = await office.hire()
    second = await office.staff.add("Соколова Вера", role=Role.ADMINISTRATOR, pin="905317")
    irina = people[Role.ADMINISTRATOR]
    await office.staff.change(irina.id, name=irina.name, role=Role.CASHIER)
    with pytest.raises(CashierError) as caught:
        await office.staff.switch_off(second.id)
    assert failure_of(caught) is Failure.LAST_ADMINISTRATOR
    with pytest.raises(CashierError):
        await office.staff.require(Right.STAFF)


async def test_every_change_is_an_event_by_whoever_made_it(office: Office) -> None:
    people = await office.hire()
    events = await office.journal.read(lambda reader: reader.events(people[Role.CASHIER].id))
    assert {event.actor for event in events} == {people[Role.ADMINISTRATOR].id}
    assert "person.added" in {event.kind for event in events}


# Where there is nobody to ask


async def test_the_first_administrator_is_made_once(office: Office) -> None:
    made = await office.staff.make_administrator("Белова Ирина", ADMIN)
    assert office.staff.current == made
    with pytest.raises(CashierError) as caught:
        await office.staff.make_administrator("Чужой", "905317")
    assert failure_of(caught) is Failure.NOT_ALLOWED


async def test_a_reset_needs_the_machines_administrator(office: Office) -> None:
    irina = (await office.hire())[Role.ADMINISTRATOR]
    with pytest.raises(CashierError) as caught:
        await reset_administrator(office.journal, is_elevated=False, by="user")
    assert failure_of(caught) is Failure.NOT_ALLOWED
    assert (await office.find(irina)).pin_length == 6


async def test_a_reset_pin_is_chosen_anew_by_that_administrator_and_recorded(
    office: Office,
) -> None:
    people = await office.hire()
    irina = people[Role.ADMINISTRATOR]
    await office.shut_out(irina)
    await office.staff.lock()
    await reset_administrator(office.journal, is_elevated=True, by="root")
    assert await office.staff.was_reset() == irina.id
    assert (await office.fails(irina, ADMIN)).failure is Failure.PIN_WRONG
    with pytest.raises(CashierError) as caught:
        await office.staff.renew_administrator(people[Role.CASHIER].id, "905317")
    assert failure_of(caught) is Failure.NOT_ALLOWED
    await office.staff.renew_administrator(irina.id, "905317")
    assert (await office.staff.require(Right.STAFF)).id == irina.id
    assert len(await office.events("person.pin_reset")) == 1
    with pytest.raises(CashierError) as caught:
        await office.staff.renew_administrator(irina.id, "380617")
    assert failure_of(caught) is Failure.NOT_ALLOWED


async def test_among_several_administrators_one_is_named(office: Office) -> None:
    await office.hire()
    vera = await office.staff.add("Соколова Вера", role=Role.ADMINISTRATOR, pin="905317")
    with pytest.raises(CashierError) as caught:
        await reset_administrator(office.journal, is_elevated=True, by="root")
    assert caught.value.facts["count"] == 2
    reset = await reset_administrator(
        office.journal, name=" соколова вера ", is_elevated=True, by="root"
    )
    assert reset.id == vera.id


# Training


@pytest.mark.parametrize("language", ["ru", "en"])
async def test_training_has_four_ready_people_with_the_cashier_at_the_till(
    office: Office, language: str
) -> None:
    hasher = cheap()
    person = await start_training(office.staff, office.journal, language, hasher=hasher)
    assert person.role is Role.CASHIER
    assert office.staff.current == person
    people = {one.name: one for one in await office.staff.people()}
    assert set(people) == {one.name for one in training_staff(language)}
    for one in training_staff(language):
        pin = CASHIER_PIN if one.role is Role.CASHIER else OTHER_PIN
        assert (await office.staff.sign_in(people[one.name].id, pin)).role is one.role
    again = await start_training(office.staff, office.journal, "en", hasher=hasher)
    assert again.id == person.id
    assert len(await office.staff.people()) == 4
