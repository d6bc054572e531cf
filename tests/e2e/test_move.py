"""A till's journal moves to a server from the settings: the real window, keys alone."""

from __future__ import annotations

import json
from pathlib import Path

import psycopg
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from cashier.clock import SystemClock
from cashier.journal.journal import Journal
from cashier.journal.verify import verify
from cashier.paths import Folders
from cashier.settings import Settings, save
from cashier.ui.pages.moving import MovingWindow
from cashier.ui.widgets.label import Label
from tests.e2e.conftest import Launch
from tests.e2e.driver import Driver
from tests.e2e.test_office import give_pin, is_locked
from tests.e2e.test_shared_journal import ACCOUNT
from tests.integration.conftest import postgres
from tests.integration.postgres_server import PostgresServer
from tests.ui.setup_kit import type_text

__all__ = ["postgres"]

CONTROL = Qt.KeyboardModifier.ControlModifier
PIN = "739105"
WHO = "Белова Ирина"


@pytest.fixture(autouse=True)
def account(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ACCOUNT.items():
        monkeypatch.setenv(name, value)


def folders() -> Folders:
    return Folders(Launch.folder, training=False)


def start(launch: type[Launch], language: str) -> Driver:
    """A till for real money with one administrator, who is at it."""
    save(Settings(is_set_up=True, till_number=3), folders().settings)
    till = open_till(launch, language)
    assert till.app.background is not None
    assert till.app.till is not None
    till.app.background.call(till.app.till.staff.make_administrator, WHO, PIN)
    till = open_till(launch, language)
    sign_in(till)
    return till


def open_till(launch: type[Launch], language: str) -> Driver:
    return launch.start(sandbox=False, language=language, base_url="https://192.0.2.1/api/v2")


def sign_in(till: Driver) -> None:
    till.until(lambda: is_locked(till))
    give_pin(till, PIN)
    till.until(lambda: not is_locked(till))


def try_server(till: Driver, url: str) -> None:
    """Settings, «Journal», the address, and the test of it."""
    till.press(Qt.Key.Key_6, CONTROL)
    till.until(lambda: till.sees("settings.section.journal"))
    while not till.find("settings.section.journal", QWidget).isChecked():  # type: ignore[attr-defined]  # a tile
        till.press(Qt.Key.Key_Down)
    type_text(till.find("settings.journal.url", QLineEdit), url)
    till.find("settings.journal.test", QWidget).setFocus()
    till.press(Qt.Key.Key_Space)
    till.until(lambda: till.sees("settings.journal.move"))


def ask_for_the_move(till: Driver) -> None:
    till.find("settings.journal.move", QWidget).setFocus()
    till.press(Qt.Key.Key_Space)
    till.until(lambda: till.sees("pin.text"))


def moving() -> MovingWindow | None:
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, MovingWindow)]
    return next((one for one in found if one.isVisible()), None)


def move(till: Driver) -> MovingWindow:
    """Give the PIN and wait until it is over."""
    give_pin_only(till)
    till.until(lambda: moving() is not None)
    window = moving()
    assert window is not None
    assert till.app.window is None
    till.until(lambda: window.is_over)
    return window


def give_pin_only(till: Driver) -> None:
    for digit in PIN:
        till.turn(0.05)
        till.type(digit)
    till.turn(0.05)
    till.press(Qt.Key.Key_Return)


def said(window: MovingWindow, name: str) -> str:
    label = window.findChild(Label, f"moving.{name}")
    assert label is not None
    return label.text()


def go_on(till: Driver, window: MovingWindow) -> None:
    window.activateWindow()
    till.until(window.isActiveWindow)
    till.press(Qt.Key.Key_F12)
    till.until(lambda: till.app.window is not None)
    till.ready(1366, 768)


@pytest.mark.parametrize(
    ("language", "done"),
    [("ru", "Журнал на сервере"), ("en", "The journal is on the server")],
)
def test_the_journal_moves_and_the_till_opens_on_the_server(
    launch: type[Launch], postgres: PostgresServer, language: str, done: str
) -> None:
    url = postgres.database()
    till = start(launch, language)
    try_server(till, url)
    ask_for_the_move(till)
    window = move(till)
    assert said(window, "title") == done
    assert "journal-moved.db" in said(window, "detail")
    go_on(till, window)
    assert moving() is None
    sign_in(till)
    assert till.text("header.person.first") == WHO
    launch.stop()
    assert json.loads(folders().settings.read_text("utf-8"))["journal_url"] == url
    assert not folders().journal.exists()
    report = verify(url, folders().anchor)
    assert report.is_whole
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        kinds = connection.execute(
            "SELECT count(*) FROM events WHERE kind = 'journal.move_allowed'"
        ).fetchall()
    assert kinds == [(1,)]


@pytest.mark.parametrize(
    ("language", "title", "kept"),
    [
        ("ru", "Журнал не перенесён", "не тронут"),
        ("en", "The journal was not moved", "is untouched and is still used"),
    ],
)
def test_what_cannot_move_stays_and_the_till_goes_on_with_it(
    launch: type[Launch],
    postgres: PostgresServer,
    tmp_path: Path,
    language: str,
    title: str,
    kept: str,
) -> None:
    url = postgres.database()
    till = start(launch, language)
    try_server(till, url)
    Journal.open(url, till="3", clock=SystemClock(), anchor=tmp_path / "other").close()
    ask_for_the_move(till)
    window = move(till)
    assert said(window, "title") == title
    assert kept in said(window, "text")
    go_on(till, window)
    sign_in(till)
    launch.stop()
    assert json.loads(folders().settings.read_text("utf-8")).get("journal_url", "") == ""
    assert verify(f"sqlite:///{folders().journal}", folders().anchor).is_whole


def test_without_the_pin_nothing_moves(launch: type[Launch], postgres: PostgresServer) -> None:
    till = start(launch, "en")
    try_server(till, postgres.database())
    ask_for_the_move(till)
    till.press(Qt.Key.Key_Escape)
    till.until(lambda: not till.sees("pin.text"))
    assert till.app.window is not None
    assert moving() is None
