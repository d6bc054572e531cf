"""The gateway's own truth: payments, refunds, terminals, and the customers who pay.

It does whatever it is asked and protects nobody, so that every mistake of a till shows as money.
Times are seconds of the virtual loop, sums minor units.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

OPEN = frozenset({"init", "process"})
LONGEST_LIFE = 90.0
"""Seconds after which every payment that nobody paid has expired."""

Body = dict[str, Any]


@dataclass(slots=True)
class Refund:
    """One CreateRefund that was carried out. `tag` is what the till put into the reason."""

    id: str
    payment_id: str
    amount: int
    reason: str
    status: str
    lies_left: int = 1
    account_of: int = 0
    """The till whose manager made it in the gateway's account; 0 for one that a till sent."""
    is_entered: bool = False
    """That manager has entered it at the till."""
    has_failed: bool = False
    """It failed in truth, whatever has come of it since (row R17)."""

    @property
    def tag(self) -> str:
        return self.reason.rpartition("#")[2]


@dataclass(slots=True)
class Payment:
    """One CreatePayment that was carried out. `history` are its true statuses, the newest last."""

    id: str
    order_id: str
    amount: int
    terminal: str
    custom: dict[str, str]
    created: float
    expires: float
    history: list[str]
    is_static: bool
    is_shown: bool = False
    is_told_paid: bool = False
    refunds: list[Refund] = field(default_factory=list)
    is_elsewhere: bool = False
    """No till made it."""
    is_over_refund_excused: bool = False
    """A refund that had failed for good came true: no till can foresee that (row R17)."""

    @property
    def status(self) -> str:
        return self.history[-1]

    @property
    def is_paid(self) -> bool:
        return self.status == "successful"

    @property
    def refunded(self) -> int:
        return sum(one.amount for one in self.refunds if one.status not in ("fail", "error"))


