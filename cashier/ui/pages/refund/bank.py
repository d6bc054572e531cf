"""What it means when the bank declines a refund: the 24 codes of SPEC 9.2, for money going back."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from cashier.domain.bank_codes import BankCode

_Row = tuple[object, object]  # PySide's stubs say that QT_TRANSLATE_NOOP returns an object


def refund_heading(code: BankCode | None) -> str:
    """Why, in a few words; for a code that nobody knows, only that the bank declined."""
    return QCoreApplication.translate("RefundBank", str(_row(code)[0]))


def refund_advice(code: BankCode | None) -> str:
    """What to do about it."""
    return QCoreApplication.translate("RefundBank", str(_row(code)[1]))


def _row(code: BankCode | None) -> _Row:
    return _ROWS.get((code.source, code.number), _UNLISTED) if code else _UNLISTED


_CALL = QT_TRANSLATE_NOOP(
    "RefundBank", "Call a manager: the bank has to be asked why it does not take the refund."
)
_LATER = QT_TRANSLATE_NOOP(
    "RefundBank", "Make the refund again later; nothing has gone back this time."
)
_CARD = QT_TRANSLATE_NOOP(
    "RefundBank",
    "The money cannot go back to this card. A manager arranges with the customer how else to "
    "return it.",
)
_DOUBLE = QT_TRANSLATE_NOOP(
    "RefundBank",
    "It may have been carried out already. A manager looks in the gateway’s cabinet before "
    "anybody refunds again.",
)
_LIMIT = QT_TRANSLATE_NOOP(
    "RefundBank", "Refund a smaller sum, or call a manager: the bank has set this limit."
)

_UNLISTED: _Row = (QT_TRANSLATE_NOOP("RefundBank", "The bank declined the refund"), _CALL)

_ROWS: dict[tuple[int, int], _Row] = {
    (3, -21): (
        QT_TRANSLATE_NOOP("RefundBank", "The bank takes it for a repeated refund"),
        _DOUBLE,
    ),
    (3, -20): (
        QT_TRANSLATE_NOOP("RefundBank", "The bank ran out of time for the refund"),
        _DOUBLE,
    ),
    (3, -19): (
        QT_TRANSLATE_NOOP("RefundBank", "The bank did not confirm whose refund it is"),
        _CALL,
    ),
    (3, -17): (
        QT_TRANSLATE_NOOP("RefundBank", "The bank does not let this shop refund"),
        _CALL,
    ),
    (3, -2): (
        QT_TRANSLATE_NOOP("RefundBank", "The bank did not understand the refund"),
        _CALL,
    ),
    (2, 4): (QT_TRANSLATE_NOOP("RefundBank", "The card takes no refunds: it is restricted"), _CARD),
    (2, 5): (
        QT_TRANSLATE_NOOP("RefundBank", "The card’s bank declined the refund without a reason"),
        _CALL,
    ),
    (2, 12): (
        QT_TRANSLATE_NOOP("RefundBank", "The bank does not allow a refund of this payment"),
        _CALL,
    ),
    (2, 14): (
        QT_TRANSLATE_NOOP("RefundBank", "There is no such card any more"),
        _CARD,
    ),
    (2, 41): (
        QT_TRANSLATE_NOOP("RefundBank", "The card takes no refunds: it is reported lost"),
        _CARD,
    ),
    (2, 43): (
        QT_TRANSLATE_NOOP("RefundBank", "The card takes no refunds: it is reported stolen"),
        _CARD,
    ),
    (2, 51): (
        QT_TRANSLATE_NOOP("RefundBank", "Not enough money on the shop’s account for the refund"),
        QT_TRANSLATE_NOOP(
            "RefundBank",
            "Call a manager: the refund can be made when the shop’s account has been filled up.",
        ),
    ),
    (2, 54): (QT_TRANSLATE_NOOP("RefundBank", "The customer’s card has expired"), _CARD),
    (2, 57): (
        QT_TRANSLATE_NOOP("RefundBank", "Refunds are not allowed for this card"),
        _CARD,
    ),
    (2, 58): (
        QT_TRANSLATE_NOOP("RefundBank", "Refunds are not allowed for this shop"),
        _CALL,
    ),
    (2, 59): (
        QT_TRANSLATE_NOOP("RefundBank", "The bank suspects fraud and stopped the refund"),
        _CALL,
    ),
    (2, 61): (
        QT_TRANSLATE_NOOP("RefundBank", "The refund is over the bank’s limit of a sum"),
        _LIMIT,
    ),
    (2, 62): (
        QT_TRANSLATE_NOOP("RefundBank", "The card is closed for refunds"),
        _CARD,
    ),
    (2, 65): (
        QT_TRANSLATE_NOOP("RefundBank", "Too many refunds to this card"),
        _LATER,
    ),
    (2, 82): (
        QT_TRANSLATE_NOOP("RefundBank", "The card’s bank did not answer the refund in time"),
        _LATER,
    ),
    (2, 91): (
        QT_TRANSLATE_NOOP("RefundBank", "The card’s bank cannot be reached for the refund"),
        _LATER,
    ),
    (2, 93): (
        QT_TRANSLATE_NOOP("RefundBank", "The bank declined the refund because of the law"),
        _CALL,
    ),
    (2, 95): (
        QT_TRANSLATE_NOOP("RefundBank", "The bank may have refunded already"),
        _DOUBLE,
    ),
    (2, 96): (
        QT_TRANSLATE_NOOP("RefundBank", "The bank has a fault and did not refund"),
        _LATER,
    ),
}
