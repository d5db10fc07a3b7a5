"""Which lots go to a buyer: the one that expires first, from where most of it stands. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Standing:
    """Pieces of a lot at one place."""

    lot: int
    producer: int
    place: int
    there: int
    expires_on: date | None
    near: bool = False  # on the stand where the buyer comes


@dataclass(frozen=True, slots=True)
class Taken:
    """Pieces of one lot and the places they leave."""

    lot: int
    quantity: int
    sources: tuple[tuple[int, int], ...]


def choose(wanted: int, standing: Sequence[Standing], first: Sequence[int] = ()) -> tuple[list[Taken], int]:
    """What is taken, lot by lot, and how many pieces are missing. ``first``: lots somebody holds in her hand."""
    order = {lot: n for n, lot in enumerate(first)}
    spots = sorted(
        (s for s in standing if s.there > 0),
        key=lambda s: (
            order.get(s.lot, len(order)), s.expires_on or date.max, s.lot, not s.near, -s.there, s.place,
        ),
    )  # fmt: skip
    found: dict[int, list[tuple[int, int]]] = {}
    for spot in spots:
        if not wanted:
            break
        pieces = min(wanted, spot.there)
        found.setdefault(spot.lot, []).append((spot.place, pieces))
        wanted -= pieces
    return [Taken(lot, sum(n for _, n in places), tuple(places)) for lot, places in found.items()], wanted
