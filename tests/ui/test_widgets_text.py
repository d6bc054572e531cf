from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cashier.domain.money import Currency, Money
from cashier.ui.theme import ThemeController, ThemeName
from cashier.ui.widgets.amount import Amount, AmountSize
from cashier.ui.widgets.badge import Badge
from cashier.ui.widgets.band import Band
from cashier.ui.widgets.button import Button, Size
from cashier.ui.widgets.key_value import KeyValue
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.tone import Tone
from tests.ui.qr_reading import rendered

MARKUP = "<b>x</b> & <img src='file:///etc/passwd'>"
pytestmark = pytest.mark.usefixtures("themed")


def picture_of(qtbot: QtBot, label: QLabel, *, width: int = 400) -> QImage:
    qtbot.addWidget(label)
    label.resize(width, 40)
    label.ensurePolished()
    return rendered(label)


def test_markup_from_outside_is_shown_literally(qtbot: QtBot) -> None:
    plain = picture_of(qtbot, Label(MARKUP))
    bold = picture_of(qtbot, Label("x"))
    assert Label(MARKUP).textFormat() is Qt.TextFormat.PlainText
    assert plain != bold
    assert Label(MARKUP).sizeHint().width() > 10 * Label("x").sizeHint().width()


@pytest.mark.parametrize(
    "label",
    [
        lambda: Label(MARKUP, wrap=True),
        lambda: Label(MARKUP, elide=True),
        lambda: Badge(MARKUP, tone=Tone.OK, icon="check"),
    ],
)
def test_every_text_widget_is_plain(qtbot: QtBot, label: type[QLabel]) -> None:
    widget = label()
    qtbot.addWidget(widget)
    assert widget.textFormat() is Qt.TextFormat.PlainText
    assert widget.text() == MARKUP


def test_wrapped_text_grows_in_height_and_keeps_its_leading(qtbot: QtBot) -> None:
    label = Label("one two three four five six seven eight nine ten", wrap=True)
    qtbot.addWidget(label)
    one_line = label.heightForWidth(2000)
    assert one_line == round(15 * 1.35)
    assert label.heightForWidth(150) >= 3 * one_line
    assert label.heightForWidth(150) % one_line == 0


def test_wrapped_text_is_measured_anew_when_its_words_its_role_or_the_theme_change(
    qtbot: QtBot, themed: ThemeController
) -> None:
    label = Label("one two three", wrap=True)
    qtbot.addWidget(label)
    heights = [label.heightForWidth(150)]

    def measure() -> None:
        label.ensurePolished()
        heights.append(label.heightForWidth(150))

    label.setText("one two three four five six seven eight nine ten")
    measure()
    label.set_role(Role.TOTAL)
    measure()
    themed.choose(scale=150)
    measure()
    assert heights == sorted(set(heights))


def test_paragraphs_stand_apart(qtbot: QtBot) -> None:
    together = Label("a\nb", wrap=True)
    apart = Label("a\nb", wrap=True, paragraph_gap=10)
    for label in (together, apart):
        qtbot.addWidget(label)
    assert apart.heightForWidth(300) == together.heightForWidth(300) + 10


def test_cut_text_has_a_literal_tip_and_whole_text_has_none(qtbot: QtBot) -> None:
    label = Label("<i>a long name of some goods</i>", elide=True)
    qtbot.addWidget(label)
    label.resize(60, 20)
    label.show()
    assert "&lt;i&gt;" in label.toolTip()
    label.resize(600, 20)
    assert label.toolTip() == ""


def test_name_of_a_state_text_is_its_object_name_and_its_text_is_heard(qtbot: QtBot) -> None:
    label = Label("Waiting for payment", role=Role.STATUS, name="payment.status")
    qtbot.addWidget(label)
    assert label.objectName() == "payment.status"
    assert label.accessibleName() == ""


def test_tone_colours_the_text_in_each_theme(qtbot: QtBot, themed: ThemeController) -> None:
    label = Label("no link", tone=Tone.WARN)
    qtbot.addWidget(label)
    label.show()
    assert label.palette().color(label.foregroundRole()) == QColor("#7A4B00")
    themed.choose(ThemeName.DARK)
    assert label.palette().color(label.foregroundRole()) == QColor("#F4C667")
    label.set_tone(Tone.BAD)
    assert label.palette().color(label.foregroundRole()) == QColor("#FF9F98")


