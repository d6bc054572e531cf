"""What the gateway remembers from one run to the next: payments, refunds, terminals, its port."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cashier.sandbox.memory import KEPT_PAYMENTS, Facts
from cashier.sandbox.server import SandboxServer
from cashier.sandbox.state import utc_now
from cashier.sandbox.values import RefundMode
from tests.sandbox_probe import HandClock, Probe

CARD = "5543735484626654"
DAY = 24 * 60 * 60


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "gateway.json"


@pytest.fixture(params=["live", "spec"])
def profile(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@contextmanager
def run(
    file: Path, profile: str = "live", *, clock: Callable[[], datetime] = utc_now, port: int = 0
) -> Iterator[Probe]:
    """One run of a gateway on the file, and a client of it."""
    with SandboxServer(profile, clock=clock, state_file=file, port=port) as server:
        probe = Probe(server)
        try:
            yield probe
        finally:
            probe.close()


def ask(probe: Probe, payment_id: object) -> dict[str, Any]:
    return probe.call("GetPayment", {"id": payment_id})


# Payments


def test_a_waiting_payment_is_paid_at_its_old_url_after_a_restart(file: Path, profile: str) -> None:
    with run(file, profile) as first:
        made = first.payment(99.9)

    with run(file, profile) as second:
        url = made["payment_url"]
        assert ask(second, made["id"]) == made
        assert "99,90" in second.web.get(url).text.replace("\u00a0", " ")
        second.web.post(url + "/card")
        second.web.post(url + "/details", data={"number": CARD, "expiry": "01/22", "cvc": "852"})
        second.web.post(url + "/code", data={"code": "123456"})
        assert ask(second, made["id"])["status"] == "successful"


def test_a_payer_goes_on_where_the_restart_met_him_and_no_card_number_is_kept(file: Path) -> None:
    with run(file) as first:
        made = first.payment(50)
        url = made["payment_url"]
        first.web.post(url + "/card")
        first.web.post(url + "/details", data={"number": CARD, "expiry": "01/22", "cvc": "852"})
        kept = file.read_text(encoding="utf-8")

    with run(file) as second:
        assert second.call("ClosePayment", {"id": made["id"]})["error"] == 11
        second.web.post(url + "/code", data={"code": "123456"})
        assert ask(second, made["id"])["payment_method"]["account"] == "554373******6654"
    assert "554373******6654" in kept
    assert CARD not in kept + file.read_text(encoding="utf-8")


def test_every_end_of_a_payment_stays_as_it_was(file: Path, profile: str) -> None:
    with run(file, profile) as first:
        made = [str(first.payment(100 + number)["id"]) for number in range(5)]
        first.gateway.pay(made[0], "sbp", bonuses=1)
        first.gateway.decline(made[1], (2, 51))
        first.call("ClosePayment", {"id": made[2]})
        first.gateway.expire(made[3])
        first.gateway.start(made[4])
        before = [ask(first, payment_id) for payment_id in made]
        facts = first.gateway.payments()

    with run(file, profile) as second:
        assert [ask(second, payment_id) for payment_id in made] == before
        assert second.gateway.payments() == facts


def test_a_payment_that_waited_too_long_while_the_gateway_was_away_has_expired(file: Path) -> None:
    clock = HandClock()
    with run(file, clock=clock) as first:
        made = first.payment(10)
    clock.advance(20 * 60)

    with run(file, clock=clock) as second:
        answer = ask(second, made["id"])

    assert answer["status"] == "expired"
    assert answer["update_date"] == made["expire_date"]


def test_an_order_id_of_an_earlier_run_stays_taken_and_is_found(file: Path, profile: str) -> None:
    with run(file, profile) as first:
        bill = first.bill(10)
        made = first.call("CreatePayment", bill)

    with run(file, profile) as second:
        assert second.call("GetPaymentByOrder", {"id": bill["order"]["id"]}) == made
        assert "order.id" in second.call("CreatePayment", bill)["additions"]


def test_strange_numbers_and_deep_values_come_back_exactly(file: Path) -> None:
    deep: object = 1
    for _ in range(90):
        deep = [deep]
    sent = {"big": 10**300, "deep": deep, "text": '\0"\u2028ё😀'}
    exact = '{"much": 1E+400, "little": -0.10, "long": 0.12345678901234567890123}'
    with run(file) as first:
        bill = first.bill(10) | {"custom_parameters": sent}
        made = first.call("CreatePayment", bill)
        body = json.dumps(first.bill(10) | {"custom_parameters": {"exact": "HERE"}})
        raw = first.http.post("/CreatePayment", content=body.replace('"HERE"', exact)).json(
            parse_float=Decimal
        )

    with run(file) as second:
        assert ask(second, made["id"])["custom_parameters"] == sent
        assert ask(second, raw["id"]) == raw
        assert str(ask(second, raw["id"])["custom_parameters"]["exact"]["little"]) == "-0.10"


@pytest.mark.parametrize("value", ['"\\ud800"', '{"\\udfff": 1}', "[" * 101 + "]" * 101])
def test_what_could_not_be_remembered_is_refused(file: Path, value: str) -> None:
    with run(file) as probe:
        body = json.dumps(probe.bill(10) | {"custom_parameters": {"a": "HERE"}})
        answer = probe.http.post("/CreatePayment", content=body.replace('"HERE"', value))

        assert "error" in answer.json()
        assert probe.gateway.payments() == ()
        assert probe.payment(10)["status"] == "init"


# Refunds and terminals


def test_refunds_and_their_limit_outlive_a_restart(file: Path, profile: str) -> None:
    with run(file, profile) as first:
        payment_id = first.paid(100)
        done = first.refund(payment_id, 30)
        first.gateway.refunds.set_mode(RefundMode(delayed=True))
        waiting = first.refund(payment_id, 50)

    with run(file, profile) as second:
        assert second.call("GetRefund", {"id": done["id"]}) == done
        assert second.call("GetRefund", {"id": waiting["id"]}) == waiting
        assert second.refund(payment_id, 20.01)["error"] == 2
        assert second.refund(payment_id, 20)["status"] == "successful"
        second.gateway.refunds.finish(waiting["id"], succeeds=False)
        assert second.gateway.refunds.left(payment_id) == 50_00


def test_a_delayed_refund_ends_at_its_moment_though_the_gateway_was_away(file: Path) -> None:
    clock = HandClock()
    with run(file, clock=clock) as first:
        payment_id = first.paid(100)
        first.gateway.refunds.set_mode(RefundMode(delayed=True, succeeds=False, after=60))
        refund = first.refund(payment_id, 30)
    assert refund["status"] == "init"
    clock.advance(60)

    with run(file, clock=clock) as second:
        assert second.call("GetRefund", {"id": refund["id"]})["status"] == "error"


def test_a_terminal_is_found_by_its_alias_and_keeps_its_link(file: Path, profile: str) -> None:
    with run(file, profile) as first:
        body = {"name": "Касса", "alias": "till-1", "defaultPrice": 99.9}
        made = first.call("CreateTerminal", body)
        bill = first.payment(10, terminal=str(made["id"]))

    with run(file, profile) as second:
        assert second.call("GetTerminal", {"alias": "till-1"}) == made
        assert "error" in second.call("CreateTerminal", body)
        followed = second.web.get(made["link"], follow_redirects=True)
        assert str(followed.url).partition("?")[0].endswith(f"P{bill['id']}")


def test_the_number_of_a_forgotten_terminal_is_not_given_again(file: Path) -> None:
    with run(file, "spec") as first:
        gone = first.terminal()
        first.gateway.terminals.forget(gone)

    with run(file, "spec") as second:
        assert "error" in second.payment(10, terminal=gone)
        assert int(second.terminal()) == int(gone) + 1


def test_faults_counts_and_switches_are_of_one_run(file: Path) -> None:
    with run(file) as first:
        first.payment(10)
        first.gateway.faults.plan("GetPayment", "status_500", times=9)
        first.gateway.set_lifetime(1)
        first.gateway.refunds.set_mode(RefundMode(delayed=True))

    with run(file) as second:
        assert second.gateway.call_count("CreatePayment") == 0
        made = second.payment(10)
        assert ask(second, made["id"])["create_date"] < made["expire_date"]
        second.gateway.pay(made["id"])
        assert second.refund(made["id"], 1)["status"] == "successful"


def test_a_reset_is_remembered_too(file: Path) -> None:
    with run(file) as first:
        made = first.payment(10)
        first.control.post("/reset")

    with run(file) as second:
        assert ask(second, made["id"])["error"] == 7


# Old payments


def test_a_payment_is_forgotten_after_fourteen_days_with_its_refunds(file: Path) -> None:
    clock = HandClock()
    with run(file, clock=clock) as first:
        old = first.paid(10)
        refund = first.refund(old, 1)
        clock.advance(1)
        young = first.paid(10)
    clock.advance(14 * DAY)

    with run(file, clock=clock) as second:
        assert ask(second, old)["error"] == 7
        assert second.call("GetRefund", {"id": refund["id"]})["error"] == 8
        assert ask(second, young)["status"] == "successful"
        second.terminal()
        assert old not in file.read_text(encoding="utf-8")


def test_the_newest_two_thousand_payments_are_kept() -> None:
    with SandboxServer() as server:
        probe = Probe(server)
        probe.payment(10)
        (payment,) = server.gateway.payments()
        probe.close()
    many = tuple(replace(payment, id=str(number)) for number in range(KEPT_PAYMENTS + 3))
    facts = Facts(next_number=1, terminals=(), payments=many, refunds=())

    kept = facts.kept(payment.created)

    assert [kept.payments[0].id, kept.payments[-1].id] == ["3", str(KEPT_PAYMENTS + 2)]
    assert facts.kept(payment.created + timedelta(days=15)).payments == ()
