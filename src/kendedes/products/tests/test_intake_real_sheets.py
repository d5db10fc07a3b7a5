"""The three sheets units sent, read exactly as their notes say (skipped where they are not at hand)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kendedes.network import actions
from kendedes.network.models import Region, Spelling, Unit
from kendedes.network.places import load
from kendedes.network.rules import place_key
from kendedes.products.actions import ensure_categories
from kendedes.products.intake.assess import assess, sentences, shown_rows
from kendedes.products.intake.reading import files
from kendedes.testing.cast import AT

SHEETS = Path(__file__).resolve().parents[5] / "shared" / "data" / "sheets"
pytestmark = pytest.mark.skipif(not SHEETS.is_dir(), reason="the real sheets are not beside the project")


@pytest.fixture
def units(db):
    """The regency with all its villages and spellings, and the three units that sent the sheets."""
    places = load()
    kinds = {"desa": Region.Kind.VILLAGE, "kelurahan": Region.Kind.WARD}
    rows = [Region(code=p.code, name=p.name, kind=Region.Kind.PROVINCE) for p in places.provinces]
    rows += [Region(code=r.code, name=r.name, kind=Region.Kind.REGENCY, parent_id=r.province) for r in places.regencies]
    rows += [Region(code=d.code, name=d.name, kind=Region.Kind.DISTRICT, parent_id=d.regency) for d in places.districts]
    rows += [Region(code=v.code, name=v.name, kind=kinds[v.kind], parent_id=v.district) for v in places.villages]
    actions.add_regions(regions=rows, spellings=[(s.code, s.written, ",".join(s.seen_in)) for s in places.other_spellings])
    ensure_categories()
    association = actions.create_association(
        name="Asosiasi contoh", slug="contoh", region=Region.objects.get(code="35.07"), at=AT, by=None
    )
    return {
        code: actions.create_unit(
            association=association, code=code, district=Region.objects.get(code=district), at=AT, by=None
        )
        for code, district in [("SGS", "35.07.24"), ("WJK", "35.07.08"), ("PCK", "35.07.07")]
    }


def judged(units, code, name):
    found = assess(unit=units[code], book=files.read(name, (SHEETS / name).read_bytes()))
    return found, {(r["sheet"], r["row"]): r for r in shown_rows(found.verdict.rows)}


def test_dump(units):
    for code, name in [("WJK", "UPK Wajak - produk.xlsx"), ("PCK", "poncokusumo_umkm.csv"), ("SGS", "Singosari 2026.xlsx")]:
        found, rows = judged(units, code, name)
        print(name, found.facts, found.verdict.count())
        for r, j in zip(rows.values(), found.verdict.rows):
            print(r["row"], r["outcome"], r["name"], '|', r["producer"], j.maker and j.maker.village, r.get("price"), j.line.remarks, j.line.permits, j.line.contents)
            for s in sentences(r):
                print("      ", s["where"], s["text"])
