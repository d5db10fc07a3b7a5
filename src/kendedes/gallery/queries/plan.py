"""The drawn plan and its twin in words: stands, shelves, what stands there and for whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kendedes.gallery.models import Duty, Facing, Mandate, Shelf, Stand, Venue
from kendedes.gallery.rules import fairness, plan
from kendedes.gallery.rules.plan import Box
from kendedes.journal.models import User
from kendedes.ledger.models import Lot
from kendedes.ledger.queries import sold_from, stock_in
from kendedes.network.models import Unit

PERIOD = timedelta(days=30)  # the stretch in which rupiah per facing are counted


@dataclass(frozen=True)
class FacingView:
    """One facing: who fills it; ``empty``: it waits for goods of that unit."""

    number: int
    unit: Unit | None
    empty: bool


@dataclass(frozen=True)
class ShelfView:
    """A shelf as drawn. ``pieces``, ``packs``: what ``user`` may see of it. ``revenue``: of the last 30 days."""

    shelf: Shelf
    box: Box
    pieces: int
    packs: int
    facings: list[FacingView]
    revenue: int

    @property
    def empty(self) -> int:
        return sum(1 for f in self.facings if f.empty)

    @property
    def free(self) -> int:
        """Facings nobody fills."""
        return sum(1 for f in self.facings if f.unit is None)

    @property
    def per_facing(self) -> int:
        return self.revenue // len(self.facings) if self.facings else 0


@dataclass(frozen=True)
class StandView:
    stand: Stand
    box: Box
    shelves: list[ShelfView]
    own_pieces: int
    keepers: list[User]
    mandated: bool

    @property
    def pieces(self) -> int:
        return self.own_pieces + sum(s.pieces for s in self.shelves)

    @property
    def empty(self) -> int:
        return sum(s.empty for s in self.shelves)

    @property
    def revenue(self) -> int:
        return sum(s.revenue for s in self.shelves)


@dataclass(frozen=True)
class VenueView:
    venue: Venue
    stands: list[StandView]
    width: int
    height: int


def venues(user: User, today: date, *, only: Stand | None = None) -> list[VenueView]:
    """Every venue in sight with its stands; ``only``: one stand of it. Nine queries whatever their number."""
    stands = Stand.objects.visible_to(user).standing().select_related("venue__association")
    if only is not None:
        stands = stands.filter(pk=only.pk)
    rows = list(stands.order_by("venue", "id"))
    shelves = list(
        Shelf.objects.filter(stand__in=rows, ended_on=None).select_related("stand__venue").order_by("position", "id")
    )
    stock = _Stock(user, [*(s.place_id for s in rows), *(s.place_id for s in shelves)])
    views = {view.shelf.pk: view for view in _shelves(shelves, stock, today)}
    keepers = defaultdict(list)
    for duty in Duty.objects.filter(stand__in=rows).on(today).select_related("user"):
        keepers[duty.stand_id].append(duty.user)
    mandated = {
        stand
        for mandate in Mandate.objects.filter(stands__in=rows).prefetch_related("stands").distinct()
        if mandate.holds(today)
        for stand in (s.pk for s in mandate.stands.all())
    }
    by_venue: dict[Venue, list[StandView]] = defaultdict(list)
    for stand in rows:
        box = plan.stand(stand.left, stand.top, stand.width, stand.height)
        mine = [views[s.pk] for s in shelves if s.stand_id == stand.pk]
        drawn = [
            ShelfView(v.shelf, b, v.pieces, v.packs, v.facings, v.revenue)
            for v, b in zip(mine, plan.shelves(box, len(mine)), strict=True)
        ]
        pieces = stock.pieces(stand.place_id)
        by_venue[stand.venue].append(
            StandView(stand, box, drawn, pieces, keepers[stand.pk], stand.pk in mandated)
        )  # fmt: skip
    if only is None:
        for venue in Venue.objects.visible_to(user).select_related("association"):
            by_venue.setdefault(venue, [])
    return [VenueView(venue, views, *plan.extent([v.box for v in views])) for venue, views in by_venue.items()]


class _Stock:
    """Pieces and packs by place, of the lots a person may see; packs of every unit, for what is empty."""

    def __init__(self, user: User, places: Sequence[int]) -> None:
        self.held = stock_in(places)
        ids = {lot for lots in self.held.values() for lot in lots}
        self.lots = {lot.pk: lot for lot in Lot.objects.filter(pk__in=ids).only("pk", "variant", "unit")}
        self.mine = set(Lot.objects.visible_to(user).filter(pk__in=ids).values_list("pk", flat=True))

    def pieces(self, place: int) -> int:
        return sum(n for lot, n in self.held[place].items() if lot in self.mine)

    def packs(self, place: int) -> int:
        return len({self.lots[lot].variant_id for lot in self.held[place] if lot in self.mine})

    def packs_by_unit(self, place: int) -> dict[int, int]:
        found = defaultdict(set)
        for lot in self.held[place]:
            if self.lots[lot].unit_id is not None:
                found[self.lots[lot].unit_id].add(self.lots[lot].variant_id)
        return {unit: len(packs) for unit, packs in found.items() if unit is not None}


def _shelves(shelves: Sequence[Shelf], stock: _Stock, today: date) -> list[ShelfView]:
    held: dict[int, dict[int, Unit]] = defaultdict(dict)
    for facing in Facing.objects.filter(shelf__in=shelves).on(today).select_related("unit__district"):
        held[facing.shelf_id][facing.number] = facing.unit
    revenue = sold_from([s.place_id for s in shelves], today - PERIOD)
    found = []
    for shelf in shelves:
        units = held[shelf.pk]
        wanted: dict[int, int] = defaultdict(int)
        for unit in units.values():
            wanted[unit.pk] += 1
        missing = fairness.empty(wanted, stock.packs_by_unit(shelf.place_id))
        facings = []
        for number in range(shelf.facings, 0, -1):  # the last facings of a unit are the empty ones
            unit_there = units.get(number)
            empty = unit_there is not None and missing.get(unit_there.pk, 0) > 0
            if empty and unit_there is not None:
                missing[unit_there.pk] -= 1
            facings.append(FacingView(number, unit_there, empty))
        found.append(
            ShelfView(
                shelf, Box(0, 0, 0, 0), stock.pieces(shelf.place_id), stock.packs(shelf.place_id), facings[::-1],
                revenue.get(shelf.place_id, 0),
            )
        )  # fmt: skip
    return found


def mine_today(views: Iterable[VenueView], user: User) -> list[StandView]:
    """Stands this person looks after today."""
    return [stand for venue in views for stand in venue.stands if user in stand.keepers]
