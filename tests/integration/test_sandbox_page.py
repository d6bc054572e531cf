"""The payment page as any HTTP client sees it, without a browser."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import httpx
import pytest
import zxingcpp
from PIL import Image

from cashier.sandbox import cards, rendering
from cashier.sandbox.bank_codes import bank_declines
from tests.sandbox_probe import HandClock, Probe, sandbox


@pytest.fixture(scope="module")
def server() -> Iterator[Probe]:
    with sandbox("live", clock=HandClock()) as probe:
        yield probe


@pytest.fixture
def probe(server: Probe) -> Probe:
    return server.renew()


def act(probe: Probe, made: dict[str, Any], action: str, **form: str) -> httpx.Response:
    """Press a button; the answer is not followed."""
    return probe.web.post(f"{made['payment_url']}/{action}", data=form)


def pay_by_card(
    probe: Probe, made: dict[str, Any], number: str, *, expiry: str = "01/22", cvc: str = "852"
) -> httpx.Response:
    act(probe, made, "card")
    act(probe, made, "details", number=number, expiry=expiry, cvc=cvc)
    return act(probe, made, "code", code="123456")


def shown(probe: Probe, made: dict[str, Any]) -> dict[str, Any]:
    return probe.call("GetPayment", {"id": made["id"]})


CODES = list(bank_declines())


def test_there_are_24_bank_codes_each_with_its_own_valid_card() -> None:
    numbers = {card.number for card in cards.decline_cards()}

    assert len(CODES) == len(numbers) == 24
    assert all(cards.is_valid_number(number) for number in numbers)
    assert cards.is_valid_number(cards.GUIDE_CARD.number)
    assert not numbers & {cards.GUIDE_CARD.number, cards.bonus_card().number}


@pytest.mark.parametrize("card", cards.decline_cards(), ids=lambda card: str(card.bank_code))
def test_every_bank_code_has_a_card_that_brings_it(probe: Probe, card: cards.Card) -> None:
    made = probe.payment(100)

    pay_by_card(probe, made, card.grouped)

    assert card.bank_code is not None
    decline = bank_declines()[card.bank_code]
    group, number = card.bank_code
    answer = shown(probe, made)
    assert answer["status"] == "error"
    assert answer["status_description"] == f"[{group}, {number}] {decline.title}"
    page = probe.web.get(made["payment_url"]).text
    assert decline.title_ru in page
    assert f"[{group}, {number}]" in page


def test_every_test_card_is_listed_on_the_page(probe: Probe) -> None:
    page = probe.web.get(probe.payment()["payment_url"]).text

    for card in (cards.GUIDE_CARD, cards.bonus_card(), *cards.decline_cards()):
        assert card.grouped in page


def test_the_guides_card_pays_and_its_number_is_nowhere_kept(probe: Probe) -> None:
    made = probe.payment(100)

    pay_by_card(probe, made, "5543 7354 8462 6654")

    answer = shown(probe, made)
    assert answer["status"] == "successful"
    assert answer["payment_method"]["account"] == "554373******6654"
    assert "5543735484626654" not in repr(vars(probe.gateway))


def test_the_number_is_not_kept_while_the_code_is_awaited(probe: Probe) -> None:
    made = probe.payment(100)
    act(probe, made, "card")
    act(probe, made, "details", number="5543735484626654", expiry="01/22", cvc="852")

    page = probe.web.get(made["payment_url"]).text

    assert "554373******6654" in page
    assert "5543735484626654" not in page.replace(" ", "")
    assert "5543735484626654" not in repr(vars(probe.gateway))


def test_a_card_with_bonuses_pays_a_fifth_with_them(probe: Probe) -> None:
    made = probe.payment(99.99)

    pay_by_card(probe, made, cards.bonus_card().number)

    method = shown(probe, made)["payment_method"]
    assert (float(method["funds"]), float(method["bonuses"])) == (80.0, -19.99)


@pytest.mark.parametrize(("expiry", "cvc"), [("02/22", "852"), ("01/22", "853")])
def test_the_guides_card_with_other_details_is_not_authenticated(
    probe: Probe, expiry: str, cvc: str
) -> None:
    made = probe.payment()

    pay_by_card(probe, made, "5543735484626654", expiry=expiry, cvc=cvc)

    assert shown(probe, made)["status_description"].startswith("[3, -19]")


def test_an_unknown_card_does_not_exist(probe: Probe) -> None:
    made = probe.payment()

    pay_by_card(probe, made, "4242 4242 4242 4242")

    assert shown(probe, made)["status_description"].startswith("[2, 14]")


@pytest.mark.parametrize(
    ("number", "expiry", "cvc", "wrong"),
    [
        ("", "01/22", "852", "number"),
        ("5543735484626655", "01/22", "852", "number"),
        ("5543", "01/22", "852", "number"),
        ("5" * 30, "01/22", "852", "number"),
        ("５５４３７３５４８４６２６６５４", "01/22", "852", "number"),
        ("5543735484626654", "", "852", "expiry"),
        ("5543735484626654", "13/22", "852", "expiry"),
        ("5543735484626654", "1/22", "852", "expiry"),
        ("5543735484626654", "01/22", "", "cvc"),
        ("5543735484626654", "01/22", "85", "cvc"),
        ("5543735484626654", "01/22", "8521", "cvc"),
    ],
)
def test_a_mistyped_card_may_be_typed_again(
    probe: Probe, number: str, expiry: str, cvc: str, wrong: str
) -> None:
    made = probe.payment()
    act(probe, made, "card")

    answer = act(probe, made, "details", number=number, expiry=expiry, cvc=cvc)

    assert answer.headers["location"].endswith(f"&wrong={wrong}")
    page = probe.web.get(f"{made['payment_url']}?wrong={wrong}").text
    assert rendering.texts()["ru"][f"wrong_{wrong}"] in page
    assert shown(probe, made)["status"] == "process"


def test_the_third_wrong_code_declines_the_payment(probe: Probe) -> None:
    made = probe.payment()
    act(probe, made, "card")
    act(probe, made, "details", number="5543735484626654", expiry="01/22", cvc="852")

    for left in (2, 1):
        assert act(probe, made, "code", code="000000").headers["location"].endswith("wrong=code")
        page = probe.web.get(f"{made['payment_url']}?wrong=code").text
        assert f"осталось попыток: {left}" in page
    act(probe, made, "code", code="000000")

    assert shown(probe, made)["status_description"].startswith("[3, -19]")


def test_refusing_on_the_code_page_is_a_failed_authentication(probe: Probe) -> None:
    made = probe.payment()
    act(probe, made, "card")
    act(probe, made, "details", number="5543735484626654", expiry="01/22", cvc="852")

    act(probe, made, "decline")

    assert shown(probe, made)["status_description"].startswith("[3, -19]")


@pytest.mark.parametrize("action", ["code", "confirm", "details", "leave"])
def test_a_step_out_of_turn_changes_nothing(probe: Probe, action: str) -> None:
    made = probe.payment()

    act(probe, made, action, code="123456", number="5543735484626654", expiry="01/22", cvc="852")

    assert shown(probe, made)["status"] == "init"


@pytest.mark.parametrize("ending", ["paid", "declined", "closed", "expired"])
@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_end_has_its_page_with_the_amount(probe: Probe, ending: str, language: str) -> None:
    made = probe.payment(1284.5)
    match ending:
        case "paid":
            probe.gateway.pay(made["id"])
        case "declined":
            probe.gateway.decline(made["id"])
        case "closed":
            probe.call("ClosePayment", {"id": made["id"]})
        case _:
            probe.gateway.expire(made["id"])

    page = probe.web.get(f"{made['payment_url']}?lang={language}").text

    assert rendering.texts()[language][ending] in page
    amount = "1\u00a0284,50\u00a0₽" if language == "ru" else "₽1,284.50"
    assert amount in page
    assert "<form" not in page


@pytest.mark.parametrize("ending", ["paid", "closed", "expired", "declined"])
def test_no_button_moves_a_finished_payment(probe: Probe, ending: str) -> None:
    made = probe.payment()
    if ending == "closed":
        probe.call("ClosePayment", {"id": made["id"]})
    elif ending == "paid":
        probe.gateway.pay(made["id"])
    elif ending == "expired":
        probe.gateway.expire(made["id"])
    else:
        probe.gateway.decline(made["id"])
    before = shown(probe, made)

    for action in ("sbp", "confirm", "card", "code", "leave", "decline"):
        act(probe, made, action, code="123456")

    assert shown(probe, made) == before


@pytest.mark.parametrize(
    ("number", "setting"),
    [("5543735484626654", "success_url"), ("5543732000000514", "fail_url")],
)
def test_the_payer_is_sent_to_the_shops_own_page(probe: Probe, number: str, setting: str) -> None:
    address = "https://магазин.рф:8443/готово?a=1&b=2"
    body = probe.bill()
    body["settings"][setting] = address
    made = probe.call("CreatePayment", body)

    policy = probe.web.get(made["payment_url"]).headers["content-security-policy"]
    location = pay_by_card(probe, made, number).headers["location"]

    assert httpx.URL(location).host == "магазин.рф"
    assert location.endswith(":8443/%D0%B3%D0%BE%D1%82%D0%BE%D0%B2%D0%BE?a=1&b=2")
    assert location.isascii()
    assert f"form-action 'self' {location.split('/%')[0]};" in policy


def test_everything_from_outside_is_shown_as_text(probe: Probe) -> None:
    evil = "<script>alert(1)</script>\"'&"
    terminal = probe.terminal(name=evil, description=evil)
    body = probe.bill(100, terminal=terminal)
    body["order"]["description"] = evil
    body["receipt"][0]["name"] = evil
    made = probe.call("CreatePayment", body)

    for query in ("", "?lang=<script>", "?wrong=<script>", "?fill=<script>"):
        page = probe.web.get(made["payment_url"] + query).text
        assert page.count("&lt;script&gt;alert(1)") >= 4
        assert "<script" not in page
    missing = probe.web.get(made["payment_url"][:-32] + '"><script>alert(1)</script>')
    assert "<script" not in missing.text


def test_the_page_needs_nothing_from_elsewhere_and_allows_nothing(probe: Probe) -> None:
    answer = probe.web.get(probe.payment()["payment_url"])

    assert not re.search(r"""(src|href)=["']?(https?:)?//""", answer.text)
    assert "url(" not in answer.text
    assert "@import" not in answer.text
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "form-action 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"


