"""Bad designs on purpose: the real till with one rule taken out, which the oracle must notice.

Each is a subclass here, put in the place of the real part when a till is built; the guards that the
journal's own tables hold against it are dropped from that world's files, where a design needs it.
"""

from __future__ import annotations

import multiprocessing
import sqlite3
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from cashier.domain.failure import CashierError, Failure
from cashier.domain.payment import (
    Decision,
    Payment,
    PaymentInfo,
    PaymentState,
    Standing,
    standing,
)
from cashier.domain.refund import RefundInfo, RefundState
from cashier.domain.saved_receipt import SavedReceipt
from cashier.domain.staff import Person, Right
from cashier.gateway.client import Gateway
from cashier.gateway.outcome import Keep, Ok, Outcome, RawAnswer, Refused, Unknown
from cashier.gateway.requests import Expected, NewPayment, NewRefund, RefundLine
from cashier.gateway.verdict import Reading as AnswerReading
from cashier.journal import chain
from cashier.journal.journal import Journal
from cashier.journal.ledger import Ledger
from cashier.journal.reader import Reader
from cashier.services import settle
from cashier.services.approvals import Approvals
from cashier.services.followed import Followed
from cashier.services.history import History
from cashier.services.pin_guard import PinGuard
from cashier.services.reading import Reading
from cashier.services.refund_decisions import RefundDecisions
from cashier.services.refund_watch import RefundWatch
from cashier.services.sales import Sales
from cashier.services.staff import Actor, Approval, Staff
from cashier.services.till import Till, build
from cashier.services.views import PaymentView
from cashier.services.watch import Watch
from tests.simulation.world import LONG, ROUGH, Finding, Size, simulate

T = TypeVar("T")
S = PaymentState


@dataclass(frozen=True)
class Design:
    """Which part is another one. `drops` are the guards of the tables that would stand in its way.

    `forgets`: how many bytes of the journal's log a death takes with it.
    """

    gateway: type[Gateway] = Gateway
    till: type[Till] | None = None
    sales: type[Sales] | None = None
    reading: type[Reading] | None = None
    watch: type[Watch] | None = None
    refund_watch: type[RefundWatch] | None = None
    ledger: type[Ledger] | None = None
    staff: type[Staff] | None = None
    approvals: type[Approvals] | None = None
    guard: type[PinGuard] | None = None
    history: type[History] | None = None
    refund_decisions: type[RefundDecisions] | None = None
    drops: Sequence[str] = field(default=())
    forgets: int = 0

    def make_gateway(self, **how: Any) -> Gateway:
        return self.gateway(**how)

    def make_till(self, **how: Any) -> Till:
        if self.ledger is not None:
            _become(how["journal"], _journal_with(self.ledger))
        till = build(**how)
        _become(till, self.till)
        _become(till.sales, self.sales)
        _become(till.watch, self.watch)
        _become(till.watch._reading, self.reading)
        _become(till.refund_watch, self.refund_watch)
        self.plant_in(till.staff)
        _become(till.history, self.history)
        _become(till.refund_decisions, self.refund_decisions)
        return till

    def plant_in(self, staff: Staff) -> None:
        """The part of it that the people of a till are."""
        _become(staff, self.staff)
        _become(staff._approvals, self.approvals)
        _become(staff._guard, self.guard)

    def prepare(self, path: Path) -> None:
        connection = sqlite3.connect(path)
        for kind_and_name in self.drops:
            kind, name = kind_and_name.split()
            connection.execute(f"DROP {kind} IF EXISTS {name}")
        connection.close()

    def bury(self, folder: Path) -> None:
        log = folder / "journal.db-wal"
        if self.forgets and log.exists():
            whole = log.read_bytes()
            log.write_bytes(whole[: max(0, len(whole) - self.forgets)])


def _become(part: object, other: type | None) -> None:
    """The same object, of a class with one rule less."""
    if other is not None:
        part.__class__ = other


def _journal_with(ledger: type[Ledger]) -> type[Journal]:
    class WithOther(Journal):
        async def write(self, change: Callable[[Ledger], T], *, actor: str = "") -> T:
            def changed(given: Ledger) -> T:
                _become(given, ledger)
                return change(given)

            return await super().write(changed, actor=actor)

    return WithOther


