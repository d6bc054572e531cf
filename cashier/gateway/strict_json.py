"""JSON as the till reads it: every digit kept, and nothing that two readers could read in two ways.

The standard library's parser, with duplicate keys, NaN, infinity, absurd numbers, absurd depth and
more than 1 MiB refused.
"""

from __future__ import annotations

import json
from decimal import Decimal

SIZE_LIMIT = 1024 * 1024
DIGITS_LIMIT = 40
EXPONENT_LIMIT = 20


class UnreadableError(Exception):
    """The answer is not what SPEC 7.2 describes, however tolerantly it is read."""


def read(body: bytes) -> dict[str, object]:
    """The object in `body`. Raises UnreadableError for anything else."""
    if len(body) > SIZE_LIMIT:
        raise UnreadableError("too large")
    try:
        value = json.loads(
            body.decode("utf-8-sig"),
            parse_float=_decimal,
            parse_int=_integer,
            parse_constant=_refuse_constant,
            object_pairs_hook=_unique,
        )
    except (ValueError, ArithmeticError, RecursionError) as trouble:
        raise UnreadableError(type(trouble).__name__) from None
    if not isinstance(value, dict):
        raise UnreadableError("not an object")
    return value


def _decimal(text: str) -> Decimal:
    if len(text) > DIGITS_LIMIT:
        raise ValueError("number too long")
    value = Decimal(text)
    if not value.is_finite() or abs(value.adjusted()) > EXPONENT_LIMIT:
        raise ValueError("number out of range")
    return value


def _integer(text: str) -> int:
    if len(text) > DIGITS_LIMIT:
        raise ValueError("number too long")
    return int(text)


def _refuse_constant(text: str) -> object:
    raise ValueError(f"{text} is not JSON")


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("duplicate key")
    return value
