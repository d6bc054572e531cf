from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetricsF
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QMessageBox, QTableWidget, QWidget
from pytestqt.qtbot import QtBot

from cashier import paths
from cashier.ui import icons
from cashier.ui.fonts import BUNDLED_FAMILY, base_font
from cashier.ui.theme import (
    PALETTES,
    SCALES,
    Theme,
    ThemeController,
    ThemeName,
    current_theme,
    style_sheet,
)
from cashier.ui.widgets.button import Button
from cashier.ui.widgets.label import Label, Role
from tests.ui.contrast import contrast

# The pairs that lie on one another, what WCAG asks, and what each theme has.
PAIRS = (
    ("text", "surface", 4.5, 18.29, 15.81),
    ("accent-text", "canvas", 4.5, 7.12, 9.34),
    ("refund-text", "surface", 4.5, 9.09, 8.96),
    ("text", "canvas", 4.5, 16.46, 17.32),
    ("chart", "surface", 3, 3.15, 4.74),
    ("refund", "surface", 3, 6.77, 5.26),
    ("text-2", "surface", 4.5, 8.26, 9.61),
    ("focus", "surface", 3, 6.39, 8.53),
    ("mute-text", "mute-soft", 4.5, 6.98, 7.39),
    ("text-2", "canvas", 4.5, 7.43, 10.52),
    ("focus", "canvas", 3, 5.75, 9.34),
    ("text", "warn-soft", 4.5, 16.38, 13.42),
    ("text-2", "surface-3", 4.5, 6.79, 7.39),
    ("on-ok", "ok", 4.5, 5.62, 4.97),
    ("text", "bad-soft", 4.5, 15.53, 14.14),
    ("text-3", "surface", 4.5, 5.53, 6.54),
    ("ok-text", "ok-soft", 4.5, 6.53, 8.05),
    ("text", "ok-soft", 4.5, 15.82, 13.10),
    ("text-3", "canvas", 4.5, 4.98, 7.16),
    ("ok-text", "surface", 4.5, 7.55, 9.72),
    ("text-2", "ok-soft", 4.5, 7.15, 7.96),
    ("text-3", "surface-2", 4.5, 5.21, 6.05),
    ("ok-text", "canvas", 4.5, 6.79, 10.65),
    ("refund-text", "surface-2", 4.5, 8.56, 8.29),
    ("text-3", "accent-soft", 4.5, 4.71, 5.48),
    ("warn-text", "warn-soft", 4.5, 6.64, 9.16),
    ("on-accent", "line-strong", 3, 3.58, 4.17),
    ("text", "accent-soft", 4.5, 15.58, 13.24),
    ("warn-text", "surface", 4.5, 7.41, 10.79),
    ("warn-text", "canvas", 4.5, 6.67, 11.82),
    ("line-strong", "surface", 3, 3.58, 4.14),
    ("warn", "surface", 3, 4.52, 7.78),
    ("bad-text", "canvas", 4.5, 7.18, 9.60),
    ("line-strong", "canvas", 3, 3.22, 4.53),
    ("warn", "warn-soft", 3, 4.05, 6.60),
    ("text-3", "surface-3", 4.5, 4.55, 5.03),
    ("on-accent", "accent", 4.5, 6.39, 4.97),
    ("warn-line", "surface", 3, 3.59, 5.28),
    ("ok", "surface", 3, 5.62, 3.48),
    ("on-accent", "accent-hover", 4.5, 7.91, 4.59),
    ("on-bad", "bad", 4.5, 5.91, 4.93),
    ("on-stage", "stage-ok", 4.5, 5.62, 8.08),
    ("on-accent", "accent-press", 4.5, 10.12, 6.45),
    ("bad-text", "bad-soft", 4.5, 6.78, 7.84),
    ("on-stage-2", "stage-ok", 4.5, 4.80, 6.37),
    ("accent", "surface", 3, 6.39, 3.47),
    ("bad-text", "surface", 4.5, 7.99, 8.77),
    ("on-stage", "stage-ok-2", 4.5, 6.60, 10.09),
    ("accent", "canvas", 3, 5.75, 3.80),
    ("bad", "surface", 3, 5.91, 3.50),
    ("on-stage-2", "stage-ok-2", 4.5, 5.63, 7.95),
    ("accent-text", "surface", 4.5, 7.91, 8.53),
    ("bad", "bad-soft", 3, 5.02, 3.13),
    ("accent-text", "accent-soft", 4.5, 6.74, 7.15),
    ("refund-text", "refund-soft", 4.5, 7.67, 7.79),
)