# The gateway's client


class RepeatsRefunds(Gateway):
    async def create_refund(
        self, new: NewRefund, *, keep: Keep | None = None
    ) -> Outcome[RefundInfo]:
        outcome = await super().create_refund(new, keep=keep)
        if isinstance(outcome, Unknown):
            outcome = await super().create_refund(new, keep=keep)
        return outcome


class RepeatsPayments(Gateway):
    async def create_payment(
        self, new: NewPayment, *, keep: Keep | None = None
    ) -> Outcome[PaymentInfo]:
        outcome = await super().create_payment(new, keep=keep)
        if isinstance(outcome, Unknown):
            outcome = await super().create_payment(new, keep=keep)
        return outcome


class TakesSilenceForRefusal(Gateway):
    async def create_payment(
        self, new: NewPayment, *, keep: Keep | None = None
    ) -> Outcome[PaymentInfo]:
        outcome = await super().create_payment(new, keep=keep)
        return Refused(1, "timed out") if isinstance(outcome, Unknown) else outcome


class TakesRefundSilenceForRefusal(Gateway):
    async def create_refund(
        self, new: NewRefund, *, keep: Keep | None = None
    ) -> Outcome[RefundInfo]:
        outcome = await super().create_refund(new, keep=keep)
        return Refused(1, "timed out") if isinstance(outcome, Unknown) else outcome


class ChecksNoIdentity(Gateway):
    def _payment(
        self, expected: Expected, *, needs_url: bool = False
    ) -> AnswerReading[PaymentInfo]:
        return replace(super()._payment(expected, needs_url=needs_url), differ=lambda _: ())


class ChecksNoRefundIdentity(Gateway):
    async def create_refund(
        self, new: NewRefund, *, keep: Keep | None = None
    ) -> Outcome[RefundInfo]:
        outcome = await super().create_refund(new, keep=keep)
        info = getattr(outcome, "value", getattr(outcome, "info", None))
        return Ok(info) if isinstance(info, RefundInfo) else outcome


class KeepsNoAnswers(Gateway):
    async def create_payment(
        self, new: NewPayment, *, keep: Keep | None = None
    ) -> Outcome[PaymentInfo]:
        return await super().create_payment(new)


# Payments


class BelievesClose(Reading):
    async def close(self, entry: Followed) -> None:
        await super().close(entry)
        if entry.closes and entry.payment.state is S.CLOSING:
            payment_id = entry.payment.id
            closed = await self._journal.write(
                lambda ledger: ledger.move(ledger.payment(payment_id), S.CLOSED)
            )
            entry.replace(closed, self._clock)


class CancelsLocally(Sales):
    async def cancel(self, payment_id: str) -> PaymentView:
        def change(ledger: Ledger) -> Payment:
            closing = ledger.move(ledger.payment(payment_id), S.CLOSING)
            return ledger.move(closing, S.CLOSED)

        self._watch.take_in(await self._journal.write(change))
        return self._watch.view(payment_id)


class StopsAtExpiry(Watch):
    def _to_read(self, now: float) -> list[Followed]:
        for entry in self._entries.values():
            expires = entry.payment.expires_at
            if entry.payment.is_live and expires and self._clock.utc() > expires:
                entry.due = None
        return super()._to_read(now)


class ForgetsTheDead(Watch):
    def _to_read(self, now: float) -> list[Followed]:
        for entry in self._entries.values():
            if not entry.payment.is_live:
                entry.due = None
        return super()._to_read(now)


class HidesTasks(Watch):
    def tasks(self) -> tuple[PaymentView, ...]:
        return ()


class AppliesRegressions(Reading):
    async def _settle(
        self, entry: Followed, outcome: Outcome[PaymentInfo], raw: RawAnswer | None
    ) -> None:
        await super()._settle(entry, outcome, raw)
        is_open = isinstance(outcome, Ok) and standing(outcome.value.status) is Standing.OPEN
        if is_open and entry.payment.state in (S.FAILED, S.CLOSED):
            await _move_blindly(self, entry, S.OPEN)


