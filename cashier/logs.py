"""The program's log: JSON lines in a rotating file, one record a line, without secrets.

Three things keep secrets out: only the fields of `FIELDS` are written, every registered secret is
replaced in whatever text is left, and a record that cannot be written is never shown elsewhere.
"""

from __future__ import annotations

import base64
import json
import logging
import os
import re
import threading
from datetime import UTC, datetime
from functools import partial
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final
from urllib.parse import quote

HIDDEN: Final = "[hidden]"
FILE_NAME: Final = "cashier.log"
FILE_BYTES: Final = 2_000_000
FILES_KEPT: Final = 5

# What `extra` may carry. Any other name is left out, and the record says how many were.
FIELDS: Final = frozenset(
    {
        "action",
        "attempt",
        "attempt_id",
        "call",
        "code",
        "count",
        "elapsed_ms",
        "failure",
        "http_status",
        "intent",
        "method",
        "new_state",
        "old_state",
        "order_id",
        "outcome",
        "payment_id",
        "profile",
        "raw_status",
        "receipt",
        "refund_id",
        "shift",
        "state",
        "status",
        "terminal_id",
        "version",
    }
)

_TEXT_LIMIT: Final = 4_000
_TRACE_LIMIT: Final = 20_000
_SHORTEST_CORE: Final = 6  # of a base64 text; less would be found in ordinary words
_URL_SAFE: Final = str.maketrans("+/", "-_")
_STANDARD: Final = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class _Secrets:
    """The texts that no log may show, in every form in which they travel."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._forms: frozenset[str] = frozenset()
        self._any: re.Pattern[str] | None = None

    def add(self, text: str) -> None:
        if not text:
            return
        with self._lock:
            self._forms |= _forms(text)
            longest_first = sorted(self._forms, key=len, reverse=True)
            self._any = re.compile("|".join(map(re.escape, longest_first)))

    def hide(self, text: str) -> str:
        return text if self._any is None else self._any.sub(HIDDEN, text)


def _forms(text: str) -> frozenset[str]:
    """`text` as it is, escaped once and twice, and as it stands inside any base64 text."""
    data = text.encode("utf-8", "surrogatepass")
    forms = {twice for once in _escaped(text) for twice in _escaped(once)}
    for shift in range(3):  # where the text starts within a group of three bytes
        code = base64.b64encode(b"\0" * shift + data).decode().rstrip("=")
        # The characters at its ends hold bits of what stands before and after it.
        core = code[(0, 2, 3)[shift] : len(code) - ((shift + len(data)) % 3 > 0)]
        if len(core) >= _SHORTEST_CORE:
            forms |= {core, core.translate(_URL_SAFE)}
    return frozenset(forms)


def _escaped(text: str) -> set[str]:
    """`text` as it stands in a URL, in JSON, and in Python's repr with either quotation mark."""
    data = text.encode("utf-8", "surrogatepass")
    url = quote(data, safe="")
    forms = {text, url, url.replace("%20", "+"), repr(data)[2:-1], repr(data + b"'\"")[2:-4]}
    for show in (repr, ascii, json.dumps, partial(json.dumps, ensure_ascii=False)):
        forms.add(show(text)[1:-1])
    for show in (repr, ascii):
        forms.add(show(text + "'\"")[1:-4])
    return forms


_secrets: Final = _Secrets()


def register_secret(text: str) -> None:
    """From now on no log shows `text`, nor its URL-, JSON-, repr- or base64-encoded forms."""
    _secrets.add(text)


def hide_secrets(text: str) -> str:
    """The text without what was registered; for everything else that leaves the program."""
    return _secrets.hide(text)


class _JsonLines(logging.Formatter):
    """A record as one line of JSON. Never raises, whatever the record holds."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC)
        line: dict[str, object] = {
            "time": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname,
            "logger": _clean(record.name),
            "thread": _clean(record.threadName),
            "text": _message(record),
        }
        extra = [name for name in vars(record) if name not in _STANDARD]
        line |= {name: _value(getattr(record, name)) for name in sorted(FIELDS & set(extra))}
        dropped = sum(name not in FIELDS for name in extra)
        if dropped:
            line["dropped_fields"] = dropped
        if record.exc_info:
            line["exception"] = self._trace(record)
        if record.stack_info:
            line["stack"] = _clean(record.stack_info, _TRACE_LIMIT)
        return _escape(json.dumps(line, ensure_ascii=False))

    def _trace(self, record: logging.LogRecord) -> str:
        if not isinstance(record.exc_info, tuple):
            return ""
        try:
            return _clean(self.formatException(record.exc_info), _TRACE_LIMIT, keep_end=True)
        except Exception as trouble:  # noqa: BLE001 - an exception whose text raises
            return f"cannot be shown: {type(trouble).__name__}"


def _message(record: logging.LogRecord) -> str:
    try:
        return _clean(record.getMessage())
    except Exception as trouble:  # noqa: BLE001 - a placeholder or an argument that raises
        return f"{_shown(record.msg)} (arguments lost: {type(trouble).__name__})"


def _value(value: object) -> object:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int) and _shown(value) == str(value):
        return int(value)
    return _shown(value)


def _shown(value: object) -> str:
    try:
        return _clean(str(value))
    except Exception as trouble:  # noqa: BLE001 - a value whose text raises
        return f"cannot be shown: {type(trouble).__name__}"


def _clean(value: object, limit: int = _TEXT_LIMIT, *, keep_end: bool = False) -> str:
    """Secrets go before the text is cut, or half of one would be left standing."""
    text = hide_secrets(str(value))
    if len(text) <= limit:
        return text
    return f"…{text[-limit:]}" if keep_end else f"{text[:limit]}…"


def _escape(line: str) -> str:
    """A line of JSON in which whatever cannot be seen stands as a JSON escape."""
    if line.isprintable():
        return line
    return "".join(char if char.isprintable() else json.dumps(char)[1:-1] for char in line)


class _LogFile(RotatingFileHandler):
    """The log's file: its owner's only, and whole after a line that a crash cut short."""

    def _open(self) -> TextIOWrapper:
        # Without O_BINARY, which only Windows has, the newline below would become two letters.
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
        handle = os.open(self.baseFilename, flags, 0o600)
        size = os.fstat(handle).st_size
        if size:
            os.lseek(handle, size - 1, os.SEEK_SET)
            if os.read(handle, 1) != b"\n":
                os.write(handle, b"\n")
        return os.fdopen(handle, "a", encoding="utf-8", newline="\n")

    def close(self) -> None:
        """Close the file even where its last bytes find no room."""
        try:
            super().close()
        except OSError:
            logging.Handler.close(self)

    def handleError(self, record: logging.LogRecord) -> None:
        """Lose the record: a full disk stops no sale, and standard error is no place for it."""


def setup(folder: Path, *, level: int = logging.INFO) -> logging.Handler:
    """Log into `folder`: our own records from `level` on, other people's from WARNING on.

    Call it once; `close` ends it. Raises OSError where the file cannot be opened.
    """
    handler = _LogFile(
        folder / FILE_NAME, maxBytes=FILE_BYTES, backupCount=FILES_KEPT, encoding="utf-8"
    )
    handler.setFormatter(_JsonLines())
    logging.getLogger("cashier").setLevel(level)
    root = logging.getLogger()
    root.setLevel(logging.WARNING)
    root.addHandler(handler)
    logging.captureWarnings(True)
    return handler


def close(handler: logging.Handler) -> None:
    """End the log that `setup` began."""
    logging.captureWarnings(False)
    logging.getLogger().removeHandler(handler)
    handler.close()
