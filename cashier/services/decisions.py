"""What a senior or a manager decides about a payment that the till cannot settle by itself.

Nobody can mark a payment as paid: only the gateway can.
"""

from __future__ import annotations

from cashier.domain.failure import CashierError, Failure
from cashier.domain.payment import Action, Decision, Payment, PaymentState
from cashier.domain.saved_receipt import ReceiptState, SavedReceipt
from cashier.domain.staff import Right
from cashier.journal.journal import Journal
from cashier.journal.ledger import Ledger
from cashier.services.refund_form import typed_reason
from cashier.services.staff import Approval, Staff
from cashier.services.views import PaymentView
from cashier.services.watch import Watch


class Decisions:
    """Each needs a right, a reason, and a payment in the state it is about."""

    def __init__(self, *, journal: Journal, watch: Watch, staff: Staff) -> None:
        self._journal = journal
        self._watch = watch
        self._staff = staff

    async def take_as_unpaid(
        self, payment_id: str, reason: str, *, approval: Approval | None = None
    ) -> PaymentView:
        """Free the receipt of a payment whose outcome stays unknown; it is watched for a week.

        Money that arrives after all becomes a red task.
        """
        actor = await self._staff.require(Right.DECIDE_PAYMENT, approval)
        text = typed_reason(reason)

        def change(ledger: Ledger) -> tuple[Payment, SavedReceipt]:
            payment = _in(ledger.payment(payment_id), PaymentState.UNKNOWN)
            moved = ledger.move(payment, PaymentState.ABANDONED)
            decided = ledger.decide(moved, Decision.TAKEN_AS_UNPAID, by=actor.approver, reason=text)
            return decided, ledger.receipt(decided.receipt_id)

        return self._watch.follow(*await self._journal.write(change, actor=actor.id))

    async def restore_sale(
        self, payment_id: str, reason: str, *, approval: Approval | None = None
    ) -> PaymentView:
        """Money that came late completes its sale: the goods are handed over, the receipt is paid.

        Raises STILL_PAYABLE when the receipt has been paid for otherwise or is being paid for, when
        it has changed since, and when another sum has come than was asked for.
        """
        actor = await self._staff.require(Right.DECIDE_PAYMENT, approval)
        text = typed_reason(reason)

        def change(ledger: Ledger) -> tuple[Payment, SavedReceipt]:
            payment = _in(ledger.payment(payment_id), PaymentState.LATE_PAID)
            receipt = ledger.receipt(payment.receipt_id)
            others = [one for one in ledger.attempts(receipt.id) if one.id != payment.id]
            taken = any(one.is_live or one.state is PaymentState.PAID for one in others)
            is_same = can_restore(payment, receipt) and ledger.is_as_charged(payment)
            if taken or not is_same:
                raise CashierError(Failure.STILL_PAYABLE, state=receipt.state.value)
            decided = ledger.decide(payment, Decision.RESTORED, by=actor.approver, reason=text)
            return decided, ledger.move_receipt(receipt.id, ReceiptState.SETTLED)

        return self._watch.follow(*await self._journal.write(change, actor=actor.id))

    async def accept_mismatch(
        self, payment_id: str, reason: str, *, approval: Approval | None = None
    ) -> PaymentView:
        """Money of another sum is kept as it is; the reason says why.

        Raises NOT_ALLOWED while no money has come.
        """
        actor = await self._staff.require(Right.DECIDE_MISMATCH, approval)
        text = typed_reason(reason)

        def change(ledger: Ledger) -> tuple[Payment, SavedReceipt]:
            payment = _in(ledger.payment(payment_id), PaymentState.QUARANTINE)
            if not payment.has_money:
                raise _not_now(payment)
            decided = ledger.decide(payment, Decision.ACCEPTED, by=actor.approver, reason=text)
            return decided, ledger.receipt(payment.receipt_id)

        return self._watch.follow(*await self._journal.write(change, actor=actor.id))


def can_restore(payment: Payment, receipt: SavedReceipt) -> bool:
    """Whether late money can still complete its sale, as far as the receipt tells.

    Not when another payment has settled it, when it has been changed since, or when another sum
    has come than was asked for.
    """
    is_settled = receipt.state is ReceiptState.SETTLED
    is_same = receipt.receipt.amount == payment.amount and not payment.mismatch
    return is_same and not is_settled


def _in(payment: Payment, state: PaymentState) -> Payment:
    if payment.state is not state or payment.is_decided:
        raise _not_now(payment)
    return payment


def _not_now(payment: Payment) -> CashierError:
    return CashierError(Failure.NOT_ALLOWED, action=Action.DECIDE.name, state=payment.state.value)
