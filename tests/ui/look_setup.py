"""Pictures of the set-up screens, to be looked at: `python -m tests.ui.look_setup FOLDER [WORDS]`.

WORDS is a JSON file {context: {source: translation}} that stands in for a missing .qm file.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QObject, Qt, QTimer, QTranslator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from cashier.sandbox.server import SandboxServer
from cashier.settings import Settings
from cashier.ui.background import Background
from cashier.ui.pages.first_start import FirstStart
from cashier.ui.theme import ThemeController, ThemeName
from cashier.ui.translation import Translation
from tests.ui.setup_kit import Probing, TestClock

SIZES = ((1366, 768), (1024, 640))


class Words(QTranslator):
    """Translations straight from JSON."""

    def __init__(self, file: Path | None, parent: QObject) -> None:
        super().__init__(parent)
        self._words = json.loads(file.read_text(encoding="utf-8")) if file else {}

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        found = self._words.get(context, {}).get(source)
        if isinstance(found, list):
            form = _russian_form(n) if len(found) == 3 else int(n != 1)
            found = found[form]
        # An empty string would be taken for a translation; None is Qt's null string.
        return found.replace("%n", str(n)) if found else None  # type: ignore[return-value]  # as said

    def isEmpty(self) -> bool:  # noqa: N802
        return not self._words


def _russian_form(n: int) -> int:
    if n % 10 == 1 and n % 100 != 11:
        return 0
    return 1 if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14) else 2


class Camera:
    """Grabs a widget in both sizes, themes and, when words are given, languages."""

    def __init__(self, application: QApplication, folder: Path, words: Path | None) -> None:
        self._application = application
        self._folder = folder
        self._theme = ThemeController(application, name=ThemeName.LIGHT)
        self._translation = Translation(application, language="en")
        self._russian = Words(words, application)
        self._has_words = words is not None

    def settle(self, is_done: Callable[[], bool] = lambda: False, seconds: float = 0.05) -> None:
        """Let events run until `is_done`, at most `seconds`."""
        left = int(seconds * 1000)
        while left > 0 and not is_done():
            QTest.qWait(10)
            left -= 10

    def shoot(self, widget: QWidget, name: str, *, full: bool = True, frame: bool = False) -> None:
        """`frame`: the page alone, so that rail, header and footer are left off the size."""
        themes = (ThemeName.LIGHT, ThemeName.DARK) if full else (ThemeName.LIGHT,)
        for language in ("ru", "en") if self._has_words and full else ("ru",):
            self._speak(language)
            for theme in themes:
                self._theme.choose(theme)
                for width, height in SIZES:
                    narrow = width < 1280
                    rail, bars = (60, 56 + 36) if narrow else (92, 64 + 44)
                    widget.resize(width - (rail if frame else 0), height - (bars if frame else 0))
                    self.settle()
                    file = self._folder / f"{name}-{width}-{theme}-{language}.png"
                    widget.grab().save(str(file))
        self._theme.choose(ThemeName.LIGHT)

    def _speak(self, language: str) -> None:
        self._application.removeTranslator(self._russian)
        self._translation.use(language)
        if language == "ru":
            self._application.installTranslator(self._russian)
        self.settle()


@contextmanager
def background() -> Iterator[Background]:
    made = Background()
    try:
        yield made
    finally:
        made.close()


def look_at_first_start(camera: Camera, worker: Background, server: SandboxServer) -> None:
    page = FirstStart(settings=Settings(), background=worker, clock=TestClock(), probe=Probing())
    page.show()
    page.focus_main()
    camera.shoot(page, "10a")
    QTest.keyClick(page.focusWidget() or page, Qt.Key.Key_Right)
    camera.shoot(page, "10a-live", full=False)
    QTest.keyClick(page, Qt.Key.Key_Return)
    camera.shoot(page, "10b-empty", full=False)
    _type(page, "first.merchant", server.gateway.merchant_id)
    _type(page, "first.key", server.gateway.api_key)
    _type(page, "first.alias", "1:2")
    QTest.keyClick(page, Qt.Key.Key_F5)
    camera.shoot(page, "10b-refused", full=False)
    _type(page, "first.base_url", server.base_url)
    QTest.keyClick(page, Qt.Key.Key_F5)
    camera.settle(seconds=1)
    camera.shoot(page, "10b")
    server.stop()
    QTest.keyClick(page, Qt.Key.Key_F5)
    camera.settle(seconds=1)
    camera.shoot(page, "10b-no-link", full=False)
    server.start()
    page.close()


def _type(page: QWidget, name: str, text: str) -> None:
    line = page.findChild(QWidget, name)
    if line is None:
        raise LookupError(name)
    line.setProperty("text", "")
    QTest.keyClicks(line, text)


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    words = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    wanted = sys.argv[3:]
    application = QApplication(sys.argv[:1])
    camera = Camera(application, folder, words)
    looks = {"first": look_at_first_start}
    with background() as worker, SandboxServer() as server, tempfile.TemporaryDirectory():
        for name, look in looks.items():
            if not wanted or name in wanted:
                look(camera, worker, server)
    QTimer.singleShot(0, application.quit)
    application.exec()


if __name__ == "__main__":
    main()
