"""Stock by producer, product and place; a lot's whole life; what expires."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from kendedes.journal.models import User
from kendedes.ledger.models import GoodsMove, Lot, Place
from kendedes.ledger.queries import stock_in

STEPS = (0, 7, 14, 30)  # days left


@dataclass(frozen=True)
class Held:
    """Pieces of a lot at one place."""

    lot: Lot
    place: Place
    pieces: int

    @property
    def price(self) -> int:
        """The shelf price today."""
        return price_now(self.lot)


def held(user: User, *, place: int | None = None, **narrow: Any) -> list[Held]:
    """Everything in sight that lies somewhere, narrowed by fields of the lot; oldest expiry first."""
    lots = Lot.objects.visible_to(user).filter(**narrow)
    associations = lots.order_by().values("association").distinct()
    places = Place.objects.filter(association__in=associations, physical=True)
    if place is not None:
        places = places.filter(pk=place)
    by_id = {p.pk: p for p in places}
    there = stock_in(by_id, lots)
    wanted = {lot for lots_there in there.values() for lot in lots_there}
    rows = Lot.objects.filter(pk__in=wanted).select_related("producer__village", "unit__district", "variant__product")
    known = {lot.pk: lot for lot in rows.prefetch_related("prices")}
    found = [Held(known[lot], by_id[spot], n) for spot, lots_there in there.items() for lot, n in lots_there.items()]
    return sorted(found, key=lambda h: (h.lot.name, h.lot.expires_on or date.max, h.lot.number, h.place.name))


def price_now(lot: Lot) -> int:
    """The shelf price today; uses prefetched prices (newest first)."""
    return next((p.price for p in lot.prices.all()), lot.price)


@dataclass(frozen=True)
class Group:
    """Stock under one heading."""

    title: str
    note: str
    rows: list[Held]

    @property
    def pieces(self) -> int:
        return sum(row.pieces for row in self.rows)

    @property
    def worth(self) -> int:
        return sum(row.pieces * price_now(row.lot) for row in self.rows)


def grouped(rows: list[Held], by: str) -> list[Group]:
    """Stock by ``producer``, ``product`` or ``place``."""
    groups: dict[tuple[str, int], list[Held]] = defaultdict(list)
    notes: dict[tuple[str, int], str] = {}
    for row in rows:
        if by == "place":
            key, note = (row.place.name, row.place.pk), str(row.place.get_kind_display())
        elif by == "product":
            key, note = (row.lot.variant.product.name_id, row.lot.variant.product_id), row.lot.producer.name
        else:
            key, note = (row.lot.producer.name, row.lot.producer_id), row.lot.producer.village.name
        groups[key].append(row)
        notes[key] = note
    return [Group(key[0], notes[key], found) for key, found in sorted(groups.items())]


@dataclass(frozen=True)
class Step:
    """One thing that happened to a lot: how many, from where, to where, on which paper."""

    on: date
    quantity: int
    source: Place
    target: Place
    what: str
    paper: str
    paper_id: int | None
    late: bool


def life(lot: Lot) -> list[Step]:
    """Every move of a lot, in the order they happened. ``what`` names the kind of happening (see ``words.STEPS``)."""
    rows = (
        GoodsMove.objects.filter(lot=lot)
        .select_related("posting__entry", "source", "target")
        .order_by("posting__occurred_on", "posting__number", "id")
    )
    return [
        Step(
            m.posting.occurred_on, m.quantity, m.source, m.target, _what(m), str(m.posting.entry.facts.get("name", "")),
            m.posting.entry.facts.get("paper"), m.posting.late,
        )
        for m in rows
    ]  # fmt: skip


def _what(move: GoodsMove) -> str:
    kinds = Place.Kind
    if move.source.kind == kinds.SOLD:
        return "refunded"
    if move.target.kind in {kinds.SOLD, kinds.EXPIRED, kinds.DAMAGED, kinds.LOST, kinds.SAMPLE, kinds.DIFFERENCE}:
        return str(move.target.kind)
    if move.source.kind in {kinds.FOUND, kinds.DIFFERENCE}:
        return "found"
    if move.source.kind == kinds.MAKER:
        return "came"
    if move.target.kind == kinds.MAKER:
        return "returned"
    if move.target.kind == kinds.TRANSIT:
        return "sent"
    if move.source.kind == kinds.TRANSIT:
        return "arrived"
    return "moved"


def expiring(user: User, today: date) -> dict[int, list[Held]]:
    """What lies somewhere and expires within 30 days or has, by the step of days left (0: past)."""
    rows = held(user, expires_on__lte=today + timedelta(days=STEPS[-1]))
    found: dict[int, list[Held]] = {step: [] for step in STEPS}
    for row in sorted(rows, key=lambda h: (h.lot.expires_on or date.max, h.lot.number)):
        left = ((row.lot.expires_on or date.max) - today).days
        found[next(step for step in STEPS[1:] if left <= step) if left >= 0 else 0].append(row)
    return found
