"""Fills one line from the cells of one row, column by column."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from kendedes.base import dates, money, phone, quantities, shares, units, weights
from kendedes.base.format import rupiah
from kendedes.base.told import paragraphs, text
from kendedes.products.intake.reading.cells import Cell, Row, Sheet, letters
from kendedes.products.intake.rules import compare, permits, words
from kendedes.products.intake.rules.columns import REMARK, Column, Columns
from kendedes.products.intake.rules.line import Frame, Line
from kendedes.products.permits.rules import is_person_number

LONGEST = {
    "name": 120, "name_en": 120, "code": 20, "producer": 120, "village": 80, "address": 200, "materials": 300,
    "unit": 20, "pack_code": 24, "pack_name": 80, "story": 3000, "story_en": 3000, "contact_name": 80,
    "capacity_unit": 20, "category": 60,
}  # fmt: skip
PERMIT_KINDS = frozenset({"pirt", "halal", "bpom", "nib", "merek", "sni"})
_PHOTO_SPLIT = re.compile(r"\s*[;|\n]\s*|,\s*(?=\S)")
_OUTSIDE = re.compile(
    r"\s*[(\[]\s*(?:non|bukan|luar)\s*binaan\s*[)\]]|\bnon[ -]binaan\b|\bluar binaan\b", re.IGNORECASE
)
_LEAST = re.compile(r"(?:pesan|order|pemesanan|pembelian|beli)\w*\s+min\w*\.?\s*(\d{1,6})\b", re.IGNORECASE)
_KEEPS = re.compile(
    r"(?:masa simpan|daya tahan|tahan)\s*:?\s*(\d{1,4} ?(?:hari|hr|minggu|mgg|bulan|bln|tahun|thn))\b", re.IGNORECASE
)
_FIELD_REMARK = re.compile(r"\[([a-z_]{0,24})\] ?(.*)", re.DOTALL)
_SCOPES = {
    "desa": "village",
    "village": "village",
    "kecamatan": "district",
    "district": "district",
    "kabupaten": "regency",
    "regency": "regency",
}

Setter = Callable[[Line, Cell, Column], None]


@lru_cache(maxsize=4096)
def unit_said(said: str, *, as_is: bool) -> tuple[str, weights.Contents | None]:
    """A unit's usual word, and the contents that stand beside it: ``bks 200 g``."""
    found = weights.IN_TEXT.search(said) if weights.names_measure(said) else None
    inside = weights.contents(found[1]).value if found else None
    if found and inside:
        said = (said[: found.start()] + said[found.end() :]).strip(" /.,@()")
    if said in {"-", "–"}:
        said = ""
    return (said if as_is else units.unit(said)), inside


def _frame(columns: Columns, *, ours: bool) -> Frame:
    present = {c.field for c in columns.columns}
    if "remark" in present:
        present |= {"shelf_life", "minimum_order"}
    if "capacity" in present:
        present.add("capacity_unit")
    if "producer" in present:
        present.add("producer_kind")
    if "phone" in present:
        present.add("contact_name")
    return Frame(
        {"+" + c.header if c.field == REMARK else c.field: letters(c.index) for c in reversed(columns.columns)},
        ours,
        tuple(pair for pair in compare.DIRECT if pair[0] in present),
        tuple(pair for pair in compare.OF_MAKER if pair[0] in present),
    )


