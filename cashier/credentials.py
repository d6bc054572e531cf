"""The API key: a value that never shows itself, and the safe places where it is kept."""

from __future__ import annotations

import hmac
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Final, NoReturn, Protocol, TypeVar

import msgspec

from cashier.domain.failure import CashierError, Failure
from cashier.logs import register_secret
from cashier.whole_file import replace_whole

_T = TypeVar("_T")

KEY_VARIABLE: Final = "CASHIER_API_KEY"
MERCHANT_VARIABLE: Final = "CASHIER_MERCHANT_ID"
KEY_LIMIT: Final = 512
SERVICE: Final = "cashier-invoice"
TRAINING_SERVICE: Final = "cashier-invoice-training"

_KEY: Final = re.compile(r"[!-~]+")
_MASK: Final = "••••"

# Stores that encrypt for one user of this machine. Every other one, and every plug-in, is refused.
_SAFE_STORES: Final = frozenset(
    {
        "keyring.backends.Windows.WinVaultKeyring",
        "keyring.backends.macOS.Keyring",
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.libsecret.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
        "keyring.backends.kwallet.DBusKeyringKWallet4",
    }
)


class ApiKey:
    """An API key (SPEC 7.1). `reveal` gives the text; nothing else ever shows it, and no log does.

    Raises ValueError for an empty text, one longer than 512, or one with anything but visible
    ASCII in it; the error does not hold the text.
    """

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        if len(text) > KEY_LIMIT or not _KEY.fullmatch(text):
            raise ValueError("not an API key")
        self._text = text
        register_secret(text)

    def reveal(self) -> str:
        """The key itself, for the Authorization header and the key store only."""
        return self._text

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ApiKey):
            return NotImplemented
        return hmac.compare_digest(self._text, other._text)

    def __hash__(self) -> int:
        return hash((ApiKey, self._text))

    def __repr__(self) -> str:
        return f"ApiKey({_MASK})"

    def __str__(self) -> str:
        return _MASK

    def __format__(self, spec: str) -> str:
        return _MASK

    def __reduce__(self) -> NoReturn:
        raise TypeError("an API key is not to be copied out of the program")


class KeyPlace(Enum):
    """Where a key was found or kept."""

    STORE = "store"  # the system's own
    ENVIRONMENT = "environment"
    FILE = "file"  # training only


class Store(Protocol):
    """What is used of a `keyring` backend."""

    def get_password(self, service: str, username: str) -> str | None: ...

    def set_password(self, service: str, username: str, password: str) -> None: ...

    def delete_password(self, service: str, username: str) -> None: ...


def system_store() -> Store:
    """The system's key store.

    Raises CashierError(KEY_STORE_MISSING) where there is none, and CashierError(KEY_STORE_REFUSED,
    store) where the one that was chosen for this user does not encrypt, or is unknown.
    """
    import keyring
    from keyring.backends import chainer, fail

    chosen = keyring.get_keyring()
    offered = list(chosen.backends) if isinstance(chosen, chainer.ChainerBackend) else [chosen]
    for store in offered:
        if _name_of(store) in _SAFE_STORES:
            return store
    strangers = [_name_of(store) for store in offered if not isinstance(store, fail.Keyring)]
    if strangers:
        raise CashierError(Failure.KEY_STORE_REFUSED, store=strangers[0])
    raise CashierError(Failure.KEY_STORE_MISSING)


def _name_of(store: object) -> str:
    return f"{type(store).__module__}.{type(store).__qualname__}"


@dataclass(frozen=True, slots=True)
class FoundKey:
    """A key and where it was found."""

    key: ApiKey
    place: KeyPlace


