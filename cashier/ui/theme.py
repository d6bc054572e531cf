"""How everything looks: the two palettes, the sizes, and the one style sheet made of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from math import floor
from types import MappingProxyType

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from cashier import paths
from cashier.ui.fonts import base_font, load_fonts

SCALES = (90, 100, 110, 125, 150)
BODY_PX = 15


class ThemeName(StrEnum):
    """A palette, or the wish to follow the system's."""

    LIGHT = "light"
    DARK = "dark"
    SYSTEM = "system"


_TOKENS = """
canvas       #F1F3F6 #0E1116   surface      #FFFFFF #171B22   surface-2    #F7F8FA #1D222A
surface-3    #E6E9EE #2A303A   line         #DCE0E6 #2B313B   line-strong  #7F8896 #727D8D
text         #12151A #F3F5F8   text-2       #474F5C #BAC2CD   text-3       #616977 #97A0AE
text-off     #8A93A1 #6B7482   accent       #1B55D3 #2F68E4   accent-hover #1648B8 #376FE6
accent-press #113A97 #2557C6   on-accent    #FFFFFF #FFFFFF   accent-text  #1648B8 #93B6FF
accent-soft  #E6EDFC #1A2947   ok           #0B7743 #128050   ok-press     #095F36 #0D6A41
on-ok        #FFFFFF #FFFFFF   ok-text      #08613A #62D89C   ok-soft      #E0F3E8 #12301F
warn         #A86800 #E0A335   warn-text    #7A4B00 #F4C667   warn-soft    #FFF1D6 #32270F
warn-line    #B97A10 #B8852B   bad          #BE2A2A #CC3B3B   bad-press    #9C1F1F #AD2E2E
on-bad       #FFFFFF #FFFFFF   bad-text     #9C1F1F #FF9F98   bad-soft     #FCE8E6 #3B1B1C
refund       #6941BE #9B7BE8   refund-text  #54319E #C6AEFF   refund-soft  #EFE9FB #2A2144
mute-text    #474F5C #BAC2CD   mute-soft    #E9ECF1 #2A303A   chart        #6B8FE3 #5B83E0
focus        #1B55D3 #93B6FF   scrim        #8C12151A #9E000000
stage-ok     #0B7743 #0A5C37   stage-ok-2   #0A6B3C #084C2D
on-stage     #FFFFFF #FFFFFF   on-stage-2   #DDF2E6 #CFEBDB   stage-ink    #084C2D #084C2D
ink          #12151A #12151A
"""

_CELL = re.compile(r"(\S+)\s+(#\S+)\s+(#\S+)")
_LIGHT, _DARK = (
    MappingProxyType({cell[1]: cell[column] for cell in _CELL.finditer(_TOKENS)})
    for column in (2, 3)
)
PALETTES: Mapping[ThemeName, Mapping[str, str]] = MappingProxyType(
    {ThemeName.LIGHT: _LIGHT, ThemeName.DARK: _DARK}
)

