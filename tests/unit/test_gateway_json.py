"""G21 of the failure matrix, from inside: what is refused before anybody looks at a field."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cashier.gateway.strict_json import SIZE_LIMIT, UnreadableError, read


def test_every_digit_is_kept() -> None:
    assert read(b'{"a": 1500.10, "b": 0.1234567890123456789, "c": 7}') == {
        "a": Decimal("1500.10"),
        "b": Decimal("0.1234567890123456789"),
        "c": 7,
    }


def test_a_byte_order_mark_does_no_harm() -> None:
    assert read(b"\xef\xbb\xbf" + b'{"id": "1"}') == {"id": "1"}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>Request Rejected</html>",
        b'{"id": "1"',
        b'{"id": "1"} trailing',
        b'["id"]',
        b"null",
        b'"error"',
        b'{"id": "1", "id": "2"}',
        b'{"order": {"amount": 1, "amount": 2}}',
        b'{"amount": NaN}',
        b'{"amount": Infinity}',
        b'{"amount": -Infinity}',
        b'{"amount": 1e400}',
        b'{"amount": 1e-400}',
        b'{"amount": 1e999999999999999999}',
        b'{"amount": 1e9999999999999999999}',
        b'{"extra": -1E-99999999999999999999}',
        b'{"amount": ' + b"9" * 5000 + b"}",
        b'{"amount": 0.' + b"1" * 5000 + b"}",
        b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
        b'{"id": "\xff\xfe"}',
        b'{"pad": "' + b"x" * SIZE_LIMIT + b'"}',
    ],
    ids=lambda body: body[:24].decode("ascii", "replace"),
)
def test_an_unreadable_answer_is_refused(body: bytes) -> None:
    with pytest.raises(UnreadableError):
        read(body)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_and_nothing_else(body: bytes) -> None:
    with suppress(UnreadableError):
        assert isinstance(read(body), dict)
