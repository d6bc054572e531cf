"""A bug ends a use case: its screen is usable again and the crash dialog lies on top."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cashier.domain.failure import CashierError, Failure
from cashier.ui.background import Background


@pytest.fixture
def bridge(qapp: QApplication) -> Iterator[Background]:
    background = Background()
    yield background
    background.close()


async def _crash() -> None:
    raise ZeroDivisionError


def test_whoever_started_a_use_case_that_crashed_hears_that_it_failed_and_then_the_dialog_opens(
    bridge: Background, qtbot: QtBot
) -> None:
    heard: list[object] = []
    bridge.crashed.connect(heard.append)
    bridge.failed.connect(heard.append)
    bridge.start(_crash, done=heard.append, failed=heard.append)
    qtbot.waitUntil(lambda: len(heard) == 2)
    failure, crash = heard
    assert isinstance(failure, CashierError)
    assert failure.failure is Failure.INTERNAL
    assert isinstance(crash, ZeroDivisionError)


def test_a_crash_that_nobody_takes_care_of_is_told_by_the_dialog_alone(
    bridge: Background, qtbot: QtBot
) -> None:
    heard: list[object] = []
    bridge.crashed.connect(heard.append)
    bridge.failed.connect(heard.append)
    bridge.start(_crash, done=heard.append)
    qtbot.waitUntil(lambda: len(heard) == 1)
    assert isinstance(heard[0], ZeroDivisionError)
