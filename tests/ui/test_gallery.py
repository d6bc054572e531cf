from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from cashier.ui.theme import Theme


@pytest.mark.parametrize(("theme", "scale"), [("light", 100), ("dark", 125)])
def test_every_part_of_the_kit_can_be_drawn(tmp_path: Path, theme: str, scale: int) -> None:
    out = tmp_path / "kit.png"
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.gallery", out, "--theme", theme, "--scale", str(scale)],
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said = done.stderr.replace("This plugin does not support propagateSizeHints()", "")
    assert said.strip() == ""
    assert QImage(str(out)).width() == Theme(scale=scale).px(1366)
