"""Stock by producer, product and place; a lot's whole life; what expires."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, overload

from django.db.models import QuerySet

from kendedes.consignment.rules.pricing import marked_down
from kendedes.journal.models import User
from kendedes.ledger.models import GoodsMove, Lot, Place
from kendedes.ledger.queries import stock_in
from kendedes.ledger.queries.stock import Stock

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

    @property
    def cheaper(self) -> int:
        """The price one tap would make of it; 0 when it is at its least already."""
        lower = marked_down(self.price, minimum_now(self.lot))
        return lower if lower < self.price else 0


def held(user: User, **narrow: Any) -> list[Held]:
    """Everything in sight that lies somewhere, narrowed by fields of the lot; oldest expiry first."""
    there, places = _there(Lot.objects.visible_to(user).filter(**narrow), None)
    return _held([(lot, place, n) for place, found in there.items() for lot, n in found.items()], places)


def _there(lots: QuerySet[Lot], place: int | None) -> tuple[Stock, dict[int, Place]]:
    associations = lots.order_by().values("association").distinct()
    places = Place.objects.filter(association__in=associations, physical=True)
    if place is not None:
        places = places.filter(pk=place)
    by_id = {p.pk: p for p in places}
    return stock_in(by_id, lots), by_id


def _held(rows: Iterable[tuple[int, int, int]], places: dict[int, Place]) -> list[Held]:
    """Whole lots for (lot, place, pieces)."""
    wanted = list(rows)
    found = Lot.objects.filter(pk__in={lot for lot, _, _ in wanted}).prefetch_related("prices")
    known = {lot.pk: lot for lot in found.select_related("producer__village", "unit__district", "variant__product")}
    whole = [Held(known[lot], places[place], n) for lot, place, n in wanted]
    return sorted(whole, key=lambda h: (h.lot.name, h.lot.expires_on or date.max, h.lot.number, h.place.name))


def price_now(lot: Lot) -> int:
    """The shelf price today; uses prefetched prices (newest first)."""
    return next((p.price for p in lot.prices.all()), lot.price)


def minimum_now(lot: Lot) -> int:
    """The least that was agreed for it; uses prefetched prices (newest first)."""
    return next((p.minimum_price for p in lot.prices.all()), lot.minimum_price)


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


@dataclass(slots=True)
class Sheet(Sequence[Group]):
    """Stock under headings, sorted.

    What lies under a heading is read only when it is asked for: a gallery holds thousands of lots, a page shows some.
    """

    by: str
    places: dict[int, Place]
    headings: list[tuple[str, int]]
    under: dict[tuple[str, int], list[tuple[int, int, int]]]  # (lot, place, pieces)

    @property
    def pieces(self) -> int:
        return sum(n for rows in self.under.values() for _, _, n in rows)

    def __len__(self) -> int:
        return len(self.headings)

    @overload
    def __getitem__(self, asked: int) -> Group: ...
    @overload
    def __getitem__(self, asked: slice) -> list[Group]: ...
    def __getitem__(self, asked: int | slice) -> Group | list[Group]:
        if isinstance(asked, int):
            return self[asked : asked + 1][0]
        headings = self.headings[asked]
        groups: dict[tuple[str, int], list[Held]] = {heading: [] for heading in headings}
        for row in _held([row for heading in headings for row in self.under[heading]], self.places):
            groups[self._heading(row)].append(row)
        return [Group(heading[0], self._note(rows[0]), rows) for heading, rows in groups.items()]

    def _heading(self, row: Held) -> tuple[str, int]:
        if self.by == "place":
            return row.place.name, row.place.pk
        if self.by == "product":
            return row.lot.variant.product.name_id, row.lot.variant.product_id
        return row.lot.producer.name, row.lot.producer_id

    def _note(self, row: Held) -> str:
        if self.by == "place":
            return str(row.place.get_kind_display())
        return row.lot.producer.name if self.by == "product" else row.lot.producer.village.name


def sheet(user: User, *, by: str, text: str = "", place: int | None = None) -> Sheet:
    """Stock by ``producer``, ``product`` or ``place``; ``text``: words that stand in a lot's names, or a whole code."""
    lots = Lot.objects.visible_to(user)
    there, places = _there(lots, place)
    low = text.casefold().split()
    known = {row[0]: row[1:] for row in lots.order_by().values_list("pk", *_NAMES)}
    under: dict[tuple[str, int], list[tuple[int, int, int]]] = defaultdict(list)
    for spot, lying in there.items():
        where = places[spot].name
        for lot, pieces in lying.items():
            name, code, maker, maker_id, product, product_id, *codes = known[lot]
            if low and text not in codes:
                words = f"{name} {code} {maker} {where}".casefold()
                if not all(word in words for word in low):
                    continue
            heading = (
                (where, spot) if by == "place" else (product, product_id) if by == "product" else (maker, maker_id)
            )
            under[heading].append((lot, spot, pieces))
    return Sheet(by, places, sorted(under), under)


_NAMES = (
    "name", "code", "producer__name", "producer_id", "variant__product__name_id", "variant__product_id", "variant__barcode",
    "variant__code",
)  # fmt: skip


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
    ends = {kinds.SOLD, kinds.EXPIRED, kinds.DAMAGED, kinds.LOST, kinds.FOUND, kinds.SAMPLE, kinds.DIFFERENCE}
    if move.target.kind in ends:
        return "known" if move.target.kind == kinds.FOUND else str(move.target.kind)
    if move.source.kind in {kinds.FOUND, kinds.LOST, kinds.DIFFERENCE}:
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
