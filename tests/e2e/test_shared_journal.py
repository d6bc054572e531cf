"""The journal on a server: moved there by a command, opened from there, waited for when away."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from cashier.app import App
from cashier.credentials import ApiKey
from cashier.domain.failure import CashierError, Failure
from cashier.options import Options
from cashier.paths import Folders
from cashier.services.staff_rules import NewAdministrator
from cashier.settings import Settings, save
from cashier.ui.pages.server_away import ServerAwayWindow
from cashier.ui.widgets.label import Label
from tests.e2e.driver import settle, turn
from tests.e2e.test_command_line import only_line, run
from tests.integration.conftest import postgres
from tests.integration.postgres_proxy import postgres_proxy
from tests.integration.postgres_server import PostgresServer
from tests.ui.on_screen import show_active
from tests.ui.setup_kit import type_text

__all__ = ["postgres"]

ACCOUNT = {"CASHIER_MERCHANT_ID": "3e7a90c41d5b4f0c8a2b6d9e17f05c84", "CASHIER_API_KEY": "a-key"}


@pytest.fixture(autouse=True)
def account(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ACCOUNT.items():
        monkeypatch.setenv(name, value)


def started(qapp: QApplication, folder: Path) -> App:
    app = App(qapp, Options(data_folder=folder, language="ru", base_url="https://192.0.2.1/api/v2"))
    app.start()
    settle(app)
    return app


def settings_of(folder: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((folder / "settings.json").read_text("utf-8"))
    return found


def away(app: App) -> ServerAwayWindow | None:
    windows = [one for one in QApplication.topLevelWidgets() if isinstance(one, ServerAwayWindow)]
    return next((one for one in windows if one.isVisible()), None)


def has_till(app: App) -> bool:
    return app.window is not None


def press(app: App, window: ServerAwayWindow, key: Qt.Key) -> None:
    window.activateWindow()
    QTest.keyClick(window, key)
    for _ in range(20):
        QApplication.processEvents()
    settle(app)


def test_a_till_moves_to_a_server_and_waits_for_it_when_it_is_away(
    qapp: QApplication, tmp_path: Path, postgres: PostgresServer
) -> None:
    save(Settings(is_set_up=True, till_number=3), tmp_path / "settings.json")
    app = started(qapp, tmp_path)
    assert app.window is not None
    app.close()
    url = postgres.database()
    with postgres_proxy(url) as proxy:
        moved = run("--data-dir", str(tmp_path), "--move-journal", proxy.url)
        assert (moved.returncode, moved.stderr) == (0, "")
        assert "till 3 is on the server" in moved.stdout
        assert settings_of(tmp_path)["journal_url"] == proxy.url
        assert not Folders(tmp_path, training=False).journal.exists()
        checked = run("--data-dir", str(tmp_path), "--verify-journal")
        assert checked.returncode == 0
        assert checked.stdout.startswith("till 3: ")
        proxy.go_away()
        app = started(qapp, tmp_path)
        try:
            window = away(app)
            assert window is not None
            assert not has_till(app)
            text = window.findChild(Label, "away.text")
            assert text is not None
            assert text.text().startswith("Сервер общего журнала не отвечает")
            press(app, window, Qt.Key.Key_F5)
            window = away(app)
            assert window is not None
            assert not has_till(app)
            proxy.come_back()
            press(app, window, Qt.Key.Key_F5)
            assert away(app) is None
            assert has_till(app)
        finally:
            app.close()


def test_a_password_in_the_address_is_refused_and_not_repeated(tmp_path: Path) -> None:
    address = "postgresql+psycopg://till:hush@server/cashier"
    refused = run("--data-dir", str(tmp_path), "--move-journal", address)
    assert refused.returncode == 1
    assert only_line(refused)
    assert "hush" not in refused.stderr + refused.stdout


def test_a_second_computer_with_the_same_number_is_turned_away(
    qapp: QApplication, tmp_path: Path, postgres: PostgresServer
) -> None:
    url = postgres.database()
    for folder, number in (("a", 1), ("b", 2), ("c", 2)):
        (tmp_path / folder).mkdir()
        wanted = Settings(is_set_up=True, till_number=number, journal_url=url)
        save(wanted, tmp_path / folder / "settings.json")
        app = started(qapp, tmp_path / folder)
        try:
            window = away(app)
            assert (window is not None) is (folder == "c")
            assert (app.window is None) is (folder == "c")
            if window is not None:
                text = window.findChild(Label, "away.text")
                assert text is not None
                assert "уже есть касса 2" in text.text()
        finally:
            app.close()


def test_a_second_computer_is_given_its_number_where_it_was_turned_away(
    qapp: QApplication, tmp_path: Path, postgres: PostgresServer
) -> None:
    url = postgres.database()
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        wanted = Settings(is_set_up=True, till_number=1, journal_url=url)
        save(wanted, tmp_path / folder / "settings.json")
    started(qapp, tmp_path / "a").close()
    app = started(qapp, tmp_path / "b")
    try:
        window = away(app)
        assert window is not None
        assert window.windowTitle() == "Касса"
        line = window.findChild(QLineEdit, "away.number")
        note = window.findChild(Label, "away.number.note")
        assert line is not None
        assert note is not None
        assert window.focusWidget() is line
        for wrong in ("", "0", "1", "x"):
            line.setText(wrong)
            QTest.keyClick(line, Qt.Key.Key_Return)
            assert note.text() == "Целое число от 1 до 999, только не 1"
            assert not has_till(app)
        line.setText("2")
        QTest.keyClick(line, Qt.Key.Key_Return)
        for _ in range(20):
            QApplication.processEvents()
        settle(app)
        assert away(app) is None
        assert has_till(app)
        assert settings_of(tmp_path / "b")["till_number"] == 2
    finally:
        app.close()


def test_a_number_that_cannot_be_saved_is_told_and_asked_again(qtbot: QtBot) -> None:
    window = ServerAwayWindow(CashierError(Failure.TILL_NAME_TAKEN, name="1"))
    qtbot.addWidget(window)
    show_active(qtbot, window)
    line = window.findChild(QLineEdit, "away.number")
    note = window.findChild(Label, "away.number.note")
    assert line is not None
    assert note is not None
    type_text(line, "4")
    with qtbot.waitSignal(window.renumbered) as told:
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert told.args == [4]
    window.show_failure(CashierError(Failure.SETTINGS_UNWRITABLE, path="/x"))
    assert "/x" in note.text()
    assert line.isEnabled()
    with qtbot.waitSignal(window.renumbered):
        QTest.keyClick(line, Qt.Key.Key_Return)


class Keyring(KeyringBackend):
    """The system's store of keys, in memory, by the name of one that the till trusts."""

    __module__ = "keyring.backends.libsecret"
    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


