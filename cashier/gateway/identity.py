"""Whether an answer is about what was asked. What is absent proves nothing and is no difference."""

from __future__ import annotations

from cashier.domain.money import Money
from cashier.domain.payment import PaymentInfo, Standing, standing
from cashier.domain.refund import RefundInfo
from cashier.gateway.addresses import is_payable
from cashier.gateway.requests import Expected, ExpectedRefund


def differences(info: PaymentInfo, expected: Expected) -> tuple[str, ...]:
    """The fields of a payment that are there and not as expected."""
    found = []
    if _differs(info.id, expected.payment_id):
        found.append("id")
    if _differs(info.order_id, expected.order_id):
        found.append("order_id")
    return (*found, *_of_sum(info.amount, info.currency, expected.amount))


def refund_differences(
    info: RefundInfo, expected: ExpectedRefund, refund_id: str = ""
) -> tuple[str, ...]:
    """The fields of a refund that are there and not as expected."""
    found = []
    if _differs(info.id, refund_id):
        found.append("id")
    if _differs(info.payment_id, expected.payment_id):
        found.append("payment_id")
    return (*found, *_of_sum(info.amount, info.currency, expected.amount))


def bad_url(
    info: PaymentInfo, *, base_url: str, allowed: tuple[str, ...], required: bool
) -> tuple[str, ...]:
    """("payment_url",) where a payment that can still be paid has no address fit for a QR code.

    Of a payment that has ended the address does not matter. `required`: a missing one is bad too.
    """
    if standing(info.status) is not Standing.OPEN:
        return ()
    if not info.payment_url:
        return ("payment_url",) if required else ()
    if is_payable(info.payment_url, base_url=base_url, allowed=allowed):
        return ()
    return ("payment_url",)


def _of_sum(amount: Money | None, currency: str, expected: Money | None) -> tuple[str, ...]:
    """The number and the currency are told apart: both may differ."""
    if expected is None:
        return ()
    found = []
    if amount is not None and amount.minor != expected.minor:
        found.append("amount")
    if currency and currency != expected.currency.value:
        found.append("currency")
    return tuple(found)


def _differs(found: str, expected: str) -> bool:
    return bool(found and expected) and found != expected
