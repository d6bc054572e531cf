"""What never leaves this package: card numbers beyond their first six and last four digits, and the
key, should an answer carry it.
"""

from __future__ import annotations

import base64
import json
import re

HIDDEN = "[hidden]"
SECRET_MIN = 6  # shorter texts would be found everywhere

_ACCOUNT_DIGITS = re.compile(r"\d(?:[ -]?\d){11,}", re.ASCII)
_CARD_LIKE = re.compile(r"(?<![0-9A-Za-z])\d(?:[ -]?\d){11,18}(?![0-9A-Za-z])", re.ASCII)
_ACCOUNT_FIELD = re.compile(
    r'("(?:account|pan|card(?:[_-]?number)?)"\s*:\s*)("(?:[^"\\]|\\.)*"|[0-9]+)', re.IGNORECASE
)


class Redactor:
    """Hides one key, in every form in which it travels, and every card number."""

    __slots__ = ("_secrets",)

    def __init__(self, merchant_id: str, key: str) -> None:
        pair = f"{merchant_id}:{key}".encode()
        plain = (key, base64.b64encode(pair).decode())
        forms = {
            *plain,
            *(json.dumps(form, ensure_ascii=False)[1:-1] for form in plain),
            *(json.dumps(form)[1:-1].replace("/", "\\/") for form in plain),
        }
        self._secrets = tuple(
            sorted((form for form in forms if len(form) >= SECRET_MIN), key=len, reverse=True)
        )

    def __repr__(self) -> str:
        return "Redactor()"

    def text(self, text: str) -> str:
        """A text of an answer, fit to be shown and stored."""
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        return _CARD_LIKE.sub(_mask_if_card, text)

    def body(self, body: bytes) -> bytes:
        """An answer's bytes, fit to be stored."""
        text = body.decode("utf-8", "surrogateescape")
        text = _ACCOUNT_FIELD.sub(lambda match: match[1] + mask_account(match[2]), text)
        return self.text(text).encode("utf-8", "surrogateescape")


def mask_account(text: str) -> str:
    """Twelve or more digits in a row, blanks and dashes between them or not: 554373******6654."""
    return _ACCOUNT_DIGITS.sub(_mask, text)


def _mask_if_card(match: re.Match[str]) -> str:
    return _mask(match) if _is_card_number(match[0]) else match[0]


def _mask(match: re.Match[str]) -> str:
    digits = [char for char in match[0] if char.isdigit()]
    return "".join(digits[:6]) + "*" * (len(digits) - 10) + "".join(digits[-4:])


def _is_card_number(text: str) -> bool:
    """Luhn's check, which every card number passes."""
    doubled = 0
    digits = [int(char) for char in text if char.isdigit()]
    for place, digit in enumerate(reversed(digits)):
        value = digit * 2 if place % 2 else digit
        doubled += value - 9 if value > 9 else value
    return doubled % 10 == 0
