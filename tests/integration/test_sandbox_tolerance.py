"""What the live profile takes beyond the guide, because real clients send it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.sandbox_probe import Probe, sandbox


@pytest.fixture(scope="module")
def server() -> Iterator[Probe]:
    with sandbox("live") as probe:
        yield probe


@pytest.fixture
def live(server: Probe) -> Probe:
    return server.renew()


@pytest.mark.parametrize(
    "body",
    [
        {"name": "A"},
        {"name": "A", "alias": None, "description": None, "type": "dynamical", "id": None},
        {"name": "A", "alias": "", "type": "statical", "defaultPrice": "10"},
        {"name": "A" * 80, "alias": "b" * 80, "type": "dynamic", "pointId": "x"},
    ],
)
def test_the_live_service_makes_terminals_from_what_clients_send(
    live: Probe, body: dict[str, Any]
) -> None:
    assert len(live.call("CreateTerminal", body)["id"]) == 32


@pytest.mark.parametrize(
    ("order", "rest"),
    [
        ({"amount": 500, "id": "c" * 40}, {}),
        ({"amount": "100.00", "id": 137, "currency": None}, {"receipt": None}),
        (
            {"amount": 180.0, "id": "TEST_a.b:1", "description": None},
            {
                "custom_parameters": None,
                "receipt": [
                    {
                        "name": "A",
                        "price": 180.0,
                        "discount": 0.0,
                        "resultPrice": "180",
                        "quantity": 1,
                    }
                ],
                "phone": None,
                "mail": None,
                "trtype": 1,
            },
        ),
        ({"amount": 59.9}, {"receipt": [], "custom_parameters": [], "trtype": "4"}),
    ],
)
def test_the_live_service_makes_bills_from_what_clients_send(
    live: Probe, order: dict[str, Any], rest: dict[str, Any]
) -> None:
    body = {"order": order, "settings": {"terminal_id": live.terminal()}} | rest
    answer = live.call("CreatePayment", body)

    assert answer["status"] == "init"
    if order.get("id"):
        by_order = live.call("GetPaymentByOrder", {"id": order["id"]})
        assert by_order["id"] == answer["id"]


@pytest.mark.parametrize(
    ("path", "value"),
    [("order", None), ("order.amount", None), ("settings.terminal_id", ""), ("trtype", 3)],
)
def test_the_live_service_still_needs_the_essentials(live: Probe, path: str, value: object) -> None:
    body = live.bill(100)
    part, _, field = path.partition(".")
    changed = body | {part: body[part] | {field: value} if field else value}
    answer = live.send("CreatePayment", changed)

    assert answer.status_code == 422
    assert any(field.startswith(path) for field in answer.json()["additions"])


def test_the_live_service_finds_a_terminal_by_alias_or_id(live: Probe) -> None:
    made = live.call("CreateTerminal", {"name": "A", "alias": "1:1"})

    assert live.call("GetTerminal", {"alias": "1:1"}) == made
    assert live.call("GetTerminal", {"id": made["id"]}) == made
    assert live.call("GetTerminal", {"id": made["id"], "alias": None}) == made
    assert live.call("GetTerminal", {"id": "", "alias": "1:1"}) == made
    assert live.call("GetTerminal", {"alias": "2:2"})["error"] == 11
    assert live.call("GetTerminal", {"id": "2"})["error"] == 3
    assert live.call("GetTerminal", {})["error"] == 422


def test_a_partial_live_refund_needs_nothing_but_its_sum(live: Probe) -> None:
    body = {"id": live.paid(100), "refund": {"amount": 10, "currency": None}, "receipt": None}

    assert live.call("CreateRefund", body)["status"] == "successful"


@pytest.mark.parametrize(
    ("accept", "refused", "accepted"),
    [("clients", "dynamic", "dynamical"), ("guide", "dynamical", "dynamic")],
)
def test_a_terminal_type_in_the_other_spelling_is_refused_by_name(
    live: Probe, accept: str, refused: str, accepted: str
) -> None:
    live.control.post("/terminals/types", json={"accept": accept})

    answer = live.send("CreateTerminal", {"name": "Касса", "alias": "1:1"} | {"type": refused})
    assert answer.status_code == 422
    assert list(answer.json()["additions"]) == ["type"]
    assert "id" in live.call(
        "CreateTerminal", {"name": "Касса", "alias": "1:1"} | {"type": accepted}
    )
