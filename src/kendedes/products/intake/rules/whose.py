"""Whether a file is this unit's at all: what its titles say, and where its villages lie."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kendedes.base.told import text
from kendedes.products.intake.reading.cells import Book, address
from kendedes.products.intake.rules.columns import Columns
from kendedes.products.intake.rules.line import Line
from kendedes.products.intake.rules.places import Places


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The kecamatan the file belongs to and where that is said."""

    district: str
    where: str


def other_unit(book: Book, mapped: Sequence[Columns], lines: Iterable[Line], places: Places) -> Elsewhere | None:
    """Another kecamatan the file certainly belongs to; None when it may be this unit's."""
    return _by_titles(book, mapped, places) or _by_places(lines, places)


def _by_titles(book: Book, mapped: Sequence[Columns], places: Places) -> Elsewhere | None:
    found: dict[str, str] = {}
    headers = {columns.sheet: columns.header for columns in mapped}
    for sheet in book.sheets:
        for number, row in enumerate(sheet.rows[: headers.get(sheet.name, 0)]):
            for column, cell in enumerate(row):
                if isinstance(cell, str) and cell and (code := places.in_title(text(cell))):
                    found.setdefault(code, f"‘{sheet.name}’ {address(number, column)}")
    if found and places.district not in found:
        code, where = next(iter(found.items()))
        return Elsewhere(places.districts[code][0], where)
    return None


def _by_places(lines: Iterable[Line], places: Places) -> Elsewhere | None:
    """Most rows name a village or kecamatan, none of ours, and one other kecamatan has them all."""
    here, nowhere = 0, 0
    there: Counter[str] = Counter()
    first: dict[str, str] = {}
    for line in lines:
        if line.skipped or not (line.village or line.address or line.district):
            continue
        named = places.district_named(line.district) if line.district else None
        if named and named != places.district:
            names: tuple[str, ...] = (places.districts[named][0],)
        else:
            found = places.village(line.village or line.address, address=not line.village)
            names = () if found.village else found.elsewhere
            here += found.village is not None
            nowhere += found.village is None and not names
        for name in names:
            there[name] += 1
            first.setdefault(
                name,
                f"‘{line.sheet}’ {line.cell('district' if line.district else 'village' if line.village else 'address')}",
            )
    if not there:
        return None
    name, times = there.most_common(1)[0]
    rows = here + nowhere + max(there.values())
    if times >= 2 and times * 5 >= rows * 4 and here * 5 <= rows:
        return Elsewhere(name, first[name])
    return None
