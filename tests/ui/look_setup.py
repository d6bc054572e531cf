"""Pictures of the set-up screens, to be looked at: `python -m tests.ui.look_setup FOLDER [WORDS]`.

WORDS is a JSON file {context: {source: translation}} that stands in for a missing .qm file.
"""

from __future__ import annotations

import gc
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
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from cashier.credentials import ApiKey, FoundKey, KeyPlace
from cashier.domain.money import Currency, Money
from cashier.domain.terminal import NewTerminal, TerminalType
from cashier.sandbox.server import SandboxServer
from cashier.settings import Settings
from cashier.ui.background import Background
from cashier.ui.dialogs.terminal_picker import TerminalPicker
from cashier.ui.pages.first_start import FirstStart
from cashier.ui.pages.settings import SettingsPage
from cashier.ui.pages.settings_menu import SectionTile
from cashier.ui.pages.terminals import TerminalsPage
from cashier.ui.theme import ThemeController, ThemeName
from cashier.ui.translation import Translation
from tests.ui.setup_kit import Probing, TestClock, real_till, type_text

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
        if self._has_words:
            self._speak("ru")

    def _speak(self, language: str) -> None:
        if language == self._translation.language:
            return
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
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Right)
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
    camera.settle(seconds=3)
    camera.shoot(page, "10b")
    server.stop()
    QTest.keyClick(page, Qt.Key.Key_F5)
    camera.settle(seconds=3)
    camera.shoot(page, "10b-no-link", full=False)
    server.start()
    page.close()


def look_at_terminals(camera: Camera, worker: Background, server: SandboxServer) -> None:
    samples = (
        NewTerminal("Касса 2 · Зал", "1:2", "Магазин на Садовой"),
        NewTerminal("Кофейня", "1:3", "Первый этаж"),
        NewTerminal("Доставка", "1:4", "Заказы по телефону"),
        NewTerminal(
            "Кофе навынос",
            "1:21",
            "Стойка у входа",
            TerminalType.STATIC,
            default_price=Money.of(150),
            can_comments=False,
        ),
        NewTerminal("Сувениры", "1:7", "Витрина для гостей"),
        NewTerminal("Ярмарка", "1:9", "Павильон 14"),
    )
    with tempfile.TemporaryDirectory() as folder, real_till(Path(folder), server) as real:
        window = QWidget()
        page = TerminalsPage(
            till=real.till, background=real.background, clock=real.clock, parent=window
        )
        layout = QVBoxLayout(window)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(page)
        window.setProperty("surface", "canvas")
        window.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        window.show()
        page.entered()
        camera.settle(seconds=0.3)
        camera.shoot(window, "15-empty", full=False, frame=True)
        for new in samples:
            currency = Currency.USD if new.alias == "1:7" else Currency.RUB
            real.call(real.till.terminals.create, new, currency)
        fair = real.till.terminals.known[-1]
        server.gateway.terminals.forget(fair.info.id)
        real.call(real.till.terminals.check, fair.key)
        page.entered()
        camera.settle(seconds=0.3)
        camera.shoot(window, "15-default", full=False, frame=True)
        for _ in range(3):
            QTest.keyClick(page.focusWidget(), Qt.Key.Key_Down)
        camera.shoot(window, "15", frame=True)
        _type(page, "terminals.entry", "1:5")
        QTest.keyClick(page.focusWidget(), Qt.Key.Key_Return)
        camera.settle(seconds=0.5)
        camera.shoot(window, "15-offer", full=False, frame=True)
        QTest.keyClick(page.focusWidget(), Qt.Key.Key_F10)
        camera.settle(seconds=0.8)
        _type(window, "new_terminal.name", "Летняя веранда")
        _type(window, "new_terminal.description", "Лавка на Садовой, двор")
        camera.shoot(window, "15b")
        _close_dialogs(window, camera)
        QTest.keyClick(page.focusWidget(), Qt.Key.Key_F4)
        camera.shoot(window, "15-rename", full=False, frame=True)
        _close_dialogs(window, camera)
        page.focus_main()
        _type(page, "terminals.entry", "")
        QTest.keyClick(page.focusWidget(), Qt.Key.Key_Delete)
        camera.shoot(window, "15-forget", full=False)
        _close_dialogs(window, camera)
        picker = TerminalPicker(window, till=real.till, background=real.background)
        picker.pick(real.till.terminals.chosen)
        camera.settle(seconds=0.3)
        camera.shoot(window, "15-picker", full=False)
        window.close()


