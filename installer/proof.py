"""What was built is installed, sold with, upgraded, refused and removed, as a shop would do it.

Everything happens in the Windows account it runs in, so not on a computer with a till of its own.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from freeze import version
from machines import Machine, Wine
from rights import descriptor, require_protected, writers
from setup_program import Signer, check_signature, make_setup, tampered
from steps import BuildError, require, run, say, step

IN_USE, OLDER, CONFIG = 3, 4, 6
PROGRAMS = ("cashier.exe", "cashier.com", "cashier.pkg", "_internal", "Uninstall.exe")
KEY = r"Software\Cashier"
UNINSTALL = r"Software\Microsoft\Windows\CurrentVersion\Uninstall\Cashier"
PLANTED = {"version.dll", "dwmapi.dll", "uxtheme.dll", "cryptbase.dll", "wintab32.dll"}
"""Libraries of Windows that programs are known to take from the wrong folder."""
PATIENCE = 90.0


@dataclass(frozen=True, slots=True)
class Installation:
    """Where a mode of installing puts things."""

    machine: Machine
    option: str
    folder: Path
    menu: Path
    startup: Path
    hive: str

    @property
    def console(self) -> Path:
        return self.folder / "cashier.com"

    def registered(self) -> str:
        """The version that Windows lists; empty for none."""
        query = ("query", rf"{self.hive}\{UNINSTALL}", "/v", "DisplayVersion")
        told = self.machine.run(Path("reg"), *query, expect=None)
        return told.split()[-1] if "DisplayVersion" in told else ""

    def require_there(self, number: str) -> None:
        """Raise BuildError unless it is installed whole, and Windows knows."""
        missing = [name for name in PROGRAMS if not (self.folder / name).exists()]
        require(not missing, f"not installed: {missing}")
        left = [path.name for path in self.folder.iterdir() if path.name.endswith(".old")]
        require(not left, f"left over from the version before: {left}")
        require(self.registered() == number, f"Windows lists «{self.registered()}», not {number}")
        require(shortcuts(self.menu), "no entry in the Start menu")
        told = json.loads(self.machine.run(self.console, "--version", "--json").splitlines()[-1])
        require(told["version"] == version() and told["is_installed"], f"it says of itself: {told}")

    def require_gone(self) -> None:
        """Raise BuildError when anything of the program is left."""
        require(not self.folder.exists(), f"left: {self.folder}")
        require(not self.registered(), "Windows still lists it")
        told = self.machine.run(Path("reg"), "query", rf"{self.hive}\{KEY}", expect=None)
        require("Version" not in told, "its registry key is left")
        require(not shortcuts(self.menu) + shortcuts(self.startup), "a shortcut is left")

    def setup(self, file: Path, *options: str, expect: int = 0) -> None:
        """Run a Setup.exe silently."""
        self.machine.run(file, "/S", self.option, *options, expect=expect)

    def uninstall(self, *options: str) -> None:
        """Run the uninstaller silently; it goes on after its first process has ended."""
        self.machine.run(self.folder / "Uninstall.exe", self.option, "/S", *options, expect=None)
        wait(lambda: not self.folder.exists(), "the uninstaller")


def installations(machine: Machine) -> tuple[Installation, Installation]:
    """Of one user, and of everybody."""
    menus = "Microsoft/Windows/Start Menu/Programs"
    own, everybodys = machine.folder("APPDATA") / menus, machine.folder("ProgramData") / menus
    programs = machine.folder("LOCALAPPDATA") / "Programs" / "Cashier"
    user = Installation(machine, "/CurrentUser", programs, own, own / "StartUp", "HKCU")
    programs = machine.folder("ProgramFiles") / "Cashier"
    common = everybodys / "StartUp"  # Windows' own spelling, which matters under wine
    return user, Installation(machine, "/AllUsers", programs, everybodys, common, "HKLM")


def shortcuts(folder: Path) -> list[str]:
    names = ("Cashier.lnk", "Касса.lnk")
    return [name for name in names if (folder / name).exists()]


def wait(holds: Callable[[], bool], what: str, patience: float = PATIENCE) -> None:
    end = time.monotonic() + patience
    while not holds():
        require(time.monotonic() < end, f"waited {patience:.0f} s for {what}")
        time.sleep(0.2)


def content(folder: Path) -> dict[str, str]:
    """The hash of every file of a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def prove(machine: Machine, folder: Path, setup: Path, signer: Signer | None) -> None:
    """All of it. Raises BuildError at the first thing that is not as promised."""
    user, everybody = installations(machine)
    data = machine.folder("LOCALAPPDATA") / "Cashier"
    require(not data.exists(), f"there is a till's data already: {data}")
    number = version()
    first, _, last = number.rpartition(".")
    newer_number = f"{first}.{int(last) + 1}"
    with step("a newer Setup.exe to upgrade with"):
        target = machine.work / "newer-Setup.exe"
        newer = make_setup(folder, target, number=newer_number, signer=None, quick=True)
    if signer is not None:
        require(not tampered(setup, signer), "a changed Setup.exe passes for signed")
        say("  a Setup.exe with one byte changed is refused")

    with step("installed silently for one user"):
        user.setup(setup)
        user.require_there(number)
        if signer is not None and os.name != "nt":
            for name in ("cashier.exe", "cashier.com", "Uninstall.exe"):
                check_signature(user.folder / name, signer)
    with step("sold with what was installed"):
        told = machine.run(user.console, "--self-test", "--data-dir", machine.path(data))
        require("self-test: passed" in told, told)
        told = machine.run(user.console, "--sandbox", "--verify-journal")
        require("all as their events say" in told, told)
    with step("libraries planted in the folders it works in are not loaded"):
        planted_libraries(machine, user)
    with step("trouble at the start of the window is said in a message box"):
        message_box(machine, user)
    with step("upgraded while the till is open: it is asked to close, and closes"):
        till = open_till(machine, user)
        unpacked = [path.name for path in machine.folder("TEMP").glob("_MEI*")]
        require(not unpacked, f"it unpacks itself into the temporary folder: {unpacked}")
        user.setup(newer, "/WAIT=60")
        require(till.wait(PATIENCE) == 0, "the till did not close well")
        user.require_there(newer_number)
    with step("an older version is refused"):
        before = content(user.folder)
        user.setup(setup, expect=OLDER)
        require(content(user.folder) == before, "the refused one changed files")
    if isinstance(machine, Wine):
        with step("with an open payment the till is asked, and not closed by force"):
            open_payment(machine, user, newer)
    with step("removed; the journal stays"):
        journal = content(data)
        require("training/journal.db" in journal, f"no journal in {data}")
        user.uninstall()
        user.require_gone()
        require(content(data) == journal, "the uninstaller touched the journal")

    with step("installed for everybody, with settings for every till and autostart"):
        settings = machine.work / "for-every-till.json"
        settings.write_text('{"cashier_settings": 1, "api_key": "secret"}', encoding="utf-8")
        given = f"/CONFIG={machine.path(settings)}"
        everybody.setup(newer, given, expect=CONFIG)
        everybody.require_gone()
        chosen = '{"cashier_settings": 1, "merchant_id": "proof", "shop_name": "Лавка"}'
        settings.write_text(chosen, encoding="utf-8")
        everybody.folder.mkdir()
        if isinstance(machine, Wine):
            everybody.folder.chmod(0o777)
            open_to = writers(descriptor(machine, everybody.folder))
            require("WD" in open_to, f"a folder open to everybody is open to {open_to}")
        everybody.setup(newer, given, "/AUTOSTART")
        everybody.require_there(newer_number)
        require_protected(machine, everybody.folder)
        require(shortcuts(everybody.startup), "it does not start with Windows")
        kept = (everybody.folder / "settings.json").read_bytes()
        require(kept == settings.read_bytes(), "the settings are not where they belong")
        told = machine.run(everybody.console, "--self-test")
        require("self-test: passed" in told, told)
    with step("a key is kept in Windows' own store for the merchant of those settings"):
        told = machine.run(everybody.console, "--set-key", given="0123456789abcdef\n")
        require("the key of proof is kept (store)" in told, told)
    with step("removed with the journal, asked in so many words"):
        everybody.uninstall("/DELETE-JOURNAL")
        everybody.require_gone()
        require(not data.exists(), "the journal is still there")


