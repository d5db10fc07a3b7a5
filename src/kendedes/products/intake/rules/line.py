"""One row as a person meant it: each value sure, or kept as a remark with the cell it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kendedes.base.money import Price
from kendedes.base.phone import Phone
from kendedes.base.weights import Contents
from kendedes.products.intake.rules.permits import PermitSaid

LONGEST = {
    "name": 120, "name_en": 120, "code": 20, "producer": 120, "village": 80, "address": 200, "materials": 300,
    "unit": 20, "pack_code": 24, "pack_name": 80, "story": 3000, "story_en": 3000, "contact_name": 80,
    "capacity_unit": 20, "category": 60,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Note:
    """Something a person should know about a cell: a lasting ``code``, the ``cell`` (``C7`` or empty), its facts."""

    code: str
    cell: str = ""
    facts: Mapping[str, str | int] = field(default_factory=dict)
    error: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """What all lines of a sheet share. ``letters``: field → letter of its column. ``ours``: an export of this program.

    ``direct`` and ``of_maker``: which fields its columns can fill, with their names in the product's and producer's table.
    """

    letters: Mapping[str, str]
    ours: bool
    direct: tuple[tuple[str, str], ...]
    of_maker: tuple[tuple[str, str], ...]


class Line:
    """One row that holds a product, or should. Empty means the sheet says nothing; ``row`` counts from 1.

    A plain class whose defaults stand on the class: a row fills a third of its fields, and rows come by thousands.
    """

    name: str = ""
    key: str = ""  # of the name, once it was compared with what is stored
    stem: str = ""  # the same without measures, when it had to be known
    name_en: str = ""
    code: str = ""
    category: str = ""
    producer: str = ""
    producer_kind: str = ""
    village: str = ""
    address: str = ""
    district: str = ""
    unit: str = ""
    contents: Contents | None = None
    pack_code: str = ""
    pack_name: str = ""
    barcode: str = ""
    price: Price | None = None
    price_high: int | None = None
    wholesale: Price | None = None
    wholesale_high: int | None = None
    wholesale_minimum: int | None = None
    materials: str = ""
    local_percent: int | None = None
    local_scope: str = ""
    capacity: int | None = None
    capacity_unit: str = ""
    shelf_life: int | None = None
    minimum_order: int | None = None
    lead_time: int | None = None
    story: str = ""
    story_en: str = ""
    permit_until: str = ""
    phones: tuple[Phone, ...] = ()
    contact_name: str = ""
    members_m: int | None = None
    members_f: int | None = None
    workers_m: int | None = None
    workers_f: int | None = None
    at: str = ""  # letter of the cell being read
    wrong: bool = False  # some note is an error
    skipped: str = ""  # total, header, heading, footer, left_out: no product at all

    def __init__(self, sheet: str, row: int, frame: Frame) -> None:
        self.sheet = sheet
        self.row = row
        self.letters = frame.letters
        self.ours = frame.ours
        self.direct = frame.direct
        self.of_maker = frame.of_maker
        self.permits: list[tuple[PermitSaid, str]] = []  # with valid-until as ISO day or empty
        self.photos: list[str] = []
        self.remarks: list[tuple[str, str]] = []
        self.notes: list[Note] = []

    def note(self, code: str, of: str = "", /, **facts: str | int) -> None:
        """Add a note about the cell of field ``of``."""
        self.notes.append(Note(code, self.cell(of), facts))

    def error(self, code: str, of: str = "", /, **facts: str | int) -> None:
        """The same, and the row stays out until it is mended."""
        self.notes.append(Note(code, self.cell(of), facts, error=True))
        self.wrong = True

    def cell(self, of: str) -> str:
        """The address of the cell being read, else of field ``of`` in this row; empty when the sheet has no such column."""
        letter = self.at or self.letters.get(of, "")
        return f"{letter}{self.row}" if letter else ""

    def keep(self, of: str, kept: str, code: str = "") -> None:
        """Keep words nobody can be sure about as a remark of the product."""
        self.remarks.append((of, kept))
        if code:
            self.note(code, of, text=kept)
