"""First start, step 1: language and mode, with the keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from cashier.domain.failure import CashierError, Failure
from cashier.settings import BUILT_IN_GATEWAY, Language, Settings
from cashier.ui.background import Background
from cashier.ui.pages.first_start import FirstStart
from cashier.ui.theme import ThemeController
from cashier.ui.translation import Translation
from cashier.ui.widgets.band import Band
from cashier.ui.widgets.button import Button
from cashier.ui.widgets.choice import Choice
from cashier.ui.widgets.focus_ring import FocusRing
from tests.ui.names import nameless
from tests.ui.on_screen import show_active
from tests.ui.setup_kit import Probing, TestClock, garbage_stays_here

pytestmark = pytest.mark.usefixtures("themed")


@pytest.fixture(autouse=True)
def one_collector(qapp: QApplication) -> Iterator[None]:
    with garbage_stays_here():
        yield


@pytest.fixture
def worker() -> Iterator[Background]:
    made = Background()
    yield made
    made.close()


@pytest.fixture
def page(qtbot: QtBot, worker: Background, themed: ThemeController) -> FirstStart:
    made = FirstStart(settings=Settings(), background=worker, clock=TestClock(), probe=Probing())
    qtbot.addWidget(made)
    made.resize(1366, 768)
    show_active(qtbot, made)
    return made


@pytest.fixture
def translation(qapp: QApplication) -> Iterator[Translation]:
    made = Translation(qapp, language="en")
    yield made
    made.use("en")
    made.setParent(None)


def press(page: FirstStart, key: Qt.Key) -> None:
    QTest.keyClick(page.focusWidget(), key)


def child(page: FirstStart, name: str) -> Button:
    found = page.findChild(Button, name)
    assert found is not None
    return found


def test_training_is_preselected_and_enter_starts_it(qtbot: QtBot, page: FirstStart) -> None:
    with qtbot.waitSignal(page.training_chosen) as chosen:
        press(page, Qt.Key.Key_Return)
    settings: Settings = chosen.args[0]
    assert settings.base_url == BUILT_IN_GATEWAY
    assert settings.is_training
    assert settings.is_set_up
    assert settings.merchant_id == ""
    assert settings.language is Language.ENGLISH


def test_a_second_enter_does_not_start_training_twice(page: FirstStart) -> None:
    starts: list[object] = []
    page.training_chosen.connect(starts.append)
    press(page, Qt.Key.Key_Return)
    press(page, Qt.Key.Key_Return)
    page.show_failure(CashierError(Failure.PORT_TAKEN, port=1))
    assert len(starts) == 1
    press(page, Qt.Key.Key_Return)
    assert len(starts) == 2


def test_a_failure_of_training_is_told_on_the_page(page: FirstStart) -> None:
    press(page, Qt.Key.Key_Return)
    page.show_failure(CashierError(Failure.FOLDER_UNWRITABLE, folder="<b>X</b>"))
    band = page.findChild(Band, "first.failure")
    assert band is not None
    assert band.isVisible()
    assert "<b>X</b>" in band.title()
    assert child(page, "first.next").isEnabled()


def test_the_arrows_choose_real_payments_and_enter_goes_on(page: FirstStart) -> None:
    assert child(page, "first.next").text() == "Start training"
    press(page, Qt.Key.Key_Right)
    assert child(page, "first.next").text() == "Next"
    press(page, Qt.Key.Key_Return)
    title = page.findChild(QLabel, "first.keys.title")
    assert title is not None
    assert title.isVisible()
    press(page, Qt.Key.Key_Escape)
    assert not title.isVisible()
    assert child(page, "first.next").text() == "Next"


def test_there_are_three_steps(page: FirstStart) -> None:
    said = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert any("take two more steps" in text for text in said)
    steps = [
        label.text() for label in page.findChildren(QLabel) if "first.step" in label.objectName()
    ]
    assert steps == ["Language and mode", "Keys and terminal", "Administrator"]


def test_the_language_applies_at_once(
    qtbot: QtBot, page: FirstStart, translation: Translation
) -> None:
    page.language_chosen.connect(translation.use)
    russian = page.findChild(Choice, "first.language.ru")
    english = page.findChild(Choice, "first.language.en")
    assert russian is not None
    assert english is not None
    english.setFocus()
    press(page, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: translation.language == "ru")
    assert russian.isChecked()
    with qtbot.waitSignal(page.training_chosen) as chosen:
        press(page, Qt.Key.Key_Return)
    assert chosen.args[0].language is Language.RUSSIAN
    page.show_failure(CashierError(Failure.JOURNAL_BUSY))
    russian.setFocus()
    press(page, Qt.Key.Key_Right)
    assert translation.language == "en"
    assert english.isChecked()


def test_everything_that_can_be_used_has_a_name(page: FirstStart) -> None:
    assert nameless(page) == []
    press(page, Qt.Key.Key_Right)
    press(page, Qt.Key.Key_Return)
    assert nameless(page) == []


@pytest.mark.parametrize("size", [(1366, 768), (1024, 640)])
def test_the_whole_step_is_seen_without_scrolling(
    qtbot: QtBot, page: FirstStart, size: tuple[int, int]
) -> None:
    page.resize(*size)
    note = page.findChild(QLabel, "first.mode.note")
    assert note is not None
    qtbot.waitUntil(lambda: not note.visibleRegion().isEmpty())
    assert note.visibleRegion().boundingRect().height() == note.height()


def test_the_window_has_the_tills_name_and_a_ring_shows_where_the_keyboard_is(
    qtbot: QtBot, page: FirstStart, translation: Translation
) -> None:
    assert page.windowTitle() == "Cashier"
    translation.use("ru")
    qtbot.waitUntil(lambda: page.windowTitle() == "Касса")
    ring = page.findChild(FocusRing)
    assert ring is not None
    seen = set()
    for _ in range(3):
        QTest.keyClick(page.windowHandle(), Qt.Key.Key_Tab)
        assert ring.isVisible()
        seen.add(page.focusWidget().objectName())
    assert len(seen) == 3
