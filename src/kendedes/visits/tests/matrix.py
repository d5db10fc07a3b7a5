"""Who may open the pages about visitors: those who choose what is shown."""

from __future__ import annotations

from datetime import date

from kendedes.testing.cast import AT
from kendedes.testing.matrix import CANARY_A, Page, World
from kendedes.visits.actions import add_synonyms
from kendedes.visits.models import Looked, Missed

CHOOSE = {"manager", "curator", "neighbour"}
OWN = {"manager", "curator"}


def build(world: World) -> None:
    """A product that was looked at, words not found, a group of synonyms."""
    association = world.cast.association
    Looked.objects.create(product=world.product, day=date(2026, 11, 1), times=3)
    missed = Missed.objects.create(association=association, words=CANARY_A.lower(), times=2, last_on=date(2026, 11, 1))
    synonyms = add_synonyms(association=association, words=f"{CANARY_A}, lain", at=AT, by=None)
    world.made |= {"missed": missed, "synonyms": synonyms}


ROWS = [
    Page("visits:looked", CHOOSE),
    Page("visits:missed", CHOOSE),
    Page("visits:settle", OWN, lambda w: {"pk": w.missed.pk}, method="POST"),
    Page("visits:synonyms", CHOOSE),
    Page("visits:remove", OWN, lambda w: {"pk": w.synonyms.pk}, method="POST"),
]
