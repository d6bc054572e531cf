"""Pin what a release is made of: `python installer/requirements/update.py` (needs `uv`).

Writes one file for each purpose and system: every version and the hash of every file of it, without
the name of a registry. Run it when `pyproject.toml` has changed, or to take newer versions, and
look through what it changed before it is committed.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
PROJECT = FOLDER.parent.parent / "pyproject.toml"
SYSTEMS = {"linux": "x86_64-manylinux_2_34", "windows": "x86_64-pc-windows-msvc"}


def purposes() -> dict[str, list[str]]:
    """What the program needs, what makes it, and what tests it."""
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    return {
        "program": project["dependencies"],
        "build": extras["build"],
        "test": [*project["dependencies"], *extras["dev"]],
    }


def main() -> int:
    for purpose, needs in purposes().items():
        for system, platform in SYSTEMS.items():
            target = FOLDER / f"{purpose}-{system}.txt"
            command = [
                *("uv", "pip", "compile", "--quiet", "--upgrade", "--generate-hashes"),
                *("--no-header", "--no-annotate", "--no-emit-find-links", "--no-emit-index-url"),
                *("--python-version", "3.11", "--python-platform", platform),
                *("--output-file", str(target), "-"),
            ]
            print(f"{target.name} ...", flush=True)
            done = subprocess.run(command, input="\n".join(needs).encode(), check=False)
            if done.returncode:
                return done.returncode
            target.write_text(target.read_text("utf-8").strip() + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
