"""The section «Gateway and keys»: the test of a connection, and a key that is never shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cashier.credentials import ApiKey, FoundKey, KeyPlace
from cashier.domain.failure import CashierError, Failure
from cashier.sandbox.faults import Fault, PlannedFault
from cashier.sandbox.server import SandboxServer
from cashier.settings import DEMO_MERCHANT_ID
from cashier.ui.pages.connection_card import ConnectionCard
from cashier.ui.widgets.badge import Badge
from tests.ui.setup_kit import RealTill, garbage_stays_here, make_terminal, type_text
from tests.ui.test_settings_page import KEY, MERCHANT, Stage, gateway, real, server

__all__ = ["gateway", "real", "server"]

pytestmark = pytest.mark.usefixtures("themed")


@pytest.fixture(autouse=True)
def one_collector(qapp: QApplication) -> Iterator[None]:
    with garbage_stays_here():
        yield


@pytest.fixture
def stage(qtbot: QtBot, real: RealTill) -> Stage:
    return Stage(qtbot, real)


def report(stage: Stage) -> ConnectionCard:
    found = stage.window.findChild(ConnectionCard, "settings.report")
    assert found is not None
    return found


def ask(stage: Stage) -> ConnectionCard:
    """F5 and wait for the report."""
    stage.press(Qt.Key.Key_F5)
    assert stage.button("settings.test").accessibleName() == "Checking…"
    stage.qtbot.waitUntil(report(stage).isVisible)
    return report(stage)


def line_of(stage: Stage, step: str) -> str:
    return stage.label(f"report.{step}").text()


def replace_key(stage: Stage, text: str) -> None:
    stage.button("settings.key.replace").setFocus()
    stage.press(Qt.Key.Key_Space)
    type_text(stage.line("key"), text)


def test_a_good_connection_is_green_line_by_line(stage: Stage, server: SandboxServer) -> None:
    make_terminal(server, "1", name="<b>Hall</b>")
    card = ask(stage)
    assert card.title() == "Connected, the keys are right"
    assert line_of(stage, "answer") == "The gateway answered"
    assert stage.label("report.answer.right").text().endswith("\u00a0ms")
    assert line_of(stage, "key") == "The keys are accepted"
    assert line_of(stage, "terminal") == "Terminal 1 is there: “<b>Hall</b>”, dynamic"
    assert stage.label("report.terminal").textFormat() == Qt.TextFormat.PlainText
    assert line_of(stage, "clock").startswith("This till’s clock is ")
    assert stage.probe.calls == [(server.base_url, MERCHANT, "")]


def test_an_absent_terminal_does_not_make_the_keys_wrong(stage: Stage) -> None:
    assert ask(stage).title() == "Connected, the keys are right"
    assert "no terminal 1" in line_of(stage, "terminal")


def test_a_wrong_key_stops_at_its_step_with_a_cure(stage: Stage) -> None:
    replace_key(stage, "wrong-key")
    card = ask(stage)
    assert card.title() == "The gateway answers, the keys are wrong"
    assert line_of(stage, "answer") == "The gateway answered"
    assert line_of(stage, "key") == "The gateway did not accept the Merchant ID or the key"
    assert stage.label("report.key.cure").isVisible()
    assert line_of(stage, "terminal") == "Terminal 1"
    assert stage.label("report.terminal").property("tone") == "off"


def test_no_link_fails_at_the_first_step(stage: Stage, server: SandboxServer) -> None:
    server.stop()
    card = ask(stage)
    assert card.title() == "No connection"
    assert line_of(stage, "answer") == "No link to the gateway"
    assert stage.label("report.answer.cure").isVisible()
    assert stage.label("report.key").property("tone") == "off"


def test_a_wrong_clock_is_told(qtbot: QtBot, stage: Stage, server: SandboxServer) -> None:
    server.gateway.faults.add(PlannedFault(fault=Fault.HTML))
    assert ask(stage).title() == "No connection"
    behind = datetime(2020, 1, 1, tzinfo=UTC)
    with SandboxServer(merchant_id=MERCHANT, api_key=KEY, clock=lambda: behind) as other:
        stage.set("base_url", other.base_url)
        assert ask(stage).title() == "Connected, but the till’s clock is wrong"
        assert "fast" in line_of(stage, "clock")


def test_the_test_uses_what_is_typed_and_saves_nothing(stage: Stage) -> None:
    with SandboxServer(merchant_id="other", api_key="other-key") as other:
        stage.set("merchant", " other ")
        stage.set("base_url", f"{other.base_url}/")
        replace_key(stage, "other-key")
        assert ask(stage).title() == "Connected, the keys are right"
        assert stage.probe.calls == [(other.base_url, "other", "")]
    assert stage.saved == []


def test_editing_takes_the_report_away(stage: Stage) -> None:
    ask(stage)
    stage.set("proxy", "h")
    assert not report(stage).isVisible()


WRONG = (
    ("merchant", "", "Enter the Merchant ID"),
    ("base_url", "http://api.invoice.su/api/v2", "The address must begin with https://"),
    ("base_url", "ftp://x", "This is no address"),
    ("base_url", "https://user:secret@host/api", "This is no address"),
    ("proxy", "10.0.4.1:3128", "A proxy is written http://host:port"),
)


def test_the_answer_to_what_was_typed_before_is_not_shown(
    stage: Stage, server: SandboxServer
) -> None:
    server.gateway.faults.add(PlannedFault(fault=Fault.DELAY, seconds=0.1, times=9))
    stage.press(Qt.Key.Key_F5)
    replace_key(stage, "another-key-0123456789")
    stage.qtbot.wait(500)
    assert not report(stage).isVisible()
    assert stage.button("settings.test").accessibleName() == "Check the connection"


def test_what_cannot_be_right_is_told_and_nothing_is_sent_nor_saved(stage: Stage) -> None:
    for name, value, note in WRONG:
        for key in (Qt.Key.Key_F5, Qt.Key.Key_F12):
            stage.set(name, value)
            stage.press(key)
            assert stage.label(f"{name}.note").text().startswith(note), value
            assert stage.window.focusWidget() is stage.line(name), value
        stage.press(Qt.Key.Key_Escape)
        assert not stage.label(f"{name}.note").isVisible()
    assert stage.probe.calls == []
    assert stage.saved == []


def test_the_guides_merchant_is_for_training_only(stage: Stage) -> None:
    stage.set("base_url", "https://api.invoice.su/api/v2")
    stage.set("merchant", DEMO_MERCHANT_ID)
    replace_key(stage, "key")
    stage.press(Qt.Key.Key_F12)
    assert "training only" in stage.label("merchant.note").text()
    assert stage.saved == []


def test_another_merchant_needs_its_own_key(stage: Stage) -> None:
    stage.set("merchant", "another")
    stage.press(Qt.Key.Key_F12)
    assert stage.label("key.note").text() == "Enter the key of the new Merchant ID"
    assert stage.window.focusWidget() is stage.line("key")
    type_text(stage.line("key"), "its-key")
    settings, key = stage.save()
    assert (settings.merchant_id, key) == ("another", ApiKey("its-key"))


def shown_texts(stage: Stage) -> list[str]:
    """Everything a screen reader or an eye could find."""
    names = ("text", "displayText", "placeholderText", "accessibleName", "accessibleDescription")
    return [
        str(widget.property(name))
        for widget in stage.window.findChildren(QWidget)
        for name in (*names, "toolTip")
    ]


def test_the_key_that_is_kept_is_in_no_widget(stage: Stage) -> None:
    assert not any(KEY in text for text in shown_texts(stage))
    badge = stage.window.findChild(Badge, "settings.key.place")
    assert badge is not None
    assert badge.isVisible()
    assert badge.text()


def test_a_new_key_is_handed_over_once_and_then_gone_from_the_screen(stage: Stage) -> None:
    replace_key(stage, "brand-new-key")
    assert stage.changed == "Changed: API key"
    settings, key = stage.save()
    assert key == ApiKey("brand-new-key")
    stage.page.show_saved(settings, KeyPlace.STORE)
    assert not any("brand-new-key" in text for text in shown_texts(stage))
    assert stage.line("key").isReadOnly()
    assert stage.changed == "Nothing has changed"
    ask(stage)
    assert report(stage).title() == "The gateway answers, the keys are wrong"


def test_esc_gives_the_kept_key_back(stage: Stage) -> None:
    replace_key(stage, "half-typed")
    stage.press(Qt.Key.Key_Escape)
    assert stage.line("key").text() == ""
    assert stage.button("settings.key.replace").isVisible()
    assert ask(stage).title() == "Connected, the keys are right"


@pytest.mark.parametrize("failure", [Failure.KEY_STORE_MISSING, Failure.KEY_STORE_REFUSED])
def test_a_key_that_could_not_be_kept_stays_typed_with_the_reason(
    stage: Stage, failure: Failure
) -> None:
    replace_key(stage, "brand-new-key")
    stage.save()
    stage.page.show_failure(CashierError(failure, store="x"))
    assert stage.label("key.note").isVisible()
    assert stage.line("key").text() == "brand-new-key"
    assert stage.button("settings.save").isEnabled()


def test_a_till_without_a_key_asks_for_one(qtbot: QtBot, real: RealTill) -> None:
    stage = Stage(qtbot, real, found=FoundKey(ApiKey(KEY), KeyPlace.ENVIRONMENT))
    badge = stage.window.findChild(Badge, "settings.key.place")
    assert badge is not None
    assert badge.text() == "From CASHIER_API_KEY"
