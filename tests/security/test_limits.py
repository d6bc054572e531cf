"""What is too much is refused at its limit, and what is just not too much is taken (control 29)."""

from __future__ import annotations

import json

import pytest

from cashier.domain.failure import Failure
from cashier.gateway.addresses import PAYMENT_URL_LIMIT, is_payable
from cashier.gateway.outcome import Ok, Unknown
from cashier.gateway.strict_json import SIZE_LIMIT
from tests.integration.gateway_samples import CREATE_PAYMENT, outcome_of, payment
from tests.integration.raw_server import http

BASE = "https://api.invoice.su/api/v2"


@pytest.mark.anyio
@pytest.mark.parametrize("more", [0, 1])
async def test_an_answer_of_one_mebibyte_is_read_and_a_byte_more_is_not(more: int) -> None:
    answer = payment(pad="")
    room = SIZE_LIMIT - len(json.dumps(answer).encode())
    body = json.dumps(payment(pad="x" * (room + more))).encode()
    assert len(body) == 1024 * 1024 + more
    outcome = await outcome_of(CREATE_PAYMENT, http(body))
    if more:
        assert outcome == Unknown(Failure.UNREADABLE_ANSWER, 200)
    else:
        assert isinstance(outcome, Ok)


@pytest.mark.parametrize("more", [0, 1])
def test_an_address_of_2000_signs_becomes_a_qr_code_and_a_sign_more_does_not(more: int) -> None:
    url = "https://pay.invoice.su/".ljust(2000 + more, "x")
    assert PAYMENT_URL_LIMIT == 2000
    assert is_payable(url, base_url=BASE, allowed=("invoice.su",)) is not bool(more)
