"""The typeface: Segoe UI where Windows has it, the bundled Inter elsewhere."""

from __future__ import annotations

import re
import sys

from PySide6.QtGui import QFont, QFontDatabase

from cashier import paths

SYSTEM_FAMILY = "Segoe UI"
BUNDLED_FAMILY = "Inter"

_TABULAR = QFont.Tag("tnum")
_INNER_HYPHEN = re.compile(r"\w-\w")


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
    font.setFeature(_TABULAR, 1)
    return font


def text_font(font: QFont, text: str) -> QFont:
    """The font to write `text` with.

    Inter's digits of one width bring a hyphen as wide as a digit, which tears words and numbers
    apart («Кол - во», «187 - 058»): a text with a hyphen inside gives them up.
    """
    if not has_inner_hyphen(text):
        return font
    plain = QFont(font)
    plain.setFeature(_TABULAR, 0)
    return plain


def has_inner_hyphen(text: str) -> bool:
    """Whether a hyphen stands between letters or digits somewhere."""
    return _INNER_HYPHEN.search(text) is not None


def feature_font(text: str) -> QFont:
    """A font that decides nothing but the digits' width, to lay over a style sheet's font."""
    font = QFont()
    font.setFeature(_TABULAR, 0 if has_inner_hyphen(text) else 1)
    return font
