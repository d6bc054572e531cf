"""README's table of keys is what the window obeys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from cashier.ui.pages.entry_keys import EntryKey, entry_key
from cashier.ui.pages.history import HistoryPage
from cashier.ui.pages.page import Page
from cashier.ui.pages.payment import PaymentPage
from cashier.ui.pages.refund import RefundPage
from cashier.ui.pages.sale import SalePage
from cashier.ui.pages.settings import SettingsPage
from cashier.ui.pages.shift import ShiftPage
from cashier.ui.pages.terminals import TerminalsPage
from tests import readme
from tests.e2e.conftest import Launch
from tests.e2e.driver import SECTION_KEYS, Driver

PAGES: dict[str, type[Page]] = {
    "sale": SalePage,
    "payment": PaymentPage,
    "payments": HistoryPage,
    "refund": RefundPage,
    "shift": ShiftPage,
    "terminals": TerminalsPage,
    "settings": SettingsPage,
}
EMPTY_FIELD = "sale, empty field"
FIELD_KEYS = {
    "Up": Qt.Key.Key_Up,
    "Down": Qt.Key.Key_Down,
    "+": Qt.Key.Key_Plus,
    "-": Qt.Key.Key_Minus,
}
OF_EVERY_FORM = {"Tab", "↑ ↓", "Enter"}
"""Keys that every form and list has, and README need not tell."""


def told(where: str) -> list[str]:
    """The keys that README names for a page, as Qt writes them."""
    keys = [row[1].strip("`") for row in readme.rows("keys", readme.text()) if row[0] == where]
    return sorted(QKeySequence(key).toString() for key in keys)


def bound(owner: QWidget) -> list[str]:
    """The keys that belong to a page itself, or to the window and its workplace."""
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    found = owner.findChildren(QShortcut, options=direct)
    workplace = owner.findChild(QWidget, "workplace")
    if workplace is not None:
        found += workplace.findChildren(QShortcut, options=direct)
    return sorted(shortcut.key().toString() for shortcut in found)


def pages(till: Driver) -> dict[str, Page]:
    """Every page, each visited: some are made at the first visit."""
    for key in (*SECTION_KEYS[1:], Qt.Key.Key_1):
        till.press(key, Qt.KeyboardModifier.ControlModifier)
    found: dict[str, Page] = {}
    for where, kind in PAGES.items():
        page = till.window.findChild(kind)
        assert page is not None, where
        found[where] = page
    return found


def test_every_key_of_the_window_and_its_pages_is_in_readme(launch: type[Launch]) -> None:
    till = launch.start()
    owners: dict[str, QWidget] = {"everywhere": till.window, **pages(till)}
    for where, owner in owners.items():
        also = bound(till.window) if owner is not till.window else []
        assert told(where) == [key for key in bound(owner) if key not in also], where
    assert {row[0] for row in readme.rows("keys", readme.text())} == {*owners, EMPTY_FIELD}


@pytest.mark.usefixtures("qapp")
def test_the_keys_of_the_empty_field_mean_something_to_it() -> None:
    assert told(EMPTY_FIELD) == sorted(FIELD_KEYS)
    for keys, key in FIELD_KEYS.items():
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
        assert entry_key(event, is_empty=True) is not EntryKey.OTHER, keys


def test_no_footer_tells_a_key_that_readme_does_not(launch: type[Launch]) -> None:
    till = launch.start()
    till.enter_goods("Tea", "120.50")
    till.show_qr()
    for where, page in pages(till).items():
        hints = {hint.key for hint in page.footer()}
        assert hints, where
        known = {row[1].strip("`") for row in readme.rows("keys", readme.text()) if row[0] == where}
        assert hints - known <= OF_EVERY_FORM | {"F2", "Shift+F12"}, where
