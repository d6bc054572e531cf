"""The typeface: Segoe UI where Windows has it, the bundled Inter elsewhere."""

from __future__ import annotations

import sys

from PySide6.QtGui import QFont, QFontDatabase

from cashier import paths

SYSTEM_FAMILY = "Segoe UI"
BUNDLED_FAMILY = "Inter"


def load_fonts() -> list[str]:
    """Register the bundled font files; the families they brought. Needs a QGuiApplication."""
    families: list[str] = []
    for file in sorted((paths.resources() / "fonts").glob("*.ttf")):
        number = QFontDatabase.addApplicationFont(str(file))
        families += QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return sorted(set(families))


def base_font(px: int, *, bundled: bool = False) -> QFont:
    """The application font, `px` pixels, with digits of one width.

    `bundled` asks for Inter even where Segoe UI is present.
    """
    system = sys.platform == "win32" and not bundled and SYSTEM_FAMILY in QFontDatabase.families()
    font = QFont([SYSTEM_FAMILY, BUNDLED_FAMILY] if system else [BUNDLED_FAMILY])
    font.setPixelSize(px)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
