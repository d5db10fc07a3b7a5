"""How far an order that leaves in parts has come."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F, Sum

from kendedes.orders.models import CalledOff, Order, OrderLine, Parcel, ParcelLine


@dataclass(frozen=True, slots=True)
class Gone:
    """Pieces of one line: ``sent`` and not come back, ``off`` called off."""

    line: OrderLine
    sent: int
    off: int

    @property
    def left(self) -> int:
        """Pieces still to be delivered."""
        return self.line.quantity - self.sent - self.off

    @property
    def agreed(self) -> int:
        """Pieces the buyer still wants or has."""
        return self.line.quantity - self.off


def gone_of(order: Order) -> list[Gone]:
    """Every line of an order with what left and what was called off."""
    lines = list(order.lines.select_related("variant__product__producer", "producer").order_by("number"))
    sent = dict(
        ParcelLine.objects.filter(line__order=order).order_by().values_list("line").annotate(Sum("pieces"))
    )  # fmt: skip
    off = dict(CalledOff.objects.filter(line__order=order).order_by().values_list("line").annotate(Sum("pieces")))
    return [Gone(line, sent.get(line.pk, 0), off.get(line.pk, 0)) for line in lines]


def charged(order: Order) -> int:
    """Rupiah of the shipping that parcels bear."""
    return Parcel.objects.filter(order=order).aggregate(n=Sum("shipping"))["n"] or 0


def worth(order: Order) -> int:
    """Rupiah of everything that left in parcels and did not come back."""
    goods = ParcelLine.objects.filter(line__order=order).aggregate(n=Sum(F("pieces") * F("line__price")))["n"] or 0
    return int(goods) + charged(order)


def there_of(parcel: Parcel) -> dict[int, int]:
    """Pieces by line (its number in the database) of a parcel that did not come back."""
    rows = ParcelLine.objects.filter(parcel=parcel) | ParcelLine.objects.filter(parcel__undoes=parcel)
    return {pk: n for pk, n in rows.order_by().values_list("line").annotate(Sum("pieces")) if n}
