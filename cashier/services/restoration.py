"""Putting another journal in the journal's place: a copy, or one on a server.

After a copy a manager reconciles before refunds go on (row G12).
Reconciled means: the gateway was asked once more about everything that the journal knows of its
last two shifts, and answered; and a manager confirms, by PIN and with a reason, that refunds made
after the copy were looked up in the Invoice account and entered as made there. Payments that the
copy does not know are found by their number and taken in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cashier.clock import Clock
from cashier.domain.failure import CashierError, Failure
from cashier.domain.payment import Payment
from cashier.domain.refund import Refund, RefundState
from cashier.domain.staff import Right
from cashier.gateway.client import Gateway
from cashier.journal.copies import Verified
from cashier.journal.epochs import CHECKED, RECONCILED, RESTORE, Restoration
from cashier.journal.journal import Journal
from cashier.journal.ledger import Ledger
from cashier.journal.reader import Reader
from cashier.services.reconciling import Progress, Reconciler, Reconciliation
from cashier.services.refund_form import typed_reason
from cashier.services.staff import Actor, Approval, Staff
from cashier.services.traffic import Traffic

MOVE_ALLOWED = "journal.move_allowed"

_SHIFTS = 2


@dataclass(frozen=True, slots=True)
class AllowedRestore:
    """Somebody may put this copy in the journal's place: it was verified, the PIN was right."""

    file: Path
    copy: Verified
    actor: Actor


@dataclass(frozen=True, slots=True)
class AllowedMove:
    """Somebody may move the journal to the server at this address: the PIN was right."""

    url: str


class Restoring:
    """Use cases around another journal in the journal's place. All raise CashierError.

    `changed` is called when refunds may go on.
    """

    def __init__(
        self, *, journal: Journal, gateway: Gateway, clock: Clock, traffic: Traffic, staff: Staff
    ) -> None:
        self._journal = journal
        self._staff = staff
        self.changed: Callable[[], None] = _nothing
        self._reconciler = Reconciler(gateway=gateway, clock=clock, traffic=traffic)

    async def allow(self, file: Path, *, approval: Approval | None = None) -> AllowedRestore:
        """Verify the copy, and that nothing is under way that it would forget.

        An administrator's PIN is needed each time. Raises RIGHT_MISSING, OPEN_PAYMENTS(count),
        COPY_DAMAGED, JOURNAL_NEWER; NOT_ALLOWED for a journal on a server.
        """
        actor = await self._staff.require(Right.RESTORE, approval)
        if not self._journal.is_file:
            raise CashierError(Failure.NOT_ALLOWED, action="restore", state="server")
        await self._journal.read(require_rest)
        copy = await self._journal.verify_copy(file)
        return AllowedRestore(file, copy, actor)

    async def allow_move(self, url: str, *, approval: Approval | None = None) -> AllowedMove:
        """Write down who moves the journal to which server, if nothing is under way.

        An administrator's PIN is needed each time. Raises RIGHT_MISSING, OPEN_PAYMENTS(count);
        NOT_ALLOWED for a journal that is on a server already.
        """
        actor = await self._staff.require(Right.RESTORE, approval)
        if not self._journal.is_file:
            raise CashierError(Failure.NOT_ALLOWED, action="move", state="server")
        await self._journal.read(require_rest)
        facts = {"server": url, "approver": actor.approver}
        await self._journal.write(
            lambda ledger: ledger.record(MOVE_ALLOWED, "journal", facts), actor=actor.id
        )
        return AllowedMove(url)

    async def check(
        self, report_progress: Callable[[Progress], None], approval: Approval | None = None
    ) -> Reconciliation:
        """Ask the gateway about every payment and refund of the last two shifts.

        Raises RIGHT_MISSING, NOT_ALLOWED when nothing waits for it.
        """
        actor = await self._staff.require(Right.RECONCILE, approval)
        await self._journal.read(_required)
        payments, refunds = await self._journal.read(_asked)
        found = await self._reconciler.run(payments, refunds, report_progress)
        facts = {**found.facts(), "approver": actor.approver}
        await self._journal.write(
            lambda ledger: ledger.record(CHECKED, RESTORE, facts), actor=actor.id
        )
        return found

    async def reconcile(self, reason: str, *, approval: Approval | None = None) -> None:
        """A manager's word that refunds made after the copy are entered; refunds go on.

        Raises RIGHT_MISSING without a PIN, FIELD_INVALID (reason), NOT_ALLOWED when nothing waits,
        GATEWAY_NOT_ASKED before a `check` that the gateway has answered.
        """
        actor = await self._staff.require(Right.RECONCILE_RESTORE, approval)
        text = typed_reason(reason)
        waiting = await self._journal.read(_required)
        if not waiting.is_checked:
            raise CashierError(Failure.GATEWAY_NOT_ASKED)

        def change(ledger: Ledger) -> None:
            _required(ledger)
            facts = {"reason": text, "approver": actor.approver}
            ledger.record(RECONCILED, RESTORE, facts)

        await self._journal.write(change, actor=actor.id)
        self.changed()


def require_rest(reader: Reader) -> None:
    """Raise OPEN_PAYMENTS while a payment can still be paid or a refund is being sent."""
    count = reader.count_open() + len(reader.refunds({RefundState.SENDING}))
    if count:
        raise CashierError(Failure.OPEN_PAYMENTS, count=count)


def _required(reader: Reader) -> Restoration:
    waiting = reader.restoration()
    if waiting is None:
        raise CashierError(Failure.NOT_ALLOWED, action="reconcile", state="reconciled")
    return waiting


def _asked(reader: Reader) -> tuple[list[Payment], list[tuple[Refund, Payment]]]:
    payments: dict[str, Payment] = {}
    refunds: dict[str, Refund] = {}
    for shift in reader.shifts(_SHIFTS):
        payments |= {one.id: one for one in reader.shift_payments(shift.id)}
        refunds |= {one.id: one for one in reader.shift_refunds(shift.id)}
    pairs = [
        (one, payments.get(one.payment_id) or reader.payment(one.payment_id))
        for one in refunds.values()
    ]
    return list(payments.values()), pairs


def _nothing() -> None:
    return None
