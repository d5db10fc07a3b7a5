"""Splitting: docs/algorithms/split.md in the same words."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from kendedes.wholesale.rules.split import Maker, Tier, Why, days_for, most_by, price_for, split

makers = st.lists(
    st.builds(
        Maker, key=st.just(0), capacity=st.one_of(st.none(), st.integers(0, 400)), lead=st.one_of(st.none(), st.integers(0, 60)),
        minimum=st.integers(0, 150), load=st.integers(0, 300), stars=st.integers(0, 5), given=st.integers(0, 900),
        tiers=st.lists(st.builds(Tier, st.integers(1, 500), st.integers(1_000, 90_000)), max_size=3).map(tuple),
    ),
    max_size=7,
).map(lambda rows: [Maker(n, *(getattr(r, f) for f in list(Maker.__slots__)[1:])) for n, r in enumerate(rows, 1)])  # fmt: skip


def maker(key: int, capacity: int | None = 300, lead: int | None = 14, **more: object) -> Maker:
    return Maker(key, capacity, lead, **more)  # type: ignore[arg-type]


def amounts(wanted: int, rows: list[Maker], **more: object) -> dict[int, int]:
    found = split(wanted, rows, days=42, **more)  # type: ignore[arg-type]
    return {part.maker.key: part.quantity for part in found.parts if part.quantity}


@given(wanted=st.integers(1, 2_000), rows=makers, days=st.integers(0, 120), at_most=st.integers(1, 7))
def test_the_parts_and_what_is_missing_add_up_to_what_is_wanted(
    wanted: int, rows: list[Maker], days: int, at_most: int
) -> None:
    found = split(wanted, rows, days=days, at_most=at_most)

    assert found.quantity + found.missing == wanted
    assert found.missing >= 0
    assert sorted(part.maker.key for part in found.parts) == [row.key for row in rows]


@given(wanted=st.integers(1, 2_000), rows=makers, days=st.integers(0, 120), at_most=st.integers(1, 7))
def test_nobody_gets_more_than_she_can_make_or_less_than_her_minimum(
    wanted: int, rows: list[Maker], days: int, at_most: int
) -> None:
    found = split(wanted, rows, days=days, at_most=at_most)

    for part in found.parts:
        if part.quantity:
            assert max(1, part.maker.minimum) <= part.quantity <= most_by(part.maker, days)
            assert part.days is not None
            assert part.days <= days
    assert sum(part.quantity > 0 for part in found.parts) <= at_most


@given(wanted=st.integers(1, 2_000), rows=makers, days=st.integers(0, 120))
def test_the_order_in_which_makers_are_named_changes_nothing(wanted: int, rows: list[Maker], days: int) -> None:
    assert split(wanted, rows, days=days) == split(wanted, rows[::-1], days=days)


@given(wanted=st.integers(1, 600), rows=makers.filter(lambda rows: len(rows) <= 4), days=st.integers(0, 90))
def test_something_is_missing_only_when_no_set_of_makers_could_do_more(
    wanted: int, rows: list[Maker], days: int
) -> None:
    ranges = [range(max(1, r.minimum), most_by(r, days) + 1) for r in rows]
    ranges = [r for r in ranges if len(r)]
    best = 0
    for size in range(1, len(ranges) + 1):
        for chosen in itertools.combinations(ranges, size):
            if sum(r.start for r in chosen) <= wanted:
                best = max(best, min(wanted, sum(r.stop - 1 for r in chosen)))

    assert split(wanted, rows, days=days).missing == wanted - best


def test_600_masks_in_six_weeks_are_shared_by_what_each_can_make() -> None:
    rows = [maker(1, 200), maker(2, 150, 21), maker(3, 120, 10, load=40)]

    assert [most_by(row, 42) for row in rows] == [386, 255, 208]
    assert amounts(600, rows) == {1: 273, 2: 180, 3: 147}


def test_what_cannot_be_made_by_the_day_is_named() -> None:
    found = split(600, [maker(1, 100), maker(2, 100, 42)], days=42)

    assert [(p.maker.key, p.quantity, p.why) for p in found.parts] == [(1, 193, Why.FULL), (2, 100, Why.FULL)]
    assert found.missing == 307


def test_each_who_gets_nothing_is_told_why() -> None:
    rows = [
        maker(1), maker(2, lead=50), maker(3, load=9_999), maker(4, minimum=500), maker(5, None), maker(6, tiers=(Tier(1, 30_000),)),
    ]  # fmt: skip
    found = split(200, rows, days=42, ceiling=25_000, at_most=1)

    assert {p.maker.key: str(p.why) for p in found.parts} == {
        1: "part", 2: "late", 3: "booked", 4: "minimum", 5: "unknown", 6: "price",
    }  # fmt: skip


def test_who_is_not_needed_is_spare_and_stars_then_fairness_decide_among_equals() -> None:
    rows = [maker(1, given=5), maker(2, given=0), maker(3, stars=3, given=50)]

    assert amounts(100, rows, at_most=1) == {3: 100}
    assert amounts(100, rows[:2], at_most=1) == {2: 100}
    assert amounts(101, rows[:2]) == {2: 51, 1: 50}


def test_minimums_that_do_not_fit_together_leave_one_to_do_it_alone() -> None:
    assert amounts(300, [maker(1, minimum=200), maker(2, minimum=200)]) == {1: 300}
    assert amounts(10, [maker(1, minimum=200)]) == {}


def test_a_tier_counts_from_its_quantity_on() -> None:
    tiers = (Tier(50, 20_000), Tier(200, 18_000))

    assert [price_for(tiers, n) for n in (49, 50, 199, 200, 900)] == [None, 20_000, 20_000, 18_000, 18_000]


def test_days_and_pieces_say_the_same() -> None:
    one = maker(1, 90, 7, load=30)

    assert [days_for(one, n) for n in (60, 61, 150)] == [7, 8, 37]
    assert most_by(one, 7) == 60
    assert most_by(one, 6) == 0
