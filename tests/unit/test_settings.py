"""The settings: what is kept, what is refused, and that a file is never lost."""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from cashier.domain.failure import CashierError, Failure
from cashier.settings import (
    DEMO_MERCHANT_ID,
    EVERYONES,
    LENGTHS,
    RANGES,
    Language,
    Settings,
    Theme,
    load,
    save,
    set_aside,
)

EVERYTHING = Settings(
    language=Language.RUSSIAN,
    theme=Theme.DARK,
    scale_percent=125,
    is_touch=True,
    is_full_screen=True,
    is_sound_on=False,
    sound_volume=10,
    merchant_id="4711",
    base_url="https://gateway.example/api/v2",
    proxy="http://proxy.example:3128",
    ca_file="/etc/ssl/shop.pem",
    allowed_payment_hosts=("invoice.su", "pay.example"),
    till_number=7,
    till_name="Касса 7",
    shop_name="Магазин «У дома»",
    terminal_id="45",
    amount_limit=5_000_00,
    auto_return_seconds=0,
    journal_url="postgresql+psycopg://till@db.example/cashier?sslmode=verify-full",
    is_set_up=True,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


def write(path: Path, **values: object) -> None:
    path.write_text(json.dumps({"cashier_settings": 1, **values}), encoding="utf-8")


def refusal(**values: Any) -> CashierError:
    with pytest.raises(CashierError) as caught:
        Settings(**values)
    return caught.value


def test_no_file_means_the_defaults(path: Path) -> None:
    settings = load(path)
    assert settings == Settings()
    assert settings.base_url == "https://api.invoice.su/api/v2"
    assert settings.amount_limit == 1_000_000_00
    assert settings.auto_return_seconds == 8
    assert settings.allowed_payment_hosts == ("invoice.su",)
    assert not settings.is_training
    assert not path.exists()


def test_every_field_survives_the_file(path: Path) -> None:
    plain = Settings()
    for field in dataclasses.fields(Settings):
        if field.name != "newer":
            assert getattr(EVERYTHING, field.name) != getattr(plain, field.name), field.name
    save(EVERYTHING, path)
    assert load(path) == EVERYTHING


def test_the_file_can_be_read_by_a_person(path: Path) -> None:
    save(EVERYTHING, path)
    text = path.read_text(encoding="utf-8")
    assert "Магазин «У дома»" in text
    assert text.endswith("}\n")


def test_a_field_that_is_not_in_the_file_takes_its_default(path: Path) -> None:
    write(path, till_number=3)
    assert load(path) == Settings(till_number=3)


NEWER: dict[str, Any] = {
    "loyalty": {"on": True, "list": [1, 2.5, None, "Ж"]},
    "colour": "синий",
    "lone": "\ud800",
}


def test_fields_of_a_newer_version_are_kept(path: Path) -> None:
    write(path, **NEWER, till_number=3)
    save(dataclasses.replace(load(path), till_number=4), path)
    kept = json.loads(path.read_text(encoding="utf-8"))
    assert {name: kept[name] for name in NEWER} == NEWER
    assert kept["till_number"] == 4


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"till_number": 3}',
        b'{"cashier_settings": 2}',
        b'{"cashier_settings": 1, "till_number": 1, "till_number": 2}',
        b'{"cashier_settings": 1, "later": NaN}',
        b'{"cashier_settings": 1, "later": 1e999}',
        b'{"cashier_settings": 1, "later": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"cashier_settings": 1, "later": ' + b"9" * 5_000 + b"}",
        b'{"cashier_settings": 1, "later": "' + b"x" * (1 << 20) + b'"}',
    ],
    ids=lambda content: content[:40].decode("latin-1"),
)
def test_a_damaged_or_foreign_file_is_refused_and_not_overwritten(
    path: Path, content: bytes
) -> None:
    path.write_bytes(content)
    for use in (lambda: load(path), lambda: save(Settings(), path)):
        with pytest.raises(CashierError) as caught:
            use()
        assert caught.value.failure is Failure.SETTINGS_DAMAGED
        assert caught.value.facts == {"path": str(path), "field": ""}
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("language", "de"),
        ("theme", "neon"),
        ("scale_percent", 89),
        ("scale_percent", "100"),
        ("scale_percent", 100.5),
        ("scale_percent", True),
        ("is_touch", 1),
        ("is_touch", None),
        ("merchant_id", 4711),
        ("base_url", "http://gateway.example/"),
        ("base_url", ""),
        ("merchant_id", DEMO_MERCHANT_ID),
        ("proxy", "socks5://proxy.example"),
        ("allowed_payment_hosts", ["https://pay.example"]),
        ("allowed_payment_hosts", ["Pay.Example"]),
        ("allowed_payment_hosts", [""]),
        ("allowed_payment_hosts", "pay.example"),
        ("till_number", 0),
        ("till_name", "one\ntwo"),
        ("amount_limit", 0),
    ],
)
def test_a_value_out_of_range_is_refused_with_its_field_named(
    path: Path, field: str, value: object
) -> None:
    write(path, **{field: value})
    with pytest.raises(CashierError) as caught:
        load(path)
    assert caught.value.failure is Failure.SETTINGS_DAMAGED
    assert caught.value.facts["field"] == field


@pytest.mark.parametrize("field", RANGES)
def test_both_ends_of_a_range_are_in_it(field: str) -> None:
    low, high = RANGES[field]
    for value in (low, high):
        assert getattr(Settings(**{field: value}), field) == value  # type: ignore[arg-type] # by name
    below, above = refusal(**{field: low - 1}), refusal(**{field: high + 1})
    assert below.facts == {"field": field, "rule": "minimum", "limit": low}
    assert above.facts == {"field": field, "rule": "maximum", "limit": high}


