"""The program as it is started: one clear line for each trouble, nothing lost."""

from __future__ import annotations

import json
import os
import select
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import anyio

import cashier
from cashier.clock import SystemClock
from cashier.elevation import is_elevated
from cashier.journal.copies import Reason
from cashier.journal.journal import Journal
from cashier.journal.schema import HEAD
from cashier.paths import Folders
from tests.virtual_clock import VirtualClock


def run(
    *arguments: str, environment: dict[str, str] | None = None, typed: str = ""
) -> subprocess.CompletedProcess[str]:
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith("CASHIER_")
    }
    return subprocess.run(
        [sys.executable, "-m", "cashier", *arguments],
        env={**inherited, "QT_QPA_PLATFORM": "offscreen", **(environment or {})},
        input=typed,
        capture_output=True,
        text=True,
        timeout=55,
        check=False,
    )


def only_line(result: subprocess.CompletedProcess[str]) -> str:
    lines = [line for line in result.stderr.splitlines() if "propagateSizeHints" not in line]
    assert len(lines) == 1, result.stderr
    return lines[0]


def test_version_is_printed() -> None:
    result = run("--version")
    assert (result.returncode, result.stdout.strip()) == (0, f"cashier {cashier.__version__}")


def test_the_version_for_a_program_is_json_with_the_journals_revision() -> None:
    result = run("--version", "--json")
    assert result.returncode == 0
    told = json.loads(result.stdout)
    assert told["version"] == cashier.__version__
    assert told["journal"] == HEAD
    assert told["is_installed"] is False
    assert run("--json").returncode == 2


def test_a_settings_file_for_all_tills_is_checked_before_it_is_rolled_out(tmp_path: Path) -> None:
    file = tmp_path / "for all.json"
    file.write_text('{"cashier_settings": 1, "shop_name": "Corner"}')
    assert run("--check-settings", str(file)).returncode == 0
    file.write_text('{"cashier_settings": 1, "api_key": "0123456789abcdef"}')
    refused = run("--check-settings", str(file))
    assert refused.returncode == 1
    assert "api_key" in only_line(refused)
    assert "0123456789abcdef" not in refused.stderr
    assert run("--check-settings", str(tmp_path / "none")).returncode == 1


def test_what_the_output_cannot_spell_is_no_trouble(tmp_path: Path) -> None:
    """A pipe on Windows speaks 256 letters; the rouble sign of the total is none of them."""
    narrow = {"PYTHONIOENCODING": "ascii"}
    result = run("--self-test", "--data-dir", str(tmp_path), environment=narrow)
    assert result.returncode == 0, result.stdout + result.stderr


def test_bad_arguments_get_one_line_and_exit_code_2() -> None:
    assert run("--nonsense").returncode == 2
    result = run("--sandbox", "--base-url", "http://127.0.0.1:1/api/v2")
    assert result.returncode == 2
    assert "--base-url" in only_line(result)


def test_the_self_test_sells_once(tmp_path: Path) -> None:
    result = run("--self-test", "--data-dir", str(tmp_path))
    assert result.returncode == 0, result.stdout + result.stderr
    assert "self-test: passed" in result.stdout