class Filler:
    """Knows a sheet's columns: which measure they state, whether shares are parts of one, which formulas they hold."""

    def __init__(self, sheet: Sheet, columns: Columns) -> None:
        fields = columns.fields
        self.ours = "pack_code" in fields
        self.formulas = sheet.formulas
        self.name_at = fields["name"].index
        self.name_header = fields["name"].header.casefold().strip()
        self.by_index = {c.index: c.field for c in columns.columns}
        self.frame = _frame(columns, ours=self.ours)
        self.measure = self.month = self.period = ""
        self.fractions = False
        self.steps: list[tuple[int, str, Setter, Column]] = []
        for column in columns.columns:
            if column.field and column.field not in words.IGNORED:
                self.steps.append((column.index, letters(column.index), self._setter(column), column))
                self._learn(column, sheet, columns.first)

    def _learn(self, column: Column, sheet: Sheet, first: int) -> None:
        """What the column's name or its other cells say about a bare number in it."""
        header = column.header.casefold()
        if column.field == "contents":
            self.measure = weights.measure_named(column.header)
        elif column.field == "capacity":
            self.month = "month" if re.search(r"bln|bulan|month", header) else ""
        elif column.field == "shelf_life":
            found = re.search(r"\b(hari|hr|bulan|bln|minggu|tahun)\b", header)
            self.period = found[1] if found else ""
        elif column.field == "local_percent":
            at = column.index
            self.fractions = shares.speaks_in_fractions(row[at] for row in sheet.rows[first:] if at < len(row))

    def _setter(self, column: Column) -> Setter:
        if column.field == REMARK:
            return self.unknown
        if column.field in PERMIT_KINDS:
            return self.permit_of_kind
        if column.field in {"members_m", "members_f", "workers_m", "workers_f"}:
            return self.people
        special: Setter | None = getattr(self, "_" + column.field, None)
        return special or self.words

    def fill(self, line: Line, row: Row, number: int) -> None:
        """Read every cell of ``row`` into ``line``, then settle what needs several cells."""
        width = len(row)
        formulas = self.formulas
        for index, letter, setter, column in self.steps:
            if index >= width:
                break
            cell = row[index]
            if (cell == "" or cell is None) and not (formulas and (number, index) in formulas):
                continue
            line.at = letter
            if formulas and (number, index) in formulas:
                cell = self._from_formula(line, cell, formulas[number, index], column)
            setter(line, cell, column)
        line.at = ""
        self._settle(line)

    @staticmethod
    def _from_formula(line: Line, cell: Cell, formula: str, column: Column) -> Cell:
        """What the sheet showed when it was saved; without that, the formula's own text. Never its result by us."""
        line.note("formula", column.field, text=formula)
        if cell in ("", None) or (column.field in LONGEST and not isinstance(cell, str)):
            return formula
        return cell

    # one setter per kind of column ---------------------------------------------------------------

    @staticmethod
    def words(line: Line, cell: Cell, column: Column) -> None:
        said = text(cell)
        if len(said) > LONGEST.get(column.field, 300):
            line.keep(column.field, said, "too_long")
        else:
            setattr(line, column.field, said)

    @staticmethod
    def unknown(line: Line, cell: Cell, column: Column) -> None:
        said = (
            dates.written(told)
            if (told := dates.day(cell).value) and not isinstance(cell, str | int | float)
            else text(cell)
        )
        if said and said not in {"-", "–", "—"}:
            line.remarks.append((column.header[:40], said))

    @staticmethod
    def _story(line: Line, cell: Cell, column: Column) -> None:
        said = paragraphs(cell)
        if len(said) > LONGEST[column.field]:
            line.keep(column.field, said, "too_long")
        else:
            setattr(line, column.field, said)

    _story_en = _story

    @staticmethod
    def _producer(line: Line, cell: Cell, column: Column) -> None:
        said = text(cell)
        if _OUTSIDE.search(said):
            line.producer_kind, said = "outside", _OUTSIDE.sub("", said).strip()
        if len(said) > LONGEST["producer"]:
            line.keep("producer", said, "too_long")
        elif said.strip("-–— ."):
            line.producer = said

    @staticmethod
    def _producer_kind(line: Line, cell: Cell, column: Column) -> None:
        said = text(cell).casefold()
        if re.match(r"(?:non|bukan|luar|umkm luar|outside|mandiri)\b", said) or "luar" in said:
            line.producer_kind = "outside"
        elif "binaan" in said or said in {"ya", "y", "coached", "upk"}:
            line.producer_kind = "coached"
        elif said in {"tidak", "bukan", "t", "-"}:
            line.producer_kind = "outside" if said != "-" else ""
        else:
            line.keep("producer_kind", text(cell), "not_understood")

    @staticmethod
    def _code(line: Line, cell: Cell, column: Column) -> None:
        said = text(cell)
        if len(said) > LONGEST["code"]:
            line.keep("code", said, "code_too_long")
        elif said.strip("-–— "):
            line.code = said

    @staticmethod
    def _unit(line: Line, cell: Cell, column: Column) -> None:
        named, inside = unit_said(text(cell), as_is=line.ours)
        line.contents = line.contents or inside
        if len(named) > LONGEST["unit"]:
            line.keep("unit", text(cell), "too_long")
        else:
            line.unit = named

    def _contents(self, line: Line, cell: Cell, column: Column) -> None:
        told = weights.contents(cell, column=self.measure)
        if told.value:
            line.contents = told.value
            if told.value.pieces > 1 and not line.pack_name:
                line.pack_name = text(cell)
        elif self.ours and (found := re.fullmatch(r"(\d{1,9}) (cm|buah)", text(cell))):
            line.contents = weights.Contents(int(found[1]), {"cm": "cm", "buah": "pcs"}[found[2]])
        elif told.why:
            line.keep("contents", told.kept, told.why)

    @staticmethod
    def _price(line: Line, cell: Cell, column: Column) -> None:
        told = money.price(cell)
        if told.value:
            setattr(line, column.field, told.value)
        if told.kept:
            line.keep(column.field, told.kept, "price_" + told.why if told.why else "")

    _wholesale = _price

    @staticmethod
    def _price_high(line: Line, cell: Cell, column: Column) -> None:
        told = money.price(cell)
        if told.value and told.value.fixed:
            setattr(line, column.field, told.value.low)
        elif told.kept:
            line.keep(column.field, told.kept, "price_" + (told.why or "not_a_price"))

    _wholesale_high = _price_high

    @staticmethod
    def _amount(line: Line, cell: Cell, column: Column) -> None:
        told = quantities.quantity(cell)
        if (
            told.value
            and not told.value.period
            and told.value.unit in {"", "buah", line.unit}
            and told.value.amount < 2**31
        ):
            setattr(line, column.field, told.value.amount or None)
        elif text(cell) not in {"-", "–", "—"}:
            line.keep(column.field, text(cell), "not_a_number" if told.value is None else "other_unit")

    _minimum_order = _wholesale_minimum = _amount

    @staticmethod
    def _local_scope(line: Line, cell: Cell, column: Column) -> None:
        scope = _SCOPES.get(text(cell).casefold())
        if scope:
            line.local_scope = scope
        else:
            line.keep("local_scope", text(cell), "not_understood")

    def _local_percent(self, line: Line, cell: Cell, column: Column) -> None:
        told = shares.share(cell, fractions=self.fractions)
        if told.value is not None and told.value == int(told.value):
            line.local_percent = int(told.value)
        elif told.why or told.value is not None:
            line.keep("local_percent", text(cell), told.why or "uneven")

    def _capacity(self, line: Line, cell: Cell, column: Column) -> None:
        told = quantities.quantity(cell)
        said = told.value
        if (
            said
            and (said.period or self.month) == "month"
            and said.amount < 2**31
            and len(said.unit) <= LONGEST["capacity_unit"]
        ):
            line.capacity = said.amount or None
            line.capacity_unit = said.unit or line.capacity_unit
        elif told.why or said:
            line.keep(
                "capacity", text(cell), told.why or ("no_period" if not said or not said.period else "other_period")
            )

    @staticmethod
    def _capacity_unit(line: Line, cell: Cell, column: Column) -> None:
        line.capacity_unit = text(cell)[: LONGEST["capacity_unit"]]

    def _shelf_life(self, line: Line, cell: Cell, column: Column) -> None:
        self._days(line, cell, "shelf_life", self.period)

    def _lead_time(self, line: Line, cell: Cell, column: Column) -> None:
        self._days(line, cell, "lead_time", "hari" if "hari" in column.header.casefold() else "")

    @staticmethod
    def _days(line: Line, cell: Cell, field: str, period: str) -> None:
        told = quantities.days(cell, column=period)
        if told.value is not None:
            setattr(line, field, told.value or None)
        elif told.why:
            line.keep(field, told.kept, told.why)

    @staticmethod
    def people(line: Line, cell: Cell, column: Column) -> None:
        told = quantities.people(cell)
        if told.value is not None and told.value < 2**31:
            setattr(line, column.field, told.value)
        elif told.why:
            line.keep(column.field, told.kept, told.why)

    @staticmethod
    def _phone(line: Line, cell: Cell, column: Column) -> None:
        told = phone.phones(cell)
        for one in told.value or ():
            if one.number not in {p.number for p in line.phones}:
                line.phones += (one,)
            if one.name and not line.contact_name:
                line.contact_name = one.name[: LONGEST["contact_name"]]
        if told.kept:
            line.keep("phone", told.kept, told.why)

    def _permit(self, line: Line, cell: Cell, column: Column) -> None:
        for part in paragraphs(cell).splitlines():
            one = permits.from_export(part) if self.ours else None
            if one:
                line.permits.append(one)
            else:
                self._permits(line, part, "", "permit")

    def permit_of_kind(self, line: Line, cell: Cell, column: Column) -> None:
        self._permits(line, text(cell), column.field, column.field)

    @staticmethod
    def _permits(line: Line, said: str, kind: str, field: str) -> None:
        told = permits.permits(said, kind)
        for one in told.value or ():
            if is_person_number(one.number) and one.kind != "pirt":
                line.note("person_number", field)
            elif one not in {p for p, _until in line.permits}:
                line.permits.append((one, ""))
        if told.kept and is_person_number(told.kept):
            line.note("person_number", field)
        elif told.kept:
            line.keep(field, told.kept, "no_number" if told.why == "no_number" else "")

    @staticmethod
    def _permit_until(line: Line, cell: Cell, column: Column) -> None:
        told = dates.day(cell)
        if told.value:
            line.permit_until = told.value.isoformat()
        elif told.why:
            line.keep("permit_until", told.kept, told.why)

    @staticmethod
    def _photo(line: Line, cell: Cell, column: Column) -> None:
        for name in _PHOTO_SPLIT.split(str(cell)):
            tidy = text(name.replace("\\", "/").rpartition("/")[2])
            if tidy and tidy not in {"-", "–", "ada", "belum", "belum ada"} and tidy not in line.photos:
                line.photos.append(tidy[:200])

    def _remark(self, line: Line, cell: Cell, column: Column) -> None:
        if self.ours:
            for part in str(cell).splitlines():
                found = _FIELD_REMARK.fullmatch(part.strip())
                line.remarks.append((found[1], found[2]) if found else ("", part.strip()))
            return
        said = text(cell)
        if said in {"-", "–", "—"}:
            return
        line.remarks.append(("", said))
        line.permits += [(one, "") for one in permits.in_remark(said) if one not in {p for p, _u in line.permits}]
        if found := _LEAST.search(said):
            line.minimum_order = line.minimum_order or int(found[1]) or None
        if found := _KEEPS.search(said):
            line.shelf_life = line.shelf_life or quantities.days(found[1]).value

    # what several cells say together --------------------------------------------------------------

    def _settle(self, line: Line) -> None:
        if line.price_high is not None:
            self._range(line, "price", "price_high")
        if line.wholesale_high is not None:
            self._range(line, "wholesale", "wholesale_high")
        if line.wholesale_minimum is not None and line.wholesale is None:
            line.keep("wholesale_minimum", str(line.wholesale_minimum))
        if line.price and line.price.per:
            self._unit_of_price(line)
        if line.permit_until:
            self._until(line)
        if line.contents is None and not line.ours and weights.names_measure(line.name):
            inside = weights.IN_TEXT.findall(line.name)
            if len(inside) == 1:
                line.contents = weights.contents(inside[0]).value

    @staticmethod
    def _range(line: Line, low: str, high: str) -> None:
        top: int | None = getattr(line, high)
        bottom: Any = getattr(line, low)
        if top is None:
            return
        if bottom and bottom.fixed and top >= bottom.low:
            setattr(line, low, money.Price(bottom.low, top, bottom.per))
        else:
            line.keep(high, rupiah(top), "price_backwards")

    @staticmethod
    def _unit_of_price(line: Line) -> None:
        """``38.500/pack`` says the unit, unless the unit's own column says another."""
        if line.price is None:
            return
        if not line.unit and len(line.price.per) <= LONGEST["unit"]:
            line.unit = line.price.per
        elif line.unit != line.price.per:
            line.keep("price", f"{rupiah(line.price.low)}/{line.price.per}", "price_other_unit")
            line.price = None

    @staticmethod
    def _until(line: Line) -> None:
        """A date belongs to the only permit, or to the P-IRT whose last digits name its year."""
        year = line.permit_until[2:4]
        fits = [i for i, (p, _u) in enumerate(line.permits) if p.kind == "pirt" and p.number.endswith(year)]
        if len(line.permits) == 1:
            fits = [0]
        if len(fits) == 1:
            line.permits[fits[0]] = (line.permits[fits[0]][0], line.permit_until)
        else:
            line.keep("permit_until", line.permit_until, "until_which")
