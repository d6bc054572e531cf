"""The till's settings: one frozen value in one JSON file, replaced whole or not at all.

The API key is not among them (`cashier.credentials`).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, fields, replace
from enum import Enum
from pathlib import Path
from typing import Any, Final

from cashier.domain.failure import CashierError, Failure
from cashier.gateway.addresses import ALLOWED_PAYMENT_HOSTS, check_base_url, is_training
from cashier.paths import machine_settings
from cashier.whole_file import replace_whole

DEFAULT_BASE_URL: Final = "https://api.invoice.su/api/v2"
BUILT_IN_GATEWAY: Final = "http://127.0.0.1:0/api/v2"
"""Training on the gateway inside the program, on any free port."""
DEMO_MERCHANT_ID: Final = "c24360cfac0a0c40c518405f6bc68cb0"  # SPEC 8

# Both ends included; money in minor units, times in seconds.
RANGES: Final = {
    "scale_percent": (90, 150),
    "sound_volume": (0, 100),
    "till_number": (1, 999),
    "amount_limit": (1, 99_999_999_999),
    "auto_return_seconds": (0, 600),
}
LENGTHS: Final = {
    "merchant_id": 64,
    "base_url": 500,
    "proxy": 500,
    "ca_file": 1000,
    "till_name": 64,
    "shop_name": 128,
    "terminal_id": 64,
    "journal_url": 500,
}

_MARK: Final = "cashier_settings"
_FORMAT: Final = 1
_MAX_FILE_BYTES: Final = 1 << 20
_PROXY: Final = re.compile(r"https?://[^\s/?#@\\]+/?")
_SERVER: Final = re.compile(r"postgresql\+psycopg://([^\s:/@]*@)?[^\s@]*/[^\s@/?]+(\?[^\s@]*)?")
"""A user, hosts, a database and options, and no password (reliability.md G26)."""
_HOST: Final = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")


class Language(Enum):
    """The languages the till speaks."""

    RUSSIAN = "ru"
    ENGLISH = "en"


class Theme(Enum):
    """Light, dark, or as the system is."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the till was told to be.

    Making one out of range raises CashierError(FIELD_INVALID, field, rule, limit), or what
    `check_account` raises. No `language` means the system's. An empty `proxy` or `ca_file` means
    none: neither is ever taken from the environment. `auto_return_seconds` of 0 is off.
    `journal_url` is the server that has the journal of real payments, "" for the till's own folder;
    its password stands in libpq's own file, never here. `newer` holds, as JSON, the fields that a
    later version wrote, so that saving keeps them.
    """

    language: Language | None = None
    theme: Theme = Theme.SYSTEM
    scale_percent: int = 100
    is_touch: bool = False
    is_full_screen: bool = False
    is_sound_on: bool = True
    sound_volume: int = 70
    merchant_id: str = ""
    base_url: str = DEFAULT_BASE_URL
    proxy: str = ""
    ca_file: str = ""
    allowed_payment_hosts: tuple[str, ...] = ALLOWED_PAYMENT_HOSTS
    till_number: int = 1
    till_name: str = ""
    shop_name: str = ""
    terminal_id: str = ""
    amount_limit: int = 100_000_000
    auto_return_seconds: int = 8
    journal_url: str = ""
    is_set_up: bool = False
    newer: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        for name, (low, high) in RANGES.items():
            if getattr(self, name) < low:
                raise _invalid(name, "minimum", low)
            if getattr(self, name) > high:
                raise _invalid(name, "maximum", high)
        for name, limit in LENGTHS.items():
            if len(getattr(self, name)) > limit:
                raise _invalid(name, "length", limit)
            if not getattr(self, name).isprintable():
                raise _invalid(name, "characters")
        if self.proxy and not _PROXY.fullmatch(self.proxy):
            raise _invalid("proxy", "url")
        if self.journal_url and (
            not _SERVER.fullmatch(self.journal_url) or "password" in self.journal_url
        ):
            raise _invalid("journal_url", "url")
        for host in self.allowed_payment_hosts:
            if len(host) > 253 or not _HOST.fullmatch(host):
                raise _invalid("allowed_payment_hosts", "host")
        check_account(self.base_url, merchant_id=self.merchant_id)

    def needs_new_till(self, before: Settings) -> bool:
        """Whether anything differs from `before` that a till is built with."""
        return any(getattr(self, name) != getattr(before, name) for name in _BUILT_IN)

    def changed_since(self, before: Settings) -> tuple[str, ...]:
        """The names of the fields that differ from `before`, in the order they stand here."""
        names = (field.name for field in fields(Settings))
        return tuple(name for name in names if getattr(self, name) != getattr(before, name))

    @property
    def is_training(self) -> bool:
        """Whether no real money can move, because the gateway is on this machine."""
        return is_training(self.base_url)


EVERYONES: Final = frozenset(
    {
        "language",
        "theme",
        "scale_percent",
        "is_touch",
        "is_full_screen",
        "is_sound_on",
        "sound_volume",
    }
)
"""How the till looks and sounds, for anybody to change. Other fields need Right.SETTINGS."""

_BUILT_IN: Final = (
    "merchant_id",
    "base_url",
    "proxy",
    "ca_file",
    "allowed_payment_hosts",
    "till_number",
    "amount_limit",
    "auto_return_seconds",
    "journal_url",
)

_KNOWN: Final = tuple(field.name for field in fields(Settings) if field.name != "newer")
_KINDS: Final[dict[str, type]] = {
    **{field.name: type(field.default) for field in fields(Settings)},
    "language": Language,
}


def check_account(base_url: str, *, merchant_id: str) -> None:
    """Whether this merchant may be used at this address.

    Raises CashierError(BASE_URL_INVALID), and CashierError(DEMO_MERCHANT) for the guide's test
    merchant (SPEC 8) anywhere but in training.
    """
    check_base_url(base_url)
    if merchant_id.strip().lower() == DEMO_MERCHANT_ID and not is_training(base_url):
        raise CashierError(Failure.DEMO_MERCHANT)


def load(path: Path, *, machine: Path | None = None) -> Settings:
    """Read the settings; where there is no file, those for every till of `machine`, a file too.

    Without `machine` that is the file beside the installed program, and without one the defaults.
    Raises CashierError(SETTINGS_DAMAGED, path, field) for a file that cannot be read, is not this
    program's, or holds a value out of range; `field` is empty where no single one is to blame.
    """
    if (values := _read(path)) is not None:
        return _settings(values, path)
    machine = machine or machine_settings()
    return load_machine(machine) if machine is not None else Settings()


def load_machine(path: Path) -> Settings:
    """Read settings meant for every till of a computer; where there is no file, the defaults.

    Raises what `load` raises, also for a field that is no setting: a key has no place here.
    """
    values = _read(path) or {}
    for name in values:
        if name not in _KNOWN:
            raise _damaged(path, name)
    return _settings(values, path)


def _read(path: Path) -> dict[str, Any] | None:
    try:
        return _parse(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError) as error:
        raise _damaged(path) from error


def _settings(values: dict[str, Any], path: Path) -> Settings:
    try:
        newer = tuple((name, _json(values[name])) for name in values if name not in _KNOWN)
    except (ValueError, RecursionError) as error:
        raise _damaged(path) from error
    known: dict[str, Any] = {}
    for name in _KNOWN:
        if name in values:
            try:
                known[name] = _read_field(name, values[name])
            except ValueError as error:
                raise _damaged(path, name) from error
    try:
        return Settings(**known, newer=newer)
    except CashierError as error:
        merchant = error.failure is Failure.DEMO_MERCHANT
        field = error.facts.get("field", "merchant_id" if merchant else "base_url")
        raise _damaged(path, str(field)) from error


def _read_field(name: str, value: object) -> object:
    """A value of the file as the field has it. Raises ValueError for one of another kind.

    By hand: the window waits for its settings, and msgspec would take longer than all else here.
    """
    kind = _KINDS[name]
    if issubclass(kind, Enum):
        return None if value is None and name == "language" else kind(value)
    if kind is tuple and isinstance(value, list) and all(isinstance(one, str) for one in value):
        return tuple(value)
    if type(value) is not kind:  # True is no number
        raise ValueError(name)
    return value


def switch_journal(path: Path, url: str) -> None:
    """Let the saved settings name the journal's new place, durably. Raises as `load` and `save`."""
    save(replace(load(path), journal_url=url), path)


