"""What each role may do, in words, side by side."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from cashier.domain.staff import Role
from cashier.ui.office_texts import role_text
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.card import Card
from cashier.ui.widgets.icon_label import IconLabel
from cashier.ui.widgets.label import Label
from cashier.ui.widgets.label import Role as Look

translate = QCoreApplication.translate

_ICONS = {
    Role.CASHIER: "user",
    Role.SENIOR: "users",
    Role.MANAGER: "shield-check",
    Role.ADMINISTRATOR: "settings",
}


def duties_text(role: Role) -> str:
    """What the role may do beyond the one before it."""
    match role:
        case Role.CASHIER:
            return translate(
                "StaffRoles",
                "sells, shows the QR, cancels and checks a payment, prints the slip, "
                "takes the X report",
            )
        case Role.SENIOR:
            return translate(
                "StaffRoles",
                "refunds by receipt, decides on an unknown payment, allows a second QR, "
                "closes the shift (Z)",
            )
        case Role.MANAGER:
            return translate(
                "StaffRoles",
                "decides on an unknown refund, takes in payments and refunds from outside, "
                "exports and reconciles",
            )
        case Role.ADMINISTRATOR:
            return translate(
                "StaffRoles",
                "changes keys and settings, terminals and staff, restores the journal from a copy",
            )


class StaffRoles(QWidget):
    """Four cards in a row, or two by two where the page is narrow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_narrow = False
        self._title = Label(role=Look.STRONG, name="staff.roles.title")
        self._note = Label(role=Look.SMALL, tone="3")
        self._cards = {role: _RoleCard(_ICONS[role]) for role in Role}
        self._head = QHBoxLayout()
        self._head.addWidget(self._title, 1)
        self._head.addWidget(self._note)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._lay()
        self.retranslate()
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self._grid.setSpacing(theme.px(12))

    def set_narrow(self, narrow: bool) -> None:
        if narrow != self._is_narrow:
            self._is_narrow = narrow
            self._lay()
            self.restyle(current_theme())

    def _lay(self) -> None:
        across = 2 if self._is_narrow else 4
        self._grid.removeItem(self._head)
        for card in self._cards.values():
            self._grid.removeWidget(card)
        self._grid.addLayout(self._head, 0, 0, 1, across)
        for number, card in enumerate(self._cards.values()):
            self._grid.addWidget(card, 1 + number // across, number % across)
        for column in range(4):
            self._grid.setColumnStretch(column, 1 if column < across else 0)

    def retranslate(self) -> None:
        self._title.setText(translate("StaffRoles", "What each role may do"))
        self._note.setText(translate("StaffRoles", "each may do all that the one before may, and"))
        for role, card in self._cards.items():
            card.show_texts(role_text(role), duties_text(role))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class _RoleCard(Card):
    def __init__(self, icon: str) -> None:
        super().__init__(padding=14, spacing=4)
        self._title = Label(role=Look.STRONG)
        self._text = Label(role=Look.SMALL, tone="2", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconLabel(icon, px=18))
        head.addWidget(self._title, 1)
        self.body.addLayout(head)
        self.body.addWidget(self._text)
        self.body.addStretch(1)
        self.body.setAlignment(Qt.AlignmentFlag.AlignTop)

    def show_texts(self, title: str, text: str) -> None:
        self._title.setText(title)
        self._text.setText(text)
