"""The one text that the window shows before anything else is there."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel


class PlainLine(QLabel):
    """One line of plain text in the middle, in a `role` of the design.

    `Label` can more, and needs Qt's own enums: PySide takes longer to make them than the window
    takes for everything else. The words here name the same values.
    """

    def __init__(self, *, role: str, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("role", role)
        self.setProperty("textFormat", "PlainText")
        self.setProperty("alignment", "AlignCenter")
