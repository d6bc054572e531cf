"""Cards that exist only here: SPEC 8's own, and one for each decline of SPEC 9.2."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from cashier.sandbox.bank_codes import bank_declines
from cashier.sandbox.values import BankCode

CODE = "123456"
"""SPEC 8's 3-D Secure code; every card here has it."""

NO_SUCH_CARD: BankCode = (2, 14)
WRONG_DETAILS: BankCode = (3, -19)

_ISSUER = "554373"
_BONUS_PERCENT = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A test card. `bank_code` None: the payment succeeds."""

    number: str
    expiry: str
    cvc: str
    bank_code: BankCode | None = None
    bonus_percent: int = 0

    @property
    def grouped(self) -> str:
        return " ".join(self.number[at : at + 4] for at in range(0, len(self.number), 4))


GUIDE_CARD = Card(number="5543735484626654", expiry="01/22", cvc="852")


def with_check_digit(digits: str) -> str:
    """The digits and the Luhn check digit that makes them a valid number."""
    return digits + str(-_luhn_sum(digits + "0") % 10)


def is_valid_number(digits: str) -> bool:
    """13 to 19 digits with a right Luhn check digit."""
    plain = digits.isascii() and digits.isdigit() and 13 <= len(digits) <= 19
    return plain and _luhn_sum(digits) % 10 == 0


def _luhn_sum(digits: str) -> int:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total


def masked(number: str) -> str:
    """The first six digits and the last four."""
    return f"{number[:6]}{'*' * (len(number) - 10)}{number[-4:]}"


@functools.cache
def bonus_card() -> Card:
    """Pays a fifth of the sum with bonuses."""
    number = with_check_digit(f"{_ISSUER}1{_BONUS_PERCENT:08d}")
    return Card(number=number, expiry="01/30", cvc="852", bonus_percent=_BONUS_PERCENT)


@functools.cache
def decline_cards() -> tuple[Card, ...]:
    """One for each bank code: [2, 51] is 5543 7320 0000 051x, [3, -19] is 5543 7330 0000 019x."""
    return tuple(
        Card(
            number=with_check_digit(f"{_ISSUER}{code[0]}{abs(code[1]):08d}"),
            expiry="01/30",
            cvc="852",
            bank_code=code,
        )
        for code in bank_declines()
    )


def find_card(number: str) -> Card | None:
    for card in (GUIDE_CARD, bonus_card(), *decline_cards()):
        if card.number == number:
            return card
    return None
