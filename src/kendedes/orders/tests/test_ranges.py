"""A pack whose price is a range is asked for; its neighbour with one price is ordered as ever."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kendedes.journal.models import Entry
from kendedes.orders.actions import Wanted
from kendedes.orders.actions.refusals import PriceOnRequest
from kendedes.orders.models import Order, Promise
from kendedes.orders.queries.sale import for_sale
from kendedes.products.actions import Pack, PriceAsked, put_pack
from kendedes.products.models import Product, Variant
from kendedes.testing.shop import AT, DAY

pytestmark = pytest.mark.usefixtures("stall")


def ranged(stall) -> Variant:
    """A big pack that costs Rp30.000 to Rp60.000, whatever the buyer chooses."""
    pack = Pack(name="Besar", unit="kotak", retail=PriceAsked(30_000, 60_000))
    return put_pack(product=Product.objects.get(), pack=pack, at=AT, by=stall.shop.cast.sekar)


def put(client: Client, pack: int) -> None:
    client.post("/keranjang/tambah/", {"kemasan": pack, "jumlah": 2}, headers={"sec-fetch-site": "same-origin"})


def test_the_page_offers_the_one_price_and_not_the_range(stall) -> None:
    big = ranged(stall)

    rows, _day = for_sale(stall.shop.cast.association.pk, [stall.shop.product.pk], DAY)[stall.shop.product.pk]

    assert {row["variant"]: (row["price"], row["kind"], row["days"]) for row in rows} == {
        stall.shop.variant.pk: (15_000, "stock", None), big.pk: (None, "shown", None),
    }  # fmt: skip


@pytest.mark.parametrize("price", [0, 30_000, 45_000])
def test_it_is_refused_in_words_whatever_price_the_form_names(stall, price: int) -> None:
    big = ranged(stall)
    before = Entry.objects.count(), Promise.objects.count()

    with pytest.raises(PriceOnRequest) as refused:
        stall.order(1, lines=[Wanted(stall.shop.variant.pk, 1, 15_000), Wanted(big.pk, 1, price)])

    assert "minta penawaran" in str(refused.value)
    assert (Order.objects.count(), Entry.objects.count(), Promise.objects.count()) == (0, *before)


def test_a_basket_that_holds_one_says_what_to_do_and_the_rest_is_ordered(stall, client: Client) -> None:
    big = ranged(stall)
    put(client, stall.shop.variant.pk)
    put(client, big.pk)

    basket = client.get("/keranjang/").content.decode().replace("\xa0", " ")

    assert "Harganya bergantung pilihan, jadi tidak langsung dipesan." in basket
    assert f'href="/permintaan/?produk={stall.shop.product.slug}"' in basket
    assert "keluarkan dari keranjang" in basket
    assert "sedang habis" not in basket
    assert "Rp0" not in basket
    form = {
        "kunci": str(uuid.uuid4()), "situs": "", "name": "Bu Pembeli (fiktif)", "phone": "0812-0000-0099", "email": "", "way": "pickup",
        "stand": stall.stand.pk, "rate": "lain", "regency": "", "address": "", "pay": "transfer", "note": "", "consent": "on",
        f"h-{stall.shop.variant.pk}": 15_000, f"n-{stall.shop.variant.pk}": 2,
    }  # fmt: skip
    told = client.post("/pesan/", {**form, f"h-{big.pk}": 0, f"n-{big.pk}": 2})
    assert told.status_code == 409
    assert "bergantung pilihan" in told.content.decode()
    assert client.post("/pesan/", form).status_code == 302
    assert [line.variant_id for line in Order.objects.get().lines.all()] == [stall.shop.variant.pk]


def test_a_price_that_became_a_range_since_it_was_put_in_is_asked_for(stall, client: Client) -> None:
    put(client, stall.shop.variant.pk)
    pack = Pack(code=stall.shop.variant.code, unit="bungkus", retail=PriceAsked(14_000, 20_000))
    put_pack(product=Product.objects.get(), pack=pack, at=AT, by=stall.shop.cast.sekar)

    assert "tidak langsung dipesan" in client.get("/keranjang/").content.decode()


def test_it_can_be_asked_for(stall, client: Client) -> None:
    ranged(stall)
    page = f"/permintaan/?produk={stall.shop.product.slug}"
    sent = {
        "kunci": str(uuid.uuid4()), "what": "kotak besar, isi campur", "quantity": "30", "name": "Bu Tanya",
        "organisation": "", "phone": "0812-0000-0077", "consent": "on",
    }  # fmt: skip
    day = (timezone.localdate() + timedelta(days=40)).isoformat()

    assert client.post(page, {**sent, "wanted_on": day}).status_code == 302

    assert Entry.objects.get(deed="enquiry.ask").facts["pieces"] == 30
