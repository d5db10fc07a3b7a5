"""Three groups that make masks, their prices by quantity, and a hotel that asks for 600."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from kendedes.network import actions as network
from kendedes.network.models import Membership, Producer
from kendedes.orders.models import Order, OrderLine, ShopRules
from kendedes.products.models import Product, Variant
from kendedes.testing.cast import Cast
from kendedes.testing.shop import AT, DAY, Shop, open_shop
from kendedes.wholesale import actions
from kendedes.wholesale.models import Enquiry, Quote
from kendedes.wholesale.queries.makers import propose

HOTEL = actions.Contact("Bu Hotel (fiktif)", "+6281200000077", "hotel@contoh.test", "Hotel Contoh", keep=True)
WANTED = DAY + timedelta(days=42)


@dataclass
class Stage:
    cast: Cast
    shop: Shop
    makers: list[Producer]
    packs: list[Variant]

    def ask(
        self, quantity: int = 600, *, wanted_on: date = WANTED, contact: actions.Contact = HOTEL, **more: Any
    ) -> Enquiry:
        asked = {"what": "topeng suvenir", "category": self.cast.crafts, **more}
        return actions.ask(
            association=self.cast.association, key=uuid.uuid4(), at=AT, by=None, contact=contact,
            asked=actions.Asked(quantity=quantity, wanted_on=wanted_on, **asked),
        )  # fmt: skip

    def draft(self, enquiry: Enquiry, **terms: Any) -> Quote:
        proposal = propose(enquiry, DAY)
        lines = [
            actions.Line(row.variant, row.part.quantity, row.part.price or 0, row.ready_on or WANTED)
            for row in proposal.candidates
            if row.part.quantity
        ]
        terms = {"valid_until": DAY + timedelta(days=14), "down_percent": 50, "shipping": 250_000, **terms}
        return actions.draft_quote(
            enquiry=enquiry, lines=lines, at=AT, by=self.cast.ratna, missing=proposal.split.missing, **terms
        )

    def sent(self, enquiry: Enquiry | None = None, **terms: Any) -> Quote:
        return actions.send_quote(quote=self.draft(enquiry or self.ask(), **terms), at=AT, by=self.cast.ratna)

    def accepted(self, at: datetime = AT) -> Order:
        return actions.accept_quote(quote=self.sent(), name="Bu Hotel", at=at).order

    def line(self, order: Order, n: int) -> OrderLine:
        return order.lines.get(producer=self.makers[n])


def open_stage(cast: Cast) -> Stage:
    """Opened by real actions; all of it fictional."""
    shop = open_shop(cast)
    association = cast.association
    Membership.objects.update(valid_from=AT - timedelta(days=1))  # the cast takes office after the shop's day
    ShopRules.objects.create(
        association=association,
        is_open=True,
        bank="Bank Contoh",
        bank_number="0012345678",
        bank_holder="Galeri (contoh)",
    )
    second = network.create_producer(
        association=association,
        unit=cast.wajak,
        village=cast.apel.village,
        name="Topeng Patokpicis (fiktif)",
        at=AT,
        by=None,
    )
    third = network.create_producer(
        association=association,
        unit=cast.singosari,
        village=cast.tempe.village,
        name="Ukir Toyomarto (fiktif)",
        at=AT,
        by=None,
    )
    makers = [cast.apel, second, third]
    packs = [
        _pack(cast, maker, name, capacity, lead)
        for maker, name, capacity, lead in zip(
            makers, ("Topeng Panji", "Topeng Kelana", "Topeng Gunungsari"), (200, 150, 120), (14, 21, 10), strict=True
        )
    ]
    return Stage(cast, shop, makers, packs)


def _pack(cast: Cast, maker: Producer, name: str, capacity: int, lead: int) -> Variant:
    product = cast.product(maker, name, capacity=capacity, lead_time_days=lead)
    Product.objects.filter(pk=product.pk).update(state=Product.State.PUBLISHED, category=cast.crafts)
    variant = product.variants.select_related("product__producer").get()
    actions.set_supply(
        variant=variant, tiers=[(50, 18_000), (100, 16_000)], at=AT, by=cast.ratna, minimum=50, sample_price=20_000
    )
    return variant
