"""The settings with the keyboard alone: what changed, what is wrong, what is handed over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from cashier.credentials import ApiKey, FoundKey, KeyPlace
from cashier.domain.failure import CashierError, Failure
from cashier.domain.money import Money
from cashier.domain.quantity import Quantity
from cashier.domain.receipt import Receipt
from cashier.domain.terminal import NewTerminal
from cashier.sandbox.server import SandboxServer
from cashier.services.approvals import Approval
from cashier.settings import Language, Settings, Theme
from cashier.ui.pages.settings import SettingsPage
from cashier.ui.pages.settings_look import scales_for
from cashier.ui.texts import failure_text
from cashier.ui.widgets.band import Band
from tests.ui.names import nameless
from tests.ui.on_screen import show_active
from tests.ui.setup_kit import Probing, RealTill, garbage_stays_here, real_till, type_text

pytestmark = pytest.mark.usefixtures("themed")

KEY = "k3y-of-the-shop"
MERCHANT = "3e7a90c41d5b4f0c8a2b6d9e17f05c84"


@pytest.fixture(autouse=True)
def one_collector(qapp: QApplication) -> Iterator[None]:
    with garbage_stays_here():
        yield


@pytest.fixture(scope="module")
def gateway() -> Iterator[SandboxServer]:
    with SandboxServer(merchant_id=MERCHANT, api_key=KEY) as made:
        yield made


@pytest.fixture
def server(gateway: SandboxServer) -> SandboxServer:
    gateway.start()
    gateway.gateway.reset()
    return gateway


@pytest.fixture
def real(tmp_path: Path, server: SandboxServer) -> Iterator[RealTill]:
    with real_till(tmp_path, server) as made:
        yield made


class Stage:
    """The page of a till that is set up, in a window of its own."""

    def __init__(
        self,
        qtbot: QtBot,
        real: RealTill,
        *,
        training: bool = False,
        found: FoundKey | None = None,
        folder: Path = Path("some") / "folder",
    ) -> None:
        self.qtbot = qtbot
        self.real = real
        self.probe = Probing()
        self.settings = Settings(
            base_url=real.server.base_url, merchant_id=MERCHANT, language=Language.ENGLISH
        )
        self.window = QWidget()
        layout = QVBoxLayout(self.window)
        layout.setContentsMargins(0, 0, 0, 0)
        self.page = SettingsPage(
            till=real.till,
            background=real.background,
            clock=real.clock,
            settings=self.settings,
            probe=self.probe,
            folder=folder,
            training=training,
            found_key=found or FoundKey(ApiKey(KEY), KeyPlace.STORE),
        )
        layout.addWidget(self.page)
        qtbot.addWidget(self.window)
        self.saved: list[tuple[Settings, ApiKey | None]] = []
        self.approvals: list[Approval | None] = []
        self.problems: list[CashierError] = []
        self.page.settings_saved.connect(self._take_saved)
        self.page.problem_raised.connect(self.problems.append)
        self.window.resize(1274, 660)
        show_active(qtbot, self.window)
        self.page.show_view(real.view())
        self.page.entered()
        self.page.focus_main()

    def _take_saved(
        self, settings: Settings, key: ApiKey | None, approval: Approval | None
    ) -> None:
        self.saved.append((settings, key))
        self.approvals.append(approval)

    def line(self, name: str) -> QLineEdit:
        found = self.window.findChild(QLineEdit, f"settings.{name}")
        assert found is not None, name
        return found

    def label(self, name: str) -> QLabel:
        found = self.window.findChild(QLabel, f"settings.{name}")
        assert found is not None, name
        return found

    def button(self, name: str) -> QAbstractButton:
        """The button of that name; of dialogs that are only waiting to be deleted, none."""
        found = self.window.findChildren(QAbstractButton, name)
        assert found, name
        return next((one for one in found if one.isVisible()), found[-1])

    def box(self, name: str) -> QComboBox:
        found = self.window.findChild(QComboBox, f"settings.{name}")
        assert found is not None, name
        return found

    def band(self, name: str) -> Band:
        found = self.window.findChild(Band, f"settings.{name}")
        assert found is not None, name
        return found

    def set(self, name: str, text: str) -> None:
        line = self.line(name)
        line.clear()
        type_text(line, text)

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.window.focusWidget(), key)

    def section(self, name: str) -> None:
        self.button(f"settings.section.{name}").setFocus()
        self.press(Qt.Key.Key_Space)

    def save(self) -> tuple[Settings, ApiKey | None]:
        """F12 and what the application is handed."""
        count = len(self.saved)
        self.press(Qt.Key.Key_F12)
        self.qtbot.waitUntil(lambda: len(self.saved) > count)
        return self.saved[-1]

    @property
    def changed(self) -> str:
        return self.label("changed").text()


@pytest.fixture
def stage(qtbot: QtBot, real: RealTill) -> Stage:
    return Stage(qtbot, real)


def test_arrows_go_through_the_sections(stage: Stage) -> None:
    for name in ("till", "look", "staff", "journal", "diagnostics", "about"):
        stage.press(Qt.Key.Key_Down)
        assert stage.label(f"{name}.title").isVisible(), name
    stage.press(Qt.Key.Key_Up)
    assert stage.label("diagnostics.title").isVisible()


def test_f2_goes_from_the_sections_to_the_first_field_and_back(stage: Stage) -> None:
    tile = stage.button("settings.section.gateway")
    assert stage.window.focusWidget() is tile
    stage.page.focus_main()
    assert stage.window.focusWidget() is stage.line("merchant")
    stage.page.focus_main()
    assert stage.window.focusWidget() is tile


def test_in_a_small_window_a_drop_down_leads_to_the_sections(stage: Stage) -> None:
    stage.window.resize(964, 548)
    box = stage.box("section")
    stage.qtbot.waitUntil(box.isVisible)
    box.setFocus()
    stage.press(Qt.Key.Key_Down)
    assert stage.line("shop").isVisible()
    assert not stage.button("settings.section.till").isVisible()


def test_nothing_is_saved_while_nothing_has_changed(stage: Stage) -> None:
    assert stage.changed == "Nothing has changed"
    assert not stage.button("settings.save").isEnabled()
    stage.press(Qt.Key.Key_F12)
    assert stage.saved == []
    assert stage.page.can_leave()


def test_changes_are_named_and_handed_over_by_f12(stage: Stage) -> None:
    stage.section("till")
    stage.set("shop", "  Лавка <b>на Садовой</b> ")
    stage.set("till_number", "7")
    stage.set("amount_limit", "5000,50")
    assert stage.changed == "Changed: shop’s name, till’s number, limit of a sum"
    assert not stage.page.can_leave()
    settings, key = stage.save()
    assert settings.shop_name == "Лавка <b>на Садовой</b>"
    assert (settings.till_number, settings.amount_limit) == (7, 500050)
    assert key is None
    assert stage.button("settings.save").accessibleName() == "Saving…"
    stage.press(Qt.Key.Key_F12)
    assert len(stage.saved) == 1
    stage.page.show_saved(settings)
    assert stage.changed == "Nothing has changed"
    assert stage.page.can_leave()


def test_esc_takes_the_changes_back(stage: Stage) -> None:
    stage.section("till")
    stage.set("till_name", "Kiosk")
    stage.press(Qt.Key.Key_Escape)
    assert stage.line("till_name").text() == ""
    assert stage.changed == "Nothing has changed"


@pytest.mark.parametrize(
    ("name", "value", "note"),
    [
        ("till_number", "0", "A whole number from 1 to 999"),
        ("till_number", "1.5", "A whole number from 1 to 999"),
        ("till_number", "", "A whole number from 1 to 999"),
        ("amount_limit", "0", "Enter a sum, at most two digits after the point"),
        ("amount_limit", "1,005", "Enter a sum, at most two digits after the point"),
        ("amount_limit", "9999999999999", "Enter a sum, at most two digits after the point"),
    ],
)
def test_numbers_out_of_range_are_told_under_their_field(
    stage: Stage, name: str, value: str, note: str
) -> None:
    stage.section("till")
    stage.set(name, value)
    stage.section("look")
    stage.press(Qt.Key.Key_F12)
    assert stage.saved == []
    assert stage.label(f"{name}.note").text() == note
    assert stage.label(f"{name}.note").isVisible()
    assert stage.window.focusWidget() is stage.line(name)


def test_look_and_sound_are_handed_over(stage: Stage) -> None:
    stage.section("look")
    stage.button("settings.language.ru").setFocus()
    stage.press(Qt.Key.Key_Space)
    stage.button("settings.theme.dark").setFocus()
    stage.press(Qt.Key.Key_Space)
    stage.button("settings.touch").setFocus()
    stage.press(Qt.Key.Key_Space)
    stage.button("settings.full_screen").setFocus()
    stage.press(Qt.Key.Key_Space)
    stage.box("volume").setFocus()
    stage.press(Qt.Key.Key_Down)
    assert stage.changed == "Changed: language, theme, volume, touch mode, full screen"
    settings, _ = stage.save()
    assert (settings.language, settings.theme) == (Language.RUSSIAN, Theme.DARK)
    assert (settings.is_touch, settings.is_full_screen, settings.sound_volume) == (True, True, 80)


def test_without_sounds_there_is_no_volume(stage: Stage) -> None:
    stage.section("look")
    stage.button("settings.sound").setFocus()
    stage.press(Qt.Key.Key_Space)
    assert not stage.box("volume").isEnabled()


def test_only_scales_that_leave_the_smallest_window_are_offered() -> None:
    assert scales_for(1366, 728) == (90, 100, 110)
    assert scales_for(1920, 1040) == (90, 100, 110, 125, 150)
    assert scales_for(1024, 640) == (90, 100)
    assert scales_for(800, 600) == (90,)


def test_the_way_back_to_a_receipt_can_be_switched_off(stage: Stage) -> None:
    stage.section("till")
    box = stage.box("auto_return")
    box.setFocus()
    stage.press(Qt.Key.Key_Home)
    settings, _ = stage.save()
    assert settings.auto_return_seconds == 0


def test_leaving_with_changes_asks(stage: Stage) -> None:
    gone: list[str] = []
    stage.page.leave(lambda: gone.append("unchanged"))
    assert gone == ["unchanged"]
    stage.section("till")
    stage.set("till_name", "Kiosk")
    stage.page.leave(lambda: gone.append("stayed"))
    title = stage.window.findChild(QLabel, "leave_settings.title")
    assert title is not None
    assert title.text() == "Save the changes?"
    stage.press(Qt.Key.Key_Return)
    stage.press(Qt.Key.Key_Escape)
    assert stage.line("till_name").text() == "Kiosk"
    stage.page.leave(lambda: gone.append("discarded"))
    stage.button("leave_settings.discard").click()
    assert gone == ["unchanged", "discarded"]
    assert stage.line("till_name").text() == ""


def test_leaving_may_save_first(stage: Stage) -> None:
    gone: list[str] = []
    stage.section("till")
    stage.set("till_name", "Kiosk")
    stage.page.leave(lambda: gone.append("saved"))
    stage.press(Qt.Key.Key_F12)
    stage.qtbot.waitUntil(lambda: bool(stage.saved))
    assert gone == []
    stage.page.show_saved(stage.saved[0][0])
    assert gone == ["saved"]


def test_saving_that_ends_while_leaving_is_asked_about_does_not_hold_anybody(stage: Stage) -> None:
    gone: list[str] = []
    stage.section("till")
    stage.set("till_name", "Kiosk")
    saved = stage.save()[0]
    stage.page.leave(lambda: gone.append("gone"))
    stage.page.show_saved(saved)
    stage.button("leave_settings.save").click()
    assert gone == ["gone"]


def test_what_could_not_be_saved_stays_typed(stage: Stage) -> None:
    stage.section("till")
    stage.set("till_name", "Kiosk")
    stage.save()
    error = CashierError(Failure.SETTINGS_UNWRITABLE, path="p")
    stage.page.show_failure(error)
    assert stage.problems == [error]
    assert stage.line("till_name").text() == "Kiosk"
    assert stage.button("settings.save").isEnabled()


def test_about_shows_version_folder_and_licences(stage: Stage) -> None:
    stage.section("about")
    assert stage.label("version").text().startswith("Cashier, version ")
    assert stage.label("folder").text() == str(Path("some") / "folder")
    for work, words in (("fonts", "SIL OPEN FONT LICENSE"), ("icons", "ISC License")):
        stage.button(f"settings.licence.{work}").setFocus()
        stage.press(Qt.Key.Key_Space)
        shown = [
            text.toPlainText()
            for text in stage.window.findChildren(QPlainTextEdit, "licence.text")
            if text.isVisible()
        ]
        assert len(shown) == 1
        assert words in shown[0]
        assert nameless(stage.window) == []
        stage.press(Qt.Key.Key_Escape)


def test_training_leads_to_real_payments(qtbot: QtBot, real: RealTill) -> None:
    stage = Stage(qtbot, real, training=True)
    assert stage.label("training.head").text() == "This is the training gateway"
    assert stage.window.findChild(QLineEdit, "settings.merchant") is None
    stage.button("settings.go_live").setFocus()
    with qtbot.waitSignal(stage.page.live_requested):
        stage.press(Qt.Key.Key_Space)
    assert nameless(stage.window) == []


def test_everything_that_can_be_used_has_a_name(stage: Stage) -> None:
    assert nameless(stage.window) == []


def charge(real: RealTill) -> None:
    """One live payment in the journal."""
    till = real.till
    real.call(till.terminals.create, NewTerminal("Hall", "1:2"))

    async def pay() -> None:
        draft = await till.receipts.draft()
        receipt = Receipt().add("Tea", Money.of(10), Quantity.of(1))
        saved = await till.receipts.save(draft, receipt)
        await till.sales.charge(saved.id)

    real.call(pay)


def test_merchant_key_and_address_are_locked_while_a_payment_is_open(
    qtbot: QtBot, real: RealTill
) -> None:
    charge(real)
    stage = Stage(qtbot, real)
    lock = stage.band("lock")
    qtbot.waitUntil(lock.isVisible)
    assert lock.title() == failure_text(CashierError(Failure.OPEN_PAYMENTS, count=1))
    assert not stage.line("merchant").isEnabled()
    assert not stage.line("base_url").isEnabled()
    assert not stage.button("settings.key.replace").isEnabled()
    assert stage.line("proxy").isEnabled()
    stage.section("till")
    stage.set("till_name", "Kiosk")
    settings, key = stage.save()
    assert (settings.till_name, settings.merchant_id, key) == ("Kiosk", MERCHANT, None)


def test_a_payment_that_opens_while_typing_keeps_the_keys_from_being_saved(
    qtbot: QtBot, stage: Stage, real: RealTill
) -> None:
    stage.button("settings.key.replace").setFocus()
    stage.press(Qt.Key.Key_Space)
    type_text(stage.line("key"), "another-key")
    charge(real)
    stage.press(Qt.Key.Key_F12)
    qtbot.waitUntil(stage.band("lock").isVisible)
    assert stage.saved == []
