"""Whatever an answer holds, the client says no more of it than it proves (row G21, in short form).

The long form is `python -m tests.network --answers 20000`.
"""

from __future__ import annotations

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cashier.gateway.redaction import Redactor
from cashier.gateway.strict_json import SIZE_LIMIT, UnreadableError, read
from cashier.gateway.wire_read import Reader
from tests.network import answers


def test_g21_a_hostile_answer_is_never_more_than_it_proves() -> None:
    seen = answers.run(300)
    assert seen.examples >= 300
    assert {"Ok", "Refused", "Unknown", "Mismatch"} <= set(seen.classes)


@pytest.mark.parametrize(
    "body",
    [
        b'{"a":[' + b"[]," * (SIZE_LIMIT // 3 - 10) + b"[]]}",
        b"{" + b",".join(b'"%d":{}' % number for number in range(90_000)) + b"}",
        b'{"a":' + b"[" * (SIZE_LIMIT // 2),
        b'{"a":"' + b"\\u0000" * (SIZE_LIMIT // 6 - 10) + b'"}',
        b'{"a":"' + "😀".encode() * (SIZE_LIMIT // 4 - 10) + b'"}',
        b"x" * (100 * SIZE_LIMIT),
    ],
    ids=["lists", "keys", "depth", "escapes", "wide text", "size"],
)
def test_the_most_expensive_answer_costs_less_than_64_mib(body: bytes) -> None:
    tracemalloc.start()
    try:
        read(body)
    except UnreadableError:
        pass
    finally:
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 64 * 2**20


@given(st.integers(-(10**12), 10**12))
def test_every_sum_of_an_answer_is_exact(minor: int) -> None:
    sign, (whole, part) = "-" * (minor < 0), divmod(abs(minor), 100)
    fields = read(
        b'{"id":1,"status":"x","order":{"amount":%s%d.%02d}}' % (sign.encode(), whole, part)
    )
    amount = Reader(Redactor("demo", "0" * 32)).payment(fields).amount
    assert amount is not None
    assert amount.minor == minor
