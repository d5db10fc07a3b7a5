"""What lies in a basket, as its page shows it; which association's shop a visitor stands in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, Value, When

from kendedes.gallery.models import Stand
from kendedes.network.models import Association
from kendedes.orders.models import Order, Rate, ShopRules
from kendedes.orders.queries.offers import Offer, offers
from kendedes.orders.rules.promising import Kind, down_payment


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a basket. ``kind``: how so many can be had; ``ready_on``: when, if they are made."""

    offer: Offer
    quantity: int
    kind: Kind
    ready_on: date | None

    @property
    def total(self) -> int:
        """What it costs."""
        return self.quantity * (self.offer.price or 0)

    @property
    def asks(self) -> bool:
        """Whether it has no single price: it is asked for, not ordered."""
        return self.offer.price is None

    @property
    def short(self) -> bool:
        """Whether so many cannot be had."""
        return self.kind is Kind.SHOWN or (self.kind is Kind.MADE and self.quantity < self.offer.minimum)


@dataclass(frozen=True, slots=True)
class Basket:
    """Everything the pages of a basket need."""

    items: Sequence[Item]
    rules: ShopRules

    @property
    def goods(self) -> int:
        """Rupiah of all lines."""
        return sum(item.total for item in self.items)

    @property
    def grams(self) -> int:
        """Weight of all lines."""
        return sum(item.offer.grams * item.quantity for item in self.items)

    @property
    def down(self) -> int:
        """The down payment that is asked for made goods."""
        made = any(item.kind is Kind.MADE for item in self.items)
        return down_payment(self.goods, self.rules.down_percent) if made else 0

    @property
    def ready(self) -> bool:
        """Whether it can be ordered as it is."""
        return bool(self.items) and not any(item.short for item in self.items)


def shop_of(host: str) -> Association | None:
    """The association whose own name the visitor typed, else the first one."""
    named = Case(When(host=host or "-", then=Value(0)), default=Value(1))
    return Association.objects.order_by(named, "pk").select_related("shop", "till_rules").first()


def basket_of(association: Association, wanted: Mapping[int, int], on: date) -> Basket:
    """The lines of a basket that exist, with what can be said of them."""
    known = offers(association.pk, wanted, on)
    items = []
    for pack, quantity in wanted.items():
        if (offer := known.get(pack)) is None:
            continue
        kind = offer.kind(quantity)
        days = offer.days(quantity) if kind is Kind.MADE else None
        items.append(Item(offer, quantity, kind, on + timedelta(days=days) if days is not None else None))
    return Basket(items, rules_of(association))


def rules_of(association: Association) -> ShopRules:
    """Its shop; a closed one where it has none."""
    return getattr(association, "shop", None) or ShopRules(association=association)


def stands_of(association: Association) -> list[Stand]:
    """Where goods can be picked up."""
    return list(Stand.objects.standing().filter(venue__association=association).select_related("venue"))


def rates_of(association: Association) -> list[Rate]:
    """The couriers' table."""
    return list(Rate.objects.filter(association=association))


def order_by_token(association: Association, token: str) -> Order | None:
    """The order behind an address, of this association's site only."""
    rows = Order.objects.with_paid().filter(association=association, token=token)
    return rows.select_related("association__till_rules", "association__shop", "stand__venue").first()
