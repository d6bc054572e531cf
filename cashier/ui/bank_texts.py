"""What a declined payment means: a heading, what is certain about the money, what to say."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from cashier.domain.bank_codes import BankCode, find, is_sure_refusal
from cashier.domain.payment import Payment
from cashier.ui import formats
from cashier.ui.translation import current_language

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Decline:
    """`heading` for the cashier, `money` what is known of it, `say` for the customer.

    `code` as people write it ("51"), "" where the bank gave none.
    """

    heading: str
    money: str
    say: str
    code: str
    is_certain: bool


def decline(payment: Payment) -> Decline:
    """The texts for a payment that the bank declined.

    "Nothing was taken" is said only where every code that the gateway names is a certain one.
    """
    told = payment.status_description
    code = find(told)
    is_certain = is_sure_refusal(told) is True
    amount = formats.money(current_language(), payment.amount)
    if is_certain:
        money = translate("BankTexts", "The payment of {0} did not go through, no money was taken.")
    else:
        money = translate(
            "BankTexts", "The payment of {0} is not confirmed, the till will check once more."
        )
    return Decline(
        heading=bank_heading(code),
        money=money.format(amount),
        say=bank_reason(code),
        code=str(code.number) if code else "",
        is_certain=is_certain,
    )


def bank_heading(code: BankCode | None) -> str:
    """Why, in a few words; for a code that nobody knows, only that the bank declined."""
    return translate("BankTexts", str(_row(code)[0]))


def bank_reason(code: BankCode | None) -> str:
    """What the cashier can tell the customer, without the quotation marks."""
    return translate("BankTexts", str(_row(code)[1]))


def _row(code: BankCode | None) -> _Row:
    return _ROWS.get((code.source, code.number), _UNLISTED) if code else _UNLISTED


_Row = tuple[object, object]  # PySide's stubs say that QT_TRANSLATE_NOOP returns an object

_UNLISTED: _Row = (
    QT_TRANSLATE_NOOP("BankTexts", "The bank declined the payment"),
    QT_TRANSLATE_NOOP(
        "BankTexts",
        "The bank did not confirm the payment and gave no reason. I will check once more, "
        "then we can try again.",
    ),
)

_ROWS: dict[tuple[int, int], _Row] = {
    (3, -21): (
        QT_TRANSLATE_NOOP("BankTexts", "The bank takes it for a repeated payment"),
        QT_TRANSLATE_NOOP(
            "BankTexts",
            "The bank is checking the payment. Please do not pay again until I tell you.",
        ),
    ),
    (3, -20): (
        QT_TRANSLATE_NOOP("BankTexts", "The bank ran out of time"),
        QT_TRANSLATE_NOOP(
            "BankTexts",
            "The bank did not finish in time. I will check once more, please wait a moment.",
        ),
    ),
    (3, -19): (
        QT_TRANSLATE_NOOP("BankTexts", "The payer was not confirmed"),
        QT_TRANSLATE_NOOP(
            "BankTexts",
            "The bank could not confirm that it was you. Please check the card’s details and "
            "the code from the message; I will show a new QR code.",
        ),
    ),
    (3, -17): (
        QT_TRANSLATE_NOOP("BankTexts", "The bank denied access"),
        QT_TRANSLATE_NOOP(
            "BankTexts",
            "The bank did not accept our till’s request. I will check once more and call "
            "my senior.",
        ),
    ),
    (3, -2): (
        QT_TRANSLATE_NOOP("BankTexts", "The bank did not understand the request"),
        QT_TRANSLATE_NOOP(
            "BankTexts", "The bank did not accept our till’s request. I will call my senior."
        ),
    ),
    (2, 4): (
        QT_TRANSLATE_NOOP("BankTexts", "The card is restricted"),
        QT_TRANSLATE_NOOP(
            "BankTexts",
            "The bank restricts payments with this card. You can pay with another card or by "
            "SBP — I will show a new QR code.",
        ),
    ),
    (2, 5): (
        QT_TRANSLATE_NOOP("BankTexts", "The card’s bank declined without a reason"),
        QT_TRANSLATE_NOOP(
            "BankTexts",
            "Your bank declined and did not say why; it can tell you. You can pay with another "
            "card or by SBP.",
        ),
    ),
    (2, 12): (
        QT_TRANSLATE_NOOP("BankTexts", "The bank does not allow this operation"),
        QT_TRANSLATE_NOOP(
            "BankTexts",
            "The bank does not allow this payment with this card. You can pay with another card "
            "or by SBP — I will show a new QR code.",
        ),
    ),
    (2, 14): (
        QT_TRANSLATE_NOOP("BankTexts", "There is no such card"),
        QT_TRANSLATE_NOOP(
            "BankTexts",
            "The bank does not know this card. Please check its number or take another card — "
            "I will show a new QR code.",
        ),
    ),
    (2, 41): (
        QT_TRANSLATE_NOOP("BankTexts", "The card is reported lost"),
        QT_TRANSLATE_NOOP(
            "BankTexts",
            "The bank does not take this card; it can tell you why. You can pay with another "
            "card or by SBP.",
        ),
    ),
    (2, 43): (
        QT_TRANSLATE_NOOP("BankTexts", "The card is reported stolen"),
        QT_TRANSLATE_NOOP(
            "BankTexts",
            "The bank does not take this card; it can tell you why. You can pay with another "
            "card or by SBP.",
        ),
    ),
    (2, 51): (
        QT_TRANSLATE_NOOP("BankTexts", "Not enough money on the card"),
        QT_TRANSLATE_NOOP(
            "BankTexts",
            "There is not enough money on the card. You can pay with another card or by SBP — "
            "I will show a new QR code.",
        ),
    ),
    (2, 54): (
        QT_TRANSLATE_NOOP("BankTexts", "The card has expired"),
        QT_TRANSLATE_NOOP(
            "BankTexts",
            "The card has expired, or its date was typed wrongly. You can pay with another card "
            "or by SBP — I will show a new QR code.",
        ),
    ),
    (2, 57): (
        QT_TRANSLATE_NOOP("BankTexts", "Not allowed for this card"),
        QT_TRANSLATE_NOOP(
            "BankTexts",
            "Your bank does not allow such payments with this card. Ask the bank, or pay with "
            "another card or by SBP.",
        ),
    ),
    (2, 58): (
        QT_TRANSLATE_NOOP("BankTexts", "Not allowed for this shop"),
        QT_TRANSLATE_NOOP(
            "BankTexts",
            "The bank does not allow our shop to take this payment. I will call my senior.",
        ),
    ),
    (2, 59): (
        QT_TRANSLATE_NOOP("BankTexts", "The bank suspects fraud"),
        QT_TRANSLATE_NOOP(
            "BankTexts",
            "The bank stopped the payment for your safety. Please call your bank, or pay with "
            "another card or by SBP.",
        ),
    ),
    (2, 61): (
        QT_TRANSLATE_NOOP("BankTexts", "Over the card’s limit of a sum"),
        QT_TRANSLATE_NOOP(
            "BankTexts",
            "The sum is over your card’s limit. You can raise it in your bank’s app, or pay "
            "with another card or by SBP.",
        ),
    ),
    (2, 62): (
        QT_TRANSLATE_NOOP("BankTexts", "The card is closed for payments"),
        QT_TRANSLATE_NOOP(
            "BankTexts",
            "The bank has closed this card for such payments. You can pay with another card or "
            "by SBP — I will show a new QR code.",
        ),
    ),
    (2, 65): (
        QT_TRANSLATE_NOOP("BankTexts", "Too many payments with this card"),
        QT_TRANSLATE_NOOP(
            "BankTexts",
            "The card has reached its limit of payments. You can pay with another card or by "
            "SBP — I will show a new QR code.",
        ),
    ),
    (2, 82): (
        QT_TRANSLATE_NOOP("BankTexts", "The card’s bank did not answer in time"),
        QT_TRANSLATE_NOOP(
            "BankTexts", "Your bank did not answer. I will check once more, then we try again."
        ),
    ),
    (2, 91): (
        QT_TRANSLATE_NOOP("BankTexts", "The card’s bank cannot be reached"),
        QT_TRANSLATE_NOOP(
            "BankTexts",
            "Your bank cannot be reached now. I will check once more, then we try again or take "
            "another card.",
        ),
    ),
    (2, 93): (
        QT_TRANSLATE_NOOP("BankTexts", "The bank declined because of the law"),
        QT_TRANSLATE_NOOP(
            "BankTexts",
            "Your bank declined and asks you to call it. You can pay with another card or by SBP.",
        ),
    ),
    (2, 95): (
        QT_TRANSLATE_NOOP("BankTexts", "The bank may have done it already"),
        QT_TRANSLATE_NOOP(
            "BankTexts",
            "The payment may already have gone through. Please do not pay again; I will check "
            "once more.",
        ),
    ),
    (2, 96): (
        QT_TRANSLATE_NOOP("BankTexts", "The bank has a fault"),
        QT_TRANSLATE_NOOP(
            "BankTexts",
            "The bank has a fault. I will check once more, then we try again or take another card.",
        ),
    ),
}
