"""The window before its till: what it says, and what becomes of keys that come early."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from cashier.app import App
from cashier.options import Options
from tests.e2e.driver import Driver, settle


@pytest.mark.parametrize(("language", "word"), [("ru", "Касса"), ("en", "till")])
def test_the_window_says_what_it_waits_for_and_early_keys_become_goods(
    qapp: QApplication, tmp_path: Path, language: str, word: str
) -> None:
    app = App(qapp, Options(sandbox=True, data_folder=tmp_path, language=language))
    try:
        app.start()
        assert app.frame is not None
        assert app.window is None
        text = app.frame.findChild(QLabel, "opening.text")
        assert text is not None
        assert word in text.text()
        QTest.keyClick(app.frame.opening, Qt.Key.Key_F12)
        QTest.keyClicks(app.frame.opening, "200")
        QTest.keyClick(app.frame.opening, Qt.Key.Key_Backspace)
        QTest.keyClick(app.frame.opening, Qt.Key.Key_Return)
        QTest.keyClicks(app.frame.opening, "15")
        QTest.keyClick(app.frame.opening, Qt.Key.Key_Return)
        settle(app)
        till = Driver(app)
        till.until(lambda: "15" in till.text("sale.total"))
        assert not till.sees("payment.qr")
        assert not till.sees("opening")
    finally:
        app.close()


def test_a_window_closed_before_its_till_is_there_leaves_the_journal_free(
    qapp: QApplication, tmp_path: Path
) -> None:
    for _ in range(2):
        app = App(qapp, Options(sandbox=True, data_folder=tmp_path, language="en"))
        app.start()
        assert app.frame is not None
        with_painted: list[bool] = []
        app.frame.painted.connect(lambda told=with_painted: told.append(True))
        while not with_painted:
            QApplication.processEvents()
        assert app.is_opening
        app.close()
    app = App(qapp, Options(sandbox=True, data_folder=tmp_path, language="en"))
    try:
        app.start()
        settle(app)
        assert app.window is not None
    finally:
        app.close()
