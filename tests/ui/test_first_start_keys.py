"""First start, step 2: the keys are tried out at a real gateway, with the keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator

import anyio
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from cashier.credentials import ApiKey
from cashier.domain.failure import CashierError, Failure
from cashier.domain.money import Money
from cashier.domain.terminal import NewTerminal, TerminalType
from cashier.sandbox.faults import Fault, PlannedFault
from cashier.sandbox.server import SandboxServer
from cashier.services.diagnostics import ConnectionReport
from cashier.settings import DEFAULT_BASE_URL, DEMO_MERCHANT_ID, Settings
from cashier.ui.background import Background
from cashier.ui.pages.first_start import FirstStart
from cashier.ui.pages.first_start_keys import Answer, KeysStep
from cashier.ui.pages.new_terminal_card import NewTerminalCard
from cashier.ui.widgets.band import Band
from cashier.ui.widgets.tone import Tone
from tests.ui.names import nameless
from tests.ui.on_screen import show_active
from tests.ui.setup_kit import Probing, TestClock, garbage_stays_here, make_terminal, type_text

pytestmark = pytest.mark.usefixtures("themed")


@pytest.fixture(autouse=True)
def one_collector(qapp: QApplication) -> Iterator[None]:
    with garbage_stays_here():
        yield


KEY = "k3y-of-the-shop"
MERCHANT = "3e7a90c41d5b4f0c8a2b6d9e17f05c84"


@pytest.fixture
def server() -> Iterator[SandboxServer]:
    with SandboxServer(merchant_id=MERCHANT, api_key=KEY) as made:
        yield made


class Stage:
    """The page at its second step."""

    def __init__(self, qtbot: QtBot, worker: Background, probe: Probing, base_url: str) -> None:
        self.qtbot = qtbot
        self.probe = probe
        self.page = FirstStart(
            settings=Settings(base_url=DEFAULT_BASE_URL),
            background=worker,
            clock=TestClock(),
            probe=probe,
            is_going_live=True,
            needs_administrator=False,
        )
        self.live: list[tuple[Settings, ApiKey, str, NewTerminal | None]] = []
        self.page.live_chosen.connect(lambda *args: self.live.append(args[:4]))
        qtbot.addWidget(self.page)
        self.page.resize(1366, 768)
        show_active(qtbot, self.page)
        if base_url:
            self.set("first.base_url", base_url)

    def line(self, name: str) -> QLineEdit:
        found = self.page.findChild(QLineEdit, name)
        assert found is not None, name
        return found

    def label(self, name: str) -> QLabel:
        found = self.page.findChild(QLabel, name)
        assert found is not None, name
        return found

    def button(self, name: str) -> QPushButton:
        found = self.page.findChild(QPushButton, name)
        assert found is not None, name
        return found

    @property
    def band(self) -> Band:
        found = self.page.findChild(Band, "first.answer")
        assert found is not None
        return found

    @property
    def step(self) -> KeysStep:
        return self.page.findChildren(KeysStep)[0]

    @property
    def card(self) -> NewTerminalCard:
        return self.page.findChildren(NewTerminalCard)[0]

    def set(self, name: str, text: str) -> None:
        line = self.line(name)
        line.clear()
        type_text(line, text)

    def fill(self, *, merchant: str = MERCHANT, key: str = KEY, alias: str = "1:2") -> None:
        self.set("first.merchant", merchant)
        self.set("first.key", key)
        self.set("first.alias", alias)

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.page.focusWidget(), key)

    def ask(self, key: Qt.Key = Qt.Key.Key_Return) -> None:
        """Press a key that asks the gateway and wait for what it says."""
        self.press(key)
        assert self.step.answer is Answer.CHECKING
        assert self.button("first.next").accessibleName() == "Checking…"
        self.qtbot.waitUntil(lambda: self.step.answer is not Answer.CHECKING)


@pytest.fixture
def worker() -> Iterator[Background]:
    made = Background()
    yield made
    made.close()


@pytest.fixture
def stage(qtbot: QtBot, worker: Background, server: SandboxServer) -> Stage:
    return Stage(qtbot, worker, Probing(), server.base_url)


def test_a_terminal_that_is_there_ends_the_set_up(stage: Stage, server: SandboxServer) -> None:
    make_terminal(server, "1:2", name="<b>Hall</b>")
    stage.fill()
    stage.ask()
    assert stage.step.answer is Answer.FOUND
    assert stage.band.tone is Tone.OK
    assert stage.band.title() == "The gateway accepted the keys"
    assert stage.band.detail() == "Terminal 1:2 is there: “<b>Hall</b>”"
    assert stage.label("first.answer.detail").textFormat() == Qt.TextFormat.PlainText
    assert stage.button("first.next").text() == "Next"
    stage.press(Qt.Key.Key_Return)
    ((settings, key, alias, new),) = stage.live
    assert (settings.merchant_id, settings.base_url) == (MERCHANT, server.base_url)
    assert settings.is_set_up
    assert key == ApiKey(KEY)
    assert (alias, new) == ("1:2", None)


def test_f5_asks_too_and_never_goes_on(stage: Stage, server: SandboxServer) -> None:
    make_terminal(server, "1:2")
    stage.fill()
    stage.ask(Qt.Key.Key_F5)
    stage.ask(Qt.Key.Key_F5)
    assert len(stage.probe.calls) == 2
    assert stage.live == []


def test_an_absent_terminal_gets_a_name_and_is_handed_over(stage: Stage) -> None:
    stage.fill()
    stage.ask()
    assert stage.step.answer is Answer.ABSENT
    assert stage.card.isVisible()
    assert stage.page.focusWidget() is stage.line("first.new_terminal.name")
    assert stage.button("first.next").text() == "Create and go on"
    stage.press(Qt.Key.Key_Return)
    assert stage.live == []
    assert stage.label("first.new_terminal.name.note").isVisible()
    type_text(stage.line("first.new_terminal.name"), "Касса 2 · Зал")
    stage.press(Qt.Key.Key_Return)
    assert stage.live[0][3] == NewTerminal(name="Касса 2 · Зал", alias="1:2")


def test_a_static_terminal_needs_a_price(stage: Stage) -> None:
    stage.fill()
    stage.ask()
    type_text(stage.line("first.new_terminal.name"), "Stand")
    price = stage.line("first.new_terminal.price")
    assert not price.isVisible()
    kind = stage.page.findChild(QComboBox, "first.new_terminal.type")
    assert kind is not None
    kind.setFocus()
    stage.press(Qt.Key.Key_Down)
    assert price.isVisible()
    for wrong in ("", "0", "12,505", "-3", "much"):
        price.clear()
        type_text(price, wrong)
        stage.press(Qt.Key.Key_Return)
        assert stage.label("first.new_terminal.price.note").isVisible(), wrong
    price.clear()
    type_text(price, "150,50")
    stage.press(Qt.Key.Key_Return)
    new = stage.live[0][3]
    assert new is not None
    assert (new.type, new.default_price) == (TerminalType.STATIC, Money(15050))


def test_wrong_keys_turn_both_fields_red(stage: Stage) -> None:
    stage.fill(key="not-the-key")
    stage.ask()
    assert stage.step.answer is Answer.KEY_REFUSED
    text = "The gateway did not accept the Merchant ID or the key"
    assert stage.label("first.merchant.note").text() == text
    assert stage.label("first.key.note").text() == text
    assert not stage.band.isVisible()
    type_text(stage.line("first.key"), "2")
    assert not stage.label("first.key.note").isVisible()


def test_without_a_link_the_band_is_amber_and_f5_tries_again(
    stage: Stage, server: SandboxServer
) -> None:
    make_terminal(server, "1:2")
    server.stop()
    stage.fill()
    stage.ask()
    assert stage.band.tone is Tone.WARN
    assert stage.band.title() == "No link to the gateway"
    stage.qtbot.waitUntil(stage.button("first.again").isVisible)
    assert stage.button("first.next").text() == "Check the keys"
    server.start()
    stage.ask(Qt.Key.Key_F5)
    assert stage.step.answer is Answer.FOUND


def test_an_answer_that_is_no_answer_is_told(stage: Stage, server: SandboxServer) -> None:
    server.gateway.faults.add(PlannedFault(fault=Fault.HTML))
    stage.fill()
    stage.ask()
    assert stage.step.answer is Answer.TROUBLE
    assert stage.band.isVisible()
    assert stage.live == []


def test_another_refusal_shows_the_gateways_words_as_they_are(
    stage: Stage, server: SandboxServer
) -> None:
    server.gateway.faults.add(PlannedFault(fault=Fault.ERROR, value=999, text="<i>Нет</i>"))
    stage.fill()
    stage.ask()
    assert stage.step.answer is Answer.TROUBLE
    assert stage.band.title()
    assert stage.label("first.answer.title").textFormat() == Qt.TextFormat.PlainText


WRONG = (
    ("first.merchant", "   ", "Enter the Merchant ID"),
    ("first.merchant", DEMO_MERCHANT_ID, "This Merchant ID is the guide’s example"),
    ("first.key", "", "Enter the API key"),
    ("first.key", "two words", "A key has Latin letters"),
    ("first.key", "ключ", "A key has Latin letters"),
    ("first.alias", " ", "Enter the terminal’s alias"),
    ("first.base_url", "http://api.invoice.su/api/v2", "The address must begin with https://"),
    ("first.base_url", "api.invoice.su", "This is no address"),
    ("first.proxy", "10.0.4.1:3128", "A proxy is written http://host:port"),
    ("first.proxy", "socks5://10.0.4.1:3128", "A proxy is written http://host:port"),
    ("first.proxy", "http://user:secret@10.0.4.1:3128", "A proxy is written http://host:port"),
)


def test_what_cannot_be_right_is_told_under_its_field_and_nothing_is_sent(
    qtbot: QtBot, worker: Background
) -> None:
    stage = Stage(qtbot, worker, Probing(), "")
    for name, value, note in WRONG:
        stage.fill()
        stage.set("first.base_url", DEFAULT_BASE_URL)
        stage.set("first.proxy", "")
        stage.set(name, value)
        stage.press(Qt.Key.Key_Return)
        assert stage.step.answer is Answer.NONE, value
        assert stage.label(f"{name}.note").text().startswith(note), value
        assert stage.label(f"{name}.note").isVisible(), value
        assert stage.page.focusWidget() is stage.line(name), value
        type_text(stage.line(name), "x")
        assert not stage.label(f"{name}.note").isVisible(), value
    assert stage.probe.calls == []


def test_limits_of_the_fields_hold_while_typing(stage: Stage) -> None:
    stage.set("first.alias", "a" * 51)
    stage.set("first.merchant", "m" * 65)
    assert len(stage.line("first.alias").text()) == 50
    assert len(stage.line("first.merchant").text()) == 64


class SlowProbe(Probing):
    """Answers only when it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.may_answer: anyio.Event | None = None

    async def __call__(
        self, base_url: str, merchant_id: str, key: ApiKey, proxy: str, ca_file: str, alias: str
    ) -> ConnectionReport:
        self.may_answer = anyio.Event()
        await self.may_answer.wait()
        return await super().__call__(base_url, merchant_id, key, proxy, ca_file, alias)


