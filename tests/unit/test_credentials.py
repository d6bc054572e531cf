"""The API key: never shown, and kept only where it is safe."""

from __future__ import annotations

import copy
import json
import os
import pickle
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from cashier.credentials import (
    ApiKey,
    FoundKey,
    KeyPlace,
    KeyStore,
    Store,
    merchant_from,
)
from cashier.domain.failure import CashierError, Failure

TEXT = "9f86d081884c7d659a2feaa0c55ad015"
KEY = ApiKey(TEXT)


@dataclass
class MemoryStore:
    """A system store in memory."""

    kept: dict[tuple[str, str], str] = field(default_factory=dict)

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class ForgetfulStore(MemoryStore):
    """A store that takes a key and keeps nothing."""

    def set_password(self, service: str, username: str, password: str) -> None:
        pass


class LockedStore(MemoryStore):
    """A store that its user will not unlock, and that tells more than it should."""

    def get_password(self, service: str, username: str) -> str | None:
        raise RuntimeError("locked")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise RuntimeError(f"cannot store {password}")


def no_store() -> Store:
    raise CashierError(Failure.KEY_STORE_MISSING)


def key_store(
    store: Store | None, *, file: Path | None = None, environment: dict[str, str] | None = None
) -> KeyStore:
    return KeyStore(
        training_file=file,
        open_store=no_store if store is None else lambda: store,
        environment=environment or {},
    )


# --- the value -----------------------------------------------------------------------------------


def test_a_key_never_shows_itself() -> None:
    shown = [repr(KEY), str(KEY), f"{KEY}", f"{KEY:>80}", f"{KEY!r}"]
    shown += [repr([KEY]), repr(FoundKey(KEY, KeyPlace.STORE))]
    assert all(TEXT not in text for text in shown)
    assert repr(KEY) == "ApiKey(••••)"
    assert KEY.reveal() == TEXT


def test_a_key_cannot_be_copied_out_of_the_program() -> None:
    for take in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError):
            take(KEY)
    with pytest.raises(TypeError):
        json.dumps(KEY)


def test_keys_are_equal_by_their_text() -> None:
    assert ApiKey(TEXT) == KEY
    assert hash(ApiKey(TEXT)) == hash(KEY)
    assert ApiKey(TEXT[::-1]) != KEY
    assert KEY != TEXT


@pytest.mark.parametrize("text", ["", " ", f"{TEXT}\n", f"{TEXT} {TEXT}", "ключ-ключ", "k" * 513])
def test_what_is_no_key_is_refused_without_being_shown(text: str) -> None:
    with pytest.raises(ValueError, match="not an API key") as caught:
        ApiKey(text)
    assert text.strip() == "" or text.strip() not in str(caught.value)


def test_a_key_may_be_512_characters_long() -> None:
    assert ApiKey("k" * 512).reveal() == "k" * 512


# --- the system's store --------------------------------------------------------------------------


def test_a_key_is_kept_in_the_store_for_its_merchant() -> None:
    store = MemoryStore()
    keys = key_store(store)
    assert keys.write("m1", KEY) is KeyPlace.STORE
    assert keys.read("m1") == FoundKey(KEY, KeyPlace.STORE)
    assert keys.read("m2") is None
    assert store.kept == {("cashier-invoice", "m1"): TEXT}
    keys.delete("m1")
    keys.delete("m1")
    assert store.kept == {}


def test_training_never_reads_the_real_key(tmp_path: Path) -> None:
    store = MemoryStore()
    key_store(store).write("m1", KEY)
    training = key_store(store, file=tmp_path / "key.json")
    assert training.read("m1") is None
    training.write("m1", ApiKey("training-key"))
    assert key_store(store).read("m1") == FoundKey(KEY, KeyPlace.STORE)


def test_a_store_that_keeps_nothing_is_refused() -> None:
    with pytest.raises(CashierError) as caught:
        key_store(ForgetfulStore()).write("m1", KEY)
    assert caught.value.failure is Failure.KEY_STORE_REFUSED


def test_a_locked_store_is_said_without_the_key() -> None:
    keys = key_store(LockedStore())
    for use in (lambda: keys.write("m1", KEY), lambda: keys.read("m1"), lambda: keys.delete("m1")):
        with pytest.raises(CashierError) as caught:
            use()
        assert caught.value.failure is Failure.KEY_STORE_REFUSED
        assert TEXT not in str(caught.value)
        assert caught.value.__context__ is None


def test_a_kept_text_that_is_no_key_is_refused() -> None:
    store = MemoryStore({("cashier-invoice", "m1"): "two words"})
    with pytest.raises(CashierError) as caught:
        key_store(store).read("m1")
    assert caught.value.failure is Failure.KEY_STORE_REFUSED


# --- the environment -----------------------------------------------------------------------------

ENVIRONMENT = {"CASHIER_MERCHANT_ID": " m1 ", "CASHIER_API_KEY": f"{TEXT}\n"}


def test_the_environment_stands_in_where_there_is_no_store() -> None:
    assert merchant_from(ENVIRONMENT) == "m1"
    keys = key_store(None, environment=ENVIRONMENT)
    assert keys.read("m1") == FoundKey(KEY, KeyPlace.ENVIRONMENT)


