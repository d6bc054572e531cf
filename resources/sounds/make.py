"""Makes the sounds of the till beside this file: `python resources/sounds/make.py`."""

from __future__ import annotations

import math
import struct
import wave
from pathlib import Path

RATE = 44_100
PEAK = 0.8
EDGE_MS = 8

SOUNDS = {
    "paid": ((660, 140), (990, 140)),
    "declined": ((330, 180), (220, 180)),
    "unknown": ((440, 120), (0, 60), (440, 120)),
    "refused": ((220, 350),),
    "refunded": ((990, 140), (660, 140)),
    "late": ((990, 140), (660, 140), (990, 140)),
}
"""Tones one after the other: hertz (0 is silence) and milliseconds."""


def tone(hertz: int, milliseconds: int) -> list[int]:
    """One sine with soft edges, so that it does not click."""
    count = RATE * milliseconds // 1000
    edge = RATE * EDGE_MS // 1000
    samples = []
    for number in range(count):
        soft = min(number, count - 1 - number, edge) / edge
        value = math.sin(2 * math.pi * hertz * number / RATE)
        samples.append(round(32_767 * PEAK * soft * value))
    return samples


def write(file: Path, tones: tuple[tuple[int, int], ...]) -> None:
    """A mono 16-bit WAV."""
    samples: list[int] = []
    for hertz, milliseconds in tones:
        samples += tone(hertz, milliseconds)
    with wave.open(str(file), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(struct.pack(f"<{len(samples)}h", *samples))


def main() -> None:
    for name, tones in SOUNDS.items():
        write(Path(__file__).with_name(f"{name}.wav"), tones)


if __name__ == "__main__":
    main()
