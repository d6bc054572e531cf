"""What the till says aloud: money came, it was declined, nobody knows, it came too late."""

from __future__ import annotations

import struct
import sys
import tempfile
import wave
from collections.abc import Callable
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from cashier import paths
from cashier.domain.payment import Payment, PaymentState, Word
from cashier.domain.refund import Refund, RefundState
from cashier.services.views import TillView

LATE_AGAIN_MS = 20_000
_FULL = 100


class Sound(Enum):
    """The files of `resources/sounds`."""

    PAID = "paid"
    DECLINED = "declined"
    UNKNOWN = "unknown"
    LATE = "late"
    REFUSED = "refused"
    REFUNDED = "refunded"


def play_file(file: Path) -> None:
    """Play a WAV without waiting for its end. Windows only; elsewhere there is silence."""
    if sys.platform == "win32":
        import winsound

        winsound.PlaySound(str(file), winsound.SND_FILENAME | winsound.SND_ASYNC)


class Sounds:
    """Plays at `volume` 0-100, or not at all while it is off. `close` removes its files."""

    def __init__(
        self, *, is_on: bool = True, volume: int = 70, play: Callable[[Path], None] = play_file
    ) -> None:
        self._play = play
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self.set(is_on=is_on, volume=volume)

    def set(self, *, is_on: bool, volume: int) -> None:
        """Take over changed settings."""
        self._is_on = is_on
        self._volume = min(max(volume, 0), _FULL)

    def play(self, sound: Sound) -> None:
        """Start it; a sound that is still going on is broken off."""
        if self._is_on and self._volume:
            self._play(self._file(sound))

    def close(self) -> None:
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def _file(self, sound: Sound) -> Path:
        """The sound at this volume: Windows has none of its own for a WAV."""
        source = paths.resources() / "sounds" / f"{sound.value}.wav"
        if self._volume == _FULL:
            return source
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="cashier-sounds-")
        file = Path(self._folder.name) / f"{sound.value}-{self._volume}.wav"
        if not file.exists():
            _write_quieter(source, file, self._volume)
        return file


def _write_quieter(source: Path, file: Path, volume: int) -> None:
    with wave.open(str(source), "rb") as read:
        about = read.getparams()
        frames = read.readframes(about.nframes)
    samples = struct.unpack(f"<{len(frames) // 2}h", frames)
    with wave.open(str(file), "wb") as out:
        out.setparams(about)
        quieter = (sample * volume // _FULL for sample in samples)
        out.writeframes(struct.pack(f"<{len(samples)}h", *quieter))


class Announcer(QObject):
    """Compares each view of the till with the one before and plays what has changed.

    The first view is silent: what it holds is not news. Late money sounds again every 20 s until
    somebody has opened it. When money has come, the window asks for attention.
    """

    def __init__(self, sounds: Sounds, window: QWidget) -> None:
        super().__init__(window)
        self._sounds = sounds
        self._window = window
        self._states: dict[str, PaymentState] | None = None
        self._late = QTimer(self)
        self._late.setInterval(LATE_AGAIN_MS)
        self._late.timeout.connect(self._sound_late)

    def show_view(self, view: TillView) -> None:
        """Take in a view; every one, in order."""
        payments = [one.payment for one in (*view.payments, *view.tasks)]
        before = self._states
        if before is not None:
            for payment in payments:
                if before.get(payment.id) is not payment.state:
                    self._announce(payment)
        self._states = {payment.id: payment.state for payment in payments}
        has_late = any(
            payment.state is PaymentState.LATE_PAID and not payment.is_result_seen
            for payment in payments
        )
        if not has_late:
            self._late.stop()
        elif not self._late.isActive():
            self._late.start()

    def show_refund(self, refund: Refund) -> None:
        """A refund was sent: what came of it."""
        match refund.state:
            case RefundState.ACCEPTED | RefundState.SUCCEEDED:
                self._sounds.play(Sound.REFUNDED)
            case RefundState.UNKNOWN:
                self._sounds.play(Sound.UNKNOWN)
            case RefundState.REFUSED | RefundState.FAIL_SEEN:
                self._sounds.play(Sound.DECLINED)
            case _:
                pass

    def _announce(self, payment: Payment) -> None:
        match payment.state:
            case PaymentState.PAID:
                self._sounds.play(Sound.PAID)
                QApplication.alert(self._window)
            case PaymentState.LATE_PAID if not payment.is_result_seen:
                self._sound_late()
            case PaymentState.FAILED if payment.word is Word.DECLINED:
                self._sounds.play(Sound.DECLINED)
            case PaymentState.REFUSED | PaymentState.QUARANTINE:
                self._sounds.play(Sound.DECLINED)
            case PaymentState.UNKNOWN:
                self._sounds.play(Sound.UNKNOWN)
            case _:
                pass

    def _sound_late(self) -> None:
        self._sounds.play(Sound.LATE)
        QApplication.alert(self._window)
