"""Command lines about the journal's copies, and the file for whoever helps."""

from __future__ import annotations

import sys
import uuid
from datetime import UTC, datetime
from pathlib import Path

from cashier.paths import Folders, default_data_folder

OK, FAILED = 0, 1
_SERVERS_OWN = "the journal is on a server: its copies are made and put back there"


def list_backups(data_folder: Path | None, *, training: bool) -> int:
    """One line for each verified copy, the newest first."""
    from cashier.journal.copies import copies_of

    folders = Folders(data_folder or default_data_folder(), training=training)
    if _is_on_server(folders):
        return _say(_SERVERS_OWN)
    for copy in copies_of(folders.journal):
        made = f"{copy.taken_at.astimezone():%Y-%m-%d %H:%M:%S}"
        print(f"{copy.path.name}  {made}  {copy.reason.value}  {copy.seq} events  {copy.size} B")
    return OK


def restore_backup(data_folder: Path | None, file: Path, *, training: bool) -> int:
    """Put a copy, by its path or its name in the list, in the journal's place.

    Needs the rights of the operating system's administrator. Raises CashierError as
    `journal.restoring.restore`; the journal is then as it was.
    """
    from cashier import elevation
    from cashier.clock import SystemClock
    from cashier.journal.anchor import Anchor
    from cashier.journal.restoring import restore
    from cashier.journal.writing import Surroundings

    folders = Folders(data_folder or default_data_folder(), training=training)
    if not elevation.is_elevated():
        return _say("run this as an administrator of this computer")
    if _is_on_server(folders):
        return _say(_SERVERS_OWN)
    named = folders.backups / file.name
    copy = named if not file.exists() and named.exists() else file
    folders.make()
    around = Surroundings(SystemClock(), lambda: uuid.uuid4().hex, lambda: None)
    restored = restore(
        folders.journal,
        copy,
        anchor=Anchor(folders.anchor),
        around=around,
        by=elevation.account(),
    )
    print(f"cashier: the journal is that of {restored.copy.at:%Y-%m-%d %H:%M:%S} UTC again")
    if restored.kept is not None:
        print(f"cashier: the journal that was there is {restored.kept}")
    print("cashier: refunds wait until a manager has reconciled; the till shows how")
    return OK


def support_bundle(data_folder: Path | None, file: Path, *, training: bool) -> int:
    """Write the file for whoever helps; without a name, into the folder this is called in."""
    from cashier import settings, support
    from cashier.credentials import KeyStore
    from cashier.domain.failure import CashierError
    from cashier.logs import register_secret

    folders = Folders(data_folder or default_data_folder(), training=training)
    now = datetime.now(UTC)
    target = file if file.name else Path(f"cashier-support-{now:%Y%m%d-%H%M%S}.zip")
    try:
        saved = settings.load(folders.settings)
        store = KeyStore(training_file=folders.key_file if training else None)
        found = store.read(saved.merchant_id)
        if found is not None:
            register_secret(found.key.reveal())
    except CashierError:
        pass  # what is wrong with them stands in the file; what looks like a key is hidden anyway
    try:
        written = support.write_bundle(folders, target, now=now)
    except OSError as error:
        return _say(f"{target} cannot be written: {error.strerror}")
    print(f"cashier: {written.absolute()}")
    return OK


def move_journal(data_folder: Path | None, url: str) -> int:
    """Move the journal of real payments to a server that tills share, and prove it.

    The password, if the server wants one, is libpq's own affair: ~/.pgpass (on Windows
    %APPDATA%\\postgresql\\pgpass.conf) or PGPASSWORD. Raises CashierError as `journal.moving.move`
    does; SETTINGS_DAMAGED, FIELD_INVALID for an address that cannot be one or has a password.
    """
    from dataclasses import replace

    from cashier import settings
    from cashier.clock import SystemClock
    from cashier.journal.moving import move

    folders = Folders(data_folder or default_data_folder(), training=False)
    saved = settings.load(folders.settings)
    replace(saved, journal_url=url)
    if saved.journal_url:
        return _say(f"the journal is on a server already: {saved.journal_url}")
    if not folders.journal.exists():
        return _say(f"there is no journal at {folders.journal}")
    done = move(
        folders.journal,
        url,
        anchor=folders.anchor,
        clock=SystemClock(),
        switch=lambda place: settings.switch_journal(folders.settings, place),
    )
    for table, count in done.rows.items():
        print(f"  {table}: {count}, all the same on the server")
    digits = done.head.hash[-8:]
    print(f"cashier: till {done.till} is on the server, {done.head.seq} events, hash {digits}")
    print(f"cashier: the old journal is kept as {done.kept} and is not used any more")
    return OK


def _is_on_server(folders: Folders) -> bool:
    """Whether the settings name a server. Raises CashierError(SETTINGS_DAMAGED)."""
    from cashier import settings

    return bool(settings.load(folders.settings).journal_url) and not folders.training


def _say(text: str) -> int:
    print(f"cashier: {text}", file=sys.stderr)
    return FAILED