def open_till(
    machine: Machine, place: Installation, language: str = "en"
) -> subprocess.Popen[bytes]:
    """The window program in training, when its window is there."""
    data = machine.folder("LOCALAPPDATA") / "Cashier"
    log = data / "training" / "journal.db-wal"
    till = machine.start(place.folder / "cashier.exe", "--sandbox", "--language", language)
    wait(lambda: log.exists() or till.poll() is not None, "the till")
    if isinstance(machine, Wine):
        window(machine, "Cashier|Касса")
    else:
        time.sleep(5)
    require(till.poll() is None, "the till did not stay open")
    return till


def window(machine: Wine, title: str) -> str:
    """The number of the visible window with this title, once it is there."""
    found: list[str] = []

    def is_there() -> bool:
        search = ["xdotool", "search", "--onlyvisible", "--name", f"^({title})$"]
        found[:] = run(search, env=machine.environment, expect=None).split()
        return bool(found) and found[-1].isdigit()

    wait(is_there, f"the window «{title}»")
    return found[-1]


def keys(machine: Wine, *arguments: str) -> None:
    run(["xdotool", *arguments], env=machine.environment)


def picture(machine: Wine, target: Path) -> None:
    """What stands on the screen now."""
    run(["import", "-window", "root", target], env=machine.environment)


