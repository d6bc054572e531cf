"""Where the parts of the window stand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QMainWindow, QVBoxLayout, QWidget


def lay_out(
    window: QMainWindow,
    *,
    training: QWidget | None,
    rail: QWidget,
    column: Sequence[QWidget],
    tall: QWidget,
) -> None:
    """The training band across the top, the rail at the left, the rest in a column beside it.

    From the outside in, and before the pages are there: a widget that moves to another parent is
    styled again with everything in it.
    """
    whole = QFrame()
    window.setCentralWidget(whole)
    outer = QVBoxLayout(whole)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.setSpacing(0)
    if training is not None:
        outer.addWidget(training)
    row = QHBoxLayout()
    row.setSpacing(0)
    outer.addLayout(row, 1)
    row.addWidget(rail)
    beside = QVBoxLayout()
    beside.setSpacing(0)
    row.addLayout(beside, 1)
    for part in column:
        beside.addWidget(part, 1 if part is tall else 0)
