"""The eight calls of SPEC 7.2 over a real socket, in both profiles."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal

import pytest

from tests.sandbox_probe import HandClock, Probe, plain_client, sandbox

TERMINAL = """{
  "name": "Магазин на диване",
  "alias": "N1",
  "description": "Ювелирные украшения и пылесосы",
  "type": "static",
  "logo": "/ads/asd/image.png",
  "defaultPrice": 15
}"""
TERMINAL_QUERY = '{"id": 45, "alias": "ID-21-001"}'
PAYMENT = """{
  "order": {
    "currency": "RUB",
    "amount": 1500,
    "description": "Тестовый платеж",
    "id": "6e4e6e9d-a9b3-453a-a11d-52b211ecc028"
  },
  "settings": {
    "terminal_id": 45,
    "payment_method": "card",
    "success_url": "https://example.com/success",
    "fail_url": "https://example.com/error"
  },
  "custom_parameters": { },
  "receipt": [
    {
      "name": "Сын",
      "price": 50,
      "discount": "10%",
      "resultPrice": 10,
      "quantity": 1
    }
  ],
  "trtype": 1
}"""
PAYMENT_QUERY = '{"id": "2245bf86877afc315813aeac84717fe918869"}'
REFUND = """{
  "id": "2d710e38888c8fecc16ac6f11f37dcb277316",
  "refund": {
    "amount": 1500,
    "currency": "RUB",
    "reason": "Refund payment"
  },
  "receipt": [
    {
      "name": "Сын",
      "price": 50,
      "discount": "10%",
      "resultPrice": 10,
      "quantity": 1
    }
  ]
}"""
REFUND_QUERY = '{"id": "R222t243tew43fg3g34g3gwf34fwsgh52"}'


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


def test_the_guides_terminal_example_is_answered_as_in_the_guide(spec: Probe) -> None:
    answer = spec.http.post("/CreateTerminal", content=TERMINAL.encode()).json()

    link = answer.pop("link")
    assert answer == {
        "id": 13,
        "name": "Магазин на диване",
        "description": "Ювелирные украшения и пылесосы",
        "type": "static",
        "defaultPrice": 15,
        "canComments": False,
    }
    assert link.endswith("/order/id/13/price/15")


def test_the_guides_terminal_query_passes_word_for_word(spec: Probe) -> None:
    made = spec.call("CreateTerminal", {"name": "Касса", "alias": "ID-21-001"})

    assert spec.http.post("/GetTerminal", content=TERMINAL_QUERY).json() == made


def test_the_guides_payment_example_is_answered_as_in_the_guide(spec: Probe) -> None:
    while spec.terminal() != "45":
        pass

    answer = spec.http.post("/CreatePayment", content=PAYMENT.encode()).json()

    assert answer.pop("payment_url").endswith(f"/init/{answer['id']}")
    assert len(answer.pop("id")) == 37
    assert answer == {
        "order": {
            "currency": "RUB",
            "amount": 1500,
            "description": "Тестовый платеж",
            "id": "6e4e6e9d-a9b3-453a-a11d-52b211ecc028",
        },
        "status": "init",
        "status_description": "",
        "create_date": "2026-11-24T11:32:00.000Z",
        "update_date": "2026-11-24T11:32:00.000Z",
        "expire_date": "2026-11-24T11:52:00.000Z",
        "custom_parameters": {},
    }


@pytest.mark.parametrize(
    ("method", "example", "code"),
    [
        ("GetPayment", PAYMENT_QUERY, 7),
        ("GetPaymentByOrder", '{"id": "6e4e6e9d-a9b3-453a-a11d-52b211ecc028"}', 7),
        ("ClosePayment", PAYMENT_QUERY, 7),
        ("CreateRefund", REFUND, 7),
        ("GetRefund", REFUND_QUERY, 8),
        ("CreatePayment", PAYMENT, 3),
    ],
)
def test_the_guides_other_examples_are_well_formed(
    either: Probe, method: str, example: str, code: int
) -> None:
    answer = either.http.post(f"/{method}", content=example.encode()).json()

    assert answer["error"] == code  # nothing of that id exists; the form is not what is wrong
    assert "additions" not in answer


def test_a_refund_by_the_guide_has_the_fields_of_its_table(spec: Probe) -> None:
    payment_id = spec.payment(1500)["id"]
    spec.gateway.pay(payment_id, bonuses=300_00)

    answer = spec.refund(payment_id, 1500, currency="RUB", reason="Refund payment")

    terminal_id = spec.gateway.payment(payment_id).terminal_id
    assert answer.pop("id").startswith("R")
    assert answer == {
        "refund": {"amount": 1500, "currency": "RUB", "reason": "Refund payment"},
        "status": "successful",
        "payment_id": payment_id,
        "payment_method": {
            "terminal_id": terminal_id,
            "type": "card",
            "account": "554373******6654",
            "funds": 1200,
            "bonuses": -300,
        },
        "create_date": "2026-11-24T11:32:00.000Z",
        "update_date": "2026-11-24T11:32:00.000Z",
        "custom_parameters": {},
    }


def test_the_live_service_answers_as_its_clients_see_it(live: Probe) -> None:
    made = live.call(
        "CreateTerminal", {"name": "Касса", "alias": "1:1", "type": "statical", "logo": None}
    )
    payment = live.call(
        "CreatePayment", {"order": {"amount": 59.9}, "settings": {"terminal_id": made["id"]}}
    )

    assert (len(made["id"]), made["type"], made["alias"]) == (32, "statical", "1:1")
    assert "canComments" not in made
    assert made["link"].endswith(f"/T{made['id']}")
    assert len(payment["id"]) == 32
    assert payment["payment_url"].endswith(f"/P{payment['id']}")
    assert payment["order"] == {
        "currency": "RUB",
        "amount": Decimal("59.9"),
        "description": None,
        "id": None,
    }
    assert payment["payment_method"] == {"type": None, "terminal_id": made["id"]}
    assert payment["custom_parameters"] is None


def test_a_live_card_payment_shows_the_card_and_the_bonuses(live: Probe) -> None:
    payment_id = live.payment(1500)["id"]
    live.gateway.pay(payment_id, bonuses=300_00)

    method = live.call("GetPayment", {"id": payment_id})["payment_method"]

    assert method["type"] == "card"
    assert method["account"] == "554373******6654"
    assert (method["funds"], method["bonuses"]) == (1200, -300)


def test_a_live_refund_has_the_order_and_other_names_for_the_dates(live: Probe) -> None:
    answer = live.refund(live.paid(100), 40, reason="брак")

    assert answer["refund"] == {"amount": 40, "reason": "брак"}
    assert answer["order"]["amount"] == 100
    assert answer["date_insert"] == "2026-11-24T11:32:00.000Z"
    assert "create_date" not in answer


def test_a_payment_is_found_by_its_id_and_by_its_order(either: Probe) -> None:
    made = either.payment(12.34)

    assert either.call("GetPayment", {"id": made["id"]}) == made
    assert either.call("GetPaymentByOrder", {"id": made["order"]["id"]}) == made
    assert made["order"]["amount"] == Decimal("12.34")


def test_a_refund_is_found_by_its_id(either: Probe) -> None:
    made = either.refund(either.paid(100), 30)

    assert either.call("GetRefund", {"id": made["id"]}) == made


def test_custom_parameters_come_back_as_they_were_sent(either: Probe) -> None:
    sent = {"till": "2", "receipt": "187-058", "nested": {"deep": [1, None, "ё"]}}
    body = either.bill(10) | {"custom_parameters": sent}

    assert either.call("CreatePayment", body)["custom_parameters"] == sent


def test_amounts_are_exact_to_the_kopeck(either: Probe) -> None:
    terminal = either.terminal()
    for text in ("0.01", "0.1", "19.99", "1000000", "999999.99", "4.35"):
        body = json.dumps(either.bill(1, terminal=terminal)).replace(
            '"amount": 1,', f'"amount": {text},'
        )
        answer = either.http.post("/CreatePayment", content=body).json(parse_float=Decimal)
        assert answer["order"]["amount"] == Decimal(text)


@pytest.mark.parametrize("content_type", ["text/plain;charset=UTF-8", "image/png", None])
def test_any_content_type_will_do(either: Probe, content_type: str | None) -> None:
    headers = {} if content_type is None else {"content-type": content_type}
    answer = either.http.post(
        "/CreateTerminal", content=b'{"name": "A", "alias": "a"}', headers=headers
    )

    assert answer.json()["name"] == "A"


def test_the_date_header_is_the_gateways_own_time(either: Probe) -> None:
    answer = either.send("GetPayment", {"id": "0"})

    assert answer.headers.get_list("date") == ["Tue, 24 Nov 2026 11:32:00 GMT"]


@pytest.mark.parametrize(
    ("login", "key"),
    [("stranger", None), (None, "wrong"), ("", ""), (None, ""), ("демо", "ключ")],
)
def test_a_wrong_key_is_refused_with_code_0(
    either: Probe, login: str | None, key: str | None
) -> None:
    gateway = either.gateway
    pair = (
        gateway.merchant_id if login is None else login,
        gateway.api_key if key is None else key,
    )

    answer = either.http.post("/CreateTerminal", content=TERMINAL.encode(), auth=pair)

    assert answer.json()["error"] == 0
    assert answer.status_code == (400 if gateway.profile == "spec" else 401)
    assert gateway.terminals.all() == ()


@pytest.mark.parametrize("header", ["", "Basic", "Basic ???", "Bearer abc", "Basic cXdlcnR5"])
def test_a_request_without_a_proper_signature_is_refused(either: Probe, header: str) -> None:
    with plain_client() as stranger:
        answer = stranger.post(
            f"{either.server.base_url}/GetPayment",
            content=PAYMENT_QUERY,
            headers={"authorization": header} if header else {},
        )

    assert answer.json()["error"] == 0


def test_the_demo_merchant_may_log_in_by_its_short_name_in_the_live_profile(live: Probe) -> None:
    demo = ("demo", live.gateway.api_key)

    answer = live.http.post("/GetPayment", content=PAYMENT_QUERY, auth=demo)

    assert answer.json()["error"] == 7


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b'"text"',
        b"{",
        b'{"id": NaN}',
        b'{"id": "a", "id": "b"}',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"id": ' + b"9" * 5000 + b"}",
        b'{"id": "' + b"a" * (1 << 20) + b'"}',
    ],
    ids=[
        "empty", "array", "null", "text", "cut", "nan", "twice", "latin", "deep", "digits", "huge",
    ],
)  # fmt: skip
def test_what_is_not_a_json_object_is_refused(either: Probe, body: bytes) -> None:
    answer = either.http.post("/GetPayment", content=body)

    assert answer.status_code == 400
    assert answer.json()["error"] == 400


def test_only_post_is_a_call(either: Probe) -> None:
    answer = either.http.get("/GetPayment")

    assert answer.json()["error"] == (400 if either.gateway.profile == "spec" else 405)


def test_an_unknown_call_is_refused(either: Probe) -> None:
    assert "error" in either.call("DeletePayment", {"id": "1"})


def test_a_refusal_has_the_http_status_of_its_profile(either: Probe) -> None:
    unknown = either.send("GetPayment", {"id": "0"})
    unfit = either.send("GetPayment", {})

    if either.gateway.profile == "spec":
        assert (unknown.status_code, unfit.status_code) == (400, 400)
        assert unfit.json()["error"] == 400
    else:
        assert (unknown.status_code, unfit.status_code) == (200, 422)
        assert unfit.json()["error"] == 422


def test_calls_are_counted_and_kept_without_the_key(either: Probe) -> None:
    either.send("GetPayment", {"id": "one"})
    either.send("GetPayment", {"id": "two"})

    assert either.gateway.call_count("GetPayment") == 2
    assert either.gateway.last_body("GetPayment") == b'{"id": "two"}'
    assert "authorization" not in either.gateway.calls.all()[0].headers


def test_a_hundred_calls_take_no_delayed_acknowledgements(live: Probe) -> None:
    """Without TCP_NODELAY each would wait some 40 ms."""
    start = live.web.get(f"{live.server.control_url}/payments").elapsed
    took = sum(live.send("GetPayment", {"id": "0"}).elapsed.total_seconds() for _ in range(100))

    assert start.total_seconds() < 2
    assert took < 3
