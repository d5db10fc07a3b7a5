"""A unit's products as a sheet: what is exported imports again without loss, into the same unit and into an empty one."""

from __future__ import annotations

import io
import unicodedata

import openpyxl
import pytest
import xlsxwriter
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kendedes.products.actions import ensure_categories
from kendedes.products.intake import actions
from kendedes.products.intake.export import unit_sheet
from kendedes.products.intake.rules.judge import Choice
from kendedes.products.models import Price, Product
from kendedes.testing.cast import AT

HEADERS = ["Nama kelompok", "Desa", "Nama produk", "Berat", "Satuan", "Harga", "Bahan baku", "Cerita", "Telp"]
LIKE_FORMULAS = st.sampled_from(["", "=", "+", "-", "@", "\t", "=HYPERLINK(", "'", "=1+", "@SUM("])
TEXT = st.text(st.characters(whitelist_categories=["L", "N", "P", "S"], max_codepoint=0x2FFF), min_size=1, max_size=30)
# Cells are kept as NFC: two ways to write one letter are no difference.
STORIES = st.builds(lambda start, text: unicodedata.normalize("NFC", start + text), LIKE_FORMULAS, TEXT)
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["Kelompok Fiktif Satu", "Kelompok Fiktif Dua"]),
        st.sampled_from(["100 g", "1,5 kg", "350 ml", ""]), st.sampled_from(["bungkus", "botol", ""]),
        st.integers(500, 9_000_000), STORIES, STORIES,
    ),
    min_size=1, max_size=6,
)  # fmt: skip


def _sheet(rows) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet("Produk")
        for n, row in enumerate([HEADERS, *rows]):
            for column, value in enumerate(row):
                page.write_number(n, column, value) if isinstance(value, int) else page.write_string(n, column, value)
    return out.getvalue()


def _bring(unit, data, name="produk.xlsx"):
    batch = actions.receive(unit=unit, name=name, data=data, at=AT, by=None)
    offered = [r for r in batch.rows if r["outcome"] in {"duplicate", "variant"}]
    if offered:
        choices = {f"{r['sheet']}!{r['row']}": Choice.NEW for r in offered}
        batch = actions.choose(batch=batch, choices=choices, at=AT, by=None)
    actions.confirm(batch=batch, at=AT, by=None)
    batch.refresh_from_db()
    return batch


def _cells(data: bytes) -> list[list[object]]:
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}  # no formula
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.mark.django_db
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_nothing_is_lost_from_the_unit_to_the_sheet_and_back(cast, rows):
    asked = [
        [group, "Toyomarto", f"Produk {'abcdef'[n]}{'uvwxyz'[n]} {n}", weight, unit, price, materials, story, "0812-5550-001"]
        for n, (group, weight, unit, price, materials, story) in enumerate(rows)
    ]  # fmt: skip
    with transaction.atomic():
        ensure_categories()
        _bring(cast.singosari, _sheet(asked))
        stored = list(Product.objects.order_by("pk").values_list("name_id", "materials", "story_id"))
        prices = list(Price.objects.order_by("variant_id").values_list("low", flat=True))
        sheet = unit_sheet(cast.singosari, personal=True)
        again = _bring(cast.singosari, sheet.data)
        assert {row["outcome"] for row in again.rows} == {"unchanged"}
        transaction.set_rollback(True)

    assert [name for name, _m, _s in stored] == [row[2] for row in asked]
    assert [s.strip() for _n, _m, s in stored] == [row[7].strip() for row in asked]
    assert [m.strip() for _n, m, _s in stored] == [row[6].strip() for row in asked]
    assert prices == [row[5] for row in asked]

    with transaction.atomic():  # an empty unit
        ensure_categories()
        _bring(cast.singosari, sheet.data)
        copy = unit_sheet(cast.singosari, personal=True)
        transaction.set_rollback(True)
    assert _cells(copy.data) == _cells(sheet.data)
    assert copy.products == len(rows)


@pytest.mark.parametrize("start", ["=1+1", "+62", "-5", "@SUM(A1)", "\t=1+1", '=HYPERLINK("http://contoh.example")'])
def test_text_that_starts_like_a_formula_is_text_in_the_sheet(cast, start):
    ensure_categories()
    row = ["Kelompok Fiktif", "Toyomarto", "Keripik", "", "", 5000, "tempe", start, ""]
    _bring(cast.singosari, _sheet([row]))

    cells = _cells(unit_sheet(cast.singosari, personal=True).data)

    assert cells[1][cells[0].index("Cerita")] == start.strip()
