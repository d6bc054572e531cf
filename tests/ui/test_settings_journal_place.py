"""The journal's place in the settings: a server is tried line by line before a move there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cashier.clock import SystemClock
from cashier.journal.journal import Journal
from cashier.paths import Folders
from cashier.services.training_staff import OTHER_PIN
from cashier.settings import Settings
from cashier.ui.pages.settings_journal import JournalSection
from cashier.ui.pages.settings_journal_place import JournalPlace
from cashier.ui.widgets.band import Band
from cashier.ui.widgets.button import Button
from cashier.ui.widgets.fitted_scroll import scrolling
from cashier.ui.widgets.label import Label
from tests.integration.conftest import postgres
from tests.integration.postgres_server import PostgresServer
from tests.ui.on_screen import show_active
from tests.ui.setup_kit import RealTill, garbage_stays_here, type_text
from tests.ui.test_settings_page import charge, gateway, real, server

__all__ = ["gateway", "postgres", "real", "server"]

pytestmark = pytest.mark.usefixtures("themed")


@pytest.fixture(autouse=True)
def one_collector(qapp: QApplication) -> Iterator[None]:
    with garbage_stays_here():
        yield


@pytest.fixture
def place(qtbot: QtBot, real: RealTill, tmp_path: Path) -> JournalPlace:
    folders = Folders(tmp_path, training=False)
    made = JournalPlace(real.till, real.background, Settings(till_number=1), folders)
    qtbot.addWidget(made)
    made.show()
    return made


def said(place: QWidget, name: str) -> str:
    label = place.findChild(Label, f"settings.journal.{name}")
    assert label is not None
    return label.text() if label.isVisible() else ""


def ask(qtbot: QtBot, place: JournalPlace, url: str) -> None:
    type_address(place, url)
    qtbot.waitUntil(lambda: said(place, "answer") != "", timeout=15_000)


def type_address(place: JournalPlace, url: str) -> None:
    line = place.findChild(QLineEdit, "settings.journal.url")
    button = place.findChild(Button, "settings.journal.test")
    assert line is not None
    assert button is not None
    type_text(line, url)
    button.click()


def test_an_empty_database_is_good_and_says_how_to_move(
    qtbot: QtBot, place: JournalPlace, postgres: PostgresServer
) -> None:
    ask(qtbot, place, postgres.database())
    assert said(place, "answer") == "The server answered"
    assert said(place, "version").startswith("PostgreSQL 1")
    assert said(place, "journal").startswith("The database is empty")
    assert "the till is closed for it" in said(place, "how")
    button = place.findChild(Button, "settings.journal.move")
    assert button is not None
    assert button.isVisible()
    with qtbot.waitSignal(place.move_wanted):
        button.click()


@pytest.fixture
def low_window(qtbot: QtBot) -> QWidget:
    """Too low for the section, which has to scroll in it."""
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(900, 300)
    return made


@pytest.fixture
def section(qtbot: QtBot, real: RealTill, tmp_path: Path, low_window: QWidget) -> JournalSection:
    home = Folders(tmp_path, training=False)
    made = JournalSection(home, Settings(till_number=1), real.till, real.background, real.clock)
    QVBoxLayout(low_window).addWidget(scrolling(made))
    show_active(qtbot, low_window)
    made.person = real.view().person
    made.entered()
    return made


def part(section: JournalSection, name: str) -> Button:
    found = section.findChild(Button, f"settings.journal.{name}")
    assert found is not None
    return found


def test_by_keys_alone_from_the_address_to_the_move_which_comes_into_sight(
    qtbot: QtBot, section: JournalSection, postgres: PostgresServer
) -> None:
    line = section.findChild(QLineEdit, "settings.journal.url")
    assert line is not None
    line.setFocus()
    type_text(line, postgres.database())
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert part(section, "test").is_busy
    move = part(section, "move")
    qtbot.waitUntil(move.isVisible, timeout=15_000)
    qtbot.waitUntil(lambda: move.visibleRegion().boundingRect().height() == move.height())
    for name in ("test", "move"):
        QTest.keyClick(section.window().focusWidget(), Qt.Key.Key_Tab)
        assert part(section, name).hasFocus()


def test_a_copy_says_that_it_takes_time_and_its_end_comes_into_sight(
    qtbot: QtBot, section: JournalSection
) -> None:
    copy = part(section, "copy")
    band = section.findChild(Band, "settings.journal.result")
    assert band is not None
    copy.setFocus()
    QTest.keyClick(copy, Qt.Key.Key_Space)
    assert band.title() == "The whole journal is read. A big one takes minutes."
    section.left()
    assert band.isVisible()
    qtbot.waitUntil(lambda: band.title() == "The copy was made and checked", timeout=15_000)
    assert copy.hasFocus()
    qtbot.waitUntil(lambda: copy.visibleRegion().boundingRect().height() == copy.height())


def test_space_on_the_test_makes_no_copy_when_pressed_twice(
    qtbot: QtBot, section: JournalSection, postgres: PostgresServer
) -> None:
    line = section.findChild(QLineEdit, "settings.journal.url")
    assert line is not None
    type_text(line, postgres.database())
    part(section, "test").setFocus()
    for _ in range(2):
        QTest.keyClick(QApplication.focusWidget() or section, Qt.Key.Key_Space)
    assert part(section, "test").is_busy
    assert not part(section, "copy").is_busy
    qtbot.waitUntil(part(section, "move").isVisible, timeout=15_000)
    assert part(section, "test").hasFocus()


def test_no_move_is_offered_to_a_server_typed_while_another_was_tried(
    qtbot: QtBot, place: JournalPlace, postgres: PostgresServer
) -> None:
    type_address(place, postgres.database())
    line = place.findChild(QLineEdit, "settings.journal.url")
    test = place.findChild(Button, "settings.journal.test")
    move = place.findChild(Button, "settings.journal.move")
    assert line is not None
    assert test is not None
    assert move is not None
    type_text(line, "2")
    qtbot.waitUntil(lambda: not test.is_busy, timeout=15_000)
    qtbot.wait(500)
    assert said(place, "answer") == ""
    assert not move.isVisible()


def test_in_training_there_is_nothing_to_move(
    qtbot: QtBot, real: RealTill, tmp_path: Path, postgres: PostgresServer
) -> None:
    folders = Folders(tmp_path, training=True)
    place = JournalPlace(real.till, real.background, Settings(till_number=1), folders)
    qtbot.addWidget(place)
    place.show()
    ask(qtbot, place, postgres.database())
    assert "In training the journal stays" in said(place, "how")
    button = place.findChild(Button, "settings.journal.move")
    assert button is not None
    assert not button.isVisible()


def test_a_journal_names_its_tills_and_a_number_that_is_taken(
    qtbot: QtBot, place: JournalPlace, postgres: PostgresServer
) -> None:
    url = postgres.database()
    for name in ("1", "7"):
        Journal.open(url, till=name, clock=SystemClock()).close()
    ask(qtbot, place, url)
    assert said(place, "journal").startswith("It has a journal, schema ")
    assert said(place, "tills").startswith("Tills in it: 1, 7. Number 1 is taken")
    assert said(place, "how") == ""


def test_somebody_elses_tables_are_no_journal(
    qtbot: QtBot, place: JournalPlace, postgres: PostgresServer
) -> None:
    url = postgres.database()
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        connection.execute("CREATE TABLE somebodys (id int)")
    ask(qtbot, place, url)
    assert said(place, "version").startswith("PostgreSQL ")
    assert said(place, "journal") == "The database has something else in it"
    assert said(place, "journal.reason").startswith("The journal needs an empty database")
    assert said(place, "tills") == "Tills"
    assert said(place, "how") == ""


def test_a_server_that_is_not_there_fails_at_the_first_step(
    qtbot: QtBot, place: JournalPlace, tmp_path: Path
) -> None:
    ask(qtbot, place, f"postgresql+psycopg://till@/none?host={tmp_path}")
    assert said(place, "answer").startswith("The server cannot be reached")
    assert said(place, "answer.reason")
    assert said(place, "version") == "Version"


@pytest.mark.parametrize(
    "url", ["mysql://a/b", "postgresql+psycopg://a:hush@host/b", "postgresql+psycopg://host"]
)
def test_what_is_no_address_or_has_a_password_is_not_asked(place: JournalPlace, url: str) -> None:
    type_address(place, url)
    told = [label.text() for label in place.findChildren(Label) if label.isVisible()]
    assert "postgresql+psycopg://user@server/database, without a password" in told
    assert place.findChild(Button, "settings.journal.test").accessibleName() != "Checking…"  # type: ignore[union-attr]  # it is there
    assert said(place, "answer") == ""


def test_the_journal_does_not_move_while_a_payment_can_be_paid(
    qtbot: QtBot, real: RealTill, tmp_path: Path, postgres: PostgresServer
) -> None:
    charge(real)
    home = Folders(tmp_path, training=False)
    window = QWidget()
    qtbot.addWidget(window)
    section = JournalSection(home, Settings(till_number=1), real.till, real.background, real.clock)
    QVBoxLayout(window).addWidget(section)
    show_active(qtbot, window)
    place = section.findChild(JournalPlace)
    assert place is not None
    ask(qtbot, place, postgres.database())
    band = place.findChild(Band, "settings.journal.open")
    assert band is not None
    qtbot.waitUntil(lambda: band.title().startswith("Payments under way: 1"))
    heard: list[object] = []
    section.replace_allowed.connect(heard.append)
    button = place.findChild(Button, "settings.journal.move")
    assert button is not None
    button.click()
    qtbot.waitUntil(lambda: window.findChild(Label, "pin.text") is not None)
    for digit in OTHER_PIN:
        QTest.keyClicks(QApplication.focusWidget() or window, digit)
        QTest.qWait(40)  # faster, it would be a scan
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: band.title().startswith("Locked until"))
    assert heard == []
