"""Who may open the pages of the gallery."""

from __future__ import annotations

from datetime import date

from kendedes.gallery import actions
from kendedes.gallery.tests.house import build as build_house
from kendedes.testing.cast import AT
from kendedes.testing.matrix import CANARY_A, CANARY_B, OFFICE, Page, World

SEES = OFFICE - {"partner", "assessor"}
HERE = SEES - {"neighbour"}
MANAGER = {"manager"}
RUNS = {"manager", "neighbour"}
STATEMENTS = {"manager", "treasurer", "operator", "operator_b", "representative", "neighbour"}


def build(world: World) -> None:
    """A gallery with two stands, a roster, a mandate, dues of both units with a kuitansi of unit A."""
    cast = world.cast
    house = build_house(cast)
    given = {"at": AT, "by": cast.ratna}
    mandate = actions.add_mandate(
        venue=house.venue, number="M/1", giver="Dekranasda", starts_on=date(2011, 10, 1), stands=[house.stand], **given
    )
    actions.keep_mandate_file(mandate=mandate, data=b"%PDF-1.7\n%%EOF", name="mandat.pdf", **given)
    duty = actions.put_on_duty(
        stand=house.stand, user=cast.ratna, weekdays="1", starts_on=date(2026, 11, 1), **given
    )  # fmt: skip
    amounts = {cast.singosari: 100_000, cast.wajak: 100_000}
    call = actions.ask_dues(
        association=cast.association, name="Desember", due_on=date(2026, 12, 1), amounts=amounts, **given
    )
    receipts = [
        actions.receive_dues(due=call.dues.get(unit=unit), amount=1000, payer=canary, **given)
        for unit, canary in [(cast.singosari, CANARY_A), (cast.wajak, CANARY_B)]
    ]
    world.made |= {"mandate": mandate, "house": house, "duty": duty, "call": call, "receipt": receipts[0]}


def _stand(world: World) -> dict[str, int]:
    return {"pk": world.house.stand.pk}


def _venue(world: World) -> dict[str, int]:
    return {"pk": world.house.venue.pk}


def _shelf(world: World) -> dict[str, int]:
    return {"pk": world.house.a.pk}


ROWS = [
    Page("gallery:home", SEES),
    Page("gallery:venue-new", RUNS),
    Page("gallery:venue-edit", MANAGER, _venue),
    Page("gallery:stand-new", MANAGER, _venue),
    Page("gallery:mandate-new", MANAGER, _venue),
    Page("gallery:mandates", SEES),
    Page("gallery:stand", HERE, _stand),
    Page("gallery:stand-edit", MANAGER, _stand),
    Page("gallery:stand-end", MANAGER, _stand, method="POST"),
    Page("gallery:shelf-new", MANAGER, _stand, method="POST"),
    Page("gallery:duty-new", MANAGER, _stand, method="POST"),
    Page("gallery:duty-end", MANAGER, lambda w: {"pk": w.duty.pk}, method="POST"),
    Page("gallery:shelf", HERE, _shelf),
    Page("gallery:shelf-change", MANAGER, _shelf, method="POST"),
    Page("gallery:shelf-end", MANAGER, _shelf, method="POST"),
    Page("gallery:facing", MANAGER, _shelf, method="POST"),
    Page("gallery:calendar", SEES),
    Page("gallery:quotas", RUNS),
    Page("gallery:mandate-file", MANAGER, lambda w: {"pk": w.mandate.pk}),
    Page("gallery:rotate", RUNS, method="POST"),
    Page("gallery:dues", STATEMENTS),
    Page("gallery:call-new", RUNS),
    Page(
        "gallery:call", {"manager", "treasurer", "operator", "operator_b"}, lambda w: {"pk": w.call.pk},
        why="every unit sees the call, but only its own line",
    ),
    Page("gallery:receive", {"manager", "treasurer"}, lambda w: {"pk": w.call.dues.get(unit=w.cast.singosari).pk}),
    Page("gallery:receipt", {"manager", "treasurer", "operator"}, lambda w: {"pk": w.receipt.pk}),
]  # fmt: skip
