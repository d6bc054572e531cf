"""Draws the payment page from its templates, in Russian or English."""

from __future__ import annotations

import base64
import functools
import hashlib
import json
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, quote, urlsplit

from markupsafe import Markup

from cashier.paths import resources
from cashier.sandbox import cards
from cashier.sandbox.amounts import shown, shown_quantity
from cashier.sandbox.bank_codes import bank_declines
from cashier.sandbox.payer import Mistake
from cashier.sandbox.pictures import qr_picture
from cashier.sandbox.values import Payment, Status, Step, Terminal

if TYPE_CHECKING:
    import jinja2

LANGUAGES = ("ru", "en")

UNCERTAIN = {(2, 82), (2, 91), (2, 95), (2, 96)} | {(3, -17), (3, -19), (3, -20), (3, -21)}
"""Declines after which the money may have moved all the same."""

_MOSCOW = timezone(timedelta(hours=3))
_STEPS = {
    Step.CHOICE: "choice.html",
    Step.CARD: "card.html",
    Step.CODE: "code.html",
    Step.SBP: "sbp.html",
}


@functools.cache
def _environment() -> jinja2.Environment:
    import jinja2  # for the first payer, not at the start

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(resources() / "sandbox"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@functools.cache
def texts() -> Mapping[str, Mapping[str, str]]:
    """The page's words: language, then key."""
    loaded = json.loads((resources() / "sandbox" / "texts.json").read_text("utf-8"))
    return {language: dict(loaded[language]) for language in LANGUAGES}


@functools.cache
def _style() -> str:
    return (resources() / "sandbox" / "page.css").read_text("utf-8").strip()


def content_security_policy(payment: Payment | None = None) -> str:
    """Nothing may be loaded, run or framed. Forms go here, and on to the shop's own pages."""
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    addresses = (payment.success_url, payment.fail_url) if payment else ()
    shops = [_origin(urlsplit(address)) for address in addresses if address is not None]
    targets = " ".join(["'self'", *shops])
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; "
        f"form-action {targets}; base-uri 'none'; frame-ancestors 'none'"
    )


def _origin(parts: SplitResult) -> str:
    host = _ascii_host(parts)
    return f"{parts.scheme}://{host}" + (f":{parts.port}" if parts.port else "")


def _ascii_host(parts: SplitResult) -> str:
    host = parts.hostname or ""
    if ":" in host:
        return f"[{host}]"
    try:
        name = host.encode("idna").decode()
    except UnicodeError:
        name = "invalid.invalid"
    return quote(name, safe="")


def ascii_address(address: str) -> str:
    """The address as a Location header takes it."""
    parts = urlsplit(address)
    port = f":{parts.port}" if parts.port else ""
    user = parts.netloc.rpartition("@")[0]
    place = (f"{quote(user, safe=':%')}@" if user else "") + _ascii_host(parts) + port
    path = quote(parts.path, safe="/%:@!$&'()*+,;=~")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~?")
    fragment = quote(parts.fragment, safe="/%:@!$&'()*+,;=~?")
    return SplitResult(parts.scheme, place, path, query, fragment).geturl()


def payment_page(
    payment: Payment,
    terminal: Terminal | None,
    *,
    language: str,
    here: str,
    address: str,
    mistake: Mistake | None = None,
    filled: cards.Card | None = None,
) -> str:
    """The page of a payment where it stands. `here`: the last part of the page's own path.

    `address`: the page's whole address, as the payer reached it.
    """
    template = _STEPS[payment.step] if payment.status.is_open else "final.html"
    russian = language == "ru"
    decline = bank_declines().get(payment.bank_code) if payment.bank_code else None
    reason = (decline.title_ru if russian else decline.title) if decline else ""
    return _render(
        template,
        language=language,
        here=here,
        payment=payment,
        terminal=terminal,
        amount=shown(payment.amount, payment.currency, russian=russian),
        lines=_lines(payment, russian=russian),
        expires=_clock_time(payment.expires) if payment.expires else "",
        bonuses=shown(-payment.bonuses, payment.currency, russian=russian),
        mistake=mistake,
        filled=filled,
        reason=reason,
        code=payment.bank_code,
        certain=payment.bank_code not in UNCERTAIN,
        outcome=_outcome(payment.status),
        picture=qr_picture(address) if template == "sbp.html" else "",
        guide_card=cards.GUIDE_CARD,
        bonus_card=cards.bonus_card(),
        decline_cards=[
            (card, bank_declines()[card.bank_code])
            for card in cards.decline_cards()
            if card.bank_code is not None
        ],
        secure_code=cards.CODE,
    )


def terminal_page(terminal: Terminal, *, language: str, here: str) -> str:
    """A terminal without a waiting bill."""
    return _render("terminal.html", language=language, here=here, terminal=terminal)


def missing_page(*, language: str, here: str) -> str:
    return _render("missing.html", language=language, here=here, terminal=None)


def _render(template: str, *, language: str, here: str, **values: Any) -> str:
    return (
        _environment()
        .get_template(template)
        .render(
            t=texts()[language],
            language=language,
            other="en" if language == "ru" else "ru",
            here=here,
            style=Markup(_style()),  # noqa: S704 (our own file, and its hash is in the policy)
            **values,
        )
    )


def _lines(payment: Payment, *, russian: bool) -> list[tuple[str, str, str]]:
    return [
        (
            line.name,
            "" if line.quantity is None else shown_quantity(line.quantity, russian=russian),
            "" if line.total is None else shown(line.total, payment.currency, russian=russian),
        )
        for line in payment.lines
    ]


def _clock_time(moment: datetime) -> str:
    return moment.astimezone(_MOSCOW).strftime("%H:%M")


def _outcome(status: Status) -> str:
    match status:
        case Status.SUCCESSFUL:
            return "paid"
        case Status.FAILED:
            return "declined"
        case Status.CLOSED:
            return "closed"
        case Status.EXPIRED:
            return "expired"
        case Status.INIT | Status.PROCESS:
            return "open"
