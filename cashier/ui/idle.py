"""Notices that nobody has touched the till for a while."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal

from cashier.clock import Clock

AFTER = 120.0
"""Seconds without a key, a click or a touch."""
_LOOK_EVERY_MS = 1000
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.ShortcutOverride,  # a key that is a shortcut comes as nothing else
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
    }
)


class IdleWatch(QObject):
    """Emits `idle` once, after `after` seconds in which nothing was pressed anywhere.

    Sees every event of `application`, whatever takes it. While `hold(True)` (a QR is live on
    screen, or a refund) it does not count; the count begins anew afterwards. After `idle` it
    waits for the next press, or `restart`.
    """

    idle = Signal()

    def __init__(
        self,
        application: QCoreApplication,
        *,
        clock: Clock,
        after: float = AFTER,
        look_every_ms: int = _LOOK_EVERY_MS,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._application = application
        self._clock = clock
        self._after = after
        self._is_held = False
        self._is_told = False
        self._last = clock.monotonic()
        self._timer = QTimer(self)
        self._timer.setInterval(look_every_ms)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        application.installEventFilter(self)

    def close(self) -> None:
        """Stop watching."""
        self._timer.stop()
        self._application.removeEventFilter(self)

    def hold(self, held: bool) -> None:
        """Do not count while something is on screen that must not be covered."""
        if held != self._is_held:
            self._is_held = held
            self.restart()

    def restart(self) -> None:
        """Count from now, as if something had been pressed."""
        self._last = self._clock.monotonic()
        self._is_told = False

    def look(self) -> None:
        """Emit `idle` if it is time; called every second."""
        if self._is_held or self._is_told:
            return
        if self._clock.monotonic() - self._last >= self._after:
            self._is_told = True
            self.idle.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self.restart()
        return False
