"""How a line is divided: ``docs/algorithms/shares.md`` in tests."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kendedes.ledger.rules.shares import BASIS, Deduction, Fees, Parts, apportion, divide, minus, part_of

fees = st.builds(
    lambda g, u, ge, ue, m, d: Fees(g, min(u, BASIS - g), ge, ue, m, tuple(Deduction(f"p{i}", bp) for i, bp in enumerate(d))),
    st.integers(0, BASIS), st.integers(0, BASIS), st.integers(0, 5000), st.integers(0, 5000), st.booleans(),
    st.lists(st.integers(0, 3000), max_size=3),
)  # fmt: skip
lines = st.tuples(st.integers(0, 100_000_000), st.integers(1, 500), st.integers(0, 200_000))


def total(parts: Parts) -> int:
    return parts.gallery + parts.unit + parts.other + parts.net


def test_eighty_five_ten_five_of_three_jars():
    parts = divide(45_000, 3, Fees(gallery_bp=1000, unit_bp=500))

    assert (parts.gallery, parts.unit, parts.net, parts.other) == (4500, 2250, 38_250, 0)


def test_a_third_of_a_rupiah_goes_to_the_largest_remainder():
    assert apportion(100, [1, 1, 1]) == [34, 33, 33]
    assert divide(9_999, 1, Fees(gallery_bp=750, unit_bp=250)) == Parts(9_999, gallery=750, unit=250, net=8_999)


def test_a_mark_up_leaves_the_producer_her_price_whatever_the_buyer_paid():
    fees = Fees(markup=True)

    assert divide(30_000, 2, fees, maker_price=12_000) == Parts(30_000, gallery=6_000, unit=0, net=24_000)
    assert divide(20_000, 2, fees, maker_price=12_000) == Parts(20_000, gallery=-4_000, unit=0, net=24_000)


def test_amounts_a_piece_never_take_more_than_is_there():
    assert divide(1_000, 2, Fees(gallery_each=400, unit_each=300)) == Parts(1_000, gallery=800, unit=200, net=0)


def test_a_named_deduction_is_taken_of_the_producers_part():
    parts = divide(100_000, 1, Fees(gallery_bp=1000, deductions=(Deduction("tabungan", 200),)))

    assert parts == Parts(100_000, gallery=10_000, unit=0, net=88_200, named=(("tabungan", 1_800),))


@given(lines, fees)
def test_parts_add_up_to_the_gross(line, kept):
    gross, quantity, maker_price = line

    parts = divide(gross, quantity, kept, maker_price=maker_price)

    assert total(parts) == parts.gross == gross
    assert parts.net >= 0
    assert parts.unit >= 0
    assert kept.markup or parts.gallery >= 0


@given(st.integers(-(10**10), 10**10), st.lists(st.integers(0, 10**5), min_size=1, max_size=8))
def test_each_part_is_within_one_rupiah_of_its_exact_share(amount, weights):
    parts = apportion(amount, weights)

    assert sum(parts) == amount
    if sum(weights):
        assert all(abs(part * sum(weights) - amount * w) < sum(weights) for part, w in zip(parts, weights, strict=True))


@given(lines, fees, st.data())
def test_returning_a_line_piece_by_piece_in_any_way_reverses_exactly_what_was_posted(line, kept, data):
    gross, quantity, maker_price = line
    parts = divide(gross, quantity, kept, maker_price=maker_price)
    done, back = 0, Parts(0, 0, 0, 0, tuple((name, 0) for name, _ in parts.named))
    while done < quantity:
        now = data.draw(st.integers(1, quantity - done))
        step = minus(part_of(parts, quantity, done + now), part_of(parts, quantity, done))
        assert total(step) == step.gross
        back = minus(back, step)
        done += now

    assert minus(Parts(0, 0, 0, 0, tuple((n, 0) for n, _ in back.named)), back) == parts
