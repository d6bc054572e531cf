"""Who may write, read from the descriptors that Windows and wine give."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

INSTALLER = Path(__file__).resolve().parents[2] / "installer"


def writers(descriptor: str) -> list[str]:
    code = "import json, rights, sys; print(json.dumps(sorted(rights.writers(sys.argv[1]))))"
    command = [sys.executable, "-c", code, descriptor]
    done = subprocess.run(command, cwd=INSTALLER, capture_output=True, check=True, timeout=30)
    told: list[str] = json.loads(done.stdout)
    return told


INSTALLED = "O:BAG:DUD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)"


def test_what_setup_asks_for_lets_only_administrators_and_the_system_write() -> None:
    assert writers(INSTALLED) == ["BA", "SY"]
    script = (INSTALLER / "windows" / "setup.nsi").read_text(encoding="utf-8")
    assert "O:BAD:P" + INSTALLED.partition("PAI")[2] in script


@pytest.mark.parametrize(
    "rights", ["0x1301ff", "FA", "FW", "FRFW", "SD", "WD", "WO", "GA", "0x2", "XX"]
)
def test_a_right_to_change_anything_is_seen(rights: str) -> None:
    assert writers(f"O:SYD:(A;OICI;FR;;;SY)(A;OICIID;{rights};;;BU)") == ["BU"]


@pytest.mark.parametrize("rights", ["0x1200a9", "FR", "FX", "FRFX", "GRGX"])
def test_a_right_to_read_and_start_is_none_to_change(rights: str) -> None:
    assert writers(f"O:S-1-5-21-1-2-3-1000D:AI(A;ID;{rights};;;BU)") == []
    assert writers(f"D:(D;;FA;;;BU)(A;;{rights};;;WD)") == []
