"""Copies, a damaged journal and the way back: the real window, the real start, keys alone."""

from __future__ import annotations

import json
import lzma
import sqlite3
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from cashier.journal.anchor import Anchor
from cashier.journal.copies import Reason, copies_of
from cashier.journal.schema import HEAD
from cashier.journal.verify import verify
from cashier.paths import Folders
from cashier.services.training_staff import OTHER_PIN
from cashier.ui.pages.history import HistoryPage
from cashier.ui.pages.rescue import RescueWindow
from cashier.ui.widgets.band import Band
from cashier.ui.widgets.label import Label
from tests.e2e.conftest import Launch
from tests.e2e.driver import Driver
from tests.e2e.test_command_line import only_line, run
from tests.e2e.test_office import choose_all, give_pin, open_refund, sell

CONTROL = Qt.KeyboardModifier.ControlModifier
OLD = Path(__file__).parent / "old"
"""What a self-test left behind, of the program whose newest revision was 0001."""


def folders() -> Folders:
    return Folders(Launch.folder, training=True)


def open_section(till: Driver) -> None:
    """Settings, «Journal», opened by the administrator's PIN."""
    till.press(Qt.Key.Key_6, CONTROL)
    till.until(lambda: till.sees("settings.section.journal"))
    while not till.find("settings.section.journal", QWidget).isChecked():  # type: ignore[attr-defined]  # a tile
        till.press(Qt.Key.Key_Down)
    if till.sees("settings.pin"):
        till.press(Qt.Key.Key_F2)
        till.press(Qt.Key.Key_Space)
        give_pin(till, OTHER_PIN)
    till.until(lambda: till.sees("settings.journal.copy"))


def press_button(till: Driver, name: str) -> None:
    till.find(name, QWidget).setFocus()
    till.press(Qt.Key.Key_Space)


def make_copy(till: Driver) -> None:
    open_section(till)
    press_button(till, "settings.journal.copy")
    give_pin(till, OTHER_PIN)
    till.until(lambda: "made and checked" in till.text("settings.journal.result.title"))
    till.press(Qt.Key.Key_1, CONTROL)
    till.until(lambda: till.sees("sale.entry"))


def damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for page in range(1, len(content) // 4096):
        content[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    path.write_bytes(content)


def rescue(till: Driver) -> RescueWindow:
    window = till.app.rescuing.window
    assert window is not None
    till.until(window.isVisible)
    window.activateWindow()
    till.until(window.isActiveWindow)
    return window


def label(window: RescueWindow, name: str) -> str:
    found = window.findChild(Label, f"rescue.{name}")
    assert found is not None
    return found.text()


def give_rescue_pin(till: Driver, window: RescueWindow, pin: str) -> None:
    def is_asked() -> bool:
        entry = window.findChild(QLineEdit, "pin.entry")
        return entry is not None and entry.isVisible() and entry.hasFocus()

    till.until(is_asked)
    for digit in pin:
        till.turn(0.05)
        till.type(digit)
    till.turn(0.05)
    till.press(Qt.Key.Key_Return)


def test_a_copy_is_made_and_the_journal_checked_from_the_settings(launch: type[Launch]) -> None:
    till = launch.start()
    sell(till)
    make_copy(till)
    [copy] = copies_of(folders().journal)
    assert copy.reason is Reason.ASKED
    assert verify(f"sqlite:///{copy.path}").payments == 1
    open_section(till)
    assert str(folders().journal) in till.text("settings.journal.path")
    assert "verified" in till.text("settings.journal.note")
    press_button(till, "settings.journal.check")
    give_pin(till, OTHER_PIN)
    till.until(lambda: "1 payments" in till.text("settings.journal.result.title"))


def test_g11_at_a_damaged_journal_the_start_offers_a_copy_and_the_till_goes_on(
    launch: type[Launch],
) -> None:
    till = launch.start()
    sell(till)
    make_copy(till)
    sell(till, "Bun")
    launch.stop()
    damage(folders().journal)
    till = launch.start()
    assert till.app.window is None
    window = rescue(till)
    assert "damaged" in label(window, "title")
    till.until(lambda: "Put a verified copy back" in label(window, "copies"))
    till.until(lambda: window.findChild(QWidget, "copies.1") is not None)
    till.press(Qt.Key.Key_F12)
    give_rescue_pin(till, window, "999999")
    error = window.findChild(Label, "pin.error")
    assert error is not None
    till.until(lambda: "tries left" in error.text())
    give_rescue_pin(till, window, OTHER_PIN)
    till.until(lambda: till.app.window is not None)
    till.ready(1366, 768)
    till.until(lambda: till.sees("notices.restored"))
    assert len(list(folders().ledger.glob("journal-replaced-*.db"))) == 1
    sell(till, "Milk")
    launch.stop()
    assert verify(f"sqlite:///{folders().journal}", folders().anchor).payments == 2


def test_g11_only_a_whole_copy_is_put_back_and_without_one_nothing_is_touched(
    launch: type[Launch],
) -> None:
    put_old_journal()
    till = launch.start()
    launch.stop()
    [copy] = copies_of(folders().journal)
    damage(copy.path)
    folders().journal.unlink()
    till = launch.start()
    window = rescue(till)
    assert "gone" in label(window, "title")
    till.until(lambda: window.findChild(QWidget, "copies.1") is not None)
    till.press(Qt.Key.Key_F12)
    band = window.findChild(Band, "rescue.band")
    assert band is not None
    till.until(lambda: "not whole" in band.title())
    assert not folders().journal.exists()
    launch.stop()
    copy.path.unlink()
    till = launch.start()
    window = rescue(till)
    till.until(lambda: "no verified copy" in label(window, "copies"))
    till.press(Qt.Key.Key_F12)
    assert window.isVisible()
    assert not folders().journal.exists()


def test_g12_after_a_restore_refunds_wait_for_a_manager_and_then_go_on(
    launch: type[Launch],
) -> None:
    """Settings, the copy, the PIN; the red line; the account's refund; and refunds go on."""
    till = launch.start()
    paid = sell(till)
    make_copy(till)
    open_refund(till)
    till.press(Qt.Key.Key_F4)
    choose_all(till)
    till.press(Qt.Key.Key_F12)
    till.until(lambda: till.text("refund.status") == "Refunded")
    [made] = till.sandbox.gateway.refunds.all()
    till.press(Qt.Key.Key_Escape)
    open_section(till)
    press_button(till, "settings.journal.restore")
    till.until(lambda: till.sees("restore.text"))
    till.press(Qt.Key.Key_F12)
    window = till.window
    give_pin(till, OTHER_PIN)
    till.until(lambda: till.app.window not in (None, window))
    till.ready(1366, 768)
    till.until(lambda: till.sees("notices.restored"))

    open_refund(till)
    assert "restored from a copy" in till.text("refund.hint")
    till.press(Qt.Key.Key_F6)
    till.press(Qt.Key.Key_F12)
    assert not till.sees("pin.entry")
    till.press(Qt.Key.Key_Escape)

    till.press(Qt.Key.Key_2, CONTROL)
    till.find("history", HistoryPage).show_tasks()
    till.until(lambda: till.sees("history.restored.title"))
    till.press(Qt.Key.Key_F12)
    till.until(lambda: till.sees("restored.text"))
    assert not till.find("restored.confirm", QWidget).isEnabled()
    till.press(Qt.Key.Key_F5)
    give_pin(till, OTHER_PIN)
    till.until(lambda: till.find("restored.confirm", QWidget).isEnabled())
    number = till.find("restored.number", QLineEdit)
    number.setFocus()
    till.type(made.id)
    till.press(Qt.Key.Key_Return)
    give_pin(till, OTHER_PIN)
    till.until(lambda: number.text() == "")
    till.find("restored.reason", QLineEdit).setFocus()
    till.type("one refund, by the account")
    till.press(Qt.Key.Key_F12)
    give_pin(till, OTHER_PIN)
    till.until(lambda: not till.sees("notices.restored"))
    launch.stop()
    with sqlite3.connect(folders().journal) as journal:
        [(reason,)] = journal.execute(
            "SELECT data FROM events WHERE kind = 'journal.reconciled'"
        ).fetchall()
        refunds = journal.execute("SELECT refund_id, state, is_external FROM refunds").fetchall()
    journal.close()
    assert json.loads(reason)["reason"] == "one refund, by the account"
    assert refunds == [(made.id, "SUCCEEDED", 1)]
    assert made.payment_id == paid


# The schema (row G27): through the real start


def put_old_journal() -> None:
    folders().make()
    folders().journal.write_bytes(lzma.decompress((OLD / "journal-0001.db.xz").read_bytes()))
    folders().sandbox_state.write_bytes((OLD / "gateway-0001.json").read_bytes())


def test_a_journal_of_the_first_schema_is_copied_and_brought_up(launch: type[Launch]) -> None:
    put_old_journal()
    till = launch.start()
    [copy] = copies_of(folders().journal)
    assert copy.reason is Reason.UPDATE
    sell(till, "Bun")
    launch.stop()
    for path, version, payments in ((folders().journal, HEAD, 2), (copy.path, "0001", 1)):
        with sqlite3.connect(path) as journal:
            found = journal.execute("SELECT version_num FROM alembic_version").fetchall()
            assert found == [(version,)]
            assert journal.execute("SELECT count(*) FROM payments").fetchall() == [(payments,)]
        journal.close()
    assert verify(f"sqlite:///{folders().journal}", folders().anchor).is_whole
    assert Anchor(folders().anchor).read() is not None


@pytest.mark.parametrize(
    ("language", "words"), [("en", "newer version of the till"), ("ru", "более новой версией")]
)
def test_a_journal_of_a_newer_program_is_refused_in_both_languages(
    tmp_path: Path, language: str, words: str
) -> None:
    Launch.folder = tmp_path
    put_old_journal()
    with sqlite3.connect(folders().journal) as journal:
        journal.execute("UPDATE alembic_version SET version_num = '9999'")
    journal.close()
    before = folders().journal.read_bytes()
    refused = run("--sandbox", "--data-dir", str(tmp_path), "--language", language)
    assert refused.returncode == 1
    assert words in only_line(refused)
    assert folders().journal.read_bytes() == before
    assert copies_of(folders().journal) == ()
