"""What comes home from the network thread while the UI thread is busy."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import anyio
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cashier.ui.background import Background


@pytest.fixture
def bridge(qapp: QApplication) -> Iterator[Background]:
    background = Background()
    yield background
    background.close()


def test_a_busy_screen_is_told_the_newest_report_once_and_the_end_after_it(
    bridge: Background, qtbot: QtBot
) -> None:
    heard: list[object] = []
    everything_said = threading.Event()

    async def count(report: Callable[[int], None]) -> str:
        for number in range(500):
            report(number)
        return "end"

    job = bridge.start(count, report=heard.append, done=heard.append)
    bridge.start(_set, everything_said)
    assert everything_said.wait(10)  # the UI thread has not turned yet
    qtbot.waitUntil(lambda: job.is_over)
    assert heard == [499, "end"]


def test_reports_that_come_one_by_one_are_all_heard(bridge: Background, qtbot: QtBot) -> None:
    heard: list[int] = []
    taken = threading.Semaphore()

    async def count(report: Callable[[int], None]) -> None:
        for number in range(5):
            await anyio.to_thread.run_sync(taken.acquire)
            report(number)

    def take(number: int) -> None:
        heard.append(number)
        taken.release()

    bridge.start(count, report=take)
    qtbot.waitUntil(lambda: heard == [0, 1, 2, 3, 4])


def test_nothing_is_heard_of_a_report_on_its_way_after_cancel(
    bridge: Background, qtbot: QtBot
) -> None:
    heard: list[int] = []
    said = threading.Event()

    async def tell(report: Callable[[int], None]) -> None:
        report(1)
        said.set()

    job = bridge.start(tell, report=heard.append)
    assert said.wait(10)
    job.cancel()
    qtbot.wait(20)
    assert heard == []


async def _set(event: threading.Event) -> None:
    event.set()
