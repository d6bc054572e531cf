"""How the kinds and sizes of buttons look."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtGui import QColor, QFont

from cashier.ui.theme import Theme
from cashier.ui.widgets.keycap import KeycapLook


class Kind(StrEnum):
    """PRIMARY once a screen; the STAGE kinds lie on the green «Оплачено» only."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    DANGER = "danger"
    QUIET = "quiet"
    STAGE = "stage"
    STAGE_OUTLINE = "stage-outline"


class Size(StrEnum):
    XL = "xl"
    LG = "lg"
    NORMAL = "normal"
    SM = "sm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    height: str
    px: int
    weight: QFont.Weight
    pad: int
    radius: int
    icon: int
    gap: int


_BOLD, _MEDIUM = QFont.Weight.DemiBold, QFont.Weight.Medium
MEASURES = {
    Size.XL: Measure(height="main", px=22, weight=_BOLD, pad=22, radius=12, icon=28, gap=14),
    Size.LG: Measure(height="second", px=17, weight=_BOLD, pad=18, radius=10, icon=22, gap=12),
    Size.NORMAL: Measure(height="button", px=16, weight=_BOLD, pad=18, radius=10, icon=20, gap=10),
    Size.SM: Measure(height="small", px=15, weight=_MEDIUM, pad=14, radius=10, icon=20, gap=10),
}


@dataclass(frozen=True, slots=True)
class Colours:
    fill: QColor | None
    border: QColor | None
    ink: QColor
    border_width: int = 1


def button_colours(theme: Theme, kind: Kind, *, enabled: bool, down: bool, over: bool) -> Colours:
    """Fill, border and text of a button in one of its moments."""
    if not enabled:
        quiet = kind is Kind.QUIET
        return Colours(
            None if quiet else theme.color("surface-2"),
            None if quiet else theme.color("line"),
            theme.color("text-off"),
        )
    match kind:
        case Kind.PRIMARY:
            fill = "accent-press" if down else "accent-hover" if over else "accent"
            return Colours(theme.color(fill), None, theme.color("on-accent"))
        case Kind.QUIET:
            tint = theme.color("surface-3") if down or over else None
            return Colours(tint, None, theme.color("accent-text"))
        case Kind.STAGE:
            fill = "on-stage-2" if down or over else "on-stage"
            return Colours(theme.color(fill), None, theme.color("stage-ink"))
        case Kind.STAGE_OUTLINE:
            tint = theme.color("stage-ok") if down or over else None
            white = theme.color("on-stage")
            return Colours(tint, white, white, theme.px(2))
        case Kind.SECONDARY | Kind.DANGER:
            fill = "surface-3" if down else "surface-2" if over else "surface"
            ink = "bad-text" if kind is Kind.DANGER else "text"
            return Colours(theme.color(fill), theme.color("line-strong"), theme.color(ink))


def keycap_look(kind: Kind) -> KeycapLook:
    """How the keycap on a button of this kind looks."""
    looks = {
        Kind.PRIMARY: KeycapLook.FILL,
        Kind.STAGE: KeycapLook.STAGE_PAPER,
        Kind.STAGE_OUTLINE: KeycapLook.STAGE,
    }
    return looks.get(kind, KeycapLook.BUTTON)
