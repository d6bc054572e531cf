"""What a check of the whole journal found, in sentences."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from cashier.journal.verify import Report
from cashier.services.backups import Checked
from cashier.ui import formats
from cashier.ui.translation import current_language
from cashier.ui.widgets.band import Band
from cashier.ui.widgets.tone import Tone

translate = QCoreApplication.translate


def show_report(band: Band, report: Report) -> None:
    """All of it, in a band."""
    if report.is_whole:
        text = translate(
            "CheckTexts", "The journal is whole: {0} events, {1} payments, {2} refunds"
        )
        told = text.format(report.events, report.payments, report.refunds)
        band.show_message(told, tone=Tone.OK)
        return
    first = report.problems[0]
    what = " ".join(filter(None, (first.wrong.value, first.kind, first.subject, first.detail)))
    text = translate("CheckTexts", "The journal is not whole, problems: {0}. The first: {1}")
    detail = translate("CheckTexts", "“cashier --verify-journal” names all of them.")
    band.show_message(text.format(len(report.problems), what), tone=Tone.BAD, detail=detail)


def show_work(band: Band) -> None:
    """While the journal is read, which says nothing by itself."""
    text = translate("CheckTexts", "The whole journal is read. A big one takes minutes.")
    detail = translate("CheckTexts", "You can go on selling; the end is told here.")
    band.show_message(text, tone=Tone.ACCENT, detail=detail)


def check_text(checked: Checked | None) -> str:
    """When the journal was checked last, and how it was."""
    if checked is None:
        return translate(
            "CheckTexts",
            "Each start checks what is new, each copy all of it. "
            "Nobody has asked for a check since this start.",
        )
    moment = formats.date_time(current_language(), checked.at.astimezone())
    if checked.report.is_whole:
        return translate("CheckTexts", "Last checked {0}: whole").format(moment)
    text = translate("CheckTexts", "Last checked {0}: not whole, problems: {1}")
    return text.format(moment, len(checked.report.problems))
