"""Words about terminals, shared by the page, its panel and the picker."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from cashier.domain.terminal import Terminal, TerminalInfo, TerminalState, TerminalType
from cashier.ui import formats
from cashier.ui.texts import money_text
from cashier.ui.widgets.tone import Tone

translate = QCoreApplication.translate


def type_text(info: TerminalInfo) -> str:
    """The type as a word; one nobody knows is shown as the gateway writes it."""
    match info.type:
        case TerminalType.DYNAMIC:
            return translate("TerminalTexts", "dynamic")
        case TerminalType.STATIC:
            return translate("TerminalTexts", "static")
        case None:
            return info.type_word or translate("TerminalTexts", "not told")


def type_detail(info: TerminalInfo) -> str:
    """What the type means: a QR code for each payment, or the price of the printed one."""
    match info.type:
        case TerminalType.DYNAMIC:
            return translate("TerminalTexts", "a QR for each payment")
        case TerminalType.STATIC if info.default_price is not None:
            return money_text(info.default_price)
        case TerminalType.STATIC:
            return translate("TerminalTexts", "one printed QR")
        case None:
            return ""


def state_text(state: TerminalState) -> str:
    match state:
        case TerminalState.WORKING:
            return translate("TerminalTexts", "Working")
        case TerminalState.NOT_FOUND:
            return translate("TerminalTexts", "Not at the gateway")
        case TerminalState.UNCHECKED:
            return translate("TerminalTexts", "Not checked")


def state_look(state: TerminalState) -> tuple[Tone, str]:
    """The tone and the icon of a state's badge."""
    match state:
        case TerminalState.WORKING:
            return Tone.OK, "circle-check"
        case TerminalState.NOT_FOUND:
            return Tone.WARN, "circle-question-mark"
        case TerminalState.UNCHECKED:
            return Tone.MUTE, "circle-dashed"


def checked_text(terminal: Terminal) -> str:
    """When it was checked last and how long that took: «14:53 · 210 мс»."""
    if terminal.checked_at is None:
        return translate("TerminalTexts", "never")
    moment = formats.clock(terminal.checked_at.astimezone())
    if terminal.latency is None:
        return moment
    took = translate("TerminalTexts", "{0} ms").format(round(terminal.latency * 1000))
    return f"{moment} · {took.replace(' ', formats.HARD_SPACE)}"


def short_id(text: str) -> str:
    """The beginning and the end of a long number."""
    return text if len(text) <= 18 else f"{text[:8]}…{text[-8:]}"


def is_usable(terminal: Terminal) -> bool:
    """Whether payments may be sent to it: the gateway has not said that it is gone (row T4)."""
    return terminal.state is not TerminalState.NOT_FOUND
