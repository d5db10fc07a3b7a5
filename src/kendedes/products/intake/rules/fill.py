"""Fills one line from the cells of one row, column by column."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from kendedes.base import dates, money, phone, quantities, shares, units, weights
from kendedes.base.told import paragraphs, text
from kendedes.products.intake.reading.cells import Cell, Row, Sheet, letters
from kendedes.products.intake.rules import compare, permits, words
from kendedes.products.intake.rules.columns import REMARK, Column, Columns
from kendedes.products.intake.rules.line import LONGEST, Frame, Line
from kendedes.products.intake.rules.settle import settle
from kendedes.products.permits.rules import is_person_number

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

# What a cell says about its line, when it says nothing else: no note, no remark, no regard to other cells.
Said = tuple[tuple[str, object], ...]
Setter = Callable[[Line, Cell, Column], Said | None]


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


def _short(line: Line, field: str, said: str) -> Said | None:
    """``said`` as it is, unless the field has no room for it."""
    if len(said) <= LONGEST.get(field, 300):
        return ((field, said),)
    line.keep(field, said, "too_long")
    return None


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
    """Knows a sheet's columns: which measure they state, whether shares are parts of one, which formulas they hold.

    Columns repeat themselves (units, prices, villages): what a cell plainly said is remembered, column by column.
    """

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
        self.steps: list[tuple[int, str, Setter, Column, dict[Cell, Said]]] = []
        for column in columns.columns:
            if column.field and column.field not in words.IGNORED:
                self.steps.append((column.index, letters(column.index), self._setter(column), column, {}))
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
        for index, letter, setter, column, remembered in self.steps:
            if index >= width:
                break
            cell = row[index]
            if formulas and (number, index) in formulas:
                line.at = letter
                cell = self._from_formula(line, cell, formulas[number, index], column)
            elif cell == "" or cell is None:
                continue
            a_bool = cell is True or cell is False  # as keys they are 1 and 0
            said = None if a_bool else remembered.get(cell)
            if said is None:
                line.at = letter
                said = setter(line, cell, column)
                if said is None:
                    continue
                if not a_bool:
                    remembered[cell] = said
            for name, value in said:
                setattr(line, name, value)
        line.at = ""
        settle(line)

    @staticmethod
    def _from_formula(line: Line, cell: Cell, formula: str, column: Column) -> Cell:
        """What the sheet showed when it was saved; without that, the formula's own text. Never its result by us."""
        line.note("formula", column.field, text=formula)
        if cell in ("", None) or (column.field in LONGEST and not isinstance(cell, str)):
            return formula
        return cell

    # one setter per kind of column ---------------------------------------------------------------

    @staticmethod
    def words(line: Line, cell: Cell, column: Column) -> Said | None:
        return _short(line, column.field, text(cell))

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
    def _story(line: Line, cell: Cell, column: Column) -> Said | None:
        return _short(line, column.field, paragraphs(cell))

    _story_en = _story

    @staticmethod
    def _producer(line: Line, cell: Cell, column: Column) -> Said | None:
        said = text(cell)
        if _OUTSIDE.search(said):
            line.producer_kind, said = "outside", _OUTSIDE.sub("", said).strip()
            named = _short(line, "producer", said) if said.strip("-–— .") else ()
            return named if named is None else (("producer_kind", "outside"), *named)
        return _short(line, "producer", said) if said.strip("-–— .") else ()

    @staticmethod
    def _producer_kind(line: Line, cell: Cell, column: Column) -> Said | None:
        said = text(cell).casefold()
        if re.match(r"(?:non|bukan|luar|umkm luar|outside|mandiri)\b", said) or "luar" in said:
            return (("producer_kind", "outside"),)
        if "binaan" in said or said in {"ya", "y", "coached", "upk"}:
            return (("producer_kind", "coached"),)
        if said in {"tidak", "bukan", "t", "-"}:
            return (("producer_kind", "outside" if said != "-" else ""),)
        line.keep("producer_kind", text(cell), "not_understood")
        return None

    @staticmethod
    def _code(line: Line, cell: Cell, column: Column) -> Said | None:
        said = text(cell)
        if len(said) > LONGEST["code"]:
            line.keep("code", said, "code_too_long")
            return None
        return (("code", said),) if said.strip("-–— ") else ()

    @staticmethod
    def _unit(line: Line, cell: Cell, column: Column) -> Said | None:
        named, inside = unit_said(text(cell), as_is=line.ours)
        line.contents = line.contents or inside
        if len(named) > LONGEST["unit"]:
            line.keep("unit", text(cell), "too_long")
            return None
        line.unit = named
        return None if inside else (("unit", named),)

    def _contents(self, line: Line, cell: Cell, column: Column) -> Said | None:
        told = weights.contents(cell, column=self.measure)
        if told.value:
            line.contents = told.value
            if told.value.pieces == 1:
                return (("contents", told.value),)
            line.pack_name = line.pack_name or text(cell)
            return None
        if self.ours and (found := re.fullmatch(r"(\d{1,9}) (cm|buah)", text(cell))):
            return (("contents", weights.Contents(int(found[1]), {"cm": "cm", "buah": "pcs"}[found[2]])),)
        if not told.why:
            return ()
        line.keep("contents", told.kept, told.why)
        return None

    @staticmethod
    def _price(line: Line, cell: Cell, column: Column) -> Said | None:
        told = money.price(cell)
        if told.kept:
            if told.value:
                setattr(line, column.field, told.value)
            line.keep(column.field, told.kept, "price_" + told.why if told.why else "")
            return None
        return ((column.field, told.value),) if told.value else ()

    _wholesale = _price

    @staticmethod
    def _price_high(line: Line, cell: Cell, column: Column) -> Said | None:
        told = money.price(cell)
        if told.value and told.value.fixed:
            return ((column.field, told.value.low),)
        if not told.kept:
            return ()
        line.keep(column.field, told.kept, "price_" + (told.why or "not_a_price"))
        return None

    _wholesale_high = _price_high

    @staticmethod
    def _amount(line: Line, cell: Cell, column: Column) -> Said | None:
        told = quantities.quantity(cell)
        said = told.value
        if said and not said.period and said.unit in {"", "buah", line.unit} and said.amount < 2**31:
            setattr(line, column.field, said.amount or None)
            return ((column.field, said.amount or None),) if said.unit in {"", "buah"} else None
        if text(cell) in {"-", "–", "—"}:
            return ()
        line.keep(column.field, text(cell), "not_a_number" if said is None else "other_unit")
        return None

    _minimum_order = _wholesale_minimum = _amount

    @staticmethod
    def _local_scope(line: Line, cell: Cell, column: Column) -> Said | None:
        scope = _SCOPES.get(text(cell).casefold())
        if scope:
            return (("local_scope", scope),)
        line.keep("local_scope", text(cell), "not_understood")
        return None

    def _local_percent(self, line: Line, cell: Cell, column: Column) -> Said | None:
        told = shares.share(cell, fractions=self.fractions)
        if told.value is not None and told.value == int(told.value):
            return (("local_percent", int(told.value)),)
        if told.why or told.value is not None:
            line.keep("local_percent", text(cell), told.why or "uneven")
            return None
        return ()

    def _capacity(self, line: Line, cell: Cell, column: Column) -> Said | None:
        told = quantities.quantity(cell)
        said = told.value
        if (
            said
            and (said.period or self.month) == "month"
            and said.amount < 2**31
            and len(said.unit) <= LONGEST["capacity_unit"]
        ):
            amount = ("capacity", said.amount or None)
            return (amount, ("capacity_unit", said.unit)) if said.unit else (amount,)
        if not told.why and not said:
            return ()
        why = told.why or ("no_period" if not said or not said.period else "other_period")
        line.keep("capacity", text(cell), why)
        return None

    @staticmethod
    def _capacity_unit(line: Line, cell: Cell, column: Column) -> Said:
        return (("capacity_unit", text(cell)[: LONGEST["capacity_unit"]]),)

    def _shelf_life(self, line: Line, cell: Cell, column: Column) -> Said | None:
        return self._days(line, cell, "shelf_life", self.period)

    def _lead_time(self, line: Line, cell: Cell, column: Column) -> Said | None:
        return self._days(line, cell, "lead_time", "hari" if "hari" in column.header.casefold() else "")

    @staticmethod
    def _days(line: Line, cell: Cell, field: str, period: str) -> Said | None:
        told = quantities.days(cell, column=period)
        if told.value is not None:
            return ((field, told.value or None),)
        if not told.why:
            return ()
        line.keep(field, told.kept, told.why)
        return None

    @staticmethod
    def people(line: Line, cell: Cell, column: Column) -> Said | None:
        told = quantities.people(cell)
        if told.value is not None and told.value < 2**31:
            return ((column.field, told.value),)
        if not told.why:
            return ()
        line.keep(column.field, told.kept, told.why)
        return None

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
            if one.kind != "pirt" and is_person_number(one.number):
                line.note("person_number", field)
            elif not line.permits or one not in {p for p, _until in line.permits}:
                line.permits.append((one, ""))
        if told.kept and is_person_number(told.kept):
            line.note("person_number", field)
        elif told.kept:
            line.keep(field, told.kept, "no_number" if told.why == "no_number" else "")

    @staticmethod
    def _permit_until(line: Line, cell: Cell, column: Column) -> Said | None:
        told = dates.day(cell)
        if told.value:
            return (("permit_until", told.value.isoformat()),)
        if not told.why:
            return ()
        line.keep("permit_until", told.kept, told.why)
        return None

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
