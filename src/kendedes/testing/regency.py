"""The real places of Kabupaten Malang for tests that need all of them; units and everything in them are fictional."""

from __future__ import annotations

from collections.abc import Iterable

from kendedes.network import actions
from kendedes.network.models import Association, Region, Unit
from kendedes.network.places import load
from kendedes.testing.cast import AT


def all_places() -> None:
    """33 kecamatan, 390 villages and their other spellings."""
    places = load()
    kinds = {"desa": Region.Kind.VILLAGE, "kelurahan": Region.Kind.WARD}
    rows = [Region(code=p.code, name=p.name, kind=Region.Kind.PROVINCE) for p in places.provinces]
    rows += [Region(code=r.code, name=r.name, kind=Region.Kind.REGENCY, parent_id=r.province) for r in places.regencies]
    rows += [Region(code=d.code, name=d.name, kind=Region.Kind.DISTRICT, parent_id=d.regency) for d in places.districts]
    rows += [Region(code=v.code, name=v.name, kind=kinds[v.kind], parent_id=v.district) for v in places.villages]
    spellings = [(s.code, s.written, ",".join(s.seen_in)) for s in places.other_spellings]
    actions.add_regions(regions=rows, spellings=spellings)


def units(codes: Iterable[tuple[str, str]], slug: str = "contoh") -> dict[str, Unit]:
    """An association with one unit for each (code, code of its kecamatan)."""
    association = Association.objects.filter(slug=slug).first() or actions.create_association(
        name="Asosiasi Contoh", slug=slug, region=Region.objects.get(code="35.07"), at=AT, by=None
    )
    return {
        code: actions.create_unit(
            association=association, code=code, district=Region.objects.get(code=district), at=AT, by=None
        )
        for code, district in codes
    }
