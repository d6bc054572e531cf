"""The steps of a payment and the times beside them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QCoreApplication

from cashier.domain.payment import PaymentState, is_processing
from cashier.services.views import PaymentView
from cashier.ui import formats
from cashier.ui.pages.payment_stage import Moment
from cashier.ui.widgets.timeline import Step, StepState

translate = QCoreApplication.translate


def clock_text(moment: datetime | None) -> str:
    """A UTC time as the wall clock here shows it, with seconds; "" for none."""
    return formats.clock(moment.astimezone(), seconds=True) if moment else ""


def answer_time(view: PaymentView, at: Moment) -> datetime | None:
    """When the gateway last answered about this payment, UTC."""
    if view.last_answer is None:
        return view.payment.answered_at
    return datetime.fromtimestamp(at.utc, UTC) - timedelta(
        seconds=max(at.now - view.last_answer, 0)
    )


def next_check_text(view: PaymentView, at: Moment) -> str:
    """When the gateway is asked next."""
    if view.next_check is None:
        return translate("Timeline", "checking now")
    seconds = max(round(view.next_check - at.now), 0)
    return translate("Timeline", "check no. {0} in {1} s").format(view.checks + 1, seconds)


def steps_of(view: PaymentView, at: Moment, *, narrow: bool) -> tuple[Step, ...]:
    """What has happened, what is happening, what is to come."""
    payment = view.payment
    created = translate("Timeline", "Payment created")
    shown = translate("Timeline", "QR code shown")
    if payment.state is PaymentState.SENDING:
        return (
            Step(translate("Timeline", "Creating the payment"), "", StepState.CURRENT),
            Step(shown),
            Step(_bank(narrow)),
            Step(translate("Timeline", "Paid")),
        )
    first = Step(created, clock_text(payment.sent_at), StepState.DONE)
    if payment.url_shown_at is None:
        second = Step(shown, "", StepState.CURRENT)
    else:
        second = Step(shown, clock_text(payment.url_shown_at), StepState.DONE)
    if payment.state is PaymentState.CLOSING:
        return (first, second, *_closing(view, narrow=narrow))
    waiting = StepState.FUTURE if payment.url_shown_at is None else StepState.CURRENT
    return (
        first,
        second,
        Step(_bank(narrow), _bank_detail(view, at, narrow=narrow), waiting),
        Step(translate("Timeline", "Paid")),
    )


def _bank(narrow: bool) -> str:
    if narrow:
        return translate("Timeline", "Bank’s answer")
    return translate("Timeline", "Payment and the bank’s answer")


def _bank_detail(view: PaymentView, at: Moment, *, narrow: bool) -> str:
    if view.is_offline:
        last = answer_time(view, at)
        if narrow:
            return translate("Timeline", "none since {0}").format(clock_text(last)) if last else ""
        if last is None:
            return translate("Timeline", "no answers yet, the till repeats")
        return translate("Timeline", "no answers since {0}, the till repeats").format(
            clock_text(last)
        )
    if is_processing(view.payment.status):
        return translate("Timeline", "the customer is paying")
    return translate("Timeline", "card or SBP")


def _closing(view: PaymentView, *, narrow: bool) -> tuple[Step, Step]:
    asked = translate("Timeline", "Cancel sent to the gateway")
    proved = translate("Timeline", "Cancel confirmed")
    if narrow:
        asked = translate("Timeline", "Cancelling")
        proved = translate("Timeline", "Cancelled")
    if view.is_cancel_sent:
        return (Step(asked, "", StepState.DONE), Step(proved, "", StepState.CURRENT))
    return (Step(asked, "", StepState.CURRENT), Step(proved))
