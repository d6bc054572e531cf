"""Settings, section «Till»: names, the limit of a sum, the way back to the next receipt."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from cashier.domain.money import Currency, Money
from cashier.settings import LENGTHS, RANGES, Settings
from cashier.ui import formats
from cashier.ui.dialogs.price_input import read_price
from cashier.ui.pages.first_start_form import grow
from cashier.ui.pages.settings_section import SettingsSection
from cashier.ui.theme import Theme, follow_theme
from cashier.ui.translation import current_language
from cashier.ui.widgets.combo_box import ComboBox
from cashier.ui.widgets.field import Field
from cashier.ui.widgets.label import Label, Role

_SECONDS = (0, 3, 5, 8, 10, 15, 20, 30)


class TillSection(SettingsSection):
    """Everything here belongs to this computer's till only."""

    needs_right = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("till", parent)
        self._fields = {
            "shop_name": Field(name="settings.shop", limit=LENGTHS["shop_name"]),
            "till_name": Field(name="settings.till_name", limit=LENGTHS["till_name"]),
            "till_number": Field(name="settings.till_number", limit=3),
            "amount_limit": Field(name="settings.amount_limit", limit=20),
        }
        self._seconds_label = Label(role=Role.STRONG)
        self._seconds = ComboBox(name="settings.auto_return", accessible="seconds")
        self._choices: list[int] = []
        self._arrange()
        for field in self._fields.values():
            grow(field)
            field.edited.connect(self._edit)
        self._seconds.activated.connect(self._edit)
        self.show_settings(Settings())
        self.retranslate()
        follow_theme(self.restyle)

    def _arrange(self) -> None:
        top = Qt.AlignmentFlag.AlignTop
        self._grid = QGridLayout()
        for number, field in enumerate(self._fields.values()):
            self._grid.addWidget(field, number // 2, number % 2, top)
        self._seconds_box = QVBoxLayout()
        self._seconds_box.addWidget(self._seconds_label)
        self._seconds_box.addWidget(self._seconds)
        self._grid.addLayout(self._seconds_box, 2, 0)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        self.body.addStretch(1)

    def restyle(self, theme: Theme) -> None:
        self._grid.setHorizontalSpacing(theme.px(18))
        self._grid.setVerticalSpacing(theme.px(16))
        self._seconds_box.setSpacing(theme.px(8))

    def show_settings(self, settings: Settings) -> None:
        language = current_language()
        limit = Money(settings.amount_limit, Currency.RUB)
        texts = {
            "shop_name": settings.shop_name,
            "till_name": settings.till_name,
            "till_number": str(settings.till_number),
            "amount_limit": formats.typed_money(language, limit),
        }
        for name, text in texts.items():
            self._fields[name].set_text(text)
            self._fields[name].set_error("")
        self._choices = sorted({*_SECONDS, settings.auto_return_seconds})
        self._fill_seconds()
        self._seconds.setCurrentIndex(self._choices.index(settings.auto_return_seconds))

    def values(self) -> dict[str, object]:
        limit = self._limit()
        return {
            "shop_name": self._fields["shop_name"].text().strip(),
            "till_name": self._fields["till_name"].text().strip(),
            "till_number": self._number() or self._fields["till_number"].text(),
            "amount_limit": limit or self._fields["amount_limit"].text(),
            "auto_return_seconds": self._choices[max(self._seconds.currentIndex(), 0)],
        }

    def check(self) -> dict[str, str]:
        errors: dict[str, str] = {}
        if self._number() is None:
            low, high = RANGES["till_number"]
            errors["till_number"] = self.tr("A whole number from {0} to {1}").format(low, high)
        if self._limit() is None:
            errors["amount_limit"] = self.tr("Enter a sum, at most two digits after the point")
        return errors

    def show_errors(self, errors: Mapping[str, str]) -> bool:
        found = [name for name in self._fields if name in errors]
        for name in found:
            self._fields[name].set_error(errors[name])
        if found:
            self._fields[found[0]].setFocus()
        return bool(found)

    def focus_first(self) -> None:
        self._fields["shop_name"].setFocus()

    def _number(self) -> int | None:
        text = self._fields["till_number"].text().strip()
        low, high = RANGES["till_number"]
        if not (text.isascii() and text.isdigit()) or not low <= int(text) <= high:
            return None
        return int(text)

    def _limit(self) -> int | None:
        price = read_price(self._fields["amount_limit"].text(), Currency.RUB)
        return price.minor if price is not None else None

    def _edit(self) -> None:
        for field in self._fields.values():
            field.set_error("")
        self.edited.emit()

    def _fill_seconds(self) -> None:
        chosen = self._seconds.currentIndex()
        self._seconds.clear()
        for seconds in self._choices:
            text = self.tr("off") if seconds == 0 else self.tr("after {0} s").format(seconds)
            self._seconds.addItem(text.replace(" ", formats.HARD_SPACE))
        self._seconds.setCurrentIndex(max(chosen, 0))

    def retranslate(self) -> None:
        self.set_title(self.tr("Till"))
        fields = self._fields
        fields["shop_name"].set_label(self.tr("Shop"))
        fields["till_name"].set_label(self.tr("Till’s name"))
        fields["till_number"].set_label(
            self.tr("Till’s number"), hint=self.tr("customers see it with the receipt")
        )
        fields["amount_limit"].set_label(
            self.tr("Largest sum of a receipt"), hint=formats.CURRENCY_SIGNS[Currency.RUB]
        )
        self._seconds_label.setText(self.tr("Back to a new receipt"))
        self._seconds.setAccessibleName(self.tr("Back to a new receipt"))
        self._fill_seconds()
