"""Pictures of sign-in and staff, to be looked at: `python -m tests.ui.look_staff FOLDER [WORDS]`.

WORDS is a JSON file {context: {source: translation}} that stands in for a missing .qm file.
"""

from __future__ import annotations

import gc
import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from cashier.domain.failure import CashierError
from cashier.domain.money import Money
from cashier.domain.receipt import Receipt
from cashier.domain.saved_receipt import ReceiptState, SavedReceipt
from cashier.domain.staff import Right, Role
from cashier.domain.terminal import NewTerminal
from cashier.sandbox.server import SandboxServer
from cashier.settings import Settings
from cashier.ui.dialogs.person import Asked, PersonDialog
from cashier.ui.dialogs.pin import PinDialog
from cashier.ui.dialogs.switch_off import SwitchOffDialog
from cashier.ui.pages.first_start import FirstStart
from cashier.ui.pages.first_start_keys import Answer, KeysStep
from cashier.ui.pages.lock import LockPage, Why
from cashier.ui.pages.settings import SettingsPage
from cashier.ui.pages.settings_menu import SectionTile
from cashier.ui.widgets.pin_entry import PinEntry
from tests.ui.look_setup import Camera
from tests.ui.setup_kit import Probing, TestClock, make_terminal, real_till, type_text
from tests.ui.staff_kit import WRONG, Office, open_office, press, type_pin
from tests.virtual_clock import START


def kept_receipt() -> SavedReceipt:
    receipt = Receipt()
    for name, price in (("Кофе", "459.90"), ("Сок", "139.90"), ("Чай", "52.82")):
        receipt = receipt.add(name, Money.of(price))
    return SavedReceipt(
        id="r1",
        till="2",
        state=ReceiptState.DRAFT,
        receipt=receipt,
        created_at=START,
        changed_at=START,
    )


def shut_out(office: Office, role: Role) -> None:
    async def guess() -> None:
        person = next(one for one in await office.staff.people() if one.role is role)
        for _ in range(5):
            try:
                await office.staff.sign_in(person.id, WRONG[person.pin_length])
            except CashierError:
                continue

    office.background.call(guess)


def look_at_lock(camera: Camera, office: Office, server: SandboxServer, folder: Path) -> None:
    empty = LockPage(office.staff, office.background, office.clock, False)
    empty.show()
    empty.entered()
    camera.settle(seconds=0.3)
    camera.shoot(empty, "13-nobody", full=False)
    empty.close()
    people = office.hire()
    office.sign_in(Role.CASHIER)
    shut_out(office, Role.MANAGER)
    office.background.call(office.staff.lock)
    page = LockPage(office.staff, office.background, office.clock, False)
    page.show_locked(Why.IDLE, at=START, saved=kept_receipt(), owner=people[Role.CASHIER])
    with real_till(folder, server) as real:
        real.call(real.till.terminals.create, NewTerminal("Касса 2 · Зал", "1:2"))
        page.show_view(real.view())
    page.show()
    page.entered()
    camera.settle(seconds=0.5)
    entry = page.findChild(PinEntry, "pin.entry")
    if entry is None:
        raise LookupError("pin.entry")
    type_pin(office.clock, entry, "48")
    camera.shoot(page, "13")
    entry.clear()
    type_pin(office.clock, entry, WRONG[4])
    press(office.clock, entry, Qt.Key.Key_Return)
    camera.settle(seconds=0.5)
    camera.shoot(page, "13-wrong", full=False)
    for _ in range(2):
        press(office.clock, entry, Qt.Key.Key_Down)
    camera.shoot(page, "13-shut", full=False)
    page.close()
    training = LockPage(office.staff, office.background, office.clock, True)
    training.show()
    training.entered()
    camera.settle(seconds=0.3)
    camera.shoot(training, "13-training", full=False)
    training.close()