def test_an_answer_to_what_was_typed_before_is_not_heard(
    qtbot: QtBot, worker: Background, server: SandboxServer
) -> None:
    probe = SlowProbe()
    stage = Stage(qtbot, worker, probe, server.base_url)
    stage.fill()
    stage.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: probe.may_answer is not None)
    stage.set("first.alias", "1:3")
    assert stage.step.answer is Answer.NONE
    assert probe.may_answer is not None
    worker.call(anyio.sleep, 0)
    assert probe.calls == []
    assert not stage.band.isVisible()


def test_esc_goes_back_and_nothing_typed_is_lost(stage: Stage) -> None:
    stage.fill()
    stage.press(Qt.Key.Key_Escape)
    assert not stage.step.isVisible()
    stage.press(Qt.Key.Key_Return)
    assert stage.step.isVisible()
    assert stage.line("first.merchant").text() == MERCHANT
    assert stage.line("first.key").text() == KEY
    assert stage.line("first.alias").text() == "1:2"


def test_the_key_is_dots_until_the_eye_is_pressed_and_hides_again_when_it_leaves(
    stage: Stage, server: SandboxServer
) -> None:
    make_terminal(server, "1:2")
    stage.fill()
    line = stage.line("first.key")
    eye = stage.page.findChild(QToolButton, "first.key.reveal")
    assert eye is not None
    assert KEY not in line.displayText()
    eye.setFocus()
    stage.press(Qt.Key.Key_Space)
    assert line.displayText() == KEY
    stage.ask(Qt.Key.Key_F5)
    stage.press(Qt.Key.Key_Return)
    assert len(stage.live) == 1
    assert KEY not in line.displayText()
    texts = [
        str(widget.property(name))
        for widget in stage.page.findChildren(QWidget)
        for name in ("text", "accessibleName", "accessibleDescription", "toolTip")
        if widget is not line
    ]
    assert not any(KEY in text for text in texts)


