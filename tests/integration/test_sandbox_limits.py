"""What the gateway accepts: strictly by the guide's tables, tolerantly as the live service."""

from __future__ import annotations

import copy
import json
import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from tests.sandbox_probe import Probe, sandbox


@pytest.fixture(scope="module")
def spec_server() -> Iterator[Probe]:
    with sandbox("spec") as probe:
        yield probe


@pytest.fixture(scope="module")
def live_server() -> Iterator[Probe]:
    with sandbox("live") as probe:
        yield probe


@pytest.fixture
def spec(spec_server: Probe) -> Probe:
    return spec_server.renew()


@pytest.fixture
def live(live_server: Probe) -> Probe:
    return live_server.renew()


ABSENT = object()


def with_field(body: dict[str, Any], path: str, value: object) -> dict[str, Any]:
    """The body with one field set, or removed when ABSENT."""
    changed = copy.deepcopy(body)
    *way, last = path.split(".")
    inner: Any = changed
    for step in way:
        inner = inner[int(step)] if step.isdigit() else inner[step]
    if value is ABSENT:
        del inner[last]
    else:
        inner[last] = value
    return changed


def terminal_body() -> dict[str, Any]:
    return {"name": "Касса", "alias": uuid.uuid4().hex}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "я"),
        ("name", "я" * 50),
        ("alias", "a" * 50),
        ("description", "о"),
        ("description", "о" * 200),
        ("type", "static"),
        ("type", "dynamic"),
        ("logo", "https://example.com/logo.png"),
        ("logo", "/logo.png"),
        ("defaultPrice", 0),
        ("defaultPrice", 0.01),
        ("defaultPrice", 1500.5),
        ("canComments", True),
        ("canComments", False),
    ],
)
def test_a_terminal_within_the_guides_limits_is_made(
    spec: Probe, field: str, value: object
) -> None:
    answer = spec.call("CreateTerminal", terminal_body() | {field: value})

    assert "error" not in answer


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ABSENT),
        ("name", ""),
        ("name", "я" * 51),
        ("name", None),
        ("name", 5),
        ("alias", ABSENT),
        ("alias", ""),
        ("alias", "a" * 51),
        ("description", ""),
        ("description", "о" * 201),
        ("description", None),
        ("type", "dynamical"),
        ("type", "statical"),
        ("type", "other"),
        ("logo", "image.png"),
        ("logo", 5),
        ("defaultPrice", "15"),
        ("defaultPrice", -1),
        ("defaultPrice", 1.005),
        ("defaultPrice", True),
        ("canComments", "true"),
        ("canComments", 1),
        ("pointId", "not in the guide"),
    ],
)
def test_a_terminal_outside_the_guides_limits_is_refused_by_field(
    spec: Probe, field: str, value: object
) -> None:
    body = terminal_body() | {field: "x"}
    answer = spec.send("CreateTerminal", with_field(body, field, value))

    assert answer.status_code == 400
    assert list(answer.json()["additions"]) == [field]
    assert spec.gateway.terminals.all() == ()


@pytest.mark.parametrize("body", [{"id": 13}, {"name": "Касса"}, {"alias": ""}, {"alias": 1}])
def test_a_strict_terminal_query_needs_its_alias(spec: Probe, body: object) -> None:
    assert "alias" in spec.call("GetTerminal", body)["additions"]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("order.currency", ABSENT),
        ("order.currency", "USD"),
        ("order.currency", "EUR"),
        ("order.amount", 0.01),
        ("order.amount", 100.5),
        ("order.description", "о" * 200),
        ("order.id", ABSENT),
        ("order.id", "a" * 32),
        ("order.id", "6e4e6e9d-a9b3-453a-a11d-52b211ecc028"),
        ("settings.payment_method", "card"),
        ("settings.payment_method", "sbp"),
        ("settings.success_url", "https://example.com/ok?order=1,2;3"),
        ("settings.fail_url", "http://пример.рф/нет"),
        ("custom_parameters", {"a": [1, {"b": None}]}),
        ("receipt.0.discount", "10%"),
        ("receipt.0.discount", "128.45"),
        ("receipt.0.price", 0),
        ("receipt.0.resultPrice", 0),
        ("receipt.0.quantity", 0.001),
        ("trtype", 1),
        ("trtype", 2),
        ("trtype", 4),
    ],
)
def test_a_bill_within_the_guides_limits_is_made(spec: Probe, path: str, value: object) -> None:
    body = with_field(spec.bill(100) | {"trtype": 1}, "order.id", uuid.uuid4().hex)

    assert "error" not in spec.call("CreatePayment", with_field(body, path, value))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("order", ABSENT),
        ("order", None),
        ("order", []),
        ("order.amount", ABSENT),
        ("order.amount", "100"),
        ("order.amount", True),
        ("order.amount", None),
        ("order.currency", 643),
        ("order.description", ""),
        ("order.description", "о" * 201),
        ("order.id", ""),
        ("order.id", "a" * 33),
        ("order.id", "z" * 36),
        ("order.id", 17),
        ("order.extra", 1),
        ("settings", ABSENT),
        ("settings.terminal_id", ABSENT),
        ("settings.terminal_id", None),
        ("settings.success_url", 1),
        ("settings.extra", 1),
        ("custom_parameters", []),
        ("custom_parameters", None),
        ("receipt", ABSENT),
        ("receipt", []),
        ("receipt", {}),
        ("receipt.0", "line"),
        ("receipt.0.name", ABSENT),
        ("receipt.0.name", ""),
        ("receipt.0.price", ABSENT),
        ("receipt.0.price", -1),
        ("receipt.0.price", 1.005),
        ("receipt.0.price", "1"),
        ("receipt.0.resultPrice", ABSENT),
        ("receipt.0.resultPrice", 0.001),
        ("receipt.0.quantity", ABSENT),
        ("receipt.0.quantity", 0),
        ("receipt.0.quantity", -1),
        ("receipt.0.discount", 10),
        ("receipt.0.discount", "ten"),
        ("receipt.0.extra", 1),
        ("trtype", 3),
        ("trtype", "1"),
        ("phone", "79990000000"),
    ],
)
def test_a_bill_outside_the_guides_limits_is_refused_by_field(
    spec: Probe, path: str, value: object
) -> None:
    body = spec.bill(100)
    if value is ABSENT or path.startswith("receipt.0"):
        wrong = _replaced(body, path, value)
    else:
        wrong = with_field(body, path, value)
    answer = spec.send("CreatePayment", wrong)

    assert answer.status_code == 400
    assert any(field.startswith(path) for field in answer.json()["additions"])
    assert spec.gateway.payments() == ()


