"""All 24 rows of SPEC 9.2, typed in from the guide once more."""

from __future__ import annotations

import pytest

from cashier.domain.bank_codes import BANK_CODES, find, is_sure_refusal

GUIDE = """
3 -21 Duplicate transaction
3 -20 Expired transaction
3 -19 Authentication failed
3 -17 Access denied
3 -2 Bad CGI request
2 4 Your card is restricted
2 5 Transaction declined
2 12 Invalid transaction
2 14 No such card
2 41 Lost card
2 43 Stolen card
2 51 Not sufficient funds
2 54 Expired card
2 57 Not permitted to client
2 58 Not permitted to merchant
2 59 Suspected fraud
2 61 Exceeds amount limit
2 62 Restricted card
2 65 Exceeds frequency limit
2 82 Time-out at issuer
2 91 Issuer unavailable
2 93 Violation of law
2 95 Reconcile error
2 96 System malfunction
"""
ROWS = [
    (int(source), int(number), title)
    for source, number, title in (line.split(" ", 2) for line in GUIDE.strip().splitlines())
]
UNCERTAIN = {(2, 82), (2, 91), (2, 95), (2, 96), (3, -17), (3, -19), (3, -20), (3, -21)}


def test_the_table_has_the_guides_24_rows() -> None:
    assert [(code.source, code.number, code.title) for code in BANK_CODES] == ROWS
    assert len(BANK_CODES) == 24


@pytest.mark.parametrize(("source", "number", "title"), ROWS)
def test_a_code_is_found_by_its_pair_and_by_its_title(source: int, number: int, title: str) -> None:
    by_pair = find(f"Отказ банка [{source}, {number}] по операции")
    assert by_pair is not None
    assert (by_pair.source, by_pair.number) == (source, number)
    assert by_pair.text == f"[{source}, {number}]"
    assert find(f"[{source},{number}]") is find(f"[ {source} ,  {number} ]") is by_pair
    assert find(f"Error: {title.upper()}.") is by_pair
    assert find(title.replace(" ", "  \n")) is by_pair


@pytest.mark.parametrize(("source", "number", "title"), ROWS)
def test_only_a_certain_code_says_that_nothing_was_taken(
    source: int, number: int, title: str
) -> None:
    code = find(f"[{source}, {number}]")
    assert code is not None
    is_certain = (source, number) not in UNCERTAIN
    assert code.is_certain is is_certain
    assert is_sure_refusal(f"[{source}, {number}] {title}") is is_certain
    # A title alone never proves a refusal; it can only raise doubt.
    assert is_sure_refusal(title) is (None if is_certain else False)


def test_the_pair_outweighs_a_title_beside_it() -> None:
    code = find("[2, 51] Transaction declined")
    assert code is not None
    assert code.number == 51


def test_what_names_no_code_finds_none() -> None:
    for text in ("", "Неизвестная ошибка", "[2, 99]", "[4, 51]", "2, 51", "[2 51]"):
        assert find(text) is None


def test_an_unlisted_or_a_doubtful_pair_spoils_the_certainty() -> None:
    assert is_sure_refusal("[2, 99]") is False
    assert is_sure_refusal("[2, 51] [3, -21]") is False
    assert is_sure_refusal("[2, 51] [2, 54]") is True
    assert is_sure_refusal("Ошибка") is None
