"""What a name and a PIN have to be, and what the staff as a whole must keep."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from cashier.domain.failure import CashierError, Failure
from cashier.domain.staff import NAME_LIMIT, Person, Role, is_weak, pin_digits


@dataclass(frozen=True, slots=True)
class NewAdministrator:
    """Who the first start is to make; the PIN shows in no repr."""

    name: str
    pin: str = field(repr=False)


def checked_name(name: str, others: Iterable[Person]) -> str:
    """The name in the form that is kept. Raises CashierError: FIELD_INVALID, NAME_TAKEN."""
    text = " ".join(name.split())
    if not text:
        raise CashierError(Failure.FIELD_INVALID, field="name", rule="empty")
    if len(text) > NAME_LIMIT:
        raise CashierError(Failure.FIELD_INVALID, field="name", rule="length", limit=NAME_LIMIT)
    if not text.isprintable():
        raise CashierError(Failure.FIELD_INVALID, field="name", rule="characters")
    if any(one.name.casefold() == text.casefold() for one in others):
        raise CashierError(Failure.NAME_TAKEN)
    return text


def check_pin(pin: str, role: Role) -> None:
    """Raises CashierError: FIELD_INVALID (never with the PIN in it), PIN_WEAK."""
    shortest, longest = pin_digits(role)
    if not (pin.isascii() and pin.isdigit()):
        raise CashierError(Failure.FIELD_INVALID, field="pin", rule="digits")
    if len(pin) < shortest:
        raise CashierError(Failure.FIELD_INVALID, field="pin", rule="short", limit=shortest)
    if len(pin) > longest:
        raise CashierError(Failure.FIELD_INVALID, field="pin", rule="length", limit=longest)
    if is_weak(pin):
        raise CashierError(Failure.PIN_WEAK)


def keep_an_administrator(people: Iterable[Person]) -> None:
    """Raises CashierError(LAST_ADMINISTRATOR) when nobody among them could sign in as one."""
    if not any(
        one.role is Role.ADMINISTRATOR and not one.is_off and one.pin_length for one in people
    ):
        raise CashierError(Failure.LAST_ADMINISTRATOR)
