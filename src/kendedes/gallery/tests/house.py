"""A small gallery: stand 3 with shelves A (best) and B, stand 4 without shelves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from kendedes.gallery import actions
from kendedes.gallery.models import Shelf, Stand, Venue
from kendedes.testing.cast import Cast

AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
DAY = date(2026, 11, 20)


@dataclass
class House:
    venue: Venue
    stand: Stand
    bare: Stand
    a: Shelf
    b: Shelf


def build(cast: Cast, **more: Any) -> House:
    """Made by real actions."""
    given = {"at": AT, "by": cast.ratna}
    venue = actions.add_venue(association=cast.association, name="Pusat Kerajinan Singosari", **given)
    stand, bare = (actions.add_stand(venue=venue, number=n, **given) for n in ("3", "4"))
    a = actions.add_shelf(stand=stand, name="A", facings=2, worth=Shelf.Worth.BEST, **given)
    b = actions.add_shelf(stand=stand, name="B", facings=3, worth=Shelf.Worth.LOW, **given)
    return House(venue, stand, bare, a, b)
