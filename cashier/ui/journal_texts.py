"""Sentences for the journal's copies and what follows a restore: a page of `cashier.ui.texts`."""

from __future__ import annotations

from typing import Literal, assert_never

from PySide6.QtCore import QCoreApplication

from cashier.domain.failure import CashierError, Failure
from cashier.journal.copies import Copy, Reason
from cashier.journal.epochs import Restoration
from cashier.ui import formats
from cashier.ui.translation import current_language

translate = QCoreApplication.translate

JournalFailure = Literal[
    Failure.COPY_FAILED,
    Failure.COPY_DAMAGED,
    Failure.REFUNDS_WAIT,
    Failure.GATEWAY_NOT_ASKED,
]


def journal_failure_text(failure: JournalFailure, error: CashierError) -> str:
    """One line: what happened, what it means, and what to do."""
    match failure:
        case Failure.COPY_FAILED if error.facts.get("reason") == "room":
            return translate(
                "JournalTexts",
                "The journal was not copied: there is too little room on the disk. "
                "Selling goes on; call the administrator.",
            )
        case Failure.COPY_FAILED if error.facts.get("reason") == "damaged":
            return translate(
                "JournalTexts",
                "The copy of the journal is not whole and was thrown away. Selling goes on; "
                "call the administrator to check the journal.",
            )
        case Failure.COPY_FAILED:
            return translate(
                "JournalTexts",
                "The journal was not copied ({0}). Selling goes on; call the administrator.",
            ).format(error.facts.get("reason", ""))
        case Failure.COPY_DAMAGED:
            return translate(
                "JournalTexts",
                "This copy is not whole, so it was not put back. The journal is as it was; "
                "choose another copy.",
            )
        case Failure.REFUNDS_WAIT:
            return translate(
                "JournalTexts",
                "The journal was restored from a copy: no refund before a manager has reconciled. "
                "Nothing was sent.",
            )
        case Failure.GATEWAY_NOT_ASKED:
            return translate(
                "JournalTexts",
                "Ask the gateway first, until it has answered about everything.",
            )
        case _ as unreachable:
            assert_never(unreachable)


def reason_text(reason: Reason) -> str:
    """Why a copy was made."""
    match reason:
        case Reason.DAILY:
            return translate("JournalTexts", "once a day")
        case Reason.SHIFT:
            return translate("JournalTexts", "after a shift")
        case Reason.ASKED:
            return translate("JournalTexts", "by hand")
        case Reason.UPDATE:
            return translate("JournalTexts", "before an update")
        case _ as unreachable:
            assert_never(unreachable)


def size_text(size: int) -> str:
    """Bytes, in megabytes with one decimal."""
    tenths = max(1, round(size * 10 / 1_000_000))
    point = "," if current_language() == "ru" else "."
    return translate("JournalTexts", "{0} MB").format(f"{tenths // 10}{point}{tenths % 10}")


def copy_title(copy: Copy) -> str:
    """When it was made."""
    return formats.date_time(current_language(), copy.taken_at.astimezone())


def copy_detail(copy: Copy) -> str:
    """Why it was made, what it holds, how large it is."""
    return translate("JournalTexts", "{0} · {1} · verified, {2} events").format(
        reason_text(copy.reason), size_text(copy.size), copy.seq
    )


def restoration_text(waiting: Restoration) -> str:
    """What stands on every page until a manager has reconciled."""
    moment = formats.date_time(current_language(), waiting.copied_at.astimezone())
    return translate(
        "JournalTexts",
        "The journal was restored up to {0}: refunds wait for a manager",
    ).format(moment)