def amount_of(qtbot: QtBot, minor: int, *, width: int, size: AmountSize = AmountSize.L) -> Amount:
    amount = Amount(name="payment.amount", size=size)
    qtbot.addWidget(amount)
    amount.show_money("ru", Money(minor))
    amount.resize(width, amount.height())
    return amount


def test_amount_says_the_whole_sum(qtbot: QtBot) -> None:
    amount = amount_of(qtbot, 237601, width=400)
    assert amount.text() == "2\u202f376,01\u00a0₽"
    assert amount.accessibleName() == amount.text()
    amount.show_money("en", Money(-100, Currency.EUR))
    assert amount.text() == "\u22121.00\u00a0€"


def test_amount_shrinks_through_the_sizes_until_it_fits(qtbot: QtBot) -> None:
    sizes = [amount_of(qtbot, 237601, width=width).font_px() for width in (400, 260, 220, 200, 170)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == 62
    assert set(sizes) <= {62, 58, 48, 40, 34}
    assert len(set(sizes)) > 3


@pytest.mark.parametrize("width", [40, 90, 160, 335, 700])
@pytest.mark.parametrize("size", list(AmountSize))
@pytest.mark.parametrize("minor", [1, 237601, 10**15])
def test_amount_is_never_cut(qtbot: QtBot, minor: int, size: AmountSize, width: int) -> None:
    amount = amount_of(qtbot, minor, width=width, size=size)
    background = 0xFF808080
    picture = QImage(width + 200, amount.height() + 40, QImage.Format.Format_RGB32)
    picture.fill(background)
    amount.render(picture, QPoint(100, 20))
    narrow = [
        x
        for x in (100, 99 + width)
        if any(picture.pixel(x, y) == 0xFF12151A for y in range(picture.height()))
    ]
    assert amount.sizeHint().height() == amount.height()
    assert narrow == [] or amount.font_px() <= 16
    assert amount.font_px() >= 1


def test_small_sum_at_the_right_ends_at_the_edge(qtbot: QtBot) -> None:
    amount = Amount(name="t.sum", size=AmountSize.S, align=Qt.AlignmentFlag.AlignRight)
    qtbot.addWidget(amount)
    amount.show_money("ru", Money(900))
    amount.resize(400, amount.height())
    picture = rendered(amount)
    inked = [
        x
        for x in range(400)
        if any(picture.pixelColor(x, y).lightness() < 60 for y in range(picture.height()))
    ]
    assert min(inked) > 200
    assert max(inked) >= 394


def test_band_is_hidden_until_it_says_something(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    band = Band(name="message.bar")
    QVBoxLayout(page).addWidget(band)
    page.show()
    assert not band.isVisible()
    band.show_message("No link", tone=Tone.WARN, detail="The QR stays valid", right="38 s ago")
    band.add_button(Button("Check", name="message.check", size=Size.SM, keycap="F5"))
    assert band.isVisible()
    assert band.height() >= 56
    assert (band.title(), band.detail(), band.tone) == ("No link", "The QR stays valid", Tone.WARN)
    assert band.findChild(Button, "message.check") is not None
    band.clear()
    assert not band.isVisible()
    assert band.title() == ""


def test_band_shows_markup_literally(qtbot: QtBot) -> None:
    band = Band(name="message.bar")
    qtbot.addWidget(band)
    band.show_message(MARKUP)
    title = band.findChild(Label, "message.bar.title")
    assert title is not None
    assert title.textFormat() is Qt.TextFormat.PlainText
    assert title.text() == MARKUP


def test_key_and_value_show_side_by_side(qtbot: QtBot) -> None:
    row = KeyValue("Discount 3 %", "−73,48 ₽", name="sale.discount", keycap="Shift+F6")
    qtbot.addWidget(row)
    row.set_value("no", tone="3")
    assert row.value() == "no"
    value = row.findChild(Label, "sale.discount")
    assert value is not None
    assert value.text() == "no"
