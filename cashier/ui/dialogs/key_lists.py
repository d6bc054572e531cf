"""Every key there is, by page, as the list of all keys (F1) shows them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from cashier.ui.frame.rail import section_text
from cashier.ui.frame.section import Section
from cashier.ui.hints import Hint


def all_keys(page: str, *, training: bool) -> tuple[Hint, ...]:
    """The keys of the page with that object name, then those that work everywhere."""
    match page:
        case "sale":
            own = _sale_keys()
        case "payment":
            own = _payment_keys(training=training)
        case "history":
            own = _history_keys()
        case "refund":
            own = _refund_keys()
        case "shift":
            own = _shift_keys()
        case "terminals":
            own = _terminal_keys()
        case "lock":
            return _lock_keys()
        case _:
            own = _settings_keys()
    sections = (
        Hint(f"Ctrl+{number}", section_text(section))
        for number, section in enumerate(Section, start=1)
    )
    return (*own, *_keys_everywhere(), *sections)


def _sale_keys() -> tuple[Hint, ...]:
    """Entering goods, changing them, and what is done with the receipt."""
    return (
        Hint("F2", QCoreApplication.translate("Keys", "Search")),
        Hint("Enter", QCoreApplication.translate("Keys", "Add the goods typed")),
        Hint("3 *", QCoreApplication.translate("Keys", "Three pieces at once: before the name")),
        Hint("F9", QCoreApplication.translate("Keys", "Refund")),
        Hint("F10", QCoreApplication.translate("Keys", "Free price")),
        Hint("↑ ↓", QCoreApplication.translate("Keys", "Choose a line")),
        Hint("Num + −", QCoreApplication.translate("Keys", "One piece more or less")),
        Hint("F4", QCoreApplication.translate("Keys", "Quantity")),
        Hint("Shift+F4", QCoreApplication.translate("Keys", "Price")),
        Hint("F6", QCoreApplication.translate("Keys", "Line discount")),
        Hint("Shift+F6", QCoreApplication.translate("Keys", "Receipt discount")),
        Hint("Del", QCoreApplication.translate("Keys", "Remove line")),
        Hint("Ctrl+Del", QCoreApplication.translate("Keys", "Clear the receipt")),
        Hint("Ctrl+Z", QCoreApplication.translate("Keys", "Undo")),
        Hint("Shift+F5", QCoreApplication.translate("Keys", "Busy terminal: a senior’s override")),
        Hint("F7", QCoreApplication.translate("Keys", "Park the receipt")),
        Hint("Shift+F7", QCoreApplication.translate("Keys", "Parked receipts")),
        Hint("F12", QCoreApplication.translate("Keys", "Show QR")),
    )


def _payment_keys(*, training: bool) -> tuple[Hint, ...]:
    """Waiting for a payment and after it."""
    open_page = Hint("F9", QCoreApplication.translate("Keys", "Open the payment page"))
    return (
        Hint("F5", QCoreApplication.translate("Keys", "Check now")),
        Hint("Shift+F5", QCoreApplication.translate("Keys", "Senior’s decision")),
        Hint("F7", QCoreApplication.translate("Keys", "Wait in background")),
        Hint("F11", QCoreApplication.translate("Keys", "Enlarge QR")),
        *((open_page,) if training else ()),
        Hint("F12", QCoreApplication.translate("Keys", "New QR after a failure")),
        Hint("Esc", QCoreApplication.translate("Keys", "Cancel (twice), or back to the receipt")),
        Hint("Enter", QCoreApplication.translate("Keys", "New receipt, when it is paid")),
    )


def _history_keys() -> tuple[Hint, ...]:
    """Finding a payment, and what is done with it."""
    return (
        Hint("F3", QCoreApplication.translate("Keys", "Search")),
        Hint("F4", QCoreApplication.translate("Keys", "Filters")),
        Hint("↑ ↓", QCoreApplication.translate("Keys", "Choose a payment")),
        Hint("Enter", QCoreApplication.translate("Keys", "Open the receipt, or show its QR")),
        Hint("F5", QCoreApplication.translate("Keys", "Check now")),
        Hint("Shift+F5", QCoreApplication.translate("Keys", "Decide about it")),
        Hint("F6", QCoreApplication.translate("Keys", "Find at the gateway")),
        Hint("F8", QCoreApplication.translate("Keys", "Copy as PDF")),
        Hint("F9", QCoreApplication.translate("Keys", "Refund")),
        Hint("Shift+F9", QCoreApplication.translate("Keys", "Refunded in the Invoice account")),
        Hint("F10", QCoreApplication.translate("Keys", "Export what is shown")),
        Hint("F12", QCoreApplication.translate("Keys", "Decide about it")),
        Hint("Esc", QCoreApplication.translate("Keys", "Take the filters off")),
    )


def _refund_keys() -> tuple[Hint, ...]:
    """Choosing what goes back, and sending it."""
    return (
        Hint("F3", QCoreApplication.translate("Keys", "Find a receipt, or scan its slip")),
        Hint("↑ ↓", QCoreApplication.translate("Keys", "Choose a line")),
        Hint("Num + −", QCoreApplication.translate("Keys", "One piece more or less")),
        Hint("F4", QCoreApplication.translate("Keys", "Quantity or sum to refund")),
        Hint("Shift+F4", QCoreApplication.translate("Keys", "By sum or by lines")),
        Hint("F5", QCoreApplication.translate("Keys", "Check now")),
        Hint("Shift+F5", QCoreApplication.translate("Keys", "Decide about an unknown refund")),
        Hint("F6", QCoreApplication.translate("Keys", "All that is left")),
        Hint("F2", QCoreApplication.translate("Keys", "Reason")),
        Hint("F12", QCoreApplication.translate("Keys", "Ask for the PIN, then give back")),
        Hint("Esc", QCoreApplication.translate("Keys", "Leave; what was chosen stays")),
    )


def _shift_keys() -> tuple[Hint, ...]:
    """Reports, the check against the gateway, opening and closing."""
    return (
        Hint("F3", QCoreApplication.translate("Keys", "Earlier shifts")),
        Hint("F5", QCoreApplication.translate("Keys", "Reconcile with the gateway")),
        Hint("F8", QCoreApplication.translate("Keys", "X report")),
        Hint("F12", QCoreApplication.translate("Keys", "Open or close the shift")),
        Hint("Esc", QCoreApplication.translate("Keys", "Stop reconciling")),
    )


def _lock_keys() -> tuple[Hint, ...]:
    """Signing in."""
    return (
        Hint("↑ ↓", QCoreApplication.translate("Keys", "Choose yourself")),
        Hint("0–9", QCoreApplication.translate("Keys", "PIN")),
        Hint("Enter", QCoreApplication.translate("Keys", "Sign in")),
        Hint("F12", QCoreApplication.translate("Keys", "Save a new PIN")),
        Hint("F1", QCoreApplication.translate("Keys", "All keys")),
    )


def _terminal_keys() -> tuple[Hint, ...]:
    """Adding terminals and looking after them."""
    return (
        Hint("F3", QCoreApplication.translate("Keys", "Find at the gateway")),
        Hint("Enter", QCoreApplication.translate("Keys", "Add the terminal typed")),
        Hint("↑ ↓", QCoreApplication.translate("Keys", "Choose a line")),
        Hint("F4", QCoreApplication.translate("Keys", "Rename")),
        Hint("F5", QCoreApplication.translate("Keys", "Check now")),
        Hint("F6", QCoreApplication.translate("Keys", "Make it default")),
        Hint("F10", QCoreApplication.translate("Keys", "Create a terminal")),
        Hint("Del", QCoreApplication.translate("Keys", "Forget")),
    )


def _settings_keys() -> tuple[Hint, ...]:
    """Going through the settings."""
    return (
        Hint("↑ ↓", QCoreApplication.translate("Keys", "Section")),
        Hint("Tab", QCoreApplication.translate("Keys", "Next field")),
        Hint("F5", QCoreApplication.translate("Keys", "Test the connection")),
        Hint("F12", QCoreApplication.translate("Keys", "Save")),
        Hint("Esc", QCoreApplication.translate("Keys", "Drop the changes")),
    )


def _keys_everywhere() -> tuple[Hint, ...]:
    """What works on every page, but for the sections."""
    return (
        Hint("F1", QCoreApplication.translate("Keys", "All keys")),
        Hint("Shift+F12", QCoreApplication.translate("Keys", "Back to the waiting payment")),
        Hint("Ctrl+8", QCoreApplication.translate("Keys", "Choose the terminal")),
        Hint("Ctrl+9", QCoreApplication.translate("Keys", "Change the cashier")),
        Hint("Ctrl+0", QCoreApplication.translate("Keys", "Lock the till")),
    )
