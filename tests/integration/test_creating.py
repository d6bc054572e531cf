"""Creating a payment when something goes wrong (rows G16-G21, G28, P1-P13)."""

from __future__ import annotations

import socket
from pathlib import Path

import anyio
import pytest

from cashier.domain.failure import CashierError, Failure
from cashier.domain.money import Currency, Money
from cashier.domain.payment import Payment, PaymentState
from cashier.domain.receipt import Discount, Receipt
from cashier.domain.saved_receipt import ReceiptState
from cashier.domain.staff import Role
from cashier.domain.terminal import NewTerminal
from cashier.gateway.deadlines import Deadlines, Limit
from cashier.sandbox.faults import Fault
from cashier.sandbox.server import SandboxServer
from cashier.services.health import Link
from tests.till_bench import Bench, open_bench
from tests.virtual_clock import VirtualClock

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("sandbox", ["live"], indirect=True)]

QUICK = Deadlines(
    reading=Limit(1, 1, 0.4, 0.5),
    create_payment=Limit(1, 1, 0.4, 0.5),
    close_payment=Limit(1, 1, 0.4, 0.5),
    create_terminal=Limit(1, 1, 0.4, 0.5),
)


async def failing(bench: Bench, receipt_id: str) -> CashierError:
    with pytest.raises(CashierError) as caught:
        await bench.do(bench.till.sales.charge(receipt_id))
    return caught.value


