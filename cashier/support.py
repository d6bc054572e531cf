"""One file for whoever helps: what the program is and what it went through, without secrets.

Whatever goes in is named here; the rest stays out. No names of people or of goods, no key, no PIN,
no card number: what looks like one is hidden even where it should not have come.
"""

from __future__ import annotations

import json
import logging
import os
import platform
import re
import ssl
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any, Final

from cashier import __version__, logs, settings
from cashier.domain.failure import CashierError
from cashier.journal import support_facts
from cashier.journal.copies import copies_of
from cashier.paths import Folders
from cashier.settings import Settings

logger = logging.getLogger(__name__)

_LIBRARIES: Final = (
    "PySide6-Essentials",
    "httpx",
    "truststore",
    "anyio",
    "keyring",
    "SQLAlchemy",
    "psycopg",
    "alembic",
    "argon2-cffi",
    "msgspec",
)
_UNTOLD: Final = frozenset({"merchant_id", "shop_name", "till_name", "ca_file", "newer"})
"""Settings of which only the length is told: a shop is often called by its owner's name."""

_LOG_BYTES: Final = 12_000_000
_FRAME: Final = re.compile(r'\s*File "(?P<file>[^"]+)", line (?P<line>\d+), in (?P<name>\S+)')
_ERROR: Final = re.compile(r"(?P<name>[A-Za-z_][\w.]*(?:Error|Exception|Interrupt|Exit|Warning))\b")
_LOGIN: Final = re.compile(r"://[^/\s@]*@")
_AUTHORIZATION: Final = re.compile(
    r"(?i)\b(authorization|basic|bearer|password|passwd|pwd|secret|token|api[_-]?key|pin)"
    r"\b[\"']?\s*[:= ]\s*[\"']?(?:basic\s+|bearer\s+)?[^\s,;\"'}\]]+"
)
_LONG: Final = re.compile(r"[A-Za-z0-9+/_-]{40,}={0,2}")
_DIGITS: Final = re.compile(r"(?<![\w.])\d(?:[ -]?\d){11,18}(?![\w.])")
_QUOTED: Final = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|“[^”]*”|«[^»]*»")
_HEX: Final = re.compile(r"[0-9a-f]{32,64}")


