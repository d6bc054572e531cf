"""Diagnostics in the settings: the file for whoever helps, and the check of the journal."""

from __future__ import annotations

import json
import os
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from cashier import __version__
from cashier.clock import SystemClock
from cashier.paths import Folders
from cashier.services.training_staff import OTHER_PIN
from cashier.ui.background import Background
from cashier.ui.pages.settings_diagnostics import DiagnosticsSection
from cashier.ui.show_folder import show_folder
from cashier.ui.theme import ThemeController, ThemeName
from cashier.ui.translation import Translation
from cashier.ui.widgets.tone import Tone
from tests.ui.names import nameless
from tests.ui.setup_kit import RealTill, garbage_stays_here
from tests.ui.test_settings_page import KEY, Stage, gateway, real, server

__all__ = ["gateway", "real", "server"]

pytestmark = pytest.mark.usefixtures("themed")


@pytest.fixture(autouse=True)
def one_collector(qapp: QApplication) -> Iterator[None]:
    with garbage_stays_here():
        yield


@pytest.fixture
def home(tmp_path: Path) -> Folders:
    made = Folders(tmp_path / "till", training=False)
    made.make()
    made.settings.write_text('{"cashier_settings": 1, "shop_name": "Kanareikin"}')
    (made.logs / "cashier.log").write_text(json.dumps({"text": f"key={KEY}"}) + "\n")
    return made


@pytest.fixture
def stage(qtbot: QtBot, real: RealTill, home: Folders) -> Stage:
    made = Stage(qtbot, real, folder=home.root)
    made.section("diagnostics")
    return made


def test_a_till_that_closes_does_not_wait_for_the_file_and_leaves_none_behind(
    qtbot: QtBot, real: RealTill, home: Folders, tmp_path: Path
) -> None:
    log = home.logs / "cashier.log.1"
    os.mkfifo(log)  # reading it takes as long as the test likes
    others = set(threading.enumerate())
    background = Background()
    section = DiagnosticsSection(home, real.till, background, SystemClock())
    qtbot.addWidget(section)
    section.write_file(tmp_path / "support.zip")
    slow = os.open(log, os.O_WRONLY)  # once it is being read
    background.close()
    os.close(slow)
    qtbot.waitUntil(lambda: set(threading.enumerate()) <= others)
    assert [path.name for path in tmp_path.iterdir() if "support" in path.name] == []


class Desktop(QObject):
    """Takes the place of the system's own windows."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toLocalFile())


@pytest.fixture
def desktop() -> Iterator[Desktop]:
    made = Desktop()
    QDesktopServices.setUrlHandler("file", made, "open")  # type: ignore[arg-type]  # the stubs want bytes, Qt text
    yield made
    QDesktopServices.unsetUrlHandler("file")


def choose(stage: Stage, path: Path) -> None:
    """Space on the button, and a path in the system's window."""
    stage.button("settings.diagnostics.write").setFocus()
    stage.press(Qt.Key.Key_Space)
    stage.qtbot.waitUntil(lambda: stage.window.findChild(QFileDialog) is not None)
    chooser = stage.window.findChild(QFileDialog)
    assert chooser is not None
    assert chooser.selectedFiles()[0].endswith(".zip")
    chooser.fileSelected.emit(str(path))
    chooser.close()


def test_the_version_is_told_and_f2_leads_to_the_file(stage: Stage) -> None:
    assert __version__ in stage.label("diagnostics.version").text()
    assert "No key, no PIN and no card data" in stage.label("diagnostics.text").text()
    stage.page.focus_main()
    assert stage.window.focusWidget() is stage.button("settings.diagnostics.write")
    assert not nameless(stage.page)


def test_the_file_is_written_told_and_its_folder_opened(
    stage: Stage, tmp_path: Path, desktop: Desktop
) -> None:
    path = tmp_path / "for-help.zip"
    choose(stage, path)
    assert stage.button("settings.diagnostics.write").accessibleName() == "Writing…"
    band = stage.band("diagnostics.result")
    assert band.isVisible()
    assert band.title() == "The whole journal is read. A big one takes minutes."
    assert "go on selling" in band.detail()
    stage.qtbot.waitUntil(lambda: band.tone is Tone.OK)
    assert band.detail() == str(path)
    with zipfile.ZipFile(path) as written:
        assert "settings.json" in written.namelist()
        everything = b"".join(written.read(name) for name in written.namelist())
    assert KEY.encode() not in everything
    assert b"Kanareikin" not in everything
    stage.qtbot.waitUntil(
        lambda: stage.window.focusWidget() is stage.button("settings.diagnostics.open")
    )
    stage.press(Qt.Key.Key_Space)
    assert [Path(folder) for folder in desktop.opened] == [tmp_path]


