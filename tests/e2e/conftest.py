"""The whole application, offscreen, on the gateway inside the program."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from cashier.app import App
from cashier.clock import Clock
from cashier.options import Options
from tests.e2e.driver import Driver, settle


@pytest.fixture
def launch(qapp: QApplication, tmp_path: Path) -> Iterator[type[Launch]]:
    """Start the application, as often as a test likes, each run after the last has ended."""
    Launch.folder = tmp_path
    Launch.application = qapp
    Launch.running = None
    yield Launch
    Launch.stop()


class Launch:
    """`Launch.start()` closes the run before and opens the next on the same folder."""

    folder: Path
    application: QApplication
    running: Driver | None

    @classmethod
    def start(
        cls,
        *,
        sandbox: bool = True,
        language: str = "en",
        base_url: str | None = None,
        width: int = 1366,
        height: int = 768,
        clock: Clock | None = None,
    ) -> Driver:
        cls.stop()
        options = Options(
            sandbox=sandbox, data_folder=cls.folder, language=language, base_url=base_url
        )
        app = App(cls.application, options, clock=clock)
        cls.running = Driver(app)
        app.start()
        settle(app)
        cls.running.ready(width, height)
        return cls.running

    @classmethod
    def stop(cls) -> None:
        running, cls.running = cls.running, None
        if running is not None:
            running.app.close()
            assert running.strays.names == []
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
