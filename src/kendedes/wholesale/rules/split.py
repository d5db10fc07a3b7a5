"""Who makes how many of what a buyer wants by a day: docs/algorithms/split.md. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

MOST_TRIED = 12  # makers looked at together: 4,095 sets at most
MOST_MAKERS = 5  # who share one enquiry, unless a person says otherwise


class Why(StrEnum):
    """What became of a maker, as the screen explains it."""

    PART = "part"  # gets a part of what she can make
    FULL = "full"  # gets all she can make
    LATE = "late"  # cannot begin before the day
    FULLY_BOOKED = "booked"  # everything she can make by the day is promised to others
    MINIMUM = "minimum"  # what is wanted, or what she can make, is below her minimum
    PRICE = "price"  # above the buyer's highest price
    UNKNOWN = "unknown"  # her capacity or lead time is not written down
    SPARE = "spare"  # could help; the others suffice


@dataclass(frozen=True, slots=True)
class Tier:
    """From ``quantity`` pieces on, one costs ``price``."""

    quantity: int
    price: int


@dataclass(frozen=True, slots=True)
class Maker:
    """One who could make it. ``load``: pieces promised to others and not ready; ``given``: pieces of the last year."""

    key: int
    capacity: int | None
    lead: int | None
    minimum: int = 1
    load: int = 0
    tiers: tuple[Tier, ...] = ()
    stars: int = 0
    given: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """What one maker gets, why, the most she could make by the day, the day count until hers are ready, her price."""

    maker: Maker
    quantity: int
    most: int
    why: Why
    days: int | None = None
    price: int | None = None


@dataclass(frozen=True, slots=True)
class Split:
    """Everybody who was looked at, those who get something first; ``missing``: pieces nobody can make by the day."""

    parts: Sequence[Part]
    missing: int

    @property
    def quantity(self) -> int:
        """Pieces given out."""
        return sum(part.quantity for part in self.parts)


def price_for(tiers: Sequence[Tier], quantity: int) -> int | None:
    """The price of the highest tier that ``quantity`` reaches; None: not agreed, to be asked."""
    reached = [tier for tier in tiers if tier.quantity <= quantity]
    return max(reached, key=lambda tier: tier.quantity).price if reached else None


def least_for(tiers: Sequence[Tier], quantity: int) -> int | None:
    """The lowest price agreed for ``quantity``; fewer than the first tier never cost less than it; None: nothing agreed."""
    if not tiers:
        return None
    found = price_for(tiers, quantity)
    return min(tiers, key=lambda tier: tier.quantity).price if found is None else found


def most_by(maker: Maker, days: int) -> int:
    """Pieces she can make within ``days`` beside what is promised already."""
    if not maker.capacity or maker.lead is None or days < max(1, maker.lead):
        return 0
    return max(0, maker.capacity + (days - max(1, maker.lead)) * maker.capacity // 30 - maker.load)


def days_for(maker: Maker, quantity: int) -> int | None:
    """Days until ``quantity`` more are ready; None: not known."""
    if not maker.capacity or maker.lead is None:
        return None
    beyond = max(0, maker.load + quantity - maker.capacity)
    return max(1, maker.lead) + -(-beyond * 30 // maker.capacity)


def split(
    wanted: int, makers: Sequence[Maker], *, days: int, ceiling: int | None = None, at_most: int = MOST_MAKERS
) -> Split:
    """Give ``wanted`` pieces, due in ``days``, to at most ``at_most`` makers; nobody pays more than ``ceiling`` a piece."""
    ranked = sorted(makers, key=_rank)
    out: list[Part] = []
    able: list[tuple[Maker, int]] = []
    for maker in ranked:
        most, why = _room(maker, wanted, days, ceiling)
        if why is None:
            able.append((maker, most))
        else:
            out.append(Part(maker, 0, most, why))
    tried = sorted(able, key=lambda pair: -pair[1])[:MOST_TRIED]  # sorted is stable: equals stay in rank
    chosen = _choose(wanted, [pair for pair in able if pair in tried], at_most)
    given = _shares(wanted, chosen)
    parts = [_part(maker, most, given[maker.key]) for maker, most in chosen]
    keys = {maker.key for maker, _most in chosen}
    spare = [Part(maker, 0, most, Why.SPARE) for maker, most in able if maker.key not in keys]
    return Split((*parts, *spare, *out), wanted - sum(given.values()))


def _rank(maker: Maker) -> tuple[int, int, int, int]:
    """Among equals: more stars, then who got least of late, then who has least to do, then the older one."""
    return (-maker.stars, maker.given, maker.load, maker.key)


def _room(maker: Maker, wanted: int, days: int, ceiling: int | None) -> tuple[int, Why | None]:
    """(the most she could make of it by the day, why she cannot take part)."""
    if not maker.capacity or maker.lead is None:
        return 0, Why.UNKNOWN
    if days < max(1, maker.lead):
        return 0, Why.LATE
    most = most_by(maker, days)
    if most == 0:
        return 0, Why.FULLY_BOOKED
    if min(most, wanted) < max(1, maker.minimum):
        return most, Why.MINIMUM
    best = price_for(maker.tiers, min(most, wanted))
    if ceiling is not None and best is not None and best > ceiling:
        return most, Why.PRICE
    return most, None


def _choose(wanted: int, able: Sequence[tuple[Maker, int]], at_most: int) -> Sequence[tuple[Maker, int]]:
    """The set that can make most of it; then the one with most room (nobody has to hurry); then the best in rank."""
    best: Sequence[tuple[Maker, int]] = ()
    value = (0, 0)
    for size in range(1, min(at_most, len(able)) + 1):
        for chosen in combinations(able, size):
            if sum(max(1, maker.minimum) for maker, _most in chosen) > wanted:
                continue
            room = sum(most for _maker, most in chosen)
            if (min(wanted, room), room) > value:
                best, value = chosen, (min(wanted, room), room)
    return best


def _shares(wanted: int, chosen: Sequence[tuple[Maker, int]]) -> dict[int, int]:
    """Everybody her minimum, the rest in proportion to the room she has left; odd pieces by rank."""
    lowest = {maker.key: max(1, maker.minimum) for maker, _most in chosen}
    room = {maker.key: most - lowest[maker.key] for maker, most in chosen}
    total = sum(room.values())
    rest = min(wanted, sum(most for _maker, most in chosen)) - sum(lowest.values())
    if not total:
        return lowest
    given = {key: lowest[key] + rest * room[key] // total for key in lowest}
    odd = rest - sum(rest * room[key] // total for key in lowest)
    left = sorted(lowest, key=lambda key: -(rest * room[key] % total))  # stable: equals by rank
    for key in left[:odd]:
        given[key] += 1
    return given


def _part(maker: Maker, most: int, quantity: int) -> Part:
    why = Why.FULL if quantity == most else Why.PART
    return Part(maker, quantity, most, why, days_for(maker, quantity), price_for(maker.tiers, quantity))
