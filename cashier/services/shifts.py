"""Shifts: X at any time, Z closes, and the reconciliation that no list of the gateway offers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from cashier.clock import Clock
from cashier.domain.failure import CashierError, Failure
from cashier.domain.money import Currency
from cashier.domain.payment import Payment
from cashier.domain.refund import Refund
from cashier.domain.shift import Shift
from cashier.domain.shift_report import LONGEST, ShiftReport
from cashier.domain.staff import Right
from cashier.gateway.client import Gateway
from cashier.journal.journal import Journal
from cashier.journal.ledger import Ledger
from cashier.journal.reader import Reader
from cashier.services.reconciling import Difference, Progress, Reconciler, Reconciliation
from cashier.services.shift_figures import (
    Readiness,
    open_shift,
    readiness,
    shift_contents,
    shift_report,
)
from cashier.services.shift_record import MARK, closed_report, report_facts
from cashier.services.staff import Approval, Staff
from cashier.services.traffic import Traffic

__all__ = ["Difference", "Overview", "Progress", "Readiness", "Reconciliation", "Shifts"]

NOTE_LIMIT = 190
_PAST = 60


@dataclass(frozen=True, slots=True)
class Overview:
    """The open shift so far, and what has to be decided before it ends."""

    report: ShiftReport
    readiness: Readiness


class Shifts:
    """Use cases over this till's shifts. All raise CashierError.

    `changed` is called when a shift has been opened or closed here, `closed` at its end only.
    """

    def __init__(
        self,
        *,
        journal: Journal,
        gateway: Gateway,
        clock: Clock,
        traffic: Traffic,
        staff: Staff,
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._staff = staff
        self.changed: Callable[[], None] = _nothing
        self.closed: Callable[[], None] = _nothing
        self._reconciler = Reconciler(gateway=gateway, clock=clock, traffic=traffic)

    async def open(self) -> Shift:
        """Open a shift by hand; the first sale does it otherwise."""
        actor = await self._staff.require(Right.SELL)
        shift = await self._journal.write(lambda ledger: ledger.ensure_shift(), actor=actor.id)
        self.changed()
        return shift

    async def x_report(self, currency: Currency = Currency.RUB) -> ShiftReport:
        """The open shift so far. Raises NO_SHIFT."""
        await self._staff.require(Right.X_REPORT)
        return (await self._journal.read(lambda reader: _overview(reader, currency))).report

    async def overview(self, currency: Currency = Currency.RUB) -> Overview:
        """The X report with what stands in the way of the Z, of one moment. Raises NO_SHIFT."""
        await self._staff.require(Right.X_REPORT)
        return await self._journal.read(lambda reader: _overview(reader, currency))

    async def readiness(self) -> Readiness:
        """What has to be decided before the shift can be closed."""
        return await self._journal.read(readiness)

    def is_too_long(self, shift: Shift) -> bool:
        """Whether the shift has been open for more than a day."""
        return (self._clock.utc() - shift.opened_at).total_seconds() > LONGEST

    async def past(self) -> tuple[ShiftReport, ...]:
        """The Z reports of the last closed shifts, the newest first, as they were printed."""
        await self._staff.require(Right.X_REPORT)

        def read(reader: Reader) -> tuple[ShiftReport, ...]:
            closed = [one for one in reader.shifts(_PAST) if one.closed_at is not None]
            return tuple(closed_report(reader, one) for one in closed)

        return await self._journal.read(read)

    async def close(
        self,
        currency: Currency = Currency.RUB,
        *,
        hand_over: bool = False,
        note: str = "",
        approval: Approval | None = None,
    ) -> ShiftReport:
        """The Z report. Unknown, mismatched and late payments are printed and carried over.

        `hand_over`: a senior takes open payments over into the next shift, whose report counts
        them. `note`: why it is closed in spite of a difference. Raises NO_SHIFT,
        SHIFT_NOT_READY(parked, open), FIELD_INVALID (note), RIGHT_MISSING; an approval is not
        spent by the first three.
        """
        if len(note) > NOTE_LIMIT:
            raise CashierError(
                Failure.FIELD_INVALID, field="note", rule="too_long", limit=NOTE_LIMIT
            )
        if approval is not None:
            await self._journal.read(lambda reader: _require_ready(reader, hand_over))
        actor = await self._staff.require(Right.Z_REPORT, approval)

        def change(ledger: Ledger) -> ShiftReport:
            ledger.hold_record()
            _require_ready(ledger, hand_over)
            made = shift_report(ledger, currency)
            facts = {
                "paid": made.whole.paid,
                "sold": made.whole.sold.minor,
                "refunded": made.whole.refunded.minor,
                "currency": currency.value,
                "handed_over": len(made.handed_over),
                "note": note,
                "approver": actor.approver,
                "report": report_facts(made),
                "ends": ledger.ends(),
            }
            shift = ledger.close_shift(made.shift.id, facts=facts, by=actor.id)
            return replace(made, shift=shift, mark=ledger.head().hash[-MARK:])

        report = await self._journal.write(change, actor=actor.id)
        self.changed()
        self.closed()
        return report

    async def reconcile(
        self, report_progress: Callable[[Progress], None], approval: Approval | None = None
    ) -> Reconciliation:
        """Ask the gateway for every payment and refund of the open shift once more.

        Raises NO_SHIFT, RIGHT_MISSING. `approval` comes as a keyword where `report_progress` is the
        bridge's.
        """
        actor = await self._staff.require(Right.RECONCILE, approval)
        shift, payments, refunds = await self._journal.read(_asked)
        found = await self._reconciler.run(payments, refunds, report_progress)
        facts = {**found.facts(), "approver": actor.approver}
        await self._journal.write(
            lambda ledger: ledger.record("shift.reconciled", shift.id, facts), actor=actor.id
        )
        return found


def _overview(reader: Reader, currency: Currency) -> Overview:
    made = shift_report(reader, currency)
    return Overview(replace(made, mark=reader.head().hash[-MARK:]), readiness(reader))


def _require_ready(reader: Reader, hand_over: bool) -> None:
    open_shift(reader)
    ready = readiness(reader)
    if ready.parked or (ready.open and not hand_over):
        raise CashierError(Failure.SHIFT_NOT_READY, parked=ready.parked, open=ready.open)


def _asked(reader: Reader) -> tuple[Shift, list[Payment], list[tuple[Refund, Payment]]]:
    shift = open_shift(reader)
    found = shift_contents(reader, shift)
    known = {one.id: one for one in found.payments}
    pairs = []
    for refund in (*found.refunds, *found.corrected):
        paid = known.get(refund.payment_id)
        pairs.append((refund, paid if paid is not None else reader.payment(refund.payment_id)))
    return shift, list(found.payments), pairs


def _nothing() -> None:
    return None
