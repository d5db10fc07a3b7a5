"""Who may open the pages of fairs."""

from __future__ import annotations

from datetime import timedelta

from kendedes.events import actions
from kendedes.testing.matrix import CANARY_A, Page, World
from kendedes.testing.shop import AT, DAY, open_shop

STOCK = {"manager", "curator", "treasurer", "cashier", "operator", "operator_b", "representative", "neighbour"}
SEES = STOCK - {"neighbour"}
RUNS = {"manager"}


def build(world: World) -> None:
    """A fair with goods there, a planned one, a lead."""
    cast = world.cast
    shop = open_shop(cast)
    lot = shop.new_lot(5)
    days = {"starts_on": DAY, "ends_on": DAY + timedelta(days=2)}
    fair, planned = (
        actions.plan_event(association=cast.association, name=f"Pameran {n}", at=AT, by=cast.ratna, **days)
        for n in "ab"
    )
    actions.set_pack(event=fair, lines={(lot.pk, shop.shelf.pk): 2}, at=AT, by=cast.ratna)
    trip = actions.send_out(event=fair, at=AT, by=cast.ratna)
    lead = actions.note_lead(event=fair, name=CANARY_A, wants="keripik", at=AT, by=cast.ratna)
    fair.refresh_from_db()
    world.made |= {"fair": fair, "fair_planned": planned, "trip": trip, "lead": lead}


def _fair(world: World) -> dict[str, int]:
    return {"pk": world.fair.pk}


def _planned(world: World) -> dict[str, int]:
    return {"pk": world.fair_planned.pk}


ROWS = [
    Page("events:list", STOCK),
    Page("events:new", RUNS | {"neighbour"}),
    Page("events:detail", SEES, _fair),
    Page("events:edit", RUNS, _planned),
    Page("events:pack", RUNS, _planned),
    Page("events:out", RUNS, _fair),
    Page("events:back", RUNS, _fair),
    Page("events:result", {"manager", "treasurer"}, _fair, head=False),
    Page("events:lead", RUNS, _fair, method="POST", data=lambda w: {"name": "Uji", "wants": "uji"}),
    Page("events:lead-done", RUNS, lambda w: {"pk": w.lead.pk}, method="POST"),
    Page("events:trip", RUNS, lambda w: {"pk": w.trip.pk}, head=False),
]