class SettlesTwice(Reading):
    async def _settle(
        self, entry: Followed, outcome: Outcome[PaymentInfo], raw: RawAnswer | None
    ) -> None:
        is_paid = isinstance(outcome, Ok) and standing(outcome.value.status) is Standing.PAID
        if is_paid and entry.payment.state in (S.FAILED, S.CLOSED):
            await _move_blindly(self, entry, S.PAID)
        else:
            await super()._settle(entry, outcome, raw)


class TakesNotFoundForProof(Reading):
    async def _refused(self, entry: Followed, code: int) -> Any:
        if code == 7 and entry.payment.state is S.UNKNOWN:
            await _move_blindly(self, entry, S.REFUSED)
        return await super()._refused(entry, code)


class ShowsBeforeCommit(Reading):
    async def _settle(
        self, entry: Followed, outcome: Outcome[PaymentInfo], raw: RawAnswer | None
    ) -> None:
        known = entry.payment
        if isinstance(outcome, Ok) and standing(outcome.value.status) is Standing.PAID:
            entry.payment = replace(known, state=S.PAID, version=known.version + 1)
            await self._clock.wait(0.2)
            entry.payment = known
        await super()._settle(entry, outcome, raw)


async def _move_blindly(reading: Reading, entry: Followed, state: PaymentState) -> None:
    def change(ledger: Ledger) -> Payment:
        _become(ledger, MovesAnywhere)
        return ledger.move(ledger.payment(entry.payment.id), state)

    entry.replace(await reading._journal.write(change), reading._clock)


class SendsBeforeCommit(Sales):
    async def _send_once(
        self, payment: Payment, saved: SavedReceipt, actor: Actor
    ) -> tuple[Payment, Outcome[PaymentInfo]]:
        outcome = await self._gateway.create_payment(self._request(payment, saved))

        def change(ledger: Ledger) -> Payment:
            sending = ledger.move(ledger.payment(payment.id), S.SENDING)
            return settle.created(ledger, sending, outcome, now=self._clock.utc(), skew=0.0)

        sent = await self._journal.write(change)
        self._watch.follow(sent, saved)
        return sent, outcome


class BelievesCreate(Sales):
    async def _send_once(
        self, payment: Payment, saved: SavedReceipt, actor: Actor
    ) -> tuple[Payment, Outcome[PaymentInfo]]:
        sent, outcome = await super()._send_once(payment, saved, actor)
        if sent.state is S.OPEN and standing(sent.status) is Standing.PAID:
            sent = await self._journal.write(lambda ledger: ledger.move(sent, S.PAID))
        return sent, outcome


class ShowsTwoQRs(Sales):
    async def _prove_earlier_dead(self, receipt_id: str) -> None:
        """Whatever hangs on a screen elsewhere."""


class RecoversAsUnsent(Till):
    async def start(self) -> tuple[Payment, ...]:
        def unsend(ledger: Ledger) -> None:
            for payment in ledger.payments({S.SENDING}):
                ledger.move(payment, S.PREPARED)

        await self._journal.write(unsend)
        return await super().start()


# Refunds


class ResendsAtStart(Till):
    async def start(self) -> tuple[Payment, ...]:
        sending = await self._journal.read(lambda r: r.refunds({RefundState.SENDING}))
        started = await super().start()
        for refund in sending:
            payment = await self._journal.read(
                partial(Reader.payment, payment_id=refund.payment_id)
            )
            lines = tuple(
                RefundLine(one.name, one.price, one.quantity, one.result) for one in refund.lines
            )
            new = NewRefund(payment.payment_id, refund.amount, refund.sent_reason, lines)
            await self.refunds._gateway.create_refund(new)
        return started


class BelievesOneFailure(RefundWatch):
    async def _read(self, entry: Any, priority: Any, *, only_if_due: bool = False) -> None:
        await super()._read(entry, priority, only_if_due=only_if_due)
        if entry.refund.state is RefundState.FAIL_SEEN:
            refund_id = entry.refund.id
            failed = await self._journal.write(
                lambda ledger: ledger.move_refund(ledger.refund(refund_id), RefundState.FAILED)
            )
            self._replace(entry, failed)


class KeepsLostNumbers(RefundWatch):
    async def _ask(self, entry: Any, priority: Any) -> None:
        entry.denied = None
        await super()._ask(entry, priority)


