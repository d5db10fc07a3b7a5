"""A product page says what can be had and offers a basket; it changes when the shelf does, and stays the same for everybody."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from kendedes.orders import actions
from kendedes.orders.tests.stall import open_stall
from kendedes.products.actions import Pack, PriceAsked, put_pack
from kendedes.products.actions.life import publish
from kendedes.products.models import Product
from kendedes.testing.shop import AT
from kendedes.web.actions import catch_up
from kendedes.web.models import Listing, Site
from kendedes.web.rules.jsonld import availability


@pytest.fixture
def stall(cast):
    found = open_stall(cast)
    publish(products=[Product.objects.get(pk=found.shop.product.pk)], at=AT, by=cast.ratna)
    catch_up(at=timezone.now())
    return found


def page(client, stall) -> str:
    product = Product.objects.get(pk=stall.shop.product.pk)
    answer = client.get(f"/produk/{product.slug}/")
    assert not answer.cookies
    return answer.content.decode()


def said_to_machines(client, stall) -> str | None:
    text = page(client, stall).split('<script type="application/ld+json">')[1].split("</script>")[0]
    product = next(thing for thing in json.loads(text)["@graph"] if thing["@type"] == "Product")
    return product["offers"].get("availability")


def test_machines_read_the_same_availability_as_people(client, stall):
    assert said_to_machines(client, stall) == "https://schema.org/InStock"

    stall.order(6, at=timezone.now())
    catch_up(at=timezone.now())
    assert said_to_machines(client, stall) == "https://schema.org/LimitedAvailability"

    stall.shop.sell((stall.shop.lot, 10, 150_000))
    catch_up(at=timezone.now())
    assert said_to_machines(client, stall) == "https://schema.org/OutOfStock"

    actions.change_shop(association=stall.shop.cast.association, is_open=False, at=AT, by=None)
    catch_up(at=timezone.now())
    assert said_to_machines(client, stall) is None


@pytest.mark.parametrize(
    ("sale", "active", "said"),
    [
        ([{"price": 9, "kind": "made", "left": None, "days": 7}], True, "BackOrder"),
        ([{"price": None, "kind": "stock", "left": None, "days": None}], True, "OutOfStock"),
        ([{"price": 9, "kind": "stock", "left": None, "days": None}], False, "Discontinued"),
        ([{"price": 9, "kind": "shown", "left": None, "days": 3}], True, "BackOrder"),
    ],
)
def test_what_is_made_to_order_is_no_stock_and_what_has_no_price_is_not_offered(sale, active, said):
    assert availability(sale, active=active) == said


def test_ten_are_available_six_are_not_told_by_number_four_are(client, stall):
    assert "tersedia di galeri" in page(client, stall)
    version = Site.objects.get(association=stall.shop.cast.association).version

    stall.order(4, at=timezone.now())
    catch_up(at=timezone.now())
    assert Site.objects.get(association=stall.shop.cast.association).version == version

    stall.order(2, at=timezone.now())
    catch_up(at=timezone.now())
    assert "tinggal 4" in page(client, stall)


def test_a_till_sells_the_last_and_the_page_follows(client, stall):
    stall.shop.sell((stall.shop.lot, 10, 150_000))
    catch_up(at=timezone.now())

    assert "Masukkan keranjang" not in page(client, stall)


def test_a_closed_shop_offers_no_basket(client, stall):
    actions.change_shop(association=stall.shop.cast.association, is_open=False, at=AT, by=None)
    catch_up(at=timezone.now())

    assert "Masukkan keranjang" not in page(client, stall)


def test_a_lot_that_expires_takes_the_basket_away(client, stall):
    assert Listing.objects.get(product=stall.shop.product).sale[0]["kind"] == "stock"

    catch_up(at=timezone.now() + timedelta(days=90))

    assert Listing.objects.get(product=stall.shop.product).sale[0]["kind"] == "shown"


def test_a_pack_whose_price_is_a_range_is_asked_for(client, stall):
    assert 'rel="nofollow">Perlu banyak? Minta penawaran</a>' in page(client, stall)
    product = Product.objects.get(pk=stall.shop.product.pk)
    put_pack(
        product=product, pack=Pack(name="Besar", unit="kotak", retail=PriceAsked(30_000, 60_000)), at=AT,
        by=stall.shop.cast.sekar,
    )  # fmt: skip
    publish(products=[Product.objects.get(pk=product.pk)], at=AT, by=stall.shop.cast.ratna)
    catch_up(at=timezone.now())

    text = page(client, stall)

    assert "Kemasan yang harganya berupa kisaran tidak langsung dipesan" in text
    assert f'href="/permintaan/?produk={product.slug}"' in text
    assert "Masukkan keranjang" in text  # the other pack has one price
