"""The file for whoever helps: canaries are put wherever it looks, and none comes out."""

from __future__ import annotations

import base64
import json
import stat
import sys
import zipfile
from pathlib import Path

import anyio
import pytest

import cashier
from cashier.clock import SystemClock
from cashier.domain.staff import Person, Role
from cashier.journal.journal import Journal
from cashier.journal.schema import HEAD
from cashier.paths import Folders
from cashier.support import frames, hidden, without_names
from tests.e2e.test_command_line import only_line, run
from tests.integration.conftest import postgres
from tests.integration.postgres_server import PostgresServer

__all__ = ["postgres"]

KEY = "canary0123456789abcdef0123456789abcdef"
MERCHANT = "3e7a90c41d5b4f0c8a2b6d9e17f05c84"
HEADER = base64.b64encode(f"{MERCHANT}:{KEY}".encode()).decode()
PASSWORD = "pa55-canary"
CARD = "5543 7354 8462 6654"
PIN = "739105"
PERSON = "Anna Smirnova"
GOODS = "Tea"
SHOP = "Kanareikin and Sons"
CANARIES = (KEY, HEADER, PASSWORD, CARD, CARD.replace(" ", ""), PIN, PERSON, SHOP, MERCHANT)


def spoil(folders: Folders) -> None:
    """Whatever should never be there is in the settings and in the log."""
    settings = {
        "cashier_settings": 1,
        "merchant_id": MERCHANT,
        "base_url": "http://127.0.0.1:9/api/v2",
        "shop_name": SHOP,
        "journal_url": "postgresql+psycopg://till@db.local/till",
        "database": f"postgresql+psycopg://till:{PASSWORD}@db.local/till",
    }
    folders.settings.write_text(json.dumps(settings))
    trace = (
        'Traceback (most recent call last):\n  File "/home/x/cashier/journal/ledger.py", line 7,'
        " in add\n    run()\nsqlalchemy.exc.IntegrityError: (sqlite3.IntegrityError) no\n"
        f"[parameters: ('{PERSON}', '{GOODS}', '{KEY}', {PIN})]"
    )
    lines: list[dict[str, object]] = [
        {"text": f"Authorization: Basic {HEADER}"},
        {"text": f"headers={{'Authorization': 'Basic {HEADER}'}}"},
        {"text": f"connecting to postgresql+psycopg://till:{PASSWORD}@db.local/till"},
        {"text": f"paid with {CARD} and {CARD.replace(' ', '')}"},
        {"text": f"pin: {PIN}", "order_id": KEY},
        {"text": f"More than is left of '{GOODS}', asked by '{PERSON}' at «{SHOP}»"},
        {"text": "a use case crashed", "exception": trace, "locals": {"key": KEY}},
    ]
    with (folders.logs / "cashier.log").open("a", encoding="utf-8") as log:
        for line in lines:
            log.write(json.dumps({"time": "now", "level": "INFO", **line}) + "\n")
        log.write(f"half a line with {KEY}\n")
    (folders.logs / "cashier.log.1").write_text(f"crash report: key={KEY} pin={PIN}\n")


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("till")
    assert run("--self-test", "--data-dir", str(folder)).returncode == 0
    folders = Folders(folder, training=True)
    spoil(folders)
    kept = run("--set-key", "--data-dir", str(folder), typed=KEY + "\n")
    assert kept.returncode == 0, kept.stderr
    target = folder / "bundle.zip"
    written = run("--support-bundle", str(target), "--sandbox", "--data-dir", str(folder))
    assert written.returncode == 0, written.stdout + written.stderr
    assert str(target) in written.stdout
    assert sys.platform == "win32" or stat.S_IMODE(target.stat().st_mode) == 0o600
    assert [path.name for path in folder.iterdir() if "partial" in path.name] == []
    return zipfile.ZipFile(target)


def everything(bundle: zipfile.ZipFile) -> str:
    return "\n".join(bundle.read(name).decode() for name in bundle.namelist())


def test_no_canary_is_in_the_whole_file(bundle: zipfile.ZipFile) -> None:
    text = everything(bundle)
    for canary in CANARIES:
        assert canary not in text, canary
    raw = Path(str(bundle.filename)).read_bytes()
    for canary in CANARIES:
        assert canary.encode() not in raw, canary


def test_no_goods_are_named_anywhere(bundle: zipfile.ZipFile) -> None:
    for name in bundle.namelist():
        assert GOODS not in bundle.read(name).decode(), name


