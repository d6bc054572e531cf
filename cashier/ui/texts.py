"""The only place where codes become sentences, one line each.

What happened, what it means for the money, what to do. `refusal_texts`, `bank_texts`,
`health_texts`, `journal_texts`, `office_texts` and `word_texts` are its further pages.
"""

from __future__ import annotations

import sys
from typing import assert_never

from PySide6.QtCore import QCoreApplication

from cashier.domain.failure import CashierError, Failure
from cashier.domain.money import Money
from cashier.domain.payment import Payment
from cashier.ui import formats
from cashier.ui.bank_texts import Decline, bank_heading, bank_reason, decline
from cashier.ui.health_texts import HealthLines, health_lines
from cashier.ui.journal_texts import journal_failure_text
from cashier.ui.office_texts import office_failure_text
from cashier.ui.refusal_texts import field_text, quoted, refusal_text
from cashier.ui.translation import current_language
from cashier.ui.word_texts import word_icon, word_text, word_tone

__all__ = [
    "Decline",
    "HealthLines",
    "bank_heading",
    "bank_reason",
    "decline",
    "failure_text",
    "field_text",
    "health_lines",
    "method_text",
    "mismatch_text",
    "money_text",
    "quoted",
    "refusal_text",
    "word_icon",
    "word_text",
    "word_tone",
]

translate = QCoreApplication.translate


