"""A key bound to a page or window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


def shortcut(
    owner: QWidget,
    keys: str,
    pressed: Callable[[], object],
    *,
    repeats: bool = False,
    context: Qt.ShortcutContext = Qt.ShortcutContext.WindowShortcut,
) -> QShortcut:
    """Call `pressed` when `keys` ("F12", "Shift+F5") go down while `owner` is visible and enabled.

    A held key calls once, unless it `repeats`.
    """
    bound = QShortcut(QKeySequence(keys), owner)
    bound.setContext(context)
    bound.setAutoRepeat(repeats)
    bound.activated.connect(pressed)
    return bound
