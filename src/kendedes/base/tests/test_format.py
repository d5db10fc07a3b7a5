"""Numbers, money, dates and phones as people here write them."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from kendedes.base import format as write

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("amount", "language", "text"),
    [
        (0, "id", "Rp0"),
        (12500, "id", "Rp12.500"),
        (12500, "en", "Rp12,500"),
        (1_250_000, "id", "Rp1.250.000"),
        (-500, "id", "−Rp500"),
    ],
)
def test_rupiah_is_written_whole_with_dots(amount, language, text):
    assert write.rupiah(amount, language) == text


@given(st.integers(min_value=0, max_value=10**12))
def test_rupiah_reads_back(amount):
    assert int(write.rupiah(amount).removeprefix("Rp").replace(".", "")) == amount


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [(8000, 12500, "Rp8.000–12.500"), (8000, 8000, "Rp8.000"), (8000, None, "Rp8.000"), (9000, 8000, "Rp8.000–9.000")],
)
def test_a_range_names_the_currency_once(low, high, text):
    assert write.rupiah_range(low, high) == text


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (1234567, None, "1.234.567"),
        (Decimal("1.50"), None, "1,5"),
        (2.5, 2, "2,50"),
        (-3, None, "−3"),
        (10, None, "10"),
    ],
)
def test_numbers_have_comma_decimals(value, digits, text):
    assert write.number(value, "id", digits) == text


@pytest.mark.parametrize(
    ("weight", "text"),
    [(250, f"250{NBSP}g"), (999, f"999{NBSP}g"), (1000, f"1{NBSP}kg"), (1250, f"1,25{NBSP}kg")],
)
def test_weights_change_to_kilograms_at_a_thousand(weight, text):
    assert write.grams(weight) == text


@pytest.mark.parametrize(
    ("octets", "text"),
    [
        (0, f"0{NBSP}B"),
        (999, f"999{NBSP}B"),
        (1536, f"1,5{NBSP}kB"),
        (4_250_000, f"4,2{NBSP}MB"),
        (5 * 10**12, f"5.000{NBSP}GB"),
    ],
)
def test_file_sizes_are_short(octets, text):
    assert write.file_size(octets) == text


def test_shares_are_percent():
    assert write.percent(0.25) == "25%"
    assert write.percent(Decimal("0.125"), "id", 1) == "12,5%"
    assert write.percent(Decimal("0.125"), "en", 1) == "12.5%"


def test_days_and_moments_in_both_languages():
    moment = datetime(2026, 5, 4, 14, 5)  # noqa: DTZ001 - already local

    assert write.day(date(2026, 11, 24)) == "24 November 2026"
    assert write.day(date(2026, 5, 4)) == "4 Mei 2026"
    assert write.day(date(2026, 5, 4), "en") == "4 May 2026"
    assert write.day(date(2026, 8, 17), short=True) == "17 Agu 2026"
    assert write.month(date(2026, 8, 17)) == "Agustus 2026"
    assert write.moment(moment) == "4 Mei 2026 pukul 14.05"
    assert write.moment(moment, "en") == "4 May 2026, 14:05"
    assert write.moment(moment, short=True) == "4 Mei 2026, 14.05"


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ("+6281234567890", "0812-3456-7890"),
        ("+62341395225", "(0341) 395225"),
        ("+6598765432", "+65 9876 5432"),
        ("?", "?"),
    ],
)
def test_phones_are_written_as_dialled(stored, text):
    assert write.phone(stored) == text


@pytest.mark.parametrize(("language", "locale"), [("id", "id"), ("en", "en_GB")])
@given(st.dates())
def test_dates_are_written_as_the_common_locale_data_have_them(language, locale, value):
    assert write.day(value, language) == format_date(value, "d MMMM y", locale=locale)
    assert write.day(value, language, short=True) == format_date(value, "d MMM y", locale=locale)
    assert write.month(value, language) == format_date(value, "MMMM y", locale=locale)
