"""Pictures of the payment page: `python -m tests.ui.look_payment FOLDER [WORDS] [NAME...]`.

The name "training" adds what only training has.
WORDS is a JSON file {context: {source: translation}} that stands in for a missing .qm file.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cashier.domain.payment import PaymentState
from cashier.services.views import PaymentView
from cashier.ui.theme import ThemeController, ThemeName
from cashier.ui.translation import Translation
from tests.ui.look_setup import Words
from tests.ui.payment_kit import FrameStandIn, HandClock, framed_page
from tests.ui.payment_views import SENT, payment_view, till_view

SIZES = ((1366, 768), (1024, 640), (1920, 1080))
S = PaymentState


def views() -> dict[str, tuple[float, PaymentView]]:
    """Every look of the page, each with the seconds since the request was sent."""
    declined: dict[str, Any] = {"status": "error", "method": "card", "account": "220220******4417"}
    return {
        "creating": (1, payment_view(S.SENDING, payment_url="", url_shown_at=None)),
        "creating-slow": (9, payment_view(S.SENDING, payment_url="", url_shown_at=None)),
        "02": (24, payment_view(last_answer=23.0, next_check=26.0)),
        "02-processing": (24, payment_view(status="process", last_answer=23.0, next_check=26.0)),
        "02-refused-cancel": (
            24,
            payment_view(is_cancel_refused=True, status="process", last_answer=23.0),
        ),
        "02b": (497, payment_view(last_answer=496.0, expires_at=SENT + timedelta(seconds=600))),
        "02b-last": (
            580,
            payment_view(last_answer=579.0, expires_at=SENT + timedelta(seconds=600)),
        ),
        "02d": (130, payment_view(misses=4, checks=4, last_answer=92.0, next_check=136.0)),
        "closing": (60, payment_view(S.CLOSING, is_cancel_sent=True, last_answer=59.0)),
        "closing-offline": (60, payment_view(S.CLOSING, misses=2, checks=2, next_check=64.0)),
        "closing-unknown": (
            60,
            payment_view(S.CLOSING, misses=2, is_cancel_sent=True, next_check=64.0),
        ),
        "not-sent": (9, payment_view(S.PREPARED, payment_url="", url_shown_at=None)),
        "03": (38, payment_view(S.PAID, method="sbp")),
        "04": (64, payment_view(S.FAILED, status_description="[2, 51] Not enough", **declined)),
        "04-unlisted": (64, payment_view(S.FAILED, status_description="<b>нет</b>", **declined)),
        "04-long": (64, payment_view(S.FAILED, status_description="[3, -19]", **declined)),
        "04-expired": (64, payment_view(S.FAILED, status="expired")),
        "04-cancelled": (64, payment_view(S.CLOSED, status="closed")),
        "04-refused": (
            3,
            payment_view(S.REFUSED, refusal_code=3, refusal_text="Неверный id терминала"),
        ),
        "04-not-created": (40, payment_view(S.ABANDONED, url_shown_at=None)),
        "04-withdrawn": (40, payment_view(S.WITHDRAWN, url_shown_at=None)),
        "mismatch": (9, payment_view(S.QUARANTINE, mismatch=("amount",), next_check=12.0)),
        "late": (900, payment_view(S.LATE_PAID, method="sbp")),
        "05": (130, payment_view(S.UNKNOWN, checks=6, misses=6, last_answer=92.0, next_check=133)),
        "05-create": (
            20,
            payment_view(
                S.UNKNOWN, checks=3, misses=3, next_check=22.0, status="", url_shown_at=None
            ),
        ),
    }


def shoot(frame: FrameStandIn, clock: HandClock, name: str, save: Callable[[str], None]) -> None:
    """One look in its sizes."""
    seconds, view = views()[name]
    clock.seconds = seconds
    frame.page.show_payment(view, till_view(view))
    frame.page.entered()
    for width, height in SIZES:
        frame.fit(width, height)
        QTest.qWait(30)
        save(f"{name}-{width}")
    frame.page.left()


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    words = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    wanted = sys.argv[3:] or list(views())
    application = QApplication(sys.argv[:1])
    theme = ThemeController(application, name=ThemeName.LIGHT)
    translation = Translation(application, language="en")
    russian = Words(words, application)
    for language in ("ru", "en"):
        translation.use(language)
        application.removeTranslator(russian)
        if language == "ru":
            application.installTranslator(russian)
        for name in (ThemeName.LIGHT, ThemeName.DARK):
            theme.choose(name)
            with framed_page(training="training" in wanted) as (frame, _, clock):
                frame.show()
                for look in (one for one in wanted if one != "training"):
                    shoot(
                        frame,
                        clock,
                        look,
                        lambda file, f=frame, n=name, g=language: f.grab().save(  # type: ignore[misc]  # bound at once
                            str(folder / f"{file}-{n}-{g}.png")
                        ),
                    )


if __name__ == "__main__":
    main()
