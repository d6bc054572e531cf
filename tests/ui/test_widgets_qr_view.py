from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from cashier.ui.theme import ThemeController, ThemeName
from cashier.ui.widgets.qr_view import FLOOR, QUIET, QrState, QrView, qr_matrix
from tests.ui.qr_reading import black_box, decoded, rendered, shades

URL = "https://pay.invoice.su/order/9f1c7a52e0b14d2c8e6f3a7b5d901234"


@pytest.fixture
def code(qtbot: QtBot, themed: ThemeController) -> QrView:
    view = QrView(name="payment.qr", accessible="QR code to pay 2,376.01 ₽")
    qtbot.addWidget(view)
    view.resize(424, 424)
    return view


def assert_sharp(picture: QImage, text: str) -> None:
    """Whole device pixels per module, pure black and white, four white modules around."""
    modules = len(qr_matrix(text))
    left, top, right, bottom = black_box(picture)
    assert right - left == bottom - top
    module, rest = divmod(right - left, modules)
    assert rest == 0
    assert module >= 2
    quiet = QUIET * module
    box = (left - quiet, top - quiet, right + quiet, bottom + quiet)
    assert box[0] >= 0
    assert box[1] >= 0
    assert shades(picture, box) == {0, 255}
    for edge in (
        (box[0], box[1], box[2], top),
        (box[0], bottom, box[2], box[3]),
        (box[0], box[1], left, box[3]),
        (right, box[1], box[2], box[3]),
    ):
        assert shades(picture, edge) == {255}


@pytest.mark.parametrize("ratio", [1, 1.25, 1.5, 2])
@pytest.mark.parametrize("scale", [90, 100, 125, 150])
def test_code_is_sharp_and_reads_as_its_url(
    code: QrView, themed: ThemeController, scale: int, ratio: float
) -> None:
    themed.choose(scale=scale)
    code.resize(themed.theme.px(424), themed.theme.px(424))
    code.set_text(URL)
    picture = rendered(code, ratio=ratio, offset=QPoint(3, 7))
    assert decoded(picture) == [URL]
    assert_sharp(picture, URL)


@pytest.mark.parametrize("ratio", ["1", "1.25", "1.5", "1.75", "2"])
def test_code_in_a_real_window_is_sharp_on_a_scaled_screen(tmp_path: Path, ratio: str) -> None:
    out = tmp_path / "window.png"
    subprocess.run(
        [sys.executable, "-m", "tests.ui.qr_window", str(out), URL, "125"],
        check=True,
        capture_output=True,
        timeout=50,
        cwd=Path(__file__).resolve().parents[2],
        env={**os.environ, "QT_SCALE_FACTOR": ratio, "QT_QPA_PLATFORM": "offscreen"},
    )
    picture = QImage(str(out))
    assert picture.width() == round(700 * float(ratio))
    assert decoded(picture) == [URL]
    assert_sharp(picture, URL)


@pytest.mark.parametrize("length", [1, 40, 120, 300])
def test_longer_texts_stay_sharp_and_readable_at_the_floor(code: QrView, length: int) -> None:
    text = ("https://pay.invoice.su/" + "aB3-" * 80)[:length]
    code.resize(FLOOR, FLOOR)
    code.set_text(text)
    picture = rendered(code, ratio=1)
    assert decoded(picture) == [text]
    assert_sharp(picture, text)


def test_code_is_the_same_in_both_themes(code: QrView, themed: ThemeController) -> None:
    code.set_text(URL)
    light = rendered(code)
    themed.choose(ThemeName.DARK)
    assert rendered(code) == light


def test_code_never_gets_smaller_than_its_floor(code: QrView, themed: ThemeController) -> None:
    for scale in (90, 100):
        themed.choose(scale=scale)
        assert code.minimumWidth() >= 320
        assert code.minimumHeight() >= 320


def test_box_is_square_and_in_the_middle_of_its_room(code: QrView) -> None:
    code.resize(600, 424)
    code.set_text(URL)
    left, top, right, bottom = black_box(rendered(code))
    assert abs((left + right) / 2 - 300) <= 1
    assert abs((top + bottom) / 2 - 212) <= 1


def test_covered_code_cannot_be_scanned_and_comes_back(code: QrView) -> None:
    code.set_text(URL)
    code.cover("Cancelling, checking…")
    assert code.state is QrState.COVERED
    assert code.text() == ""
    assert decoded(rendered(code)) == []
    code.uncover()
    assert code.text() == URL
    assert decoded(rendered(code)) == [URL]


def test_no_old_code_is_shown_while_a_new_one_is_made(code: QrView) -> None:
    code.set_text(URL)
    code.show_creating("Creating the payment…")
    assert decoded(rendered(code)) == []
    code.uncover()
    assert code.state is QrState.EMPTY
    assert decoded(rendered(code)) == []


def test_new_text_replaces_the_old_code(code: QrView) -> None:
    code.set_text(URL)
    code.set_text(URL + "?attempt=2")
    assert decoded(rendered(code)) == [URL + "?attempt=2"]
    code.set_text(None)
    assert code.state is QrState.EMPTY
    assert decoded(rendered(code)) == []
