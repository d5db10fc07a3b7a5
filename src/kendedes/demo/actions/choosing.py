"""Rounds of one village one product: a rubric filled in for the demonstration, sheets of two assessors, stars."""

from __future__ import annotations

import random
from typing import Any

from django.db import transaction

from kendedes.demo.actions.network import World
from kendedes.demo.content.plans import rng_of
from kendedes.network.models import Unit
from kendedes.ovop import actions
from kendedes.ovop.models import Rubric
from kendedes.products.models import Product

NOTE = (
    "Kerangka dan batas bintang dari Decision 1048/2019; butir dan nilai tiap butir rekaan untuk contoh ini, "
    "bukan aturan siapa pun."
)


def _criterion(
    code: str, names: tuple[str, str], step: str, levels: list[tuple[int, str, str]], *, evidence: bool = False
) -> dict[str, Any]:
    return {
        "code": code, "title": {"id": names[0], "en": names[1]}, "maximum": levels[-1][0], "step": step, "evidence": evidence,
        "levels": [{"points": p, "label": {"id": i, "en": e}} for p, i, e in levels],
    }  # fmt: skip


FILLED: dict[str, list[dict[str, Any]]] = {
    "A": [
        _criterion("A1", ("Bahan baku lokal", "Local raw material"), "material", [
            (3, "kurang dari separuh", "less than half"), (7, "lebih dari separuh", "more than half"), (10, "hampir seluruhnya", "nearly all")], evidence=True),
        _criterion("A2", ("Produksi teratur", "Steady production"), "capacity", [
            (2, "sesekali", "now and then"), (6, "menurut pesanan", "to order"), (10, "setiap minggu", "every week")]),
        _criterion("A3", ("Kemasan", "Packaging"), "packaging", [
            (1, "seadanya", "makeshift"), (4, "rapi, belum lengkap", "neat, not complete"), (8, "lengkap dan melindungi", "complete and protective")], evidence=True),
        _criterion("A4", ("Manfaat bagi warga", "Benefit to the village"), "people", [
            (1, "keluarga sendiri", "one family"), (4, "beberapa keluarga", "several families"), (7, "sebagian besar kelompok", "most of the group")]),
    ],
    "B": [
        _criterion("B1", ("Jangkauan pasar", "Reach of the market"), "market", [
            (3, "desa dan kecamatan", "village and district"), (8, "kabupaten", "regency"), (15, "luar kabupaten", "beyond the regency")]),
        _criterion("B2", ("Cerita produk", "Product story"), "story", [
            (2, "belum ada", "none yet"), (6, "ada, umum", "there, general"), (10, "khas dan dapat dibuktikan", "its own, and can be shown")]),
    ],
    "C": [
        _criterion("C1", ("Mutu dan kekhasan", "Quality and character"), "quality", [
            (5, "biasa", "ordinary"), (12, "baik", "good"), (20, "menonjol", "outstanding")]),
        _criterion("C2", ("Izin dan standar", "Permits and standards"), "permit", [
            (1, "belum ada", "none yet"), (5, "sedang diurus", "under way"), (10, "lengkap dan berlaku", "complete and valid")], evidence=True),
        _criterion("C3", ("Kesinambungan", "Continuity"), "capacity", [
            (2, "kurang dari setahun", "less than a year"), (6, "satu sampai tiga tahun", "one to three years"), (10, "lebih dari tiga tahun", "more than three years")]),
    ],
}  # fmt: skip
GATES = [
    {"code": "distribution", "kind": "food_permit", "title": {"id": "Pangan: izin edar (P-IRT atau BPOM)", "en": "Food: distribution permit (P-IRT or BPOM)"}, "kinds": ["pirt", "bpom"]},
    {"code": "local", "kind": "local_producer", "title": {"id": "Produsen dari wilayah ini", "en": "Maker from this area"}, "kinds": []},
]  # fmt: skip


@transaction.atomic
def rubric(world: World) -> Rubric:
    """The association's own rubric, filled in; the presets stay as their sources leave them."""
    actions.ensure_presets()
    preset = Rubric.objects.get(association=None, code="vn-ocop-1048")
    at, by = world.calendar.submitted, world.user("pengelola")
    copy = actions.copy_rubric(
        rubric=preset, association=world.association, at=at, by=by, title_id="Rubrik contoh, 100 butir"
    )
    definition = {**copy.definition, "gates": GATES}
    definition["sections"] = [{**s, "criteria": FILLED[s["code"]]} for s in definition["sections"]]
    return actions.change_rubric(
        rubric=copy, definition=definition, at=at, by=by, title_en="Example rubric, 100 points", source=NOTE
    )


@transaction.atomic
def judge(world: World, chosen: Rubric, title: str, products: list[Product], unit: Unit | None = None) -> int:
    """One round from opening to the minutes; returns how many products got stars."""
    at = world.calendar.judged
    by, assessors = world.user("pengelola"), [world.user("penilai1"), world.user("penilai2")]
    held = actions.open_round(
        association=world.association, unit=unit, rubric=chosen, title=title, period=f"{at.year}", at=at, by=by,
        place="Galeri Kendedes (contoh)",
    )  # fmt: skip
    candidates = actions.add_candidates(round_=held, products=products, at=at, by=by)
    seats = actions.set_assessors(round_=held, users=assessors, at=at, by=by)
    actions.start_scoring(round_=held, at=at, by=by)
    for candidate in candidates:
        rng = rng_of("sheet", candidate.product.code)
        gift = rng.betavariate(3.2, 1.5)
        for seat in seats:
            marks = {c["code"]: (_mark(rng, c["levels"], gift), "") for part in FILLED.values() for c in part}
            actions.hand_in(candidate=candidate, assessor=seat.user, marks=marks, at=at, by=seat.user)
    return sum(1 for award in actions.close_round(round_=held, at=at, by=by) if award.stars)


def _mark(rng: random.Random, levels: list[dict[str, Any]], gift: float) -> int:
    place = gift * len(levels) + rng.uniform(-0.55, 0.55)
    points: int = levels[min(len(levels) - 1, max(0, int(place)))]["points"]
    return points


def candidates_of(world: World, made: dict[str, Product]) -> tuple[list[Product], dict[str, list[Product]]]:
    """Two products of every unit for the round of the regency, ten each for two unit rounds."""
    codes = sorted(made)
    regency: list[Product] = []
    units: dict[str, list[Product]] = {code: [] for code in ("SGS", "PCK") if code in world.units}
    for unit in world.units:
        own = [made[c] for c in codes if c.startswith(unit) and made[c].state == Product.State.ACCEPTED]
        rng = rng_of("candidates", unit)
        rng.shuffle(own)
        regency += own[:3]
        if unit in units:
            units[unit] = own[3:13]
    return regency, units