def test_the_address_opens_by_keyboard(stage: Stage) -> None:
    stage.button("first.more").setFocus()
    stage.press(Qt.Key.Key_Space)
    assert stage.line("first.proxy").isVisible()
    assert stage.page.focusWidget() is stage.line("first.base_url")


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (CashierError(Failure.KEY_STORE_MISSING), "no safe place for the key"),
        (CashierError(Failure.SETTINGS_UNWRITABLE, path="p"), "settings were not saved"),
        (CashierError(Failure.TERMINAL_OUTCOME_UNKNOWN, alias="1:2"), "whether terminal 1:2"),
    ],
)
def test_what_the_application_could_not_do_gives_everything_back(
    stage: Stage, server: SandboxServer, error: CashierError, told: str
) -> None:
    make_terminal(server, "1:2")
    stage.fill()
    stage.ask()
    stage.press(Qt.Key.Key_Return)
    assert not stage.line("first.key").isEnabled()
    stage.press(Qt.Key.Key_Return)
    assert len(stage.live) == 1
    stage.page.show_failure(error)
    assert told in stage.band.title()
    assert stage.line("first.key").isEnabled()
    assert stage.line("first.key").text() == KEY
    stage.press(Qt.Key.Key_Return)
    assert len(stage.live) == 2


def test_a_set_up_that_was_broken_off_begins_at_the_first_empty_field(
    qtbot: QtBot, worker: Background
) -> None:
    page = FirstStart(
        settings=Settings(base_url=DEFAULT_BASE_URL, merchant_id=MERCHANT),
        background=worker,
        clock=TestClock(),
        probe=Probing(),
    )
    qtbot.addWidget(page)
    show_active(qtbot, page)
    focus = page.focusWidget()
    assert focus is not None
    assert focus.objectName() == "first.key"


def test_a_refused_name_of_the_terminal_is_marked_with_the_gateways_words(stage: Stage) -> None:
    stage.fill()
    stage.ask()
    type_text(stage.line("first.new_terminal.name"), "Hall")
    stage.press(Qt.Key.Key_Return)
    refused = CashierError(Failure.REFUSED, code=400, text="", fields={"name": "<u>too odd</u>"})
    stage.page.show_failure(refused)
    assert stage.label("first.new_terminal.name.note").text() == "“<u>too odd</u>”"


@pytest.mark.parametrize("size", [(1366, 768), (1024, 640)])
def test_every_field_can_be_reached_and_has_a_name(stage: Stage, size: tuple[int, int]) -> None:
    stage.page.resize(*size)
    stage.fill()
    stage.ask()
    assert nameless(stage.page) == []
    seen: set[str] = set()
    for _ in range(30):
        seen.add(stage.page.focusWidget().objectName())
        stage.press(Qt.Key.Key_Tab)
    assert {
        "first.merchant",
        "first.key",
        "first.key.reveal",
        "first.alias",
        "first.check",
        "first.more",
        "first.new_terminal.name",
        "first.new_terminal.type",
        "first.back",
        "first.next",
    } <= seen
