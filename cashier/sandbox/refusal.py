"""The gateway's own refusals: an error code, its text, and what was wrong with which field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum

from cashier.sandbox.values import Profile


class Code(IntEnum):
    """The codes that the live service is known to answer with."""

    ACCESS = 0
    CURRENCY = 1
    AMOUNT = 2
    TERMINAL = 3
    METHOD = 4
    SUCCESS_URL = 5
    FAIL_URL = 6
    PAYMENT = 7
    REFUND = 8
    PAID = 9
    FINISHED = 10
    ALIAS_OR_STARTED = 11
    MALFORMED = 400
    UNKNOWN_CALL = 404
    WRONG_METHOD = 405
    INVALID = 422


_TEXTS = {
    Code.ACCESS: "Неверный логин или API ключ",
    Code.CURRENCY: "Неверная валюта",
    Code.AMOUNT: "Неверная сумма",
    Code.TERMINAL: "Неверный id терминала",
    Code.METHOD: "Неверный способ оплаты",
    Code.SUCCESS_URL: "Неверный адрес страницы успешной оплаты",
    Code.FAIL_URL: "Неверный адрес страницы неуспешной оплаты",
    Code.PAYMENT: "Платеж не найден",
    Code.REFUND: "Возврат не найден",
    Code.PAID: "Платеж уже оплачен",
    Code.FINISHED: "Платеж уже завершен с ошибкой",
    Code.ALIAS_OR_STARTED: "Неверный alias терминала",
    Code.MALFORMED: "Запрос составлен некорректно",
    Code.UNKNOWN_CALL: "Неизвестный запрос",
    Code.WRONG_METHOD: "Запросы принимаются только методом POST",
    Code.INVALID: "Запрос не прошел проверку",
}

_STARTED = "Платеж нельзя отменить, по нему начата оплата"


class Refusal(Exception):
    """A call that the gateway refuses; nothing has been changed."""

    def __init__(
        self,
        code: Code,
        description: str | None = None,
        *,
        additions: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self.code = code
        self.description = description or _TEXTS[code]
        self.additions = dict(additions or {})
        super().__init__(f"{int(code)} {self.description}")

    def http_status(self, profile: Profile) -> int:
        """SPEC 9.3 knows 400 alone; the live service answers 200 to its own small codes."""
        if profile is Profile.SPEC:
            return 400
        if self.code is Code.ACCESS:
            return 401
        return int(self.code) if self.code >= Code.MALFORMED else 200

    def body(self, profile: Profile) -> dict[str, object]:
        code = int(self.code)
        if profile is Profile.SPEC and code > Code.MALFORMED:
            code = int(Code.MALFORMED)
        answer: dict[str, object] = {"error": code, "description": self.description}
        if self.additions:
            answer["additions"] = self.additions
        return answer


def payer_has_started() -> Refusal:
    """ClosePayment while the payer is paying: the second meaning of code 11."""
    return Refusal(Code.ALIAS_OR_STARTED, _STARTED)


def invalid(field: str, problem: str) -> Refusal:
    """A validation refusal of one field."""
    return Refusal(Code.INVALID, additions={field: [problem]})
