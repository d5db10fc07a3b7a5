"""A gallery with a shelf of ten packs, its shop open."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kendedes.gallery.models import Shelf, Stand, Venue
from kendedes.ledger.actions.standing import place as spot
from kendedes.ledger.models import Place
from kendedes.orders import actions
from kendedes.orders.models import Order, Rate, ShopRules
from kendedes.products.models import Product
from kendedes.testing.cast import Cast
from kendedes.testing.shop import AT, Shop, open_shop

BUYER = actions.Buyer(name="Bu Pembeli (fiktif)", phone="+6281200000099", email="pembeli@contoh.test")


@dataclass
class Stall:
    shop: Shop
    stand: Stand
    rules: ShopRules
    rate: Rate

    def order(self, quantity: int = 1, *, price: int = 15_000, at: datetime = AT, **more: Any) -> Order:
        return self.ask(quantity, price=price, at=at, **more).order

    def ask(self, quantity: int = 1, *, price: int = 15_000, at: datetime = AT, **more: Any) -> actions.Placed:
        variant = more.pop("variant", self.shop.variant.pk)
        asked = {
            "key": uuid.uuid4(), "buyer": BUYER, "pay": "cash", "lines": [actions.Wanted(variant, quantity, price)],
            "delivery": actions.Delivery(stand=self.stand.pk),
        }  # fmt: skip
        return actions.place(association=self.shop.cast.association, at=at, **{**asked, **more})


def open_stall(cast: Cast) -> Stall:
    """Opened by hand: the rows an office page would write."""
    shop = open_shop(cast)
    Product.objects.filter(pk=shop.product.pk).update(state=Product.State.PUBLISHED)
    venue = Venue.objects.create(association=cast.association, name="Pusat Kerajinan (contoh)")
    own = spot(cast.association, Place.Kind.SHELF, key="stand:3", name="Stan 3")
    stand = Stand.objects.create(venue=venue, number="3", name="Camilan", place=own)
    Shelf.objects.create(stand=stand, name="B", place=shop.shelf)
    rules = ShopRules.objects.create(
        association=cast.association, is_open=True, bank="Bank Contoh", bank_number="0012345678", bank_holder="Galeri (contoh)",
    )  # fmt: skip
    rate = Rate.objects.create(
        association=cast.association, regency="Kota Surabaya", courier="Kurir Contoh", first_kg=9_000, next_kg=7_000,
        days="2-3",
    )  # fmt: skip
    return Stall(shop, stand, rules, rate)
