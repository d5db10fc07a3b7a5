"""Prices as villages wrote them (shared data/README.md and domain notes)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kendedes.base.format import rupiah
from kendedes.base.money import LEAST, MOST, Price, price


@pytest.mark.parametrize(
    ("cell", "low", "high", "per"),
    [
        ("Rp12.000", 12000, 12000, ""),
        ("200000 - 1000000", 200000, 1000000, ""),
        ("Rp4.000 – Rp60.000 (tergantung merek dan kualitas produk)", 4000, 60000, ""),
        ("Rp10.000 – Rp15.000 per lonjor (panjang 4 m)", 10000, 15000, "lonjor"),
        ("130k", 130000, 130000, ""),
        ("70rb", 70000, 70000, ""),
        ("28.000,00", 28000, 28000, ""),
        ("Rp 85.000,-", 85000, 85000, ""),
        ("Rp. 45.000", 45000, 45000, ""),
        (45000.0, 45000, 45000, ""),
        ("38.500/pack", 38500, 38500, "pak"),
        ("150.000 - 350.000", 150000, 350000, ""),
        ("Rp12.000–15.000", 12000, 15000, ""),
        ("15-20rb", 15000, 20000, ""),
        ("2,5 jt", 2500000, 2500000, ""),
        ("Rp50", 50, 50, ""),
        ("12,000", 12000, 12000, ""),
        ("IDR 12.500", 12500, 12500, ""),
    ],
)
def test_a_price_that_is_sure_is_read(cell, low, high, per):
    assert price(cell).value == Price(low, high, per)
    assert price(cell).why == ""


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("-", "none_yet"),
        ("Mulai dari 5.000, Bervariasi tergantung jenis buah dan musim", "from_only"),
        ("mulai dari 95rb, tergantung berat", "from_only"),
        ("250 gr mulai dari Rp27.500 (tergantung varian); Coklat & wijen: Rp30.000; Keju: Rp35.000", "from_only"),
        ("800rb/10box", "per_many"),
        ("5 bks 40.000", "not_a_price"),
        ("± 45.000", "about"),
        ("sekitar 20rb", "about"),
        (35, "too_small"),
        ("10 - 15", "too_small"),
        ("12.500,50", "cents"),
        (12500.5, "cents"),
        ("60.000 - 4.000", "backwards"),
        ("tanya dulu", "not_a_price"),
        ("=1+1", "not_a_price"),
        ("-5000", "not_a_price"),
        (-5000, "too_small"),
        ("9" * 400, "not_a_price"),
    ],
)
def test_a_price_that_is_unsure_keeps_its_words_and_gets_no_number(cell, why):
    told = price(cell)

    assert told.value is None
    assert told.why == why
    assert told.kept == str(cell)


def test_words_in_brackets_behind_a_price_are_kept():
    assert price("Rp4.000 – Rp60.000 (tergantung merek)").kept == "tergantung merek"


def test_an_empty_cell_says_nothing():
    assert price(None) == price("") == price("  ")
    assert price("").why == ""


@given(st.integers(0, 10**12))
def test_what_we_write_as_rupiah_is_read_back(amount):
    told = price(rupiah(amount))

    assert told.value == (Price(amount, amount) if 0 < amount <= MOST else None)


@given(st.integers(LEAST, 10**9), st.integers(LEAST, 10**9))
def test_a_range_is_read_back(a, b):
    low, high = sorted((a, b))

    assert price(f"{rupiah(low)} – {rupiah(high)}").value == Price(low, high)


@given(st.one_of(st.text(max_size=80), st.floats(), st.integers(), st.booleans(), st.dates(), st.none()))
def test_any_cell_gives_an_answer_and_loses_no_word(cell):
    told = price(cell)

    assert told.value is None or 0 < told.value.low <= told.value.high <= MOST
    assert told.value is not None or bool(told.why) == bool(told.kept)