@pytest.mark.parametrize("field", ["merchant_id", "ca_file", "till_name", "shop_name"])
def test_a_text_may_be_as_long_as_its_limit(field: str) -> None:
    limit = LENGTHS[field]
    assert getattr(Settings(**{field: "я" * limit}), field) == "я" * limit  # type: ignore[arg-type] # by name
    assert refusal(**{field: "я" * (limit + 1)}).facts["rule"] == "length"


@pytest.mark.parametrize(
    ("base_url", "training"),
    [
        ("http://127.0.0.1:8080/api/v2", True),
        ("http://127.9.9.9", True),
        ("http://[::1]:8080", True),
        ("http://localhost:8080", True),
        ("https://localhost", True),
        ("https://api.invoice.su/api/v2", False),
        ("https://localhost.example", False),
        ("https://127.0.0.1.example", False),
    ],
)
def test_training_is_a_gateway_on_this_machine(base_url: str, training: bool) -> None:
    assert Settings(base_url=base_url).is_training is training


def test_the_demo_merchant_is_for_training_only() -> None:
    assert Settings(merchant_id=DEMO_MERCHANT_ID, base_url="http://127.0.0.1:1").is_training
    assert refusal(merchant_id=f" {DEMO_MERCHANT_ID.upper()}").failure is Failure.DEMO_MERCHANT


def test_plain_http_is_for_this_machine_only() -> None:
    assert refusal(base_url="http://api.invoice.su").failure is Failure.BASE_URL_INVALID


def test_a_damaged_file_is_kept_aside_under_the_first_free_name(path: Path) -> None:
    for number in (1, 2):
        path.write_bytes(b"damage %d" % number)
        kept = set_aside(path)
        assert kept.name == f"settings.damaged-{number}.json"
        assert kept.read_bytes() == b"damage %d" % number
        assert not path.exists()
    save(EVERYTHING, path)
    assert load(path) == EVERYTHING


def test_a_folder_that_is_not_there_is_said_and_nothing_is_left(tmp_path: Path) -> None:
    path = tmp_path / "away" / "settings.json"
    for use in (lambda: save(Settings(), path), lambda: set_aside(path)):
        with pytest.raises(CashierError) as caught:
            use()
        assert caught.value.failure is Failure.SETTINGS_UNWRITABLE


def test_a_save_that_fails_leaves_the_old_file_and_no_scraps(path: Path) -> None:
    path.mkdir()  # a folder in the file's place cannot be replaced
    with pytest.raises(CashierError):
        save(Settings(), path)
    assert [entry.name for entry in path.parent.iterdir()] == ["settings.json"]


def test_only_the_owner_may_read_the_file(path: Path) -> None:
    save(Settings(), path)
    if os.name != "nt":
        assert path.stat().st_mode & 0o077 == 0


SAVE_FOR_EVER = """
import sys
from pathlib import Path
from cashier.settings import Settings, save
number = 0
while True:
    number = number % 999 + 1
    save(Settings(till_number=number, shop_name=str(number) * 40), Path(sys.argv[1]))
    print(number, flush=True)
"""


def test_a_till_killed_while_saving_has_whole_settings(path: Path) -> None:
    for saves in (1, 3, 10):
        with subprocess.Popen(
            [sys.executable, "-c", SAVE_FOR_EVER, str(path)], stdout=subprocess.PIPE
        ) as child:
            assert child.stdout is not None
            for _ in range(saves):
                child.stdout.readline()
            child.kill()
        settings = load(path)
        assert settings.shop_name == str(settings.till_number) * 40


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(max_size=64).filter(str.isprintable),
    number=st.integers(1, 999),
    hosts=st.lists(st.from_regex(r"[a-z]{1,9}(\.[a-z]{1,9})?", fullmatch=True), max_size=3),
)
def test_whatever_may_be_set_comes_back(
    path: Path, text: str, number: int, hosts: list[str]
) -> None:
    settings = Settings(
        till_name=text, till_number=number, allowed_payment_hosts=tuple(hosts), terminal_id=text
    )
    save(settings, path)
    assert load(path) == settings


def test_only_how_the_till_looks_and_sounds_is_everybodys() -> None:
    looks = {"language", "theme", "scale_percent", "is_touch", "is_full_screen"}
    assert looks | {"is_sound_on", "sound_volume"} == EVERYONES


def test_every_field_that_differs_is_named() -> None:
    assert EVERYTHING.changed_since(EVERYTHING) == ()
    assert set(EVERYTHING.changed_since(Settings())) == {
        field.name for field in dataclasses.fields(Settings) if field.name != "newer"
    }
    newer = dataclasses.replace(EVERYTHING, newer=(("later", "1"),))
    assert newer.changed_since(EVERYTHING) == ("newer",)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+psycopg://till:hush@db.example/cashier",
        "postgresql+psycopg://till@db.example/cashier?password=hush",
        "postgresql+psycopg://db.example",
        "postgresql://till@db.example/cashier",
        "sqlite:///journal.db",
    ],
)
def test_the_journals_server_is_an_address_without_a_password(url: str) -> None:
    with pytest.raises(CashierError) as caught:
        Settings(journal_url=url)
    assert caught.value.facts["field"] == "journal_url"
    assert "hush" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+psycopg://db.example/cashier",
        "postgresql+psycopg://till@db.example:5433/cashier",
        "postgresql+psycopg://till@/cashier?host=a,b&port=5432,5433",
    ],
)
def test_one_server_or_several_may_have_the_journal(url: str) -> None:
    assert Settings(journal_url=url).needs_new_till(Settings())
