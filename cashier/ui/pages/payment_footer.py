"""What the footer says while a payment is on screen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from cashier.domain.payment import Action, PaymentState
from cashier.services.views import PaymentView
from cashier.ui.hints import Hint

OVER = (
    PaymentState.FAILED,
    PaymentState.CLOSED,
    PaymentState.ABANDONED,
    PaymentState.REFUSED,
    PaymentState.WITHDRAWN,
)


def footer_hints(
    view: PaymentView | None, *, enlarge: Callable[[], None], go_on: Callable[[], None]
) -> tuple[Hint, ...]:
    """The keys that have no button on the page."""
    if view is None or view.payment.state not in (PaymentState.OPEN, PaymentState.CLOSING):
        return ()
    hints = []
    if view.payment.allows(Action.SHOW_QR):
        words = QCoreApplication.translate("PaymentPage", "Enlarge QR")
        hints.append(Hint("F11", words, enlarge))
    if view.payment.state is PaymentState.OPEN:
        words = QCoreApplication.translate("PaymentPage", "Wait in background")
        hints.append(Hint("F7", words, go_on))
    return tuple(hints)


def footer_note(view: PaymentView | None) -> str:
    """The note at the right end."""
    if view is None:
        return ""
    match view.payment.state:
        case PaymentState.OPEN if view.is_offline:
            return QCoreApplication.translate(
                "PaymentPage", "A cancel without a link is confirmed when the gateway answers"
            )
        case PaymentState.OPEN | PaymentState.CLOSING:
            return QCoreApplication.translate(
                "PaymentPage", "Leaving this page does not cancel the payment"
            )
        case state if state in OVER:
            words = QCoreApplication.translate("PaymentPage", "Attempt {0}")
            return words.format(view.payment.attempt)
        case _:
            return ""
