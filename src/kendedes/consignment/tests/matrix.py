"""Who may open the pages of consignment."""

from __future__ import annotations

from datetime import date

from kendedes.consignment import actions
from kendedes.consignment.models import Paper
from kendedes.ledger.actions import agree_terms
from kendedes.ledger.actions.standing import place, unit_store
from kendedes.ledger.models import Oddity, Place
from kendedes.testing.cast import AT
from kendedes.testing.matrix import CANARY_A, CANARY_B, OFFICE, Page, World

DAY = date(2026, 11, 24)
SEES = OFFICE - {"partner", "assessor"}
SIDE = {"manager", "curator", "treasurer", "cashier", "operator", "representative"}  # of unit A
STAFF = SIDE - {"representative"}
MOVES_HERE = {"manager", "operator"}
MOVES = MOVES_HERE | {"operator_b", "neighbour"}
MANAGER = {"manager"}
PROPOSES = {"manager", "treasurer", "operator"}


def build(world: World) -> None:
    """A nota of each unit, a delivery of A that came short and one on the road, a draft, a count, proposed terms."""
    cast = world.cast
    given = {"at": AT, "by": cast.ratna}
    terms = agree_terms(
        association=cast.association, valid_from=date(2026, 1, 1), values={"gallery_bp": 1000, "note": ""}, **given
    )
    store = place(cast.association, Place.Kind.STORE)

    def draft(kind, **more):
        return actions.draft(association=cast.association, kind=kind, **given, **more)

    def note(product, unit):
        paper = draft(Paper.Kind.NOTE, target=unit_store(unit), note=CANARY_A if unit == cast.singosari else CANARY_B)
        actions.add_goods(
            paper=paper, variant=product.variants.get(), quantity=9, price=15_000, on=DAY, expires_on=date(2026, 12, 1)
        )
        return actions.issue(paper=paper, **given)

    paper = note(world.product, cast.singosari)
    note(world.product_b, cast.wajak)
    lot = paper.lines.get().lot

    def sent(quantity):
        delivery = draft(Paper.Kind.DELIVERY, source=unit_store(cast.singosari), target=store)
        actions.add_lot(paper=delivery, lot=lot, quantity=quantity)
        return actions.issue(paper=delivery, **given)

    short = sent(4)
    actions.arrive(paper=short, received={short.lines.get().pk: 3}, **given)
    begun = draft(Paper.Kind.RETURN, source=unit_store(cast.singosari))
    line = actions.add_lot(paper=begun, lot=lot, quantity=1)
    count = actions.begin_count(spot=unit_store(cast.singosari), **given)
    counted = actions.begin_count(spot=unit_store(cast.singosari), **given)
    actions.enter_counts(paper=counted, counted={row.pk: 1 for row in counted.lines.all()})
    actions.finish_count(paper=counted)
    proposal = actions.propose(
        association=cast.association, producer=cast.tempe, valid_from=date(2027, 1, 1), values={"gallery_bp": 500, "note": CANARY_A}, **given
    )  # fmt: skip
    world.made |= {
        "lot": lot, "paper": paper, "road": sent(2), "begun": begun, "begun_line": line, "count": count, "counted": counted,
        "terms": terms, "proposal": proposal, "short_arrival": Oddity.objects.get(association=cast.association, code="arrived_short"),
    }  # fmt: skip


def _of(name):
    return lambda world: {"pk": world.made[name].pk}


def _line(world):
    return {"pk": world.begun.pk, "line": world.begun_line.pk}


ROWS = [
    Page("consignment:home", SEES),
    Page("consignment:find", SEES, query="?q=keripik"),
    Page("consignment:scanned", SIDE, lambda w: {"code": w.paper.code}),
    Page("consignment:stock", SEES),
    Page("consignment:expiry", SEES),
    Page("consignment:differences", SEES),
    Page("consignment:difference-settle", MANAGER, _of("short_arrival"), method="POST", data=lambda w: {"way": "late"}),
    Page("consignment:offer", MOVES_HERE, lambda w: {"pk": w.lot.pk, "way": "harga"}, method="POST"),
    Page("consignment:lot", SIDE, _of("lot")),
    Page("consignment:lot-price", MOVES_HERE, _of("lot"), method="POST", data=lambda w: {"price": "9000", "reason": "x"}),
    Page("consignment:lot-labels", SIDE, _of("lot")),
    Page("consignment:papers", SEES),
    Page("consignment:paper-new", MOVES, lambda w: {"kind": "jalan"}),
    Page("consignment:paper", SIDE, _of("paper")),
    Page("consignment:line-remove", MOVES_HERE, _line, method="POST"),
    Page("consignment:paper-issue", MOVES_HERE, _of("begun"), method="POST"),
    Page("consignment:paper-cancel", MOVES_HERE, _of("begun"), method="POST"),
    Page("consignment:paper-receive", MANAGER, _of("road"), why="the gallery's store is received by the gallery"),
    Page("consignment:paper-printed", SIDE, _of("paper")),
    Page("consignment:paper-pdf", SIDE, _of("paper")),
    Page("consignment:paper-labels", SIDE, _of("paper")),
    Page("consignment:count", MOVES_HERE, _of("count")),
    Page("consignment:count-also", MOVES_HERE, _of("count"), method="POST", data=lambda w: {"code": w.lot.code, "n-0": "1"}),
    Page("consignment:count-again", MOVES_HERE, _of("counted"), method="POST"),
    Page("consignment:count-approve", MOVES_HERE, _of("counted"), method="POST"),
    Page("consignment:terms", SEES),
    Page("consignment:terms-one", SEES - {"neighbour"}, _of("terms")),
    Page("consignment:propose", PROPOSES | {"operator_b", "neighbour"}),
    Page("consignment:proposal", SIDE, _of("proposal")),
    Page("consignment:agree", MANAGER, _of("proposal"), method="POST"),
    Page("consignment:decline", MANAGER, _of("proposal"), method="POST", data=lambda w: {"reason": "x"}),
    Page("consignment:withdraw", PROPOSES, _of("proposal"), method="POST"),
]  # fmt: skip