def save(settings: Settings, path: Path) -> None:
    """Replace the file as a whole: after a crash it is the old one or the new one.

    Raises CashierError(SETTINGS_UNWRITABLE, path), and CashierError(SETTINGS_DAMAGED) rather than
    overwrite a file that `load` refuses (see `set_aside`).
    """
    load(path)
    values: dict[str, Any] = {_MARK: _FORMAT}
    values |= {name: getattr(settings, name) for name in _KNOWN}
    values |= {name: json.loads(text) for name, text in settings.newer}
    try:
        # A lone surrogate in a later version's text leaves as the JSON escape it came as.
        replace_whole(path, (_json(values, indent=2) + "\n").encode(errors="backslashreplace"))
    except OSError as error:
        raise CashierError(Failure.SETTINGS_UNWRITABLE, path=str(path)) from error


def set_aside(path: Path) -> Path:
    """Move a damaged file to the first free `settings.damaged-<n>.json` beside it, and say where.

    Raises CashierError(SETTINGS_UNWRITABLE, path).
    """
    number = 1
    while (kept := path.with_name(f"{path.stem}.damaged-{number}{path.suffix}")).exists():
        number += 1
    try:
        return path.rename(kept)
    except OSError as error:
        raise CashierError(Failure.SETTINGS_UNWRITABLE, path=str(path)) from error


def _parse(data: bytes) -> dict[str, Any]:
    if len(data) > _MAX_FILE_BYTES:
        raise ValueError("too large")
    values = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_without_duplicates)
    if not isinstance(values, dict) or values.pop(_MARK, None) != _FORMAT:
        raise ValueError("not a settings file")
    return values


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) != len(pairs):
        raise ValueError("a field is there twice")
    return values


def _json(value: object, *, indent: int | None = None) -> str:
    return json.dumps(
        value, ensure_ascii=False, allow_nan=False, indent=indent, default=lambda one: one.value
    )


def _invalid(field: str, rule: str, limit: int | None = None) -> CashierError:
    return CashierError(Failure.FIELD_INVALID, field=field, rule=rule, limit=limit)


def _damaged(path: Path, field: str = "") -> CashierError:
    return CashierError(Failure.SETTINGS_DAMAGED, path=str(path), field=field)
