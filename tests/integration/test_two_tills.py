"""Several tills on one journal: what one does, the other knows (rows G26, R29, W13)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import anyio
import pytest

from cashier.domain.failure import CashierError, Failure
from cashier.domain.history import HistoryQuery
from cashier.domain.money import Money
from cashier.domain.payment import Decision, PaymentState
from cashier.domain.refund import RefundState
from cashier.domain.staff import Right, Role
from cashier.domain.terminal import NewTerminal
from cashier.journal.reader import Reader
from cashier.sandbox.faults import Fault
from cashier.sandbox.server import SandboxServer
from tests.integration.postgres_proxy import PostgresProxy, postgres_proxy
from tests.integration.postgres_server import PostgresServer
from tests.integration.two_tills import REASON, late_money, refund_sum, sold, two_tills
from tests.till_bench import Bench
from tests.virtual_clock import START, VirtualClock

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("sandbox", ["live"], indirect=True)]

NEWS = 2.5
"""Seconds after which a till has heard of what another did."""


@pytest.fixture
async def tills(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock, postgres: PostgresServer
) -> AsyncIterator[tuple[Bench, Bench]]:
    url = postgres.database()
    async with two_tills(tmp_path, sandbox, clock, urls=(url, url)) as both:
        yield both


async def refund_state(bench: Bench, refund_id: str) -> RefundState:
    refund = await bench.journal.read(lambda reader: reader.refund(refund_id))
    return refund.state


async def test_a_manager_at_till_2_finds_and_refunds_a_sale_of_till_1(
    tills: tuple[Bench, Bench],
) -> None:
    one, two = tills
    payment_id = await sold(one, ("Чай", "100.00", "3"), ("Кофе", "50.50", "1"))
    query = HistoryQuery(since=START.replace(hour=0), until=START.replace(hour=23), text="кофе")
    page = await two.till.history.search(query, offset=0, limit=10)
    assert [row.payment.id for row in page.rows] == [payment_id]
    form = await two.till.refunds.open(payment_id)
    assert form.left == Money.of("350.50")
    back = await refund_sum(two, payment_id, "300.50")
    assert back.refund.state is RefundState.SUCCEEDED
    with pytest.raises(CashierError) as caught:
        await refund_sum(one, payment_id, "50.01")
    assert caught.value.failure is Failure.REFUND_OVER_BUDGET
    await refund_sum(one, payment_id, "50")
    assert two.calls("CreateRefund") == 2


async def test_a_refund_at_another_till_ends_the_red_task_without_a_restart(
    tills: tuple[Bench, Bench],
) -> None:
    one, two = tills
    payment_id = await late_money(one)
    assert [task.payment.id for task in one.view.tasks] == [payment_id]
    await refund_sum(two, payment_id, "100")
    await one.pass_time(NEWS)
    assert one.view.tasks == ()
    assert (await one.payment(payment_id)).decision is Decision.REFUNDED


async def test_an_unknown_refund_that_is_decided_at_another_till_is_no_task_any_more(
    tills: tuple[Bench, Bench],
) -> None:
    one, two = tills
    payment_id = await sold(one)
    one.fault("CreateRefund", Fault.DROP_AFTER)
    unknown = await refund_sum(one, payment_id, "60")
    assert unknown.refund.state is RefundState.UNKNOWN
    (made,) = one.sandbox.gateway.refunds.all()
    await two.till.refund_decisions.resolve_found(
        unknown.refund.id, made.id, REASON, approval=await two.approve(Right.RESOLVE_REFUND)
    )
    assert [task.refund.id for task in one.view.refund_tasks] == [unknown.refund.id]
    await one.pass_time(NEWS)
    assert one.view.refund_tasks == ()


async def test_w13_a_decision_at_one_till_and_a_read_at_the_other_do_not_undo_each_other(
    tills: tuple[Bench, Bench],
) -> None:
    one, two = tills
    payment_id = await late_money(one)
    for _ in range(5):
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(one.till.sales.check, payment_id)
            tasks.start_soon(one.till.sales.result_seen, payment_id)
            if two.view.tasks == () and (await two.payment(payment_id)).decision is None:
                approval = await two.approve(Right.DECIDE_PAYMENT)
                restore = partial(two.till.decisions.restore_sale, approval=approval)
                tasks.start_soon(restore, payment_id, REASON)
            await one.pass_time(1.5)
    payment = await one.payment(payment_id)
    assert (payment.state, payment.decision) == (PaymentState.LATE_PAID, Decision.RESTORED)
    assert payment.is_result_seen


async def test_two_tills_that_refund_one_payment_at_once_never_give_back_more(
    tills: tuple[Bench, Bench],
) -> None:
    one, two = tills
    payment_id = await sold(one)
    failures: list[Failure] = []

    async def press(bench: Bench) -> None:
        try:
            await refund_sum(bench, payment_id, "60")
        except CashierError as error:
            failures.append(error.failure)

    async with anyio.create_task_group() as tasks:
        for bench in (one, two):
            tasks.start_soon(press, bench)
    assert len(failures) == 1
    assert failures[0] in (Failure.REFUND_UNSETTLED, Failure.REFUND_OVER_BUDGET)
    assert one.calls("CreateRefund") == 1


async def test_a_prepared_refund_is_sent_by_the_till_that_wrote_it_alone(
    tills: tuple[Bench, Bench],
) -> None:
    one, two = tills
    payment_id = await sold(one)
    one.sandbox.stop()
    prepared = await refund_sum(one, payment_id, "60")
    assert prepared.refund.state is RefundState.PREPARED
    with pytest.raises(CashierError) as caught:
        await two.till.refunds.send(prepared.refund.id, approval=await two.approve(Right.REFUND))
    assert caught.value.failure is Failure.NOT_ALLOWED
    assert await refund_state(one, prepared.refund.id) is RefundState.PREPARED


async def test_t2_two_tills_that_create_one_alias_at_once_make_one_terminal(
    tills: tuple[Bench, Bench],
) -> None:
    one, _ = tills
    before = one.calls("CreateTerminal")
    one.fault("CreateTerminal", Fault.DELAY_BEFORE, seconds=0.3)
    made: list[str] = []

    async def create(bench: Bench) -> None:
        await bench.sign_in(Role.ADMINISTRATOR)
        terminal = await bench.do(bench.till.terminals.create(NewTerminal("Зал", "1:77")))
        made.append(terminal.info.id)

    async with anyio.create_task_group() as tasks:
        for bench in tills:
            tasks.start_soon(create, bench)
    assert one.calls("CreateTerminal") - before == 1
    assert len(made) == 2
    assert len(set(made)) == 1


async def test_a_name_given_at_one_till_outlives_a_check_at_another(
    tills: tuple[Bench, Bench],
) -> None:
    one, two = tills
    await one.sign_in(Role.ADMINISTRATOR)
    key = one.till.terminals.known[0].key
    await two.till.terminals.load()
    await one.till.terminals.rename(key, "У входа")
    await two.till.terminals.check(key)
    assert two.till.terminals.known[0].own_name == "У входа"


async def test_wrong_pins_at_two_tills_at_once_all_count(tills: tuple[Bench, Bench]) -> None:
    one, two = tills
    people = await one.till.staff.people()
    victim = next(person for person in people if person.role is Role.SENIOR)

    async def guess(bench: Bench) -> None:
        for _ in range(2):
            with pytest.raises(CashierError):
                await bench.till.staff.sign_in(victim.id, "000000")

    async with anyio.create_task_group() as tasks:
        for bench in tills:
            tasks.start_soon(guess, bench)
    after = {person.id: person for person in await two.till.staff.people()}
    assert after[victim.id].wrong_pins == 4


class TestBehindAProxy:
    """Till 1 reaches the server through a proxy that a test cuts."""

    @pytest.fixture
    async def stand(
        self, tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock, postgres: PostgresServer
    ) -> AsyncIterator[tuple[Bench, Bench, PostgresProxy]]:
        url = postgres.database()
        with postgres_proxy(url) as proxy:
            async with two_tills(tmp_path, sandbox, clock, urls=(proxy.url, url)) as both:
                yield (*both, proxy)

    async def test_r29_without_the_server_nothing_is_sent_and_the_screen_says_why(
        self, stand: tuple[Bench, Bench, PostgresProxy]
    ) -> None:
        one, _, proxy = stand
        payment_id = await sold(one)
        draft = await one.type_receipt()
        approval = await one.approve(Right.REFUND)
        proxy.go_away()
        before = (one.calls("CreatePayment"), one.calls("CreateRefund"))
        for _ in range(2):
            with pytest.raises(CashierError) as caught:
                await one.till.sales.charge(draft.id)
            assert caught.value.failure is Failure.JOURNAL_AWAY
            with pytest.raises(CashierError) as caught:
                await one.till.refunds.refund_sum(
                    payment_id, Money.of("1"), REASON, approval=approval
                )
            assert caught.value.failure is Failure.JOURNAL_AWAY
        assert (one.calls("CreatePayment"), one.calls("CreateRefund")) == before
        await one.pass_time(NEWS)
        trouble = one.view.trouble
        assert trouble is not None
        assert trouble.failure is Failure.JOURNAL_AWAY
        proxy.come_back()
        await one.pass_time(NEWS)
        assert one.view.trouble is None
        view = await one.till.sales.charge(draft.id)
        assert view.payment.state is PaymentState.OPEN
        assert one.views[-1].trouble is None

    @pytest.mark.parametrize("stay_away", [False, True])
    @pytest.mark.parametrize("heard", [True, False])
    async def test_g26_a_sale_cut_off_at_any_commit_ends_paid_once(
        self, stand: tuple[Bench, Bench, PostgresProxy], heard: bool, stay_away: bool
    ) -> None:
        one, _, proxy = stand
        for after in range(4):
            draft = await one.type_receipt(("Чай", f"{after + 1}.00", "1"))
            proxy.cut(after=after, heard=heard, stay_away=stay_away)
            with anyio.fail_after(20):
                try:
                    await one.do(one.till.sales.charge(draft.id))
                except CashierError as error:
                    assert error.failure is Failure.JOURNAL_AWAY  # noqa: PT017  either end is right
                await one.pass_time(5)
            proxy.come_back()
            await one.pass_time(55)  # the look-ups of what may have been sent
            assert proxy.has_cut
            await self._end_paid(one, draft.id)

    async def _end_paid(self, bench: Bench, receipt_id: str) -> None:
        """Whatever is left of a sale is finished as a cashier would, and paid once."""
        attempts = await bench.journal.read(lambda reader: reader.attempts(receipt_id))
        live = [one for one in attempts if one.is_live]
        shown = {view.payment.id for view in bench.view.payments}
        assert {one.id for one in live} <= shown
        if live and live[0].state is PaymentState.PREPARED:
            await bench.do(bench.till.sales.send(live[0].id))
        elif not live:
            await bench.do(bench.till.sales.charge(receipt_id))
        attempts = await bench.journal.read(lambda reader: reader.attempts(receipt_id))
        (last,) = [one for one in attempts if one.is_live]
        assert last.state is PaymentState.OPEN
        bench.sandbox.gateway.pay(last.payment_id)
        await bench.do(bench.till.sales.check(last.id))
        assert await bench.state(last.id) is PaymentState.PAID
        paid = [one for one in attempts if one.id != last.id and one.state is PaymentState.PAID]
        assert paid == []

    @pytest.mark.parametrize("stay_away", [False, True])
    @pytest.mark.parametrize("heard", [True, False])
    async def test_g26_a_refund_cut_off_at_any_commit_is_never_sent_twice(
        self, stand: tuple[Bench, Bench, PostgresProxy], heard: bool, stay_away: bool
    ) -> None:
        one, _, proxy = stand
        for after in range(4):
            payment_id = await sold(one)
            approval = await one.approve(Right.REFUND)
            sent = one.calls("CreateRefund")
            proxy.cut(after=after, heard=heard, stay_away=stay_away)
            with anyio.fail_after(20):
                try:
                    await one.do(
                        one.till.refunds.refund_sum(
                            payment_id, Money.of("60"), REASON, approval=approval
                        )
                    )
                except CashierError as error:
                    assert error.failure is Failure.JOURNAL_AWAY  # noqa: PT017  either end is right
                await one.pass_time(5)
            proxy.come_back()
            await one.pass_time(10)
            assert proxy.has_cut
            assert one.calls("CreateRefund") - sent <= 1
            refunds = await one.journal.read(partial(Reader.refunds_of, payment_id=payment_id))
            assert len(refunds) <= 1
            states = {one.state for one in refunds}
            assert RefundState.SENDING not in states
            if one.calls("CreateRefund") > sent:
                # What left holds its sum: nobody gives the same money back again.
                assert states <= {RefundState.SUCCEEDED, RefundState.UNKNOWN}
                with pytest.raises(CashierError):
                    await refund_sum(one, payment_id, "60")
            waiting = {view.refund.id for view in one.view.refund_tasks}
            open_ones = {RefundState.PREPARED, RefundState.UNKNOWN}
            assert {one.id for one in refunds if one.state in open_ones} == waiting & {
                one.id for one in refunds
            }
