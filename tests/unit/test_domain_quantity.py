from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cashier.domain.quantity import MAX_QUANTITY, ONE, THOUSANDTHS, Quantity


@pytest.mark.parametrize(
    ("written", "thousandths", "shown"),
    [("2", 2000, "2"), ("0.486", 486, "0.486"), ("1.50", 1500, "1.5"), (10, 10000, "10")],
)
def test_a_quantity_is_read_to_the_gram(written: str | int, thousandths: int, shown: str) -> None:
    quantity = Quantity.of(written)
    assert quantity.thousandths == thousandths
    assert str(quantity) == shown
    assert quantity.number == Decimal(shown)
    assert quantity.is_whole == ("." not in shown)


@pytest.mark.parametrize(
    "written", ["0", "-1", "0.0005", "NaN", "1e30", "x", "100000.001", "1." + "0" * 40 + "1"]
)
def test_what_is_no_quantity_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Quantity.of(written)


def test_one_piece_unless_said_otherwise() -> None:
    assert Quantity() == ONE == Quantity.of(1)
    with pytest.raises(TypeError):
        Quantity(1.0)  # type: ignore[arg-type]  # the point of the test


@given(st.integers(1, MAX_QUANTITY * THOUSANDTHS))
def test_a_quantity_survives_being_written_and_read(thousandths: int) -> None:
    assert Quantity.of(str(Quantity(thousandths))) == Quantity(thousandths)
