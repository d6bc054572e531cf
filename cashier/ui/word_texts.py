"""The words and icons of a payment's states."""

from __future__ import annotations

from typing import assert_never

from PySide6.QtCore import QCoreApplication

from cashier.domain.payment import TONES, Word
from cashier.ui.widgets.tone import Tone

translate = QCoreApplication.translate


def word_text(word: Word) -> str:  # noqa: C901 - one case for every word
    """The word a cashier reads for a payment's state."""
    match word:
        case Word.NOT_SENT:
            return translate("Texts", "Not sent")
        case Word.CREATING:
            return translate("Texts", "Creating…")
        case Word.WAITING:
            return translate("Texts", "Waiting")
        case Word.PROCESSING:
            return translate("Texts", "Processing")
        case Word.UNKNOWN:
            return translate("Texts", "Outcome unknown")
        case Word.CANCELLING:
            return translate("Texts", "Cancelling")
        case Word.REFUSED:
            return translate("Texts", "Refused")
        case Word.WITHDRAWN:
            return translate("Texts", "Withdrawn")
        case Word.DECLINED:
            return translate("Texts", "Declined")
        case Word.EXPIRED:
            return translate("Texts", "Expired")
        case Word.CANCELLED:
            return translate("Texts", "Cancelled")
        case Word.NOT_CREATED:
            return translate("Texts", "Not created")
        case Word.MISMATCH:
            return translate("Texts", "Mismatch")
        case Word.PAID:
            return translate("Texts", "Paid")
        case Word.LATE_PAID:
            return translate("Texts", "Paid after cancel")
        case _ as unreachable:
            assert_never(unreachable)


def word_icon(word: Word) -> str:
    """The icon that goes with the word."""
    match word:
        case Word.CREATING | Word.CANCELLING:
            return "loader-circle"
        case Word.WAITING:
            return "hourglass"
        case Word.PROCESSING:
            return "landmark"
        case Word.UNKNOWN:
            return "circle-question-mark"
        case Word.REFUSED | Word.DECLINED:
            return "circle-x"
        case Word.EXPIRED:
            return "timer-off"
        case Word.NOT_SENT | Word.WITHDRAWN | Word.CANCELLED | Word.NOT_CREATED:
            return "ban"
        case Word.MISMATCH:
            return "equal-not"
        case Word.PAID:
            return "circle-check"
        case Word.LATE_PAID:
            return "circle-alert"
        case _ as unreachable:
            assert_never(unreachable)


def word_tone(word: Word) -> Tone:
    """The colour that goes with the word."""
    return Tone(TONES[word].value)
