"""Values as the journal writes them: times, money and JSON in one spelling only.

The chain hashes what is stored, so one value has exactly one text. No float is ever written.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import Enum
from typing import cast

from cashier.domain.money import Money


def clean(text: str) -> str:
    """The text as both databases can hold it: no NUL, no half of a surrogate pair."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "\ufffd")


def stamp(moment: datetime) -> str:
    """UTC in ISO 8601 with milliseconds. ValueError for a time without a zone."""
    if moment.tzinfo is None:
        raise ValueError("a time without a zone")
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def moment(text: str) -> datetime:
    """The time that `stamp` wrote."""
    return datetime.fromisoformat(text)


def canonical(value: object) -> str:
    """JSON with sorted keys and no spaces."""
    return json.dumps(
        plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def plain(value: object) -> object:
    """`value` in strings, integers, lists and objects."""
    match value:
        case None | bool() | int():
            return value
        case str():
            return clean(value)
        case float():
            return repr(value)
        case Money():
            return [value.minor, value.currency.value]
        case Enum():
            return value.value
        case datetime():
            return stamp(value)
        case Mapping():
            pairs = cast("Mapping[object, object]", value)
            return {clean(str(key)): plain(item) for key, item in pairs.items()}
        case list() | tuple() | set() | frozenset():
            items = sorted(value, key=str) if isinstance(value, set | frozenset) else value
            return [plain(item) for item in items]
        case _:
            raise TypeError(f"the journal cannot write {type(value).__name__}")