def test_it_tells_what_helps(bundle: zipfile.ZipFile) -> None:
    about = json.loads(bundle.read("about.json"))
    assert about["cashier"] == cashier.__version__
    assert about["kind"] == "training"
    journal = json.loads(bundle.read("journal.json"))
    assert journal["schema"] == HEAD
    assert journal["payments"] == {"PAID": 1}
    assert sum(journal["refunds"].values()) == 1
    assert journal["is_whole"] is True
    assert len(journal["heads"][0]["hash"]) == 8
    settings = json.loads(bundle.read("settings.json"))
    assert settings["till_number"] == 1
    assert settings["fields_of_a_newer_version"] == ["database"]
    assert settings["journal_url"] == "postgresql+psycopg://[hidden]@db.local/till"
    log = [json.loads(line) for line in bundle.read("logs/cashier.log").decode().splitlines()]
    assert any("PREPARED -> SENDING" in line.get("text", "") for line in log)
    crash = next(line for line in log if line.get("exception"))
    assert crash["exception"] == [
        "cashier/journal/ledger.py:7 add",
        "sqlalchemy.exc.IntegrityError",
    ]
    assert log[-1] == {"lines_that_are_none_of_the_log": 1}


def test_a_damaged_journal_is_told_of_and_not_needed(tmp_path: Path) -> None:
    folders = Folders(tmp_path, training=False)
    folders.make()
    folders.journal.write_bytes(b"my holiday pictures")
    folders.settings.write_text("{")
    target = tmp_path / "bundle.zip"
    written = run("--support-bundle", str(target), "--data-dir", str(tmp_path))
    assert written.returncode == 0, written.stderr
    with zipfile.ZipFile(target) as bundle:
        assert json.loads(bundle.read("settings.json"))["trouble"] == "settings_damaged"
        assert json.loads(bundle.read("journal.json"))["trouble"] == "journal_damaged"


def told_of_server(folder: Path, url: str) -> dict[str, object]:
    """What the file of a till with its journal there tells of it; the whole file is looked at."""
    folders = Folders(folder, training=False)
    folders.make()
    folders.settings.write_text(json.dumps({"cashier_settings": 1, "journal_url": url}))
    target = folder / "bundle.zip"
    written = run("--support-bundle", str(target), "--data-dir", str(folder))
    assert written.returncode == 0, written.stdout + written.stderr
    with zipfile.ZipFile(target) as bundle:
        text = everything(bundle)
        assert PERSON not in text
        assert "//till@" not in text
        told: dict[str, object] = json.loads(bundle.read("journal.json"))
        return told


def test_a_journal_on_a_server_is_told_of_as_well(tmp_path: Path, postgres: PostgresServer) -> None:
    url = postgres.database()
    journal = Journal.open(url, till="1", clock=SystemClock())
    person = Person("0" * 32, PERSON, Role.CASHIER)
    anyio.run(journal.write, lambda ledger: ledger.save_person(person))
    journal.close()
    told = told_of_server(tmp_path, url)
    assert told["schema"] == HEAD
    assert told["rows"]["people"] == 1  # type: ignore[index]  # as JSON has it
    assert told["is_whole"] is True


def test_a_server_that_is_away_is_told_of_too(tmp_path: Path) -> None:
    away = tmp_path / "nowhere"
    told = told_of_server(tmp_path, f"postgresql+psycopg://till@/till?host={away}")
    assert told["trouble"] == "journal_away"


def test_a_place_that_cannot_be_written_is_said_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    target = tmp_path / "file" / "bundle.zip"
    refused = run("--support-bundle", str(target), "--data-dir", str(tmp_path))
    assert refused.returncode == 1
    assert str(target) in only_line(refused)


@pytest.mark.parametrize(
    "text",
    [
        f"Authorization: Basic {HEADER}",
        f'"authorization": "Basic {HEADER}"',
        f"api_key={PIN}x",
        f"https://user:{PASSWORD}@host/x",
        f"card {CARD}",
        f"card {CARD.replace(' ', '-')}",
        f"password = {PASSWORD}",
    ],
)
def test_what_looks_like_a_secret_is_hidden(text: str) -> None:
    shown = hidden(text)
    for canary in (HEADER, PASSWORD, CARD, CARD.replace(" ", "-"), f"{PIN}x"):
        assert canary not in shown


def test_ids_hashes_and_sums_stay() -> None:
    text = "payment 0123456789abcdef0123456789abcdef 12050 at 2026-11-24T11:32:00 1234567890123456"
    assert hidden(text) == text
    assert without_names("moved 'Tea' to PAID") == "moved '…' to PAID"


def test_a_trace_keeps_its_places_and_its_kind_alone() -> None:
    trace = (
        'x\n  File "C:\\\\till\\\\cashier\\\\app.py", line 3, in run\n    go(key)\nValueError: key'
    )
    assert frames(trace) == ["till/cashier/app.py:3 run", "ValueError"]
