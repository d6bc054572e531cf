"""The side panel of the chosen terminal: what is known of it and what may be done."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from cashier.domain.terminal import Terminal
from cashier.ui import icons
from cashier.ui.pages.terminal_texts import (
    checked_text,
    is_usable,
    short_id,
    state_look,
    state_text,
    type_text,
)
from cashier.ui.texts import money_text
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.badge import Badge
from cashier.ui.widgets.button import Button, Kind, Size
from cashier.ui.widgets.card import Rule
from cashier.ui.widgets.icon_label import IconLabel
from cashier.ui.widgets.key_value import KeyValue
from cashier.ui.widgets.label import Label, Role, set_tip

_ROWS = ("alias", "id", "type", "price", "comments", "currency", "checked")


class TerminalPanel(QFrame):
    """`default_wanted`, `check_wanted`, `forget_wanted`, `rename_wanted`: its buttons."""

    default_wanted = Signal()
    check_wanted = Signal()
    forget_wanted = Signal()
    rename_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self._terminal: Terminal | None = None
        self._name = Label(role=Role.PANEL_HEAD, name="terminals.panel.name", elide=True)
        self._badge = Badge(name="terminals.panel.state")
        self._rows = {row: self._made_row(row) for row in _ROWS}
        self._copy = _CopyButton()
        self._id_row = QHBoxLayout()
        self._note_icon = IconLabel("info", px=18, colour="text-3")
        self._note = Label(wrap=True, tone="2", role=Role.SMALL, name="terminals.panel.note")
        self._default = Button(
            "",
            name="terminals.default",
            kind=Kind.PRIMARY,
            size=Size.LG,
            icon="star",
            keycap="F6",
            spread=True,
        )
        self._rename = Button("", name="terminals.rename", keycap="F4", spread=True)
        self._check = Button("", name="terminals.check", keycap="F5", spread=True)
        self._forget = Button(
            "", name="terminals.forget", kind=Kind.DANGER, keycap="Del", spread=True
        )
        self._arrange()
        self._default.clicked.connect(self.default_wanted)
        self._rename.clicked.connect(self.rename_wanted)
        self._check.clicked.connect(self.check_wanted)
        self._forget.clicked.connect(self.forget_wanted)
        self._copy.clicked.connect(self._copy_id)
        self.retranslate()
        follow_theme(self.restyle)

    def _made_row(self, row: str) -> KeyValue:
        return KeyValue("", name=f"terminals.panel.{row}", compact=True)

    def _arrange(self) -> None:
        self._head = QHBoxLayout()
        self._head.addWidget(self._name, 1)
        self._head.addWidget(self._badge)
        facts = QVBoxLayout()
        facts.setSpacing(0)
        for name, row in self._rows.items():
            if name == "id":
                self._id_row.addWidget(row, 1)
                self._id_row.addWidget(self._copy)
                facts.addLayout(self._id_row)
            else:
                facts.addWidget(row)
        self._note_box = QWidget()
        note = QHBoxLayout(self._note_box)
        note.setContentsMargins(0, 0, 0, 0)
        note.addWidget(self._note_icon, 0, Qt.AlignmentFlag.AlignTop)
        note.addWidget(self._note, 1)
        self._pair = QHBoxLayout()
        for button in (self._check, self._forget):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self._pair.addWidget(button, 1)
        self._facts = QWidget()
        facts_box = QVBoxLayout(self._facts)
        facts_box.setContentsMargins(0, 0, 0, 0)
        facts_box.addLayout(self._head)
        facts_box.addWidget(Rule())
        facts_box.addLayout(facts)
        facts_box.addWidget(Rule())
        facts_box.addWidget(self._note_box)
        self._facts_layout = facts_box
        self._actions = QWidget()
        self._buttons = QVBoxLayout(self._actions)
        self._buttons.setContentsMargins(0, 0, 0, 0)
        self._buttons.addWidget(self._default)
        self._buttons.addWidget(self._rename)
        self._buttons.addLayout(self._pair)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self._facts)
        self._layout.addStretch(1)
        self._layout.addWidget(self._actions)

    def restyle(self, theme: Theme) -> None:
        self._layout.setContentsMargins(*(theme.px(edge) for edge in (22, 18, 22, 16)))
        self._layout.setSpacing(theme.px(12))
        self._facts_layout.setSpacing(theme.px(12))
        self._buttons.setSpacing(theme.px(10))
        self._pair.setSpacing(theme.px(10))
        self._id_row.setSpacing(theme.px(4))
        self._head.setSpacing(theme.px(10))

    def set_narrow(self, narrow: bool) -> None:
        """There is no room for the keycaps of the two small buttons, nor for the star."""
        self._default.set_icon("" if narrow else "star")
        self._default.set_size(Size.NORMAL if narrow else Size.LG)
        self._check.set_keycap("" if narrow else "F5")
        self._forget.set_keycap("" if narrow else "Del")

    def show_terminal(self, terminal: Terminal | None, *, busy: str | None = None) -> None:
        """Everything in the panel, from the chosen terminal; `busy`: what is being asked."""
        if terminal is None or self._terminal is None or terminal.key != self._terminal.key:
            self._copy.show_copied(False)
        self._terminal = terminal
        self._facts.setVisible(terminal is not None)
        self._actions.setVisible(terminal is not None)
        if terminal is None:
            return
        info = terminal.info
        self._name.setText(terminal.name)
        tone, icon = state_look(terminal.state)
        self._badge.show_state(state_text(terminal.state), tone=tone, icon=icon)
        price = info.default_price if terminal.is_static else None
        can_comment = {True: self.tr("yes"), False: self.tr("no"), None: "—"}
        values = {
            "alias": info.alias or "—",
            "id": short_id(info.id),
            "type": type_text(info),
            "price": money_text(price) if price is not None else "",
            "comments": can_comment[info.can_comments],
            "currency": terminal.currency.value,
            "checked": checked_text(terminal),
        }
        for name, value in values.items():
            self._rows[name].set_value(value)
        self._rows["price"].setVisible(price is not None)
        set_tip(self._copy, info.id)
        self._note.setText(self._note_text(terminal))
        self._note_box.setVisible(bool(self._note.text()))
        is_free = busy is None
        self._default.setEnabled(is_free and not terminal.is_default and is_usable(terminal))
        self._default.setText(
            self.tr("This till’s terminal") if terminal.is_default else self.tr("Make it default")
        )
        self._check.set_busy(busy)
        self._rename.setEnabled(is_free)
        self._forget.setEnabled(is_free)

    def _note_text(self, terminal: Terminal) -> str:
        if not is_usable(terminal):
            return self.tr(
                "The gateway does not know this terminal. Check it again, or forget it here."
            )
        if terminal.is_static:
            return self.tr("The printed QR code opens the bill that waits: one payment at a time.")
        if terminal.own_name and terminal.info.name:
            return self.tr("At the gateway it is called “{0}”.").format(terminal.info.name)
        return ""

    def _copy_id(self) -> None:
        if self._terminal is not None:
            QGuiApplication.clipboard().setText(self._terminal.info.id)
            self._copy.show_copied(True)

    def retranslate(self) -> None:
        keys = {
            "alias": self.tr("Alias"),
            "id": self.tr("Number"),
            "type": self.tr("Type"),
            "price": self.tr("Default price"),
            "comments": self.tr("Customer’s comments"),
            "currency": self.tr("Currency"),
            "checked": self.tr("Checked"),
        }
        for name, text in keys.items():
            self._rows[name].set_key(text)
        self._copy.setAccessibleName(self.tr("Copy the number"))
        self._default.set_accessible(self.tr("Make it this till’s default terminal"))
        self._rename.setText(self.tr("Rename here"))
        self._check.setText(self.tr("Check"))
        self._forget.setText(self.tr("Forget"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class _CopyButton(QToolButton):
    """Turns into a tick once the number is on the clipboard."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("terminals.copy_id")
        self.setProperty("flat", True)
        self._icon = "copy"
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self.setFixedSize(theme.px(44), theme.px(44 if theme.touch else 28))
        self.setIconSize(icons.square(theme.px(18)))
        tone = "text-2" if self._icon == "copy" else "ok-text"
        self.setIcon(icons.icon(self._icon, theme.px(18), theme.color(tone)))

    def show_copied(self, copied: bool) -> None:
        self._icon = "check" if copied else "copy"
        self.restyle(current_theme())
