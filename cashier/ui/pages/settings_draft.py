"""What is typed into the settings, against what is saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QCoreApplication

from cashier.credentials import ApiKey
from cashier.domain.failure import CashierError
from cashier.settings import Settings
from cashier.ui.pages.account_fields import errors_of
from cashier.ui.pages.settings_gateway import GatewaySection
from cashier.ui.pages.settings_section import SettingsSection
from cashier.ui.refusal_texts import field_name

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Wrong:
    """Where something is wrong: in which section, and what, unless it is marked there already."""

    section: int
    errors: Mapping[str, str] = field(default_factory=dict)
    failure: CashierError | None = None


class SettingsDraft:
    """Reads the sections; knows nothing of where they are shown."""

    def __init__(self, sections: Sequence[SettingsSection], gateway: GatewaySection | None) -> None:
        self._sections = tuple(sections)
        self._gateway = gateway
        self._shown: dict[str, object] = {}

    def note_shown(self) -> None:
        """Remember what the fields show for what is saved: "no language" shows as one."""
        self._shown = self._values(self._sections)

    def changed(self, saved: Settings) -> list[str]:
        """The names of what differs, as people call it."""
        names = [
            name
            for name, value in self._values(self._sections).items()
            if value not in (self._shown.get(name), getattr(saved, name))
        ]
        words = [_word(name) for name in names]
        if self._gateway is not None and self._gateway.is_key_typed:
            words.append(translate("SettingsDraft", "API key"))
        return words

    def read(self, saved: Settings) -> tuple[Settings, ApiKey | None] | Wrong:
        """The settings with the new key, if one was typed; or what is wrong, first things first."""
        for number, section in enumerate(self._sections):
            errors = section.check()
            if errors:
                return Wrong(number, errors)
        base, key = saved, None
        if self._gateway is not None and self._is_gateway_changed(saved):
            account = self._gateway.read()
            if account is None:
                return Wrong(self._sections.index(self._gateway))
            base = account.settings
            key = account.key if self._gateway.is_key_typed else None
        others = [section for section in self._sections if section is not self._gateway]
        try:
            return replace(base, **self._values(others)), key  # type: ignore[arg-type]  # checked above
        except CashierError as error:
            return self._wrong(error)

    def _wrong(self, error: CashierError) -> Wrong:
        errors = errors_of(error)
        for number, section in enumerate(self._sections):
            if set(errors) & set(section.values()):
                return Wrong(number, errors)
        return Wrong(0, failure=error)

    def _is_gateway_changed(self, saved: Settings) -> bool:
        if self._gateway is None:
            return False
        return self._gateway.is_key_typed or any(
            getattr(saved, name) != value for name, value in self._gateway.values().items()
        )

    def _values(self, sections: Sequence[SettingsSection]) -> dict[str, object]:
        return {name: value for section in sections for name, value in section.values().items()}


def _word(name: str) -> str:
    names = {
        "language": translate("SettingsDraft", "language"),
        "theme": translate("SettingsDraft", "theme"),
        "is_touch": translate("SettingsDraft", "touch mode"),
        "is_full_screen": translate("SettingsDraft", "full screen"),
        "is_sound_on": translate("SettingsDraft", "sounds"),
    }
    return names.get(name) or field_name(name)