@pytest.mark.parametrize(("ink", "paper", "needed", "light", "dark"), PAIRS)
def test_pair_of_colours_has_its_contrast_in_both_themes(
    ink: str, paper: str, needed: float, light: float, dark: float
) -> None:
    for name, promised in ((ThemeName.LIGHT, light), (ThemeName.DARK, dark)):
        theme = Theme(name=name)
        found = contrast(theme.color(ink), theme.color(paper))
        assert found >= needed
        assert found == pytest.approx(promised, abs=0.011)


def test_stage_button_is_legible() -> None:
    theme = Theme()
    assert contrast(theme.color("stage-ink"), theme.color("on-stage")) >= 4.5


def test_both_palettes_name_the_same_colours() -> None:
    assert PALETTES[ThemeName.LIGHT].keys() == PALETTES[ThemeName.DARK].keys()
    assert len(PALETTES[ThemeName.LIGHT]) == 44
    for palette in PALETTES.values():
        assert all(QColor(text).isValid() for text in palette.values())


def test_unknown_colour_is_an_error() -> None:
    with pytest.raises(KeyError):
        Theme().color("acent")


def test_a_theme_is_never_the_systems_wish_nor_out_of_scale() -> None:
    with pytest.raises(ValueError, match="light or dark"):
        Theme(name=ThemeName.SYSTEM)
    with pytest.raises(ValueError, match="scale"):
        Theme(scale=200)


@pytest.mark.parametrize(
    ("scale", "px", "scaled"),
    [(100, 16, 16), (125, 16, 20), (150, 15, 23), (90, 1, 1), (90, 0.2, 1), (110, 0, 0)],
)
def test_length_follows_the_scale(scale: int, px: float, scaled: int) -> None:
    assert Theme(scale=scale).px(px) == scaled


def test_targets_grow_for_fingers() -> None:
    mouse, touch = Theme(), Theme(touch=True)
    assert (mouse.height("main"), touch.height("main")) == (76, 92)
    assert (mouse.height("row"), touch.height("row")) == (52, 64)
    assert Theme(touch=True, scale=150).height("button") == 96


@pytest.mark.parametrize("name", [ThemeName.LIGHT, ThemeName.DARK])
@pytest.mark.parametrize("scale", SCALES)
def test_style_sheet_has_no_hole(name: ThemeName, scale: int) -> None:
    sheet = style_sheet(Theme(name=name, scale=scale))
    assert "@" not in sheet
    assert "{px" not in sheet
    assert "{height" not in sheet


def test_theme_change_repaints_what_is_on_screen(qtbot: QtBot, themed: ThemeController) -> None:
    button = Button("Pay", name="t.pay")
    label = Label("text", role=Role.TITLE)
    ground = QWidget()
    ground.setObjectName("window")
    ground.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    for widget in (button, label, ground):
        qtbot.addWidget(widget)
        widget.show()
    height = button.height()
    with qtbot.waitSignal(themed.changed, timeout=1000) as heard:
        themed.choose(ThemeName.DARK, scale=150)
    assert heard.args == [Theme(name=ThemeName.DARK, scale=150)]
    assert button.height() == round(height * 1.5)
    assert label.font().pixelSize() == 36
    assert label.palette().color(label.foregroundRole()) == QColor("#F3F5F8")
    assert ground.grab().toImage().pixelColor(0, 0) == QColor("#0E1116")


def test_choosing_the_same_theme_changes_nothing(qtbot: QtBot, themed: ThemeController) -> None:
    with qtbot.assertNotEmitted(themed.changed):
        themed.choose(ThemeName.LIGHT, scale=100)
    assert current_theme() == Theme()


