"""Rows 5 and 27 of the security list: no key, no whole card number leaves the gateway."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cashier.gateway.redaction import HIDDEN, Redactor, mask_account

KEY = "1526fec01b5d11f4df4f2160627ce351"
CARD = "5543735484626654"
redactor = Redactor("demo", KEY)


def test_the_key_is_hidden_in_every_form_in_which_it_travels() -> None:
    header = base64.b64encode(f"demo:{KEY}".encode()).decode()
    for form in (KEY, header, f"Basic {header}"):
        assert form not in redactor.text(f"You sent {form}!")
        assert form.encode() not in redactor.body(b'{"description": "' + form.encode() + b'"}')
    assert HIDDEN in redactor.text(KEY)
    assert KEY not in repr(redactor)


def test_a_key_with_quotes_is_hidden_inside_json() -> None:
    key = 'a"b\\c-ключ'
    body = json.dumps({"error": 1, "description": key}, ensure_ascii=False).encode()
    assert json.dumps(key, ensure_ascii=False)[1:-1].encode() not in Redactor("m", key).body(body)


@pytest.mark.parametrize(
    ("account", "masked"),
    [
        (CARD, "554373******6654"),
        ("5543 7354 8462 6654", "554373******6654"),
        ("5543-7354-8462-6654", "554373******6654"),
        ("123456789012", "123456**9012"),
        ("554373******6654", "554373******6654"),
        ("+7 999 123-45-67", "+7 999 123-45-67"),
        ("", ""),
    ],
)
def test_an_account_keeps_its_first_six_and_last_four_digits(account: str, masked: str) -> None:
    assert mask_account(account) == masked


@pytest.mark.parametrize("name", ["account", "description", "status_description", "note"])
@pytest.mark.parametrize("number", [CARD, "5543 7354 8462 6654", "4111111111111111"])
def test_a_card_number_is_masked_in_any_field_of_the_kept_bytes(name: str, number: str) -> None:
    kept = redactor.body(json.dumps({"id": "1", name: f"{number}"}).encode())
    assert number.encode() not in kept
    assert number[-4:].encode() in kept


def test_an_account_that_is_a_number_is_masked_too() -> None:
    assert redactor.body(b'{"account": 123456789012345}') == b'{"account": 123456*****2345}'


def test_ids_and_dates_are_left_alone() -> None:
    body = (
        b'{"id": "2245bf86877123456789012315813aea", "order": "0123456789012345abcdef0123456789",'
        b' "create_date": "2019-07-20 19:19:10", "amount": 1500.10, "raw": "\xff"}'
    )
    assert redactor.body(body) == body


@given(st.binary(max_size=300))
def test_any_bytes_can_be_kept(body: bytes) -> None:
    assert KEY.encode() not in redactor.body(body + KEY.encode())