class NotesOnly(RefundDecisions):
    """What went back in the account is proved, noted, and left out of the budget."""

    async def record_external(
        self, payment_id: str, number: str, *, approval: Approval | None = None
    ) -> Any:
        actor = await self._staff.require(Right.RECORD_EXTERNAL, approval)
        payment = await self._journal.read(partial(Reader.payment, payment_id=payment_id))
        await self._proof(number, payment, None)
        await self._journal.write(
            lambda ledger: ledger.record("refund.noted", payment.id, {"told": number}),
            actor=actor.id,
        )


# Payments of another journal


class AdoptsByOneAnswer(History):
    async def _ask(self, number: str) -> PaymentInfo:
        return await self._find(number)


class AssumesNothingWentBack(History):
    async def adopt(self, number: str, *, approval: Approval | None = None) -> Any:
        details = await super().adopt(number, approval=approval)

        def decide(ledger: Ledger) -> Payment:
            payment = ledger.payment(details.payment.id)
            if not payment.is_adopted or payment.decision is not None:
                return payment
            return ledger.decide(payment, Decision.ACCEPTED, by="", reason="whole")

        return replace(details, payment=await self._journal.write(decide))


# People


class AsksNoPin(Staff):
    async def require(self, right: Right, approval: Approval | None = None) -> Actor:
        current = self.current
        if current is not None and approval is None and current.may(right):
            return Actor(id=current.id, approver=current.id, person=current)
        return await super().require(right, approval)


class TakesAWordTwice(Approvals):
    def spend(self, approval: Approval, right: Right) -> Person:
        kept = self._given.get(approval.id)
        person = super().spend(approval, right)
        if kept is not None:
            self._given[approval.id] = kept
        return person


class CountsNoPins(PinGuard):
    async def _count(self, person_id: str, *, is_right: bool) -> None:
        if not is_right:
            raise CashierError(Failure.PIN_WRONG, left=1)


class OpensAtAStart(PinGuard):
    async def _people(self) -> tuple[Person, ...]:
        people = await self._journal.read(lambda reader: reader.people())
        left = self._lockouts.left()
        return tuple(replace(one, lock_left=left.get(one.id, 0.0)) for one in people)


# The journal


class MovesAnywhere(Ledger):
    def move(self, payment: Payment, state: PaymentState, **changes: Any) -> Payment:
        values = {**changes, "state": state, "changed_at": self._now()}
        moved = self._write(payment, values)
        facts = {"from": payment.state, "to": state, "version": moved.version}
        self.record("payment.moved", payment.id, facts)
        return moved


class AddsUpNothing(Ledger):
    """The sum was looked at before, without a lock."""

    def _check_settled(self, refund: Any) -> None:
        pass

    def _left(self, payment: Payment) -> Any:
        return payment.amount

    def _check_lines(self, refund: Any, payment: Payment) -> None:
        pass


class LeavesOutUnknown(Ledger):
    """What is unknown has surely not happened."""

    def _check_settled(self, refund: Any) -> None:
        pass

    def _check_lines(self, refund: Any, payment: Payment) -> None:
        pass

    def refunds_of(self, payment_id: str) -> Any:
        return [r for r in super().refunds_of(payment_id) if r.state is not RefundState.UNKNOWN]

    def _left(self, payment: Payment) -> Any:
        held = [one.held for one in self.refunds_of(payment.id)]
        return payment.amount - sum(held, start=payment.amount - payment.amount)


class LetsTwoLive(Ledger):
    def attempts(self, receipt_id: str) -> list[Payment]:
        return [
            replace(one, state=S.CLOSED) if one.is_live else one
            for one in super().attempts(receipt_id)
        ]


class WritesNoEvents(Ledger):
    def record(self, kind: str, subject: str, facts: dict[str, Any]) -> chain.Head:
        if kind == "receipt.moved" and facts.get("to") is not None and "SETTLED" in str(facts):
            return self.head()
        return super().record(kind, subject, facts)


_BUDGET = ("TRIGGER refunds_in_budget", "INDEX one_unsettled_refund")