def test_what_the_first_start_was_to_make_is_made_after_another_number(
    qapp: QApplication, tmp_path: Path, postgres: PostgresServer
) -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(Keyring())
    url = postgres.database()
    (tmp_path / "a").mkdir()
    save(Settings(is_set_up=True, till_number=1, journal_url=url), tmp_path / "a" / "settings.json")
    started(qapp, tmp_path / "a").close()
    app = App(qapp, Options(data_folder=tmp_path / "b", language="ru"))
    try:
        app.start()
        assert app.wizard is not None
        merchant = ACCOUNT["CASHIER_MERCHANT_ID"]
        wanted = Settings(
            is_set_up=True,
            till_number=1,
            journal_url=url,
            merchant_id=merchant,
            base_url="https://192.0.2.1/api/v2",
        )
        made = NewAdministrator("Anna", "739105")
        app.wizard.live_chosen.emit(wanted, ApiKey("a-key"), "", None, made)
        until(lambda: away(app) is not None)
        window = away(app)
        assert window is not None
        line = window.findChild(QLineEdit, "away.number")
        assert line is not None
        line.setText("2")
        QTest.keyClick(line, Qt.Key.Key_Return)
        until(lambda: has_till(app))
        till, background = app.till, app.background
        assert till is not None
        assert background is not None
        until(lambda: bool(background.call(till.staff.people)))
    finally:
        app.close()
        keyring.set_keyring(before)


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 15
    while not holds():
        assert time.monotonic() < end, "waited in vain"
        turn(0.02)