def failure_text(error: CashierError) -> str:  # noqa: C901 - one case for every code, none forgotten
    """One line about expected trouble, for the message bar or under a field."""
    count = _number(error, "count")
    match error.failure:
        case Failure.FOLDER_UNWRITABLE:
            return translate(
                "Texts",
                "The folder {0} cannot be written to, so nothing can be sold. "
                "Call the administrator.",
            ).format(_fact(error, "folder"))
        case Failure.SECOND_INSTANCE if str(error.facts.get("folder")).startswith("postgresql"):
            return translate(
                "Texts",
                "A till of this number is at work on the server already. After a power cut the "
                "server lets go of it within half a minute: try again then.",
            )
        case Failure.SECOND_INSTANCE:
            return translate(
                "Texts", "The till is already running on this computer. Go on in its window."
            )
        case Failure.SETTINGS_DAMAGED:
            return translate(
                "Texts",
                "The settings file {0} is damaged; receipts and payments are whole. "
                "Call the administrator.",
            ).format(_fact(error, "path"))
        case Failure.SETTINGS_UNWRITABLE:
            return translate(
                "Texts",
                "The settings were not saved: {0} cannot be written to. Call the administrator.",
            ).format(_fact(error, "path"))
        case Failure.KEY_STORE_MISSING:
            return translate(
                "Texts",
                "This computer has no safe place for the key, so it was not saved. "
                "Call the administrator.",
            )
        case Failure.KEY_STORE_REFUSED:
            return translate(
                "Texts",
                "The system’s key store did not give or take the key. Nothing was sent; "
                "call the administrator.",
            )
        case Failure.PORT_TAKEN:
            return translate(
                "Texts", "Port {0} is taken by another program. Choose another port."
            ).format(_fact(error, "port"))
        case Failure.NO_DISPLAY:
            return translate("Texts", "There is no screen to show the till’s window on.")
        case Failure.BASE_URL_INVALID:
            return translate(
                "Texts",
                "“{0}” is no address of a gateway: https is needed, without a user or a query.",
            ).format(_fact(error, "url"))
        case Failure.DEMO_MERCHANT:
            return translate(
                "Texts",
                "This is the guide’s test merchant; it takes no real money. "
                "Enter your own merchant ID.",
            )
        case Failure.JOURNAL_DAMAGED:
            return translate(
                "Texts",
                "The journal of payments is damaged, so nothing can be sold. "
                "Call the administrator; do not delete the file.",
            )
        case Failure.JOURNAL_NEWER:
            return translate(
                "Texts",
                "The journal was written by a newer version of the till. Start that version.",
            )
        case Failure.JOURNAL_BUSY:
            return translate(
                "Texts", "The journal is busy. Nothing was sent; try again in a moment."
            )
        case Failure.JOURNAL_FAULT if error.facts.get("reason") == "the file is gone or another":
            return translate(
                "Texts",
                "The file of the journal was removed while the till was running. Nothing new is "
                "sent. What is open goes on to its end on this screen only: write it down, do not "
                "close the till, and call the administrator.",
            )
        case Failure.JOURNAL_FAULT:
            return translate(
                "Texts",
                "The journal could not be written. Nothing new is sent without it; "
                "call the administrator.",
            )
        case Failure.JOURNAL_AWAY if error.facts.get("password"):
            windows = r"%APPDATA%\postgresql\pgpass.conf"
            return translate(
                "Texts",
                "The server of the shared journal asks for a password, and has none or a wrong "
                "one. The administrator writes it into {0}, as one line: "
                "server:port:database:user:password.",
            ).format(windows if sys.platform == "win32" else "~/.pgpass")
        case Failure.JOURNAL_AWAY:
            return translate(
                "Texts",
                "The server with the shared journal does not answer. Payments and refunds stop "
                "until it is back; nothing is lost.",
            )
        case Failure.JOURNAL_KNOWN:
            return translate(
                "Texts",
                "The server already has this till, or something of it. Nothing was moved; "
                "the journal stays in its file.",
            )
        case Failure.TILL_NAME_TAKEN:
            return translate(
                "Texts",
                "The shared journal already has a till {0}. Give this till another number.",
            ).format(_fact(error, "name"))
        case Failure.DISK_FULL:
            return translate(
                "Texts",
                "The disk is full: {0} MB left. Nothing new is sent; call the administrator.",
            ).format(_fact(error, "free_mib"))
        case Failure.NO_LINK:
            return translate(
                "Texts",
                "There is no link to the gateway. Nothing was sent; check the network and repeat.",
            )
        case Failure.TLS_REFUSED:
            return translate(
                "Texts",
                "The gateway’s certificate was not accepted. Nothing was sent; "
                "call the administrator.",
            )
        case Failure.PROXY_REFUSED:
            return translate(
                "Texts", "The proxy refused the request. Nothing was sent; call the administrator."
            )
        case Failure.KEY_REFUSED:
            return refusal_text(0)
        case Failure.NO_KEY:
            return translate(
                "Texts",
                "The merchant ID or the key is missing. Nothing was sent; "
                "the administrator enters them in the settings.",
            )
        case Failure.TIMED_OUT:
            return translate(
                "Texts",
                "The gateway has not answered in time. Payments are followed further; "
                "repeat in a moment.",
            )
        case Failure.CONNECTION_BROKEN:
            return translate(
                "Texts",
                "The link to the gateway broke off. Payments are followed further; "
                "repeat in a moment.",
            )
        case Failure.UNREADABLE_ANSWER:
            return translate(
                "Texts",
                "The gateway’s answer makes no sense, so it was not believed. Payments are "
                "followed further; repeat in a moment.",
            )
        case Failure.GATEWAY_ERROR:
            return translate(
                "Texts",
                "The gateway has a fault{0}. Payments are followed further; repeat in a moment.",
            ).format(_code_in_brackets(error))
        case Failure.REDIRECTED:
            return translate(
                "Texts",
                "The gateway’s address leads elsewhere, and the till does not follow. "
                "The administrator checks the address.",
            )
        case Failure.REFUSED:
            return refusal_text(_code(error), text=_fact(error, "text"), fields=_fields(error))
        case Failure.FIELD_INVALID:
            return field_text(_fact(error, "field"), _fact(error, "rule"), _fact(error, "limit"))
        case Failure.RECEIPT_EMPTY:
            return translate("Texts", "The receipt is empty. Add goods first.")
        case Failure.RECEIPT_ZERO:
            return translate(
                "Texts", "A receipt of zero cannot be paid. Check the prices and the discount."
            )
        case Failure.SUM_OVER_LIMIT:
            return translate(
                "Texts", "The sum is over this till’s limit of {0}. Split the receipt."
            ).format(_money_fact(error, "limit"))
        case Failure.NOT_ALLOWED:
            return translate(
                "Texts", "This cannot be done now: the payment has already gone on. Look at it."
            )
        case Failure.NO_TERMINAL:
            return translate("Texts", "No terminal is chosen. Choose one at the top left.")
        case Failure.TERMINAL_NOT_FOUND:
            return translate(
                "Texts", "The gateway has no such terminal. Check the alias or the number."
            )
        case Failure.TERMINAL_BUSY:
            return translate(
                "Texts",
                "The terminal waits for the payment of receipt {0}. "
                "Finish that one or choose another terminal.",
            ).format(_fact(error, "receipt"))
        case Failure.TERMINAL_IN_USE:
            return translate("Texts", "The terminal has unfinished payments: {0}.").format(count)
        case Failure.TERMINAL_OUTCOME_UNKNOWN:
            return translate(
                "Texts",
                "Nobody knows yet whether terminal {0} was created. "
                "Check before you create it again.",
            ).format(_fact(error, "alias"))
        case Failure.TERMINAL_KNOWN:
            return translate("Texts", "Terminal {0} is already in the list.").format(
                _fact(error, "alias")
            )
        case Failure.CURRENCY_MIXED:
            return translate(
                "Texts",
                "The receipt and the terminal have different currencies. Choose another terminal.",
            )
        case Failure.RECEIPT_HAS_PAYMENT:
            return translate(
                "Texts",
                "This receipt has a payment that is not over yet. A second QR code is not shown.",
            )
        case Failure.STILL_PAYABLE:
            return translate(
                "Texts",
                "The earlier payment can still be paid, or is paid. "
                "A new QR code is not shown; wait for the check.",
            )
        case Failure.OPEN_PAYMENTS:
            return translate("Texts", "Locked until the unfinished payments end: {0}.").format(
                count
            )
        case Failure.NOT_FOUND:
            return translate("Texts", "It is not in this till’s journal any more.")
        case Failure.INTERNAL:
            return translate(
                "Texts", "The program made a mistake. Check what was done before doing it again."
            )
        case (
            Failure.COPY_FAILED
            | Failure.COPY_DAMAGED
            | Failure.REFUNDS_WAIT
            | Failure.GATEWAY_NOT_ASKED
        ) as journal:
            return journal_failure_text(journal, error)
        case (
            Failure.REFUND_OVER_BUDGET
            | Failure.REFUND_OVER_LINE
            | Failure.REFUND_UNSETTLED
            | Failure.REFUND_NOTHING
            | Failure.NOT_PAID
            | Failure.BUDGET_UNKNOWN
            | Failure.TOO_EARLY
            | Failure.PROOF_DIFFERS
            | Failure.ALREADY_LINKED
            | Failure.REFUND_NOT_DONE
            | Failure.RIGHT_MISSING
            | Failure.PIN_WRONG
            | Failure.PIN_LOCKED
            | Failure.PIN_WEAK
            | Failure.NAME_TAKEN
            | Failure.LAST_ADMINISTRATOR
            | Failure.SHIFT_NOT_READY
            | Failure.NO_SHIFT
        ) as office:
            return office_failure_text(office, error)
        case _ as unreachable:
            assert_never(unreachable)


