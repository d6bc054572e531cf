"""What the till says aloud: money came, it was declined, nobody knows, it came too late."""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from cashier import paths

if TYPE_CHECKING:
    import tempfile

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
            import tempfile

            self._folder = tempfile.TemporaryDirectory(prefix="cashier-sounds-")
        file = Path(self._folder.name) / f"{sound.value}-{self._volume}.wav"
        if not file.exists():
            _write_quieter(source, file, self._volume)
        return file


def _write_quieter(source: Path, file: Path, volume: int) -> None:
    import struct
    import wave

    with wave.open(str(source), "rb") as read:
        about = read.getparams()
        frames = read.readframes(about.nframes)
    samples = struct.unpack(f"<{len(frames) // 2}h", frames)
    with wave.open(str(file), "wb") as out:
        out.setparams(about)
        quieter = (sample * volume // _FULL for sample in samples)
        out.writeframes(struct.pack(f"<{len(samples)}h", *quieter))
