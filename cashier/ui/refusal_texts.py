"""The gateway's refusals by their codes, and fields that were typed wrongly, as sentences."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate

_LONGEST_QUOTE = 200
_VALIDATION = 400


def quoted(text: str) -> str:
    """Somebody else's words on one line, in quotation marks, cut where they go on and on."""
    line = " ".join(text.split())
    if len(line) > _LONGEST_QUOTE:
        line = f"{line[: _LONGEST_QUOTE - 1]}…"
    return translate("Texts", "“{0}”").format(line)


def refusal_text(code: int | None, *, text: str = "", fields: tuple[str, ...] = ()) -> str:
    """What a refusal of the gateway means for a cashier; its own words follow for unknown codes."""
    told = _known(code)
    if told:
        return told
    if fields or (code is not None and code >= _VALIDATION):
        names = f" ({', '.join(field_name(field) for field in fields)})" if fields else ""
        return translate(
            "Texts",
            "The gateway found a mistake in what the till sent{0}, so nothing new was created. "
            "Call the administrator.",
        ).format(names)
    if text.strip():
        return translate(
            "Texts", "The gateway refused: {0}. Nothing new was created; call the administrator."
        ).format(quoted(text.rstrip(" .")))
    return translate(
        "Texts",
        "The gateway refused without a reason. Nothing new was created; call the administrator.",
    )


def _known(code: int | None) -> str:  # noqa: C901 - one case for every code
    match code:
        case 0:
            return translate(
                "Texts",
                "The gateway does not accept this till’s key, so nothing can be sold. "
                "Call the administrator.",
            )
        case 1:
            return translate(
                "Texts",
                "The gateway does not take this currency on this terminal. "
                "Choose another terminal.",
            )
        case 2:
            return translate("Texts", "The gateway does not accept this sum. Check the receipt.")
        case 3:
            return translate(
                "Texts", "The gateway does not know this terminal. Choose another terminal."
            )
        case 4:
            return translate(
                "Texts",
                "The gateway does not accept this way of paying. Call the administrator.",
            )
        case 5 | 6:
            return translate(
                "Texts",
                "The gateway does not accept the address to return to. Call the administrator.",
            )
        case 7:
            return translate("Texts", "The gateway has no such payment.")
        case 8:
            return translate("Texts", "The gateway has no such refund.")
        case 9:
            return translate("Texts", "The payment is already paid and cannot be cancelled.")
        case 10:
            return translate("Texts", "The payment has already ended with a refusal.")
        case 11:
            return translate(
                "Texts",
                "The customer is already paying, or the gateway has no terminal of that alias.",
            )
        case 12 | 13:
            return translate(
                "Texts",
                "The gateway does not know this point of sale. Call the administrator.",
            )
        case _:
            return ""


def field_name(field: str) -> str:
    """The name of a field as a person calls it; an unknown one as the guide spells it."""
    names = {
        "alias": translate("Texts", "alias"),
        "name": translate("Texts", "name"),
        "description": translate("Texts", "description"),
        "type": translate("Texts", "type"),
        "amount": translate("Texts", "sum"),
        "order.amount": translate("Texts", "sum"),
        "defaultPrice": translate("Texts", "default price"),
        "receipt": translate("Texts", "receipt"),
        "reason": translate("Texts", "reason"),
        "merchant_id": translate("Texts", "Merchant ID"),
        "base_url": translate("Texts", "gateway’s address"),
        "proxy": translate("Texts", "proxy"),
        "ca_file": translate("Texts", "certificate file"),
        "till_name": translate("Texts", "till’s name"),
        "till_number": translate("Texts", "till’s number"),
        "shop_name": translate("Texts", "shop’s name"),
        "amount_limit": translate("Texts", "limit of a sum"),
        "allowed_payment_hosts": translate("Texts", "allowed payment addresses"),
        "auto_return_seconds": translate("Texts", "seconds to a new receipt"),
        "scale_percent": translate("Texts", "scale"),
        "sound_volume": translate("Texts", "volume"),
    }
    return names.get(field) or " ".join(field.split())[:60]


def field_text(field: str, rule: str, limit: str) -> str:
    """What is wrong with something that was typed. Nothing was sent."""
    return translate("Texts", "Check the field “{0}”: {1}. Nothing was sent.").format(
        field_name(field), rule_text(rule, limit)
    )


def rule_text(rule: str, limit: str) -> str:
    """What a field has to be, in lower case, to stand after its name."""
    match rule:
        case "required" | "empty":
            return translate("Texts", "it must not be empty")
        case "length" | "too_long":
            return translate("Texts", "at most {0} characters").format(limit)
        case "minimum":
            return translate("Texts", "not less than {0}").format(limit)
        case "maximum":
            return translate("Texts", "not more than {0}").format(limit)
        case "characters":
            return translate("Texts", "it has characters that cannot be printed")
        case "url" | "host":
            return translate("Texts", "this is no address")
        case "positive":
            return translate("Texts", "it must be more than zero")
        case "negative":
            return translate("Texts", "it must not be negative")
        case "count":
            return translate("Texts", "at most {0} entries").format(limit)
        case "currency":
            return translate("Texts", "it must be in {0}").format(limit)
        case _:
            return translate("Texts", "its value does not fit")