def test_sbp_shows_the_pages_own_address_as_a_qr_code(probe: Probe) -> None:
    made = probe.payment()
    assert "data:image" not in probe.web.get(made["payment_url"]).text
    act(probe, made, "sbp")
    page = probe.web.get(made["payment_url"] + "?lang=en").text
    found = re.search(r'src="data:image/png;base64,([^"]+)"', page)
    assert found is not None
    with Image.open(BytesIO(base64.b64decode(found[1]))) as picture:
        grey = picture.convert("L")
    [code] = zxingcpp.read_barcodes(grey)
    assert code.text == made["payment_url"]


def test_looking_never_acts(probe: Probe) -> None:
    made = probe.payment()

    for action in ("card", "sbp", "decline", "confirm", "leave"):
        assert probe.web.get(f"{made['payment_url']}/{action}").status_code == 405
    assert probe.web.post(made["payment_url"]).status_code == 405
    assert shown(probe, made)["status"] == "init"


def test_a_huge_form_counts_as_empty(probe: Probe) -> None:
    made = probe.payment()
    act(probe, made, "card")

    answer = act(probe, made, "details", number="1" * 100_000)

    assert answer.headers["location"].endswith("wrong=number")


def test_an_unknown_payment_or_step_is_not_found(probe: Probe) -> None:
    made = probe.payment()

    assert probe.web.get(f"{made['payment_url']}0").status_code == 404
    assert act(probe, made, "steal").status_code == 404
    assert probe.web.post(f"{made['payment_url']}0/card").status_code == 404