def test_an_unwritable_folder_is_named(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    result = run("--sandbox", "--data-dir", str(blocked / "till"))
    assert result.returncode == 1
    assert str(blocked) in only_line(result)


def test_a_second_instance_is_turned_away(tmp_path: Path) -> None:
    folders = Folders(tmp_path, training=True)
    folders.make()
    journal = Journal.open(f"sqlite:///{folders.journal}", till="1", clock=VirtualClock())
    try:
        result = run("--sandbox", "--data-dir", str(tmp_path))
    finally:
        journal.close()
    assert result.returncode == 1
    assert "already" in only_line(result)


def test_damaged_settings_are_named_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text('{"cashier_settings": 1, "theme": ')
    result = run("--data-dir", str(tmp_path))
    assert result.returncode == 1
    assert str(file) in only_line(result)
    assert file.read_text() == '{"cashier_settings": 1, "theme": '


def test_a_gateway_address_that_is_not_one_is_refused(tmp_path: Path) -> None:
    result = run("--data-dir", str(tmp_path), "--base-url", "http://example.com/api/v2")
    assert result.returncode == 1
    assert "example.com" in only_line(result)


def test_no_display_is_said_in_a_line(tmp_path: Path) -> None:
    empty = {"QT_QPA_PLATFORM": "", "DISPLAY": "", "WAYLAND_DISPLAY": ""}
    result = run("--data-dir", str(tmp_path), environment=empty)
    assert result.returncode == 1
    assert "no screen" in only_line(result)


def test_a_key_is_taken_from_the_input_and_never_printed(tmp_path: Path) -> None:
    settings = {
        "cashier_settings": 1,
        "merchant_id": "training-merchant",
        "base_url": "http://127.0.0.1:9/api/v2",
    }
    (tmp_path / "settings.json").write_text(json.dumps(settings))
    key = "0123456789abcdef0123456789abcdef"
    result = run("--set-key", "--data-dir", str(tmp_path), typed=key + "\n")
    assert result.returncode == 0, result.stderr
    assert key not in result.stdout + result.stderr
    refused = run("--set-key", "--data-dir", str(tmp_path), typed="\n")
    assert refused.returncode == 1


def test_ctrl_c_in_the_terminal_closes_the_till(tmp_path: Path) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(
        [sys.executable, "-m", "cashier", "--sandbox", "--data-dir", str(tmp_path)],
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        known = tmp_path / "training" / "gateway.json"
        end = time.monotonic() + 40
        while not known.exists() and time.monotonic() < end:
            process.poll()
            select.select([], [], [], 0.1)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0


def test_g11_the_journal_is_checked_and_a_changed_byte_is_named(tmp_path: Path) -> None:
    assert run("--self-test", "--data-dir", str(tmp_path)).returncode == 0
    where = ("--sandbox", "--data-dir", str(tmp_path))
    whole = run("--verify-journal", *where)
    assert whole.returncode == 0, whole.stdout + whole.stderr
    assert "1 payments, 1 refunds" in whole.stdout
    with closing(sqlite3.connect(Folders(tmp_path, training=True).journal)) as connection:
        assert connection.execute("SELECT state FROM refunds").fetchall() == [("SUCCEEDED",)]
    with sqlite3.connect(Folders(tmp_path, training=True).journal) as connection:
        triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'payments'"
        for (name,) in connection.execute(triggers).fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE payments SET amount = amount + 1")
    connection.close()
    changed = run("--verify-journal", *where)
    assert changed.returncode == 1
    assert "payment" in changed.stdout
    assert "amount" in changed.stdout


def test_a_journal_that_is_not_there_is_said_in_a_line(tmp_path: Path) -> None:
    result = run("--verify-journal", "--data-dir", str(tmp_path))
    assert result.returncode == 1
    assert str(tmp_path) in only_line(result)


def test_a_forgotten_pin_is_emptied_with_the_rights_over_the_machine(tmp_path: Path) -> None:
    assert run("--self-test", "--data-dir", str(tmp_path)).returncode == 0
    where = ("--sandbox", "--data-dir", str(tmp_path))
    result = run("--reset-administrator", *where)
    if not is_elevated():
        assert result.returncode == 1
        assert "administrator of this computer" in only_line(result)
        return
    assert result.returncode == 0, result.stderr
    assert "is empty" in result.stdout
    nobody = run("--reset-administrator", "Nobody", *where)
    assert nobody.returncode == 1
    assert "called that" in only_line(nobody)
    assert run("--verify-journal", *where).returncode == 0


def test_a_backup_is_listed_and_put_back_with_the_rights_over_the_machine(tmp_path: Path) -> None:
    assert run("--self-test", "--data-dir", str(tmp_path)).returncode == 0
    folders = Folders(tmp_path, training=True)
    where = ("--sandbox", "--data-dir", str(tmp_path))
    journal = Journal.open(
        f"sqlite:///{folders.journal}", till="1", clock=SystemClock(), anchor=folders.anchor
    )
    copy = anyio.run(journal.back_up, Reason.DAILY)
    running = run("--restore-backup", copy.path.name, *where)
    journal.close()
    listed = run("--list-backups", *where)
    assert listed.returncode == 0
    [line] = listed.stdout.splitlines()
    assert line.startswith(copy.path.name)
    assert " daily " in line
    restored = run("--restore-backup", copy.path.name, *where)
    if not is_elevated():
        assert restored.returncode == running.returncode == 1
        assert "administrator" in only_line(restored)
        return
    assert running.returncode == 1
    assert "already running" in only_line(running)
    assert restored.returncode == 0, restored.stderr
    assert "refunds wait" in restored.stdout
    assert len(list(folders.ledger.glob("journal-replaced-*.db"))) == 1
    whole = run("--verify-journal", *where)
    assert whole.returncode == 0, whole.stdout
    missing = run("--restore-backup", str(tmp_path / "none.db"), *where)
    assert missing.returncode == 1
    assert "not whole" in only_line(missing)


def test_a_journal_on_a_server_has_its_copies_there(tmp_path: Path) -> None:
    settings = {"cashier_settings": 1, "journal_url": "postgresql+psycopg://till@db.local/till"}
    (tmp_path / "settings.json").write_text(json.dumps(settings))
    listed = run("--list-backups", "--data-dir", str(tmp_path))
    assert listed.returncode == 1
    assert "on a server" in only_line(listed)
    if is_elevated():
        refused = run("--restore-backup", "x.db", "--data-dir", str(tmp_path))
        assert refused.returncode == 1
        assert "on a server" in only_line(refused)
