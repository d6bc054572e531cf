"""What the person on the payment page does, step by step."""

from __future__ import annotations

import re
from dataclasses import replace
from enum import StrEnum

from cashier.sandbox import cards
from cashier.sandbox.state import Gateway
from cashier.sandbox.values import BankCode, Method, Payment, PlannedOutcome, Status, Step

_EXPIRY = re.compile(r"(0[1-9]|1[0-2])\s*/?\s*(\d{2})", re.ASCII)
_CVC = re.compile(r"\d{3}", re.ASCII)
_TRIES = 3
_DECLINED: BankCode = (2, 5)


class Mistake(StrEnum):
    """What the payer typed wrong and may type again."""

    NUMBER = "number"
    EXPIRY = "expiry"
    CVC = "cvc"
    CODE = "code"


class Payer:
    """Every step is for an open payment at the right place; otherwise nothing happens.

    All raise Refusal(PAYMENT) when there is no such payment.
    """

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    def begin_card(self, payment_id: str) -> None:
        """From now on the payment is in process and ClosePayment is refused."""
        with self._gateway.lock:
            if self._at(payment_id, Step.CHOICE):
                self._gateway.start(payment_id)

    def begin_sbp(self, payment_id: str) -> None:
        with self._gateway.lock:
            if self._at(payment_id, Step.CHOICE):
                self._gateway.change(
                    payment_id,
                    lambda payment: replace(payment, status=Status.PROCESS, step=Step.SBP),
                )

    def submit_card(self, payment_id: str, *, number: str, expiry: str, cvc: str) -> Mistake | None:
        """The number is looked at and forgotten: what stays is its masked form."""
        digits = re.sub(r"[\s-]", "", number)
        if not cards.is_valid_number(digits):
            return Mistake.NUMBER
        date = _EXPIRY.fullmatch(expiry.strip())
        if date is None:
            return Mistake.EXPIRY
        if not _CVC.fullmatch(cvc.strip()):
            return Mistake.CVC
        outcome = _outcome(digits, f"{date[1]}/{date[2]}", cvc.strip())
        with self._gateway.lock:
            if self._at(payment_id, Step.CARD):
                self._gateway.change(
                    payment_id,
                    lambda payment: replace(payment, step=Step.CODE, planned=outcome),
                )
        return None

    def submit_code(self, payment_id: str, code: str) -> Mistake | None:
        """3-D Secure: a wrong code may be typed again twice, then the payment is declined."""
        with self._gateway.lock:
            payment = self._at(payment_id, Step.CODE)
            if payment is None or payment.planned is None:
                return None
            if code.strip() != cards.CODE:
                return self._wrong_code(payment)
            if payment.planned.bank_code is not None:
                self._gateway.decline(payment_id, payment.planned.bank_code)
            else:
                bonuses = payment.amount * payment.planned.bonus_percent // 100
                self._gateway.pay(payment_id, Method.CARD, bonuses=bonuses)
            return None

    def _wrong_code(self, payment: Payment) -> Mistake | None:
        if payment.wrong_codes + 1 >= _TRIES:
            self._gateway.decline(payment.id, cards.WRONG_DETAILS)
            return None
        self._gateway.change(payment.id, lambda old: replace(old, wrong_codes=old.wrong_codes + 1))
        return Mistake.CODE

    def confirm_sbp(self, payment_id: str) -> None:
        with self._gateway.lock:
            if self._at(payment_id, Step.SBP):
                self._gateway.pay(payment_id, Method.SBP)

    def decline(self, payment_id: str) -> None:
        """The payer refuses: on the 3-D Secure page that is a failed authentication."""
        with self._gateway.lock:
            payment = self._gateway.payment(payment_id)
            at_code = payment.step is Step.CODE
            self._gateway.decline(payment_id, cards.WRONG_DETAILS if at_code else _DECLINED)

    def leave(self, payment_id: str) -> None:
        """Back to the choice; the payment waits again."""
        self._gateway.leave(payment_id)

    def _at(self, payment_id: str, step: Step) -> Payment | None:
        payment = self._gateway.payment(payment_id)
        return payment if payment.status.is_open and payment.step is step else None


def _outcome(digits: str, expiry: str, cvc: str) -> PlannedOutcome:
    account = cards.masked(digits)
    card = cards.find_card(digits)
    if card is None:
        return PlannedOutcome(account=account, bank_code=cards.NO_SUCH_CARD)
    if card is cards.GUIDE_CARD and (expiry, cvc) != (card.expiry, card.cvc):
        return PlannedOutcome(account=account, bank_code=cards.WRONG_DETAILS)
    return PlannedOutcome(
        account=account, bank_code=card.bank_code, bonus_percent=card.bonus_percent
    )
