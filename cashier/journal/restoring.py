"""A copy put in the place of the journal: at any moment there is the old one or the new one.

The new journal is made whole beside the old; a small file then says that it is to take over, and
from there on whoever opens the journal finishes the exchange. The old journal is renamed, never
deleted, and the anchor follows the new chain.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from sqlalchemy import Connection, update
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from cashier.domain.failure import CashierError, Failure
from cashier.domain.payment import PaymentState
from cashier.domain.refund import RefundState
from cashier.journal import copies, upgrade
from cashier.journal.anchor import Anchor
from cashier.journal.chain import Head
from cashier.journal.copies import Verified
from cashier.journal.epochs import RESTORE, RESTORED, SHIFT_FLOOR
from cashier.journal.ledger import Ledger
from cashier.journal.lock import JournalLock
from cashier.journal.lost import Numbers, numbers_given_out
from cashier.journal.schema import HEAD, shifts
from cashier.journal.sqlite import dispose, open_reader, open_writer, own_folder, translate
from cashier.journal.writing import Surroundings
from cashier.whole_file import replace_whole, sync_file, sync_folder

_PREPARED = "restoring.db"
_INTENT = "restoring.json"
_LEFT = "restoring.*"
_PARTS = ("", "-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Restored:
    """`kept`: where the journal that was here is now, None when there was none."""

    copy: Verified
    head: Head
    kept: Path | None


@dataclass(frozen=True, slots=True)
class _Exchange:
    """What is to be done, as it stands on the disk. `kept` is a name, "" for no old journal."""

    kept: str
    head: Head


def restore(
    journal: Path, copy: Path, *, anchor: Anchor, around: Surroundings, by: str, approver: str = ""
) -> Restored:
    """Put the copy in the place of the journal at that path, which no till has open.

    The copy is verified first and not touched. `by` and `approver` are for the record: people's
    ids, or the computer's account. Raises CashierError: SECOND_INSTANCE while a till is running,
    COPY_DAMAGED, JOURNAL_NEWER, DISK_FULL, JOURNAL_FAULT, FOLDER_UNWRITABLE; the journal is then
    as it was.
    """
    try:
        own_folder(journal.parent)
        lock = JournalLock(journal.with_suffix(".lock"))
    except OSError as error:
        raise CashierError(
            Failure.FOLDER_UNWRITABLE, folder=str(journal.parent), reason=error.strerror
        ) from error
    try:
        finish(journal, anchor)
        found = copies.verify_copy(copy)
        lost = numbers_given_out(journal, copy, found, known=anchor.read())
        head = _prepare(journal, copy, found, lost, around=around, by=by, approver=approver)
        kept = _kept_name(journal, around.clock.utc())
        _begin(journal, _Exchange(kept, head))
        finish(journal, anchor)
        for path in (journal.with_suffix(".lock"), anchor.path):
            _give_to_owner(path)
    except (sqlite3.Error, DBAPIError) as error:
        raise translate(error) from error
    except OSError as error:
        raise CashierError(Failure.JOURNAL_FAULT, reason=str(error)) from error
    finally:
        lock.release()
    return Restored(found, head, journal.with_name(kept) if kept else None)


def finish(journal: Path, anchor: Anchor | None) -> None:
    """Finish an exchange that was begun; take away what one that was not has left.

    Under the journal's lock. Raises OSError.
    """
    intent, prepared = journal.with_name(_INTENT), journal.with_name(_PREPARED)
    exchange = _read(intent)
    if exchange is None:
        for left in journal.parent.glob(_LEFT):
            left.unlink(missing_ok=True)
        return
    if prepared.exists():
        for part in _PARTS:
            old = journal.with_name(f"{journal.name}{part}")
            if exchange.kept and old.exists():
                old.replace(journal.with_name(f"{exchange.kept}{part}"))
        prepared.replace(journal)
        sync_folder(journal.parent)
    if anchor is not None:
        anchor.write(exchange.head)
    intent.unlink()
    sync_folder(journal.parent)


def _prepare(
    journal: Path,
    copy: Path,
    found: Verified,
    lost: Numbers,
    *,
    around: Surroundings,
    by: str,
    approver: str,
) -> Head:
    """The journal that is to be, complete and safe on the disk. Returns its newest event."""
    target = journal.with_name(_PREPARED)
    source = open_reader(copy, busy=1)
    try:
        copies.write_copy(source, target)
    finally:
        dispose(source)
    writer = open_writer(target, busy=1)
    try:
        if found.schema < HEAD:
            _migrate(writer, target)
        with writer.begin():
            ledger = Ledger(writer, found.till, around=around)
            facts = {
                "copied_at": found.at,
                "seq": found.head.seq,
                "hash": found.head.hash,
                "schema": found.schema,
                "lost": lost.events,
                "by": by,
                "approver": approver,
            }
            ledger.record(RESTORED, RESTORE, facts)
            _doubt(ledger, around.clock.utc())
            _skip_numbers(writer, ledger, found, lost)
            head = ledger.head()
        raw = cast("sqlite3.Connection", writer.connection.driver_connection)
        raw.execute("PRAGMA journal_mode = DELETE")  # what is in the log goes into the file
    finally:
        dispose(writer)
    copies.verify_copy(target, holding=head)
    _make_safe(target)
    return head


def _migrate(writer: Connection, target: Path) -> None:
    try:
        upgrade.migrate(writer)
    except SQLAlchemyError as error:
        raise CashierError(Failure.JOURNAL_FAULT, reason="migration", path=str(target)) from error


def _doubt(ledger: Ledger, now: datetime) -> None:
    """What had not left when the copy was made may have left after it: nothing here proves not.

    The next start makes what is being sent unknown and has it looked up, or decided on.
    """
    for payment in ledger.payments({PaymentState.PREPARED}):
        ledger.move(payment, PaymentState.SENDING, sent_at=now)
    for refund in ledger.refunds({RefundState.PREPARED}):
        ledger.move_refund(refund, RefundState.SENDING, sent_at=now)


def _skip_numbers(writer: Connection, ledger: Ledger, found: Verified, lost: Numbers) -> None:
    """No number of a shift or a receipt is given out twice."""
    ledger.set_note(f"{SHIFT_FLOOR}.{found.till.id}", str(lost.shift))
    shift = ledger.open_shift()
    if shift is not None:
        last = max(shift.last_receipt, lost.receipt)
        writer.execute(update(shifts).where(shifts.c.id == shift.id).values(last_receipt=last))


def _begin(journal: Path, exchange: _Exchange) -> None:
    """From this moment on the new journal is the journal."""
    told = {"kept": exchange.kept, "seq": exchange.head.seq, "hash": exchange.head.hash}
    replace_whole(journal.with_name(_INTENT), json.dumps(told).encode())


def _read(intent: Path) -> _Exchange | None:
    try:
        told = json.loads(intent.read_bytes())
        return _Exchange(str(told["kept"]), Head(int(told["seq"]), str(told["hash"])))
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise OSError(f"{intent} cannot be read") from error


def _kept_name(journal: Path, now: datetime) -> str:
    if not any(journal.with_name(f"{journal.name}{part}").exists() for part in _PARTS):
        return ""
    made = f"{journal.stem}-replaced-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    number = 1
    while journal.with_name(name := f"{made}{'' if number == 1 else f'-{number}'}.db").exists():
        number += 1
    return name


def _make_safe(path: Path) -> None:
    """Synced, and its folder's owner's."""
    sync_file(path)
    _give_to_owner(path)
    sync_folder(path.parent)


def _give_to_owner(path: Path) -> None:
    """Where an administrator runs this for the till's user: whoever has the folder has the file."""
    if sys.platform != "win32" and os.geteuid() == 0 and path.exists():
        owner = path.parent.stat()
        os.chown(path, owner.st_uid, owner.st_gid)
