"""Room on the disk: enough before a new intent, and a reserve so that open ones can finish."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cashier.domain.failure import CashierError, Failure

MIB = 1024 * 1024


def free_bytes(folder: Path) -> int:
    """What is free on the disk that holds `folder`."""
    return shutil.disk_usage(folder).free


@dataclass(frozen=True, slots=True)
class Limits:
    """`room` and `reserve` in bytes, `busy` in seconds."""

    room: int = 200 * MIB
    reserve: int = 32 * MIB
    busy: float = 5.0


class Space:
    """Watches the disk under the journal and holds the reserve file."""

    def __init__(self, folder: Path, *, limits: Limits, probe: Callable[[Path], int]) -> None:
        self._folder = folder
        self._limits = limits
        self._probe = probe
        self._reserve = folder / "journal.reserve"

    @property
    def is_low(self) -> bool:
        """Whether new payments have to wait."""
        return self._probe(self._folder) < self._limits.room

    def require(self) -> None:
        """Raise CashierError(DISK_FULL) when there is no room for a new intent."""
        free = self._probe(self._folder)
        if free < self._limits.room:
            raise CashierError(Failure.DISK_FULL, free_mib=free // MIB)

    def full(self) -> CashierError:
        """The error for a write that the disk refused."""
        return CashierError(Failure.DISK_FULL, free_mib=self._probe(self._folder) // MIB)

    def keep_reserve(self) -> None:
        """Make the reserve file where it is missing and there is room for it."""
        if self._reserve.exists() or self.is_low:
            return
        partial = self._reserve.with_suffix(".partial")
        file = os.open(partial, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            _fill(file, self._limits.reserve)
        finally:
            os.close(file)
        partial.replace(self._reserve)

    def spend_reserve(self) -> bool:
        """Delete the reserve file; False when it is gone already."""
        try:
            self._reserve.unlink()
        except FileNotFoundError:
            return False
        return True


def _fill(file: int, size: int) -> None:
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(file, 0, size)
    else:
        os.truncate(file, size)  # NTFS takes the clusters at once
