from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cashier.gateway.times import read_http_date, read_time

NOON = datetime(2019, 7, 20, 19, 19, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [
        "2019-07-20T19:19:10.000Z",
        "2019-07-20T19:19:10Z",
        "2019-07-20 19:19:10Z",
        "2019-07-20t19:19:10z",
        "2019-07-20T22:19:10+03:00",
        "2019-07-20 22:19:10.000+0300",
        "2019-07-20T22:19:10+03",
        "2019-07-20T14:19:10-05:00",
        "2019-07-20T22:19:10",
        "2019-07-20 22:19:10.000000",
        " 2019-07-20T19:19:10,000000000Z ",
        1563650350,
        1563650350000,
        "1563650350",
        "1563650350000",
        Decimal("1563650350.0"),
    ],
)
def test_a_date_is_read_in_every_form(value: object) -> None:
    assert read_time(value) == NOON


def test_parts_of_a_second_and_a_missing_second() -> None:
    assert read_time("2019-07-20T19:19:10.25Z") == NOON.replace(microsecond=250_000)
    assert read_time("2019-07-20T19:19Z") == NOON.replace(second=0)


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        "soon",
        "2019-13-40T99:99:99Z",
        "0001-01-01T00:00:00+23:59",
        "2019-07-20T19:19:10+99:99",
        "9999-12-31T23:59:59.9999999Z",
        "9999-12-31T23:59:59-14:00",
        "2101-01-01T00:00:00Z",
        "1999-12-31T23:59:59Z",
        "253402300799000",
        0,
        True,
        10**30,
        Decimal("1e20"),
        [],
        {},
        "٢٠١٩-٠٧-٢٠T١٩:١٩:١٠Z",
    ],
)
def test_what_is_no_date_is_none_and_never_an_error(value: object) -> None:
    assert read_time(value) is None


@given(st.one_of(st.text(), st.integers(), st.decimals(allow_nan=False, allow_infinity=False)))
def test_a_date_never_spoils_an_answer(value: object) -> None:
    read_time(value)


def test_an_http_date() -> None:
    assert read_http_date("Sat, 20 Jul 2019 19:19:10 GMT") == NOON
    for nothing in (
        None,
        "",
        "yesterday",
        "Sat, 99 Jul 2019 19:19:10 GMT",
        "Fri, 31 Dec 9999 23:59:59 GMT",
    ):
        assert read_http_date(nothing) is None
