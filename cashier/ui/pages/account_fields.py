"""Merchant id, key and address as they were typed, turned into values or into errors by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication

from cashier.credentials import ApiKey
from cashier.domain.failure import CashierError, Failure
from cashier.settings import Settings
from cashier.ui.refusal_texts import rule_text

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class TypedAccount:
    """What stands in the fields. `key` empty: the key that is kept stays."""

    merchant_id: str
    key: str
    base_url: str
    proxy: str
    ca_file: str


@dataclass(frozen=True, slots=True)
class Account:
    """Everything that a connection needs, checked; nothing was sent for it."""

    settings: Settings
    key: ApiKey


def read_account(
    typed: TypedAccount, settings: Settings, *, kept: ApiKey | None = None
) -> Account | dict[str, str]:
    """The account, or what is wrong as sentences by field.

    Fields: merchant_id, key, base_url, proxy, ca_file. `kept` stands in for an empty key as long
    as the merchant is still the one of `settings`.
    """
    errors: dict[str, str] = {}
    merchant_id = typed.merchant_id.strip()
    if not merchant_id:
        errors["merchant_id"] = translate("Account", "Enter the Merchant ID")
    key = _read_key(typed.key.strip(), errors)
    if key is None and "key" not in errors:
        if kept is not None and merchant_id == settings.merchant_id:
            key = kept
        elif kept is not None:
            errors["key"] = translate("Account", "Enter the key of the new Merchant ID")
        else:
            errors["key"] = translate("Account", "Enter the API key")
    changed = settings
    values: dict[str, str] = {
        "base_url": typed.base_url.strip().rstrip("/"),
        "proxy": typed.proxy.strip(),
        "ca_file": typed.ca_file.strip(),
    }
    try:
        changed = replace(settings, merchant_id=merchant_id, **values)  # type: ignore[arg-type]  # all of these fields are text
    except CashierError as error:
        errors |= {name: text for name, text in errors_of(error).items() if name not in errors}
    if errors or key is None:
        return errors
    return Account(changed, key)


def _read_key(text: str, errors: dict[str, str]) -> ApiKey | None:
    if not text:
        return None
    try:
        return ApiKey(text)
    except ValueError:
        errors["key"] = translate(
            "Account", "A key has Latin letters, digits and signs only, and no spaces"
        )
    return None


def errors_of(error: CashierError) -> Mapping[str, str]:
    """What settings refused, as a sentence for the field that is to blame."""
    match error.failure:
        case Failure.BASE_URL_INVALID:
            return {"base_url": _address_text(str(error.facts.get("reason", "")))}
        case Failure.DEMO_MERCHANT:
            return {
                "merchant_id": translate(
                    "Account", "This Merchant ID is the guide’s example; it is for training only"
                )
            }
        case Failure.FIELD_INVALID:
            return {str(error.facts.get("field", "")): field_error(error)}
        case _:
            return {}


def field_error(error: CashierError) -> str:
    """A broken rule as a short sentence to stand under its field."""
    limit = error.facts.get("limit")
    if error.facts.get("field") == "proxy":
        return translate("Account", "A proxy is written http://host:port, without a password")
    text = rule_text(str(error.facts.get("rule", "")), "" if limit is None else str(limit))
    return text[:1].upper() + text[1:]


def _address_text(reason: str) -> str:
    if reason == "plain_http":
        return translate("Account", "The address must begin with https://")
    return translate("Account", "This is no address: it reads https://host/path")
