"""The payment page in a real browser: headless Chromium at the size of a phone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from cashier.sandbox.cards import decline_cards
from tests.sandbox_probe import Browser, Probe, sandbox

CARD = ("5543 7354 8462 6654", "01/22", "852")


@pytest.fixture(scope="module")
def server() -> Iterator[Probe]:
    with sandbox("live") as probe:
        yield probe


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with Browser() as browser:
        yield browser


@pytest.fixture
def probe(server: Probe) -> Probe:
    return server.renew()


@pytest.fixture
def browser(chromium: Browser) -> Browser:
    chromium.be(width=390, height=844)
    return chromium


def bill(probe: Probe, **settings: object) -> dict[str, Any]:
    terminal = probe.terminal(name="Кофейня «Утро»", description="ул. Льва Толстого, 16")
    body = probe.bill(1284.5, terminal=terminal, **settings)
    body["order"]["description"] = "Чек 187-058, касса 2"
    body["receipt"] = [
        {"name": "Капучино", "price": 240, "quantity": 2, "resultPrice": 480},
        {"name": "Зерно, весовое", "price": 2298.57, "quantity": 0.35, "resultPrice": 804.5},
    ]
    return probe.call("CreatePayment", body)


def status(probe: Probe, made: dict[str, Any]) -> object:
    return probe.call("GetPayment", {"id": made["id"]})["status"]


def enter_card(browser: Browser, number: str, expiry: str, cvc: str) -> None:
    browser.fill("#number", number)
    browser.fill("#expiry", expiry)
    browser.fill("#cvc", cvc)
    browser.click("#pay")


def test_a_payer_sees_what_for_and_how_much(probe: Probe, browser: Browser) -> None:
    browser.open(bill(probe)["payment_url"])
    text = browser.text()

    assert browser.text("#amount") == "1 284,50 ₽"
    for words in (
        "Кофейня «Утро»",
        "ул. Льва Толстого, 16",
        "Чек 187-058, касса 2",
        "Капучино × 2",
        "480,00 ₽",
        "Зерно, весовое × 0,35",
        "804,50 ₽",
        "деньги не списываются",
    ):
        assert words in text


def test_a_payer_pays_with_the_guides_card_through_3d_secure(
    probe: Probe, browser: Browser
) -> None:
    made = bill(probe)
    browser.open(made["payment_url"])
    assert status(probe, made) == "init"

    browser.click("#pay-card")
    assert status(probe, made) == "process"
    assert probe.call("ClosePayment", {"id": made["id"]})["error"] == 11

    enter_card(browser, *CARD)
    assert "554373******6654" in browser.text()
    browser.fill("#code", "123456")
    browser.click("#confirm")

    assert browser.text("#outcome") == "Оплачено"
    assert browser.text("#amount") == "1 284,50 ₽"
    assert status(probe, made) == "successful"


def test_a_payer_pays_by_sbp(probe: Probe, browser: Browser) -> None:
    made = bill(probe)
    browser.open(made["payment_url"])

    browser.click("#pay-sbp")
    assert status(probe, made) == "process"
    browser.click("#confirm")

    assert browser.text("#outcome") == "Оплачено"
    answer = probe.call("GetPayment", {"id": made["id"]})
    assert (answer["status"], answer["payment_method"]["type"]) == ("successful", "sbp")


def test_a_payer_is_declined_with_a_card_taken_from_the_list(
    probe: Probe, browser: Browser
) -> None:
    poor = next(card for card in decline_cards() if card.bank_code == (2, 51))
    made = bill(probe)
    browser.open(made["payment_url"])
    browser.click("#pay-card")

    browser.click("#test-cards summary", leads=False)
    browser.click(f"#test-cards a[href*='{poor.number}']")
    assert browser.value("#number") == poor.grouped
    browser.click("#pay")
    browser.fill("#code", "123456")
    browser.click("#confirm")

    assert browser.text("#outcome") == "Оплата не прошла"
    assert browser.text("#reason") == "Недостаточно средств [2, 51]"
    answer = probe.call("GetPayment", {"id": made["id"]})
    assert answer["status"] == "error"
    assert answer["status_description"] == "[2, 51] Not sufficient funds"


@pytest.mark.parametrize("way", ["#pay-card", "#pay-sbp"])
def test_a_payer_leaves_and_comes_back(probe: Probe, browser: Browser, way: str) -> None:
    made = bill(probe)
    browser.open(made["payment_url"])

    browser.click(way)
    assert status(probe, made) == "process"
    browser.click("#leave")
    assert status(probe, made) == "init"
    assert browser.has("#pay-card")

    browser.click("#pay-sbp")
    browser.click("#confirm")
    assert status(probe, made) == "successful"


def test_a_payer_refuses(probe: Probe, browser: Browser) -> None:
    made = bill(probe)
    browser.open(made["payment_url"])

    browser.click("#decline")

    assert browser.text("#outcome") == "Оплата не прошла"
    assert status(probe, made) == "error"


def test_a_mistyped_card_is_explained_and_typed_again(probe: Probe, browser: Browser) -> None:
    made = bill(probe)
    browser.open(made["payment_url"])
    browser.click("#pay-card")

    enter_card(browser, "5543 7354 8462 6655", "01/22", "852")
    assert "Проверьте номер карты" in browser.text("#mistake")
    enter_card(browser, *CARD)
    browser.fill("#code", "000000")
    browser.click("#confirm")
    assert "Неверный код" in browser.text("#mistake")
    browser.fill("#code", "123456")
    browser.click("#confirm")

    assert status(probe, made) == "successful"


def test_a_cancelled_bill_greets_the_payer_who_is_still_on_the_page(
    probe: Probe, browser: Browser
) -> None:
    made = bill(probe)
    browser.open(made["payment_url"])
    probe.call("ClosePayment", {"id": made["id"]})

    browser.click("#pay-sbp")

    assert browser.text("#outcome") == "Счёт отменён"
    assert status(probe, made) == "closed"


def test_a_payer_who_has_paid_is_sent_to_the_shop(probe: Probe, browser: Browser) -> None:
    with sandbox() as shop:
        address = f"{shop.server.root}/P-thank-you"
        browser.open(bill(probe, success_url=address)["payment_url"])
        browser.click("#pay-sbp")
        browser.click("#confirm")

        assert browser.url == address


def test_a_terminals_link_shows_the_bill_as_soon_as_there_is_one(
    probe: Probe, browser: Browser
) -> None:
    terminal = probe.terminal(name="Пекарня")
    link = probe.call("GetTerminal", {"id": terminal})["link"]
    browser.open(link)
    assert browser.text("#outcome") == "Счёта пока нет"

    made = probe.payment(55, terminal=terminal)
    browser.await_element("#amount")  # the page refreshes itself

    assert browser.url.startswith(made["payment_url"])
    assert browser.text("#amount") == "55,00 ₽"


def test_the_whole_way_is_in_english_for_those_who_ask(probe: Probe, browser: Browser) -> None:
    browser.open(bill(probe)["payment_url"])
    browser.click("#language")
    assert browser.text("#amount") == "₽1,284.50"

    browser.click("#pay-card")
    assert browser.text("h1") == "Pay by card"
    enter_card(browser, *CARD)
    assert browser.text("h1") == "Your bank's confirmation"
    browser.fill("#code", "123456")
    browser.click("#confirm")

    assert browser.text("#outcome") == "Paid"
    browser.click("#language")
    assert browser.text("#outcome") == "Оплачено"


def test_the_page_works_without_scripts(probe: Probe, browser: Browser) -> None:
    made = bill(probe)
    with browser.without_scripts():
        browser.open("data:text/html,<title>off</title><script>document.title = 'on'</script>")
        assert browser.run("return document.title") == "off"

        browser.open(made["payment_url"])
        browser.click("#pay-card")
        enter_card(browser, *CARD)
        browser.fill("#code", "123456")
        browser.click("#confirm")
        assert browser.text("#outcome") == "Оплачено"

    assert status(probe, made) == "successful"


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(("width", "height"), [(320, 568), (390, 844), (768, 1024), (1280, 800)])
def test_the_page_fits_every_screen_and_can_be_read(
    probe: Probe, browser: Browser, width: int, height: int, dark: bool
) -> None:
    browser.be(width=width, height=height, dark=dark)
    made = bill(probe)
    for button in ("#pay-card", None):
        browser.open(made["payment_url"])
        wide = browser.run("return document.documentElement.scrollWidth")
        assert wide <= width
        text, ground = browser.run(
            "const s = getComputedStyle(document.body);"
            "return [s.color, s.backgroundColor].map(c => c.match(/\\d+/g).slice(0, 3)"
            ".reduce((sum, one) => sum + Number(one), 0))"
        )
        assert (text > ground) == dark
        assert abs(text - ground) > 500
        small = browser.run(
            "return [...document.querySelectorAll('button, input, summary')]"
            ".filter(e => e.offsetHeight < 44).map(e => e.outerHTML)"
        )
        assert small == []
        if button is not None:
            browser.click(button)


def test_nothing_is_blocked_by_the_pages_own_policy(probe: Probe, browser: Browser) -> None:
    """A style that the policy refuses would leave the page without its surfaces."""
    browser.open(bill(probe)["payment_url"])

    radius = browser.run("return getComputedStyle(document.querySelector('.panel')).borderRadius")

    assert radius == "16px"