# Heights of targets in pixels at 100 %: with mouse and keys, and in touch mode.
_HEIGHTS = MappingProxyType(
    {
        "main": (76, 92),
        "second": (60, 64),
        "button": (52, 64),
        "small": (44, 64),
        "input": (52, 64),
        "entry": (56, 64),
        "row": (52, 64),
        "history-row": (46, 64),
        "refund-row": (64, 64),
        "stepper": (46, 56),
        "step": (44, 54),
        "header": (64, 72),
        "footer": (44, 44),
        "nav": (66, 76),
        "badge": (28, 28),
        "keycap": (24, 24),
        "pin-key": (64, 72),
        "band": (56, 56),
        "training": (36, 36),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """One look: a palette (light or dark), a scale in percent, and whether fingers are used."""

    name: ThemeName = ThemeName.LIGHT
    scale: int = 100
    touch: bool = False
    animated: bool = True

    def __post_init__(self) -> None:
        if self.name is ThemeName.SYSTEM:
            raise ValueError("a theme is light or dark")
        if not SCALES[0] <= self.scale <= SCALES[-1]:
            raise ValueError(f"scale out of range: {self.scale}")

    @property
    def is_dark(self) -> bool:
        return self.name is ThemeName.DARK

    def color(self, token: str) -> QColor:
        """The colour of a token, e.g. "accent-soft". KeyError when there is no such token."""
        return QColor(PALETTES[self.name][token])

    def px(self, at_100: float) -> int:
        """A length drawn for 100 %, in pixels at this scale; never 0 for a positive length."""
        scaled = floor(at_100 * self.scale / 100 + 0.5)
        return max(scaled, 1) if at_100 > 0 else scaled

    def height(self, what: str) -> int:
        """The height of a kind of target ("button", "row", …), larger in touch mode."""
        return self.px(_HEIGHTS[what][self.touch])


class ThemeController(QObject):
    """Owns the application's look. `changed` comes after the style sheet has been set.

    Make one per QApplication, before any widget; it becomes the application's child, in the place
    of an earlier one, and `current_theme()` finds it there.
    """

    changed = Signal(object)

    def __init__(
        self,
        application: QApplication,
        *,
        name: ThemeName = ThemeName.SYSTEM,
        scale: int = 100,
        touch: bool = False,
        bundled_font: bool = False,
    ) -> None:
        for earlier in _made:
            earlier.retire()
        super().__init__()
        self._application = application
        self._wanted = ThemeName(name)
        self._bundled_font = bundled_font
        load_fonts()
        application.setStyle("Fusion")
        application.styleHints().colorSchemeChanged.connect(self._follow_system)
        self._theme = Theme(name=self._first(), scale=scale, touch=touch)
        # Widgets that are there already look for it as soon as it is the application's child.
        self.setParent(application)
        _made[:] = [self]
        self._apply()

    def retire(self) -> None:
        """Make room for a new one."""
        self.setParent(None)
        self.deleteLater()
        _made.clear()

    @property
    def theme(self) -> Theme:
        return self._theme

    @property
    def wanted(self) -> ThemeName:
        """What was chosen, which may be to follow the system."""
        return self._wanted

    def choose(
        self,
        name: ThemeName | None = None,
        *,
        scale: int | None = None,
        touch: bool | None = None,
        animated: bool | None = None,
    ) -> None:
        """Change what is given and repaint everything; nothing happens when nothing differs."""
        self._wanted = self._wanted if name is None else ThemeName(name)
        old = self._theme
        theme = replace(
            old,
            name=self._resolved(),
            scale=old.scale if scale is None else scale,
            touch=old.touch if touch is None else touch,
            animated=old.animated if animated is None else animated,
        )
        if theme != old:
            self._theme = theme
            self._apply()
            self.changed.emit(theme)

    def _first(self) -> ThemeName:
        """The system's palette says its scheme too, before the till's own lies over it, and sooner.

        `choose` asks for the scheme itself, for which PySide makes all enums of Qt's namespace.
        """
        if self._wanted is not ThemeName.SYSTEM:
            return self._wanted
        self._application.setPalette(QPalette())
        palette, roles = self._application.palette(), QPalette.ColorRole
        paper, ink = (palette.color(role).lightness() for role in (roles.Window, roles.WindowText))
        return ThemeName.DARK if paper < ink else ThemeName.LIGHT

    def _resolved(self) -> ThemeName:
        if self._wanted is not ThemeName.SYSTEM:
            return self._wanted
        from PySide6.QtCore import Qt

        scheme = self._application.styleHints().colorScheme()
        return ThemeName.DARK if scheme == Qt.ColorScheme.Dark else ThemeName.LIGHT

    def _follow_system(self) -> None:
        self.choose()

    def _apply(self) -> None:
        theme = self._theme
        self._application.setStyleSheet("")  # a sheet in the place of another takes Qt much longer
        font = base_font(theme.px(BODY_PX), bundled=self._bundled_font)
        self._application.setFont(font)
        self._application.setPalette(qt_palette(theme))
        self._application.setStyleSheet(style_sheet(theme))
        # The stub asks for bytes, the binding for text.
        if self._application.font("QMenu") != font:  # type: ignore[call-overload]
            # A new sheet gives tables, menus and hints back the font that Windows has for each.
            self._application.setFont(font)


_made: list[ThemeController] = []
"""The one that has not been retired."""


def current_theme() -> Theme:
    """The application's theme; the light one at 100 % while no controller has been made."""
    found = controller()
    return found.theme if found is not None else Theme()


def controller() -> ThemeController | None:
    """The application's ThemeController, if it has one."""
    # Not by `findChild`: PySide would make a wrapper of every child, and QStyle's enums for one.
    return _made[0] if _made else None


def follow_theme(restyle: Callable[[Theme], None]) -> None:
    """Call `restyle` with the theme now and after every change.

    Pass a bound method of a QObject: Qt then forgets it when the object is destroyed.
    """
    found = controller()
    if found is not None:
        found.changed.connect(restyle)
    restyle(current_theme())


def style_sheet(theme: Theme) -> str:
    """`resources/style.qss` with its `@token`, `{px:N}` and `{height:what}` filled in."""
    palette = PALETTES[theme.name]

    def length(match: re.Match[str]) -> str:
        kind, argument = match.groups()
        size = theme.px(float(argument)) if kind == "px" else theme.height(argument)
        return f"{size}px"

    def colour(match: re.Match[str]) -> str:
        return palette[match[1]]

    text = re.sub(r"\{(px|height):([a-z0-9.-]+)\}", length, _template())
    return re.sub(r"@([a-z][a-z0-9-]*)", colour, text)


@lru_cache(maxsize=1)
def _template() -> str:
    text = (paths.resources() / "style.qss").read_text(encoding="utf-8")
    return re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)


def qt_palette(theme: Theme) -> QPalette:
    """The same colours for what Qt paints without the style sheet."""
    roles = QPalette.ColorRole
    used = {
        roles.Window: "canvas",
        roles.WindowText: "text",
        roles.Base: "surface",
        roles.AlternateBase: "surface-2",
        roles.Text: "text",
        roles.PlaceholderText: "text-3",
        roles.Button: "surface",
        roles.ButtonText: "text",
        roles.BrightText: "on-accent",
        roles.Highlight: "accent",
        roles.HighlightedText: "on-accent",
        roles.Link: "accent-text",
        roles.LinkVisited: "accent-text",
        roles.ToolTipBase: "surface",
        roles.ToolTipText: "text",
        roles.Accent: "accent",
        roles.Light: "surface",
        roles.Midlight: "surface-2",
        roles.Mid: "line",
        roles.Dark: "line-strong",
        roles.Shadow: "line-strong",
    }
    palette = QPalette()
    for role, token in used.items():
        palette.setColor(role, theme.color(token))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, theme.color("text-off"))
    return palette
