"""What the program does from a command line without a window. Each returns the exit code."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from cashier import __version__
from cashier.domain.failure import CashierError, Failure
from cashier.paths import Folders, default_data_folder, machine_settings

if TYPE_CHECKING:
    from cashier.journal.verify import Problem

OK, FAILED = 0, 1


def print_version(*, as_json: bool) -> int:
    """The version; as JSON with the journal's revision and what it runs on."""
    if not as_json:
        print(f"cashier {__version__}")
        return OK
    import json
    import platform
    import ssl

    from cashier.journal.schema import HEAD

    parts = {
        "name": "cashier",
        "version": __version__,
        "journal": HEAD,
        "is_installed": machine_settings() is not None,
        "system": platform.platform(),
        "python": platform.python_version(),
        "tls": ssl.OPENSSL_VERSION,
    }
    print(json.dumps(parts))
    return OK


def check_settings(file: Path) -> int:
    """Whether every till of a computer may begin with this file. Raises CashierError."""
    from cashier import settings

    if not file.is_file():
        return _say(f"there is no file {file}")
    settings.load_machine(file)
    print(f"cashier: {file} can be used")
    return OK


def set_key(data_folder: Path | None) -> int:
    """Keep the key that stands on the standard input, for the merchant of the settings."""
    from cashier import settings
    from cashier.credentials import ApiKey, KeyStore, merchant_from

    root = data_folder or default_data_folder()
    saved = settings.load(Folders(root, training=False).settings)
    merchant_id = saved.merchant_id or merchant_from(os.environ)
    if not merchant_id:
        return _say("no merchant id yet: start the till once, then set the key")
    text = sys.stdin.readline().strip()
    try:
        key = ApiKey(text)
    except ValueError:
        return _say("what was read is not an API key")
    folders = Folders(root, training=saved.is_training)
    folders.make()
    place = KeyStore(training_file=folders.key_file if folders.training else None).write(
        merchant_id, key
    )
    print(f"cashier: the key of {merchant_id} is kept ({place.value})")
    return OK


def verify_journal(data_folder: Path | None, *, training: bool) -> int:
    """Check the whole journal, also beside a running till, and name everything that is wrong.

    Raises CashierError as `journal.verify.verify` does.
    """
    from cashier.journal.verify import verify

    folders = Folders(data_folder or default_data_folder(), training=training)
    url = _journal_url(folders)
    if url is None:
        return _say(f"there is no journal at {folders.journal}")
    report = verify(url, folders.anchor)
    for one in report.heads:
        digits = one.head.hash[-8:]
        print(f"till {one.till}: {one.head.seq} events, the last hash ends in {digits}")
    if report.is_whole:
        print(f"{report.payments} payments, {report.refunds} refunds: all as their events say")
    for problem in report.problems:
        print(f"  {_problem_text(problem)}")
    return OK if report.is_whole else FAILED


def reset_administrator(data_folder: Path | None, name: str, *, training: bool) -> int:
    """Empty an administrator's PIN; the next start asks for a new one.

    Needs the rights of the operating system's administrator. Raises CashierError as the journal
    does: SECOND_INSTANCE while a till is running on it.
    """
    import anyio

    from cashier import elevation
    from cashier.clock import SystemClock
    from cashier.journal.journal import Journal
    from cashier.services.staff import reset_administrator as reset

    folders = Folders(data_folder or default_data_folder(), training=training)
    if not elevation.is_elevated():
        return _say("run this as an administrator of this computer")
    url = _journal_url(folders)
    if url is None:
        return _say(f"there is no journal at {folders.journal}")

    async def run(journal: Journal) -> str:
        person = await reset(
            journal, name=name, is_elevated=elevation.is_elevated(), by=elevation.account()
        )
        return person.name

    journal = Journal.open(
        url,
        till=_till_name(folders),
        clock=SystemClock(),
        anchor=folders.anchor,
    )
    try:
        found = anyio.run(run, journal)
    except CashierError as error:
        if error.failure is Failure.NOT_FOUND:
            return _say("not exactly one administrator is called that: give the whole name")
        raise
    finally:
        journal.close()
    print(f"cashier: the PIN of {found} is empty; the next start of the till asks for a new one")
    return OK


def _journal_url(folders: Folders) -> str | None:
    """Where the journal is; None where there is no file of it."""
    from cashier import settings, wiring

    wiring.finish_move(folders)
    url = folders.journal_url(settings.load(folders.settings).journal_url)
    return url if not url.startswith("sqlite:///") or folders.journal.exists() else None


def _till_name(folders: Folders) -> str:
    from cashier import settings

    return str(settings.load(folders.settings).till_number)


def _problem_text(problem: Problem) -> str:
    about = " ".join(filter(None, (problem.kind, problem.subject, ", ".join(problem.fields))))
    where = f"till {problem.till}, event {problem.seq}" if problem.seq else problem.till
    return ": ".join(filter(None, (problem.wrong.value, where, about, problem.detail)))


def _say(text: str) -> int:
    print(f"cashier: {text}", file=sys.stderr)
    return FAILED
