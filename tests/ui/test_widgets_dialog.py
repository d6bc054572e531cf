from __future__ import annotations

import gc

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cashier.ui.widgets.button import Button
from cashier.ui.widgets.dialog import Dialog
from cashier.ui.widgets.field import Field
from cashier.ui.widgets.fitted_scroll import bring_into_sight, scrolling
from cashier.ui.widgets.focus_ring import FocusRing
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.shortcut import shortcut
from tests.ui.on_screen import show_active

pytestmark = pytest.mark.usefixtures("themed")


class Page(QWidget):
    """A window with a field, a button and a page's own F12."""

    def __init__(self) -> None:
        super().__init__()
        self.resize(900, 600)
        self.presses: list[str] = []
        self.field = Field(name="page.entry", accessible="Entry")
        self.button = Button("Pay", name="page.pay", keycap="F12")
        layout = QVBoxLayout(self)
        layout.addWidget(self.field)
        layout.addWidget(self.button)
        layout.addStretch(1)
        self.button.clicked.connect(lambda: self.presses.append("click"))
        shortcut(self, "F12", lambda: self.presses.append("F12"))


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    window = Page()
    qtbot.addWidget(window)
    show_active(qtbot, window)
    return window


class Question(Dialog):
    """A field and two buttons."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, name="question", title="Close the <b>till</b>?")
        self.presses: list[str] = []
        self.field = Field(name="question.reason", accessible="Reason")
        self.stay = Button("Stay", name="question.stay", keycap="Esc")
        self.leave = Button("Close", name="question.close", keycap="F12")
        self.body.addWidget(self.field)
        self.buttons.addWidget(self.stay)
        self.buttons.addWidget(self.leave)
        self.on_key("F12", lambda: self.presses.append("F12"))
        self.on_key("Shift+F5", lambda: self.presses.append("Shift+F5"))


def in_focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def focused() -> str:
    return in_focus().objectName()


def test_dialog_takes_the_focus_and_gives_it_back(page: Page) -> None:
    page.field.line.setFocus()
    question = Question(page)
    question.open()
    assert question.is_open
    assert question.isVisible()
    assert focused() == "question.reason"
    question.dismiss()
    assert not question.isVisible()
    assert focused() == "page.entry"


def test_what_had_the_focus_may_be_gone_when_the_dialog_goes(page: Page) -> None:
    page.button.setFocus()
    question = Question(page)
    question.open()
    page.button.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    question.dismiss()
    assert not question.isVisible()


def test_tab_goes_round_inside_the_dialog(page: Page) -> None:
    question = Question(page)
    question.open()
    seen = []
    for _ in range(4):
        seen.append(focused())
        QTest.keyClick(in_focus(), Qt.Key.Key_Tab)
    assert seen == ["question.reason", "question.stay", "question.close", "question.reason"]
    QTest.keyClick(in_focus(), Qt.Key.Key_Backtab)
    assert focused() == "question.reason"
    QTest.keyClick(in_focus(), Qt.Key.Key_Backtab)
    assert focused() == "question.close"


def test_focus_cannot_be_taken_from_an_open_dialog(page: Page) -> None:
    question = Question(page)
    question.open()
    page.field.line.setFocus()
    assert focused().startswith("question.")


def test_keys_of_the_page_are_dead_under_a_dialog(page: Page) -> None:
    question = Question(page)
    question.open()
    for widget in (question.field.line, question.stay):
        widget.setFocus()
        QTest.keyClick(widget, Qt.Key.Key_F12)
        QTest.keyClick(widget, Qt.Key.Key_F5, Qt.KeyboardModifier.ShiftModifier)
    assert question.presses == ["F12", "Shift+F5"] * 2
    assert page.presses == []
    question.dismiss()
    QTest.keyClick(page.field.line, Qt.Key.Key_F12)
    assert page.presses == ["F12"]


def test_click_beside_the_dialog_does_nothing(page: Page) -> None:
    question = Question(page)
    question.open()
    over_button = page.button.mapTo(page, page.button.rect().center())
    target = page.childAt(over_button)
    assert target is not None
    assert target is not page.button
    QTest.mouseClick(target, Qt.MouseButton.LeftButton)
    assert page.presses == []
    assert question.is_open


def test_esc_asks_and_enter_is_dead(qtbot: QtBot, page: Page) -> None:
    question = Question(page)
    question.open()
    with qtbot.assertNotEmitted(question.escaped):
        QTest.keyClick(question.stay, Qt.Key.Key_Return)
    with qtbot.waitSignal(question.escaped, timeout=1000):
        QTest.keyClick(question.field.line, Qt.Key.Key_Escape)
    assert question.is_open


def test_dialog_covers_the_window_when_it_grows(page: Page) -> None:
    question = Question(page)
    question.open()
    page.resize(1100, 700)
    QApplication.sendPostedEvents()
    scrim = question.parentWidget()
    assert scrim is not None
    assert scrim.size() == page.size()
    centre = question.mapTo(page, question.rect().center())
    assert abs(centre.x() - 550) <= 1


def test_dialog_is_named_and_its_title_is_plain(page: Page) -> None:
    question = Question(page)
    title = question.findChild(Label, "question.title")
    assert title is not None
    assert title.textFormat() is Qt.TextFormat.PlainText
    assert question.accessibleName() == "Close the <b>till</b>?"


def test_two_dialogs_give_the_focus_back_one_after_the_other(page: Page) -> None:
    page.button.setFocus()
    first, second = Question(page), Question(page)
    first.open()
    first.leave.setFocus()
    second.open()
    assert second.isAncestorOf(in_focus())
    second.dismiss()
    assert in_focus() is first.leave
    first.dismiss()
    assert focused() == "page.pay"


def test_ring_shows_for_the_keyboard_and_not_for_the_mouse(page: Page) -> None:
    ring = FocusRing(page)
    page.button.setFocus()
    assert not ring.isVisible()
    QTest.keyClick(page.windowHandle(), Qt.Key.Key_Shift)
    assert ring.isVisible()
    assert ring.geometry() == page.button.geometry().adjusted(-5, -5, 5, 5)
    QTest.mouseClick(
        page.windowHandle(),
        Qt.MouseButton.LeftButton,
        pos=page.button.geometry().center(),
    )
    assert page.presses == ["click"]
    assert not ring.isVisible()


def test_ring_follows_what_has_the_focus_and_leaves_fields_alone(page: Page) -> None:
    ring = FocusRing(page)
    page.button.setFocus()
    QTest.keyClick(page.windowHandle(), Qt.Key.Key_Shift)
    page.button.move(page.button.x(), page.button.y() + 40)
    assert ring.geometry().center() == page.button.geometry().center()
    page.field.line.setFocus()
    assert not ring.isVisible()
    page.button.setFocus()
    assert ring.isVisible()
    page.button.setEnabled(False)
    assert not ring.isVisible()


def test_ring_is_drawn_in_the_colour_of_focus(page: Page) -> None:
    ring = FocusRing(page)
    page.button.setFocus()
    QTest.keyClick(page.windowHandle(), Qt.Key.Key_Shift)
    picture = page.grab().toImage()
    middle = ring.geometry().center()
    assert picture.pixelColor(ring.x() + 1, middle.y()) == QColor("#1B55D3")


def test_ring_is_not_drawn_where_its_widget_is_scrolled_out_of_sight(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    button = Button("Far below", name="far")
    content = QWidget()
    column = QVBoxLayout(content)
    column.addSpacing(400)
    column.addWidget(button)
    area = scrolling(content)
    below = QLabel("Not to be crossed out")
    layout = QVBoxLayout(window)
    layout.addWidget(area)
    layout.addWidget(below)
    below.setFixedHeight(400)
    window.resize(400, 600)
    ring = FocusRing(window)
    show_active(qtbot, window)
    room = below.geometry()
    plain = window.grab(room).toImage()
    button.setFocus()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Shift)
    assert window.grab(room).toImage() == plain
    bring_into_sight(button)
    qtbot.waitUntil(lambda: not button.visibleRegion().isEmpty())
    middle = ring.geometry().center()
    colour = window.grab().toImage().pixelColor(ring.x() + 1, middle.y())
    assert colour == QColor("#1B55D3")


def test_ring_goes_when_its_widget_dies(qtbot: QtBot, page: Page) -> None:
    ring = FocusRing(page)
    extra = Button("Extra", name="page.extra", parent=page)
    extra.show()
    extra.setFocus()
    QTest.keyClick(page.windowHandle(), Qt.Key.Key_Shift)
    assert ring.isVisible()
    extra.deleteLater()
    qtbot.waitUntil(lambda: not ring.isVisible(), timeout=2000)


def test_tall_dialog_keeps_its_buttons_in_sight_and_scrolls_its_body(page: Page) -> None:
    question = Question(page)
    fields = [Field(f"Field {n}", name=f"question.field{n}") for n in range(12)]
    for field in fields:
        question.body.addWidget(field)
    question.open()
    QApplication.sendPostedEvents()
    area = page.rect()
    assert area.contains(question.mapTo(page, question.rect().topLeft()))
    assert area.contains(question.mapTo(page, question.rect().bottomRight()))
    assert area.contains(question.leave.mapTo(page, question.leave.rect().bottomRight()))
    assert all(field.frame.height() == 52 for field in fields)
    last = fields[-1].line
    assert not question.rect().contains(last.mapTo(question, last.rect().bottomLeft()))
    for _ in range(2 + len(fields)):
        QTest.keyClick(in_focus(), Qt.Key.Key_Tab)
    assert in_focus() is last
    assert question.rect().contains(last.mapTo(question, last.rect().bottomLeft()))


def test_low_dialog_is_as_high_as_what_it_says(qtbot: QtBot, page: Page) -> None:
    question = Question(page)
    question.open()
    QApplication.sendPostedEvents()
    assert question.width() == 520
    assert question.field.frame.height() == 52
    before = question.height()
    question.field.set_error("Say why, so that the others understand it later")
    qtbot.waitUntil(lambda: question.height() > before, timeout=2000)
    assert question.field.frame.height() == 52


def test_a_dialog_opens_again_after_one_before_it_was_taken_apart(page: Page) -> None:
    for number in range(12):
        question = Question(page)
        question.open()
        QTest.keyClick(in_focus(), Qt.Key.Key_Tab)
        QTest.keyClicks(question.field.line, f"{number}")
        assert question.field.text() == f"{number}"
        question.remove()
        del question
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
    assert focused() in ("page.entry", "page.pay")


def test_focus_comes_back_to_the_uppermost_dialog(page: Page) -> None:
    lower, upper = Question(page), Question(page)
    lower.open()
    upper.open()
    lower.field.line.setFocus()
    assert upper.isAncestorOf(in_focus())
    upper.dismiss()
    assert lower.isAncestorOf(in_focus())
    page.field.line.setFocus()
    assert lower.isAncestorOf(in_focus())


def test_words_of_a_wide_dialog_are_all_in_sight_without_scrolling(
    qtbot: QtBot, page: Page
) -> None:
    dialog = Dialog(page, name="wide", title="Close the till?", width=640)
    words = Label(role=Role.LEAD, wrap=True, name="wide.words")
    dialog.body.addWidget(words)
    stay = Button("Stay", name="wide.stay")
    dialog.buttons.addWidget(stay)

    def are_in_sight() -> bool:
        is_whole = words.visibleRegion().boundingRect() == words.rect()
        size = (words.width(), words.height())
        return is_whole and size == (640 - 2 * 28, words.heightForWidth(640 - 2 * 28))

    warning = "Do not hand over the goods before the green screen. "

    def is_longer_beside_a_bar(text: str) -> bool:
        words.setText(text)
        return words.heightForWidth(575) > words.heightForWidth(640 - 2 * 28)

    words.ensurePolished()
    texts = ("i" * count + f" {warning * 3}" for count in range(500))
    tight = next(filter(is_longer_beside_a_bar, texts))
    for text in (warning * 3, warning, warning * 4, warning, tight, warning * 2):
        words.setText(text)
        dialog.open()
        QApplication.processEvents()  # the layouts settle; only then a bar could stay
        qtbot.waitUntil(are_in_sight)
        dialog.dismiss()
