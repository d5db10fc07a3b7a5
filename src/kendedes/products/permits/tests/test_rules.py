"""What the number of a permit tells."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kendedes.products.permits import rules, texts
from kendedes.products.permits.rules import Shape, check, is_official, is_person_number

ON = date(2026, 11, 24)
DIGITS = st.text("0123456789", min_size=1, max_size=24)


@pytest.mark.parametrize(
    ("kind", "number", "shape", "written", "until", "hints"),
    [
        ("pirt", "P-IRT No. 2063507010001-28", "right", "2063507010001-28", date(2028, 12, 31), ()),
        ("pirt", "PIRT 2.06.3507.01.0001-28", "right", "2063507010001-28", date(2028, 12, 31), ()),
        ("pirt", "SPP-IRT: 206350701000131", "right", "2063507010001-31", date(2031, 12, 31), ()),
        ("pirt", "206350701000121", "right", "2063507010001-21", date(2021, 12, 31), ()),
        ("pirt", "2063507010001-32", "unsure", "2063507010001-32", None, ("pirt_year",)),
        ("pirt", "9063507010001-28", "unsure", "9063507010001-28", date(2028, 12, 31), ("pirt_pack",)),
        ("pirt", "2993507010001-28", "unsure", "2993507010001-28", date(2028, 12, 31), ("pirt_food",)),
        ("pirt", "2069907010001-28", "unsure", "2069907010001-28", date(2028, 12, 31), ("pirt_region",)),
        ("pirt", "206350701000", "wrong", "206350701000", None, ("pirt_short",)),
        ("pirt", "2063507010001289", "unsure", "2063507010001289", None, ("pirt_long",)),
        ("pirt", "sedang diurus", "wrong", "sedang diurus", None, ("pirt_letters",)),
        ("pirt", "   ", "wrong", "", None, ("empty",)),
        ("halal", "ID35110000123451222", "right", "ID35110000123451222", None, ()),
        ("halal", "id 3511 0000 1234 5122 2", "right", "ID35110000123451222", None, ()),
        ("halal", "35110000123451222", "unsure", "ID35110000123451222", None, ("halal_prefix",)),
        ("halal", "ID35110000123451322", "unsure", "ID35110000123451322", None, ("halal_month",)),
        ("halal", "ID3511000012345", "wrong", "ID3511000012345", None, ("halal_length",)),
        ("halal", "KH-1234-2022", "wrong", "KH-1234-2022", None, ("halal_kh",)),
        ("nib", "1234567890123", "right", "1234567890123", None, ()),
        ("nib", "123456789012", "wrong", "123456789012", None, ("nib_length",)),
        ("nib", "ada", "wrong", "ada", None, ("digits_only",)),
        ("bpom", "MD 123456789012", "right", "MD 123456789012", None, ()),
        ("bpom", "BPOM RI MD 123456789012345", "right", "MD 123456789012345", None, ("bpom_new",)),
        ("bpom", "NA18200100123", "right", "NA 18200100123", None, ()),
        ("bpom", "TR 123456789", "right", "TR 123456789", None, ()),
        ("bpom", "MD 1234", "wrong", "MD 1234", None, ("bpom_length",)),
        ("bpom", "XX 123456789", "unsure", "XX 123456789", None, ("bpom_prefix",)),
        ("bpom", "123456789012", "wrong", "123456789012", None, ("bpom_letters",)),
        ("merek", "IDM000123456", "right", "IDM000123456", None, ()),
        ("merek", "DID2024012345", "unsure", "DID2024012345", None, ("brand_application",)),
        ("sni", "SNI 2973:2018", "right", "SNI 2973:2018", None, ()),
        ("sni", "SNI 01-2973-1992", "right", "SNI 01-2973-1992", None, ()),
        ("sni", "sudah", "unsure", "sudah", None, ("sni_form",)),
    ],
)  # fmt: skip
def test_forms_of_numbers(kind, number, shape, written, until, hints):
    verdict = check(kind, number, ON)

    assert (verdict.shape, verdict.number, verdict.valid_until, verdict.hints) == (Shape(shape), written, until, hints)


@given(kind=st.sampled_from(list(rules.CHECKS)), number=st.text(max_size=80))
def test_any_text_gets_a_verdict_and_every_hint_has_its_sentence(kind, number):
    verdict = check(kind, number, ON)

    assert verdict.shape in Shape
    assert all(len(text) > 10 for text in texts.hints(verdict))
    assert str(texts.SHAPES[verdict.shape])


@given(kind=st.sampled_from(list(rules.CHECKS)), number=DIGITS)
def test_judging_what_was_written_out_gives_the_same_verdict(kind, number):
    first = check(kind, number, ON)

    assert check(kind, first.number, ON).shape in {first.shape, Shape.RIGHT}


@given(st.integers(0, 99), st.integers(2012, 2090))
def test_a_pirt_never_runs_longer_than_five_years_from_the_day_it_is_judged(year, today):
    verdict = check("pirt", f"2063507010001{year:02d}", date(today, 6, 1))

    assert verdict.valid_until is None or verdict.valid_until.year <= today + 5
    assert (verdict.valid_until is None) == ("pirt_year" in verdict.hints)


def test_person_numbers_are_told_apart_from_permits():
    assert is_person_number("3507246505850001")  # a woman born on 25 May: day + 40 (fictional)
    assert is_person_number("35.0724.250585.0001")
    assert is_person_number("01.234.567.8-901.234")
    assert not is_person_number("3507249905850001")
    assert not is_person_number("1234567890123")
    assert not is_person_number("ID35110000123451222")


@pytest.mark.parametrize(
    ("url", "official"),
    [
        ("https://sppirt.pom.go.id/cek?x=1", True), ("https://go.id", True), ("http://sppirt.pom.go.id/", False),
        ("https://pom.go.id.evil.example/", False), ("https://evilgo.id/", False), ("javascript:alert(1)//.go.id", False),
        ("https://pom.go.id@evil.example/", False), ("https://evil.example/@pom.go.id", False), ("", False), ("https://[", False),
    ],
)  # fmt: skip
def test_only_pages_of_the_government_count_as_look_up(url, official):
    assert is_official(url) is official


def test_every_look_up_page_is_official():
    assert all(is_official(url) for url in rules.LOOK_UP.values())
    assert set(rules.LOOK_UP) == set(rules.CHECKS)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 60))
def test_months_later_keeps_the_day_or_takes_the_last_of_the_month(day, months):
    later = rules.months_later(day, months)

    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and rules.months_later(later, 0) == later)
