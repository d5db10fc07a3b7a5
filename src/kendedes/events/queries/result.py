"""What a fair brought each owner, before the truck is unloaded."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Sum

from kendedes.events.models import Event
from kendedes.ledger.models import GoodsMove, Lot, Place, ShareLine
from kendedes.sales.models import Device


@dataclass(slots=True)
class LotResult:
    """Pieces of one lot: taken, sold, back home, lost, still there. Rupiah: what buyers paid, what is the producer's."""

    lot: Lot
    out: int = 0
    sold: int = 0
    returned: int = 0
    home: int = 0
    lost: int = 0
    gross: int = 0
    net: int = 0

    @property
    def there(self) -> int:
        return self.out + self.returned - self.sold - self.home - self.lost


@dataclass(slots=True)
class OwnerResult:
    """One producer's part of the fair."""

    name: str
    unit: str
    lots: list[LotResult] = field(default_factory=list)

    def _sum(self, name: str) -> int:
        return sum(int(getattr(lot, name)) for lot in self.lots)

    @property
    def out(self) -> int:
        return self._sum("out")

    @property
    def sold(self) -> int:
        return self._sum("sold") - self._sum("returned")

    @property
    def home(self) -> int:
        return self._sum("home")

    @property
    def lost(self) -> int:
        return self._sum("lost")

    @property
    def gross(self) -> int:
        return self._sum("gross")

    @property
    def net(self) -> int:
        return self._sum("net")


def result(event: Event) -> list[OwnerResult]:
    """By producer, most sold first. Sold pieces count when they left the fair's own place."""
    spot = event.place_id
    rows: dict[int, LotResult] = {}
    lots: dict[int, Lot] = {}
    sums: list[tuple[int, str, str, int]] = []
    for side, other in (("target", "source"), ("source", "target")):
        moves = GoodsMove.objects.filter(**{side: spot}).order_by()
        for lot, kind, quantity in moves.values_list("lot", f"{other}__kind").annotate(Sum("quantity")):
            sums.append((lot, side, kind, quantity))
    lots = Lot.objects.select_related("producer__unit__district").in_bulk({lot for lot, *_ in sums})
    for lot, side, kind, quantity in sums:
        row = rows.setdefault(lot, LotResult(lots[lot]))
        if side == "target":
            if kind == Place.Kind.SOLD:
                row.returned += quantity
            else:
                row.out += quantity
        elif kind == Place.Kind.SOLD:
            row.sold += quantity
        elif kind in {Place.Kind.LOST, Place.Kind.DAMAGED, Place.Kind.EXPIRED, Place.Kind.FOUND}:  # missing there
            row.lost += quantity
        else:
            row.home += quantity
    _money(event, rows)
    owners: dict[int, OwnerResult] = {}
    for row in rows.values():
        producer = row.lot.producer
        owner = owners.setdefault(producer.pk, OwnerResult(producer.name, str(producer.unit or "")))
        owner.lots.append(row)
    return sorted(owners.values(), key=lambda o: (-o.gross, o.name))


def _money(event: Event, rows: dict[int, LotResult]) -> None:
    """Shares of postings whose pieces of that lot came from or went back to the fair."""
    spot = event.place_id
    postings: dict[int, set[int]] = defaultdict(set)
    for side, other in (("source", "target"), ("target", "source")):
        moves = GoodsMove.objects.filter(**{side: spot, f"{other}__kind": Place.Kind.SOLD})
        for posting, lot in moves.values_list("posting", "lot"):
            postings[posting].add(lot)
    shares = ShareLine.objects.filter(posting__in=list(postings), kind__in=("sale", "refund"))
    for posting, lot, gross, net in shares.values_list("posting", "lot", "gross", "net"):
        if lot in postings[posting]:
            rows[lot].gross += gross
            rows[lot].net += net


def tills(event: Event) -> list[Device]:
    """Tills that sell from the fair: all must have sent everything before the count."""
    return list(Device.objects.selling().filter(place=event.place_id))
