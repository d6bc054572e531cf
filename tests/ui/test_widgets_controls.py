from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QButtonGroup, QHBoxLayout, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from cashier.ui.theme import ThemeController
from cashier.ui.widgets.button import Button, Kind, Size
from cashier.ui.widgets.choice import Choice
from cashier.ui.widgets.combo_box import ComboBox
from cashier.ui.widgets.countdown import Countdown
from cashier.ui.widgets.field import Field
from cashier.ui.widgets.footer_hint import FooterHint
from cashier.ui.widgets.keycap import Keycap
from cashier.ui.widgets.label import Label
from cashier.ui.widgets.nav_tile import NavTile
from cashier.ui.widgets.shortcut import shortcut
from cashier.ui.widgets.spinner import Spinner
from cashier.ui.widgets.stepper import Stepper
from cashier.ui.widgets.switch import CheckBox, Switch
from cashier.ui.widgets.timeline import Step, StepState, Timeline
from tests.ui.on_screen import show_active
from tests.ui.qr_reading import rendered

pytestmark = pytest.mark.usefixtures("themed")


def pay_button(qtbot: QtBot, *, spread: bool = False) -> Button:
    button = Button(
        "Show QR",
        name="sale.pay",
        kind=Kind.PRIMARY,
        size=Size.XL,
        icon="qr-code",
        keycap="F12",
        spread=spread,
    )
    qtbot.addWidget(button)
    return button


def test_button_is_named_for_programs_and_for_ears(qtbot: QtBot) -> None:
    button = pay_button(qtbot)
    assert button.objectName() == "sale.pay"
    assert button.accessibleName() == "Show QR"
    button.setText("Pay & go")
    assert button.accessibleName() == "Pay & go"
    assert button.shortcut().isEmpty()
    icon_only = Button("", name="t.x", accessible="Close", icon="x")
    qtbot.addWidget(icon_only)
    assert icon_only.accessibleName() == "Close"


def test_keycap_lies_inside_the_button_and_lets_the_click_through(qtbot: QtBot) -> None:
    for spread in (False, True):
        button = pay_button(qtbot, spread=spread)
        button.resize(335, button.height())
        button.show()
        keycap = button.findChild(Keycap)
        assert keycap is not None
        assert keycap.text() == "F12"
        assert button.rect().contains(keycap.geometry())
        with qtbot.waitSignal(button.clicked, timeout=1000):
            QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=keycap.geometry().center())


def test_keycap_hides_for_fingers(qtbot: QtBot, themed: ThemeController) -> None:
    button = pay_button(qtbot)
    button.show()
    keycap = button.findChild(Keycap)
    assert keycap is not None
    assert keycap.isVisible()
    themed.choose(touch=True)
    assert not keycap.isVisible()
    assert button.height() == 92


def test_text_never_runs_into_the_keycap(qtbot: QtBot) -> None:
    short = Button("Pay", name="t.a", keycap="Shift+F12")
    long = Button("Go back to the payment that waits", name="t.b", keycap="Shift+F12")
    for button in (short, long):
        qtbot.addWidget(button)
    assert long.minimumSizeHint().width() > short.minimumSizeHint().width()
    assert long.minimumSizeHint() == long.sizeHint()


def test_busy_button_says_what_it_does_and_takes_no_press(qtbot: QtBot) -> None:
    button = pay_button(qtbot)
    button.show()
    button.set_busy("Creating…")
    assert button.is_busy
    assert button.accessibleName() == "Creating…"
    with qtbot.assertNotEmitted(button.clicked):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        button.click()
    button.set_busy(None)
    assert button.accessibleName() == "Show QR"
    with qtbot.waitSignal(button.clicked, timeout=1000):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_busy_button_stays_as_disabled_as_its_page_wants_it(qtbot: QtBot) -> None:
    button = pay_button(qtbot)
    button.set_busy("Creating…")
    button.setEnabled(False)
    button.set_busy(None)
    assert not button.isEnabled()
    button.set_busy("Creating…")
    button.setEnabled(True)
    assert not button.isEnabled()
    button.set_busy(None)
    assert button.isEnabled()


def test_busy_button_keeps_its_blue(qtbot: QtBot) -> None:
    button = pay_button(qtbot)
    button.resize(335, 76)
    button.set_busy("Creating…")
    assert rendered(button).pixelColor(20, 38) == QColor("#1B55D3")
    button.set_busy(None)
    button.setEnabled(False)
    assert rendered(button).pixelColor(6, 38) == QColor("#F7F8FA")


def test_held_space_presses_once(qtbot: QtBot) -> None:
    button = pay_button(qtbot)
    button.show()
    presses: list[bool] = []
    button.clicked.connect(lambda: presses.append(True))
    for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
        for _ in range(3):
            event = QKeyEvent(
                kind, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, " ", autorep=True
            )
            QApplication.sendEvent(button, event)
    assert presses == []
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert presses == [True]


def test_enter_does_not_press_a_button(qtbot: QtBot) -> None:
    button = pay_button(qtbot)
    button.show()
    button.setFocus()
    with qtbot.assertNotEmitted(button.clicked):
        QTest.keyClick(button, Qt.Key.Key_Return)


