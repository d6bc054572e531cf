"""The look that widgets have in tests: light, 100 %, without motion, and reset before each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from cashier.ui.theme import ThemeController, ThemeName, controller


@pytest.fixture
def themed(qapp: QApplication) -> Iterator[ThemeController]:
    """The application's theme controller, put back to light and 100 % afterwards."""
    found = controller() or ThemeController(qapp, name=ThemeName.LIGHT)
    found.choose(ThemeName.LIGHT, scale=100, touch=False, animated=True)
    yield found
    found.choose(ThemeName.LIGHT, scale=100, touch=False, animated=True)