DESIGNS: dict[str, Design] = {
    "refunds are sent again on silence": Design(gateway=RepeatsRefunds),
    "payments are sent again on silence": Design(gateway=RepeatsPayments),
    "a time-out is taken for a refusal": Design(gateway=TakesSilenceForRefusal),
    "a refund's time-out is taken for a refusal": Design(gateway=TakesRefundSilenceForRefusal),
    "identity is not checked": Design(gateway=ChecksNoIdentity),
    "a refund's identity is not checked": Design(gateway=ChecksNoRefundIdentity),
    "raw answers are not kept": Design(gateway=KeepsNoAnswers),
    "ClosePayment's answer is believed": Design(reading=BelievesClose),
    "a cancel is local": Design(sales=CancelsLocally),
    "polling stops at expiry": Design(watch=StopsAtExpiry),
    "dead payments are not watched": Design(watch=ForgetsTheDead),
    "late money is no task": Design(watch=HidesTasks),
    "regressions are applied": Design(
        reading=AppliesRegressions, drops=("INDEX one_live_attempt",)
    ),
    "money of a dead attempt settles the sale again": Design(reading=SettlesTwice),
    "not found is taken for proof": Design(reading=TakesNotFoundForProof),
    "a result is shown before its commit": Design(reading=ShowsBeforeCommit),
    "a payment is sent before its commit": Design(sales=SendsBeforeCommit),
    "the answer to a create is believed": Design(sales=BelievesCreate),
    "a receipt has two payable attempts": Design(
        sales=ShowsTwoQRs, ledger=LetsTwoLive, drops=("INDEX one_live_attempt",)
    ),
    "a start takes what was being sent for unsent": Design(till=RecoversAsUnsent),
    "a start sends refunds again": Design(till=ResendsAtStart),
    "one failing read of a refund is believed": Design(refund_watch=BelievesOneFailure),
    "the budget is not locked": Design(ledger=AddsUpNothing, drops=_BUDGET),
    "unknown refunds are left out of the budget": Design(ledger=LeavesOutUnknown, drops=_BUDGET),
    "a move is written without its event": Design(ledger=WritesNoEvents),
    "commits are not synced": Design(forgets=9000),
    "a number that the gateway denies is kept": Design(refund_watch=KeepsLostNumbers),
    "refunds made in the account are left out of the budget": Design(refund_decisions=NotesOnly),
    "one answer is enough for an adoption": Design(history=AdoptsByOneAnswer),
    "of what is adopted nothing went back before": Design(history=AssumesNothingWentBack),
    "whoever has the right needs no PIN": Design(staff=AsksNoPin),
    "a PIN is good for two actions": Design(approvals=TakesAWordTwice),
    "wrong PINs are not counted": Design(guard=CountsNoPins),
    "a start opens a shut door": Design(guard=OpensAtAStart),
}


def run_planted(name: str, seed: int, size: Size) -> Finding:
    """One seed with one bad design."""
    return simulate(seed, size, DESIGNS[name])


@dataclass(frozen=True, slots=True)
class Catch:
    """How a design was found out, in `world`; `seed` None when it was not."""

    name: str
    world: str = ""
    seed: int | None = None
    violation: str = ""

    def __str__(self) -> str:
        if self.seed is None:
            return f"{self.name}: NOT CAUGHT"
        return f"{self.name}: {self.world} seed {self.seed}: {self.violation}"


def first_catch(name: str, seeds: int) -> Catch:
    """The first seed that finds a design out: in rough worlds, and if need be in long ones."""
    for world, size in (("rough", ROUGH), ("long", LONG)):
        for seed in range(seeds):
            outcome = run_planted(name, seed, size)
            if outcome.violations:
                return Catch(name, world, seed, outcome.violations[0])
    return Catch(name)


def hunt(seeds: int, processes: int, *, only: str = "") -> int:
    """Try every design until it is found out; say where."""
    names = [name for name in DESIGNS if only in ("", name)]
    caught = 0
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        for catch in pool.imap(partial(first_catch, seeds=seeds), names, chunksize=1):
            caught += catch.seed is not None
            sys.stdout.write(f"{catch}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{caught} of {len(names)} bad designs caught, at most {seeds} seeds each\n")
    return 0 if caught == len(names) else 1
