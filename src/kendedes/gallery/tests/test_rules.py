"""The fairness rule, what is empty, where things are drawn."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kendedes.base.spoken import amount_in_words
from kendedes.gallery.rules import plan
from kendedes.gallery.rules.fairness import Entrant, Seat, calendar, deal, empty, quotas

SEATS = st.lists(st.integers(1, 3), min_size=1, max_size=40).map(
    lambda w: [Seat((1, i), n) for i, n in enumerate(w, 1)]
)


def units(n, **more):
    return [Entrant(i, **more) for i in range(1, n + 1)]


def test_each_unit_gets_its_whole_share_and_the_rest_goes_to_who_had_least():
    found = quotas(7, [Entrant(1, count=5), Entrant(2, count=1), Entrant(3, count=2)])

    assert found == {1: 2, 2: 3, 3: 2}


def test_a_heavier_unit_gets_more():
    assert quotas(8, [Entrant(1, weight=3), Entrant(2, weight=1)]) == {1: 6, 2: 2}


def test_without_units_there_is_nothing_to_deal():
    assert quotas(5, []) == {}
    assert deal([Seat((1, 1), 3)], []) == {}


def test_the_best_facing_goes_to_who_had_least_good_ones():
    seats = [Seat((1, 1), 3), Seat((2, 1), 1)]

    assert deal(seats, [Entrant(1, worth=9), Entrant(2, worth=2)]) == {(1, 1): 2, (2, 1): 1}


def test_in_the_next_month_good_and_poor_facings_change_hands():
    seats = [Seat((1, 1), 3), Seat((2, 1), 1)]

    first, second = calendar(seats, units(2), 2)

    assert first == {(1, 1): 1, (2, 1): 2}
    assert second == {(1, 1): 2, (2, 1): 1}


@given(SEATS, st.integers(1, 29), st.integers(1, 12))
@settings(max_examples=60, deadline=None)
def test_after_any_number_of_months_no_unit_had_two_facings_more_than_another(seats, n, months):
    counts = dict.fromkeys(range(1, n + 1), 0)

    for one in calendar(seats, units(n), months):
        assert set(one) == {seat.key for seat in seats}
        for unit in one.values():
            counts[unit] += 1

    assert max(counts.values()) - min(counts.values()) <= 1


@given(SEATS, st.integers(1, 12), st.integers(6, 24))
@settings(max_examples=40, deadline=None)
def test_good_places_even_out_over_the_months(seats, n, months):
    worth = {seat.key: seat.worth for seat in seats}
    had = dict.fromkeys(range(1, n + 1), 0)

    for one in calendar(seats, units(n), months):
        for seat, unit in one.items():
            had[unit] += worth[seat]

    # A unit's facings of one month differ by two points each at most, and one more facing by three: it does not add up.
    assert max(had.values()) - min(had.values()) <= 2 * -(-len(seats) // n) + 4


def test_a_facing_is_empty_when_its_unit_has_fewer_packs_there_than_facings():
    assert empty({1: 2, 2: 1, 3: 1}, {1: 1, 2: 4}) == {1: 1, 3: 1}


def test_shelves_are_drawn_inside_their_stand():
    box = plan.stand(4, 3, 4, 3)

    for shelf in plan.shelves(box, 3):
        assert box.x < shelf.x
        assert shelf.x + shelf.width < box.x + box.width
        assert box.y < shelf.y
        assert shelf.y + shelf.height < box.y + box.height


def test_the_drawing_holds_every_stand():
    boxes = [plan.stand(*plan.next_spot(i), 4, 3) for i in range(8)]

    assert plan.extent(boxes) == (4 * 4 * 40, 2 * 3 * 40)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"), (11, "sebelas"), (15, "lima belas"), (100, "seratus"), (1000, "seribu"), (2026, "dua ribu dua puluh enam"),
        (1_250_000, "satu juta dua ratus lima puluh ribu"), (100_017_000, "seratus juta tujuh belas ribu"),
        (3_000_000_001, "tiga miliar satu"),
    ],
)  # fmt: skip
def test_amounts_are_spoken(number, words):
    assert amount_in_words(number) == words
