"""The keys of the sale page that are not the entry's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from cashier.ui.pages.sale_edits import SaleEdits
from cashier.ui.widgets.shortcut import shortcut


class PageActions(Protocol):
    """What the keys ask the page for."""

    def focus_main(self) -> None: ...
    def park(self) -> None: ...
    def show_parked(self) -> None: ...
    def ask_refund(self) -> None: ...
    def ask_free_price(self) -> None: ...
    def check_link(self) -> None: ...
    def ask_override(self) -> None: ...
    def pay(self) -> None: ...


def bind(page: QWidget, actions: PageActions, edits: SaleEdits) -> None:
    """Bind them for as long as the focus is in the page. Held keys act once."""
    keys: tuple[tuple[str, Callable[[], None]], ...] = (
        ("F4", edits.ask_quantity),
        ("Shift+F4", edits.ask_price),
        ("F5", actions.check_link),
        ("Shift+F5", actions.ask_override),
        ("F6", edits.ask_line_discount),
        ("Shift+F6", edits.ask_receipt_discount),
        ("F7", actions.park),
        ("Shift+F7", actions.show_parked),
        ("F9", actions.ask_refund),
        ("F10", actions.ask_free_price),
        ("F12", actions.pay),
        ("Del", edits.remove_line),
        ("Ctrl+Del", edits.clear),
        ("Ctrl+Z", edits.undo),
        ("Alt+Backspace", edits.undo),
    )
    for text, pressed in keys:
        shortcut(page, text, pressed, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
