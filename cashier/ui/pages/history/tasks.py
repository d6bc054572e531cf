"""What waits for a decision: of payments and of refunds, the red ones first, then by age."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from PySide6.QtCore import QCoreApplication

from cashier.domain.money import Money
from cashier.domain.payment import Payment, PaymentState
from cashier.domain.refund import Refund, RefundState
from cashier.domain.staff import Role
from cashier.journal.epochs import Restoration
from cashier.services.history import Details
from cashier.services.views import TillView
from cashier.ui import formats
from cashier.ui.pages.history.look import Look, payment_look, receipt_text, refund_look
from cashier.ui.texts import method_text, mismatch_text, money_text
from cashier.ui.translation import current_language
from cashier.ui.widgets.tone import Tone

translate = QCoreApplication.translate


class TaskKind(Enum):
    """What has to be decided."""

    RESTORED = auto()
    LATE = auto()
    MISMATCH = auto()
    UNKNOWN_REFUND = auto()
    UNSENT_REFUND = auto()
    DELAYED_REFUND = auto()


@dataclass(frozen=True, slots=True)
class Task:
    """One card. `payment` is None until the payment of a refund has been read.

    A restored journal's has neither payment nor amount, but a `restoration`.
    """

    kind: TaskKind
    payment_id: str
    since: datetime
    amount: Money | None
    payment: Payment | None = None
    refund: Refund | None = None
    restoration: Restoration | None = None

    @property
    def key(self) -> str:
        if self.restoration is not None:
            return "restored"
        return self.refund.id if self.refund is not None else self.payment_id

    @property
    def is_red(self) -> bool:
        return self.kind in (TaskKind.RESTORED, TaskKind.LATE, TaskKind.MISMATCH)

    @property
    def decides(self) -> Role:
        """Whoever has at least this role decides."""
        seniors = (TaskKind.LATE, TaskKind.UNSENT_REFUND)
        return Role.SENIOR if self.kind in seniors else Role.MANAGER


def tasks_of(view: TillView, known: dict[str, Details]) -> tuple[Task, ...]:
    """Every task of the till; `known` are details by payment id, as far as they have been read."""
    tasks = []
    waiting = view.restoration
    if waiting is not None:
        tasks.append(Task(TaskKind.RESTORED, "", waiting.at, None, restoration=waiting))
    for one in view.tasks:
        payment = one.payment
        is_late = payment.state is PaymentState.LATE_PAID
        kind = TaskKind.LATE if is_late else TaskKind.MISMATCH
        tasks.append(Task(kind, payment.id, payment.changed_at, payment.amount, payment))
    for two in view.refund_tasks:
        refund = two.refund
        details = known.get(refund.payment_id)
        tasks.append(
            Task(
                _kind(refund),
                refund.payment_id,
                refund.sent_at or refund.created_at,
                refund.amount,
                details.payment if details is not None else None,
                refund,
            )
        )
    return tuple(sorted(tasks, key=lambda task: (not task.is_red, task.since)))


def stamp_of(view: TillView) -> object:
    """Differs when a payment or a refund that the till follows has changed, or a restore ended."""
    return (
        tuple((one.payment.id, one.payment.version) for one in (*view.payments, *view.tasks)),
        tuple((one.refund.id, one.refund.version) for one in (*view.refunds, *view.refund_tasks)),
        view.restoration,
    )


def _kind(refund: Refund) -> TaskKind:
    if refund.state is RefundState.UNKNOWN:
        return TaskKind.UNKNOWN_REFUND
    if refund.state is RefundState.PREPARED:
        return TaskKind.UNSENT_REFUND
    return TaskKind.DELAYED_REFUND


def task_look(task: Task) -> Look:
    """The badge of its card."""
    if task.refund is not None:
        is_delayed = task.kind is TaskKind.DELAYED_REFUND
        return refund_look(task.refund, delayed=is_delayed)
    if task.payment is not None:
        return payment_look(task.payment)
    if task.kind is not TaskKind.RESTORED:
        return Look("", "", Tone.MUTE)
    return Look(translate("HistoryTasks", "Refunds wait"), "database", Tone.BAD)


def task_head(task: Task) -> tuple[str, str]:
    """The receipt, and how and where it was paid."""
    payment = task.payment
    if task.kind is TaskKind.RESTORED:
        return translate("HistoryTasks", "The journal was restored from a copy"), ""
    if payment is None:
        return "", ""
    title = translate("HistoryTasks", "Receipt {0}").format(receipt_text(payment))
    parts = [method_text(payment), payment.terminal_name]
    if payment.attempt > 1:
        parts.append(translate("HistoryTasks", "attempt {0}").format(payment.attempt))
    return title, " · ".join(part for part in parts if part)


def task_text(task: Task, now: datetime) -> str:
    """What is known, in one or two sentences."""
    since = _moment(task.since, now)
    match task.kind:
        case TaskKind.RESTORED:
            return translate(
                "HistoryTasks",
                "Put back at {0}. No refund begins before the gateway was asked and a manager has "
                "looked up the refunds that were made after the copy.",
            ).format(since)
        case TaskKind.LATE:
            return translate(
                "HistoryTasks",
                "It was taken for over, but at {0} the gateway answered “paid”. "
                "The money has come, the goods were not handed over.",
            ).format(since)
        case TaskKind.MISMATCH:
            fields = task.payment.mismatch if task.payment is not None else ()
            differs = ", ".join(mismatch_text(field) for field in fields) or "—"
            return translate(
                "HistoryTasks",
                "The receipt is {0}, the gateway’s answer differs: {1}. "
                "“Paid” was never on the screen.",
            ).format(amount_text(task), differs)
        case TaskKind.UNKNOWN_REFUND:
            return translate(
                "HistoryTasks",
                "The request left at {0}, there is no answer: the refund may have been executed. "
                "The sum is held, it must not be repeated.",
            ).format(since)
        case TaskKind.UNSENT_REFUND:
            return translate(
                "HistoryTasks",
                "The refund was prepared at {0} and has not left this till: send it or give it up.",
            ).format(since)
        case TaskKind.DELAYED_REFUND:
            return translate(
                "HistoryTasks",
                "The gateway accepted the refund at {0}, the bank has not finished for over a day. "
                "The till asks once an hour.",
            ).format(since)


def amount_text(task: Task) -> str:
    """The sum it is about, "" where it is about none."""
    return money_text(task.amount) if task.amount is not None else ""


def _moment(moment: datetime, now: datetime) -> str:
    here, today = moment.astimezone(), now.astimezone().date()
    clock = formats.clock(here, seconds=True)
    if here.date() == today:
        return clock
    return f"{formats.date(current_language(), here.date())} {clock}"
