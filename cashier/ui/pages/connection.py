"""Trying out a connection: who asks the gateway, and what its answer is called on the screen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QLocale

from cashier.credentials import ApiKey
from cashier.domain.failure import CashierError, Failure
from cashier.services.diagnostics import Check, ConnectionReport, Step
from cashier.ui.formats import HARD_SPACE
from cashier.ui.texts import failure_text
from cashier.ui.widgets.tone import Tone

translate = QCoreApplication.translate

Probe = Callable[[str, str, ApiKey, str, str, str], Awaitable[ConnectionReport]]
"""Asks the gateway at (base URL, merchant id, key, proxy, CA file) for the terminal of that alias.

Raises CashierError(BASE_URL_INVALID) or FIELD_INVALID before anything is sent.
"""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What stands in the way, what to do about it, and how loudly to say so."""

    title: str
    cure: str
    tone: Tone = Tone.BAD
    icon: str = ""


def failed_step(report: ConnectionReport) -> Step | None:
    """The first step that failed; an alias that the gateway does not know is no failure."""
    for step in report.steps:
        if step.is_good is False and step.check is not Check.TERMINAL:
            return step
    return None


def trouble_with(failure: Failure, text: str = "") -> Trouble:
    """The words for a failed step; `text` is the gateway's own, shown in quotes."""
    known = _known(failure)
    if known is not None:
        return known
    title = failure_text(CashierError(failure, text=text))
    return Trouble(
        title, translate("Connection", "Check the address of the gateway, then try again.")
    )


def _known(failure: Failure) -> Trouble | None:
    match failure:
        case Failure.NO_LINK | Failure.CONNECTION_BROKEN:
            return Trouble(
                translate("Connection", "No link to the gateway"),
                translate(
                    "Connection",
                    "Check this computer’s network and the gateway’s address, then try again.",
                ),
                Tone.WARN,
                "wifi-off",
            )
        case Failure.TIMED_OUT:
            return Trouble(
                translate("Connection", "The gateway did not answer in time"),
                translate("Connection", "Check this computer’s network, then try again."),
                Tone.WARN,
                "wifi-off",
            )
        case Failure.PROXY_REFUSED:
            return Trouble(
                translate("Connection", "The proxy refused the connection"),
                translate(
                    "Connection", "Check the proxy’s address, or ask whoever runs this network."
                ),
            )
        case Failure.TLS_REFUSED:
            return Trouble(
                translate("Connection", "The certificate was not accepted"),
                translate(
                    "Connection",
                    "Check this computer’s date. If the network inspects traffic, name its CA "
                    "file. The till never connects without a valid certificate.",
                ),
            )
        case Failure.KEY_REFUSED:
            return Trouble(
                translate("Connection", "The gateway did not accept the Merchant ID or the key"),
                translate("Connection", "Copy both again from your Invoice account."),
                Tone.BAD,
                "key-round",
            )
        case _:
            return None


def milliseconds(seconds: float) -> str:
    """«310 мс», "310 ms"."""
    return (
        translate("Connection", "{0} ms")
        .format(str(round(seconds * 1000)))
        .replace(" ", HARD_SPACE)
    )


def seconds_off(skew: float) -> str:
    """How far this computer’s clock is from the gateway's, in words."""
    off = abs(skew)
    amount = translate("Connection", "{0} s").format(
        QLocale().toString(off, "f", 1) if off < 10 else str(round(off))
    )
    amount = amount.replace(" ", HARD_SPACE)
    if skew >= 0:
        return translate("Connection", "This till’s clock is {0} slow").format(amount)
    return translate("Connection", "This till’s clock is {0} fast").format(amount)
