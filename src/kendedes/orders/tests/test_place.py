"""Orders are promises: kept to the last piece, or refused without a trace."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest

from kendedes.journal.models import Entry
from kendedes.ledger.models import GoodsMove
from kendedes.orders import actions
from kendedes.orders.actions import Delivery, Wanted
from kendedes.orders.actions.refusals import (
    BasketEmpty,
    CannotPromise,
    NotForSale,
    PriceChanged,
    ShopClosed,
    WayClosed,
)
from kendedes.orders.models import Ask, Order, OrderLine, Promise, Quota
from kendedes.orders.queries import offers
from kendedes.orders.rules.promising import Kind
from kendedes.products.models import Product
from kendedes.testing.shop import AT, DAY

TABLES = (Entry, Order, OrderLine, Promise, Ask, GoodsMove)


def counts() -> list[int]:
    return [table.objects.count() for table in TABLES]


def offer(stall):
    return offers(stall.shop.cast.association.pk, [stall.shop.variant.pk], DAY)[stall.shop.variant.pk]


def to_order(stall, capacity=300, lead=7, minimum=None):
    Product.objects.filter(pk=stall.shop.product.pk).update(
        capacity=capacity, lead_time_days=lead, minimum_order=minimum
    )


def test_five_packs_are_set_aside_and_five_are_left(stall):
    order = stall.order(5)

    promise = Promise.objects.get()
    assert (order.code, order.goods, order.total, order.down, order.state) == ("P-2026-0001", 75_000, 75_000, 0, "new")
    assert order.expires_at == AT + timedelta(hours=48)
    assert (promise.quantity, promise.ended_at) == (5, None)
    assert (offer(stall).free, offer(stall).stock, offer(stall).promised) == (5, 10, 5)
    assert Entry.objects.get(deed="order.place").facts == {
        "code": "P-2026-0001", "pieces": 5, "amount": 75_000, "kind": "retail"
    }  # fmt: skip
    assert len(order.token) == 22


def test_beyond_the_stock_it_is_refused_without_a_trace(stall):
    stall.order(8)
    before = counts()

    with pytest.raises(CannotPromise) as refused:
        stall.order(3)

    assert refused.value.facts["free"] == 2
    assert counts() == before


def test_the_same_key_is_the_same_order(stall):
    key = uuid.uuid4()
    first = stall.ask(5, key=key)
    before = counts()

    again = stall.ask(9, key=key, price=1)

    assert (again.order, again.created) == (first.order, False)
    assert counts() == before


def test_a_price_that_changed_is_asked_again(stall):
    with pytest.raises(PriceChanged) as refused:
        stall.order(1, price=14_000)

    assert (refused.value.facts["now"], refused.value.facts["seen"]) == (15_000, 14_000)


def test_pieces_come_back_when_the_time_is_over(stall):
    order = stall.order(10)

    assert actions.expire_orders(at=AT + timedelta(hours=47)) == ""
    assert actions.expire_orders(at=AT + timedelta(hours=48)) == "1 pesanan lewat waktu"

    order.refresh_from_db()
    assert (order.state, Promise.objects.get().end) == ("expired", "expired")
    assert offer(stall).free == 10


def test_an_order_looks_first_whose_time_is_over(stall):
    stall.order(10)

    assert stall.order(10, at=AT + timedelta(hours=49)).state == "new"


def test_a_stand_keeps_what_its_quota_says_for_people_who_come(stall):
    Quota.objects.create(stand=stall.stand, most=4)
    assert offer(stall).free == 4

    Quota.objects.create(stand=stall.stand, variant=stall.shop.variant, most=6)
    assert offer(stall).free == 6


def test_expired_lots_are_not_promised(stall):
    late = offers(stall.shop.cast.association.pk, [stall.shop.variant.pk], date(2027, 6, 1))

    assert late[stall.shop.variant.pk].free == 0


def test_what_is_not_there_is_made(stall):
    to_order(stall, minimum=12)

    order = stall.order(20, pay="transfer")

    line = order.lines.get()
    assert (line.made, line.ready_on) == (True, DAY + timedelta(days=7))
    assert (order.down, order.expires_at) == (150_000, AT + timedelta(hours=24))
    assert not Promise.objects.exists()
    assert Ask.objects.get().producer == stall.shop.cast.tempe


def test_work_queues_up(stall):
    to_order(stall)
    stall.order(300, pay="transfer")

    assert offer(stall).queued == 300
    assert stall.order(100, pay="transfer").lines.get().ready_on == DAY + timedelta(days=17)


def test_less_than_a_maker_begins_for_is_refused(stall):
    to_order(stall, minimum=50)

    with pytest.raises(CannotPromise):
        stall.order(11)


def test_only_shown(stall):
    assert offer(stall).kind(10) is Kind.STOCK
    assert offer(stall).kind(11) is Kind.SHOWN
    Product.objects.filter(pk=stall.shop.product.pk).update(state=Product.State.DISCONTINUED)

    with pytest.raises(NotForSale):
        stall.order(1)


def test_courier_by_weight_and_regency(stall):
    order = stall.order(9, pay="transfer", delivery=Delivery(way="courier", rate=stall.rate.pk, address="Jl. Contoh 1"))

    assert (order.shipping, order.courier, order.regency) == (16_000, "Kurir Contoh", "Kota Surabaya")
    assert order.total == 9 * 15_000 + 16_000


def test_a_regency_without_a_rate_waits_for_the_office(stall):
    order = stall.order(
        1, pay="transfer", delivery=Delivery(way="courier", regency="Kab. Jauh", address="Jl. Contoh 1")
    )

    assert (order.shipping, order.total) == (None, 15_000)


@pytest.mark.parametrize(
    ("change", "asked", "refusal"),
    [
        ({"is_open": False}, {}, ShopClosed),
        ({"cash": False}, {}, WayClosed),
        ({}, {"delivery": Delivery(way="courier")}, WayClosed),  # cash is for those who come
        ({"bank_number": ""}, {"pay": "transfer"}, WayClosed),
        ({}, {"delivery": Delivery(way="round"), "pay": "qris"}, WayClosed),
        ({}, {"lines": []}, BasketEmpty),
        ({}, {"lines": [Wanted(1, 0, 15_000)]}, BasketEmpty),
        ({}, {"lines": [Wanted(1, 10**9, 15_000)]}, BasketEmpty),
        ({}, {"lines": [Wanted(10**9, 1, 15_000)]}, NotForSale),
    ],
)
def test_refusals_leave_no_trace(stall, change, asked, refusal):
    type(stall.rules).objects.filter(pk=stall.rules.pk).update(**change)
    before = counts()

    with pytest.raises(refusal):
        stall.ask(1, **asked)

    assert counts() == before


def test_a_quote_is_taken_over_as_agreed(stall):
    ready = DAY + timedelta(days=42)
    lines = [
        Wanted(stall.shop.variant.pk, 200, 13_000, ready, maker.pk)
        for maker in (stall.shop.cast.tempe, stall.shop.cast.apel)
    ]
    type(stall.rules).objects.filter(pk=stall.rules.pk).update(is_open=False)

    order = stall.ask(lines=lines, kind="wholesale", agreed=True, down=2_000_000, pay="transfer").order

    assert [(row.quantity, row.price, row.made, row.ready_on) for row in order.lines.all()] == [
        (200, 13_000, True, ready)
    ] * 2
    assert (order.goods, order.down, order.expires_at) == (5_200_000, 2_000_000, None)
    assert Ask.objects.count() == 2


def test_one_pack_at_two_prices_is_not_promised_twice(stall):
    pack = stall.shop.variant.pk
    before = counts()

    with pytest.raises(CannotPromise):
        stall.ask(lines=[Wanted(pack, 6, 13_000), Wanted(pack, 6, 12_000)], agreed=True, pay="transfer")

    assert counts() == before