def test_shortcut_reaches_past_a_field_and_ignores_the_held_key(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    line = QLineEdit(window)
    presses: list[str] = []
    bound = shortcut(window, "F12", lambda: presses.append("F12"))
    show_active(qtbot, window)
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_F12)
    assert presses == ["F12"]
    assert not bound.autoRepeat()


def test_stepper_reports_what_is_asked_for(qtbot: QtBot) -> None:
    stepper = Stepper(
        name="sale.quantity", accessible="Quantity, bag", less="One less", more="One more"
    )
    qtbot.addWidget(stepper)
    stepper.show()
    stepper.show_value("2", can_lower=False)
    assert not stepper.minus.isEnabled()
    with qtbot.waitSignal(stepper.raised, timeout=1000):
        QTest.mouseClick(stepper.plus, Qt.MouseButton.LeftButton)
    with qtbot.assertNotEmitted(stepper.lowered):
        QTest.mouseClick(stepper.minus, Qt.MouseButton.LeftButton)
    assert stepper.value() == "2"


def test_stepper_reports_a_typed_number_once(qtbot: QtBot) -> None:
    stepper = Stepper(
        name="sale.quantity", accessible="Quantity, bag", less="One less", more="One more"
    )
    qtbot.addWidget(stepper)
    stepper.show()
    stepper.show_value("2")
    typed: list[str] = []
    stepper.entered.connect(typed.append)
    stepper.start_typing()
    QTest.keyClicks(stepper.line, "0,486")
    QTest.keyClick(stepper.line, Qt.Key.Key_Return)
    QTest.keyClick(stepper.line, Qt.Key.Key_Return)
    stepper.line.clearFocus()
    assert typed == ["0,486"]


def test_parts_of_a_stepper_are_named(qtbot: QtBot) -> None:
    stepper = Stepper(
        name="sale.quantity", accessible="Quantity, bag", less="One less", more="One more"
    )
    qtbot.addWidget(stepper)
    assert stepper.minus.accessibleName() == "One less"
    assert stepper.plus.objectName() == "sale.quantity.plus"
    assert stepper.line.accessibleName() == "Quantity, bag"


def test_field_shows_its_error_and_the_error_can_be_heard(qtbot: QtBot) -> None:
    field = Field("Sum", name="refund.sum", limit=10, counter="%1 of %2")
    qtbot.addWidget(field)
    field.show()
    field.line.setText("3200,00")
    field.set_error("More than is left: <2 675,87 ₽>")
    note = field.findChild(Label, "refund.sum.note")
    assert note is not None
    assert note.isVisible()
    assert note.text() == field.note() == "More than is left: <2 675,87 ₽>"
    assert field.line.accessibleDescription() == field.note()
    field.set_error("")
    assert not note.isVisible()


def test_field_counts_what_is_typed_and_takes_no_more(qtbot: QtBot) -> None:
    field = Field("Name", name="terminal.name", limit=5, counter="%1 of %2")
    qtbot.addWidget(field)
    field.show()
    field.line.setFocus()
    QTest.keyClicks(field.line, "abcdefgh")
    assert field.text() == "abcde"
    assert "5 of 5" in [label.text() for label in field.findChildren(Label)]
    assert field.line.accessibleName() == "Name"
    assert field.line.objectName() == "terminal.name"


def test_field_reports_typing_and_enter_but_not_what_the_program_sets(qtbot: QtBot) -> None:
    field = Field("Name", name="terminal.name")
    qtbot.addWidget(field)
    field.show()
    with qtbot.assertNotEmitted(field.edited):
        field.set_text("abc")
    with qtbot.waitSignal(field.edited, timeout=1000):
        QTest.keyClicks(field.line, "d")
    with qtbot.waitSignal(field.submitted, timeout=1000):
        QTest.keyClick(field.line, Qt.Key.Key_Return)


def test_secret_is_hidden_until_the_eye_is_pressed(qtbot: QtBot) -> None:
    field = Field("API key", name="settings.key", secret=True)
    qtbot.addWidget(field)
    field.set_text("s3cret")
    eye = field.add_reveal(name="settings.key.reveal", accessible="Show the key")
    assert field.line.displayText() == "•" * 6
    eye.setChecked(True)
    assert field.line.displayText() == "s3cret"
    eye.setChecked(False)
    assert "s3cret" not in field.line.displayText()


