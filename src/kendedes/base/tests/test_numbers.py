from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kendedes.base import format as written
from kendedes.base.numbers import from_cell, number


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("1.200", "1200"),
        ("3,84", "3.84"),
        ("0.9", "0.9"),
        ("28.000,00", "28000"),
        ("1.234.567", "1234567"),
        ("1,234,567.50", "1234567.5"),
        ("12 000", "12000"),
        ("½", "0.5"),
        ("1 ½", "1.5"),
        ("1/4", "0.25"),
        ("2 3/4", "2.75"),
        ("0", "0"),
    ],
)
def test_a_number_of_certain_shape_is_read(words, value):
    assert number(words) == Decimal(value)


@pytest.mark.parametrize("words", ["1,200", "1.2.3", "12.00.0", "", "abc", "1..2", "⅓", "01.200", "+5", "1e5", "٣"])
def test_a_number_of_uncertain_shape_is_not_read(words):
    assert number(words) is None


def test_rupiah_have_no_thousandths():
    assert number("1,200", money=True) == 1200


@given(st.decimals(min_value=0, max_value=10**12, places=2, allow_nan=False))
def test_what_we_show_is_read_back(value):
    assert number(written.number(value)) == value


@given(st.integers(-(10**14), 10**14))
def test_whole_cells_are_exact(value):
    assert from_cell(value) == from_cell(float(value)) == value


def test_binary_dust_is_rounded_away():
    assert from_cell(0.1 + 0.2) == Decimal("0.3")
    assert from_cell(float("nan")) is None
    assert from_cell(float("inf")) is None
    assert from_cell(cell=True) is None
