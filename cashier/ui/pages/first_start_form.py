"""First start, step 2: the fields for merchant, key, terminal and, on demand, the way out."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from cashier.domain.terminal import ALIAS_LIMIT
from cashier.settings import LENGTHS, Settings
from cashier.ui.pages.account_fields import Account, TypedAccount, read_account
from cashier.ui.pages.key_place import keeper_text
from cashier.ui.theme import Theme, follow_theme
from cashier.ui.widgets.button import Button, Kind, Size
from cashier.ui.widgets.field import Field
from cashier.ui.widgets.label import Label, Role

_WAY_OUT = ("base_url", "proxy", "ca_file")


class KeyForm(QWidget):
    """`edited` when a person typed; `check_wanted` by its button. Errors stand under fields."""

    edited = Signal()
    check_wanted = Signal()

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields = {
            "merchant_id": Field(name="first.merchant", limit=LENGTHS["merchant_id"]),
            "key": Field(name="first.key", secret=True),
            "alias": Field(name="first.alias", limit=ALIAS_LIMIT),
            "base_url": Field(name="first.base_url", limit=LENGTHS["base_url"]),
            "proxy": Field(name="first.proxy", limit=LENGTHS["proxy"]),
            "ca_file": Field(name="first.ca_file", limit=LENGTHS["ca_file"]),
        }
        for name in ("merchant_id", *_WAY_OUT):
            self._fields[name].set_text(getattr(settings, name))
        self._eye = self._fields["key"].add_reveal(name="first.key.reveal", accessible="eye")
        self._check = Button("", name="first.check", icon="cable", keycap="F5")
        self._more = Button(
            "", name="first.more", kind=Kind.QUIET, size=Size.SM, icon="chevron-down"
        )
        self._is_narrow = False
        self._arrange()
        for field in self._fields.values():
            field.edited.connect(self.edited)
        self._check.clicked.connect(self.check_wanted)
        self._more.clicked.connect(self._toggle_more)
        self.retranslate()
        follow_theme(self.restyle)

    def _arrange(self) -> None:
        fields = self._fields
        for field in fields.values():
            grow(field)
        self._check_row = QHBoxLayout()
        self._check_row.addWidget(self._check)
        self._check_row.addStretch(1)
        self._check_column = QVBoxLayout()
        self._check_column.addWidget(Label(" ", role=Role.STRONG))  # as high as a field's label
        self._check_column.addLayout(self._check_row)
        self._check_column.addStretch(1)
        self._extra = QWidget()
        self._extra_row = QGridLayout(self._extra)
        self._extra_row.setContentsMargins(0, 0, 0, 0)
        top = Qt.AlignmentFlag.AlignTop
        self._extra_row.addWidget(fields["base_url"], 0, 0, top)
        self._extra_row.addWidget(fields["proxy"], 0, 1, top)
        self._extra_row.addWidget(fields["ca_file"], 1, 0, 1, 2, top)
        self._extra.hide()
        self._grid = QGridLayout()
        self._grid.addWidget(fields["merchant_id"], 0, 0, top)
        self._grid.addWidget(fields["key"], 0, 1, top)
        self._grid.addWidget(fields["alias"], 1, 0, top)
        self._grid.addLayout(self._check_column, 1, 1)
        for grid in (self._grid, self._extra_row):
            grid.setColumnStretch(0, 1)
            grid.setColumnStretch(1, 1)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addLayout(self._grid)
        self._layout.addWidget(self._extra)
        self._check_row.addWidget(self._more)

    def restyle(self, theme: Theme) -> None:
        self._layout.setSpacing(theme.px(18))
        self._check_row.setSpacing(theme.px(12))
        self._check_column.setSpacing(theme.px(8))
        for grid in (self._grid, self._extra_row):
            grid.setHorizontalSpacing(theme.px(16))
            grid.setVerticalSpacing(theme.px(18))

    def set_narrow(self, narrow: bool) -> None:
        """In a narrow window the link to the address stands in a row of its own."""
        if narrow == self._is_narrow:
            return
        self._is_narrow = narrow
        if narrow:
            self._check_row.removeWidget(self._more)
            self._layout.insertWidget(1, self._more, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            self._layout.removeWidget(self._more)
            self._check_row.addWidget(self._more)

    @property
    def alias(self) -> str:
        return self._fields["alias"].text().strip()

    def read(self, settings: Settings) -> Account | None:
        """What is typed as an account on top of `settings`; None after marking what is wrong."""
        self.clear_errors()
        typed = TypedAccount(
            **{name: field.text() for name, field in self._fields.items() if name != "alias"}
        )
        read = read_account(typed, settings)
        errors = read if isinstance(read, dict) else {}
        if not self.alias:
            errors = {**errors, "alias": self.tr("Enter the terminal’s alias")}
        for name, text in errors.items():
            self.mark(name, text)
        first = next((name for name in self._fields if name in errors), None)
        if first is not None:
            self._fields[first].setFocus()
        return read if isinstance(read, Account) and not errors else None

    def mark(self, name: str, text: str) -> bool:
        """Turn a field red with a sentence under it; False where there is no such field."""
        field = self._fields.get(name)
        if field is None:
            return False
        if name in _WAY_OUT:
            self._show_more(True)
        field.set_error(text)
        return True

    def mark_keys(self, text: str) -> None:
        """Both of what the gateway did not accept."""
        for name in ("merchant_id", "key"):
            self._fields[name].set_error(text)
        self._fields["merchant_id"].setFocus()

    def clear_errors(self) -> None:
        for field in self._fields.values():
            field.set_error("")

    def set_locked(self, locked: bool) -> None:
        for field in self._fields.values():
            field.set_enabled(not locked)
        for button in (self._check, self._more, self._eye):
            button.setEnabled(not locked)

    def set_busy(self, text: str | None) -> None:
        self._check.set_busy(text)
        self._check.set_keycap("F5")  # puts it where the text of now leaves room

    def hide_key(self) -> None:
        self._eye.setChecked(False)

    def focus_first(self) -> None:
        """The first field that still wants something."""
        for name in ("merchant_id", "key", "alias"):
            if not self._fields[name].text():
                self._fields[name].setFocus()
                return
        self._fields["alias"].setFocus()

    def _toggle_more(self) -> None:
        self._show_more(self._extra.isHidden())
        if not self._extra.isHidden():
            self._fields["base_url"].setFocus()

    def _show_more(self, shown: bool) -> None:
        self._extra.setVisible(shown)
        self._more.set_icon("chevron-up" if shown else "chevron-down")

    def retranslate(self) -> None:
        fields = self._fields
        fields["merchant_id"].set_label(self.tr("Merchant ID"))
        fields["key"].set_label(self.tr("API key"), hint=keeper_text())
        fields["alias"].set_label(
            self.tr("This till’s terminal"), hint=self.tr("alias, “shop:till”")
        )
        fields["base_url"].set_label(
            self.tr("Gateway’s address"), hint=self.tr("usually left as it is")
        )
        fields["proxy"].set_label(self.tr("Proxy"), hint=self.tr("if there is no other way out"))
        fields["ca_file"].set_label(
            self.tr("CA file"), hint=self.tr("a network’s own certificates; usually empty")
        )
        self._eye.setAccessibleName(self.tr("Show the key"))
        self._check.setText(self.tr("Check"))
        self._check.set_keycap("F5")
        self._more.setText(self.tr("Gateway’s address, proxy"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def grow(field: Field) -> Field:
    """Let a field grow by the lines of an error under it."""
    field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    return field
