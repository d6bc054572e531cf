from __future__ import annotations

import pytest

from cashier.domain.failure import CashierError, Failure
from cashier.domain.terminal import Terminal, TerminalInfo, TerminalType


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("static", TerminalType.STATIC),
        ("statical", TerminalType.STATIC),
        (" Dynamic", TerminalType.DYNAMIC),
        ("DYNAMICAL", TerminalType.DYNAMIC),
        ("", None),
        ("printed", None),
    ],
)
def test_a_type_is_read_in_both_spellings(word: str, expected: TerminalType | None) -> None:
    assert TerminalType.read(word) is expected


def test_a_terminal_is_called_by_the_best_name_there_is() -> None:
    info = TerminalInfo(id="13", name="Магазин", alias="N1")
    assert Terminal(1, info, own_name="Касса у входа").name == "Касса у входа"
    assert Terminal(1, info).name == "Магазин"
    assert Terminal(1, TerminalInfo(id="13", alias="N1")).name == "N1"
    assert Terminal(1, TerminalInfo(id="13")).name == "13"


def test_a_static_terminal_is_told_apart() -> None:
    assert Terminal(1, TerminalInfo(id="1", type=TerminalType.STATIC)).is_static
    assert not Terminal(1, TerminalInfo(id="1", type=TerminalType.DYNAMIC)).is_static
    assert not Terminal(1, TerminalInfo(id="1")).is_static


def test_expected_trouble_carries_its_code_and_facts() -> None:
    trouble = CashierError(Failure.PORT_TAKEN, port=8080)
    assert trouble.failure is Failure.PORT_TAKEN
    assert trouble.facts == {"port": 8080}
    assert str(trouble) == "port_taken(port=8080)"
