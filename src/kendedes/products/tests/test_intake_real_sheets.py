"""The three sheets units sent, read exactly as their notes say (skipped where they are not at hand)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kendedes.base.weights import Contents
from kendedes.network.models import Producer
from kendedes.products.actions import ensure_categories
from kendedes.products.intake import actions, refusals
from kendedes.products.intake.assess import assess, sentences, shown_rows
from kendedes.products.intake.pictures import source
from kendedes.products.intake.reading import files
from kendedes.products.models import Permit, Photo, Price, Product, Variant
from kendedes.testing import regency
from kendedes.testing.cast import AT

SHARED = Path(__file__).resolve().parents[5] / "shared" / "data"
SHEETS = SHARED / "sheets"
WAJAK, PONCO, SINGO = "UPK Wajak - produk.xlsx", "poncokusumo_umkm.csv", "Singosari 2026.xlsx"
pytestmark = pytest.mark.skipif(not SHEETS.is_dir(), reason="the real sheets are not beside the project")


@pytest.fixture
def units(db):
    regency.all_places()
    ensure_categories()
    return regency.units([("SGS", "35.07.24"), ("WJK", "35.07.08"), ("PCK", "35.07.07")])


def read(name):
    return files.read(name, (SHEETS / name).read_bytes())


def judge(unit, name):
    found = assess(unit=unit, book=read(name))
    return found, {(r.line.sheet, r.line.row): r for r in found.verdict.rows}


def bring(unit, name, choices=None):
    batch = actions.receive(unit=unit, name=name, data=(SHEETS / name).read_bytes(), at=AT, by=None)
    if choices:
        batch = actions.choose(batch=batch, choices=choices, at=AT, by=None)
    stored = actions.confirm(batch=batch, at=AT, by=None)
    batch.refresh_from_db()
    return batch, stored


def words(found):
    return [f"{s['where']}: {s['text']}" for row in shown_rows(found.verdict.rows) for s in sentences(row)]


@pytest.mark.parametrize(("code", "name"), [("WJK", WAJAK), ("PCK", PONCO), ("SGS", SINGO)])
def test_counts_are_those_of_the_notes(units, code, name):
    notes = json.loads((SHEETS / "what-is-in-them.json").read_text())[name]

    found, _rows = judge(units[code], name)

    assert found.facts == {"rows_with_product": notes["rows_with_product"], "producers": notes["producers"]}


def test_wajak_is_read_as_its_notes_say(units):
    found, rows = judge(units["WJK"], WAJAK)
    at = {row: judged for (_sheet, row), judged in rows.items()}

    assert found.columns[0].header == 4  # row 5, under merged titles
    assert {n: at[n].outcome.value for n in at} == {
        6: "new", 7: "new", 8: "duplicate", 9: "new", 10: "new", 11: "new", 12: "new", 13: "new", 14: "error", 15: "skipped",
    }  # fmt: skip
    assert [at[n].maker.name for n in (6, 7, 8)] == ["Kel. Mendong Lestari"] * 3
    assert at[7].maker is at[6].maker
    assert (at[6].line.price.low, at[8].line.price.low, at[9].line.price.low) == (85000, 45000, 75000)
    assert (at[10].line.price.low, at[10].line.unit) == (38500, "pak")
    assert at[11].line.price is None
    assert ("price", "mulai dari 95rb, tergantung berat") in at[11].line.remarks
    assert at[13].line.price is None
    assert ("price", "-") in at[13].line.remarks
    assert [p.number for p in at[9].line.phones] == ["+6281234560002", "+6285712340003"]
    assert [p.number for p in at[6].line.phones] == ["+6281234560001"]
    assert at[12].maker.village == "35.07.08.2006"  # Patokpicis
    assert at[12].line.unit == "bungkus"
    assert at[12].line.contents == Contents(200, "g")
    assert at[10].line.shelf_life == 30
    assert at[6].line.minimum_order == 5
    assert [(p.kind, p.number) for p, _until in at[9].line.permits] == [("pirt", "2093507011234-27")]
    assert "Lembar ‘DATA PRODUK’ sel D14: Nama produk kosong." in words(found)
    assert (
        "Lembar ‘DATA PRODUK’ sel D8: Tampaknya sama dengan “Tas mendong anyam” pada lembar “DATA PRODUK” baris 7. "
        "Tidak disimpan dua kali."
    ) in words(found)


def test_wajak_names_its_missing_photos_and_its_village_in_the_row_that_is_wrong(units):
    batch = actions.receive(unit=units["WJK"], name=WAJAK, data=(SHEETS / WAJAK).read_bytes(), at=AT, by=None)

    missing = [m["facts"]["photo"] for row in batch.rows for m in row["messages"] if m["code"] == "photo_missing"]
    assert missing == ["IMG-20261012-WA0007.jpg", "madu (1).jpg"]
    assert Product.objects.count() == 0


def test_poncokusumo_is_read_as_its_notes_say(units):
    found, rows = judge(units["PCK"], PONCO)
    at = {row: judged for (_sheet, row), judged in rows.items()}

    assert found.book.how == "cp1252 ;"
    assert {n: at[n].outcome.value for n in at} == dict.fromkeys((2, 3, 4, 5, 6), "new")
    assert at[2].line.name == "Keripik apel — vacuum frying"
    assert at[5].line.name == "Keripik kentang “Tengger”"
    assert "“Gubuk Klakah” dibaca sebagai Desa Gubugklakah." in " ".join(words(found))
    assert at[4].maker.village == "35.07.07.2014"  # Wringinanom
    assert at[4].maker.fresh["kind"] == "outside"
    assert at[4].maker.name == "Sri Rejeki"
    assert at[2].line.permits[0][1] == "2028-03-12"
    assert at[4].line.contents == Contents(500, "g")
    assert at[3].line.contents == Contents(3840, "g")
    assert (at[2].line.capacity, at[2].line.capacity_unit) == (1200, "bungkus")
    assert at[4].line.capacity is None
    assert ("capacity", "seadanya") in at[4].line.remarks
    assert (at[5].line.price.low, at[5].line.price.high) == (12000, 15000)
    assert at[5].line.contents is None
    assert ("contents", "150") in at[5].line.remarks
    assert at[4].line.price.low == 28000
    assert (at[2].line.workers_m, at[2].line.workers_f) == (3, 9)


def test_singosari_is_read_as_its_notes_say(units):
    found, rows = judge(units["SGS"], SINGO)

    assert [columns.sheet for columns in found.columns] == ["Kerajinan", "Makanan & Minuman"]
    assert [rows["Kerajinan", n].line.local_percent for n in (2, 3, 4, 5)] == [90, 90, 100, 30]
    assert {rows["Kerajinan", n].maker.village for n in (2, 3, 4, 5, 6)} == {"35.07.24.2016"}  # Toyomarto
    assert rows["Makanan & Minuman", 4].maker.village == "35.07.24.2001"  # this unit's Wonorejo
    assert rows["Kerajinan", 7].line.code == "=1+1"
    assert rows["Makanan & Minuman", 3].outcome.value == "variant"
    assert rows["Makanan & Minuman", 3].of is rows["Makanan & Minuman", 2].item
    assert (
        "Lembar ‘Kerajinan’ sel A6: Kode SGS-004 sudah dipakai “Sandal spon bordir” pada lembar “Kerajinan” baris 5. "
        "Keduanya disimpan; yang ini mendapat kode baru."
    ) in words(found)


def test_singosari_keeps_both_products_of_one_code_and_the_formula_stays_text(units):
    _batch, stored = bring(units["SGS"], SINGO)

    assert Product.objects.count() == len(stored.created) == 8
    assert Producer.objects.count() == 6
    assert Product.objects.get(name_id="Sandal spon bordir").code == "SGS-004"
    assert Product.objects.get(name_id="Sandal spon anak").code == "SGS-0005"
    assert Product.objects.get(name_id="Batik Garudeya tulis").code == "=1+1"
    assert Price.objects.filter(variant__product__name_id="Topeng Malangan Panji (kayu sengon)").count() == 2


def test_the_second_pack_becomes_a_variant_when_a_person_says_so(units):
    bring(units["SGS"], SINGO, {"Makanan & Minuman!3": "pack"})

    product = Product.objects.get(name_id="Keripik tempe sagu")
    assert list(Variant.objects.filter(product=product).values_list("net_value", "net_unit")) == [
        (500, "g"),
        (100, "g"),
    ]
    assert [p.low for p in Price.objects.filter(variant__product=product)] == [8500]
    assert Permit.objects.filter(product=product).count() == 1


@pytest.mark.parametrize(("code", "name"), [("WJK", WAJAK), ("PCK", PONCO), ("SGS", SINGO)])
def test_the_same_file_again_changes_nothing(units, code, name):
    def everything():
        return [list(m.objects.order_by("pk").values()) for m in (Producer, Product, Variant, Price, Permit)]

    bring(units[code], name)
    before = everything()

    _batch, stored = bring(units[code], name)

    assert everything() == before
    assert (stored.created, stored.changed) == ([], [])


@pytest.mark.parametrize(
    ("code", "name", "belongs"), [("SGS", WAJAK, "Wajak"), ("WJK", SINGO, "Singosari"), ("SGS", PONCO, "Poncokusumo")]
)
def test_a_sheet_of_another_unit_is_refused_and_leaves_no_trace(units, code, name, belongs):
    with pytest.raises(refusals.OtherUnit) as refusal:
        actions.receive(unit=units[code], name=name, data=(SHEETS / name).read_bytes(), at=AT, by=None)

    assert f"milik Kecamatan {belongs}" in str(refusal.value)
    assert units[code].imports.count() == 0


def test_photos_are_matched_by_name_and_heic_too(units):
    batch, _stored = bring(units["SGS"], SINGO)

    attached = actions.attach_waiting(batch=batch, at=AT, by=None, photos=source(SHARED / "photos"))

    names = dict(Photo.objects.values_list("product__name_id", "source_name"))
    assert names == {
        "Topeng Malangan Panji (kayu sengon)": "grocery-Mango_001.jpg",
        "Cobek batu ukuran 20 cm": "grocery-potato.jpg",
        "Sandal spon bordir": "heic-arrow-up-orientation6.heic",
        "Batik Garudeya tulis": "exif-portrait-6.jpg",
    }
    assert attached.count == 4
    assert "grocery-juice.jpg" in attached.unused