def planted_libraries(machine: Machine, place: Installation) -> None:
    """Sell in a folder, current and of the data, that has a broken copy of every library."""
    data = machine.work / "planted"
    data.mkdir(exist_ok=True)
    ours = {path.name for path in place.folder.rglob("*") if path.suffix in (".dll", ".pyd")}
    for name in ours | PLANTED:
        (data / name).write_bytes(b"no library")
    till = (place.console, "--self-test", "--data-dir", machine.path(data))
    told = machine.run(*till, cwd=data)
    require("self-test: passed" in told, told)


def message_box(machine: Machine, place: Installation) -> None:
    """A damaged settings file, which ends the start: the box is read, pressed away, and that ends
    the program with 1."""
    data = machine.work / "damaged"
    data.mkdir(exist_ok=True)
    (data / "settings.json").write_text("{", encoding="utf-8")
    if not isinstance(machine, Wine):
        say("  left out: nobody is here to press the box away")
        return
    till = machine.start(place.folder / "cashier.exe", "--data-dir", machine.path(data))
    box = window(machine, "Cashier")
    picture(machine, machine.work / "message-box.png")
    keys(machine, "windowfocus", box, "key", "Return")
    require(till.wait(PATIENCE) == 1, "the program did not end with 1")


def open_payment(machine: Wine, place: Installation, setup: Path) -> None:
    """Show a QR with the installed program; Setup waits, gives up, and the till goes on."""
    till = open_till(machine, place)
    number = window(machine, "Cashier")
    time.sleep(3)
    keys(machine, "windowfocus", number)
    for word in (("type", "Tea"), ("key", "F10"), ("type", "120,50"), ("key", "Return")):
        keys(machine, *word)
        time.sleep(1)
    picture(machine, machine.work / "installed-sale.png")
    keys(machine, "key", "F12")
    time.sleep(5)
    picture(machine, machine.work / "installed-payment.png")
    place.setup(setup, "/WAIT=10", expect=IN_USE)
    picture(machine, machine.work / "asked-to-close.png")
    require(till.poll() is None, "the till was closed under an open payment")
    # The cashier's own decision: F12 closes the till, the payment is followed at the next start.
    keys(machine, "windowfocus", number, "key", "F12")
    try:
        require(till.wait(PATIENCE) == 0, "the till did not close well")
    except subprocess.TimeoutExpired as error:
        raise BuildError("the till does not close when its cashier says so") from error
