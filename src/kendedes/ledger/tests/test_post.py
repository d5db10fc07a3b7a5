"""``post``: every deed once, facts always, promises only if they can be kept."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest

from kendedes.journal.actions import KeyTaken
from kendedes.journal.models import Entry
from kendedes.ledger import actions
from kendedes.ledger.actions.refusals import MoneyDoesNotAddUp, NotEnoughStock, PeriodNotReady, ReturnedAlready
from kendedes.ledger.actions.standing import account, one
from kendedes.ledger.models import Account, GoodsMove, MoneyMove, Oddity, Place, Posting, ShareLine
from kendedes.ledger.queries import balance, stock_at, stock_of_lots
from kendedes.ledger.queries.totals import trial_balance

from .conftest import AT, DAY

TABLES = (Entry, Posting, GoodsMove, MoneyMove, ShareLine, Oddity)


def counts() -> list[int]:
    return [table.objects.count() for table in TABLES]


def owed(shop, producer) -> int:
    found = Account.objects.filter(association=shop.cast.association, key=f"producer:{producer.pk}").first()
    return -balance(found.pk) if found else 0


def of(shop, kind) -> int:
    return balance(account(shop.cast.association, one(kind)).pk)


def test_a_sale_moves_the_goods_and_sets_every_share_aside(shop):
    posted = shop.sell((shop.lot, 3, 45_000))

    assert stock_at(shop.cast.association, "shelf:1") == {shop.lot.pk: 7}
    assert stock_at(shop.cast.association, "sold") == {shop.lot.pk: 3}
    line = ShareLine.objects.get(posting=posted.posting)
    assert (line.gross, line.gallery, line.unit, line.other, line.net) == (45_000, 4_500, 2_250, 0, 38_250)
    assert owed(shop, shop.cast.tempe) == 38_250
    assert balance(shop.till.pk) == 45_000
    assert of(shop, Account.Kind.GALLERY_FEE) == -4_500
    assert sum(amount for _, amount in trial_balance(shop.cast.association)) == 0


def test_the_same_key_again_changes_nothing(shop):
    key = uuid.uuid4()
    first = shop.sell((shop.lot, 1, 15_000), key=key)
    before = counts()

    again = shop.sell((shop.lot, 1, 15_000), key=key)

    assert (again.created, again.posting) == (False, first.posting)
    assert counts() == before


def test_the_same_key_with_another_content_is_refused_without_a_trace(shop):
    key = uuid.uuid4()
    shop.sell((shop.lot, 1, 15_000), key=key)
    before = counts()

    with pytest.raises(KeyTaken):
        shop.sell((shop.lot, 1, 14_000), key=key)
    with pytest.raises(KeyTaken):
        shop.sell((shop.lot, 1, 15_000), key=key, facts={"other": True})

    assert counts() == before


def test_a_fact_beyond_the_stock_is_written_and_becomes_a_task(shop):
    posted = shop.sell((shop.lot, 12, 180_000))

    assert [(s.lot, s.place, s.quantity) for s in posted.shortages] == [(shop.lot.pk, shop.shelf.pk, 2)]
    assert stock_at(shop.cast.association, "shelf:1") == {}
    assert stock_at(shop.cast.association, "difference") == {shop.lot.pk: -2}
    assert stock_at(shop.cast.association, "sold") == {shop.lot.pk: 12}
    assert owed(shop, shop.cast.tempe) == 153_000
    oddity = Oddity.objects.get()
    assert (oddity.code, oddity.lot, oddity.place, oddity.facts) == ("oversold", shop.lot, shop.shelf, {"quantity": 2})


def test_two_lines_of_one_lot_in_one_sale_share_what_is_there(shop):
    posted = shop.sell((shop.lot, 6, 90_000), (shop.lot, 6, 90_000))

    assert [s.quantity for s in posted.shortages] == [2]
    assert stock_at(shop.cast.association, "difference") == {shop.lot.pk: -2}


def test_a_promise_beyond_the_stock_is_refused_without_a_trace(shop):
    before = counts()

    with pytest.raises(NotEnoughStock):
        shop.sell((shop.lot, 11, 165_000), promise=True)

    assert counts() == before


def test_payments_that_do_not_add_up_are_refused_without_a_trace(shop):
    before = counts()

    with pytest.raises(MoneyDoesNotAddUp):
        shop.sell((shop.lot, 1, 15_000), paid=[(shop.till.pk, 14_000)])

    assert counts() == before


def test_split_payment_and_rounding_leave_clearing_empty(shop):
    bank = account(shop.cast.association, one(Account.Kind.BANK))

    shop.sell((shop.lot, 1, 15_030), paid=[(shop.till.pk, 5_000), (bank.pk, 10_000)], rounding=30)

    assert (balance(shop.till.pk), balance(bank.pk)) == (5_000, 10_000)
    assert of(shop, Account.Kind.ROUNDING) == 30
    assert of(shop, Account.Kind.CLEARING) == 0


def test_a_thing_nobody_knows_waits_in_suspense(shop):
    shop.sell((None, 1, 8_000), (shop.lot, 1, 15_000))

    assert of(shop, Account.Kind.SUSPENSE) == -8_000
    assert balance(shop.till.pk) == 23_000


def test_a_return_reverses_exactly_what_was_posted_in_any_number_of_steps(shop):
    sold = shop.sell((shop.lot, 3, 44_999))
    line = ShareLine.objects.get(posting=sold.posting)

    for amount in (14_999, 15_000, 15_000):
        actions.refund(
            shop.case(), lines=[actions.Returned(line.pk, 1)], payments=[(shop.till.pk, amount)], back_to=shop.shelf.pk
        )

    assert owed(shop, shop.cast.tempe) == 0
    assert balance(shop.till.pk) == 0
    assert stock_at(shop.cast.association, "shelf:1") == {shop.lot.pk: 10}
    assert all(amount == 0 for _, amount in trial_balance(shop.cast.association))


def test_more_than_was_sold_cannot_come_back(shop):
    sold = shop.sell((shop.lot, 1, 15_000))
    line = ShareLine.objects.get(posting=sold.posting)
    back = {"lines": [actions.Returned(line.pk, 1)], "payments": [(shop.till.pk, 15_000)], "back_to": shop.shelf.pk}
    actions.refund(shop.case(), **back)
    before = counts()

    with pytest.raises(ReturnedAlready):
        actions.refund(shop.case(), **back)

    assert counts() == before


def test_a_return_sent_twice_counts_once(shop):
    sold = shop.sell((shop.lot, 1, 15_000))
    line = ShareLine.objects.get(posting=sold.posting)
    back = {"lines": [actions.Returned(line.pk, 1)], "payments": [(shop.till.pk, 15_000)], "back_to": shop.shelf.pk}
    key = uuid.uuid4()
    first = actions.refund(shop.case(key=key), **back)

    again = actions.refund(shop.case(key=key), **back)

    assert (again.created, again.posting) == (False, first.posting)
    assert owed(shop, shop.cast.tempe) == 0


def test_a_return_s_key_with_other_money_is_refused_without_a_trace(shop):
    sold = shop.sell((shop.lot, 1, 15_000))
    line = ShareLine.objects.get(posting=sold.posting)
    back = {"lines": [actions.Returned(line.pk, 1)], "back_to": shop.shelf.pk}
    key = uuid.uuid4()
    split = [(shop.till.pk, 5_000), (one(Account.Kind.BANK), 6_000), (shop.till.pk, 4_000)]
    first = actions.refund(shop.case(key=key), **back, payments=split)
    before = counts()

    assert actions.refund(shop.case(key=key), **back, payments=split).posting == first.posting
    for other in ([(shop.till.pk, 15_000)], [(shop.till.pk, 5_000), (one(Account.Kind.BANK), 10_000)], []):
        with pytest.raises(KeyTaken):
            actions.refund(shop.case(key=key), **back, payments=other)

    assert counts() == before


def test_goods_bought_outright_are_owed_at_once_and_sold_for_the_gallery(shop):
    terms = actions.agree_terms(
        association=shop.cast.association, valid_from=date(2026, 1, 2), at=AT, by=None, values={"mode": "purchase"},
        producer=shop.cast.apel,
    )  # fmt: skip
    lot = shop.new_lot(5, producer=shop.cast.apel, terms=terms)

    assert owed(shop, shop.cast.apel) == 60_000
    shop.sell((lot, 2, 30_000))

    assert owed(shop, shop.cast.apel) == 60_000
    assert of(shop, Account.Kind.GALLERY_FEE) == -30_000


def test_what_expires_is_borne_as_agreed(shop):
    terms = actions.agree_terms(
        association=shop.cast.association, valid_from=date(2026, 1, 2), at=AT, by=None, producer=shop.cast.tempe,
        values={"gallery_bp": 1000, "expiry_producer_bp": 5000},
    )  # fmt: skip
    lot = shop.new_lot(5, terms=terms)
    expired = actions.standing.place(shop.cast.association, Place.Kind.EXPIRED)

    actions.write_off(
        shop.case(), gone=[actions.Carried(lot.pk, shop.shelf.pk, expired.pk, 2)], deed="lot.expire"
    )  # fmt: skip

    assert owed(shop, shop.cast.tempe) == 12_000
    assert of(shop, Account.Kind.LOSS) == 12_000
    assert stock_of_lots([lot.pk])[lot.pk][expired.pk] == 2


def test_the_chain_is_contiguous_and_each_posting_seals_the_one_before(shop):
    shop.sell((shop.lot, 1, 15_000))
    rows = list(Posting.objects.order_by("number"))

    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert [row.previous for row in rows[1:]] == [row.digest for row in rows[:-1]]


def test_news_of_a_closed_day_counts_for_the_first_open_one(shop):
    actions.close_period(association=shop.cast.association, ends_on=DAY, at=AT, by=None, today=DAY + timedelta(days=1))

    posted = shop.sell((shop.lot, 1, 15_000), occurred_on=DAY - timedelta(days=3))

    assert posted.posting.occurred_on == DAY - timedelta(days=3)
    assert posted.posting.booked_on == DAY + timedelta(days=1)
    assert posted.posting.late


def test_a_period_with_unsettled_goods_or_a_running_day_cannot_be_closed(shop):
    shop.sell((shop.lot, 12, 180_000))
    before = counts()

    with pytest.raises(PeriodNotReady):
        actions.close_period(
            association=shop.cast.association, ends_on=DAY, at=AT, by=None, today=DAY + timedelta(days=1)
        )
    with pytest.raises(PeriodNotReady):
        actions.close_period(association=shop.cast.association, ends_on=DAY, at=AT, by=None, today=DAY)

    assert counts() == before


def test_the_narrowest_terms_hold_from_their_day(shop):
    from kendedes.ledger.queries import terms_for

    narrow = actions.agree_terms(
        association=shop.cast.association, valid_from=date(2026, 6, 1), at=AT, by=None, values={"gallery_bp": 2000},
        product=shop.product,
    )  # fmt: skip

    assert terms_for(shop.product, date(2026, 5, 31)) == shop.terms
    assert terms_for(shop.product, date(2026, 6, 1)) == narrow
