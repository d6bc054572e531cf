from __future__ import annotations

import dataclasses
from datetime import UTC, datetime

import pytest

from cashier.domain.bank_codes import BANK_CODES
from cashier.domain.failure import CashierError, Failure
from cashier.domain.money import Money
from cashier.domain.payment import PaymentState, Word
from cashier.services.health import HealthView, Link
from cashier.ui import icons, texts
from cashier.ui.widgets.tone import Tone
from tests.ui.payment_views import payment_view

FACTS = {
    "folder": "D:/till",
    "path": "D:/till/settings.json",
    "field": "alias",
    "rule": "length",
    "limit": 50,
    "port": 8080,
    "url": "http://x",
    "free_mib": 12,
    "count": 2,
    "alias": "1:2",
    "receipt": "187-058",
    "code": 3,
    "text": "Неверный id терминала",
    "http_status": 500,
}
NOT_TAKEN = "no money was taken"


@pytest.mark.parametrize("failure", list(Failure))
@pytest.mark.parametrize("facts", [FACTS, {}], ids=["facts", "bare"])
def test_every_failure_is_one_whole_sentence_with_or_without_facts(
    failure: Failure, facts: dict[str, object]
) -> None:
    text = texts.failure_text(CashierError(failure, **facts))
    assert text.strip()
    assert "\n" not in text
    assert text.endswith(".")
    assert "{" not in text
    assert "None" not in text


def test_a_failure_names_its_facts() -> None:
    limit = Money.of("1000.00")
    over = texts.failure_text(CashierError(Failure.SUM_OVER_LIMIT, limit=limit))
    assert "1,000.00\u00a0₽" in over
    assert "187-058" in texts.failure_text(CashierError(Failure.TERMINAL_BUSY, receipt="187-058"))
    assert "(500)" in texts.failure_text(CashierError(Failure.GATEWAY_ERROR, http_status=500))


@pytest.mark.parametrize("word", list(Word))
def test_every_word_has_a_text_a_tone_and_an_icon_that_ships(word: Word) -> None:
    assert texts.word_text(word)
    assert texts.word_icon(word) in icons.icon_names()
    assert isinstance(texts.word_tone(word), Tone)


def test_words_are_told_apart() -> None:
    assert len({texts.word_text(word) for word in Word}) == len(Word)


@pytest.mark.parametrize("code", [*range(14), 400, 422, 500, 77, None])
def test_every_refusal_code_is_a_sentence(code: int | None) -> None:
    text = texts.refusal_text(code)
    assert text.endswith(".")
    assert "{" not in text


def test_an_unknown_refusal_quotes_the_gateway_on_one_line() -> None:
    text = texts.refusal_text(77, text="Нет\nи <b>всё</b>.")
    assert "“Нет и <b>всё</b>”" in text
    assert len(texts.quoted("я" * 900)) < 210


def test_a_validation_refusal_names_the_fields() -> None:
    assert "alias, default price" in texts.refusal_text(422, fields=("alias", "defaultPrice"))


@pytest.mark.parametrize("code", BANK_CODES, ids=lambda code: code.text)
def test_every_bank_code_has_its_own_heading_and_something_to_say(code: object) -> None:
    assert code in BANK_CODES
    others = {texts.bank_heading(other) for other in BANK_CODES if other is not code}
    unlisted = texts.bank_heading(None)
    heading = texts.bank_heading(code)
    assert heading not in others | {unlisted}
    assert texts.bank_reason(code) != texts.bank_reason(None)


@pytest.mark.parametrize("code", BANK_CODES, ids=lambda code: code.text)
def test_no_money_was_taken_is_said_for_certain_codes_only(code: object) -> None:
    row = next(one for one in BANK_CODES if one is code)
    view = payment_view(
        PaymentState.FAILED, status="error", status_description=f"{row.text} {row.title}"
    )
    told = texts.decline(view.payment)
    assert (NOT_TAKEN in told.money) is row.is_certain
    assert told.code == str(row.number)
    assert NOT_TAKEN not in told.say


@pytest.mark.parametrize(
    "description",
    [
        "",
        "Отказ",
        "[2, 77] New code",
        "Not sufficient funds",
        "[2, 51] then [2, 91]",
        "[2, 51] [9, 9]",
    ],
)
def test_nothing_certain_is_said_of_what_is_not_a_certain_pair(description: str) -> None:
    view = payment_view(PaymentState.FAILED, status="error", status_description=description)
    told = texts.decline(view.payment)
    assert not told.is_certain
    assert NOT_TAKEN not in told.money
    assert "the till will check once more" in told.money


