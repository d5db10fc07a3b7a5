"""Weights, dates, shares, amounts, phones, names: what a cell certainly says."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kendedes.base import names, phone
from kendedes.base.dates import day, written
from kendedes.base.quantities import Quantity, days, people, quantity
from kendedes.base.shares import share, speaks_in_fractions
from kendedes.base.told import Told, text
from kendedes.base.units import unit
from kendedes.base.weights import Contents, contents, measure_named

ANY = st.one_of(st.text(max_size=60), st.floats(), st.integers(), st.booleans(), st.dates(), st.datetimes(), st.none())


@pytest.mark.parametrize(
    ("cell", "amount", "measure", "pieces"),
    [
        ("100 gr", 100, "g", 1),
        ("½ kg", 500, "g", 1),
        ("3,84 kg", 3840, "g", 1),
        ("1 1/2 kg", 1500, "g", 1),
        ("5 x 100 gr", 500, "g", 5),
        ("120 ml", 120, "ml", 1),
        ("1,5 liter", 1500, "ml", 1),
        ("250gr", 250, "g", 1),
        ("2 ons", 200, "g", 1),
        ("0.5 kg", 500, "g", 1),
    ],
)
def test_a_weight_with_its_measure_is_read(cell, amount, measure, pieces):
    assert contents(cell) == Told(Contents(amount, measure, pieces))


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("150", "no_measure"),
        (150.0, "no_measure"),
        ("1.250 kg", "not_a_weight"),
        ("0,5 gr", "uneven"),
        ("isi 32", "not_a_weight"),
    ],
)
def test_a_weight_without_measure_is_not_guessed(cell, why):
    told = contents(cell)

    assert (told.value, told.why, told.kept) == (None, why, text(cell))


def test_a_bare_weight_takes_the_measure_of_its_column():
    assert contents(150.0, column=measure_named("Berat (gr)")).value == Contents(150, "g")
    assert measure_named("Berat bersih") == ""


@given(ANY)
def test_any_weight_cell_gives_an_answer(cell):
    told = contents(cell, column="g")

    assert told.value is None or told.value.amount > 0
    assert not (told.value and told.kept)


@pytest.mark.parametrize(
    ("cell", "date"),
    [
        ("12/03/2028", dt.date(2028, 3, 12)),
        ("12-3-28", dt.date(2028, 3, 12)),
        ("2027-01-15", dt.date(2027, 1, 15)),
        ("31 Oktober 2026", dt.date(2026, 10, 31)),
        ("5 Nop 2026", dt.date(2026, 11, 5)),
        (dt.date(2027, 1, 15), dt.date(2027, 1, 15)),
        (dt.datetime(2027, 1, 15, tzinfo=dt.UTC), dt.date(2027, 1, 15)),
        (45000.0, dt.date(2023, 3, 15)),
    ],
)
def test_a_date_is_day_month_year_or_the_spreadsheets_own(cell, date):
    assert day(cell) == Told(date)


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("03/25/2028", "not_a_date"),
        ("2028", "no_day"),
        (2028, "no_day"),
        ("Maret 2028", "no_day"),
        ("31/02/2028", "not_a_date"),
        ("besok", "not_a_date"),
    ],
)
def test_half_a_date_is_kept_as_text(cell, why):
    assert day(cell) == Told(kept=str(cell), why=why)


@given(st.dates(dt.date(1950, 1, 1), dt.date(2100, 12, 31)))
def test_a_written_date_is_read_back(date):
    assert day(written(date)).value == day(date.isoformat()).value == date


@pytest.mark.parametrize(
    ("cell", "percent"),
    [
        ("90%", 90),
        (0.9, 90),
        ("seluruhnya", 100),
        ("30", 30),
        (30, 30),
        ("0,9", 90),
        ("12,5%", Decimal("12.5")),
        ("100%", 100),
        (0, 0),
    ],
)
def test_shares_of_one_column_in_many_spellings(cell, percent):
    assert share(cell).value == percent


def test_a_bare_one_is_all_only_among_fractions():
    assert share(1.0) == Told(kept="1", why="one_or_all")
    assert share(1.0, fractions=True).value == 100
    assert speaks_in_fractions(["90%", 0.9, "seluruhnya", "30"]) is True
    assert speaks_in_fractions(["90%", 1, "", None]) is False


@pytest.mark.parametrize(("cell", "why"), [("150%", "beyond"), ("sebagian", "not_a_share"), (-1, "beyond")])
def test_a_share_that_is_none_is_kept(cell, why):
    assert share(cell) == Told(kept=str(cell), why=why)


def test_amounts_keep_their_unit_and_period():
    assert quantity("1.200 bks") == Told(Quantity(1200, "bungkus"))
    assert quantity("50 kg/minggu") == Told(Quantity(50, "kg", "week"))
    assert quantity("seadanya") == Told(kept="seadanya", why="not_a_number")
    assert quantity(10.0) == Told(Quantity(10))
    assert quantity(2.5) == Told(kept="2.5", why="uneven")


def test_people_are_counted_only_when_it_says_people():
    assert people("3 orang") == people(3.0) == Told(3)
    assert people("3 dus") == Told(kept="3 dus", why="not_people")


def test_lengths_of_time_in_days():
    assert days("30 hr") == Told(30)
    assert days("6 bulan") == Told(180)
    assert days("30") == Told(kept="30", why="no_period")
    assert days(30, column="hari") == Told(30)


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        (81234560001.0, ["+6281234560001"]),
        ("0812-3456-0002 / 0857 1234 0003", ["+6281234560002", "+6285712340003"]),
        ("62812 3456 0004", ["+6281234560004"]),
        ("0341 824001", ["+62341824001"]),
        ("(0341) 458001", ["+62341458001"]),
        ("+62 857-1234-0012", ["+6285712340012"]),
        ("08123456 0021", ["+6281234560021"]),
        ("WA: 0812 3456 0021", ["+6281234560021"]),
        ("081234560001, 081234560001", ["+6281234560001"]),
    ],
)
def test_phones_are_read_in_every_spelling(cell, numbers):
    assert [p.number for p in phone.phones(cell).value] == numbers
    assert phone.phones(cell).kept == ""


def test_a_name_in_brackets_stays_with_its_number():
    assert phone.phones("081234560009 (Bu Contoh)").value == (phone.Phone("+6281234560009", "Bu Contoh"),)


def test_what_is_no_number_is_kept_beside_what_is():
    told = phone.phones("081234560009, 0857")

    assert [p.number for p in told.value] == ["+6281234560009"]
    assert (told.kept, told.why) == ("0857", "not_a_phone")


@given(st.sampled_from("12356789"), st.text("0123456789", min_size=8, max_size=10))
def test_the_short_way_agrees_with_the_library(second, rest):
    national = "8" + second + rest
    if short := phone._SURE.match(national):
        assert phone._ask_library("0" + national) == "+62" + national, short


@given(ANY)
def test_any_phone_cell_gives_an_answer_or_keeps_its_words(cell):
    told = phone.phones(cell)

    assert told.value or bool(told.kept) == bool(told.why)
    for one in told.value or ():
        assert phone.phones(one.national).value[0].number == one.number


def test_names_are_the_same_by_ear_and_old_spelling():
    assert names.key("Patok Picis") == names.key("Patokpicis") == names.key("PATOK-PICIS")
    assert names.spoken("Gubuk Klakah") == names.spoken("Gubugklakah")
    assert names.spoken("Tamanhardjo") == names.spoken("Tamanharjo")
    assert names.spoken("Wajak") != names.spoken("Blayu")


@given(st.text("abc", max_size=6), st.integers(0, 6), st.sampled_from("abc"))
def test_one_letter_more_is_one_step_away(word, at, letter):
    longer = word[:at] + letter + word[at:]

    assert names.distance_at_most_one(word, longer)
    assert names.distance_at_most_one(longer, word)
    assert not names.distance_at_most_one(word, longer + "xy")


def test_units_have_one_name():
    assert [unit(w) for w in ("bh", "Pcs", "btl.", "bks", "tampah")] == ["buah", "buah", "botol", "bungkus", "tampah"]
