"""Figures, names and repetitions that no other test says to the letter."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kendedes.journal.models import Entry
from kendedes.ledger import actions
from kendedes.ledger.actions.checking import check_books, check_hourly
from kendedes.ledger.actions.refusals import PeriodNotReady
from kendedes.ledger.actions.standing import account, one, owed_to, place, unit_store
from kendedes.ledger.models import Account, ChartLine, GoodsMove, Place, Posting, ShareLine, VerifyRun
from kendedes.ledger.queries import balance, stock_of_lots
from kendedes.ledger.rules.codes import lot_code, number_of
from kendedes.ledger.rules.shares import apportion
from kendedes.ledger.verify import verify

from .conftest import AT, DAY


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


def test_every_hour_the_books_are_asked_only_when_something_was_posted_or_a_day_went_by(shop):
    assert check_hourly(at=AT) != "nothing new"  # the first time
    assert check_hourly(at=AT + timedelta(hours=1)) == "nothing new"
    shop.sell((shop.lot, 1, 15_000))
    assert check_hourly(at=AT + timedelta(hours=2)) != "nothing new"
    assert check_hourly(at=AT + timedelta(hours=25, minutes=59)) == "nothing new"
    assert check_hourly(at=AT + timedelta(hours=26)) != "nothing new"

    assert list(VerifyRun.objects.order_by("id").values_list("ran_at", "fits")) == [
        (AT + timedelta(hours=hours), True) for hours in (0, 2, 26)
    ]


def test_the_newest_two_hundred_answers_are_kept_and_every_bad_one(db):
    report = {"heads": [], "findings": []}
    VerifyRun.objects.bulk_create(
        VerifyRun(ran_at=AT, seconds=0, fits=number != 3, report=report) for number in range(250)
    )

    newest = check_books(at=AT)

    kept = list(VerifyRun.objects.order_by("id").values_list("id", flat=True))
    assert (len(kept), kept[-1], kept[-200]) == (201, newest.pk, newest.pk - 199)
    assert list(VerifyRun.objects.filter(fits=False).values_list("id", flat=True)) == kept[:1]


def test_the_diary_says_who_did_what_to_the_books(shop):
    association, ratna = shop.cast.association, shop.cast.ratna
    before = Entry.objects.order_by("-id").first().pk
    by = {"at": AT, "by": ratna}
    actions.agree_terms(
        association=association, producer=shop.cast.tempe, valid_from=date(2026, 3, 1), values={"gallery_bp": 750}, **by
    )
    actions.price_lot(lot=shop.lot, price=14_000, minimum_price=13_000, reason="segera", **by)
    actions.write_chart(association=association, lines={"cash": ("1-01", "Kas"), "bank": ("", "")}, **by)
    facts = {"quantity": 1}
    oddity = actions.raise_oddity(
        association=association, code="oversold", at=AT, lot=shop.lot, place=shop.shelf, facts=facts
    )
    settled = actions.settle_oddity(oddity=oddity, note="sudah", **by)
    bank = account(association, one(Account.Kind.BANK))
    actions.pay(shop.case(facts={"name": "setor"}), paid=[actions.Paid(shop.cash.pk, bank.pk, 5)], deed="payout.pay")
    actions.close_period(association=association, ends_on=DAY, today=DAY + timedelta(days=1), **by)

    told = [
        (entry.deed, entry.facts, {s.kind.split(".")[1] for s in entry.subjects.all()}, entry.by == ratna)
        for entry in Entry.objects.filter(pk__gt=before).order_by("id")
    ]
    maker, lot = shop.cast.tempe.name, {"name": shop.lot.name, "code": shop.lot.code}
    assert told == [
        ("terms.agree", {"name": maker, "since": "2026-03-01", "gallery_bp": 750}, {"association", "producer"}, True),
        ("lot.price", {**lot, "price": 14_000, "minimum": 13_000, "reason": "segera"}, {"lot"}, True),
        ("chart.write", {"lines": 2}, {"association"}, True),
        ("oddity.settle", {"code": "oversold", "note": "sudah"}, {"oddity", "association"}, True),
        ("payout.pay", {"name": "setor"}, {"association"}, True),
        ("period.close", {"from": str(DAY), "until": str(DAY)}, {"association"}, True),
    ]
    assert list(ChartLine.objects.values_list("kind", "code", "name")) == [("cash", "1-01", "Kas")]
    assert (settled.settled_at, settled.settled_by, settled.note) == (AT, ratna, "sudah")
    assert (balance(shop.cash.pk), balance(bank.pk)) == (-5, 5)
    with pytest.raises(PeriodNotReady):  # the same day again
        actions.close_period(association=association, ends_on=DAY, today=DAY + timedelta(days=1), **by)


def test_parts_without_weights_go_to_the_first():
    assert (apportion(5, [0, 0]), apportion(5, [0]), apportion(5, []), apportion(-5, [0, 0, 0])) == (
        [5, 0], [5], [], [-5, 0, 0],
    )  # fmt: skip
