"""The fields of a new terminal, as values or as errors."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from cashier.domain.money import Currency, Money
from cashier.domain.terminal import (
    ALIAS_LIMIT,
    DESCRIPTION_LIMIT,
    NAME_LIMIT,
    NewTerminal,
    TerminalType,
)
from cashier.ui.dialogs.price_input import read_price
from cashier.ui.formats import CURRENCY_SIGNS
from cashier.ui.theme import Theme, follow_theme
from cashier.ui.widgets.choice import Choice
from cashier.ui.widgets.combo_box import ComboBox
from cashier.ui.widgets.field import Field
from cashier.ui.widgets.icon_label import IconLabel
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.switch import Switch
from cashier.ui.widgets.tone import Tone

_CURRENCIES = tuple(Currency)


class NewTerminalForm(QWidget):
    """`edited` after every change by hand, `alias_edited` with what is typed there."""

    edited = Signal()
    alias_edited = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = Field(name="new_terminal.name", limit=NAME_LIMIT, strong=False)
        self._alias = Field(name="new_terminal.alias", limit=ALIAS_LIMIT, strong=False)
        self._description = Field(
            name="new_terminal.description", limit=DESCRIPTION_LIMIT, strong=False
        )
        self._type_label = Label(role=Role.FIELD, tone="2")
        self._dynamic = Choice("", name="new_terminal.dynamic")
        self._static = Choice("", name="new_terminal.static")
        self._price = Field(name="new_terminal.price", strong=False)
        self._sign = Label(tone="3", role=Role.BODY_LARGE)
        self._price.add_trailing(self._sign)
        self._currency_label = Label(role=Role.FIELD, tone="2")
        self._currency = ComboBox(name="new_terminal.currency", accessible="currency")
        for currency in _CURRENCIES:
            self._currency.addItem(currency.value)
        self._alias_note = _AliasNote()
        self._comments = Switch("", name="new_terminal.comments", words_first=True)
        self._dynamic.setChecked(True)
        self._arrange()
        self._connect()
        self.retranslate()
        self._paint()
        follow_theme(self.restyle)

    def _arrange(self) -> None:
        top = Qt.AlignmentFlag.AlignTop
        for field in (self._name, self._alias, self._description, self._price):
            field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        types = QWidget()
        self._types = QHBoxLayout(types)
        self._types.setContentsMargins(0, 0, 0, 0)
        self._types.addWidget(self._dynamic, 1)
        self._types.addWidget(self._static, 1)
        self._type_box = QVBoxLayout()
        self._type_box.addWidget(self._type_label)
        self._type_box.addWidget(types)
        self._currency_box = QVBoxLayout()
        self._currency_box.addWidget(self._currency_label)
        self._currency_box.addWidget(self._currency)
        self._currency_box.addStretch(1)
        self._last = QHBoxLayout()
        self._last.addWidget(self._price, 3, top)
        self._last.addLayout(self._currency_box, 2)
        self._last.addStretch(1)
        self._last.addWidget(self._comments, 0, Qt.AlignmentFlag.AlignBottom)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.addWidget(self._name, 0, 0, top)
        self._grid.addWidget(self._alias, 0, 1, top)
        self._grid.addWidget(self._alias_note, 1, 0, 1, 2)
        self._grid.addWidget(self._description, 2, 0, 1, 2, top)
        self._grid.addLayout(self._type_box, 3, 0, 1, 2)
        self._grid.addLayout(self._last, 4, 0, 1, 2)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)

    def _connect(self) -> None:
        for field in (self._name, self._alias, self._description, self._price):
            field.edited.connect(self._edit)
        self._alias.edited.connect(self.alias_edited)
        self._static.toggled.connect(self._edit)
        self._currency.activated.connect(self._edit)
        self._comments.toggled.connect(self._edit)

    def restyle(self, theme: Theme) -> None:
        self._grid.setHorizontalSpacing(theme.px(14))
        self._grid.setVerticalSpacing(theme.px(10))
        self._types.setSpacing(theme.px(14))
        self._last.setSpacing(theme.px(14))
        self._type_box.setSpacing(theme.px(8))
        self._currency_box.setSpacing(theme.px(8))
        self._currency.setMinimumWidth(theme.px(150))
        self._comments.setMinimumHeight(theme.height("input"))

    @property
    def first(self) -> QWidget:
        """What gets the focus when the dialog opens."""
        return self._name.line

    @property
    def alias(self) -> str:
        return self._alias.text().strip()

    @property
    def currency(self) -> Currency:
        return _CURRENCIES[max(self._currency.currentIndex(), 0)]

    def differs_from(self, alias: str) -> bool:
        """Whether anything was typed or chosen besides `alias`, which was given."""
        texts = (self._name, self._description, self._price)
        typed = any(field.text().strip() for field in texts)
        chosen = self._static.isChecked() or self._comments.isChecked()
        return typed or chosen or self.alias != alias

    def set_alias(self, alias: str) -> None:
        self._alias.set_text(alias)

    def note_alias(self, text: str, *, tone: Tone | None = None) -> None:
        """What the gateway says of the alias."""
        self._alias.set_error("")
        self._alias_note.show_note(text, tone)
        self._alias.line.setAccessibleDescription(text)

    def read(self) -> NewTerminal | None:
        """What is typed; None after marking every field that is wrong."""
        for field in (self._name, self._description, self._price):
            field.set_error("")
        wrong: list[Field] = []
        name = self._name.text().strip()
        if not name:
            self._name.set_error(self.tr("Enter the name that customers will see"))
            wrong.append(self._name)
        if not self.alias:
            self._alias.set_error(self.tr("Enter an alias"))
            wrong.append(self._alias)
        price: Money | None = None
        if self._static.isChecked():
            price = read_price(self._price.text(), self.currency)
            if price is None:
                self._price.set_error(self.tr("Enter a price"))
                wrong.append(self._price)
        if wrong:
            wrong[0].setFocus()
            return None
        return NewTerminal(
            name=name,
            alias=self.alias,
            description=self._description.text().strip(),
            type=TerminalType.STATIC if self._static.isChecked() else TerminalType.DYNAMIC,
            default_price=price,
            can_comments=self._comments.isChecked(),
        )

    def show_error(self, field: str, text: str) -> bool:
        """Turn the field red that the gateway calls so; False where it is not here."""
        known = {
            "name": self._name,
            "alias": self._alias,
            "description": self._description,
            "defaultPrice": self._price,
        }
        found = known.get(field)
        if found is None or not found.isVisibleTo(self):
            return False
        found.set_error(text)
        found.setFocus()
        return True

    def set_locked(self, locked: bool) -> None:
        """While an answer is awaited nothing changes."""
        for field in (self._name, self._alias, self._description):
            field.set_enabled(not locked)
        for widget in (self._dynamic, self._static, self._currency, self._comments):
            widget.setEnabled(not locked)
        self._price.set_enabled(not locked and self._static.isChecked())

    def _edit(self) -> None:
        self._paint()
        self.edited.emit()

    def _paint(self) -> None:
        is_static = self._static.isChecked()
        self._price.set_enabled(is_static)
        self._price.line.setPlaceholderText("0" if is_static else "—")
        self._sign.setText(CURRENCY_SIGNS[self.currency])
        for field in (self._name, self._description, self._price):
            field.set_error("")

    def retranslate(self) -> None:
        counter = self.tr("%1 of %2")
        self._name.set_label(self.tr("Name"))
        self._alias.set_label(self.tr("Alias"))
        self._description.set_label(self.tr("Description"))
        for field in (self._name, self._alias, self._description):
            field.set_counter(counter)
        self._type_label.setText(self.tr("Type"))
        self._dynamic.show_texts(
            self.tr("Dynamic"), self.tr("A new QR code for each receipt. What a till usually has.")
        )
        self._static.show_texts(
            self.tr("Static"), self.tr("One printed QR code; it needs a default price.")
        )
        self._price.set_label(self.tr("Default price"))
        self._currency_label.setText(self.tr("Till’s currency"))
        self._currency.setAccessibleName(self.tr("Till’s currency"))
        self._comments.setText(self.tr("Customer’s comments"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class _AliasNote(QWidget):
    """One line under name and alias, as high when it is empty, so that nothing jumps."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = IconLabel("", px=16)
        self._text = Label(role=Role.SMALL, name="new_terminal.alias_state", elide=True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._icon)
        self._row.addWidget(self._text, 1)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self._row.setSpacing(theme.px(8))
        self.setFixedHeight(theme.px(20))

    def show_note(self, text: str, tone: Tone | None) -> None:
        icons = {Tone.OK: "circle-check", Tone.WARN: "triangle-alert"}
        icon = icons.get(tone, "info") if tone is not None else "info"
        self._icon.show_icon(icon if text else "", colour=tone.text if tone else "text-3")
        self._text.setText(text)
        self._text.set_tone(tone or "2")
