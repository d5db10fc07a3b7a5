"""Sheets, JSON and blog files: right, safe, and the same bytes every time."""

import json
import xml.etree.ElementTree as ET
from io import BytesIO

import jsonschema
import openpyxl
import pytest
import time_machine

from kendedes.catalogue import actions, outputs, queries
from kendedes.catalogue.models import Edition, MadeFile
from kendedes.catalogue.tests.helpers import AT, LATER, locked, proofed, regency
from kendedes.catalogue.tests.test_life import schema
from kendedes.journal.models import Entry
from kendedes.products.actions import change_product
from kendedes.products.rules import digest

ATOM, BLOGGER = "{http://www.w3.org/2005/Atom}", "{http://schemas.google.com/blogger/2018}"
APP = "{http://purl.org/atom/app#}"
KINDS = ["json", "xlsx", "blogger", "blogger-classic"]


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    settings.HOME = tmp_path


def read_book(made):
    return openpyxl.load_workbook(BytesIO(made.path.read_bytes()))


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_made_again_years_later_from_changed_products_has_the_same_bytes(cast, kind):
    edition, products = locked(cast)
    first = actions.data_file(edition=edition, kind=kind, at=AT, by=cast.ratna)
    before = first.path.read_bytes()
    change_product(product=products[0], at=LATER, by=None, name_id="Nama lain", story_id="Lain")

    with time_machine.travel("2031-05-01"):
        edition = Edition.objects.get(pk=edition.pk)
        again = actions.data_file(edition=edition, kind=kind, at=LATER, by=None, again=True)

    assert again.same
    assert again.path.read_bytes() == before
    assert MadeFile.objects.count() == 1


def test_the_json_without_errata_is_the_frozen_text_itself(cast):
    edition, _products = locked(cast)

    made = actions.data_file(edition=edition, kind="json", at=AT, by=None)

    assert made.path.read_text("utf-8") == edition.frozen.text
    assert made.sha256 == edition.frozen.sha256


def test_the_json_after_an_erratum_carries_it_and_fits_the_schema(cast):
    edition, _products = locked(cast)
    actions.data_file(edition=edition, kind="json", at=AT, by=None)
    actions.add_erratum(
        edition=edition, code="SGS-0001", field="nama", old_text="a", new_text="b", reason="salah", at=LATER, by=None
    )

    made = actions.data_file(edition=edition, kind="json", at=LATER, by=None)

    document = json.loads(made.path.read_bytes())
    jsonschema.validate(document, schema(), cls=jsonschema.Draft202012Validator)
    assert [(e["number"], e["new"]) for e in document["errata"]] == [(1, "b")]
    assert digest({**document, "errata": []}) == edition.frozen.sha256
    assert made.file.name == "singosari-2026-1-ralat1.json"
    assert [f.name for f in queries.files(edition)] == ["singosari-2026-1-ralat1.json"]


def test_text_that_looks_like_a_formula_stays_text_in_the_sheet(cast):
    edition, _products = locked(cast, names=('=HYPERLINK("http://jahat.example","klik")', "+62 812", "@SUM(1)", "-1"))

    book = read_book(actions.data_file(edition=edition, kind="xlsx", at=AT, by=None))

    names = [row[1] for row in book["Produk"].iter_rows(min_row=2)]
    assert [cell.data_type for cell in names] == ["s"] * 4
    assert names[0].value == '=HYPERLINK("http://jahat.example","klik")'


def test_the_sheet_has_every_product_pack_and_the_fingerprint(cast):
    whole = regency(cast)

    book = read_book(actions.data_file(edition=whole, kind="xlsx", at=AT, by=None))

    assert book.sheetnames == ["Produk", "Kemasan", "Izin", "Ringkasan"]
    first = [cell.value for cell in book["Produk"][2]]
    assert first[:9] == [
        "SGS-0001", "Keripik tempe sagu", "Camilan", "Kelompok Tempe Sari (fiktif)", "Toyomarto", "Singosari",
        "UPK Singosari", 15000, None,
    ]  # fmt: skip
    assert [c.value for c in book["Kemasan"][2]][:7] == [
        "SGS-0001A", "Keripik tempe sagu", None, "bungkus", 150, "g", 15000,
    ]  # fmt: skip
    summary = {row[0].value: row[1].value for row in book["Ringkasan"].iter_rows()}
    assert summary["Sidik dokumen (SHA-256)"] == whole.frozen.sha256
    assert summary["Unit yang belum ikut"] == "UPK Wajak"


def test_the_sheet_speaks_english(cast):
    edition, _products = locked(cast)

    book = read_book(actions.data_file(edition=edition, kind="xlsx", at=AT, by=None, language="en"))

    assert book.sheetnames == ["Products", "Packs", "Permits", "Summary"]


def test_a_draft_gives_no_files(cast):
    edition, _products = proofed(cast)

    with pytest.raises(actions.WrongEditionState):
        actions.data_file(edition=edition, kind="json", at=AT, by=None)

    assert MadeFile.objects.count() == 0


