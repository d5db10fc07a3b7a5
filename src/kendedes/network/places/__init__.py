"""Places as facts: the regencies the project knows, read from the JSON files beside this module.

Words: Province, Regency (kabupaten), District (kecamatan), Village (desa or kelurahan), OtherSpelling.
Doors: load() for everything, Places.village(code), Places.district(code).
Facts: codes and names of Kepmendagri 300.2.2-2430/2025 and postal codes, collected by cahyadsn/wilayah and
cahyadsn/wilayah_kodepos (MIT). The BPS code is written beside the Kemendagri code, never computed from it.
Does not: touch the database or find a village by its name (33 names occur in several kecamatan).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Province:
    """``code`` by Kemendagri ("35"), ``bps`` by the statistics office or None where not known for certain."""

    code: str
    bps: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Regency:
    """``kind``: kabupaten or kota; ``name`` without the kind ("Malang")."""

    code: str
    bps: str | None
    name: str
    kind: str
    province: str


@dataclass(frozen=True, slots=True)
class District:
    """A kecamatan: ``code`` "35.07.24", ``bps`` "3507280"."""

    code: str
    bps: str | None
    name: str
    regency: str


@dataclass(frozen=True, slots=True)
class Village:
    """``kind``: desa or kelurahan; ``postal``: five digits; ``bps`` is None: not known for certain."""

    code: str
    bps: str | None
    name: str
    kind: str
    postal: str
    district: str


@dataclass(frozen=True, slots=True)
class OtherSpelling:
    """How another official table wrote the name of the place ``code``; ``seen_in`` names those tables."""

    code: str
    written: str
    seen_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """All places, each tuple in the order of its codes."""

    provinces: tuple[Province, ...]
    regencies: tuple[Regency, ...]
    districts: tuple[District, ...]
    villages: tuple[Village, ...]
    other_spellings: tuple[OtherSpelling, ...]

    def district(self, code: str) -> District:
        """The district of a code such as "35.07.24"; KeyError if there is none."""
        return _one(self.districts, code)

    def village(self, code: str) -> Village:
        """The village of a code such as "35.07.24.2008"; KeyError if there is none."""
        return _one(self.villages, code)

    def villages_of(self, district: str) -> tuple[Village, ...]:
        """The villages of one district's code."""
        return tuple(v for v in self.villages if v.district == district)


def _one[T: (District, Village)](rows: tuple[T, ...], code: str) -> T:
    for row in rows:
        if row.code == code:
            return row
    raise KeyError(code)


@cache
def load() -> Places:
    """Every place the project ships; the same object each time."""
    parts = [_read(document) for document in _documents()]
    return Places(
        provinces=tuple(dict.fromkeys(p for part in parts for p in part.provinces)),
        regencies=tuple(x for part in parts for x in part.regencies),
        districts=tuple(x for part in parts for x in part.districts),
        villages=tuple(x for part in parts for x in part.villages),
        other_spellings=tuple(x for part in parts for x in part.other_spellings),
    )


def _documents() -> Iterator[dict[str, Any]]:
    for file in sorted(files(__name__).iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".json"):
            yield json.loads(file.read_text(encoding="utf-8"))


def _read(document: dict[str, Any]) -> Places:
    province = Province(**document["province"])
    regency = Regency(**document["regency"], province=province.code)
    districts, villages = [], []
    for row in document["districts"]:
        districts.append(District(row["code"], row["bps"], row["name"], regency.code))
        villages += [
            Village(f"{row['code']}.{number}", None, name, kind, postal, row["code"])
            for number, kind, name, postal in row["villages"]
        ]
    spellings = [OtherSpelling(x["code"], x["written"], tuple(x["seen_in"])) for x in document["other_spellings"]]
    return Places((province,), (regency,), tuple(districts), tuple(villages), tuple(spellings))
