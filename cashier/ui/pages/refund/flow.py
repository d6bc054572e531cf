"""Where a refund stands on this screen: found, being chosen, allowed, sent, followed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from cashier.clock import Clock
from cashier.domain.failure import CashierError, Failure
from cashier.domain.refund import Refund, RefundAction, RefundState
from cashier.domain.staff import Right
from cashier.services.refund_form import RefundForm
from cashier.services.refund_views import RefundView
from cashier.services.staff import Approval
from cashier.services.till import Till
from cashier.services.views import TillView
from cashier.ui.background import Background
from cashier.ui.pages.refund.calls import RefundCalls
from cashier.ui.pages.refund.draft import Draft
from cashier.ui.pages.refund.search import Found

UNDER_WAY = (
    RefundState.SENDING,
    RefundState.ACCEPTED,
    RefundState.FAIL_SEEN,
    RefundState.UNKNOWN,
)
_DONE = (RefundState.SUCCEEDED, RefundState.RESOLVED_EXECUTED)


class RefundFlow(QObject):
    """Holds the choice and the refund on screen; `changed` comes after every step."""

    changed = Signal()
    opened = Signal()
    """A form is there, or one is back."""
    ended = Signal()
    """The refund was read: nothing is left to show."""
    reason_kept = Signal(str)
    """The reason of a refund that did not happen."""
    problem_raised = Signal(object)
    """A CashierError of something that was done."""
    sent = Signal(object)
    """The Refund after it was sent, whatever came of it."""

    def __init__(
        self, *, till: Till, background: Background, clock: Clock, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._calls = RefundCalls(till=till, background=background, clock=clock, parent=self)
        self._approval: tuple[Approval, tuple[object, ...]] | None = None
        self._followed: set[str] = set()
        self._view: TillView | None = None
        self.draft: Draft | None = None
        self.shown: RefundView | None = None
        self.found: Found | None = None
        self.error: CashierError | None = None
        self.sent_at: float | None = None
        calls = self._calls
        calls.changed.connect(self.changed)
        calls.found.connect(self._take_found)
        calls.not_found.connect(self._take_error)
        calls.opened.connect(self._take_form)
        calls.refund_seen.connect(self.take_refund)
        calls.failed.connect(self._take_failure)

    # What is known

    @property
    def busy(self) -> frozenset[str]:
        """The use cases under way: read, send, withdraw, check."""
        return frozenset(self._calls.busy)

    @property
    def is_moving(self) -> bool:
        """Money is on its way, or the wish for it is being taken back: nothing else may happen."""
        return bool(self.busy & {"send", "withdraw"})

    @property
    def is_frozen(self) -> bool:
        """Nothing may be chosen now."""
        return bool(self.busy) or self.draft is None or self.draft.form.unsettled is not None

    @property
    def approver(self) -> str:
        """Whose PIN allows what would be sent now; "" for nobody's."""
        if self._approval is None or self._approval[1] != self.key:
            return ""
        return self._approval[0].approver.name

    @property
    def right(self) -> Right:
        """What whoever allows it needs."""
        return self.draft.right if self.draft is not None else Right.REFUND

    @property
    def key(self) -> tuple[object, ...]:
        """What a PIN would be given for now."""
        if self.shown is not None:
            return ("again", self.shown.refund.id)
        return self.draft.key if self.draft is not None else ()

    # What is asked of it

    def clear(self) -> None:
        """Forget the payment on screen."""
        self._calls.forget()
        self._approval = None
        self._followed = set()
        self.draft, self.shown, self.found, self.error = None, None, None, None
        self.changed.emit()

    def find(self, text: str) -> None:
        self.clear()
        self._calls.find(text)

    def open(self, payment_id: str) -> None:
        """Show the form of a payment, as it was left if it is the one on screen."""
        if self.draft is not None and self.draft.form.payment.id != payment_id:
            self.clear()
        self.found, self.error, self.shown = None, None, None
        self._calls.open(payment_id)

    def refresh(self) -> None:
        """Ask again about what is being chosen: it may have lain here for a while."""
        if self.draft is not None and self.shown is None and not self.busy:
            self._calls.open(self.draft.form.payment.id)

    def choose(self, draft: Draft) -> None:
        """Another choice; an approval for the old one counts no more."""
        self.draft = draft
        self.changed.emit()

    def approve(self, key: tuple[object, ...], approval: Approval | None) -> None:
        """Somebody's PIN was right for what was `key` when it was asked for; F12 sends that."""
        self._approval = (approval, key) if approval is not None else None
        self.changed.emit()

    def drop_approval(self) -> None:
        """The person has gone elsewhere: the PIN is asked for again."""
        self._approval = None

    def send(self, reason: str) -> None:
        """Send what was allowed, and nothing else."""
        if not self.approver or self._approval is None or self.busy:
            return
        approval, self._approval = self._approval[0], None
        self.sent_at = self._clock.monotonic()
        if self.shown is not None:
            self._calls.send_again(self.shown.refund.id, approval)
        elif self.draft is not None:
            self._calls.refund(self.draft, reason, approval)

    def check(self) -> None:
        if self.shown is not None and self.shown.refund.allows(RefundAction.CHECK):
            self._calls.check(self.shown.refund.id)

    def leave_shown(self) -> None:
        """Esc on a refund: give it up, go back to the choice, or be done with it."""
        if self.shown is None:
            return
        refund = self.shown.refund
        if refund.allows(RefundAction.WITHDRAW):
            self._calls.withdraw(refund.id)
        elif refund.state in UNDER_WAY or refund.state in _DONE:
            self.clear()
            self.ended.emit()
        else:
            self._back_to_choice(refund)

    def show_view(self, view: TillView) -> None:
        """Take in how the refunds of the payment on screen stand."""
        waited = self._view is not None and self._view.restoration is not None
        self._view = view
        if self.draft is None or self.is_moving:
            return
        payment_id = self.draft.form.payment.id
        views = {
            one.refund.id: one
            for one in (*view.refunds, *view.refund_tasks)
            if one.refund.payment_id == payment_id
        }
        for one in views.values():
            self.draft = self.draft.with_refund(one.refund)
        gone, self._followed = self._followed - set(views), set(views)
        if self.shown is not None and self.shown.refund.id in views:
            self.shown = views[self.shown.refund.id]
        elif self.shown is not None and self.shown.refund.id in gone:
            self._calls.check(self.shown.refund.id)  # it is over; this says how
        elif gone or (waited and view.restoration is None):
            self.refresh()
        self.changed.emit()

    def take_refund(self, view: RefundView) -> None:
        """A use case has left a refund like this."""
        if self.sent_at is not None:
            self.sent.emit(view.refund)
        self.sent_at = None
        if self.draft is None or self.draft.form.payment.id != view.refund.payment_id:
            return
        self.draft = self.draft.with_refund(view.refund)
        if _took(view.refund):
            self.draft = self.draft.emptied()
        if view.refund.state is RefundState.WITHDRAWN:
            self._back_to_choice(view.refund)
            return
        self.shown = view
        if view.refund.state in UNDER_WAY:
            self._followed.add(view.refund.id)
        self.changed.emit()

    # What comes home

    def _take_found(self, found: Found) -> None:
        if len(found.rows) == 1:
            self._calls.open(found.rows[0].payment.id)
            return
        if not found.rows and found.is_known:
            self.error = CashierError(Failure.NOT_PAID)
        self.found = found
        self.changed.emit()

    def _take_form(self, form: RefundForm) -> None:
        is_same = self.draft is not None and self.draft.form.payment.id == form.payment.id
        if is_same and self.draft is not None:
            self.draft = self.draft.with_form(form)
        else:
            self.draft = Draft.of(form)
        self.found, self.error = None, None
        unsettled = form.unsettled
        if unsettled is not None:
            self.shown = self._seen(unsettled)
        if not is_same or unsettled is not None:  # else somebody is typing into it
            self.opened.emit()
        self.changed.emit()

    def _take_error(self, error: CashierError) -> None:
        if self.draft is not None:
            self.problem_raised.emit(error)
        else:
            self.error = error
        self.changed.emit()

    def _take_failure(self, error: CashierError) -> None:
        self.sent_at = None
        self.problem_raised.emit(error)
        if error.failure in (
            Failure.REFUND_OVER_BUDGET,
            Failure.REFUND_OVER_LINE,
            Failure.REFUND_UNSETTLED,
            Failure.NOT_ALLOWED,
        ):
            self.refresh()
        self.changed.emit()

    def _back_to_choice(self, refund: Refund) -> None:
        """Nothing has gone back: what was chosen and typed is there again."""
        self.shown = None
        if self.draft is not None:
            self.draft = self.draft.chosen_as(refund)
        self.reason_kept.emit(refund.reason)
        self.opened.emit()
        self.changed.emit()

    def _seen(self, refund: Refund) -> RefundView:
        views = (*self._view.refunds, *self._view.refund_tasks) if self._view else ()
        for one in views:
            if one.refund.id == refund.id:
                self._followed.add(refund.id)
                return one
        return RefundView(refund=refund, entered=self._clock.monotonic())


def _took(refund: Refund) -> bool:
    """Whether what was chosen has gone to the bank, so that it must not be chosen again."""
    return refund.state in (*UNDER_WAY, *_DONE)
