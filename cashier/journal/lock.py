"""One process a journal: a lock that the operating system drops when its owner dies."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

from cashier.domain.failure import CashierError, Failure

_TAKEN = frozenset({errno.EACCES, errno.EAGAIN, errno.EDEADLK})
"""How the systems say that somebody else has it."""


class JournalLock:
    """Held from making until `release`.

    Raises CashierError(SECOND_INSTANCE) when it is taken, OSError where there can be no lock.
    """

    def __init__(self, path: Path) -> None:
        self._file: int | None = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(self._file)
        except OSError as error:
            self.release()
            if error.errno not in _TAKEN:
                raise
            raise CashierError(Failure.SECOND_INSTANCE, folder=str(path.parent)) from error

    def release(self) -> None:
        """Give it up; the file stays, because removing it would open a race."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
