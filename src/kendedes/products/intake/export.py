"""A unit's products as a sheet that imports again without loss, and rows in error as a sheet to mend.

Every text is written as text, whatever it starts with; phones and codes too. What no column holds is in ``Catatan``.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import xlsxwriter

from kendedes.base.format import phone
from kendedes.network.models import Unit
from kendedes.products.intake.reading.cells import Book
from kendedes.products.intake.rules.columns import Columns
from kendedes.products.intake.rules.permits import PermitSaid, exported
from kendedes.products.models import Permit, Photo, Price, Product, Variant

Value = str | int | None
_SCOPES = {"village": "desa", "district": "kecamatan", "regency": "kabupaten"}
_KINDS = {"coached": "binaan", "outside": "luar binaan"}
_NET = {"g": "g", "ml": "ml", "pcs": "buah", "cm": "cm"}

# header (one that the intake knows), width, whether it is personal (left out without the right to see it)
COLUMNS: list[tuple[str, int, bool]] = [
    ("Kode", 12, False), ("Nama produk", 34, False), ("Nama produk (Inggris)", 30, False), ("Kategori", 20, False),
    ("Nama kelompok", 28, False), ("Desa", 18, False), ("Jenis produsen", 14, False), ("Kode kemasan", 13, False),
    ("Nama kemasan", 18, False), ("Satuan", 11, False), ("Isi bersih", 11, False), ("Harga eceran", 13, False),
    ("Harga ecer sampai", 13, False), ("Harga grosir", 13, False), ("Harga grosir sampai", 13, False),
    ("Min grosir", 10, False), ("Bahan baku", 30, False), ("Kandungan lokal (%)", 12, False),
    ("Asal bahan lokal", 14, False), ("Kapasitas per bulan", 12, False), ("Satuan kapasitas", 12, False),
    ("Masa simpan (hari)", 12, False), ("Pesanan minimum", 12, False), ("Waktu pengerjaan (hari)", 14, False),
    ("Izin & sertifikat", 34, False), ("Barcode", 15, False), ("Cerita", 50, False), ("Cerita (Inggris)", 50, False),
    ("Foto", 26, False), ("Catatan", 40, False), ("Status", 14, False), ("Telp", 22, True), ("Nama kontak", 20, True),
    ("Alamat", 30, True), ("Anggota L", 9, False), ("Anggota P", 9, False), ("Tenaga kerja L", 9, False),
    ("Tenaga kerja P", 9, False),
]  # fmt: skip
MEND = "Yang perlu diperbaiki"


@dataclass(frozen=True)
class Exported:
    """The file's bytes and what is in it."""

    data: bytes
    products: int
    rows: int


def unit_sheet(unit: Unit, *, personal: bool) -> Exported:
    """Every product of ``unit`` that is still made, a row for each pack; ``personal``: with phones and addresses."""
    columns = [c for c in COLUMNS if personal or not c[2]]
    rows, products = [], 0
    for product, packs in _read(unit):
        products += 1
        rows += [_row(product, pack) for pack in packs]
    table = [[row[header] for header, _width, _own in columns] for row in rows]
    return Exported(_workbook(unit.district.name, columns, table), products, len(rows))