def test_field_border_says_focus_and_error(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    field, other = Field(name="t.a", accessible="A"), Field(name="t.b", accessible="B")
    layout = QHBoxLayout(window)
    layout.addWidget(field)
    layout.addWidget(other)
    show_active(qtbot, window)
    other.line.setFocus()
    middle = field.frame.height() // 2
    assert rendered(field.frame).pixelColor(0, middle) == QColor("#7F8896")
    field.line.setFocus()
    assert rendered(field.frame).pixelColor(1, middle) == QColor("#1B55D3")
    field.set_error("wrong")
    assert rendered(field.frame).pixelColor(1, middle) == QColor("#BE2A2A")


def test_choices_exclude_each_other_and_follow_the_arrows(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QHBoxLayout(window)
    first = Choice("Dynamic", name="type.dynamic", detail="A new QR for each receipt")
    second = Choice("Static", name="type.static")
    layout.addWidget(first)
    layout.addWidget(second)
    first.setChecked(True)
    show_active(qtbot, window)
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Right)
    assert second.isChecked()
    assert not first.isChecked()
    assert first.accessibleDescription() == "A new QR for each receipt"
    QTest.mouseClick(first, Qt.MouseButton.LeftButton)
    assert first.isChecked()


def test_switch_and_tick_box_turn_with_space_and_click(qtbot: QtBot) -> None:
    for toggle in (Switch("Touch", name="t.switch"), CheckBox("Sound", name="t.tick")):
        qtbot.addWidget(toggle)
        toggle.show()
        toggle.setFocus()
        QTest.keyClick(toggle, Qt.Key.Key_Space)
        assert toggle.isChecked()
        QTest.mouseClick(toggle, Qt.MouseButton.LeftButton)
        assert not toggle.isChecked()
        assert toggle.accessibleName() in ("Touch", "Sound")


def test_wheel_does_not_turn_a_combo_box(qtbot: QtBot) -> None:
    box = ComboBox(name="settings.proxy", accessible="Proxy")
    qtbot.addWidget(box)
    box.addItems(["as the system", "none"])
    box.show()
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert box.currentIndex() == 1
    assert box.view().accessibleName() == "Proxy"


def test_tiles_of_the_rail_exclude_each_other_and_count_tasks(qtbot: QtBot) -> None:
    rail = QWidget()
    qtbot.addWidget(rail)
    group = QButtonGroup(rail)
    sale = NavTile("Sale", name="rail.sale", icon="shopping-cart", parent=rail)
    payments = NavTile("Payments", name="rail.payments", icon="list", parent=rail)
    for tile in (sale, payments):
        group.addButton(tile)
    sale.click()
    payments.click()
    assert not sale.isChecked()
    payments.set_count(4, accessible="Payments, to decide: 4")
    assert payments.accessibleName() == "Payments, to decide: 4"
    payments.resize(79, 66)
    red = QColor("#BE2A2A")
    picture = rendered(payments)
    assert any(picture.pixelColor(x, 15) == red for x in range(79))
    payments.set_count(0)
    assert payments.accessibleName() == "Payments"
    assert all(rendered(payments).pixelColor(x, 15) != red for x in range(79))


def test_narrow_tile_keeps_its_word_as_a_tip(qtbot: QtBot) -> None:
    tile = NavTile("Sale", name="rail.sale", icon="shopping-cart")
    qtbot.addWidget(tile)
    tile.set_compact(True)
    assert tile.height() == 48
    assert "Sale" in tile.toolTip()
    assert tile.accessibleName() == "Sale"


def test_footer_hint_is_a_button_as_high_as_the_footer(qtbot: QtBot) -> None:
    hint = FooterHint("F4", "Quantity", name="footer.quantity")
    qtbot.addWidget(hint)
    hint.show()
    assert hint.height() == 44
    assert hint.focusPolicy() is Qt.FocusPolicy.NoFocus
    with qtbot.waitSignal(hint.clicked, timeout=1000):
        QTest.mouseClick(hint, Qt.MouseButton.LeftButton)


def test_countdown_appears_for_the_last_five_minutes(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    count = Countdown("The QR expires soon", name="payment.countdown", parent=page)
    page.show()
    left = count.findChild(Label, "payment.countdown.left")
    assert left is not None
    for seconds, shown in ((None, False), (301, False), (300, True), (29, True), (0, True)):
        count.show_left(seconds)
        assert count.isVisible() is shown
    count.show_left(103)
    assert left.text() == "1:43"


def test_timeline_names_its_steps_and_keeps_the_rows_that_stay(qtbot: QtBot) -> None:
    line = Timeline(name="payment.timeline")
    qtbot.addWidget(line)
    line.show_steps(
        (Step("Created", "14:32:06", StepState.DONE), Step("Payment", "card", StepState.CURRENT))
    )
    first = line.findChild(Label, "payment.timeline.1")
    assert first is not None
    assert first.text() == "Created"
    line.show_steps(
        (
            Step("Created", "14:32:06", StepState.DONE),
            Step("Payment", "no answer since 14:33", StepState.CURRENT),
        )
    )
    assert line.findChild(Label, "payment.timeline.1") is first
    detail = line.findChild(Label, "payment.timeline.2.detail")
    assert detail is not None
    assert detail.text() == "no answer since 14:33"


def test_spinner_turns_only_while_it_is_seen(qtbot: QtBot) -> None:
    spinner = Spinner()
    qtbot.addWidget(spinner)
    spinner.show()
    still = rendered(spinner)
    qtbot.waitUntil(lambda: rendered(spinner) != still, timeout=2000)


def test_nothing_turns_when_motion_is_not_wanted(qtbot: QtBot, themed: ThemeController) -> None:
    themed.choose(animated=False)
    spinner = Spinner()
    qtbot.addWidget(spinner)
    spinner.show()
    still = rendered(spinner)
    qtbot.wait(200)
    assert rendered(spinner) == still