def _replaced(body: dict[str, Any], path: str, value: object) -> dict[str, Any]:
    if path == "receipt.0":
        return body | {"receipt": [value]}
    return with_field(body, path, value)


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("order.currency", "GBP", 1),
        ("order.currency", "rub", 1),
        ("order.amount", 0, 2),
        ("order.amount", -1, 2),
        ("order.amount", 10.005, 2),
        ("order.amount", 10**12, 2),
        ("settings.terminal_id", "stranger", 3),
        ("settings.terminal_id", 999, 3),
        ("settings.payment_method", "cash", 4),
        ("settings.success_url", "javascript:alert(1)", 5),
        ("settings.success_url", "example.com", 5),
        ("settings.fail_url", "ftp://example.com", 6),
        ("settings.fail_url", 'https://example.com/"><script>', 6),
    ],
)
@pytest.mark.parametrize("profile", ["spec", "live"])
def test_a_wrong_value_has_its_own_code(
    request: pytest.FixtureRequest, profile: str, path: str, value: object, code: int
) -> None:
    probe: Probe = request.getfixturevalue(profile)
    answer = probe.call("CreatePayment", with_field(probe.bill(100), path, value))

    assert answer["error"] == code
    assert isinstance(answer["description"], str)
    assert probe.gateway.payments() == ()


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("id", ABSENT),
        ("id", 5),
        ("refund", ABSENT),
        ("refund.amount", ABSENT),
        ("refund.amount", "10"),
        ("refund.reason", ""),
        ("refund.reason", "п" * 201),
        ("refund.extra", 1),
        ("receipt", ABSENT),
        ("receipt", []),
        ("receipt.0.name", ABSENT),
        ("receipts", []),
    ],
)
def test_a_refund_outside_the_guides_limits_is_refused_by_field(
    spec: Probe, path: str, value: object
) -> None:
    line = {"name": "Кофе", "price": 10, "resultPrice": 10, "quantity": 1}
    body = {"id": spec.paid(100), "refund": {"amount": 10}, "receipt": [line]}
    answer = spec.call("CreateRefund", with_field(body, path, value))

    assert any(field.startswith(path) for field in answer["additions"])
    assert spec.gateway.refunds.all() == ()


@pytest.mark.parametrize("amount", [0, -1, 0.001, 100.01])
@pytest.mark.parametrize("profile", ["spec", "live"])
def test_a_refund_of_a_wrong_sum_has_code_2(
    request: pytest.FixtureRequest, profile: str, amount: float
) -> None:
    probe: Probe = request.getfixturevalue(profile)

    assert probe.refund(probe.paid(100), amount)["error"] == 2


@pytest.mark.parametrize("number", ["1e999999999", "-1e999999999", "1e-999999999"])
@pytest.mark.parametrize("profile", ["spec", "live"])
def test_a_sum_with_an_absurd_exponent_is_refused_like_any_wrong_sum(
    request: pytest.FixtureRequest, profile: str, number: str
) -> None:
    probe: Probe = request.getfixturevalue(profile)
    line = {"name": "Кофе", "price": 10, "resultPrice": 10, "quantity": 1}
    body = {"id": probe.paid(100), "refund": {"amount": "HERE"}, "receipt": [line]}
    answer = probe.http.post("/CreateRefund", content=json.dumps(body).replace('"HERE"', number))

    assert answer.json()["error"] == 2
    assert probe.gateway.refunds.all() == ()


@pytest.mark.parametrize("currency", ["USD", "XXX"])
def test_a_refund_in_another_currency_has_code_1(spec: Probe, currency: str) -> None:
    assert spec.refund(spec.paid(100), 10, currency=currency)["error"] == 1


def test_a_refund_reason_of_200_signs_passes(spec: Probe) -> None:
    assert "error" not in spec.refund(spec.paid(100), 10, reason="п" * 200)


@pytest.mark.parametrize("profile", ["spec", "live"])
def test_an_alias_belongs_to_one_terminal(request: pytest.FixtureRequest, profile: str) -> None:
    probe: Probe = request.getfixturevalue(profile)
    probe.call("CreateTerminal", {"name": "A", "alias": "1:1"})

    assert probe.call("CreateTerminal", {"name": "B", "alias": "1:1"})["error"] == 11
    assert len(probe.gateway.terminals.all()) == 1
