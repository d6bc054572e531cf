"""Reads a request's JSON field by field, collecting everything that is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

from cashier.sandbox.refusal import Code, Refusal

LARGEST_BODY = 1 << 20
"""Bytes of the largest request."""

DEEPEST = 100
"""Objects and arrays within each other."""

_REQUIRED = "обязательное поле"
_MISSING = object()


def read_object(body: bytes) -> dict[str, object]:
    """The request's JSON object, numbers as int or Decimal. Raises Refusal(MALFORMED)."""
    if len(body) > LARGEST_BODY:
        raise Refusal(Code.MALFORMED, "Запрос слишком велик")
    try:
        value = json.loads(
            body.decode("utf-8-sig"),
            parse_float=Decimal,
            parse_constant=_no_constant,
            object_pairs_hook=_unique,
        )
        _check_writable(value)
    except (ValueError, RecursionError, ArithmeticError) as error:
        raise Refusal(Code.MALFORMED, "Тело запроса не является JSON") from error
    if not isinstance(value, dict):
        raise Refusal(Code.MALFORMED, "Тело запроса должно быть JSON-объектом")
    return value


def _no_constant(name: str) -> object:
    raise ValueError(name)


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise ValueError("a key is repeated")
    return fields


def _check_writable(value: object, depth: int = 0) -> None:
    """What is taken must be answered and remembered. Raises ValueError for what cannot be.

    That is half of a pair of surrogates, and values too deep for the way back.
    """
    if depth > DEEPEST:
        raise ValueError("too deep")
    if isinstance(value, str):
        value.encode()
    elif isinstance(value, list):
        for item in value:
            _check_writable(item, depth + 1)
    elif isinstance(value, dict):
        for name, item in value.items():
            name.encode()
            _check_writable(item, depth + 1)


class Reader:
    """One JSON object. Strict: types exactly as the guide's tables; else null and "" are absent,
    numbers may be strings and strings numbers. Nested readers share one list of problems.
    """

    def __init__(
        self,
        fields: Mapping[str, object],
        *,
        strict: bool,
        path: str = "",
        problems: dict[str, list[str]] | None = None,
    ) -> None:
        self.strict = strict
        self.problems: dict[str, list[str]] = {} if problems is None else problems
        self._fields = fields
        self._path = path

    def complain(self, name: str, problem: str) -> None:
        self.problems.setdefault(self._path + name, []).append(problem)

    def check(self) -> None:
        """Raises Refusal(INVALID) when anything was wrong so far."""
        if self.problems:
            raise Refusal(Code.INVALID, additions=self.problems)

    def only(self, *names: str) -> None:
        """Strict: a field that the guide does not list is a problem."""
        if self.strict:
            for name in self._fields.keys() - set(names):
                self.complain(name, "неизвестное поле")

    def has(self, name: str) -> bool:
        return self._fields.get(name, _MISSING) is not _MISSING

    def _take(self, name: str, *, required: bool) -> object:
        value = self._fields.get(name, _MISSING)
        if not self.strict and (value is None or value == ""):
            value = _MISSING
        if value is _MISSING and required:
            self.complain(name, _REQUIRED)
        return value

    def text(
        self,
        name: str,
        *,
        required: bool = False,
        shortest: int = 1,
        longest: int | None = None,
        number_too: bool = False,
    ) -> str | None:
        """A string. Limits hold in the strict reading only."""
        value = self._take(name, required=required)
        if value is _MISSING:
            return None
        number = isinstance(value, int | Decimal) and not isinstance(value, bool)
        if number and (number_too or not self.strict):
            return str(value)
        if not isinstance(value, str):
            self.complain(name, "должно быть строкой")
            return None
        if self.strict and len(value) < shortest:
            self.complain(name, f"не короче {shortest} символов")
        if self.strict and longest is not None and len(value) > longest:
            self.complain(name, f"не длиннее {longest} символов")
        return value

    def number(self, name: str, *, required: bool = False) -> Decimal | None:
        """A decimal number, exactly as written."""
        value = self._take(name, required=required)
        if value is _MISSING:
            return None
        if isinstance(value, str) and not self.strict:
            value = _numeric(value)
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            self.complain(name, "должно быть числом")
            return None
        return Decimal(value)

    def flag(self, name: str) -> bool | None:
        value = self._take(name, required=False)
        if value is _MISSING:
            return None
        if isinstance(value, bool):
            return value
        self.complain(name, "должно быть true или false")
        return None

    def mapping(self, name: str) -> Mapping[str, object] | None:
        """An object with any fields."""
        value = self._take(name, required=False)
        if value is _MISSING or (value == [] and not self.strict):
            return None
        if isinstance(value, dict):
            return value
        self.complain(name, "должно быть объектом")
        return None

    def scalar(self, name: str) -> str | int | Decimal | None:
        """A string or a number as it is."""
        value = self._take(name, required=False)
        if value is _MISSING:
            return None
        if isinstance(value, str | int | Decimal):
            return value
        self.complain(name, "должно быть строкой или числом")
        return None

    def numbers(self, name: str) -> tuple[int, ...] | None:
        """An array of whole numbers. Raises Refusal(INVALID)."""
        value = self._take(name, required=False)
        if value is _MISSING:
            return None
        if not isinstance(value, list) or not all(isinstance(item, int) for item in value):
            self.complain(name, "должно быть массивом целых чисел")
        self.check()
        return tuple(value) if isinstance(value, list) else None

    def child(self, name: str) -> Reader:
        """A required object; when it is missing, a reader of nothing."""
        value = self._take(name, required=True)
        if isinstance(value, dict):
            return self._nested(value, f"{name}.")
        if value is not _MISSING:
            self.complain(name, "должно быть объектом")
        return Reader({}, strict=self.strict, path=f"{self._path}{name}.")

    def children(self, name: str, *, required: bool) -> Sequence[Reader]:
        """An array of objects; required means at least one."""
        value = self._take(name, required=required)
        if value is _MISSING:
            return ()
        if not isinstance(value, list):
            self.complain(name, "должно быть массивом объектов")
            return ()
        if required and not value:
            self.complain(name, "нужна хотя бы одна позиция")
        readers = []
        for position, item in enumerate(value):
            if isinstance(item, dict):
                readers.append(self._nested(item, f"{name}.{position}."))
            else:
                self.complain(f"{name}.{position}", "должно быть объектом")
        return readers

    def _nested(self, fields: Mapping[str, object], prefix: str) -> Reader:
        return Reader(fields, strict=self.strict, path=self._path + prefix, problems=self.problems)


def _numeric(text: str) -> object:
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        return text
    return value if value.is_finite() else text
