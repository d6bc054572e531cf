"""The newest event, remembered outside the journal's folder.

A journal put back from an old copy is whole in itself; only something beside it can tell that it
is older than it was.
"""

from __future__ import annotations

import json
import logging
import os
from pathlib import Path

from cashier.journal.chain import Head

_log = logging.getLogger(__name__)

_SIZE = 256
"""Bytes: the record is rewritten in place, inside one sector."""


class Anchor:
    """A small file that follows the chain's head; it may be a write behind, never ahead."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> Head | None:
        """The remembered head; None when there is no readable one."""
        try:
            data = json.loads(self.path.read_text("utf-8"))
            return Head(int(data["seq"]), str(data["hash"]))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError) as error:
            _log.warning("the journal's anchor cannot be read: %s", error)
            return None

    def write(self, head: Head) -> None:
        """Remember `head`. It was committed already, so trouble here is only logged."""
        record = json.dumps({"seq": head.seq, "hash": head.hash}).ljust(_SIZE - 1) + "\n"
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            file = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                os.write(file, record.encode())
            finally:
                os.close(file)
        except OSError as error:
            _log.warning("the journal's anchor cannot be written: %s", error)