@pytest.mark.parametrize("profile", ["spec", "live"])
def test_a_terminals_link_opens_its_newest_waiting_bill(profile: str) -> None:
    with sandbox(profile) as probe:
        made = probe.call("CreateTerminal", {"name": "Касса", "alias": "a", "defaultPrice": 15.5})
        terminal = str(made["id"])
        nothing = probe.web.get(made["link"])
        first, second = (probe.payment(amount, terminal=terminal) for amount in (100, 200))
        opened = probe.web.get(made["link"], follow_redirects=True)
        probe.gateway.pay(second["id"])
        left = probe.web.get(made["link"], follow_redirects=True)
        probe.gateway.pay(first["id"])

        assert "Счёта пока нет" in nothing.text
        assert "200,00" in opened.text
        assert "100,00" in left.text
        assert "Счёта пока нет" in probe.web.get(made["link"]).text
        start, _, _ = made["link"].rpartition(terminal)
        assert probe.web.get(f"{start}stranger").status_code == 404


def test_both_languages_have_the_same_words() -> None:
    texts = rendering.texts()

    assert texts["ru"].keys() == texts["en"].keys()
    assert all(text.strip() for words in texts.values() for text in words.values())
    assert not any(re.search("[а-яё]", text) for key, text in texts["en"].items()
                   if key != "other_language")  # fmt: skip


def test_long_silence_of_the_payer_ends_on_the_page_too(probe: Probe) -> None:
    made = probe.payment()
    act(probe, made, "card")
    assert isinstance(probe.gateway.clock, HandClock)
    probe.gateway.clock.advance(26 * 60)

    assert "Время вышло" in probe.web.get(made["payment_url"]).text
    pay_by_card(probe, made, "5543735484626654")
    assert shown(probe, made)["status"] == "expired"
