"""Lets what was started in the background come home, without waiting for a moment to pass."""

from __future__ import annotations

import anyio
from PySide6.QtWidgets import QApplication

from cashier.ui.background import Background

_ROUNDS = 4
"""A use case that needs no socket ends in the first; what its end starts ends in the second."""


def settle(background: Background) -> None:
    """Go through the network thread and back several times, each time with the events it left."""
    for _ in range(_ROUNDS):
        background.call(anyio.lowlevel.checkpoint)
        QApplication.processEvents()
