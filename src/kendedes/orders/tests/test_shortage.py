"""Promised pieces that are not there become a task that says who decides; it ends when the order does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from kendedes.ledger.models import Oddity
from kendedes.orders import actions
from kendedes.orders.actions.refusals import NotOnShelf
from kendedes.orders.actions.shortage import look_for_shortages
from kendedes.orders.models import Order
from kendedes.orders.tests.test_paying import hand
from kendedes.testing.shop import AT

pytestmark = pytest.mark.usefixtures("stall")


def tasks() -> list[tuple[object, ...]]:
    rows = Oddity.objects.open().filter(code="order_short").order_by("id")
    return [(row.facts["code"], row.facts["line"], row.facts["quantity"]) for row in rows]


def test_a_pick_up_that_cannot_be_kept_is_refused_and_a_task(stall, client: Client) -> None:
    order = stall.order(8)
    stall.shop.sell((stall.shop.lot, 5, 75_000))

    for _again in range(2):
        with pytest.raises(NotOnShelf):
            hand(stall, order)

    assert tasks() == [(order.code, 1, 3)]
    order.refresh_from_db()
    assert order.state == "new"
    client.force_login(stall.shop.cast.ratna)
    page = client.get("/kantor/kasir/selisih/").content.decode()
    assert "Barang pesanan kurang" in page
    assert order.code in page
    assert "Yang memutuskan: pengelola galeri." in page


@pytest.mark.parametrize("end", ["handed", "cancelled", "expired"])
def test_it_is_settled_when_the_order_comes_to_its_end(stall, end: str) -> None:
    order = stall.order(8)
    stall.shop.sell((stall.shop.lot, 5, 75_000))
    assert look_for_shortages(at=AT) == "1 barang pesanan kurang di rak"
    assert look_for_shortages(at=AT) == ""

    if end == "handed":
        hand(stall, order, in_hand=True)
    elif end == "cancelled":
        actions.cancel_order(order=order, reason="habis", at=AT, by=stall.shop.cast.ratna)
    else:
        actions.expire_orders(at=AT + timedelta(days=30))

    assert tasks() == []
    assert Oddity.objects.get(code="order_short").note


def test_packing_what_the_books_do_not_have_is_a_fact_and_a_task(stall) -> None:
    order = stall.order(8)
    stall.shop.sell((stall.shop.lot, 5, 75_000))

    actions.mark_ready(order=order, at=AT, by=stall.shop.cast.ratna)

    assert (Order.objects.get().state, tasks()) == ("ready", [(order.code, 1, 3)])


def test_where_nothing_is_missing_nobody_has_to_decide(stall) -> None:
    order = stall.order(8)

    actions.mark_ready(order=order, at=AT, by=stall.shop.cast.ratna)
    hand(stall, order)

    assert (look_for_shortages(at=AT), Oddity.objects.count()) == ("", 0)
