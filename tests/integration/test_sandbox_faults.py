"""Faults on demand, and the control API that plans them."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import httpx
import pytest

from cashier.sandbox.answers import Addresses
from cashier.sandbox.server import application
from cashier.sandbox.state import Gateway
from cashier.sandbox.values import Profile
from tests.sandbox_probe import Probe, sandbox


@pytest.fixture(scope="module")
def server() -> Iterator[Probe]:
    with sandbox("live") as probe:
        yield probe


@pytest.fixture
def probe(server: Probe) -> Probe:
    return server.renew()


def plan(probe: Probe, fault: str, **rest: object) -> None:
    body = {"method": "CreatePayment", "fault": fault} | rest
    assert probe.control.post("/faults", json=body).status_code == 200


def test_a_connection_dropped_before_executing_leaves_nothing(probe: Probe) -> None:
    body = probe.bill()
    plan(probe, "drop_before")

    with pytest.raises(httpx.RemoteProtocolError):
        probe.send("CreatePayment", body)

    assert probe.gateway.payments() == ()
    assert probe.gateway.call_count("CreatePayment") == 1
    assert probe.call("CreatePayment", body)["status"] == "init"


def test_a_connection_dropped_after_executing_leaves_a_bill(probe: Probe) -> None:
    body = probe.bill()
    plan(probe, "drop_after")

    with pytest.raises(httpx.RemoteProtocolError):
        probe.send("CreatePayment", body)

    found = probe.call("GetPaymentByOrder", {"id": body["order"]["id"]})
    assert found["id"] == probe.gateway.payments()[0].id


def test_a_delayed_answer_belongs_to_a_call_that_was_executed_at_once(probe: Probe) -> None:
    body = probe.bill()
    plan(probe, "delay", seconds=60)

    with pytest.raises(httpx.ReadTimeout):
        probe.http.post("/CreatePayment", json=body, timeout=0.1)

    assert len(probe.gateway.payments()) == 1


def test_a_queued_call_is_executed_after_its_client_has_gone(probe: Probe) -> None:
    body = probe.bill()
    plan(probe, "delay_before", seconds=0.3)

    with pytest.raises(httpx.ReadTimeout):
        probe.http.post("/CreatePayment", json=body, timeout=0.05)
    assert "error" in probe.call("GetPaymentByOrder", {"id": body["order"]["id"]})

    end = time.monotonic() + 5
    while not probe.gateway.payments() and time.monotonic() < end:
        probe.call("GetTerminal", {"id": "0"})
    assert len(probe.gateway.payments()) == 1


@pytest.mark.parametrize(
    ("fault", "status", "text"),
    [
        ("status_500", 500, "<h1>"),
        ("html", 200, "<html>"),
        ("bad_json", 200, ",,"),
        ("empty", 200, ""),
    ],
)
def test_an_unreadable_answer_hides_a_call_that_was_executed(
    probe: Probe, fault: str, status: int, text: str
) -> None:
    body = probe.bill()
    plan(probe, fault)

    answer = probe.send("CreatePayment", body)

    assert answer.status_code == status
    assert text in answer.text
    with pytest.raises(ValueError, match=r"Expecting|Extra|property"):
        answer.json()
    assert len(probe.gateway.payments()) == 1


def test_a_fault_may_be_told_not_to_execute_and_to_have_another_status(probe: Probe) -> None:
    body = probe.bill()
    plan(probe, "status_500", status=502, execute=False)

    assert probe.send("CreatePayment", body).status_code == 502
    assert probe.gateway.payments() == ()


def test_a_cut_body_is_shorter_than_it_said(probe: Probe) -> None:
    body = probe.bill()
    plan(probe, "cut_body")

    with pytest.raises(httpx.RemoteProtocolError, match="without sending complete"):
        probe.send("CreatePayment", body)

    assert len(probe.gateway.payments()) == 1


def test_a_redirect_leads_to_a_place_where_followers_are_counted(probe: Probe) -> None:
    body = probe.bill()
    plan(probe, "redirect")

    answer = probe.send("CreatePayment", body)
    assert answer.status_code == 302
    probe.web.post(answer.headers["location"])

    assert probe.gateway.call_count("Redirected") == 1


def test_a_dripping_answer_comes_byte_by_byte(probe: Probe) -> None:
    plan(probe, "drip", method="GetPayment", seconds=0.001)
    payment_id = probe.payment()["id"]

    with probe.http.stream("POST", "/GetPayment", json={"id": payment_id}) as answer:
        parts = [len(part) for part in answer.iter_raw()]

    assert len(parts) > 50


def test_a_hang_up_answers_and_then_closes_a_connection_it_meant_to_keep(probe: Probe) -> None:
    plan(probe, "hang_up", method="GetPayment")
    body = b'{"id": "0"}'
    head = f"POST /api/v2/GetPayment HTTP/1.1\r\nHost: a\r\nContent-Length: {len(body)}\r\n\r\n"
    port = httpx.URL(probe.server.base_url).port
    with closing(socket.create_connection(("127.0.0.1", port), timeout=5)) as raw:
        raw.sendall(head.encode() + body)
        answer = b""
        while part := raw.recv(4096):
            answer += part

    assert b"connection: close" not in answer.lower()
    assert answer.endswith(b"}")


@pytest.mark.parametrize(
    ("fault", "path", "wrong"),
    [
        ("wrong_id", ("id",), "f" * 32),
        ("wrong_order", ("order", "id"), "e" * 32),
        ("wrong_amount", ("order", "amount"), 987654.32),
        ("wrong_currency", ("order", "currency"), "USD"),
        ("unknown_status", ("status",), "frozen"),
        ("bad_url", ("payment_url",), "javascript:alert(1)"),
    ],
)
def test_a_foreign_value_stands_in_an_answer_and_not_in_the_facts(
    probe: Probe, fault: str, path: tuple[str, ...], wrong: object
) -> None:
    plan(probe, fault)
    answer: Any = probe.send("CreatePayment", probe.bill(100)).json()
    payment = probe.gateway.payments()[0]
    right: Any = probe.send("GetPayment", {"id": payment.id}).json()

    for step in path:
        answer, right = answer[step], right[step]
    assert answer == wrong
    assert right != wrong


@pytest.mark.parametrize(
    ("fault", "path", "wrong"),
    [
        ("wrong_id", ("id",), "f" * 32),
        ("wrong_order", ("payment_id",), "e" * 32),
        ("wrong_amount", ("refund", "amount"), 987654.32),
        ("wrong_currency", ("refund", "currency"), "USD"),
    ],
)
def test_a_foreign_value_stands_in_the_answer_to_a_refund(
    probe: Probe, fault: str, path: tuple[str, ...], wrong: object
) -> None:
    plan(probe, fault, method="CreateRefund")
    answer: Any = probe.refund(probe.paid(100), 10)

    for step in path:
        answer = answer[step]
    assert float(answer) == wrong if isinstance(wrong, float) else answer == wrong


def test_a_chosen_word_number_or_gap_stands_in_an_answer(probe: Probe) -> None:
    payment_id = probe.payment()["id"]
    plan(probe, "unknown_status", method="GetPayment", value="successful")
    plan(probe, "wrong_amount", method="GetPayment", value=0.1)
    plan(probe, "without", method="GetPayment", value="order.amount")
    plan(probe, "without", method="GetPayment", value="payment_url")

    answers = [probe.send("GetPayment", {"id": payment_id}).json() for _ in range(4)]

    assert answers[0]["status"] == "successful"
    assert answers[1]["order"]["amount"] == 0.1
    assert "amount" not in answers[2]["order"]
    assert "payment_url" not in answers[3]


def test_an_error_of_choice_executes_nothing(probe: Probe) -> None:
    text = "[3, -21] Duplicate transaction"
    plan(probe, "error", value=500, status=400, text=text)

    answer = probe.send("CreatePayment", probe.bill())

    assert answer.status_code == 400
    assert answer.json() == {"error": 500, "description": text}
    assert probe.gateway.payments() == ()


def test_a_raw_body_is_sent_as_it_is(probe: Probe) -> None:
    plan(probe, "raw", method="GetPayment", text='{"id": NaN, "id": 1e400}')

    assert probe.send("GetPayment", {"id": "0"}).text == '{"id": NaN, "id": 1e400}'


def test_a_fault_strikes_as_often_as_planned_and_only_its_method(probe: Probe) -> None:
    plan(probe, "status_500", method="GetPayment", times=2)

    assert probe.send("GetTerminal", {"id": "0"}).status_code == 200
    statuses = [probe.send("GetPayment", {"id": "0"}).status_code for _ in range(3)]
    assert statuses == [500, 500, 200]


def test_faults_are_planned_in_process_too(probe: Probe) -> None:
    probe.gateway.faults.plan("*", "empty", times=2)

    assert probe.send("GetTerminal", {"id": "0"}).content == b""
    assert probe.control.get("/faults").json() == [{"method": "*", "fault": "empty", "times": 1}]
    probe.control.delete("/faults")
    assert probe.send("GetTerminal", {"id": "0"}).content != b""


@pytest.mark.parametrize(
    "body",
    [{}, {"fault": "magic"}, {"fault": "delay", "seconds": "soon"}, {"fault": "raw", "text": []}],
)
def test_an_unknown_fault_is_refused(probe: Probe, body: object) -> None:
    assert probe.control.post("/faults", json=body).status_code == 400
    assert probe.gateway.faults.pending() == ()


def test_the_control_api_leads_a_payment_through_its_life(probe: Probe) -> None:
    payment_id = probe.payment(100)["id"]
    act = f"/payments/{payment_id}"

    assert probe.control.post(f"{act}/start").json()["state"] == "process"
    assert probe.control.post(f"{act}/leave").json()["state"] == "init"
    assert probe.control.get("/payments").json()[0]["id"] == payment_id
    declined = probe.control.post(f"{act}/decline", json={"code": [2, 51]}).json()
    assert declined["status_description"] == "[2, 51] Not sufficient funds"
    paid = probe.control.post(f"{act}/pay", json={"bonuses": 20.5}).json()
    assert (paid["state"], paid["payment_method"]["bonuses"]) == ("successful", -20.5)
    assert probe.control.get(act).json() == paid
    assert probe.control.get("/calls").json()["CreatePayment"] == 1
    assert len(probe.control.get("/terminals").json()) == 1
    probe.refund(payment_id, 10)
    assert probe.control.get("/refunds").json()[0]["state"] == "successful"
    probe.control.post("/reset")
    assert probe.control.get("/payments").json() == []


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/payments/0/pay", {}),
        ("/payments/{id}/fly", {}),
        ("/payments/{id}/pay", {"method": "cash"}),
        ("/payments/{id}/decline", {"code": [2]}),
        ("/payments/{id}/decline", {"code": "[2, 51]"}),
        ("/refunds/mode", {"mode": "never"}),
        ("/refunds/0/finish", {}),
        ("/terminals/types", {"accept": "none"}),
    ],
)
def test_a_wrong_control_request_is_refused_with_a_reason(
    probe: Probe, path: str, body: object
) -> None:
    payment_id = probe.payment()["id"]
    answer = probe.control.post(path.replace("{id}", payment_id), json=body)

    assert answer.status_code == 400
    assert answer.json()["description"]
    assert probe.gateway.payment(payment_id).status.is_open


def test_no_web_page_on_this_machine_reaches_the_control_api(probe: Probe) -> None:
    answer = probe.control.post("/reset", headers={"origin": "https://example.com"})

    assert answer.status_code == 403


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("peer", "status"),
    [
        ("127.0.0.1", 200),
        ("::1", 200),
        ("::ffff:127.0.0.1", 200),
        ("192.0.2.7", 403),
        ("::ffff:192.0.2.7", 403),
        ("2001:db8::1", 403),
        ("unknown", 403),
    ],
)
async def test_only_this_machine_reaches_the_control_api(peer: str, status: int) -> None:
    gateway = Gateway()
    app = application(
        gateway, Addresses("http://till.example", Profile.LIVE), stopping=asyncio.Event()
    )
    transport = httpx.ASGITransport(app=app, client=(peer, 5000))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        answer = await client.get("/control/payments")

    assert answer.status_code == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"host": "localhost"}, 200),
        ({"host": "127.0.0.1:8080"}, 200),
        ({"host": "[::1]:8080"}, 200),
        ({"host": "evil.example"}, 403),
        ({"host": "127.0.0.1.evil.example:8080"}, 403),
        ({"host": "evil@127.0.0.1"}, 403),
        ({"host": "[::1"}, 403),
        ({"host": ""}, 403),
        ({"x-forwarded-for": "127.0.0.1"}, 403),
        ({"x-forwarded-host": "localhost"}, 403),
        ({"forwarded": "for=127.0.0.1"}, 403),
    ],
)
def test_neither_a_foreign_name_nor_a_proxy_on_this_machine_reaches_the_control_api(
    probe: Probe, headers: dict[str, str], status: int
) -> None:
    assert probe.control.get("/payments", headers=headers).status_code == status


def test_a_test_can_wait_for_a_call_to_arrive(probe: Probe) -> None:
    assert not probe.gateway.calls.wait_for("GetPayment", timeout=0.01)
    probe.send("GetPayment", {"id": "0"})
    assert probe.gateway.calls.wait_for("GetPayment", timeout=5)
