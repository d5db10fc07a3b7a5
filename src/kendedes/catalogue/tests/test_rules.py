"""Arithmetic of editions."""

import copy
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kendedes.catalogue import rules

ENTRY = {
    "code": "WJK-0001", "slug": "a-wjk-0001", "name": {"id": "A", "en": "A"}, "story": {"id": "Cerita", "en": ""},
    "category": {"slug": "camilan", "id": "Camilan", "en": "Snacks"},
    "producer": {
        "id": 1, "slug": "p", "name": "P", "kind": "coached",
        "village": {"code": "35.07.08.2003", "name": "Patokpicis", "kind": "desa"},
        "district": {"code": "35.07.08", "name": "Wajak"},
    },
    "variants": [
        {"code": "WJK-0001A", "name": "", "unit": "bungkus", "net": None, "retail": {"low": 5, "high": None}, "wholesale": None}
    ],
    "capacity": None, "materials": [], "local_content": None, "shelf_life_days": None, "minimum_order": None,
    "lead_time_days": None, "permits": [], "stars": None, "photos": [], "contact": None, "url": "", "notes": [],
}  # fmt: skip


def entry(code, **fields):
    return {**copy.deepcopy(ENTRY), "code": code, **fields}


@pytest.mark.parametrize(("number", "text"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (39, "XXXIX")])
def test_roman_numbers(number, text):
    assert rules.roman(number) == text


@pytest.mark.parametrize("number", [0, 40, -1])
def test_no_roman_number_beyond_what_a_year_has(number):
    with pytest.raises(ValueError, match="roman"):
        rules.roman(number)


def test_a_state_only_goes_the_ways_there_are():
    ways = {(a, b) for a in rules.NEXT for b in rules.NEXT if rules.may_pass(a, b)}

    assert ways == {("draft", "proof"), ("proof", "draft"), ("proof", "locked"), ("locked", "published")}


codes = st.lists(st.integers(1, 30).map(lambda n: f"WJK-{n:04d}"), unique=True, max_size=20)


@given(codes, codes, st.sets(st.integers(1, 30).map(lambda n: f"WJK-{n:04d}")))
def test_every_entry_of_two_editions_is_new_changed_dropped_or_unchanged(before, after, edited):
    old = [entry(c) for c in before]
    new = [entry(c, shelf_life_days=30) if c in edited else entry(c) for c in after]

    found = rules.compare(old, new)

    assert {e["code"] for e in found.new} == set(after) - set(before)
    assert {e["code"] for e in found.dropped} == set(before) - set(after)
    assert {e["code"] for e, _c in found.changed} == set(before) & set(after) & edited
    assert len(found.new) + len(found.changed) + found.unchanged == len(after)
    assert all(c == (rules.FieldChange("shelf_life_days", None, 30),) for _e, c in found.changed)


@given(codes)
def test_statistics_add_up(listed):
    entries = [
        entry(
            c,
            category={"slug": f"k{i % 3}", "id": f"K{i % 3}", "en": ""},
            stars={"stars": i % 5 + 1} if i % 2 else None,
        )
        for i, c in enumerate(listed)
    ]

    counted = rules.statistics(entries)

    assert sum(c["products"] for c in counted["by_category"]) == counted["products"] == len(listed)
    assert sum(s["products"] for s in counted["by_stars"]) == rules.figures(entries)["starred"]


def test_the_preflight_names_every_trouble_of_a_page():
    photo = {"sha256": "0" * 64, "width": 300, "height": 300, "focus": [500, 500], "alt": {"id": "", "en": ""}}
    bad = entry(
        "WJK-0001", story={"id": "", "en": ""},
        permits=[{"kind": "pirt", "number": "1", "valid_until": "2026-11-23", "verified": False}],
        variants=[{**ENTRY["variants"][0], "retail": None}],
    )  # fmt: skip
    small = entry("WJK-0002", photos=[photo], contact={"kind": "unit", "name": "U", "whatsapp": "6281200000001"})

    found = rules.preflight([bad, small], date(2026, 11, 24), "A4", 1, {"WJK-0002": date(2026, 1, 1)})

    assert [(f["code"], f["kind"], f["level"]) for f in found] == [
        ("WJK-0001", "no_photo", "warn"), ("WJK-0001", "no_contact", "warn"), ("WJK-0001", "no_price", "warn"),
        ("WJK-0001", "no_story", "warn"), ("WJK-0001", "lapsed_permit", "warn"),
        ("WJK-0002", "low_resolution", "warn"), ("WJK-0002", "old_price", "warn"),
    ]  # fmt: skip


def test_dots_per_inch_follow_paper_and_layout():
    assert rules.dpi(2102, "A4", 1) == 300
    assert rules.dpi(2102, "A5", 1) > rules.dpi(2102, "A4", 1) > rules.dpi(2102, "F4", 1)
