from __future__ import annotations

import struct
import wave
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cashier.domain.payment import PaymentState
from cashier.services.views import PaymentView
from cashier.ui.announcer import LATE_AGAIN_MS, Announcer
from cashier.ui.sounds import Sound, Sounds
from tests.ui.payment_views import payment_view, till_view

S = PaymentState


def peak(file: Path) -> int:
    """The loudest sample of a WAV."""
    with wave.open(str(file), "rb") as read:
        assert (read.getnchannels(), read.getsampwidth(), read.getframerate()) == (1, 2, 44_100)
        frames = read.readframes(read.getnframes())
    samples: tuple[int, ...] = struct.unpack(f"<{len(frames) // 2}h", frames)
    return max(abs(sample) for sample in samples)


class Ear:
    """Hears what is played."""

    def __init__(self, window: QWidget) -> None:
        self.heard: list[str] = []
        self.peaks: list[int] = []
        self.sounds = Sounds(volume=100, play=self.hear)
        self.announcer = Announcer(self.sounds, window)

    def hear(self, file: Path) -> None:
        self.heard.append(file.stem)
        self.peaks.append(peak(file))

    def see(self, *payments: PaymentView, tasks: tuple[PaymentView, ...] = ()) -> None:
        self.announcer.show_view(replace(till_view(*payments), tasks=tasks))


@pytest.fixture
def ear(qtbot: QtBot) -> Iterator[Ear]:
    window = QWidget()
    qtbot.addWidget(window)
    made = Ear(window)
    yield made
    made.sounds.close()


@pytest.mark.parametrize(
    ("changes", "sound"),
    [
        ({"state": S.PAID}, ["paid"]),
        ({"state": S.FAILED, "status": "error"}, ["declined"]),
        ({"state": S.FAILED, "status": "expired"}, []),
        ({"state": S.CLOSED}, []),
        ({"state": S.UNKNOWN}, ["unknown"]),
        ({"state": S.QUARANTINE}, ["declined"]),
        ({"state": S.OPEN}, []),
    ],
)
def test_a_change_is_heard_once(ear: Ear, changes: dict[str, Any], sound: list[str]) -> None:
    ear.see(payment_view())
    after = payment_view(**changes)
    ear.see(after)
    ear.see(after)
    assert ear.heard == sound


def test_what_was_there_at_the_start_is_no_news(ear: Ear) -> None:
    ear.see(payment_view(S.PAID))
    assert ear.heard == []


def test_late_money_sounds_again_until_it_was_opened(ear: Ear) -> None:
    ear.see()
    late = payment_view(S.LATE_PAID)
    ear.see(tasks=(late,))
    timer = ear.announcer.findChild(QTimer)
    assert timer is not None
    assert timer.isActive()
    assert timer.interval() == LATE_AGAIN_MS
    timer.timeout.emit()
    assert ear.heard == ["late", "late"]
    ear.see(tasks=(payment_view(S.LATE_PAID, is_result_seen=True),))
    assert not timer.isActive()


def test_volume_and_off(ear: Ear) -> None:
    ear.sounds.play(Sound.PAID)
    ear.sounds.set(is_on=True, volume=50)
    ear.sounds.play(Sound.PAID)
    assert ear.peaks[1] == pytest.approx(ear.peaks[0] / 2, abs=1)
    ear.sounds.set(is_on=False, volume=50)
    ear.sounds.play(Sound.PAID)
    ear.sounds.set(is_on=True, volume=0)
    ear.sounds.play(Sound.PAID)
    assert len(ear.peaks) == 2


@pytest.mark.parametrize("sound", list(Sound))
def test_every_sound_has_its_file(ear: Ear, sound: Sound) -> None:
    ear.sounds.play(sound)
    assert ear.peaks[0] > 10_000
