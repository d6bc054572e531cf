"""What a message means, as a colour; an icon and a word always go with it."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtWidgets import QWidget


class Tone(StrEnum):
    """OK is money received, LATE the solid red of «paid after cancel»."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"
    REFUND = "refund"
    MUTE = "mute"
    ACCENT = "accent"
    LATE = "late"

    @property
    def soft(self) -> str:
        """The token of a badge's or band's fill."""
        return "bad" if self is Tone.LATE else f"{self}-soft"

    @property
    def text(self) -> str:
        """The token of text and icons on that fill."""
        return "on-bad" if self is Tone.LATE else f"{self}-text"

    @property
    def line(self) -> str:
        """The token of a border around that fill, or of a solid bar."""
        lines = {Tone.WARN: "warn-line", Tone.MUTE: "line-strong", Tone.LATE: "bad"}
        return lines.get(self, str(self))


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet selects by, and let the sheet look again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()
