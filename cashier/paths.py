"""Where files live: what ships with the program, and what the till writes."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from cashier.domain.failure import CashierError, Failure

APP_NAME = "Cashier"


def resources() -> Path:
    """The folder of icons, fonts, translations and templates, frozen or not."""
    frozen = getattr(sys, "_MEIPASS", None)
    root = Path(frozen) if frozen else Path(__file__).resolve().parent.parent
    return root / "resources"


def machine_settings() -> Path | None:
    """The settings that an administrator laid beside the installed program, for every new till.

    None where the program is not an installed one.
    """
    if not getattr(sys, "frozen", False):
        return None
    return Path(sys.executable).parent / "settings.json"


def default_data_folder() -> Path:
    """The user's own folder for this program."""
    import platformdirs

    return Path(platformdirs.user_data_dir(APP_NAME, appauthor=False))


@dataclass(frozen=True, slots=True)
class Folders:
    """The till's folders. Training and real money never share one (`ledger`)."""

    root: Path
    training: bool

    @property
    def settings(self) -> Path:
        return self.root / "settings.json"

    @property
    def ledger(self) -> Path:
        """The journal, its lock and everything that belongs to one kind of money."""
        return self.root / ("training" if self.training else "live")

    @property
    def journal(self) -> Path:
        return self.ledger / "journal.db"

    def journal_url(self, server: str) -> str:
        """Where this kind of money has its journal; `server` ("" for none) is never training's."""
        return server if server and not self.training else f"sqlite:///{self.journal}"

    @property
    def backups(self) -> Path:
        """The verified copies of the journal (`journal.copies` makes the folder)."""
        return self.journal.parent / "backups"

    @property
    def anchor(self) -> Path:
        """The journal's newest hash, in a folder that is not the journal's."""
        return self.root / "anchors" / f"{self.ledger.name}.anchor"

    @property
    def key_file(self) -> Path:
        """Training's key where the machine has no key store."""
        return self.ledger / "key.json"

    @property
    def sandbox_state(self) -> Path:
        """What the training gateway remembers from one run to the next."""
        return self.ledger / "gateway.json"

    @property
    def logs(self) -> Path:
        return self.ledger / "logs"

    def make(self) -> None:
        """Make what is missing. Raises CashierError(FOLDER_UNWRITABLE)."""
        for folder in (self.root, self.ledger, self.anchor.parent, self.logs):
            try:
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                probe = folder / ".writable"
                probe.write_bytes(b"")
                probe.unlink()
            except OSError as error:
                raise CashierError(
                    Failure.FOLDER_UNWRITABLE, folder=str(folder), reason=error.strerror
                ) from error
