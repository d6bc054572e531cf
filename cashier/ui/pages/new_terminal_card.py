"""First start: the terminal that the gateway does not have yet."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cashier.domain.money import Currency, Money
from cashier.domain.terminal import NAME_LIMIT, NewTerminal, TerminalType
from cashier.ui.dialogs.price_input import read_price
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.card import Card
from cashier.ui.widgets.combo_box import ComboBox
from cashier.ui.widgets.field import Field
from cashier.ui.widgets.icon_label import IconLabel
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.shape import draw_rounded

_TYPES = (TerminalType.DYNAMIC, TerminalType.STATIC)


class NewTerminalCard(Card):
    """Name, type and, for a static one, the price. `edited` when the person typed or chose."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(name="first.new_terminal", padding=18, spacing=8, parent=parent)
        self._alias = ""
        self._plus = IconLabel("plus", px=22, colour="accent-text")
        self._title = Label(role=Role.STRONG, name="first.new_terminal.title", wrap=True)
        self._name = Field(name="first.new_terminal.name", limit=NAME_LIMIT, strong=False)
        self._type_label = Label(role=Role.FIELD, tone="2")
        self._type = ComboBox(name="first.new_terminal.type", accessible="type")
        self._price = Field(name="first.new_terminal.price", strong=False)
        for kind in _TYPES:
            self._type.addItem("", kind)
        self._arrange()
        self._name.edited.connect(self._edit)
        self._price.edited.connect(self._edit)
        self._type.activated.connect(self._edit)
        self.retranslate()
        self._show_price()
        follow_theme(self.lay_out)

    def _arrange(self) -> None:
        self._head = QHBoxLayout()
        self._head.addWidget(self._plus)
        self._head.addWidget(self._title, 1)
        kind = QWidget()
        self._kind = QVBoxLayout(kind)
        self._kind.setContentsMargins(0, 0, 0, 0)
        self._kind.addWidget(self._type_label)
        self._kind.addWidget(self._type)
        self._kind.addStretch(1)
        self._row = QHBoxLayout()
        self._row.addWidget(self._name, 4)
        self._row.addWidget(kind, 3)
        self._row.addWidget(self._price, 2)
        self.body.addLayout(self._head)
        self.body.addLayout(self._row)

    def lay_out(self, theme: Theme) -> None:
        self._head.setSpacing(theme.px(10))
        self._row.setSpacing(theme.px(16))
        self._kind.setSpacing(theme.px(8))

    def show_alias(self, alias: str) -> None:
        self._alias = alias
        self.retranslate()

    def focus_first(self) -> None:
        self._name.setFocus()

    def read(self) -> NewTerminal | None:
        """The terminal to create; None after marking what is wrong."""
        self._clear_errors()
        name = self._name.text().strip()
        kind = self._chosen_type()
        price: Money | None = None
        if not name:
            self._name.set_error(self.tr("Enter the name that customers will see"))
            self._name.setFocus()
            return None
        if kind is TerminalType.STATIC:
            price = read_price(self._price.text(), Currency.RUB)
            if price is None:
                self._price.set_error(self.tr("Enter a price"))
                self._price.setFocus()
                return None
        return NewTerminal(name=name, alias=self._alias, type=kind, default_price=price)

    def show_error(self, field: str, text: str) -> bool:
        """Mark the field the gateway refused (its own name); False where it is not here."""
        known = {"name": self._name, "defaultPrice": self._price}
        found = known.get(field)
        if found is not None:
            found.set_error(text)
            found.setFocus()
        return found is not None

    def set_locked(self, locked: bool) -> None:
        self._name.set_enabled(not locked)
        self._price.set_enabled(not locked)
        self._type.setEnabled(not locked)

    def retranslate(self) -> None:
        title = self.tr("There is no terminal {0} yet: the till will create it")
        self._title.setText(title.format(self._alias))
        self._name.set_label(self.tr("Name, customers see it"))
        self._type_label.setText(self.tr("Type"))
        self._type.setAccessibleName(self.tr("Type"))
        self._price.set_label(self.tr("Default price"))
        texts = (self.tr("Dynamic"), self.tr("Static"))
        for index, text in enumerate(texts):
            self._type.setItemText(index, text)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        draw_rounded(
            QPainter(self),
            self.rect(),
            radius=theme.px(12),
            fill=theme.color("surface"),
            border=theme.color("accent"),
        )

    def _chosen_type(self) -> TerminalType:
        return _TYPES[max(self._type.currentIndex(), 0)]

    def _edit(self) -> None:
        self._clear_errors()
        self._show_price()
        self.edited.emit()

    def _show_price(self) -> None:
        self._price.setVisible(self._chosen_type() is TerminalType.STATIC)

    def _clear_errors(self) -> None:
        self._name.set_error("")
        self._price.set_error("")