def test_another_result_is_kept_aside_noted_and_reported(cast, monkeypatch):
    edition, _products = locked(cast)
    first = actions.data_file(edition=edition, kind="json", at=AT, by=None)
    before = first.path.read_bytes()
    monkeypatch.setattr(outputs, "json_bytes", lambda *_a: b"{}")

    made = actions.data_file(edition=edition, kind="json", at=LATER, by=None, again=True)

    assert not made.same
    assert first.path.read_bytes() == before
    assert made.path.name.startswith("singosari-2026-1-beda-")
    noted = Entry.objects.get(deed="edition.file_differs").facts
    assert noted["first"] == first.sha256
    assert noted["now"] == made.sha256
    with pytest.raises(actions.DifferentBytes):
        made.insist()


def feed(edition, **options):
    return ET.fromstring(outputs.blogger(queries.document(edition, AT), **options))


def test_the_takeout_feed_has_drafts_in_blogger_order_of_elements(cast):
    edition, _products = locked(cast)

    root = feed(edition)

    entries = root.findall(f"{ATOM}entry")
    assert [e.findtext(f"{ATOM}title") for e in entries] == [
        "Katalog Produk Kecamatan Singosari 2026/I", "Keripik tempe sagu", "Opak gambir",
    ]  # fmt: skip
    assert {e.findtext(f"{BLOGGER}status") for e in entries} == {"DRAFT"}
    assert {e.findtext(f"{BLOGGER}type") for e in entries} == {"POST"}
    assert [child.tag.rpartition("}")[2] for child in entries[1]] == [
        "id", "type", "status", "author", "title", "content", "metaDescription", "created", "published", "updated",
        "location", "category", "category", "category", "filename", "link", "enclosure", "trashed",
    ]  # fmt: skip
    blog = root.findtext(f"{ATOM}id")
    assert {c.get("scheme") for c in entries[1].findall(f"{ATOM}category")} == {blog}
    assert [c.get("term") for c in entries[1].findall(f"{ATOM}category")] == [
        "Camilan", "Kecamatan Singosari", "Katalog 2026",
    ]  # fmt: skip
    assert entries[1].findtext(f"{BLOGGER}filename") == "/2026/11/keripik-tempe-sagu-sgs-0001.html"
    assert len({e.findtext(f"{ATOM}id") for e in entries}) == 3


def test_the_classic_feed_marks_posts_and_drafts_the_old_way(cast):
    edition, _products = locked(cast)

    entries = feed(edition, dialect=outputs.Dialect.CLASSIC).findall(f"{ATOM}entry")

    assert [e.findtext(f"{APP}control/{APP}draft") for e in entries] == ["yes"] * 3
    kinds = [(c.get("scheme"), c.get("term")) for c in entries[0].findall(f"{ATOM}category")]
    assert kinds[0] == (
        "http://schemas.google.com/g/2005#kind", "http://schemas.google.com/blogger/2008/kind#post",
    )  # fmt: skip
    assert ("http://www.blogger.com/atom/ns#", "Katalog 2026") in kinds


@pytest.mark.parametrize("dialect", list(outputs.Dialect))
def test_live_posts_only_when_asked(cast, dialect):
    edition, _products = locked(cast)

    root = feed(edition, dialect=dialect, live=True)

    text = ET.tostring(root, encoding="unicode")
    assert "DRAFT" not in text
    assert "draft" not in text


def test_one_product_gives_one_post_and_an_unknown_one_none(cast):
    edition, _products = locked(cast)

    assert len(feed(edition, code="SGS-0002").findall(f"{ATOM}entry")) == 1
    with pytest.raises(KeyError):
        feed(edition, code="SGS-0009")


def test_the_regency_feed_has_a_post_a_chapter_unless_products_are_asked_for(cast):
    whole = regency(cast)

    assert [e.findtext(f"{ATOM}title") for e in feed(whole).findall(f"{ATOM}entry")][1:] == ["Kecamatan Singosari"]
    assert len(feed(whole, posts="products").findall(f"{ATOM}entry")) == 3


def test_hostile_text_is_escaped_and_control_characters_fall_out(cast):
    story = "<script>alert(1)</script> & \x0b\x00tamat ]]>"
    edition, _products = locked(cast, names=("Sambal <b>pedas</b> & asin",))
    document = queries.document(edition, AT)
    document["chapters"][0]["entries"][0]["story"]["id"] = story

    for dialect in outputs.Dialect:
        root = ET.fromstring(outputs.blogger(document, dialect=dialect))
        post = root.findall(f"{ATOM}entry")[1]
        html = post.findtext(f"{ATOM}content")
        assert post.findtext(f"{ATOM}title") == "Sambal <b>pedas</b> & asin"
        assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; tamat ]]&gt;" in html
        assert "<script" not in html


def test_pictures_do_not_travel_and_the_post_says_so(cast):
    edition, _products = locked(cast)

    html = outputs.product_html(queries.document(edition, AT)["chapters"][0]["entries"][0])

    assert html.startswith("<!-- Foto tidak ikut terkirim")
    assert "<img" not in html
    assert "https://wa.me/6281200000002?text=Halo%2C%20saya%20tertarik" in html