def test_a_folder_that_is_not_there_is_told_and_asked_again(stage: Stage, tmp_path: Path) -> None:
    choose(stage, tmp_path / "gone" / "for-help.zip")
    band = stage.band("diagnostics.result")
    stage.qtbot.waitUntil(lambda: band.tone is Tone.WARN)
    assert str(tmp_path / "gone") in band.title()
    assert "Choose another folder" in band.title()
    assert stage.button("settings.diagnostics.write").isEnabled()


def test_what_is_no_folder_is_not_opened(tmp_path: Path, desktop: Desktop) -> None:
    program = tmp_path / "program"
    program.write_text("no folder")
    show_folder(program)
    show_folder(tmp_path / "gone")
    assert desktop.opened == []


def test_the_check_is_remembered_until_the_program_ends(stage: Stage) -> None:
    last = stage.label("diagnostics.last")
    assert "Nobody has asked" in last.text()
    stage.button("settings.diagnostics.check").setFocus()
    stage.press(Qt.Key.Key_Space)
    stage.qtbot.waitUntil(lambda: stage.band("diagnostics.report").tone is Tone.OK)
    assert stage.band("diagnostics.report").title().startswith("The journal is whole")
    assert "whole" in last.text()
    assert stage.window.focusWidget() is stage.button("settings.diagnostics.check")
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down):  # arrows do not lead out of a button
        stage.press(key)
        assert stage.window.focusWidget() is stage.button("settings.diagnostics.check")
    stage.section("about")
    stage.section("diagnostics")
    assert not stage.band("diagnostics.report").isVisible()
    assert last.text().startswith("Last checked")


def test_it_is_open_to_a_cashier_whose_check_asks_for_an_administrator(stage: Stage) -> None:
    nobody = replace(stage.real.view(), person=None)
    stage.page.show_view(nobody)
    assert stage.button("settings.diagnostics.write").isVisible()
    stage.button("settings.diagnostics.check").setFocus()
    stage.press(Qt.Key.Key_Space)
    stage.qtbot.waitUntil(lambda: stage.window.findChild(QObject, "pin.entry") is not None)
    for digit in OTHER_PIN:
        QTest.keyClicks(QApplication.focusWidget() or stage.window, digit)
        QTest.qWait(40)  # faster, it would be a scan
    stage.press(Qt.Key.Key_Return)
    stage.qtbot.waitUntil(lambda: stage.band("diagnostics.report").tone is Tone.OK)


def is_whole(label: QLabel) -> bool:
    return label.height() >= label.heightForWidth(label.width())


def is_wide_enough(button: QWidget) -> bool:
    return button.width() >= button.sizeHint().width()


@pytest.mark.parametrize("theme", [ThemeName.LIGHT, ThemeName.DARK])
@pytest.mark.parametrize("touch", [False, True])
@pytest.mark.parametrize(("width", "height"), [(1274, 660), (964, 548)])
def test_nothing_is_cut_in_russian(
    stage: Stage,
    themed: ThemeController,
    qapp: QApplication,
    theme: ThemeName,
    touch: bool,
    width: int,
    height: int,
) -> None:
    translation = Translation(qapp, language="ru")
    try:
        themed.choose(theme, scale=100, touch=touch, animated=False)
        stage.window.resize(width, height)
        section = stage.window.findChild(DiagnosticsSection)
        assert section is not None
        stage.qtbot.waitUntil(lambda: section.title() == "Диагностика")
        stage.qtbot.waitUntil(lambda: stage.window.width() == width)
        for name in ("text", "last"):
            label = stage.label(f"diagnostics.{name}")
            stage.qtbot.waitUntil(partial(is_whole, label))
        for name in ("write", "check"):
            button = stage.button(f"settings.diagnostics.{name}")
            stage.qtbot.waitUntil(partial(is_wide_enough, button))
            assert button.height() >= (64 if touch else 44)
    finally:
        translation.use("en")
        translation.setParent(None)