def test_the_environment_stands_in_where_the_store_has_no_key() -> None:
    store = MemoryStore()
    keys = key_store(store, environment=ENVIRONMENT)
    assert keys.read("m1") == FoundKey(KEY, KeyPlace.ENVIRONMENT)
    keys.write("m1", ApiKey("a-kept-key"))
    assert keys.read("m1") == FoundKey(ApiKey("a-kept-key"), KeyPlace.STORE)


def test_the_key_of_one_merchant_is_never_taken_for_another() -> None:
    assert key_store(MemoryStore(), environment=ENVIRONMENT).read("m2") is None
    with pytest.raises(CashierError) as caught:
        key_store(None, environment=ENVIRONMENT).read("m2")
    assert caught.value.failure is Failure.KEY_STORE_MISSING


def test_a_key_without_a_merchant_is_for_the_one_of_the_settings() -> None:
    keys = key_store(None, environment={"CASHIER_API_KEY": TEXT})
    assert keys.read("m7") == FoundKey(KEY, KeyPlace.ENVIRONMENT)
    assert merchant_from({}) == ""


def test_a_key_in_the_environment_that_is_no_key_is_refused() -> None:
    with pytest.raises(CashierError) as caught:
        key_store(None, environment={"CASHIER_API_KEY": "two words"}).read("m1")
    assert caught.value.failure is Failure.KEY_STORE_REFUSED


# --- no store ------------------------------------------------------------------------------------


def test_without_a_store_real_money_is_refused() -> None:
    keys = key_store(None)
    for use in (lambda: keys.write("m1", KEY), lambda: keys.read("m1"), lambda: keys.delete("m1")):
        with pytest.raises(CashierError) as caught:
            use()
        assert caught.value.failure is Failure.KEY_STORE_MISSING


def test_without_a_store_training_keeps_its_keys_in_a_file_of_the_owner(tmp_path: Path) -> None:
    file = tmp_path / "key.json"
    keys = key_store(None, file=file)
    assert keys.read("m1") is None
    assert keys.write("m1", KEY) is KeyPlace.FILE
    assert keys.write("m2", ApiKey("another-key")) is KeyPlace.FILE
    assert keys.read("m1") == FoundKey(KEY, KeyPlace.FILE)
    if os.name != "nt":
        assert file.stat().st_mode & 0o777 == 0o600
    keys.delete("m1")
    assert keys.read("m1") is None
    assert TEXT not in file.read_text(encoding="utf-8")
    assert keys.read("m2") == FoundKey(ApiKey("another-key"), KeyPlace.FILE)


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff", b'{"m1": 1}'])
def test_a_damaged_key_file_is_said(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "key.json"
    file.write_bytes(content)
    with pytest.raises(CashierError) as caught:
        key_store(None, file=file).read("m1")
    assert caught.value.failure is Failure.KEY_STORE_REFUSED


# --- which stores are safe -----------------------------------------------------------------------

CHOOSE = """
import sys
import keyring
import keyring.backend
from keyring.backends import SecretService, chainer, fail, null

class PlaintextKeyring(keyring.backend.KeyringBackend):
    priority = 1
    def get_password(self, service, username): return None
    def set_password(self, service, username, password): open("kept", "a").write(password)
    def delete_password(self, service, username): pass

class Chain(chainer.ChainerBackend):
    backends = ()

chosen, *chain = [
    {"null": null.Keyring, "fail": fail.Keyring, "plain": PlaintextKeyring, "chain": Chain,
     "safe": SecretService.Keyring}[name]()
    for name in sys.argv[1:]
]
if chain:
    Chain.backends = tuple(chain)
keyring.set_keyring(chosen)

from cashier.credentials import ApiKey, KeyStore, system_store
from cashier.domain.failure import CashierError
try:
    print(type(system_store()).__module__)
    if "safe" not in sys.argv:
        KeyStore(environment={}).write("m1", ApiKey("9f86d081884c7d65"))
except CashierError as error:
    print(error.failure.name, error.facts.get("store", "-"))
"""


@pytest.mark.parametrize(
    ("chosen", "answer"),
    [
        ("fail", "KEY_STORE_MISSING -"),
        ("null", "KEY_STORE_REFUSED keyring.backends.null.Keyring"),
        ("plain", "KEY_STORE_REFUSED __main__.PlaintextKeyring"),
        ("chain plain null", "KEY_STORE_REFUSED __main__.PlaintextKeyring"),
        ("chain fail", "KEY_STORE_MISSING -"),
        ("chain plain safe", "keyring.backends.SecretService"),
        ("safe", "keyring.backends.SecretService"),
    ],
)
def test_only_a_store_that_encrypts_is_used(tmp_path: Path, chosen: str, answer: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CHOOSE, *chosen.split()],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=True,
    )
    assert done.stdout.strip() == answer, done.stderr
    assert list(tmp_path.iterdir()) == []


def test_no_key_store_is_loaded_before_it_is_needed() -> None:
    look = "import sys, cashier.credentials; print('keyring' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