def look_at_settings(camera: Camera, worker: Background, server: SandboxServer) -> None:
    key = ApiKey(server.gateway.api_key)
    settings = Settings(base_url=server.base_url, merchant_id=server.gateway.merchant_id)
    with tempfile.TemporaryDirectory() as folder, real_till(Path(folder), server) as real:
        window = QWidget()
        window.setProperty("surface", "canvas")
        window.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = QVBoxLayout(window)
        layout.setContentsMargins(0, 0, 0, 0)
        page = SettingsPage(
            till=real.till,
            background=real.background,
            clock=real.clock,
            settings=settings,
            probe=Probing(),
            folder=Path("C:/Users/cashier/AppData/Local/Cashier"),
            training=False,
            found_key=FoundKey(key, KeyPlace.STORE),
        )
        layout.addWidget(page)
        window.show()
        page.entered()
        page.focus_main()
        real.call(real.till.terminals.create, NewTerminal("Касса 2 · Зал", "1:2"))
        page.show_view(real.view())
        camera.settle(seconds=0.2)
        QTest.keyClick(page.focusWidget(), Qt.Key.Key_F5)
        camera.settle(seconds=3)
        camera.shoot(window, "16", frame=True)
        _type(page, "settings.proxy", "http://10.0.4.1:3128")
        server.stop()
        QTest.keyClick(page.focusWidget(), Qt.Key.Key_F5)
        camera.settle(seconds=3)
        camera.shoot(window, "16-no-link", full=False, frame=True)
        server.start()
        page.leave(lambda: None)
        camera.shoot(window, "16-leave", full=False)
        _close_dialogs(window, camera)
        for number, name in ((1, "till"), (2, "look"), (3, "about")):
            tile = page.findChild(SectionTile, f"settings.section.{name}")
            if tile is not None:
                tile.click()
            camera.shoot(window, f"16-{number}-{name}", full=name == "look", frame=True)
        window.close()
        training = SettingsPage(
            till=real.till,
            background=real.background,
            clock=real.clock,
            settings=Settings(),
            probe=Probing(),
            folder=Path("folder"),
            training=True,
        )
        training.setProperty("surface", "canvas")
        training.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        training.show()
        camera.shoot(training, "16-training", full=False, frame=True)
        training.close()


def _close_dialogs(window: QWidget, camera: Camera) -> None:
    for _ in range(2):
        focus = QApplication.focusWidget()
        QTest.keyClick(focus or window, Qt.Key.Key_Escape)
    camera.settle()


def _type(page: QWidget, name: str, text: str) -> None:
    line = page.findChild(QWidget, name)
    if line is None:
        raise LookupError(name)
    line.setProperty("text", "")
    type_text(line, text)


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    words = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    wanted = sys.argv[3:]
    application = QApplication(sys.argv[:1])
    camera = Camera(application, folder, words)
    looks = {
        "first": look_at_first_start,
        "terminals": look_at_terminals,
        "settings": look_at_settings,
    }
    gc.disable()  # a collection on the journal's thread would take widgets apart there
    with background() as worker, SandboxServer() as server:
        for name, look in looks.items():
            if not wanted or name in wanted:
                look(camera, worker, server)
    QTimer.singleShot(0, application.quit)
    application.exec()


if __name__ == "__main__":
    main()