@pytest.mark.parametrize(
    ("method", "account", "text"),
    [
        ("sbp", "", "SBP"),
        ("SBP", "", "SBP"),
        ("card", "220220******4417", "Card MIR ••\u00a04417"),
        ("card", "554373******6654", "Card Mastercard ••\u00a06654"),
        ("card", "400000******0002", "Card Visa ••\u00a00002"),
        ("card", "990000******0002", "Card ••\u00a00002"),
        ("card", "", "Card"),
        ("", "220220******4417", "Card MIR ••\u00a04417"),
        ("", "", "QR code"),
        ("qiwi", "", "QR code"),
        ("<b>", "x", "QR code"),
    ],
)
def test_the_method_is_named_as_far_as_it_is_known(method: str, account: str, text: str) -> None:
    view = payment_view(PaymentState.PAID, method=method, account=account)
    assert texts.method_text(view.payment) == text


SINCE = datetime(2026, 11, 24, 11, 20, tzinfo=UTC)
CONNECTED = HealthView(
    Link.CONNECTED, since=0.0, since_utc=SINCE, last_answer=100.0, latency=0.24, skew=0.0
)


def _lines(
    view: HealthView, now: float = 101.0, *, training: bool = False, polling: bool = False
) -> texts.HealthLines:
    return texts.health_lines(view, now, training=training, polling=polling)


def test_health_while_polling_counts_seconds() -> None:
    lines = _lines(CONNECTED, polling=True)
    assert lines == ("wifi", Tone.OK, "Gateway connected", "240 ms · 1 s ago")


def test_health_at_rest_counts_minutes() -> None:
    assert _lines(CONNECTED).second == "last answer under a minute ago"
    assert _lines(CONNECTED, 100 + 250).second == "last answer 4 min ago"


def test_health_in_training_says_so_only_while_it_is_well() -> None:
    lines = _lines(CONNECTED, training=True)
    assert (lines.icon, lines.first) == ("graduation-cap", "Training gateway")
    lost = dataclasses.replace(CONNECTED, link=Link.LOST)
    assert _lines(lost, training=True).icon == "wifi-off"


@pytest.mark.parametrize(
    ("link", "icon", "tone", "first"),
    [
        (Link.MISSED, "wifi", Tone.MUTE, "The gateway did not answer"),
        (Link.LOST, "wifi-off", Tone.WARN, "No link to the gateway"),
        (Link.KEY_REFUSED, "key-round", Tone.BAD, "The gateway refused the key"),
        (Link.NOT_YET, "wifi", Tone.MUTE, "The gateway has not answered yet"),
    ],
)
def test_health_by_link(link: Link, icon: str, tone: Tone, first: str) -> None:
    view = dataclasses.replace(CONNECTED, link=link, last_answer=None)
    lines = _lines(view)
    assert lines[:3] == (icon, tone, first)
    assert icon in icons.icon_names()


def test_health_never_answered_says_since_when() -> None:
    view = dataclasses.replace(CONNECTED, link=Link.NOT_YET, last_answer=None)
    assert _lines(view).second == f"checking since {SINCE.astimezone():%H:%M}"


def test_health_before_the_first_check_is_no_complaint() -> None:
    start = dataclasses.replace(CONNECTED, link=Link.NOT_YET, last_answer=None, since=100.0)
    quiet = ("wifi", Tone.MUTE, "Gateway not checked yet", "the first check comes within a minute")
    assert _lines(start, 159.0) == quiet
    assert _lines(start, 160.0).first == "The gateway has not answered yet"
    assert _lines(start, 101.0, polling=True).first == "The gateway has not answered yet"
    missed = dataclasses.replace(start, failure=Failure.NO_LINK)
    assert _lines(missed, 101.0).first == "The gateway has not answered yet"


@pytest.mark.parametrize(
    ("skew", "second"),
    [
        (240.0, "the till’s clock is 4 min slow"),
        (-240.0, "the till’s clock is 4 min fast"),
        (119.0, "last answer under a minute ago"),
    ],
)
def test_health_tells_of_a_wrong_clock(skew: float, second: str) -> None:
    assert _lines(dataclasses.replace(CONNECTED, skew=skew)).second == second