class Bank:
    """`later(seconds, what)` plans; `changed` hears of every payment whose status is another.

    `is_late`: refunds fail and come true later, and what was closed is paid, more often than not.
    """

    def __init__(
        self,
        chance: random.Random,
        *,
        now: Callable[[], float],
        later: Callable[[float, Callable[[], None]], object],
        met: Counter[str],
        is_late: bool = False,
    ) -> None:
        self._is_late = is_late
        self._chance = chance
        self._now = now
        self._later = later
        self._met = met
        self._number = 0
        self.payments: dict[str, Payment] = {}
        self.by_order: dict[str, Payment] = {}
        self.refunds: dict[str, Refund] = {}
        self.terminals: dict[str, Body] = {}
        self.is_calm = False
        self.changed: Callable[[Payment], None] = lambda _: None
        self.refunded: Callable[[Payment], None] = lambda _: None

    # The eight calls: an answer, or a refusal as {"error": code}

    def execute(self, call: str, body: Body) -> Body:
        """Carry a request out and answer truthfully."""
        calls: dict[str, Callable[[Body], Body]] = {
            "CreateTerminal": self._create_terminal,
            "GetTerminal": self._get_terminal,
            "CreatePayment": self._create_payment,
            "GetPayment": lambda asked: self._told(self.payments.get(asked["id"])),
            "GetPaymentByOrder": lambda asked: self._told(self.by_order.get(asked["id"])),
            "ClosePayment": self._close_payment,
            "CreateRefund": self._create_refund,
            "GetRefund": lambda asked: self._told_refund(self.refunds.get(asked["id"])),
        }
        return calls[call](body)

    def _create_terminal(self, body: Body) -> Body:
        alias = body["alias"]
        self.terminals[alias] = {
            "id": self._new("T"),
            "name": body["name"],
            "alias": alias,
            "type": body["type"],
        }
        return self.terminals[alias]

    def _get_terminal(self, body: Body) -> Body:
        for terminal in self.terminals.values():
            if body.get("alias") == terminal["alias"] or body.get("id") == terminal["id"]:
                return terminal
        return {"error": 3, "description": "no such terminal"}

    def _create_payment(self, body: Body) -> Body:
        order = body["order"]
        terminal = body["settings"]["terminal_id"]
        kind = next((one["type"] for one in self.terminals.values() if one["id"] == terminal), "")
        payment = Payment(
            id=self._new("P"),
            order_id=order["id"],
            amount=minor(order["amount"]),
            terminal=terminal,
            custom=body.get("custom_parameters", {}),
            created=self._now(),
            expires=self._now() + self._chance.uniform(20, LONGEST_LIFE),
            history=["init"],
            is_static=kind.startswith("static"),
        )
        self.payments[payment.id] = payment
        self.by_order.setdefault(payment.order_id, payment)
        self._later(payment.expires - self._now(), lambda: self._expire(payment))
        if payment.is_static and self._chance.random() < 0.3:
            # Its QR is printed: whoever stands there can pay what no screen has shown.
            self.show(payment.order_id)
        self.changed(payment)
        return self.tell(payment)

    def _close_payment(self, body: Body) -> Body:
        payment = self.payments.get(body["id"])
        if payment is None:
            return {"error": 7, "description": "no such payment"}
        if payment.status == "process":
            self._met["C4 the payer is paying"] += 1
            return {"error": 11, "description": "cannot be closed"}
        if payment.status != "init":
            self._met["C5" if payment.is_paid else "C6"] += 1
            return {"error": 9 if payment.is_paid else 10, "description": "cannot be closed"}
        if not self.is_calm and self._chance.random() < 0.15:
            self._met["C3 not closed though answered"] += 1
            return self.tell(payment)
        self._move(payment, "closed")
        if self._chance.random() < (0.8 if self._is_late else 0.2):
            self._met["C8 late success after close"] += 1
            self._later(self._chance.uniform(1, 150), lambda: self._move(payment, "successful"))
        answer = self.tell(payment)
        if self._chance.random() < 0.5:
            self._met["C3 close answers init"] += 1
            answer["status"] = "init"
        return answer

    def _create_refund(self, body: Body) -> Body:
        payment = self.payments.get(body["id"])
        if payment is None:
            return {"error": 7, "description": "no such payment"}
        given = body["refund"]
        status = self._chance.choices(
            ("init", "successful", "fail"), (2, 2, 7) if self._is_late else (5, 4, 2)
        )[0]
        refund = Refund(self._new("R"), payment.id, minor(given["amount"]), given["reason"], status)
        self.refunds[refund.id] = refund
        payment.refunds.append(refund)
        if status == "init":
            end = "successful" if self._chance.random() < 0.8 else "fail"
            wait = self._chance.uniform(1, 50)
            self._later(wait, lambda: self._move_refund(payment, refund, end))
        elif status == "fail":
            refund.has_failed = True
            self._maybe_succeed_late(payment, refund)
        self.refunded(payment)
        return self.tell_refund(refund)

    # What people do elsewhere

    def sell_elsewhere(self, till: int) -> Payment:
        """Another shop's payment, or a website's; a part of it may have gone back already."""
        chance = self._chance
        payment = Payment(
            id=self._new("P"),
            order_id=f"{chance.getrandbits(128):032x}",
            amount=chance.randint(500, 50_000),
            terminal="T-elsewhere",
            custom={},
            created=self._now(),
            expires=self._now() + LONGEST_LIFE,
            history=["init", "successful"],
            is_static=False,
            is_elsewhere=True,
        )
        self.payments[payment.id] = payment
        self.by_order[payment.order_id] = payment
        if chance.random() < 0.6:
            before = self.refund_in_account(payment, chance.randint(1, payment.amount), till)
            before.is_entered = True  # it is declared with the adoption, not by its number
        return payment

    def refund_in_account(self, payment: Payment, amount: int, till: int) -> Refund:
        """The manager of `till` gives money back in the gateway's account."""
        status = self._chance.choice(("init", "successful"))
        refund = Refund(self._new("R"), payment.id, amount, "в кабинете", status, account_of=till)
        self.refunds[refund.id] = refund
        payment.refunds.append(refund)
        if status == "init":
            wait = self._chance.uniform(1, 50)
            self._later(wait, lambda: self._move_refund(payment, refund, "successful"))
        self.refunded(payment)
        return refund

    def not_entered(self, till: int) -> list[Refund]:
        """What was given back in the account and is not in that till's journal yet."""
        return [
            one for one in self.refunds.values() if one.account_of == till and not one.is_entered
        ]

    # What happens by itself

    def show(self, order_id: str) -> None:
        """A customer sees the QR of that order, and does something about it."""
        payment = self.by_order[order_id]
        if payment.is_shown:
            return
        payment.is_shown = True
        self.changed(payment)
        chance = self._chance
        match chance.choices(("pays", "declined", "leaves", "last", "late"), (11, 4, 3, 2, 4))[0]:
            case "pays":
                self._pay(payment, chance.uniform(0.5, 7))
            case "declined":
                self._later(chance.uniform(1, 7), lambda: self._decline(payment))
            case "last":
                self._met["W3 paid in the last second"] += 1
                self._pay(payment, max(0.0, payment.expires - self._now() - 0.5))
            case "late":
                self._met["W4 paid after expiry"] += 1
                wait = payment.expires - self._now() + chance.uniform(0.5, 60)
                self._later(wait, lambda: self._arrive(payment))
            case _:
                pass

    def _pay(self, payment: Payment, wait: float) -> None:
        if self._chance.random() < 0.5:
            self._later(wait, lambda: self._arrive(payment))
            return
        bank = self._chance.uniform(0.2, 5)

        def begin() -> None:
            if payment.status == "init":
                self._move(payment, "process")
                self._later(bank, lambda: self._arrive(payment))

        self._later(wait, begin)

    def _arrive(self, payment: Payment) -> None:
        """The bank's word: money has come, unless the payment was closed before."""
        if payment.status != "closed":
            self._move(payment, "successful")

    def _decline(self, payment: Payment) -> None:
        if payment.status not in OPEN:
            return
        self._move(payment, self._chance.choice(("error", "failed", "fail")))
        if self._chance.random() < 0.35:
            self._met["W6 a second try on the page"] += 1
            self._later(self._chance.uniform(1, 100), lambda: self._arrive(payment))

    def _expire(self, payment: Payment) -> None:
        if payment.status in OPEN:
            self._move(payment, "expired")

    def _move(self, payment: Payment, status: str) -> None:
        if payment.is_paid or payment.status == status:
            return
        payment.history.append(status)
        self.changed(payment)

    def _move_refund(self, payment: Payment, refund: Refund, status: str) -> None:
        refund.status = status
        if status == "fail":
            refund.has_failed = True
            self._maybe_succeed_late(payment, refund)

    def _maybe_succeed_late(self, payment: Payment, refund: Refund) -> None:
        if self.is_calm or self._chance.random() > (0.9 if self._is_late else 0.5):
            return

        def succeed() -> None:
            self._met["R17 a failed refund succeeds"] += 1
            payment.is_over_refund_excused = True
            refund.status = "successful"

        self._later(self._chance.uniform(62, 150), succeed)

    # Answers

    def _told(self, payment: Payment | None) -> Body:
        if payment is None:
            return {"error": 7, "description": "no such payment"}
        return self.tell(payment)

    def _told_refund(self, refund: Refund | None) -> Body:
        if refund is None:
            return {"error": 7, "description": "no such refund"}
        return self.tell_refund(refund)

    def tell(self, payment: Payment, status: str = "") -> Body:
        """What the gateway says of a payment; `status` another word than the true one."""
        word = status or payment.status
        answer: Body = {
            "id": payment.id,
            "order": {
                "id": payment.order_id,
                "currency": "RUB",
                "amount": major(payment.amount),
            },
            "status": word,
            "status_description": f"is {word}",
            "create_date": EPOCH + int(payment.created),
            "expire_date": EPOCH + int(payment.expires),
            "payment_url": f"https://pay.invoice.su/{payment.id}",
        }
        if word == "successful":
            bonuses = payment.amount // 5 if payment.amount % 3 == 0 else 0
            if bonuses:
                self._met["W14 paid partly in bonuses"] += 1
            answer["payment_method"] = {
                "type": "card",
                "account": "220070******0019",
                "funds": major(payment.amount - bonuses),
                "bonuses": major(-bonuses),
            }
        return answer

    def tell_refund(self, refund: Refund) -> Body:
        """What the gateway says of a refund."""
        return {
            "id": refund.id,
            "refund": {
                "amount": major(refund.amount),
                "currency": "RUB",
                "reason": refund.reason,
            },
            "status": refund.status,
            "payment_id": refund.payment_id,
        }

    def find_refund(self, tag: str) -> Refund | None:
        """As a manager finds it in the cabinet: by the tag in the reason."""
        return next((one for one in self.refunds.values() if one.tag == tag), None)

    def _new(self, letter: str) -> str:
        self._number += 1
        return f"{letter}{self._number:08d}"


EPOCH = 1_795_519_920
"""Unix time of the virtual loop's second 0."""


def minor(amount: Any) -> int:
    return int(Decimal(str(amount)) * 100)


def major(amount: int) -> Decimal:
    return Decimal(amount).scaleb(-2)
