"""Canaries through the whole program: a key, a card number, and markup in every name.

Security controls 3, 7, 22, 27, 28 and 30 (reliability.md §5).
"""

from __future__ import annotations

import base64
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from cashier.domain.staff import Right
from cashier.domain.terminal import NewTerminal
from cashier.journal.copies import Reason, copies_of
from cashier.paths import Folders
from cashier.sandbox.faults import Fault, PlannedFault
from cashier.sandbox.server import SandboxServer
from cashier.services.training_staff import OTHER_PIN
from cashier.support import write_bundle
from cashier.ui.widgets.badge import Badge
from cashier.ui.widgets.keycap import Keycap
from cashier.ui.widgets.label import Label
from tests.e2e.conftest import Launch
from tests.e2e.driver import SECTION_KEYS, Driver
from tests.e2e.test_office import choose_all, give_pin, open_refund, sell

CONTROL = Qt.KeyboardModifier.ControlModifier
MERCHANT = "3e7a90c41d5b4f0c8a2b6d9e17f05c84"
KEY = "canary0123456789abcdef0123456789abcdef"
TOKEN = base64.b64encode(f"{MERCHANT}:{KEY}".encode()).decode()
CARD = "5543735484626654"
MARKUP = r"<b>x</b><img src=\\h\s>"


class Served(Driver):
    """A till at a gateway outside the program, with a key of its own."""

    server: SandboxServer

    @property
    def sandbox(self) -> SandboxServer:
        return self.server


@pytest.fixture
def server() -> Iterator[SandboxServer]:
    with SandboxServer("live", merchant_id=MERCHANT, api_key=KEY) as made:
        yield made


@pytest.fixture
def served(launch: type[Launch], server: SandboxServer, monkeypatch: pytest.MonkeyPatch) -> Served:
    monkeypatch.setenv("CASHIER_MERCHANT_ID", MERCHANT)
    monkeypatch.setenv("CASHIER_API_KEY", KEY)
    app = launch.start(sandbox=False, base_url=server.base_url).app
    till = Served(app)
    till.server = server
    assert app.background is not None
    assert app.till is not None
    app.background.call(app.till.terminals.prepare, NewTerminal(name=MARKUP, alias="1:2"))
    return till


