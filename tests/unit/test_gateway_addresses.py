from __future__ import annotations

import pytest

from cashier.domain.failure import CashierError, Failure
from cashier.gateway.addresses import (
    PAYMENT_URL_LIMIT,
    check_base_url,
    check_proxy,
    is_payable,
    is_training,
)

LIVE = "https://api.invoice.su/api/v2"
TRAINING = "http://127.0.0.1:8080/api/v2"


@pytest.mark.parametrize(
    ("typed", "base_url"),
    [
        (f" {LIVE}/ ", LIVE),
        (TRAINING, TRAINING),
        ("http://localhost:1/api/v2", "http://localhost:1/api/v2"),
        ("http://[::1]:1/api", "http://[::1]:1/api"),
        ("https://till.example/x", "https://till.example/x"),
    ],
)
def test_a_base_url_is_taken(typed: str, base_url: str) -> None:
    assert check_base_url(typed) == base_url


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "form"),
        ("api.invoice.su", "form"),
        ("http://api.invoice.su/api/v2", "plain_http"),
        ("http://192.168.0.5/api/v2", "plain_http"),
        ("http://127.0.0.1.evil.example/", "plain_http"),
        ("ftp://127.0.0.1/", "scheme"),
        ("https://user:secret@api.invoice.su/", "form"),
        ("https://api.invoice.su/?a=1", "form"),
        ("https://api.invoice.su/#a", "form"),
        ("https://api.invoice.su:99999/", "form"),
        ("https://api.invoice.su /api", "form"),
        ("https://аpi.invoice.su/api", "form"),
    ],
)
def test_a_base_url_is_refused(typed: str, reason: str) -> None:
    with pytest.raises(CashierError) as caught:
        check_base_url(typed)
    assert caught.value.failure is Failure.BASE_URL_INVALID
    assert caught.value.facts["reason"] == reason
    assert "secret" not in str(caught.value)


def test_training_is_a_gateway_on_this_machine() -> None:
    assert is_training(TRAINING)
    assert is_training("https://localhost:8443/api/v2")
    assert not is_training(LIVE)


@pytest.mark.parametrize(
    ("url", "base_url", "fits"),
    [
        ("https://pay.invoice.su/P1", LIVE, True),
        ("https://PAY.INVOICE.SU./P1", LIVE, True),
        ("https://invoice.su/P1", LIVE, True),
        ("https://api.invoice.su/P1", LIVE, True),
        ("https://till.example/P1", "https://till.example/api", True),
        ("http://pay.invoice.su/P1", LIVE, False),
        ("https://evil.example/P1", LIVE, False),
        ("https://evilinvoice.su/P1", LIVE, False),
        ("https://pay.invoice.su.evil.example/P1", LIVE, False),
        ("https://pay.invoice.su@evil.example/P1", LIVE, False),
        ("https://evil.example\\@pay.invoice.su/P1", LIVE, False),
        ("https://pay.invoice.su/P1\n", LIVE, False),
        ("https://pay.invоice.su/P1", LIVE, False),
        ("http://127.0.0.1:8080/pay/1", LIVE, False),
        ("https://localhost/pay/1", LIVE, False),
        ("javascript:alert(1)", LIVE, False),
        ("/P1", LIVE, False),
        ("", LIVE, False),
        ("http://127.0.0.1:8080/pay/1", TRAINING, True),
        ("http://localhost:8080/pay/1", TRAINING, True),
        ("https://pay.invoice.su/P1", TRAINING, True),
        ("http://pay.invoice.su/P1", TRAINING, False),
        ("http://192.168.0.5/pay/1", TRAINING, False),
        ("https://evil.example/P1", TRAINING, False),
        ("https://pay.invoice.su/" + "x" * (PAYMENT_URL_LIMIT - 23), LIVE, True),
        ("https://pay.invoice.su/" + "x" * (PAYMENT_URL_LIMIT - 22), LIVE, False),
    ],
    ids=lambda value: str(value)[:45],
)
def test_p11_which_address_may_become_a_qr_code(url: str, base_url: str, fits: bool) -> None:
    assert is_payable(url, base_url=base_url, allowed=("invoice.su",)) is fits


def test_an_allowed_domain_is_a_setting() -> None:
    url = "https://qr.bank.example/1"
    assert not is_payable(url, base_url=LIVE, allowed=("invoice.su",))
    assert is_payable(url, base_url=LIVE, allowed=("invoice.su", "Bank.example"))


def test_a_proxy_is_an_http_proxy_or_none() -> None:
    for fine in ("", "http://proxy:3128", "https://user:pw@proxy.example:443"):
        check_proxy(fine)
    for wrong in ("proxy:3128", "socks5://proxy:1080", "http://", "http://proxy:99999"):
        with pytest.raises(CashierError) as caught:
            check_proxy(wrong)
        assert caught.value.facts["field"] == "proxy"