def _read(unit: Unit) -> Iterable[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Products with their packs as plain dictionaries, in five queries whatever their number."""
    mine = {"product__producer__unit": unit}
    prices: dict[tuple[int, str], tuple[Value, Value, Value]] = {}
    for variant, kind, low, high, least in (
        Price.objects.filter(variant__product__producer__unit=unit)
        .order_by("id")
        .values_list("variant_id", "kind", "low", "high", "minimum")
    ):
        prices[variant, kind] = (low, high, least)
    packs: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for pack in Variant.objects.filter(**mine, ended_on=None).order_by("product", "position", "id").values():
        known: dict[str, Any] = dict(pack)
        known["retail"] = prices.get((pack["id"], Price.Kind.RETAIL), (None, None, None))
        known["wholesale"] = prices.get((pack["id"], Price.Kind.WHOLESALE), (None, None, None))
        packs[pack["product_id"]].append(known)
    photos: dict[int, list[str]] = defaultdict(list)
    for product_id, name in (
        Photo.objects.filter(**mine, removed_at=None)
        .order_by("position", "id")
        .values_list("product_id", "source_name")
    ):
        if name:
            photos[product_id].append(name)
    own: dict[int, list[str]] = defaultdict(list)
    whole: dict[int, list[str]] = defaultdict(list)
    for permit in Permit.objects.filter(producer__unit=unit, ended_on=None).order_by("kind", "number", "id"):
        said = exported(PermitSaid(permit.kind, permit.number, permit.product_id is None), permit.valid_until)
        if permit.product_id is None:
            whole[permit.producer_id].append(said)
        else:
            own[permit.product_id].append(said)
    empty: dict[str, Any] = {"code": "", "name": "", "unit": "", "net_value": None, "net_unit": "", "barcode": ""}
    empty |= {"retail": (None, None, None), "wholesale": (None, None, None)}
    rows = Product.objects.filter(producer__unit=unit).exclude(state=Product.State.DISCONTINUED)
    for product in rows.select_related("producer__village", "category").order_by("producer__name", "code"):
        yield {
            "product": product, "photos": photos[product.pk], "permits": own[product.pk] + whole[product.producer_id],
        }, packs[product.pk] or [empty]  # fmt: skip


def _row(found: Mapping[str, Any], pack: Mapping[str, Any]) -> dict[str, Value]:
    product: Product = found["product"]
    maker = product.producer
    first = pack.get("position", 0) == 0 or not pack["code"]
    remarks = "\n".join(f"[{_tag(r['field'])}] {r['text']}" for r in product.remarks)
    return {
        "Kode": product.code, "Nama produk": product.name_id, "Nama produk (Inggris)": product.name_en,
        "Kategori": product.category.name_id, "Nama kelompok": maker.name, "Desa": maker.village.name,
        "Jenis produsen": _KINDS[maker.kind], "Kode kemasan": pack["code"], "Nama kemasan": pack["name"],
        "Satuan": pack["unit"], "Isi bersih": f"{pack['net_value']} {_NET[pack['net_unit']]}" if pack["net_value"] else "",
        "Harga eceran": _rupiah(pack["retail"][0]), "Harga ecer sampai": pack["retail"][1],
        "Harga grosir": _rupiah(pack["wholesale"][0]), "Harga grosir sampai": pack["wholesale"][1],
        "Min grosir": pack["wholesale"][2], "Bahan baku": product.materials, "Kandungan lokal (%)": _percent(product.local_percent),
        "Asal bahan lokal": _SCOPES.get(product.local_scope, ""), "Kapasitas per bulan": product.capacity,
        "Satuan kapasitas": product.capacity_unit, "Masa simpan (hari)": product.shelf_life_days,
        "Pesanan minimum": product.minimum_order, "Waktu pengerjaan (hari)": product.lead_time_days,
        "Izin & sertifikat": "\n".join(found["permits"]), "Barcode": pack["barcode"], "Cerita": product.story_id,
        "Cerita (Inggris)": product.story_en, "Foto": "; ".join(found["photos"]) if first else "", "Catatan": remarks,
        "Status": str(product.get_state_display()), "Telp": _phones(maker.phone, maker.other_phones),
        "Nama kontak": maker.contact_name, "Alamat": maker.address, "Anggota L": maker.members_m,
        "Anggota P": maker.members_f, "Tenaga kerja L": maker.workers_m, "Tenaga kerja P": maker.workers_f,
    }  # fmt: skip


def _tag(field: str) -> str:
    return field.replace("]", ")")


def _rupiah(amount: int | None) -> Value:
    """A number; amounts so small that a reader would doubt them say that they are rupiah."""
    return f"Rp{amount}" if amount is not None and amount < 100 else amount


def _percent(share: int | None) -> Value:
    return None if share is None else f"{share}%"


def _phones(first: str, others: str) -> str:
    numbers = [first, *(n.strip() for n in others.split(","))]
    return ", ".join(phone("+" + n if n.isdigit() else n) for n in numbers if n)


def _workbook(title: str, columns: Sequence[tuple[str, int, bool]], rows: Sequence[Sequence[Value]]) -> bytes:
    buffer = io.BytesIO()
    options = {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    }  # fmt: skip
    with xlsxwriter.Workbook(buffer, options) as book:
        sheet = book.add_worksheet("".join(c for c in title if c not in "[]:*?/\\'")[:31] or "Produk")
        head = book.add_format({"bold": True, "bg_color": "#F3E4DA", "bottom": 1, "text_wrap": True, "valign": "top"})
        plain = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        guarded = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@", "quote_prefix": True})
        count = book.add_format({"valign": "top", "num_format": "#,##0"})
        for column, (header, width, _own) in enumerate(columns):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, header, head)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                if isinstance(value, int):
                    sheet.write_number(number, column, value, count)
                elif value:
                    sheet.write_string(number, column, value, guarded if value[0] in "=+-@'" else plain)
        sheet.freeze_panes(1, 2)
        sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    return buffer.getvalue()


def rows_to_mend(book: Book, columns: Sequence[Columns], wrong: Mapping[tuple[str, int], str]) -> bytes:
    """The rows in error as they were sent, carried-down groups filled in, with what is wrong behind each.

    ``wrong``: (sheet, row) → sentences. The file can be mended and sent again as it is.
    """
    sheets = {sheet.name: sheet for sheet in book.sheets}
    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_date_format": "dd/mm/yyyy",
    }
    with xlsxwriter.Workbook(buffer, options) as target:
        bold = target.add_format({"bold": True, "bg_color": "#F3E4DA"})
        red = target.add_format({"font_color": "#A3341E", "text_wrap": True})
        for mapped in columns:
            rows = [row for sheet, row in wrong if sheet == mapped.sheet]
            if not rows:
                continue
            sheet = target.add_worksheet(mapped.sheet[:31])
            width = len(mapped.columns)
            for column in mapped.columns:
                sheet.write_string(0, column.index, column.header, bold)
            sheet.write_string(0, width, MEND, bold)
            sheet.set_column(width, width, 60)
            for number, row in enumerate(sorted(rows), 1):
                for column_, cell in enumerate(_filled(sheets[mapped.sheet].rows, row - 1, mapped)):
                    _write(sheet, number, column_, cell)
                sheet.write_string(number, width, wrong[mapped.sheet, row], red)
    return buffer.getvalue()


def _filled(rows: Sequence[Sequence[Any]], number: int, columns: Columns) -> list[Any]:
    """A row with its group and village, looked up in the rows above when its own cells are empty."""
    row = list(rows[number])
    fields = columns.fields
    maker = fields.get("producer")
    if maker is None or (maker.index < len(row) and row[maker.index] not in ("", None)):
        return row
    for above in range(number - 1, columns.first - 1, -1):
        if maker.index < len(rows[above]) and rows[above][maker.index] not in ("", None):
            for field in ("producer", "village", "address", "district", "producer_kind"):
                if (c := fields.get(field)) and c.index < len(row) and row[c.index] in ("", None):
                    row[c.index] = rows[above][c.index]
            break
    return row


def _write(sheet: Any, row: int, column: int, cell: Any) -> None:
    if cell in ("", None):
        return
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif isinstance(cell, int | float):
        sheet.write_number(row, column, cell)
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, cell)
    else:
        sheet.write_string(row, column, str(cell)[:32767])
