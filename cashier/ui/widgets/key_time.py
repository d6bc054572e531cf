"""When a key went down, and the same key once more."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QKeyEvent


def key_time(event: QKeyEvent, now: Callable[[], float]) -> float:
    """Seconds, as the system counts them: keys that wait while this thread is busy keep their pace.

    A key that no keyboard sent has no time of its own: it is taken for one pressed `now`.
    """
    stamp = event.timestamp()
    return stamp / 1000 if stamp else now()


def copied(event: QKeyEvent) -> QKeyEvent:
    """The same key once more: Qt's own event ends with its handler."""
    again = QKeyEvent(event.type(), event.key(), event.modifiers(), event.text())
    again.setTimestamp(event.timestamp())
    return again
