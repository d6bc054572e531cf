"""Who may do what is said in the journal: a till believes no older word of it (row W13)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from cashier.domain.failure import CashierError, Failure
from cashier.domain.money import Money
from cashier.domain.staff import Person, Right, Role
from cashier.sandbox.server import SandboxServer
from cashier.services.training_staff import OTHER_PIN
from tests.integration.postgres_server import PostgresServer
from tests.integration.two_tills import refund_sum, sold, two_tills
from tests.till_bench import Bench
from tests.virtual_clock import VirtualClock

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("sandbox", ["live"], indirect=True)]

NEWS = 2.5


@pytest.fixture
async def tills(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock, postgres: PostgresServer
) -> AsyncIterator[tuple[Bench, Bench]]:
    url = postgres.database()
    async with two_tills(tmp_path, sandbox, clock, urls=(url, url)) as both:
        yield both


async def who(bench: Bench, role: Role) -> Person:
    return next(one for one in await bench.till.staff.people() if one.role is role)


async def switch_off(bench: Bench, person: Person) -> None:
    await bench.sign_in(Role.ADMINISTRATOR)
    await bench.till.staff.switch_off(person.id)


async def lower(bench: Bench, person: Person, role: Role) -> None:
    await bench.sign_in(Role.ADMINISTRATOR)
    await bench.till.staff.change(person.id, name=person.name, role=role)


async def test_who_is_switched_off_at_one_till_is_signed_out_at_the_other(
    tills: tuple[Bench, Bench],
) -> None:
    one, two = tills
    anna = await who(one, Role.CASHIER)
    assert one.view.person is not None
    await switch_off(two, anna)
    await one.pass_time(NEWS)
    assert one.view.person is None


async def test_who_is_switched_off_sells_nothing_even_before_the_till_has_heard_of_it(
    tills: tuple[Bench, Bench],
) -> None:
    one, two = tills
    saved = await one.type_receipt()
    await switch_off(two, await who(one, Role.CASHIER))
    with pytest.raises(CashierError) as caught:
        await one.till.sales.charge(saved.id)
    assert caught.value.failure is Failure.RIGHT_MISSING
    assert one.view.person is None
    assert one.calls("CreatePayment") == 0


async def test_a_lower_role_is_lower_at_once_and_its_owner_stays(
    tills: tuple[Bench, Bench],
) -> None:
    one, two = tills
    marina = await who(one, Role.SENIOR)
    await one.till.staff.sign_in(marina.id, OTHER_PIN)
    await one.till.shifts.open()
    await lower(two, marina, Role.CASHIER)
    with pytest.raises(CashierError) as caught:
        await one.till.shifts.close()
    assert caught.value.failure is Failure.RIGHT_MISSING
    assert one.view.person is not None
    assert one.view.person.role is Role.CASHIER
    await one.type_receipt()


@pytest.mark.parametrize("what", ["off", "lower", "pin"])
async def test_a_word_that_was_given_is_void_when_its_giver_is_another_by_now(
    tills: tuple[Bench, Bench], what: str
) -> None:
    one, two = tills
    payment_id = await sold(one)
    marina = await who(one, Role.SENIOR)
    approval = await one.till.staff.approve(marina.id, OTHER_PIN, Right.REFUND)
    await one.pass_time(1)
    if what == "off":
        await switch_off(two, marina)
    elif what == "lower":
        await lower(two, marina, Role.CASHIER)
    else:
        await two.sign_in(Role.ADMINISTRATOR)
        await two.till.staff.set_pin(marina.id, pin="846203")
    with pytest.raises(CashierError) as caught:
        await one.till.refunds.refund_sum(payment_id, Money.of("10"), "Брак", approval=approval)
    assert caught.value.failure is Failure.RIGHT_MISSING
    assert one.calls("CreateRefund") == 0


async def test_a_word_of_somebody_who_is_as_before_is_good(tills: tuple[Bench, Bench]) -> None:
    one, two = tills
    payment_id = await sold(one)
    await switch_off(two, await who(one, Role.SENIOR))
    await refund_sum(one, payment_id, "10")
    assert one.calls("CreateRefund") == 1
