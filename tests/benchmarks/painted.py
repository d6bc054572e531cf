"""When something has really been painted, on the clock that the parent process reads too."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QWidget

PATIENCE = 30.0


class Painted(QObject):
    """Notes when one widget has been painted, with all that was painted along with it.

    Only paintings while `counts` holds are noted.
    """

    def __init__(self, widget: QWidget, counts: Callable[[], bool] = lambda: True) -> None:
        super().__init__(widget)
        self._counts = counts
        self.moments: list[float] = []
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and self._counts():
            QTimer.singleShot(0, self, self._note)  # the paint itself comes after this filter
        return False

    def _note(self) -> None:
        self.moments.append(time.monotonic())

    def first(self, since: float = 0.0) -> float:
        """Wait for the first painting after that moment. Raises TimeoutError."""
        until(lambda: bool(self.moments) and self.moments[-1] > since)
        return next(moment for moment in self.moments if moment > since)


def until(holds: Callable[[], bool], *, patience: float = PATIENCE) -> None:
    """Run the event loop until it holds. Raises TimeoutError."""
    end = time.monotonic() + patience
    loop = QEventLoop()
    timer = QTimer()
    timer.setInterval(1)
    timer.timeout.connect(lambda: loop.quit() if holds() or time.monotonic() > end else None)
    timer.start()
    loop.exec()
    timer.stop()
    if not holds():
        raise TimeoutError


def rest(seconds: float) -> None:
    """Run the event loop for so long."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()
