"""Figures, names and repetitions that no other test says to the letter."""

from __future__ import annotations

import uuid
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from kendedes.ledger import actions
from kendedes.ledger.actions.standing import account, one, owed_to, place, unit_store
from kendedes.ledger.models import Account, GoodsMove, Place, Posting, ShareLine
from kendedes.ledger.queries import balance, stock_of_lots
from kendedes.ledger.rules.codes import lot_code, number_of
from kendedes.ledger.verify import verify

from .conftest import AT


def test_a_return_takes_named_deductions_back_to_the_rupiah(shop):
    values = {"gallery_bp": 1000, "unit_bp": 500, "deductions": [["tabungan", 333], ["kas", 1]]}
    terms = actions.agree_terms(
        association=shop.cast.association, valid_from=date(2026, 2, 1), at=AT, by=None, values=values
    )
    lot = shop.new_lot(5, terms=terms)
    sold = ShareLine.objects.get(posting=shop.sell((lot, 3, 44_999)).posting)
    assert (sold.gallery, sold.unit, sold.named, sold.net) == (4_500, 2_250, {"kas": 4, "tabungan": 1_274}, 36_971)

    back = []
    for pieces, amount in ((1, 14_999), (2, 30_000)):
        posted = actions.refund(
            shop.case(), lines=[actions.Returned(sold.pk, pieces)], payments=[(shop.till.pk, amount)],
            back_to=shop.shelf.pk,
        )  # fmt: skip
        back.append(ShareLine.objects.get(posting=posted.posting))

    assert [(b.quantity, b.gross, b.gallery, b.unit, b.named, b.net) for b in back] == [
        (-1, -14_999, -1_500, -750, {"kas": -1, "tabungan": -424}, -12_324),
        (-2, -30_000, -3_000, -1_500, {"kas": -3, "tabungan": -850}, -24_647),
    ]
    for name in ("tabungan", "kas"):
        assert balance(Account.objects.get(key=f"deduction:{name}").pk) == 0


def test_pieces_that_turn_up_once_turn_up_once_however_often_it_is_said(shop):
    lost, found = (place(shop.cast.association, kind) for kind in (Place.Kind.LOST, Place.Kind.FOUND))
    actions.write_off(shop.case(), gone=[actions.Carried(shop.lot.pk, shop.shelf.pk, lost.pk, 3)], deed="lot.expire")
    key, there = uuid.uuid4(), [actions.Carried(shop.lot.pk, found.pk, shop.shelf.pk, 2)]
    first = actions.turn_up(shop.case(key=key), carried=there, deed="lot.receive")
    before = [table.objects.count() for table in (Posting, GoodsMove, ShareLine)]

    again = actions.turn_up(shop.case(key=key), carried=there, deed="lot.receive")

    assert (first.created, again.created, again.posting) == (True, False, first.posting)
    assert [table.objects.count() for table in (Posting, GoodsMove, ShareLine)] == before
    assert stock_of_lots([shop.lot.pk])[shop.lot.pk] == {shop.shelf.pk: 9, lost.pk: 1, _maker(shop): -10}
    assert balance(account(shop.cast.association, one(Account.Kind.LOSS)).pk) == 12_000
    assert verify().findings == []


def _maker(shop) -> int:
    return place(shop.cast.association, Place.Kind.MAKER).pk


@given(st.integers(1, 10**9))
def test_a_code_tells_its_number(number):
    assert number_of(lot_code(number)) == number


def test_what_is_made_when_it_is_first_needed_is_called_what_people_call_it(shop):
    association, unit, maker = shop.cast.association, shop.cast.tempe.unit, shop.cast.tempe

    store = unit_store(unit)

    assert (store.key, store.name, store.kind, store.unit, store.physical) == (
        f"unit:{unit.pk}", str(unit), "unit", unit, True
    )  # fmt: skip
    owed = account(association, owed_to(maker.pk))
    assert (owed.key, owed.name, owed.producer) == (f"producer:{maker.pk}", maker.name, maker)
    assert (shop.till.key, shop.till.name) == ("till:K1", "Laci K1")
    assert account(association, one(Account.Kind.CASH)).name == str(Account.Kind.CASH.label)
