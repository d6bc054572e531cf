"""Settings, section «Gateway and keys»: the account, the way out, and the test of both."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from cashier.credentials import ApiKey, FoundKey
from cashier.domain.failure import CashierError, Failure
from cashier.services.diagnostics import ConnectionReport
from cashier.settings import LENGTHS, Settings
from cashier.ui.hints import Hint
from cashier.ui.pages.account_fields import Account, TypedAccount, read_account
from cashier.ui.pages.connection_card import ConnectionCard
from cashier.ui.pages.first_start_form import grow
from cashier.ui.pages.key_field import KeyField
from cashier.ui.pages.settings_section import SettingsSection
from cashier.ui.texts import failure_text
from cashier.ui.theme import Theme, follow_theme
from cashier.ui.widgets.band import Band
from cashier.ui.widgets.button import Button
from cashier.ui.widgets.field import Field
from cashier.ui.widgets.label import Label
from cashier.ui.widgets.tone import Tone

_LOCKED = ("merchant_id", "base_url")


class GatewaySection(SettingsSection):
    """Picture 16. `test_wanted` by its button. The key that is kept is never shown."""

    test_wanted = Signal()

    needs_right = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("gateway", parent)
        self._settings = Settings()
        self._kept: ApiKey | None = None
        self._alias = ""
        self._open = 0
        self._is_narrow = False
        self._fields = {
            "merchant_id": Field(name="settings.merchant", limit=LENGTHS["merchant_id"]),
            "base_url": Field(name="settings.base_url", limit=LENGTHS["base_url"]),
            "proxy": Field(name="settings.proxy", limit=LENGTHS["proxy"]),
            "ca_file": Field(name="settings.ca_file", limit=LENGTHS["ca_file"]),
        }
        self._key = KeyField()
        self._lock = Band(name="settings.lock")
        self._failure = Band(name="settings.test_failure")
        self._test = Button("", name="settings.test", icon="cable", keycap="F5")
        self._test_note = Label(tone="2", wrap=True, name="settings.test_note")
        self.report = ConnectionCard()
        self._arrange()
        for field in self._fields.values():
            grow(field)
            field.edited.connect(self._edit)
        self._key.edited.connect(self._edit)
        self._test.clicked.connect(self.test_wanted)
        self.retranslate()
        follow_theme(self.restyle)

    def _arrange(self) -> None:
        self._grid = QGridLayout()
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._test_row = QHBoxLayout()
        self._test_row.addWidget(self._test)
        self._test_row.addWidget(self._test_note, 1)
        self.body.addWidget(self._lock)
        self.body.addLayout(self._grid)
        self.body.addLayout(self._test_row)
        self.body.addWidget(self._failure)
        self.body.addWidget(self.report)
        self.body.addStretch(1)
        self._place()

    def _place(self) -> None:
        fields, top = self._fields, Qt.AlignmentFlag.AlignTop
        wide: tuple[QWidget, ...] = (fields["merchant_id"], self._key, fields["base_url"])
        narrow: tuple[QWidget, ...] = (fields["merchant_id"], fields["base_url"], self._key)
        for number, part in enumerate(narrow if self._is_narrow else wide):
            self._grid.removeWidget(part)
            span = 2 if self._is_narrow and part is self._key else 1
            self._grid.addWidget(part, number // 2, number % 2, 1, span, top)
        for part in (fields["proxy"], fields["ca_file"]):
            self._grid.removeWidget(part)
        if self._is_narrow:
            self._grid.addWidget(fields["proxy"], 2, 0, top)
            self._grid.addWidget(fields["ca_file"], 2, 1, top)
        else:
            self._grid.addWidget(fields["proxy"], 1, 1, top)
            self._grid.addWidget(fields["ca_file"], 2, 0, 1, 2, top)

    def restyle(self, theme: Theme) -> None:
        self._grid.setHorizontalSpacing(theme.px(18))
        self._grid.setVerticalSpacing(theme.px(14))
        self._test_row.setSpacing(theme.px(16))

    def set_narrow(self, narrow: bool) -> None:
        super().set_narrow(narrow)
        if narrow != self._is_narrow:
            self._is_narrow = narrow
            self._place()

    # What is shown

    def show_settings(self, settings: Settings) -> None:
        self._settings = settings
        for name, field in self._fields.items():
            field.set_text(getattr(settings, name))
            field.set_error("")
        self._key.show_kept()
        self._failure.clear()
        self.report.clear()

    def show_key(self, found: FoundKey | None) -> None:
        """Where the key of the saved merchant is; the key itself only goes to the test."""
        self._kept = found.key if found is not None else None
        self._key.show_place(found.place if found is not None else None)

    def show_terminal(self, alias: str) -> None:
        """The alias that the test asks for."""
        self._alias = alias
        self._show_test_note()

    def show_open(self, count: int) -> None:
        """Lock merchant, key and address while `count` payments are open (row G28)."""
        self._open = count
        for name in _LOCKED:
            self._fields[name].set_enabled(count == 0)
        self._key.set_locked(count > 0)
        self._lock.clear()
        if count:
            error = CashierError(Failure.OPEN_PAYMENTS, count=count)
            self._lock.show_message(failure_text(error), tone=Tone.WARN, icon="lock")

    @property
    def alias(self) -> str:
        """The alias that the test asks for, "" where there is no terminal yet."""
        return self._alias

    @property
    def is_key_typed(self) -> bool:
        return bool(self._key.text())

    def values(self) -> dict[str, object]:
        values: dict[str, object] = {
            name: field.text().strip() for name, field in self._fields.items()
        }
        values["base_url"] = str(values["base_url"]).rstrip("/")
        return values

    def read(self) -> Account | None:
        """The account as it is typed; None after marking what is wrong."""
        self._clear_errors()
        texts = {name: field.text() for name, field in self._fields.items()}
        typed = TypedAccount(key=self._key.text(), **texts)
        read = read_account(typed, self._settings, kept=self._kept)
        if isinstance(read, Account):
            return read
        self.show_errors(read)
        return None

    def show_errors(self, errors: Mapping[str, str]) -> bool:
        places: dict[str, Field | KeyField] = {**self._fields, "key": self._key}
        found = [name for name in places if name in errors]
        for name in found:
            places[name].set_error(errors[name])
        if found and found[0] == "key":
            self._key.focus_typing()
        elif found:
            self._fields[found[0]].setFocus()
        return bool(found)

    # The test

    def show_testing(self, is_testing: bool) -> None:
        self._test.set_busy(self.tr("Checking…") if is_testing else None)
        if is_testing:
            self.report.clear()
            self._failure.clear()

    def show_report(self, report: ConnectionReport, *, proxy: str, moment: str) -> None:
        alias = self._alias or "1"
        self.report.show_report(report, alias=alias, proxy=proxy, moment=moment)

    def show_failure(self, error: CashierError) -> None:
        self._failure.show_message(failure_text(error), tone=Tone.BAD)

    def show_key_failure(self, error: CashierError) -> None:
        """The key could not be kept; it stays typed."""
        self._key.focus_typing()
        self._key.set_error(failure_text(error))

    def hints(self) -> tuple[Hint, ...]:
        return (Hint("F5", self.tr("Check the connection"), self.test_wanted.emit),)

    def note(self) -> str:
        return self.tr("While a QR code can be paid, Merchant ID and key do not change")

    def focus_first(self) -> None:
        if self._open:
            self._fields["proxy"].setFocus()
        else:
            self._fields["merchant_id"].setFocus()

    def _edit(self) -> None:
        self._clear_errors()
        self._failure.clear()
        self.report.clear()
        self.edited.emit()

    def _clear_errors(self) -> None:
        for field in self._fields.values():
            field.set_error("")
        self._key.set_error("")

    def _show_test_note(self) -> None:
        asked = (
            self.tr("The till will ask the gateway for terminal {0}.").format(self._alias)
            if self._alias
            else self.tr("The till will ask the gateway for a terminal.")
        )
        free = self.tr("No money is involved.")
        self._test_note.setText(f"{asked} {free}")

    def retranslate(self) -> None:
        self.set_title(self.tr("Gateway and keys"))
        fields = self._fields
        fields["merchant_id"].set_label(self.tr("Merchant ID"))
        fields["base_url"].set_label(
            self.tr("Gateway’s address"), hint=self.tr("usually left as it is")
        )
        fields["proxy"].set_label(self.tr("Proxy"), hint=self.tr("if there is no other way out"))
        fields["proxy"].line.setPlaceholderText(self.tr("none"))
        fields["ca_file"].set_label(
            self.tr("CA file"), hint=self.tr("if the network has certificates of its own")
        )
        fields["ca_file"].line.setPlaceholderText(self.tr("none: the system’s own store"))
        self._test.setText(self.tr("Check the connection"))
        self._show_test_note()
        self.show_open(self._open)
