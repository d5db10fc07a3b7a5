"""Writes what was judged: all of it or nothing, one entry in the diary for what is new."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.utils.text import slugify

from kendedes.base import names
from kendedes.journal.actions import record
from kendedes.journal.models import Entry, User
from kendedes.network.actions import change_producer, create_producer
from kendedes.network.models import Producer, Region, Unit
from kendedes.products import actions as products
from kendedes.products import rules
from kendedes.products.actions import Pack as PackAsked
from kendedes.products.actions import PriceAsked
from kendedes.products.categories import OTHER, guess_category
from kendedes.products.intake.assess import STORED, Assessment
from kendedes.products.intake.rules import compare
from kendedes.products.intake.rules.judge import Judged, Key, Outcome
from kendedes.products.intake.rules.known import Item, Maker, Pack, PriceSaid
from kendedes.products.intake.rules.line import Line
from kendedes.products.models import Permit, Price, Product, Variant
from kendedes.products.permits.actions import add_permit, change_permit
from kendedes.products.permits.rules import check


@dataclass
class Stored:
    """What an import made. ``products``: by (sheet, row), every row that stands for a stored product."""

    products: dict[Key, int] = field(default_factory=dict)
    created: list[Product] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)
    entry: Entry | None = None


@transaction.atomic
def store(
    *, unit: Unit, assessment: Assessment, at: datetime, by: User | None, subjects: Iterable[models.Model] = ()
) -> Stored:  # fmt: skip
    """Create and change what the verdict says; rows offered or in error stay out. Nothing is stored when one fails."""
    writer = _Writer(unit, assessment, at, by)
    rows = [row for row in assessment.verdict.rows if row.outcome in STORED]
    writer.makers(rows)
    writer.create([row for row in rows if row.item is not None and row.item.pk is None], list(subjects))
    for row in rows:
        if row.outcome == Outcome.CHANGED:
            writer.change(row)
    for row in assessment.verdict.rows:
        if row.item is not None and row.outcome in STORED | {Outcome.UNCHANGED}:
            pk = row.item.pk or writer.made[id(row.item)].pk
            writer.stored.products[row.line.sheet, row.line.row] = pk
    return writer.stored


class _Writer:
    """One import's writing, step by step."""

    def __init__(self, unit: Unit, assessment: Assessment, at: datetime, by: User | None) -> None:
        self.unit, self.known, self.book = unit, assessment.known, assessment.book
        self.at, self.by = at, by
        self.stored = Stored()
        self.made: dict[int, Product] = {}
        self.producers: dict[int, Producer] = {}
        rows = Product.objects.filter(association_id=unit.association_id)
        self.codes = set(rows.values_list("code", flat=True))
        self.slugs = set(rows.values_list("slug", flat=True))
        self.next = 0

    def makers(self, rows: Iterable[Judged]) -> None:
        """Producers the rows need: new ones made, known ones changed where the sheet says something else."""
        wanted = {id(row.maker): row.maker for row in rows if row.maker is not None}
        known = Producer.objects.in_bulk([m.pk for m in wanted.values() if m.pk is not None])
        villages = Region.objects.in_bulk([m.village for m in wanted.values() if m.pk is None])
        for maker in wanted.values():
            if maker.pk is not None:
                self.producers[id(maker)] = change_producer(
                    producer=known[maker.pk], at=self.at, by=self.by, **maker.fresh
                )
            else:
                self.producers[id(maker)] = create_producer(
                    association=self.unit.association, unit=self.unit, village=villages[maker.village],
                    name=maker.name, at=self.at, by=self.by, **maker.fresh,
                )  # fmt: skip

    # new products, many at once ----------------------------------------------------------------------

    def create(self, rows: list[Judged], subjects: list[models.Model]) -> None:
        """Every new product with its packs, prices and permits; one diary entry about all of them."""
        groups: dict[int, list[Judged]] = {}
        for row in rows:
            groups.setdefault(id(row.item), []).append(row)
        other = products.ensure_categories()[OTHER].pk if any(r.category is None for r in rows) else 0
        made = []
        for key, group in groups.items():
            first = group[0]
            if first.item is not None and first.maker is not None:
                self.made[key] = self._product(
                    first.item, first.maker, group, first.category or self._guessed(first.line.name) or other
                )
                made.append(self.made[key])
        Product.objects.bulk_create(made, batch_size=500)
        facts = {
            "file": self.book.name, "sha256": self.book.sha256, "unit": self.unit.code,
            "created": [p.code for p in made],
        }  # fmt: skip
        if made or subjects:
            entry = record(
                deed="import.store", at=self.at, by=self.by, subjects=[self.unit, *subjects, *made], facts=facts
            )
            self.stored.entry = entry
            self._packs(groups, entry)
        self.stored.created = made

    def _guessed(self, name: str) -> int | None:
        """The category the leading noun of a name means."""
        return self.known.categories.get(names.key(guess_category(name) or "-"))

    def _product(self, item: Item, maker: Maker, group: list[Judged], category: int) -> Product:
        code = item.code or self._free_code()
        self.codes.add(code)
        fields: dict[str, Any] = {}
        remarks: list[dict[str, str]] = []
        for row in group:
            for name, value in compare.product_fields(row.line).items():
                fields.setdefault(name, value)
            remarks += self._remarks(row.line, remarks)
        return Product(
            association_id=self.unit.association_id, producer=self.producers[id(maker)], category_id=category,
            code=code, slug=self._slug(item.name, code), name_id=item.name, remarks=remarks,
            created_at=self.at, changed_at=self.at, **fields,
        )  # fmt: skip

    def _free_code(self) -> str:
        if not self.next:
            own = {c for c in self.codes if c.startswith(self.unit.code + "-")}
            self.next = int(rules.next_code(self.unit.code, own).rpartition("-")[2])
        while (code := f"{self.unit.code}-{self.next:04d}") in self.codes:
            self.next += 1
        return code

    def _slug(self, name: str, code: str) -> str:
        base = slug = f"{slugify(name)[:120] or 'produk'}-{slugify(code) or 'x'}"
        number = 2
        while slug in self.slugs:
            slug, number = f"{base}-{number}", number + 1
        self.slugs.add(slug)
        return slug

    def _remarks(self, line: Line, present: list[dict[str, str]]) -> list[dict[str, str]]:
        have = {(r["field"], r["text"]) for r in present}
        result = []
        for of, text in dict.fromkeys(line.remarks):
            if (of, text) not in have:
                cell = line.cell(of or "remark") or line.cell("+" + of)
                result.append(
                    {"field": of, "text": text, "source": f"{self.book.name} · {line.sheet} · {cell or line.row}"}
                )
        return result

    def _packs(self, groups: dict[int, list[Judged]], entry: Entry) -> None:
        variants: list[Variant] = []
        asked: list[tuple[Variant, Pack]] = []
        permits: list[Permit] = []
        for key, group in groups.items():
            product = self.made[key]
            for number, row in enumerate(group):
                said = compare.pack_of(row.line)
                variant = Variant(
                    product=product, code=said.code or variant_code(product.code, number), name=said.name,
                    unit=said.unit, net_value=said.net[0] if said.net else None, net_unit=said.net[1] if said.net else "",
                    barcode=said.barcode, position=number,
                )  # fmt: skip
                variants.append(variant)
                asked.append((variant, said))
            own = {(p.kind, p.number): p for row in group for p in self._permits(product, row.line)}
            permits += own.values()
        Variant.objects.bulk_create(variants, batch_size=500)
        prices = [
            Price(variant=variant, kind=kind, low=p[0], high=p[1], minimum=p[2], valid_from=self.at, entry=entry)
            for variant, said in asked
            for kind, p in ((Price.Kind.RETAIL, said.retail), (Price.Kind.WHOLESALE, said.wholesale))
            if p is not None
        ]
        Price.objects.bulk_create(prices, batch_size=500)
        Permit.objects.bulk_create(permits, batch_size=500)

    def _permits(self, product: Product, line: Line) -> list[Permit]:
        """Permits of one new product as rows to be written; those of the whole producer are added at once."""
        result: dict[tuple[str, str], Permit] = {}
        for permit, until in line.permits:
            end = date.fromisoformat(until) if until else None
            if permit.of_producer:
                add_permit(
                    producer=product.producer,
                    kind=permit.kind,
                    number=permit.number,
                    valid_until=end,
                    at=self.at,
                    by=self.by,
                )
                continue
            end = end or check(permit.kind, permit.number, self.at.date()).valid_until
            key = (permit.kind, permit.number)
            result.setdefault(
                key,
                Permit(
                    producer=product.producer, product=product, kind=permit.kind, number=permit.number, valid_until=end
                ),
            )
        return list(result.values())

    # stored products, one by one ---------------------------------------------------------------------

    def change(self, row: Judged) -> None:
        """Take over what the row says; every step is one of the products' own deeds."""
        if row.item is None or row.item.pk is None:
            return
        line = row.line
        product = Product.objects.select_related("producer").get(pk=row.item.pk)
        fields = compare.product_fields(line)
        if line.ours and line.name != product.name_id:
            fields["name_id"] = line.name
        if "category" in row.changes and row.category is not None:
            fields["category_id"] = row.category
        fresh = self._remarks(line, product.remarks)
        if fresh:
            fields["remarks"] = [*product.remarks, *fresh]
        product = products.change_product(product=product, at=self.at, by=self.by, **fields)
        if {"pack", "name", "unit", "net", "barcode", "price", "wholesale"} & set(row.changes):
            products.put_pack(product=product, pack=_asked(compare.pack_of(line), row.pack), at=self.at, by=self.by)
        if "permit" in row.changes:
            self._change_permits(product, row)
        self.stored.changed.append(product.pk)

    def _change_permits(self, product: Product, row: Judged) -> None:
        """A number not there yet is added, another last day taken over; nothing is ended because a cell is empty."""
        stored = row.item.permits if row.item is not None else {}
        for permit, until in row.line.permits:
            end = date.fromisoformat(until) if until else None
            if (permit.kind, permit.number) not in stored:
                add_permit(
                    producer=product.producer, product=None if permit.of_producer else product, kind=permit.kind,
                    number=permit.number, valid_until=end, at=self.at, by=self.by,
                )  # fmt: skip
            elif end and stored[permit.kind, permit.number] != until:
                same = Permit.objects.filter(
                    producer=product.producer, kind=permit.kind, number=permit.number, ended_on=None
                )
                for one in same.filter(models.Q(product=product) | models.Q(product=None)):
                    change_permit(permit=one, valid_until=end, at=self.at, by=self.by)


def variant_code(product_code: str, number: int) -> str:
    """``SGS-0012A`` for the first pack, as ``products.actions`` gives it."""
    return f"{product_code}{chr(65 + number)}" if number < 26 else f"{product_code}Z{number}"


def _asked(said: Pack, stored: Pack | None) -> PackAsked:
    """The pack as ``put_pack`` wants it: what the row leaves open stays as stored."""
    net = said.net or (stored.net if stored else None)
    return PackAsked(
        code=stored.code if stored else said.code,
        name=said.name or (stored.name if stored else ""),
        unit=said.unit or (stored.unit if stored else ""),
        net_value=net[0] if net else None,
        net_unit=net[1] if net else "",
        barcode=said.barcode or (stored.barcode if stored else ""),
        retail=_price(said.retail, None),
        wholesale=_price(said.wholesale, stored.wholesale if stored else None),
    )


def _price(said: PriceSaid | None, stored: PriceSaid | None) -> PriceAsked | None:
    if said is None:
        return None
    return PriceAsked(said[0], said[1], said[2] if said[2] is not None else (stored[2] if stored else None))
