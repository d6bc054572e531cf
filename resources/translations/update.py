"""For maintainers: collect the texts of the screens, and build what the program loads.

`python resources/translations/update.py` renews the .ts files from the source and writes the .qm
files beside them. `--check` changes nothing and fails when a text is new, gone or untranslated.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET  # our own files only
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
LANGUAGES = ("ru", "en")


def tool(name: str) -> str:
    """The program of PySide6 beside this interpreter. SystemExit when it is missing."""
    beside = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    if beside is None:
        raise SystemExit(f"{name} is missing: install PySide6-Essentials")
    return beside


def sources() -> list[str]:
    """The files with texts, in a fixed order."""
    return [str(file.relative_to(ROOT)) for file in sorted((ROOT / "cashier/ui").rglob("*.py"))]


def collect(language: str, file: Path) -> None:
    """Renew `file` from the source; the English one only holds the plurals."""
    plurals = ["-pluralonly"] if language == "en" else []
    arguments = [*sources(), "-locations", "none", "-no-obsolete", *plurals]
    run(["pyside6-lupdate", *arguments, "-target-language", language, "-ts", str(file)])


def run(command: Sequence[str]) -> None:
    """Run one of the tools in the root of the project, silently unless it fails."""
    subprocess.run(  # noqa: S603  # fixed programs
        [tool(command[0]), *command[1:]], cwd=ROOT, check=True, capture_output=True, text=True
    )


def unfinished(file: Path) -> list[str]:
    """The source texts of `file` that wait for a translation."""
    tree = ET.parse(file)  # noqa: S314  # our own file
    waiting: list[str] = []
    for message in tree.iter("message"):
        translation = message.find("translation")
        if translation is None or translation.get("type") == "unfinished":
            waiting.append(message.findtext("source", ""))
    return waiting


def update() -> None:
    """Renew both languages and build them."""
    for language in LANGUAGES:
        file = HERE / f"cashier_{language}.ts"
        collect(language, file)
        run(["pyside6-lrelease", str(file), "-qm", str(file.with_suffix(".qm"))])


def differences() -> list[str]:
    """One line for each text that is new, gone or untranslated."""
    found: list[str] = []
    for language in LANGUAGES:
        file = HERE / f"cashier_{language}.ts"
        with tempfile.TemporaryDirectory() as folder:
            fresh = Path(folder) / file.name
            shutil.copy(file, fresh)
            collect(language, fresh)
            found += [f"{file.name}: untranslated: {text}" for text in unfinished(fresh)]
            if fresh.read_text("utf-8") != file.read_text("utf-8"):
                found.append(f"{file.name}: run update.py")
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Collect and build the translations.")
    parser.add_argument("--check", action="store_true", help="change nothing, report differences")
    options = parser.parse_args(arguments)
    if not options.check:
        update()
        return 0
    found = differences()
    sys.stderr.writelines(f"{line}\n" for line in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