def money_text(amount: Money) -> str:
    """The sum as the language on screen writes it."""
    return formats.money(current_language(), amount)


def method_text(payment: Payment) -> str:
    """How it was paid: SBP, the card with its last digits, else by QR code."""
    method = payment.method.strip().casefold()
    if method in ("sbp", "sbp_qr", "nspk"):
        return translate("Texts", "SBP")
    last = payment.account.strip()[-4:]
    has_digits = len(last) == 4 and last.isascii() and last.isdigit()
    if method != "card" and not (has_digits and "*" in payment.account):
        return translate("Texts", "QR code")
    words = [translate("Texts", "Card")]
    words += [_system(payment.account)] if _system(payment.account) else []
    words += [f"••{formats.HARD_SPACE}{last}"] if has_digits else []
    return " ".join(words)


def mismatch_text(field: str) -> str:
    """What differs between the gateway's answer and what was asked."""
    match field:
        case "amount":
            return translate("Texts", "the sum")
        case "currency":
            return translate("Texts", "the currency")
        case "payment_url":
            return translate("Texts", "the address in the QR code")
        case "id":
            return translate("Texts", "the payment’s number")
        case "order_id":
            return translate("Texts", "the order’s number")
        case _:
            return quoted(field)


def _system(account: str) -> str:
    """The card's payment system by its first digits (ISO/IEC 7812)."""
    first = account.strip()[:4]
    if not (first.isascii() and first.isdigit()):
        return ""
    number = int(first)
    if 2200 <= number <= 2204:
        return translate("Texts", "MIR")
    if number // 1000 == 4:
        return "Visa"
    if 51 <= number // 100 <= 55 or 2221 <= number <= 2720:
        return "Mastercard"
    return "UnionPay" if number // 100 == 62 else ""


def _fact(error: CashierError, name: str) -> str:
    value = error.facts.get(name)
    return "" if value is None else str(value)


def _number(error: CashierError, name: str) -> int:
    value = error.facts.get(name)
    return value if isinstance(value, int) else 0


def _money_fact(error: CashierError, name: str) -> str:
    value = error.facts.get(name)
    return money_text(value) if isinstance(value, Money) else _fact(error, name)


def _code(error: CashierError) -> int | None:
    value = error.facts.get("code")
    return value if isinstance(value, int) else None


def _code_in_brackets(error: CashierError) -> str:
    code = _code(error)
    code = code if code is not None else error.facts.get("http_status")  # type: ignore[assignment]  # facts are objects; only shown
    return f" ({code})" if code is not None else ""


def _fields(error: CashierError) -> tuple[str, ...]:
    value = error.facts.get("fields")
    return tuple(str(name) for name in value) if isinstance(value, dict | tuple | list) else ()
