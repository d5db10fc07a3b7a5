from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kendedes.orders.rules.promising import Spot, down_payment, offered, ready_in, shipping, weight


def test_a_stand_gives_what_its_quota_allows_the_store_all_it_has():
    spots = [Spot(1, 4), Spot(1, 8), Spot(2, 5), Spot(None, 7)]

    assert offered(spots, {}) == 24
    assert offered(spots, {1: 10, 2: 0}) == 17


@given(
    st.lists(st.tuples(st.integers(1, 4) | st.none(), st.integers(-3, 50))),
    st.dictionaries(st.integers(1, 4), st.integers(0, 60)),
)
def test_never_more_than_there_is(rows, quotas):
    found = offered([Spot(*row) for row in rows], quotas)

    assert 0 <= found <= sum(max(0, there) for _, there in rows)


@pytest.mark.parametrize(
    ("asked", "queued", "days"), [(100, 0, 7), (100, 200, 7), (100, 300, 17), (600, 0, 37), (5000, 0, None)]
)
def test_what_a_month_cannot_make_comes_later_and_what_takes_half_a_year_is_not_promised(asked, queued, days):
    assert ready_in(asked, capacity=300, lead=7, queued=queued) == days


def test_without_capacity_or_lead_time_nothing_is_promised():
    assert ready_in(1, capacity=None, lead=7, queued=0) is None
    assert ready_in(1, capacity=300, lead=None, queued=0) is None


@pytest.mark.parametrize(
    ("grams", "rupiah"), [(1, 9_000), (1_000, 9_000), (1_299, 9_000), (1_300, 16_000), (2_300, 23_000)]
)
def test_couriers_forgive_three_hundred_grams(grams, rupiah):
    assert shipping(grams, 9_000, 7_000) == rupiah


def test_a_down_payment_is_whole_thousands_and_never_above_the_total():
    assert [down_payment(total, 50) for total in (500, 90_000, 91_000)] == [500, 45_000, 46_000]
    assert down_payment(91_000, 0) == 0


def test_a_pack_weighs_its_contents_and_its_wrapping():
    assert [weight(150, "g"), weight(20, "g"), weight(3, "pcs"), weight(None, "")] == [165, 30, 500, 500]
