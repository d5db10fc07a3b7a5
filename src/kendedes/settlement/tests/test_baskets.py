"""Ten thousand baskets of chance to the rupiah: 7.5 %, three owners of a line, discounts, cash rounding, split returns."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from kendedes.ledger import actions as books
from kendedes.ledger.actions.standing import account, one
from kendedes.ledger.models import Account, ShareLine
from kendedes.ledger.queries.totals import trial_balance
from kendedes.ledger.rules.shares import BASIS, Deduction, Fees, Parts, divide, minus, part_of
from kendedes.ledger.verify import verify

SEED = 20261124
TERMS = [
    Fees(gallery_bp=750),
    Fees(gallery_bp=750, unit_bp=250),
    Fees(gallery_bp=750, unit_bp=333, deductions=(Deduction("tabungan", 100), Deduction("kas kelompok", 33))),
    Fees(gallery_bp=3334, unit_bp=3333),
    Fees(gallery_bp=750, gallery_each=125, unit_each=50),
]


def baskets(count: int, chance: random.Random):
    """(quantity, price a piece, discount, terms) of each line of each basket, and the coin cash is rounded to."""
    for _ in range(count):
        lines = []
        for _ in range(chance.randint(1, 5)):
            quantity, price = chance.randint(1, 12), chance.randint(1, 400) * 125 + chance.choice((0, 0, 1, 7))
            whole = quantity * price
            discount = chance.choice((0, 0, whole // 10, whole * 75 // 1000, chance.randint(0, whole)))
            lines.append((quantity, price, discount, chance.choice(TERMS)))
        yield lines, chance.choice((1, 100, 500))


def whole_of(parts: Parts) -> int:
    return parts.gallery + parts.unit + parts.other + parts.net


def test_ten_thousand_baskets_are_divided_and_taken_back_to_the_rupiah():
    chance = random.Random(SEED)
    lines = 0
    for basket, _ in baskets(10_000, chance):
        for quantity, price, discount, fees in basket:
            lines += 1
            gross = quantity * price - discount
            parts = divide(gross, quantity, fees)
            assert whole_of(parts) == parts.gross == gross
            assert min(parts.gallery, parts.unit, parts.other, parts.net) >= 0
            if not fees.gallery_each and not fees.unit_each:
                assert abs(parts.gallery - Fraction(gross * fees.gallery_bp, BASIS)) < 1
                assert abs(parts.unit - Fraction(gross * fees.unit_bp, BASIS)) < 1
            done, back = 0, [0, 0, 0, 0, 0]
            while done < quantity:  # brought back in steps of chance
                now = chance.randint(1, quantity - done)
                step = minus(part_of(parts, quantity, done + now), part_of(parts, quantity, done))
                assert whole_of(step) == step.gross
                back = [
                    a + b
                    for a, b in zip(back, (step.gross, step.gallery, step.unit, step.other, step.net), strict=True)
                ]
                done += now
            assert back == [gross, parts.gallery, parts.unit, parts.other, parts.net]
    assert lines > 25_000


@pytest.mark.parametrize("coin", [100, 500])
def test_what_coins_spare_or_cost_stands_in_rounding_and_no_owner_feels_it(shop, coin):
    """Through the books: 150 baskets paid in cash, to a coin down or up; half of them brought back whole in steps."""
    chance = random.Random(SEED + coin)
    terms = [
        books.agree_terms(
            association=shop.cast.association, valid_from=shop.terms.valid_from, at=shop.case().at, by=None,
            producer=shop.cast.tempe,
            values={
                "gallery_bp": fees.gallery_bp, "unit_bp": fees.unit_bp, "gallery_each": fees.gallery_each,
                "unit_each": fees.unit_each, "deductions": [[d.name, d.basis_points] for d in fees.deductions],
            },
        )
        for fees in TERMS
    ]  # fmt: skip
    lots = [shop.new_lot(9_000, terms=row, maker_price=1) for row in terms]
    fresh = {row.key: amount for row, amount in trial_balance(shop.cast.association) if amount}
    spared, kept, till = 0, [], 0
    for basket, _ in baskets(150, chance):
        sold = [
            (lots[TERMS.index(fees)], quantity, quantity * price - discount)
            for quantity, price, discount, fees in basket
        ]
        total = sum(gross for _, _, gross in sold)
        cash = (total + chance.choice((0, coin // 2, coin - 1))) // coin * coin  # down, to the nearest, up
        posted = shop.sell(*sold, paid=[(shop.till.pk, cash)], rounding=total - cash)
        spared, till = spared + total - cash, till + cash
        kept.append(posted.posting)
    said = {row.key: amount for row, amount in trial_balance(shop.cast.association) if amount}
    assert said.pop("rounding", 0) == spared
    assert said.pop("till:K1") == till
    shares = ShareLine.objects.filter(posting__in=kept)
    assert said.pop(f"producer:{shop.cast.tempe.pk}") == -sum(line.net for line in shares)
    assert said.pop("gallery_fee") == -sum(line.gallery for line in shares)
    assert said.pop(f"unit_fee:{shop.cast.singosari.pk}") == -sum(line.unit for line in shares)
    assert sum(said.values()) == -sum(line.other for line in shares)
    assert {key for key in said if key not in fresh} == {"deduction:tabungan", "deduction:kas kelompok"}

    bank = account(
        shop.cast.association, one(Account.Kind.BANK)
    ).pk  # money goes back from another purse: no till rounding
    for line in list(shares):
        done = 0
        while done < line.quantity:
            now = chance.randint(1, line.quantity - done)
            gross = line.gross * (done + now) // line.quantity - line.gross * done // line.quantity
            books.refund(
                shop.case(), lines=[books.Returned(line.pk, now)], payments=[(bank, gross)], back_to=shop.shelf.pk
            )
            done += now
    left = {row.key: amount for row, amount in trial_balance(shop.cast.association) if amount}
    assert left == {
        key: amount for key, amount in (("till:K1", till), ("bank", -till - spared), ("rounding", spared)) if amount
    }
    assert verify().findings == []
