"""README's pictures of Setup and of what it installs: `build.py --windows --pictures`.

The wizard is gone through by keyboard once in each language; then the till sells in training.
"""

from __future__ import annotations

import shutil
import time
from pathlib import Path

from machines import Wine
from proof import Installation, installations, keys, open_till, wait, window
from steps import ROOT, run, step

FOLDER = ROOT / "resources" / "pictures"
TITLES = {"ru": "Установка Cashier", "en": "Cashier Setup"}
NUMBERS = {"ru": "1049", "en": "1033"}
"""Windows' numbers of the languages; Setup remembers the one it spoke and does not ask again."""
GOODS = ("Coffee", "2 * Past", "Boro", "3 * Dark", "2 * Still")
COLOURS = "64"


def take(machine: Wine, setup: Path) -> None:
    """Raises BuildError when a window that is waited for does not come."""
    user, _ = installations(machine)
    with step("pictures of Setup and of the installed program"):
        for language in TITLES:
            wizard(machine, setup, user, language)
            if language == "en":
                sale(machine, user)
            user.uninstall("/DELETE-JOURNAL")


def wizard(machine: Wine, setup: Path, place: Installation, language: str) -> None:
    """Go through the pages with Enter: two of them become a picture, side by side."""
    key = ("add", r"HKCU\Software\Cashier", "/v", "Language", "/d", NUMBERS[language], "/f")
    machine.run(Path("reg"), *key)
    running = machine.start(setup)
    number = window(machine, TITLES[language])
    pages = [machine.work / f"{page}.png" for page in ("welcome", "mode", "parts")]
    for page in pages:
        time.sleep(5)
        run(["import", "-window", number, page], env=machine.environment)
        keys(machine, "windowfocus", number, "key", "Return")
    wait((place.folder / "Uninstall.exe").exists, "the program")
    time.sleep(10)
    # The last page, where the start of the program is ticked and has the focus.
    keys(machine, "windowfocus", number, "key", "space", "key", "Return")
    running.wait(60)
    save([*pages[:1], *pages[2:]], f"setup-{language}")


def sale(machine: Wine, place: Installation) -> None:
    """A receipt being typed in the installed till."""
    shutil.rmtree(machine.folder("LOCALAPPDATA") / "Cashier", ignore_errors=True)
    till = open_till(machine, place)
    number = window(machine, "Cashier")
    time.sleep(5)
    keys(machine, "windowfocus", number)
    for typed in GOODS:
        keys(machine, "type", typed)
        time.sleep(3)
        keys(machine, "key", "Return")
        time.sleep(2)
    page = machine.work / "sale.png"
    run(["import", "-window", number, page], env=machine.environment)
    keys(machine, "key", "alt+F4")
    till.wait(60)
    save([page], "windows-en")


def save(pages: list[Path], name: str) -> None:
    """Few colours, and beside one another where there are two."""
    small = ("+append", "-strip", "+dither", "-colors", COLOURS)
    run(["convert", *pages, *small, f"PNG8:{FOLDER / name}.png"])
