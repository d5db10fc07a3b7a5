"""Who may open the pages of choosing."""

from __future__ import annotations

from kendedes.ovop import actions
from kendedes.ovop.models import Rubric
from kendedes.ovop.tests.rubrics import COMPLETE
from kendedes.products.models import Product
from kendedes.testing.cast import AT
from kendedes.testing.matrix import CANARY_A, OFFICE, SIDE_A, Page, World

SEES = OFFICE - {"partner"}
RUNS = {"manager", "curator", "operator"}


def build(world: World) -> None:
    """A round of unit A that is being scored, a draft one, a rubric in use and one being written."""
    cast = world.cast
    actions.ensure_presets()
    preset = Rubric.objects.get(association=None, code="th-opc")
    used, draft = (actions.copy_rubric(rubric=preset, association=cast.association, at=AT, by=cast.ratna) for _ in "ab")
    actions.change_rubric(rubric=used, definition=COMPLETE, at=AT, by=cast.ratna, source="Rapat asosiasi")
    product = cast.product(cast.tempe, f"Sambal {CANARY_A}")
    Product.objects.filter(pk=product.pk).update(state=Product.State.ACCEPTED)
    product.refresh_from_db()
    rounds = []
    for title in (f"Putaran {CANARY_A}", f"Persiapan {CANARY_A}"):
        round_ = actions.open_round(
            association=cast.association, unit=world.unit, rubric=used, title=title, period="2026", at=AT, by=cast.sekar
        )
        actions.add_candidates(round_=round_, products=[product], at=AT, by=cast.sekar)
        actions.set_assessors(round_=round_, users=[cast.yudi, cast.lestari], at=AT, by=cast.sekar)
        rounds.append(round_)
    scoring = actions.start_scoring(round_=rounds[0], at=AT, by=cast.sekar)
    world.made |= {
        "preset": preset, "rubric": used, "rubric_draft": draft, "round": scoring, "round_draft": rounds[1],
        "candidate": scoring.candidates.get(), "candidate_draft": rounds[1].candidates.get(),
    }  # fmt: skip


def _round(world: World) -> dict[str, int]:
    return {"pk": world.round.pk}


def _draft(world: World) -> dict[str, int]:
    return {"pk": world.round_draft.pk}


def _in_draft(world: World) -> dict[str, int]:
    return {"pk": world.round_draft.pk, "candidate": world.candidate_draft.pk}


def _marks(world: World) -> dict[str, str]:
    return {"p-A1": "4", "p-B1": "3", "n-A1": "", "n-B1": "", "reason": "saudara", "gate": "izin", "note": ""}


ROWS = [
    Page("ovop:home", SEES),
    Page("ovop:rubrics", SEES),
    Page("ovop:rubric", SEES - {"neighbour"}, lambda w: {"pk": w.rubric.pk}),
    Page("ovop:rubric-copy", {"manager", "neighbour"}, lambda w: {"pk": w.preset.pk}, method="POST"),
    Page("ovop:rubric-edit", {"manager"}, lambda w: {"pk": w.rubric_draft.pk}),
    Page("ovop:round-new", RUNS | {"operator_b", "neighbour"}),
    Page("ovop:round", SIDE_A - {"representative"}, _round),
    Page("ovop:round-candidates", RUNS, _round),
    Page("ovop:candidate-out", RUNS, _in_draft, method="POST"),
    Page("ovop:candidate-gate", RUNS, _in_draft, method="POST", data=_marks),
    Page("ovop:round-assessors", RUNS, _round),
    Page("ovop:round-start", RUNS, _draft, method="POST"),
    Page("ovop:round-close", RUNS, _round, method="POST"),
    Page("ovop:round-cancel", RUNS, _draft, method="POST", data=_marks),
    Page("ovop:round-minutes", RUNS, _round),
    Page("ovop:round-blank", RUNS, _round),
    Page("ovop:sheet", {"assessor"}, lambda w: {"candidate": w.candidate.pk}),
    Page("ovop:conflict", {"assessor"}, lambda w: {"candidate": w.candidate.pk}, method="POST", data=_marks),
    Page("ovop:paths", SEES - {"representative"}),
    Page("ovop:unit-paths", SIDE_A - {"representative"}, lambda w: {"pk": w.unit.pk}),
    Page("ovop:path", SIDE_A, lambda w: {"pk": w.product.pk}),
]