async def test_p1_two_presses_make_one_payment(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        saved = await bench.type_receipt()
        failures: list[CashierError] = []

        async def press() -> None:
            try:
                await bench.till.sales.charge(saved.id)
            except CashierError as error:
                failures.append(error)

        async with anyio.create_task_group() as presses:
            presses.start_soon(press)
            presses.start_soon(press)
        assert [error.failure for error in failures] == [Failure.RECEIPT_HAS_PAYMENT]
        assert bench.calls("CreatePayment") == 1


async def test_p2_g16_nothing_left_is_sent_again_twice_with_the_same_order_id(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        saved = await bench.type_receipt()
        sandbox.stop()
        view = await bench.do(bench.till.sales.charge(saved.id))
        assert view.payment.state is PaymentState.PREPARED
        sends = await bench.journal.read(lambda reader: reader.events(view.payment.id))
        states = [event.facts.get("to") for event in sends]
        assert states.count("SENDING") == 3
        sandbox.start()
        sent = await bench.till.sales.send(view.payment.id)
        assert sent.payment.state is PaymentState.OPEN
        assert sent.payment.order_id == view.payment.order_id
        assert bench.calls("CreatePayment") == 1


async def test_p2_a_payment_that_was_not_sent_can_be_withdrawn_and_its_receipt_taken_back(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        saved = await bench.type_receipt()
        sandbox.stop()
        view = await bench.do(bench.till.sales.charge(saved.id))
        await bench.till.sales.withdraw(view.payment.id)
        back = await bench.till.sales.back_to_receipt(view.payment.id)
        assert back.state is ReceiptState.DRAFT
        assert back.receipt == saved.receipt
        sandbox.start()
        again = await bench.till.sales.charge(back.id)
        assert again.payment.attempt == 2
        assert again.payment.receipt_number == view.payment.receipt_number


async def test_g17_a_refused_key_stops_sending_and_is_asked_again_once_a_minute(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        waiting = await bench.charge()
        sandbox.gateway.api_key = "f" * 32
        await bench.pass_time(3)
        assert bench.link() is Link.KEY_REFUSED
        saved = await bench.type_receipt(("Хлеб", "64.50", "1"))
        assert (await failing(bench, saved.id)).failure is Failure.KEY_REFUSED
        before = bench.calls("GetPayment")
        await bench.pass_time(59)
        assert bench.calls("GetPayment") - before <= 1
        sandbox.gateway.api_key = "1526fec01b5d11f4df4f2160627ce351"
        await bench.pass_time(70)
        assert bench.link() is Link.CONNECTED
        assert await bench.state(waiting.payment.id) is PaymentState.OPEN
        assert (await bench.till.sales.charge(saved.id)).payment.state is PaymentState.OPEN


@pytest.mark.parametrize(
    "fault", [Fault.STATUS_500, Fault.HTML, Fault.EMPTY, Fault.CUT_BODY, Fault.BAD_JSON]
)
async def test_g18_g21_an_unreadable_answer_is_unknown_and_then_found(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock, fault: Fault
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        bench.fault("CreatePayment", fault, execute=True)
        view = await bench.charge()
        assert view.payment.state is PaymentState.UNKNOWN
        await bench.pass_time(2)
        assert await bench.state(view.payment.id) is PaymentState.OPEN
        assert bench.calls("CreatePayment") == 1
        answers = await bench.journal.read(lambda reader: reader.answers(view.payment.id))
        assert answers[0].call == "CreatePayment"


@pytest.mark.parametrize("status", [200, 400])
async def test_g19_g20_a_readable_refusal_is_final_whatever_its_http_status(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock, status: int
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        bench.fault("CreatePayment", Fault.ERROR, value=3, text="нет терминала", status=status)
        view = await bench.charge()
        assert view.payment.state is PaymentState.REFUSED
        assert view.payment.refusal_code == 3
        assert view.payment.refusal_text == "нет терминала"
        back = await bench.till.sales.back_to_receipt(view.payment.id)
        again = await bench.till.sales.charge(back.id)
        assert again.payment.state is PaymentState.OPEN


async def test_g23_a_dripping_answer_is_unknown_at_the_total_deadline(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, limits=QUICK) as bench:
        bench.fault("CreatePayment", Fault.DRIP, seconds=0.05)
        view = await bench.charge()
        assert view.payment.state is PaymentState.UNKNOWN


async def test_g28_open_payments_are_counted_and_carry_their_merchant_and_address(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        assert await bench.till.open_payments() == 0
        view = await bench.charge()
        assert await bench.till.open_payments() == 1
        assert view.payment.base_url == sandbox.base_url
        assert view.payment.merchant_id == sandbox.gateway.merchant_id
        await bench.till.sales.cancel(view.payment.id)
        assert await bench.till.open_payments() == 0


async def test_p4_not_found_right_after_is_no_proof(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        bench.fault("CreatePayment", Fault.DROP_AFTER)
        bench.fault("GetPaymentByOrder", Fault.ERROR, value=7, times=3)
        view = await bench.charge()
        await bench.pass_time(10)
        assert await bench.state(view.payment.id) is PaymentState.UNKNOWN
        await bench.pass_time(6)
        assert await bench.state(view.payment.id) is PaymentState.OPEN


async def test_p5_created_late_by_a_queued_request_is_found_and_closed(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        bench.fault("CreatePayment", Fault.DROP_AFTER)
        bench.fault("GetPaymentByOrder", Fault.ERROR, value=7, times=5)
        view = await bench.charge()
        await bench.pass_time(31)
        assert await bench.state(view.payment.id) is PaymentState.ABANDONED
        await bench.pass_time(80)
        assert await bench.state(view.payment.id) is PaymentState.CLOSED
        assert sandbox.gateway.payments()[0].status.value == "closed"


async def test_p5_one_that_is_found_while_the_next_qr_waits_is_closed_all_the_same(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        bench.fault("CreatePayment", Fault.DROP_AFTER)
        bench.fault("GetPaymentByOrder", Fault.ERROR, value=7, times=6)
        view = await bench.charge()
        await bench.pass_time(31)
        assert await bench.state(view.payment.id) is PaymentState.ABANDONED
        again = await bench.do(bench.till.sales.charge(view.receipt.id))
        assert again.payment.state is PaymentState.OPEN
        await bench.pass_time(80)
        assert [one.status.value for one in sandbox.gateway.payments()] == ["closed", "init"]
        assert await bench.state(again.payment.id) is PaymentState.OPEN
        assert await bench.state(view.payment.id) is PaymentState.ABANDONED
        sandbox.gateway.pay(again.payment.payment_id)
        await bench.pass_time(20)
        assert await bench.state(again.payment.id) is PaymentState.PAID


async def given_up(bench: Bench) -> Payment:
    """A create whose answer is lost and which the gateway denies for half a minute."""
    bench.fault("CreatePayment", Fault.DROP_AFTER)
    bench.fault("GetPaymentByOrder", Fault.ERROR, value=7, times=5)
    view = await bench.charge(("Кофе", "100.00", "1"))
    await bench.pass_time(31)
    assert await bench.state(view.payment.id) is PaymentState.ABANDONED
    return view.payment


async def test_p5_money_for_one_given_up_settles_no_receipt_that_was_taken_back(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        first = await given_up(bench)
        back = await bench.till.sales.back_to_receipt(first.id)
        await bench.till.receipts.save(
            back, back.receipt.without(1).add("Телевизор", Money.of("50000"))
        )
        number = sandbox.gateway.payments()[0].id
        sandbox.gateway.start(number)
        await bench.pass_time(70)
        sandbox.gateway.pay(number)
        await bench.pass_time(70)
        assert await bench.state(first.id) is PaymentState.LATE_PAID
        receipt = await bench.journal.read(lambda r: r.receipt(first.receipt_id))
        assert receipt.state is ReceiptState.DRAFT


async def test_p5_one_given_up_that_is_paid_beside_the_paid_next_one_is_late_and_a_task(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        first = await given_up(bench)
        bench.fault("GetPaymentByOrder", Fault.ERROR, value=7, times=2)
        second = await bench.do(bench.till.sales.charge(first.receipt_id))
        sandbox.gateway.pay(second.payment.payment_id)
        await bench.do(bench.till.sales.check(second.payment.id))
        assert await bench.state(second.payment.id) is PaymentState.PAID
        number = next(
            one.id for one in sandbox.gateway.payments() if one.order_id == first.order_id
        )
        sandbox.gateway.start(number)
        await bench.pass_time(200)
        sandbox.gateway.pay(number)
        await bench.pass_time(200)
        assert await bench.state(first.id) is PaymentState.LATE_PAID
        assert [task.payment.id for task in bench.view.tasks] == [first.id]


async def test_p5_an_unknown_payment_whose_look_ups_stay_unanswered_stays_unknown(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        bench.fault("CreatePayment", Fault.DROP_BEFORE)
        bench.fault("GetPaymentByOrder", Fault.STATUS_500, times=1000)
        view = await bench.charge()
        await bench.pass_time(600)
        assert await bench.state(view.payment.id) is PaymentState.UNKNOWN
        assert (await failing(bench, view.receipt.id)).failure is Failure.RECEIPT_HAS_PAYMENT


async def test_p5_five_answers_are_needed_not_five_questions(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        bench.fault("CreatePayment", Fault.DROP_BEFORE)
        bench.fault("GetPaymentByOrder", Fault.STATUS_500, times=4)
        view = await bench.charge()
        await bench.pass_time(89)
        assert await bench.state(view.payment.id) is PaymentState.UNKNOWN
        await bench.pass_time(2)
        assert await bench.state(view.payment.id) is PaymentState.ABANDONED


async def test_p5_a_look_up_by_hand_does_not_hurry_the_five_along(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        bench.fault("CreatePayment", Fault.DROP_BEFORE)
        view = await bench.charge()
        for _ in range(6):
            await bench.do(bench.till.sales.check(view.payment.id))
        assert bench.calls("GetPaymentByOrder") >= 6
        assert await bench.state(view.payment.id) is PaymentState.UNKNOWN
        await bench.pass_time(31)
        assert await bench.state(view.payment.id) is PaymentState.ABANDONED


async def test_p5_a_payment_whose_qr_was_shown_is_never_given_up_by_the_till(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        bench.fault("CreatePayment", Fault.DROP_BEFORE)
        view = await bench.charge()
        await bench.till.sales.qr_shown(view.payment.id)
        await bench.pass_time(120)
        assert bench.calls("GetPaymentByOrder") > 5
        assert await bench.state(view.payment.id) is PaymentState.UNKNOWN


@pytest.mark.parametrize("fault", [Fault.WRONG_AMOUNT, Fault.WRONG_CURRENCY])
async def test_p6_a_look_up_with_another_sum_is_quarantined(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock, fault: Fault
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        bench.fault("CreatePayment", Fault.DROP_AFTER)
        bench.fault("GetPaymentByOrder", fault)
        bench.fault("ClosePayment", Fault.ERROR, value=11, times=3)
        view = await bench.charge()
        await bench.pass_time(2)
        payment = await bench.payment(view.payment.id)
        assert payment.state is PaymentState.QUARANTINE
        assert payment.mismatch
        assert [task.payment.id for task in bench.view.tasks] == [payment.id]


async def test_p6_one_found_with_another_sum_is_closed_by_the_number_it_was_found_with(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        bench.fault("CreatePayment", Fault.DROP_AFTER)
        bench.fault("GetPaymentByOrder", Fault.WRONG_AMOUNT, times=1000)
        view = await bench.charge()
        await bench.pass_time(120)
        [made] = sandbox.gateway.payments()
        payment = await bench.payment(view.payment.id)
        assert payment.payment_id == made.id
        assert payment.state is PaymentState.CLOSED
        assert made.status.value == "closed"


@pytest.mark.parametrize("fault", [Fault.WRONG_AMOUNT, Fault.WRONG_CURRENCY])
async def test_p8_another_sum_in_the_answer_is_closed_and_never_shown(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock, fault: Fault
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        bench.fault("CreatePayment", fault)
        view = await bench.charge()
        assert view.payment.url_shown_at is None
        assert bench.calls("ClosePayment") == 1
        await bench.pass_time(70)
        assert await bench.state(view.payment.id) is PaymentState.CLOSED


async def test_p9_an_answer_about_another_order_is_never_taken_for_ours(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        bench.fault("CreatePayment", Fault.WRONG_ORDER)
        view = await bench.charge()
        assert view.payment.state in (PaymentState.QUARANTINE, PaymentState.CLOSED)
        assert "order_id" in view.payment.mismatch
        await bench.pass_time(200)
        assert await bench.state(view.payment.id) is PaymentState.CLOSED


async def test_p9_the_number_of_another_of_our_payments_is_never_taken_for_a_new_one(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        first = await bench.charge()
        bench.fault("CreatePayment", Fault.WRONG_ID, value=first.payment.payment_id)
        second = await bench.charge(("Хлеб", "64.50", "1"))
        assert second.payment.url_shown_at is None
        assert second.payment.payment_id != first.payment.payment_id
        assert "id" in second.payment.mismatch
        assert await bench.state(first.payment.id) is PaymentState.OPEN


async def test_p9_a_look_up_that_names_another_of_our_payments_is_thrown_away(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        first = await bench.charge()
        bench.fault("CreatePayment", Fault.DROP_AFTER)
        bench.fault("GetPaymentByOrder", Fault.WRONG_ID, value=first.payment.payment_id)
        second = await bench.charge(("Хлеб", "64.50", "1"))
        await bench.pass_time(1.5)
        assert await bench.state(second.payment.id) is PaymentState.UNKNOWN
        assert bench.view.trouble is None
        await bench.pass_time(3)
        found = await bench.payment(second.payment.id)
        assert found.state is PaymentState.OPEN
        assert found.payment_id != first.payment.payment_id


async def test_p10_a_duplicate_transaction_is_looked_up(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        text = "[3, -21] Duplicate transaction"
        bench.fault("CreatePayment", Fault.ERROR, value=99, text=text, execute=True)
        view = await bench.charge()
        assert view.payment.state is PaymentState.UNKNOWN
        await bench.pass_time(2)
        assert await bench.state(view.payment.id) is PaymentState.OPEN


async def test_p11_a_foreign_payment_page_is_never_shown_and_closed(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        bench.fault("CreatePayment", Fault.BAD_URL, value="https://evil.example/P1")
        view = await bench.charge()
        assert view.payment.state in (PaymentState.QUARANTINE, PaymentState.CLOSED)
        assert "payment_url" in view.payment.mismatch
        assert "evil" not in view.payment.payment_url
        await bench.pass_time(70)
        assert await bench.state(view.payment.id) is PaymentState.CLOSED


async def test_p12_paid_in_the_first_answer_is_believed_after_a_second_read(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        bench.fault("CreatePayment", Fault.UNKNOWN_STATUS, value="successful")
        view = await bench.charge()
        assert view.payment.state is PaymentState.OPEN
        assert bench.calls("GetPayment") == 1
        sandbox.gateway.pay(view.payment.payment_id)
        await bench.pass_time(3)
        assert await bench.state(view.payment.id) is PaymentState.PAID


async def test_p13_what_cannot_be_paid_is_refused_before_anything_is_written_or_sent(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        draft = await bench.till.receipts.draft()
        empty = await bench.till.receipts.save(draft, draft.receipt)
        assert (await failing(bench, empty.id)).failure is Failure.RECEIPT_EMPTY
        free = draft.receipt.add("Подарок", Money(0))
        await bench.till.receipts.save(draft, free)
        assert (await failing(bench, draft.id)).failure is Failure.RECEIPT_ZERO
        dear = draft.receipt.add("Слиток", Money(100_000_001))
        await bench.till.receipts.save(draft, dear)
        assert (await failing(bench, draft.id)).failure is Failure.SUM_OVER_LIMIT
        assert bench.calls("CreatePayment") == 0
        assert await bench.journal.read(lambda reader: reader.attempts(draft.id)) == []


async def test_p13_discounts_and_fractions_reach_the_gateway_to_the_kopeck(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        saved = await bench.type_receipt(
            ("Сыр, весовой", "749.00", "0.486"), ("Кофе", "1290.00", "1"), ("Пакет", "9.00", "3")
        )
        receipt = saved.receipt.with_line_discount(2, Discount(percent=1000))
        receipt = receipt.with_discount(Discount(percent=333))
        saved = await bench.till.receipts.save(saved, receipt)
        view = await bench.till.sales.charge(saved.id)
        made = sandbox.gateway.payments()[-1]
        assert made.amount == view.payment.amount.minor == receipt.amount.minor
        assert sum(line.total or 0 for line in made.lines) == made.amount


async def test_no_terminal_and_another_currency_are_refused(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, terminal="", role=Role.ADMINISTRATOR) as bench:
        saved = await bench.type_receipt()
        assert (await failing(bench, saved.id)).failure is Failure.NO_TERMINAL
        euro = await bench.till.receipts.save(
            await bench.till.receipts.draft(),
            Receipt(Currency.EUR).add("Magnet", Money(500, Currency.EUR)),
        )
        await bench.till.terminals.create(NewTerminal(name="Касса", alias="1:2"))
        assert (await failing(bench, euro.id)).failure is Failure.CURRENCY_MIXED


async def test_a_charge_goes_on_when_the_screen_that_asked_is_gone(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        saved = await bench.type_receipt()
        bench.fault("CreatePayment", Fault.DELAY, seconds=0.2)
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(bench.till.sales.charge, saved.id)
            await bench.until(lambda view: bool(view.payments))
            tasks.cancel_scope.cancel()
        view = await bench.until(lambda view: view.payments[0].payment.state is PaymentState.OPEN)
        assert view.payments[0].payment.payment_url


async def test_a_port_that_nobody_listens_on_is_no_link(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/api/v2"
        async with open_bench(
            tmp_path, sandbox, clock, terminal="", role=Role.ADMINISTRATOR, base_url=url
        ) as bench:
            with pytest.raises(CashierError) as caught:
                await bench.till.terminals.add("1:2")
            assert caught.value.failure is Failure.NO_LINK
