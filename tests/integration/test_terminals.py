"""Terminals: found, created once, remembered here (rows T1-T4; SPEC 7.2.1, 7.2.2)."""

from __future__ import annotations

from pathlib import Path

import pytest

from cashier.domain.failure import CashierError, Failure
from cashier.domain.money import Currency, Money
from cashier.domain.staff import Role
from cashier.domain.terminal import NewTerminal, TerminalState, TerminalType
from cashier.sandbox.faults import Fault
from cashier.sandbox.server import SandboxServer
from tests.till_bench import open_bench
from tests.virtual_clock import VirtualClock

pytestmark = pytest.mark.anyio

LIVE = pytest.mark.parametrize("sandbox", ["live"], indirect=True)
NEW = NewTerminal(name="Касса 3", alias="1:3", description="Магазин на Садовой")


async def test_a_terminal_is_created_with_every_field_and_found_again_by_alias_and_id(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, terminal="", role=Role.ADMINISTRATOR) as bench:
        new = NewTerminal(
            name="Кофе навынос",
            alias="1:21",
            description="Стойка у входа",
            type=TerminalType.STATIC,
            default_price=Money.of("150"),
            can_comments=True,
        )
        made = await bench.till.terminals.create(new, Currency.RUB)
        assert (made.name, made.info.alias) == ("Кофе навынос", "1:21")
        assert made.info.type is TerminalType.STATIC
        assert made.info.default_price == Money.of("150")
        assert made.is_default
        await bench.till.terminals.forget(made.key)
        assert bench.till.terminals.known == ()
        by_alias = await bench.till.terminals.add("1:21")
        assert by_alias.info.id == made.info.id
        if sandbox.gateway.profile == "live":  # the guide's own table knows aliases only
            by_id = await bench.till.terminals.add(made.info.id)
            assert by_id.info.id == made.info.id
        assert len(bench.till.terminals.known) == 1


@LIVE
async def test_the_spelling_of_the_type_that_worked_is_remembered(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, terminal="", role=Role.ADMINISTRATOR) as bench:
        bench.fault(
            "CreateTerminal",
            Fault.RAW,
            status=422,
            text='{"error":422,"description":"invalid","additions":{"type":["unknown"]}}',
            execute=False,
        )
        await bench.till.terminals.create(NEW)
        assert bench.calls("CreateTerminal") == 2
        await bench.till.terminals.create(NewTerminal(name="Касса 4", alias="1:4"))
        assert bench.calls("CreateTerminal") == 3
        body = sandbox.gateway.last_body("CreateTerminal") or b""
        assert b'"dynamical"' in body


@LIVE
async def test_t1_a_create_without_an_answer_is_looked_up_and_never_repeated(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, terminal="", role=Role.ADMINISTRATOR) as bench:
        bench.fault("CreateTerminal", Fault.DROP_AFTER)
        made = await bench.do(bench.till.terminals.create(NEW))
        assert made.info.alias == "1:3"
        assert bench.calls("CreateTerminal") == 1


@LIVE
async def test_t1_a_create_whose_fate_stays_unknown_says_so(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, terminal="", role=Role.ADMINISTRATOR) as bench:
        bench.fault("CreateTerminal", Fault.DROP_BEFORE)
        with pytest.raises(CashierError) as caught:
            await bench.do(bench.till.terminals.create(NEW))
        assert caught.value.failure is Failure.TERMINAL_OUTCOME_UNKNOWN
        assert bench.calls("CreateTerminal") == 1
        assert bench.till.terminals.known == ()


@LIVE
async def test_t2_an_alias_that_exists_is_added_not_created_again(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(
        tmp_path / "a", sandbox, clock, terminal="", role=Role.ADMINISTRATOR
    ) as one:
        made = await one.till.terminals.create(NEW)
    async with open_bench(
        tmp_path / "b", sandbox, clock, terminal="", role=Role.ADMINISTRATOR
    ) as other:
        added = await other.till.terminals.create(NEW)
        assert added.info.id == made.info.id
        assert other.calls("CreateTerminal") == 1


@LIVE
async def test_t3_another_alias_or_name_in_the_answer_is_no_error(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, terminal="", role=Role.ADMINISTRATOR) as bench:
        text = '{"id":45,"name":"Совсем другое","alias":"9:9","link":"https://pay.invoice.su/T45"}'
        bench.fault("GetTerminal", Fault.RAW, text=text)
        added = await bench.till.terminals.add("1:2")
        assert (added.info.id, added.name) == ("45", "Совсем другое")


@LIVE
async def test_t3_an_answer_without_an_id_is_refused(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, terminal="", role=Role.ADMINISTRATOR) as bench:
        bench.fault("GetTerminal", Fault.RAW, text='{"id":"","name":"Пусто"}')
        with pytest.raises(CashierError) as caught:
            await bench.till.terminals.add("1:2")
        assert caught.value.failure is Failure.UNREADABLE_ANSWER


@LIVE
async def test_t4_a_terminal_that_the_gateway_lost_is_marked_and_never_made_again(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, role=Role.ADMINISTRATOR) as bench:
        terminal = bench.till.terminals.known[0]
        sandbox.gateway.terminals.clear()
        checked = await bench.till.terminals.check(terminal.key)
        assert checked.state is TerminalState.NOT_FOUND
        assert bench.calls("CreateTerminal") == 1
        saved = await bench.type_receipt()
        view = await bench.till.sales.charge(saved.id)
        assert view.payment.refusal_code == 3


@LIVE
async def test_what_is_not_there_is_said_to_be_not_there(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, terminal="", role=Role.ADMINISTRATOR) as bench:
        with pytest.raises(CashierError) as caught:
            await bench.till.terminals.add("1:8")
        assert caught.value.failure is Failure.TERMINAL_NOT_FOUND
        with pytest.raises(CashierError) as caught:
            await bench.till.terminals.add("   ")
        assert caught.value.failure is Failure.FIELD_INVALID
        assert (await bench.till.terminals.look_up("1:8")).info is None


@LIVE
async def test_names_and_choices_are_this_tills_own_and_survive(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, role=Role.ADMINISTRATOR) as bench:
        first = bench.till.terminals.known[0]
        second = await bench.till.terminals.create(NEW)
        await bench.till.terminals.rename(second.key, "Кофейня")
        await bench.till.terminals.make_default(second.key)
    async with open_bench(tmp_path, sandbox, clock, role=Role.ADMINISTRATOR) as bench:
        chosen = bench.till.terminals.chosen
        assert chosen is not None
        assert (chosen.key, chosen.name) == (second.key, "Кофейня")
        assert (await bench.till.terminals.choose(first.key)).key == first.key
        assert (await bench.charge()).payment.terminal_id == first.info.id


@LIVE
async def test_a_terminal_with_a_live_payment_is_not_forgotten(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, role=Role.ADMINISTRATOR) as bench:
        view = await bench.charge()
        key = bench.till.terminals.known[0].key
        with pytest.raises(CashierError) as caught:
            await bench.till.terminals.forget(key)
        assert caught.value.failure is Failure.TERMINAL_IN_USE
        await bench.till.sales.cancel(view.payment.id)
        await bench.till.terminals.forget(key)
        assert bench.till.terminals.chosen is None


@LIVE
async def test_at_rest_the_chosen_terminal_is_asked_for_once_a_minute(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, role=Role.ADMINISTRATOR) as bench:
        before = bench.calls("GetTerminal")
        await bench.pass_time(300)
        assert 4 <= bench.calls("GetTerminal") - before <= 5