def files(folder: Path) -> Iterator[tuple[Path, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".reserve":
            yield path, path.read_bytes()
            if path.suffix == ".zip":
                with zipfile.ZipFile(path) as bundle:
                    yield from ((path / name, bundle.read(name)) for name in bundle.namelist())


def fault(server: SandboxServer, method: str, kind: Fault, **how: object) -> None:
    server.gateway.faults.add(PlannedFault(fault=kind, method=method, **how))  # type: ignore[arg-type]  # one of its fields


def bug(key: str) -> None:
    """A crash with the key, and a PIN beside it, in local variables and in its words."""
    pin = OTHER_PIN
    frame_has_both = (key, pin)
    raise ZeroDivisionError(f"while sending {frame_has_both[0]}")


def test_the_key_and_a_card_number_are_in_no_file_after_a_day_of_everything(
    served: Served, launch: type[Launch]
) -> None:
    """Sales, a refund, faults that echo the key, a bug, a copy, the file for whoever helps."""
    till, server = served, served.server
    echo = '{"error": 1, "description": "' + f"no {KEY} {TOKEN} {CARD}" + '"}'
    sell(till)
    fault(server, "GetPayment", Fault.STATUS_500, text=f"<p>{KEY} {TOKEN} {CARD}</p>")
    fault(server, "GetPayment", Fault.RAW, text=echo)
    fault(server, "CreatePayment", Fault.RAW, text=echo.replace('"error": 1', '"error": 3'))
    till.enter_goods("Bun", "45")
    till.press(Qt.Key.Key_F12)
    till.until(lambda: server.gateway.call_count("CreatePayment") == 2)
    till.turn(0.5)
    hook = sys.excepthook
    try:
        bug(KEY)
    except ZeroDivisionError as error:
        hook(type(error), error, error.__traceback__)
    till.until(lambda: till.sees("crash.detail"))
    assert KEY not in till.text("crash.detail")
    assert "ZeroDivisionError" in till.text("crash.detail")
    assert till.app.till is not None
    assert till.app.background is not None
    folders = Folders(Launch.folder, training=True)

    journal = till.app.till.backups._journal
    till.app.background.call(journal.back_up, Reason.ASKED)
    launch.stop()
    write_bundle(folders, Launch.folder / "bundle.zip")
    assert len(copies_of(folders.journal)) == 1
    looked = {path.suffix: path for path, _ in files(Launch.folder)}
    assert {".db", ".log", ".zip", ".json"} <= looked.keys()
    for path, content in files(Launch.folder):
        for canary in (KEY, TOKEN, CARD):
            assert canary.encode() not in content, path
        assert _card_numbers(content) == [], path
    log = (folders.logs / "cashier.log").read_text(encoding="utf-8")
    assert "ZeroDivisionError" in log
    assert "frame_has_both" not in log.replace("frame_has_both[0]", "").replace(
        "frame_has_both = (key, pin)", ""
    )
    assert OTHER_PIN not in log


def _card_numbers(content: bytes) -> list[str]:
    """Runs of 16 digits that stand alone, begin like a bank card's and pass Luhn's check."""
    found = re.findall(rb"(?<![0-9A-Za-z.])[2-6]\d{15}(?![0-9A-Za-z.])", content)
    return [one.decode() for one in found if _is_card(one.decode())]


def _is_card(text: str) -> bool:
    doubled = [int(one) * (2 if place % 2 else 1) for place, one in enumerate(reversed(text))]
    return sum(one - 9 if one > 9 else one for one in doubled) % 10 == 0


def test_such_a_card_number_would_be_found() -> None:
    assert _card_numbers(f"paid by {CARD}.".encode().replace(b".", b" ")) == [CARD]


def labels() -> list[QLabel]:
    return [one for one in QApplication.allWidgets() if isinstance(one, QLabel)]


def look_at_labels(seen: set[str]) -> None:
    """Each is one of ours, told that its text is plain; tips are escaped."""
    for one in labels():
        assert isinstance(one, Label | Badge | Keycap), type(one)
        assert one.textFormat() is Qt.TextFormat.PlainText, one.objectName()
        if MARKUP in one.text():
            seen.add(one.objectName())
    for widget in QApplication.allWidgets():
        tip = widget.toolTip()
        assert "<b>" not in tip, widget.objectName()
        assert "<img" not in tip, widget.objectName()


def test_markup_in_every_name_is_shown_literally_in_every_window(served: Served) -> None:
    """Goods, people, terminals and the gateway's own words carry markup; nothing takes it for
    such.
    """
    till, server = served, served.server
    app = till.app
    assert app.till is not None
    assert app.background is not None
    staff = app.till.staff

    async def rename() -> None:
        people = await staff.people()
        boss = max(people, key=lambda one: one.role)
        for one in people:
            approval = await staff.approve(boss.id, OTHER_PIN, Right.STAFF)
            await staff.change(
                one.id, name=f"{one.name[:4]} {MARKUP}", role=one.role, approval=approval
            )

    app.background.call(rename)
    seen: set[str] = set()
    sell(till, MARKUP, "120.50")
    look_at_labels(seen)
    open_refund(till)
    look_at_labels(seen)
    choose_all(till)
    till.press(Qt.Key.Key_F12)
    till.until(lambda: bool(server.gateway.refunds.all()))
    look_at_labels(seen)
    till.press(Qt.Key.Key_Escape)
    for key in SECTION_KEYS:
        till.press(key, CONTROL)
        till.turn(0.4)
        look_at_labels(seen)
    till.press(Qt.Key.Key_1, CONTROL)
    fault(server, "CreatePayment", Fault.ERROR, value=7, text=MARKUP)
    till.enter_goods("Bun", "45")
    till.press(Qt.Key.Key_F12)
    till.until(lambda: server.gateway.call_count("CreatePayment") == 2)
    till.turn(0.5)
    look_at_labels(seen)
    till.press(Qt.Key.Key_8, CONTROL)
    till.turn(0.3)
    look_at_labels(seen)
    till.press(Qt.Key.Key_Escape)
    till.press(Qt.Key.Key_0, CONTROL)
    till.until(lambda: till.sees("lock.title"))
    look_at_labels(seen)
    assert len(seen) > 4, seen


def test_the_key_that_is_kept_is_in_no_widget_of_the_whole_program(served: Served) -> None:
    till = served
    for key in SECTION_KEYS:
        till.press(key, CONTROL)
        till.turn(0.2)
    if till.sees("settings.pin"):
        till.press(Qt.Key.Key_F2)
        till.press(Qt.Key.Key_Space)
        give_pin(till, OTHER_PIN)
    till.turn(0.2)
    for widget in QApplication.allWidgets():
        texts = [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()]
        if isinstance(widget, QLabel | QLineEdit):
            texts.append(widget.text())
        assert not [one for one in texts if KEY in one or TOKEN in one], widget.objectName()
    assert KEY not in QApplication.clipboard().text()
