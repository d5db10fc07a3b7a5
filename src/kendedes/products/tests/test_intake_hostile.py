"""Sheets that are too much, and the two commands: each gets its words and its exit code, nothing is half-stored."""

from __future__ import annotations

import gc
import io
import json
import time
import zipfile

import pytest
import xlsxwriter
from django.core.management import CommandError, call_command

from kendedes.base.refusal import Refusal
from kendedes.products.intake.assess import assess
from kendedes.products.intake.reading import files
from kendedes.products.models import ImportBatch, Photo, Product

HEAD = "Nama kelompok;Desa;Nama produk;Harga\n"
GOOD = HEAD + "Kelompok Fiktif;Toyomarto;Keripik tempe;12.500\n"
HALF = GOOD + "Kelompok Fiktif;Toyomarto;;9.000\n"


def book(write) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        write(made, made.add_worksheet("Produk"))
    return out.getvalue()


def refusal_of(name, data) -> str:
    with pytest.raises(Refusal) as refused:
        files.read(name, data)
    return refused.value.code


def swollen(megabytes: int) -> bytes:
    plain = book(lambda _b, page: page.write_row(0, 0, ["Nama produk", "Harga"]))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith("sheet1.xml"):
                data = data.replace(b"</sheetData>", b" " * (megabytes << 20) + b"</sheetData>")
            new.writestr(name, data)
    return out.getvalue()


def ods(rows) -> bytes:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    body = "".join(f"<table:table-row>{''.join(map(cell.format, row))}</table:table-row>" for row in rows)
    spaces = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text"))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        made.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        made.writestr(
            "content.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:body><office:spreadsheet>'
            f'<table:table table:name="Produk">{body}</table:table></office:spreadsheet></office:body></office:document-content>',
        )
    return out.getvalue()


def test_a_zip_bomb_is_refused_before_it_is_opened():
    begun = time.process_time()

    assert refusal_of("bom.xlsx", swollen(120)) == "sheet_bomb"
    assert time.process_time() - begun < 5


def test_a_hundred_thousand_rows_are_refused_with_their_number(cast):
    lines = HEAD + "Kelompok Fiktif;Toyomarto;Keripik;1000\n" * 100_000

    with pytest.raises(Refusal) as refused:
        assess(unit=cast.singosari, book=files.read("banyak.csv", lines.encode()))

    assert refused.value.code == "sheet_too_many_rows"
    assert gc.isenabled()  # paused while judging, for the whole process


def test_a_hundred_thousand_rows_of_xlsx_are_refused():
    def write(_book, page):
        page.write_row(0, 0, ["Nama produk", "Harga"])
        for n in range(1, 100_000):
            page.write_number(n, 1, n)

    assert refusal_of("banyak.xlsx", book(write)) == "sheet_too_many_rows"


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        (1_048_575, 0, "sheet_too_many_rows"), (5, 16_383, "sheet_too_many_columns"),
        (1_048_575, 16_383, "sheet_bomb"),  # 17 thousand million cells: the bounded child runs out of memory
    ],
)  # fmt: skip
def test_a_sheet_with_one_cell_far_away_is_refused(row, column, code):
    def write(_book, page):
        page.write_row(0, 0, ["Nama produk", "Harga"])
        page.write_string(row, column, "jauh")

    assert refusal_of("jauh.xlsx", book(write)) == code


def test_ods_is_read_as_xlsx_is(cast):
    rows = [
        ["Nama kelompok", "Desa", "Nama produk", "Harga"],
        ["Kelompok Fiktif", "Toyomarto", "Keripik", "Rp 7.500,-"],
    ]

    found = assess(unit=cast.singosari, book=files.read("produk.ods", ods(rows)))

    (row,) = found.verdict.rows
    assert (row.outcome.value, row.line.name, row.line.price.low) == ("new", "Keripik", 7500)


def test_a_header_in_two_rows_gives_both_prices(cast):
    def write(made, page):
        bold = made.add_format({"bold": True})
        for column, title in enumerate(["Nama kelompok", "Desa", "Nama produk"]):
            page.merge_range(0, column, 1, column, title, bold)
        page.merge_range(0, 3, 0, 4, "Harga", bold)
        page.write_row(1, 3, ["Eceran", "Grosir"])
        page.write_row(2, 0, ["Kelompok Fiktif", "Toyomarto", "Keripik", 7500, 6500])

    found = assess(unit=cast.singosari, book=files.read("dua.xlsx", book(write)))

    (row,) = [r for r in found.verdict.rows if r.outcome.value != "skipped"]
    assert (row.line.name, row.line.price.low, row.line.wholesale.low) == ("Keripik", 7500, 6500)


def run(*args) -> tuple[int, dict]:
    out = io.StringIO()
    try:
        call_command("import_products", *args, "--json", stdout=out)
    except SystemExit as ended:
        return int(ended.code), json.loads(out.getvalue())
    return 0, json.loads(out.getvalue())


def test_the_command_says_by_its_exit_code_what_became_of_the_files(cast, tmp_path):
    good, half, bad = (tmp_path / n for n in ("baik.csv", "separuh.csv", "rusak.xlsx"))
    good.write_text(GOOD)
    half.write_text(HALF)
    bad.write_bytes(b"PK\x03\x04 rusak")

    code, said = run(str(good), "--unit", "SGS", "--dry-run")
    assert (code, said["files"][0]["stored"], Product.objects.count()) == (0, False, 0)

    code, said = run(str(good), "--unit", "SGS")
    assert (code, said["files"][0]["stored"], said["files"][0]["created"]) == (0, True, ["SGS-0001"])

    code, said = run(str(half), "--unit", "SGS")
    assert (code, said["files"][0]["outcomes"]) == (1, {"unchanged": 1, "error": 1})

    code, said = run(str(bad), str(good), "--unit", "SGS")
    assert (code, said["files"][0]["refused"]["code"]) == (2, "sheet_broken")
    assert (Product.objects.count(), ImportBatch.objects.count()) == (1, 3)


def test_the_command_refuses_an_unknown_unit_and_a_missing_file(cast, tmp_path):
    with pytest.raises(CommandError) as refused:
        call_command("import_products", str(tmp_path / "x.csv"), "--unit", "ZZZ")
    assert refused.value.returncode == 2
    with pytest.raises(CommandError) as refused:
        call_command("export_products", "--unit", "ZZZ")
    assert refused.value.returncode == 2

    code, said = run(str(tmp_path / "tidak-ada.csv"), "--unit", "SGS")
    assert (code, said["files"][0]["refused"]["code"]) == (2, "file_not_readable")


def test_what_the_export_command_writes_the_import_command_reads_as_unchanged(cast, tmp_path):
    (tmp_path / "baik.csv").write_text(GOOD)
    run(str(tmp_path / "baik.csv"), "--unit", "SGS")
    sheet, out = tmp_path / "produk.xlsx", io.StringIO()

    call_command("export_products", "--unit", "SGS", "--out", str(sheet), "--json", stdout=out)

    assert json.loads(out.getvalue()) == {"unit": "SGS", "file": str(sheet), "products": 1, "rows": 1}
    code, said = run(str(sheet), "--unit", "SGS")
    assert (code, said["files"][0]["outcomes"], Photo.objects.count()) == (0, {"unchanged": 1}, 0)