def test_system_theme_is_followed(
    qtbot: QtBot, qapp: QApplication, themed: ThemeController
) -> None:
    themed.choose(ThemeName.SYSTEM)
    hints = qapp.styleHints()
    scheme = hints.colorScheme()
    wanted = ThemeName.DARK if scheme == Qt.ColorScheme.Dark else ThemeName.LIGHT
    assert themed.wanted is ThemeName.SYSTEM
    assert themed.theme.name is wanted


def test_digits_are_equally_wide_and_the_letters_are_there(
    qapp: QApplication, themed: ThemeController
) -> None:
    for weight in (400, 500, 600, 700):
        font = base_font(40, bundled=True)
        font.setWeight(QFont.Weight(weight))
        assert QFontInfo(font).family() == BUNDLED_FAMILY
        metrics = QFontMetricsF(font)
        assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1
        for letter in "Жщ₽№\u2212\u202f«»…":
            assert metrics.inFontUcs4(ord(letter)), letter


def test_style_sheet_keeps_the_digits_of_one_width(qtbot: QtBot, themed: ThemeController) -> None:
    label = QLabel("1")
    qtbot.addWidget(label)
    label.show()
    metrics = QFontMetricsF(label.font())
    assert metrics.horizontalAdvance("1111") == metrics.horizontalAdvance("0000")


@pytest.mark.parametrize("folder", ["fonts", "icons"])
def test_licence_lies_beside_what_others_made(folder: str) -> None:
    licence = (paths.resources() / folder / "LICENSE").read_text(encoding="utf-8")
    assert {"fonts": "SIL OPEN FONT LICENSE", "icons": "ISC License"}[folder] in licence


def test_icon_takes_the_colour_it_is_given(qapp: QApplication) -> None:
    picture = icons.pixmap("check", 24, QColor("#BE2A2A"), dpr=2).toImage()
    assert (picture.width(), picture.height()) == (48, 48)
    solid = {
        picture.pixelColor(x, y).name()
        for x in range(48)
        for y in range(48)
        if picture.pixelColor(x, y).alpha() == 255
    }
    assert solid == {"#be2a2a"}


def test_every_icon_can_be_drawn(qapp: QApplication) -> None:
    names = icons.icon_names()
    assert {"qr-code", "hourglass", "circle-check", "circle-question-mark"} <= names
    for name in names:
        picture = icons.pixmap(name, 24, QColor("black"), dpr=1).toImage()
        assert any(picture.pixelColor(x, y).alpha() for x in range(24) for y in range(24)), name


def test_missing_icon_is_an_error(qapp: QApplication) -> None:
    with pytest.raises(KeyError):
        icons.pixmap("no-such-icon", 24, QColor("black"))


def test_hyphen_inside_a_word_is_not_as_wide_as_a_digit(
    qtbot: QtBot, themed: ThemeController
) -> None:
    def width(text: str) -> int:
        label = Label(text, role=Role.STRONG)
        qtbot.addWidget(label)
        label.ensurePolished()
        assert label.font().pixelSize() == 16
        return label.sizeHint().width()

    # Four at once, because each system rounds to whole pixels in its own way.
    assert width("т-м-т-м-т") - width("тмтмт") < 4 * 9
    assert width("0-0-0-0-0") - width("00000") < 4 * 9
    assert width("11") == width("00")
    label = Label("", role=Role.PANEL_HEAD)
    qtbot.addWidget(label)
    label.show()
    label.setText("Receipt 187-058")
    assert label.font().pixelSize() == 20
    assert label.font().weight() == QFont.Weight.DemiBold


@pytest.mark.parametrize("kind", [QLabel, QMenu, QMessageBox, QTableWidget])
def test_every_kind_of_widget_is_in_the_typeface_of_the_till(
    qtbot: QtBot, themed: ThemeController, kind: type[QWidget]
) -> None:
    """Windows has a font of its own for some kinds; `windows_tests.py` runs this on its screen."""
    for name in (ThemeName.DARK, ThemeName.LIGHT):
        themed.choose(name)
        widget = kind()
        qtbot.addWidget(widget)
        widget.ensurePolished()
        assert widget.font().family() == QApplication.font().family()
        assert widget.font().pixelSize() >= 13
