"""Python's cyclic garbage collector, kept on the UI thread.

It runs on whatever thread happens to allocate. When that is the network's or the journal's thread,
and the garbage is a dropped widget, Qt takes the widget apart on the wrong thread and the process
dies.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

PERIOD_MS = 1000


class Collector(QObject):
    """Switches automatic collection off and collects by a timer of the thread it was made on."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_enabled = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(PERIOD_MS)
        self._timer.timeout.connect(self.collect_what_is_due)
        self._timer.start()

    def collect_what_is_due(self) -> None:
        """As Python would: the oldest generation whose threshold is passed."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if counts[generation] > thresholds[generation]:
                gc.collect(generation)
                return

    def close(self) -> None:
        """Leave collecting as it was found."""
        self._timer.stop()
        if self._was_enabled:
            gc.enable()
