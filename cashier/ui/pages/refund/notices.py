"""What stands in the band above the form."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from cashier.domain.failure import CashierError, Failure
from cashier.ui.pages.refund.draft import Draft
from cashier.ui.pages.refund.search import Found
from cashier.ui.pages.refund.texts import find_text
from cashier.ui.texts import failure_text
from cashier.ui.widgets.tone import Tone

translate = QCoreApplication.translate
_SHORTEST_ID = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """`number`: what the gateway can be asked about. `can_repeat`: looking again may help."""

    title: str
    detail: str = ""
    tone: Tone = Tone.WARN
    number: str = ""
    can_repeat: bool = False


def notice_of(
    draft: Draft | None, found: Found | None, error: CashierError | None, busy: frozenset[str]
) -> Notice | None:
    """The band for what is on screen, or None."""
    if "read" in busy:
        return None
    if error is not None:
        return Notice(
            title=find_text(error),
            tone=Tone.BAD,
            can_repeat=error.failure not in (Failure.NOT_PAID, Failure.NOT_FOUND),
        )
    if draft is not None:
        return _trouble(draft)
    if found is None or found.rows:
        return None
    text = found.text
    if len(text) >= _SHORTEST_ID and text.isascii() and text.isalnum():
        return Notice(
            title=translate("RefundNotices", "This till does not know that payment"),
            detail=translate("RefundNotices", "A manager can look it up at the gateway."),
            number=text,
        )
    return Notice(
        title=translate("RefundNotices", "Nothing was found: {0}").format(text),
        detail=translate(
            "RefundNotices", "Another till’s payment is found by the order number on its slip."
        ),
    )


def _trouble(draft: Draft) -> Notice | None:
    trouble = draft.form.trouble
    if trouble is None:
        return None
    return Notice(
        title=translate("RefundNotices", "The gateway was not asked about this payment just now"),
        detail=failure_text(CashierError(trouble)),
    )
