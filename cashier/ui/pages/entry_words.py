"""Words for what was typed wrong."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from cashier.domain.money import Currency, Money
from cashier.domain.quantity import MAX_QUANTITY
from cashier.domain.receipt import LINES_LIMIT, NAME_LIMIT
from cashier.ui import formats
from cashier.ui.pages.entry_line import SUM_LIMIT, Wrong
from cashier.ui.translation import current_language


def asked_text(price_in: Currency | None) -> str:
    """What the empty line asks for: a price in that currency, else goods."""
    if price_in is None:
        return QCoreApplication.translate("SaleEntry", "Barcode, SKU or name")
    text = QCoreApplication.translate("SaleEntry", "Price, {currency}")
    return text.format(currency=formats.CURRENCY_SIGNS[price_in])


def wrong_text(wrong: Wrong, currency: Currency = Currency.RUB) -> str:  # noqa: C901 - one case for every trouble
    """One line for the cashier."""
    translate = QCoreApplication.translate
    language = current_language()
    match wrong:
        case Wrong.NOT_A_NUMBER:
            return translate("EntryWords", "This is not a number")
        case Wrong.NEGATIVE:
            return translate("EntryWords", "Not less than zero")
        case Wrong.ZERO:
            return translate("EntryWords", "The quantity must be more than zero")
        case Wrong.DECIMALS_OF_MONEY | Wrong.DECIMALS_OF_PERCENT:
            return translate("EntryWords", "No more than two digits after the point")
        case Wrong.DECIMALS_OF_QUANTITY:
            return translate("EntryWords", "No more than three digits after the point")
        case Wrong.PRICE_TOO_LARGE:
            most = formats.money(language, Money(SUM_LIMIT, currency))
            return translate("EntryWords", "No more than {sum}").format(sum=most)
        case Wrong.QUANTITY_TOO_LARGE:
            number = formats.count(language, MAX_QUANTITY)
            return translate("EntryWords", "No more than {number}").format(number=number)
        case Wrong.PERCENT_TOO_LARGE:
            share = formats.percent(language, 100)
            return translate("EntryWords", "No more than {percent}").format(percent=share)
        case Wrong.NAME_TOO_LONG:
            return translate("EntryWords", "The name is too long, at most: {0}").format(NAME_LIMIT)
        case Wrong.TOO_MANY_LINES:
            return translate("EntryWords", "Too many lines in the receipt, at most: {0}").format(
                LINES_LIMIT
            )
        case Wrong.SUM_TOO_LARGE:
            return translate("EntryWords", "The sum of the receipt would be too large")
        case Wrong.UNFINISHED:
            return translate(
                "EntryWords", "Finish this line first: Enter adds it, Esc takes it away"
            )
        case Wrong.SCANNED:
            return translate("EntryWords", "That was the scanner. Finish this line first")
