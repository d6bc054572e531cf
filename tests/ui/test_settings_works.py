"""Whose work is inside, as Settings tells it."""

from __future__ import annotations

from pathlib import Path

from cashier.paths import resources
from cashier.ui.pages.settings_about import works


def test_from_source_it_is_the_fonts_and_the_icons() -> None:
    assert [work.key for work in works(resources())] == ["fonts", "icons"]


def test_the_installed_program_names_its_libraries_too(tmp_path: Path) -> None:
    for folder, name in (("fonts", "LICENSE"), ("icons", "LICENSE"), ("libraries", "LICENSES.txt")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text("as is", encoding="utf-8")
    assert [work.key for work in works(tmp_path)] == ["fonts", "icons", "libraries"]
