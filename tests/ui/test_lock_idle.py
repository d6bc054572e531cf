"""The till notices that nobody is there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cashier.ui.idle import AFTER, IdleWatch
from tests.ui.staff_kit import HandClock


class Stage:
    def __init__(self, qtbot: QtBot, application: QApplication) -> None:
        self.clock = HandClock()
        self.watch = IdleWatch(application, clock=self.clock)
        self.times = 0
        self.watch.idle.connect(self._count)
        self.widget = QWidget()
        qtbot.addWidget(self.widget)
        self.widget.show()

    def _count(self) -> None:
        self.times += 1

    def pass_time(self, seconds: float) -> None:
        self.clock.now += seconds
        self.watch.look()


@pytest.fixture
def stage(qtbot: QtBot, qapp: QApplication) -> Iterator[Stage]:
    made = Stage(qtbot, qapp)
    yield made
    made.watch.close()


def test_two_minutes_without_a_key_are_told_once(stage: Stage) -> None:
    stage.pass_time(AFTER - 0.1)
    assert stage.times == 0
    stage.pass_time(0.1)
    stage.pass_time(AFTER)
    assert stage.times == 1


@pytest.mark.parametrize("how", ["key", "click"])
def test_a_key_or_a_click_anywhere_begins_the_count_anew(stage: Stage, how: str) -> None:
    stage.pass_time(AFTER - 1)
    if how == "key":
        QTest.keyClick(stage.widget, Qt.Key.Key_A)
    else:
        QTest.mouseClick(stage.widget, Qt.MouseButton.LeftButton)
    stage.pass_time(AFTER - 1)
    assert stage.times == 0
    stage.pass_time(1)
    assert stage.times == 1


def test_each_of_many_keys_a_second_apart_begins_the_count_anew(stage: Stage) -> None:
    for _ in range(3):
        QTest.keyClick(stage.widget, Qt.Key.Key_A)
        QTest.keyClick(stage.widget, Qt.Key.Key_B)
        stage.pass_time(1)
        stage.pass_time(AFTER - 2)
    assert stage.times == 0


def test_while_held_nothing_is_told_and_the_count_begins_when_let_go(stage: Stage) -> None:
    stage.watch.hold(True)
    stage.pass_time(10 * AFTER)
    stage.watch.hold(False)
    stage.watch.look()
    assert stage.times == 0
    stage.pass_time(AFTER)
    assert stage.times == 1


def test_it_looks_by_itself(qtbot: QtBot, qapp: QApplication) -> None:
    clock = HandClock()
    watch = IdleWatch(qapp, clock=clock, look_every_ms=5)
    with qtbot.waitSignal(watch.idle):
        clock.now += AFTER
    watch.close()
