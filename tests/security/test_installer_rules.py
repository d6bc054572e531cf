"""What the scripts of the installer say of rights, signatures and versions (controls 25, 26).

They are run by `installer/build.py`, which proves them on a machine; this keeps them from being
dropped in silence.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

INSTALLER = Path(__file__).parents[2] / "installer"


def test_one_folder_is_frozen_and_never_one_file() -> None:
    """One file would unpack itself into a folder that others may write to."""
    spec = (INSTALLER / "cashier.spec").read_text(encoding="utf-8")
    programs = re.findall(r"\bEXE\((.*?)\n    \)", spec, re.DOTALL)
    assert programs
    assert all("exclude_binaries=True" in one for one in programs)
    assert "COLLECT(" in spec
    assert "runtime_tmpdir" not in spec


def test_the_per_machine_install_gives_users_no_right_to_write() -> None:
    script = (INSTALLER / "windows" / "setup.nsi").read_text(encoding="utf-8")
    [owner, entries] = re.findall(r'!define RIGHTS "O:(..)D:P((?:\([^)]*\))+)"', script)[0]
    assert owner == "BA"
    given = {
        entry.split(";")[5]: entry.split(";")[2] for entry in re.findall(r"\(([^)]*)\)", entries)
    }
    assert given == {"SY": "FA", "BA": "FA", "BU": "0x1200a9"}  # 0x1200a9: read and start
    assert "SetNamedSecurityInfoW" in script


def test_what_was_signed_is_checked_and_an_older_version_is_refused() -> None:
    called = {
        node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        for path in (INSTALLER / "proof.py", INSTALLER / "build.py", INSTALLER / "setup_program.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    }
    assert {"check_signature", "tampered"} <= called
    script = (INSTALLER / "windows" / "setup.nsi").read_text(encoding="utf-8")
    assert "A newer version is installed already" in script