def write_bundle(
    folders: Folders,
    target: Path,
    *,
    now: datetime | None = None,
    is_stopped: Callable[[], bool] = lambda: False,
) -> Path:
    """Write the file, its owner's alone. Raises OSError: InterruptedError once `is_stopped`.

    A part that cannot be read is named in it; a damaged journal is what it may be asked for.
    """
    parts: dict[str, str] = {
        "about.json": _told(_about(folders, now or datetime.now(UTC))),
        "settings.json": _told(_settings(folders)),
        "journal.json": _told(_journal(folders, is_stopped)),
    }
    parts |= dict(_logs(folders))
    if is_stopped():
        raise InterruptedError
    partial = target.with_name(f"{target.name}.partial")
    partial.unlink(missing_ok=True)
    handle = os.open(partial, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in parts.items():
            made.writestr(name, text)
    return partial.replace(target)


def _about(folders: Folders, now: datetime) -> dict[str, Any]:
    return {
        "cashier": __version__,
        "made_at": now.isoformat(timespec="seconds"),
        "kind": folders.ledger.name,
        "python": platform.python_version(),
        "system": platform.platform(),
        "machine": platform.machine(),
        "tls": ssl.OPENSSL_VERSION,
        "libraries": {name: _version(name) for name in _LIBRARIES},
    }


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "frozen"


def _settings(folders: Folders) -> dict[str, Any]:
    try:
        saved = settings.load(folders.settings)
    except CashierError as error:
        return {"trouble": error.failure.value, "field": error.facts.get("field", "")}
    told: dict[str, Any] = {
        field.name: _plain(getattr(saved, field.name))
        for field in fields(Settings)
        if field.name not in _UNTOLD
    }
    for name in _UNTOLD - {"newer"}:
        told[name] = f"{len(getattr(saved, name))} characters"
    told["fields_of_a_newer_version"] = [name for name, _ in saved.newer]
    return told


def _plain(value: object) -> object:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return hidden(str(getattr(value, "value", value)))


def _journal(folders: Folders, is_stopped: Callable[[], bool]) -> Mapping[str, object]:
    told: dict[str, object] = {
        "files": {
            path.name: path.stat().st_size
            for path in sorted(folders.ledger.glob("journal*"))
            if path.is_file()
        },
        "copies": [{"name": one.path.name, "size": one.size} for one in copies_of(folders.journal)],
    }
    try:
        server = settings.load(folders.settings).journal_url
    except CashierError:  # told with the settings
        server = ""
    url = folders.journal_url(server)
    if not url.startswith("sqlite:///") or folders.journal.exists():
        told |= support_facts.facts_of(url, folders.anchor, is_stopped)
    return told


def _logs(folders: Folders) -> Iterable[tuple[str, str]]:
    room = _LOG_BYTES
    for path in sorted(folders.logs.glob(f"{logs.FILE_NAME}*")):
        try:
            data = path.read_bytes()[-room:]
        except OSError as error:
            yield f"logs/{path.name}.trouble.txt", error.strerror or ""
            continue
        room -= len(data)
        yield f"logs/{path.name}", _clean_log(data.decode("utf-8", "replace"))
        if room <= 0:
            return


_PLAIN: Final = frozenset({"time", "level", "logger", "thread", "dropped_fields"}) | logs.FIELDS


def _clean_log(text: str) -> str:
    """The lines that the log's own formatter wrote, without what people or goods are called."""
    lines, lost = [], 0
    for line in text.splitlines():
        try:
            record = json.loads(line)
        except ValueError:
            lost += 1
            continue
        if not isinstance(record, dict):
            lost += 1
            continue
        told = {name: _short(record[name]) for name in record if name in _PLAIN}
        told["text"] = without_names(str(record.get("text", "")))
        if "exception" in record:
            told["exception"] = frames(str(record["exception"]))
        lines.append(json.dumps(told, ensure_ascii=False))
    if lost:
        lines.append(json.dumps({"lines_that_are_none_of_the_log": lost}))
    return "\n".join(lines) + "\n"


def _short(value: object) -> object:
    return value if value is None or isinstance(value, bool | int) else hidden(str(value))


def frames(trace: str) -> list[str]:
    """Where it happened and what kind of error it was; its words stay out."""
    told = []
    for line in trace.splitlines():
        frame, error = _FRAME.match(line), _ERROR.match(line)
        if frame is not None:
            where = "/".join(Path(frame["file"].replace("\\", "/")).parts[-3:])
            told.append(f"{where}:{frame['line']} {frame['name']}")
        elif error is not None:
            told.append(error["name"])
    counted = Counter(told)
    return [f"{one} ×{counted[one]}" if counted[one] > 1 else one for one in dict.fromkeys(told)]


def without_names(text: str) -> str:
    """`hidden`, and whatever stands between quotation marks is gone."""
    return hidden(_QUOTED.sub("'…'", text))


def hidden(text: str) -> str:
    """The text without what was registered as a secret, or looks like one."""
    text = _LOGIN.sub("://[hidden]@", text)
    text = _AUTHORIZATION.sub(rf"\1 {logs.HIDDEN}", text)
    text = _LONG.sub(_hide_long, text)
    return logs.hide_secrets(_DIGITS.sub(_hide_card, text))


def _hide_long(found: re.Match[str]) -> str:
    """Base64 of a login is long; ids and hashes of the journal are hexadecimal."""
    return found[0] if _HEX.fullmatch(found[0]) else logs.HIDDEN


def _hide_card(found: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", found[0])
    total = sum(
        int(digit) if place % 2 == 0 else sum(divmod(2 * int(digit), 10))
        for place, digit in enumerate(reversed(digits))
    )
    return logs.HIDDEN if total % 10 == 0 and len(digits) >= 13 else found[0]


def _told(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
