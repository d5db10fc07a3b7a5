"""A small shop: terms of 10 % for the gallery and 5 % for the unit, a shelf, ten packs of one lot on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from kendedes.ledger import actions
from kendedes.ledger.actions.sale import Case
from kendedes.ledger.actions.standing import account, one, place, till_account
from kendedes.ledger.models import Account, Lot, Place, Terms
from kendedes.network.models import Producer
from kendedes.products.models import Product, Variant
from kendedes.testing.cast import Cast

AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
DAY = date(2026, 11, 20)


@dataclass
class Shop:
    """What tests of the books need; ``sell`` and ``new_lot`` post real deeds."""

    cast: Cast
    product: Product
    variant: Variant
    terms: Terms
    shelf: Place
    store: Place
    cash: Account
    till: Account
    lot: Lot = field(init=False)

    def case(self, **more: Any) -> Case:
        return Case(**{"association": self.cast.association, "at": AT, "by": self.cast.ratna, **more})

    def new_lot(
        self, quantity: int = 10, *, price: int = 15_000, producer: Producer | None = None, terms: Terms | None = None,
        into: Place | None = None, **more: Any,
    ) -> Lot:  # fmt: skip
        producer = producer or self.cast.tempe
        made = actions.NewLot(
            variant=self.variant, producer=producer, terms=terms or self.terms, name="Keripik tempe 150 g",
            **{"maker_price": 12_000, "price": price, "expires_on": DAY + timedelta(days=60), **more},
        )  # fmt: skip
        posted = actions.receive(self.case(), arrivals=[actions.Arrival(made, quantity)], into=into or self.shelf)
        return posted.lots[0]

    def sell(self, *lines: tuple[Lot | None, int, int], paid: Any = None, **more: Any) -> actions.Posted:
        sold = [actions.Sold(lot.pk if lot else None, quantity, gross) for lot, quantity, gross in lines]
        total = sum(gross for _, _, gross in lines)
        options = {k: more.pop(k) for k in ("rounding", "promise") if k in more}
        payments = paid if paid is not None else [(self.till.pk, total)]
        return actions.sell(self.case(**more), place=self.shelf.pk, lines=sold, payments=payments, **options)


def open_shop(cast: Cast) -> Shop:
    """Opened by real actions; all of it fictional."""
    association = cast.association
    product = cast.product()
    terms = actions.agree_terms(
        association=association, valid_from=date(2026, 1, 1), at=AT, by=cast.ratna,
        values={"gallery_bp": 1000, "unit_bp": 500},
    )  # fmt: skip
    shop = Shop(
        cast=cast, product=product, variant=product.variants.get(), terms=terms,
        shelf=place(association, Place.Kind.SHELF, key="shelf:1", name="Stan 3, rak B"),
        store=place(association, Place.Kind.STORE), cash=account(association, one(Account.Kind.CASH)),
        till=till_account(association, "K1", "Laci K1")
    )  # fmt: skip
    shop.lot = shop.new_lot()
    return shop
