"""Garbage is collected on the UI thread, and only there."""

from __future__ import annotations

import gc
import threading
import weakref

from PySide6.QtWidgets import QApplication

from cashier.ui.collector import Collector


class Ring:
    """Garbage that only the cyclic collector finds, and notes which thread it was."""

    def __init__(self, found_on: list[str]) -> None:
        self.itself = self
        weakref.finalize(self, lambda: found_on.append(threading.current_thread().name))


def test_other_threads_allocate_without_collecting(qapp: QApplication) -> None:
    found_on: list[str] = []
    collector = Collector(qapp)
    try:
        Ring(found_on)
        worker = threading.Thread(target=lambda: [[] for _ in range(50_000)], name="worker")
        worker.start()
        worker.join()
        assert found_on == []
        keep: list[list[int]] = [
            [] for _ in range(5_000)
        ]  # more than the youngest generation's threshold
        collector.collect_what_is_due()
        assert found_on == [threading.current_thread().name]
        assert keep
    finally:
        collector.close()


def test_closing_leaves_the_collector_as_it_was(qapp: QApplication) -> None:
    was = gc.isenabled()
    gc.enable()
    collector = Collector(qapp)
    assert not gc.isenabled()
    collector.close()
    assert gc.isenabled()
    if not was:
        gc.disable()
