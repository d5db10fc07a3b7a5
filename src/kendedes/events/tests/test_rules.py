from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kendedes.events.rules import Offer, pack


def test_units_take_turns_and_the_best_seller_of_each_goes_first():
    offers = [
        Offer(1, 9, unit=1, there=10, sold=50), Offer(2, 9, unit=1, there=10, sold=5), Offer(3, 9, unit=2, there=4, sold=0),
    ]  # fmt: skip

    assert pack(offers, 7) == {(1, 9): 5, (3, 9): 2}
    assert pack(offers, 100) == {(1, 9): 10, (2, 9): 10, (3, 9): 4}


def test_goods_that_expire_before_the_end_stay_at_home():
    offers = [Offer(1, 9, 1, there=10, sold=9, days_left=3), Offer(2, 9, 1, there=10, sold=0, days_left=30)]

    assert pack(offers, 4, days=3) == {(2, 9): 4}


@given(st.lists(st.tuples(st.integers(1, 6), st.integers(0, 40), st.integers(0, 99)), max_size=30), st.integers(0, 300))
def test_never_more_than_there_is_nor_than_there_is_room_for_and_every_unit_has_its_turn(rows, room):
    offers = [Offer(n, 1, unit, there, sold) for n, (unit, there, sold) in enumerate(rows)]

    taken = pack(offers, room)

    there = {(o.lot, o.source): o.there for o in offers}
    assert all(0 < n <= there[spot] for spot, n in taken.items())
    assert sum(taken.values()) == min(room, sum(there.values()))
    units = {o.unit for o in offers if o.there}
    if room >= sum(max(1, o.there // 2) for o in offers if o.there):
        assert {o.unit for o in offers if (o.lot, 1) in taken} == units
