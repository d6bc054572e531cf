"""The life of payments and refunds: expiry, closing while the payer pays, budgets, late money."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from cashier.sandbox.values import RefundMode
from tests.sandbox_probe import HandClock, Probe, sandbox


@pytest.fixture(scope="module")
def spec_server() -> Iterator[Probe]:
    with sandbox("spec", clock=HandClock()) as probe:
        yield probe


@pytest.fixture(scope="module")
def live_server() -> Iterator[Probe]:
    with sandbox("live", clock=HandClock()) as probe:
        yield probe


@pytest.fixture
def spec(spec_server: Probe) -> Probe:
    return spec_server.renew()


@pytest.fixture
def live(live_server: Probe) -> Probe:
    return live_server.renew()


@pytest.fixture(params=["spec", "live"])
def either(request: pytest.FixtureRequest) -> Probe:
    probe: Probe = request.getfixturevalue(request.param)
    return probe


@pytest.fixture
def clock(either: Probe) -> HandClock:
    assert isinstance(either.gateway.clock, HandClock)
    return either.gateway.clock


def word(probe: Probe, live: str, spec: str) -> str:
    return live if probe.gateway.profile == "live" else spec


def status(probe: Probe, payment_id: str) -> object:
    return probe.call("GetPayment", {"id": payment_id})["status"]


def test_an_order_id_is_taken_for_ever(either: Probe) -> None:
    body = either.bill(100)
    first = either.call("CreatePayment", body)
    either.call("ClosePayment", {"id": first["id"]})

    answer = either.call("CreatePayment", body)

    assert "order.id" in answer["additions"]
    assert len(either.gateway.payments()) == 1


def test_an_unpaid_bill_expires_at_its_moment(either: Probe, clock: HandClock) -> None:
    payment_id = either.payment()["id"]

    clock.advance(20 * 60 - 0.001)
    assert status(either, payment_id) == "init"
    clock.advance(0.001)
    answer = either.call("GetPayment", {"id": payment_id})

    assert answer["status"] == word(either, "expired", "fail")
    assert answer["update_date"] == answer["expire_date"]
    assert either.call("ClosePayment", {"id": payment_id})["error"] == 10


def test_a_payer_who_has_begun_may_finish_after_the_expiry(either: Probe, clock: HandClock) -> None:
    payment_id = either.payment()["id"]
    clock.advance(20 * 60 - 1)
    either.gateway.start(payment_id)
    clock.advance(60)

    assert status(either, payment_id) == word(either, "process", "init")
    either.gateway.pay(payment_id)
    assert status(either, payment_id) == "successful"


def test_a_payer_who_has_begun_and_gone_away_expires_in_the_end(
    either: Probe, clock: HandClock
) -> None:
    payment_id = either.payment()["id"]
    either.gateway.start(payment_id)
    clock.advance(25 * 60)

    assert status(either, payment_id) == word(either, "expired", "fail")


def test_a_bill_without_a_lifetime_says_so_as_the_guides_examples_do(
    either: Probe, clock: HandClock
) -> None:
    either.control.post("/lifetime", json={})
    made = either.payment()
    clock.advance(10**7)

    assert made["expire_date"] == made["create_date"]
    assert status(either, made["id"]) == "init"


def test_a_waiting_bill_is_closed(either: Probe) -> None:
    payment_id = either.payment()["id"]

    answer = either.call("ClosePayment", {"id": payment_id})

    assert answer["status"] == word(either, "closed", "init")  # the guide's example says init
    assert status(either, payment_id) == "closed"
    assert "error" not in either.call("ClosePayment", {"id": payment_id})


def test_a_bill_is_not_closed_once_the_payer_has_begun(either: Probe) -> None:
    payment_id = either.payment()["id"]
    either.gateway.start(payment_id)

    assert either.call("ClosePayment", {"id": payment_id})["error"] == 11
    assert status(either, payment_id) == word(either, "process", "init")


def test_a_payer_who_steps_back_lets_the_bill_be_closed(either: Probe) -> None:
    payment_id = either.payment()["id"]
    either.gateway.start(payment_id)
    either.gateway.leave(payment_id)

    assert "error" not in either.call("ClosePayment", {"id": payment_id})
    assert status(either, payment_id) == "closed"


def test_a_paid_bill_is_not_closed(either: Probe) -> None:
    payment_id = either.paid()

    assert either.call("ClosePayment", {"id": payment_id})["error"] == 9
    assert status(either, payment_id) == "successful"


def test_a_declined_bill_is_not_closed(either: Probe) -> None:
    payment_id = either.payment()["id"]
    either.gateway.decline(payment_id, (2, 51))

    assert either.call("ClosePayment", {"id": payment_id})["error"] == 10
    answer = either.call("GetPayment", {"id": payment_id})
    assert answer["status"] == word(either, "error", "fail")
    assert answer["status_description"] == "[2, 51] Not sufficient funds"


def test_closing_and_paying_at_the_same_moment_end_in_one_of_the_two(live: Probe) -> None:
    for _ in range(20):
        payment_id = live.payment()["id"]
        together = threading.Barrier(2)

        def begin(payment_id: str = payment_id, together: threading.Barrier = together) -> None:
            together.wait()
            live.gateway.start(payment_id)

        payer = threading.Thread(target=begin)
        payer.start()
        together.wait()
        answer = live.call("ClosePayment", {"id": payment_id})
        payer.join()

        expected = "process" if answer.get("error") == 11 else "closed"
        assert status(live, payment_id) == expected


@pytest.mark.parametrize("ending", ["decline", "expire", "close"])
def test_money_may_arrive_after_the_end(either: Probe, ending: str) -> None:
    payment_id = either.payment()["id"]
    if ending == "close":
        either.call("ClosePayment", {"id": payment_id})
    else:
        either.control.post(f"/payments/{payment_id}/{ending}")

    either.control.post(f"/payments/{payment_id}/pay", json={"method": "sbp"})

    assert status(either, payment_id) == "successful"


@pytest.mark.parametrize("late", ["decline", "expire", "start", "leave"])
def test_nothing_unpays_a_payment(either: Probe, late: str) -> None:
    payment_id = either.paid()

    either.control.post(f"/payments/{payment_id}/{late}")

    assert status(either, payment_id) == "successful"


def test_refunds_never_exceed_what_was_paid(either: Probe) -> None:
    payment_id = either.paid(100)

    assert "error" not in either.refund(payment_id, 60)
    assert either.refund(payment_id, 40.01)["error"] == 2
    assert "error" not in either.refund(payment_id, 40)
    assert either.refund(payment_id, 0.01)["error"] == 2
    assert status(either, payment_id) == "successful"


def test_refunds_at_the_same_moment_never_exceed_what_was_paid(live: Probe) -> None:
    payment_id = live.paid(100)
    together = threading.Barrier(4)

    def take() -> None:
        together.wait()
        live.refund(payment_id, 60)

    takers = [threading.Thread(target=take) for _ in range(4)]
    for taker in takers:
        taker.start()
    for taker in takers:
        taker.join()

    assert sum(refund.amount for refund in live.gateway.refunds.all()) == 60_00


def test_what_was_not_paid_is_not_refunded(either: Probe) -> None:
    assert either.refund(either.payment()["id"], 10)["error"] == 2


def test_a_pending_refund_holds_its_sum_until_it_fails(either: Probe) -> None:
    either.control.post("/refunds/mode", json={"mode": "delayed"})
    payment_id = either.paid(100)
    pending = either.refund(payment_id, 70)

    assert pending["status"] == "init"
    assert either.refund(payment_id, 40)["error"] == 2

    either.control.post(f"/refunds/{pending['id']}/finish", json={"result": "fail"})
    answer = either.call("GetRefund", {"id": pending["id"]})
    assert answer["status"] == word(either, "error", "fail")
    assert either.refund(payment_id, 100)["status"] == "init"


@pytest.mark.parametrize(
    ("result", "live_word", "spec_word"),
    [("successful", "successful", "successful"), ("fail", "error", "fail")],
)
def test_a_delayed_refund_ends_by_the_clock(
    either: Probe, clock: HandClock, result: str, live_word: str, spec_word: str
) -> None:
    mode = {"mode": "delayed", "result": result, "after": 90}
    either.control.post("/refunds/mode", json=mode)
    refund_id = either.refund(either.paid(100), 50)["id"]

    clock.advance(89)
    assert either.call("GetRefund", {"id": refund_id})["status"] == "init"
    clock.advance(1)
    ended = either.call("GetRefund", {"id": refund_id})

    assert ended["status"] == word(either, live_word, spec_word)


def test_a_refund_may_be_declined_in_its_first_answer(live: Probe) -> None:
    live.gateway.refunds.set_mode(RefundMode(succeeds=False))

    answer = live.refund(live.paid(100), 50)

    assert answer["status"] == "error"
    assert answer["status_description"] == "[2, 5] Transaction declined"


def test_a_failed_refund_may_succeed_after_all(either: Probe) -> None:
    either.control.post("/refunds/mode", json={"result": "fail"})
    refund_id = either.refund(either.paid(100), 50)["id"]

    either.control.post(f"/refunds/{refund_id}/finish", json={"result": "successful"})

    assert either.call("GetRefund", {"id": refund_id})["status"] == "successful"


def test_a_vanished_terminal_makes_no_bills(either: Probe) -> None:
    terminal = either.terminal()
    either.control.delete(f"/terminals/{terminal}")

    assert either.payment(terminal=terminal)["error"] == 3