def look_at_pin(camera: Camera, office: Office) -> None:
    window = QWidget()
    window.setProperty("surface", "canvas")
    window.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    window.resize(1366, 768)
    window.show()
    text = "Возврат 1 709,00 ₽ по чеку 187-041 на карту МИР •• 7705."
    dialog = PinDialog(
        window,
        office.staff,
        office.background,
        Right.REFUND,
        text,
        office.all(),
        clock=office.clock,
    )
    dialog.open()
    entry = dialog.findChild(PinEntry)
    if entry is None:
        raise LookupError("pin.entry")
    press(office.clock, entry, Qt.Key.Key_Down)
    type_pin(office.clock, entry, "731")
    camera.shoot(window, "07b")
    entry.clear()
    type_pin(office.clock, entry, WRONG[6])
    press(office.clock, entry, Qt.Key.Key_Return)
    camera.settle(seconds=0.5)
    camera.shoot(window, "07b-wrong", full=False)
    window.close()


def look_at_settings(camera: Camera, office: Office, server: SandboxServer, folder: Path) -> None:
    office.sign_in(Role.ADMINISTRATOR)
    person = office.all()[-1]
    with real_till(folder, server) as real:
        window = QWidget()
        window.setProperty("surface", "canvas")
        window.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = QVBoxLayout(window)
        layout.setContentsMargins(0, 0, 0, 0)
        page = SettingsPage(
            till=real.till,
            background=real.background,
            clock=office.clock,
            settings=Settings(base_url=server.base_url, merchant_id=server.gateway.merchant_id),
            probe=Probing(),
            folder=folder,
            training=False,
        )
        layout.addWidget(page)
        window.show()
        page.entered()
        tile = page.findChild(SectionTile, "settings.section.staff")
        if tile is None:
            raise LookupError("settings.section.staff")
        tile.click()
        camera.settle(seconds=0.4)
        camera.shoot(window, "16b", frame=True)
        for asked in Asked:
            dialog = PersonDialog(
                window,
                staff=office.staff,
                background=office.background,
                clock=office.clock,
                asked=asked,
                person=None if asked is Asked.ADD else person,
            )
            dialog.open()
            camera.shoot(window, f"16b-{asked.name.lower()}", full=False)
            dialog.remove()
        off = SwitchOffDialog(window, person=person)
        off.open()
        camera.shoot(window, "16b-off", full=False)
        off.remove()
        page.left()
        office.sign_in(Role.CASHIER)
        page.entered()
        camera.settle(seconds=0.4)
        camera.shoot(window, "16b-closed", full=False, frame=True)
        window.close()


def look_at_first_start(camera: Camera, office: Office, server: SandboxServer) -> None:
    make_terminal(server, "1:3")
    page = FirstStart(
        settings=Settings(),
        background=office.background,
        clock=TestClock(),
        probe=Probing(),
        is_going_live=True,
    )
    page.show()
    page.activateWindow()
    camera.settle(page.isActiveWindow, seconds=5)
    page.focus_main()
    for name, text in (
        ("first.base_url", server.base_url),
        ("first.merchant", server.gateway.merchant_id),
        ("first.key", server.gateway.api_key),
        ("first.alias", "1:3"),
    ):
        line = page.findChild(QWidget, name)
        if line is None:
            raise LookupError(name)
        line.setProperty("text", "")
        type_text(line, text)
    step = page.findChildren(KeysStep)[0]
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Return)
    camera.settle(lambda: step.answer is Answer.FOUND, seconds=30)
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Return)
    camera.shoot(page, "10c-empty", full=False)
    for name, text in (
        ("first.admin.name", "Белова Ирина"),
        ("first.admin.pin", "480917"),
        ("first.admin.again", "480917"),
    ):
        line = page.findChild(QWidget, name)
        if line is None:
            raise LookupError(name)
        for letter in text:
            QTest.qWait(40)
            type_text(line, letter)
    camera.shoot(page, "10c")
    page.close()


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    words = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    application = QApplication(sys.argv[:1])
    camera = Camera(application, folder, words)
    gc.disable()  # a collection on the journal's thread would take widgets apart there
    with tempfile.TemporaryDirectory() as temporary, SandboxServer() as server:
        work = Path(temporary)
        for name in ("lock", "settings"):
            (work / name).mkdir()
        with open_office(work) as office:
            look_at_first_start(camera, office, server)
            look_at_lock(camera, office, server, work / "lock")
            look_at_pin(camera, office)
            look_at_settings(camera, office, server, work / "settings")
    QTimer.singleShot(0, application.quit)
    application.exec()


if __name__ == "__main__":
    main()