class KeyStore:
    """The keys of this till's merchants.

    They are kept in the system's store, training's under a name of their own, so that a real key is
    never sent to a gateway on this machine. Where the store has none, the environment stands in.
    `training_file` is given in training only, and takes the key where there is no store.
    Every method may block on the system: never call one on the UI thread.
    """

    def __init__(
        self,
        *,
        training_file: Path | None = None,
        open_store: Callable[[], Store] = system_store,
        environment: Mapping[str, str] = os.environ,
    ) -> None:
        self._file = training_file
        self._service = SERVICE if training_file is None else TRAINING_SERVICE
        self._open_store = open_store
        self._environment = environment

    def read(self, merchant_id: str) -> FoundKey | None:
        """The merchant's key, or None where none was ever kept.

        Raises CashierError(KEY_STORE_MISSING) or CashierError(KEY_STORE_REFUSED, store) where
        the store cannot be asked and nothing stands in for it.
        """
        trouble: CashierError | None = None
        try:
            store = self._open_store()
            text = _asked(store, lambda: store.get_password(self._service, merchant_id))
            if text:
                return FoundKey(_key(text, source=_name_of(store)), KeyPlace.STORE)
        except CashierError as error:
            trouble = error
        text = self._environment.get(KEY_VARIABLE, "").strip()
        if text and merchant_from(self._environment) in ("", merchant_id):
            return FoundKey(_key(text, source=KEY_VARIABLE), KeyPlace.ENVIRONMENT)
        if self._file is not None:
            text = _read_file(self._file).get(merchant_id, "")
            return FoundKey(_key(text, source=str(self._file)), KeyPlace.FILE) if text else None
        if trouble is not None:
            raise trouble
        return None

    def write(self, merchant_id: str, key: ApiKey) -> KeyPlace:
        """Keep the key, read it back, and say where it is. Raises what `read` raises."""
        try:
            store = self._open_store()
        except CashierError:
            if self._file is None:
                raise
            _write_file(self._file, {**_read_file(self._file), merchant_id: key.reveal()})
            return KeyPlace.FILE
        _asked(store, lambda: store.set_password(self._service, merchant_id, key.reveal()))
        kept = _asked(store, lambda: store.get_password(self._service, merchant_id))
        if kept != key.reveal():
            raise CashierError(Failure.KEY_STORE_REFUSED, store=_name_of(store))
        return KeyPlace.STORE

    def delete(self, merchant_id: str) -> None:
        """Forget the key wherever `write` may have put it. Raises what `read` raises."""
        if self._file is not None:
            keys = _read_file(self._file)
            if keys.pop(merchant_id, None) is not None:
                _write_file(self._file, keys)
        try:
            store = self._open_store()
        except CashierError:
            if self._file is None:
                raise
            return
        if _asked(store, lambda: store.get_password(self._service, merchant_id)) is not None:
            _asked(store, lambda: store.delete_password(self._service, merchant_id))


def merchant_from(environment: Mapping[str, str]) -> str:
    """The merchant that stands in where the settings name none; empty without one."""
    return environment.get(MERCHANT_VARIABLE, "").strip()


def _asked(store: Store, call: Callable[[], _T]) -> _T:
    """Ask the store; every kind of it has exceptions of its own, and one may hold the key."""
    try:
        return call()
    except Exception as error:  # noqa: BLE001
        reason = type(error).__name__
    raise CashierError(Failure.KEY_STORE_REFUSED, store=_name_of(store), reason=reason)


def _key(text: str, *, source: str) -> ApiKey:
    try:
        return ApiKey(text)
    except ValueError as error:
        raise CashierError(Failure.KEY_STORE_REFUSED, store=source, reason="form") from error


def _read_file(path: Path) -> dict[str, str]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, str])
    except FileNotFoundError:
        return {}
    except (OSError, msgspec.DecodeError) as error:
        reason = type(error).__name__
    raise CashierError(Failure.KEY_STORE_REFUSED, store=str(path), reason=reason)


def _write_file(path: Path, keys: dict[str, str]) -> None:
    try:
        replace_whole(path, msgspec.json.encode(keys))
    except OSError as error:
        reason = type(error).__name__
        raise CashierError(Failure.KEY_STORE_REFUSED, store=str(path), reason=reason) from error
