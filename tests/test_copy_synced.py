"""A copy gets its name only when all of it is safe on the disk."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.crashes import strace

CODE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from cashier.journal.chain import Head
from cashier.journal.copies import Reason, back_up
from cashier.journal.sqlite import dispose, open_reader
from tests.journal_samples import open_journal

folder = Path(sys.argv[1])
open_journal(folder).close()
source = open_reader(folder / "journal.db", busy=1)
back_up(folder / "journal.db", source, reason=Reason.ASKED, at=datetime.now(UTC), known=Head())
dispose(source)
"""


def test_the_whole_copy_is_synced_before_it_has_its_name(tmp_path: Path) -> None:
    strace.ensure()
    log = tmp_path / "calls"
    traced = ["strace", "-f", "-y", "-e", "trace=pwrite64,fsync,fdatasync,rename", "-o", str(log)]
    subprocess.run(
        [*traced, sys.executable, "-c", CODE, str(tmp_path / "live")], cwd=strace.ROOT, check=True
    )
    calls = [line.split(maxsplit=1)[1] for line in log.read_text("utf-8").splitlines()]
    named = next(
        at for at, call in enumerate(calls) if call.startswith("rename(") and ".db" in call
    )
    partial = calls[named].split('"')[1]
    of_copy = [call.partition("(")[0] for call in calls[:named] if f"{partial}>" in call]
    assert of_copy.count("pwrite64") > 10
    assert of_copy[-1] == "fsync"
