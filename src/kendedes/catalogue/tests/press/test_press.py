"""The press, from document to book. Everything in the documents is fictional."""

from __future__ import annotations

import copy
import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pikepdf
import pytest
from PIL import Image

from kendedes.catalogue import press
from kendedes.catalogue.press import Paper, PressRefused
from kendedes.catalogue.tests.press import sample
from kendedes.catalogue.tests.press.reading import text_of

SCHEMA = json.loads((Path(press.__file__).parents[1] / "schema" / "edition-1.json").read_text(encoding="utf-8"))
POINT = 72 / 25.4


def test_the_made_up_document_follows_the_schema(document):
    jsonschema.Draft202012Validator.check_schema(SCHEMA)

    jsonschema.validate(document, SCHEMA)


@pytest.mark.parametrize("spoil", [
    lambda d: d.update(extra=1),
    lambda d: d["edition"].update(level="province"),
    lambda d: d["chapters"][0]["entries"][0].pop("contact"),
    lambda d: d["chapters"][0]["entries"][0]["variants"][0]["retail"].update(low=17500.5),
    lambda d: d["chapters"][0]["entries"][0]["photos"][0].update(sha256="../../etc/passwd"),
    lambda d: d["association"].update(whatsapp="+62812"),
])  # fmt: skip
def test_a_spoilt_document_does_not_follow_the_schema(document, spoil):
    spoilt = copy.deepcopy(document)
    spoil(spoilt)

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(spoilt, SCHEMA)


def test_two_printings_in_different_folders_are_the_same_bytes(printed, document, tmp_path):
    first = printed(document, work=tmp_path / "one")
    second = printed(json.loads(json.dumps(document)), work=tmp_path / "deeper" / "two")

    assert first.sha256 == second.sha256 == hashlib.sha256(second.path.read_bytes()).hexdigest()
    assert second.chapters_set == 3


def test_another_process_in_another_time_zone_prints_the_same_bytes(printed, document, options, room, tmp_path):
    here = printed(document)
    (tmp_path / "d.json").write_text(json.dumps(document))
    code = (
        "import json,sys;from pathlib import Path;from kendedes.catalogue import press;r=Path(sys.argv[1]);t=Path(sys.argv[2]);"
        "print(press.build(json.loads((t/'d.json').read_text()),photo=lambda s:r/'photos'/f'{s}.jpg',"
        "options=press.Options(fonts=r/'fonts'/'print'),out=t/'x'/'other.pdf',work=t/'w').sha256)"
    )
    there = subprocess.run(
        [sys.executable, "-c", code, str(room), str(tmp_path)],
        env={"TZ": "Pacific/Auckland", "PYTHONHASHSEED": "7"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert there.stdout.strip() == here.sha256


def test_the_screen_version_is_the_same_bytes_twice(printed, document, tmp_path):
    assert (
        printed(document, work=tmp_path / "a", target="screen").sha256
        == printed(document, work=tmp_path / "b", target="screen").sha256
    )


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("layout", [1, 2, 4, 6])
def test_every_paper_and_layout_has_its_boxes_and_a_multiple_of_four_pages(printed, short, paper, layout):
    report = printed(short, paper=paper, layout=layout)

    width, height = paper.millimetres
    with pikepdf.open(report.path) as pdf:
        assert len(pdf.pages) == report.pages
        assert report.pages % 4 == 0
        for page in pdf.pages:
            trim, bleed, media = ([float(v) for v in page.obj[key]] for key in ("/TrimBox", "/BleedBox", "/MediaBox"))
            assert trim[2] - trim[0] == pytest.approx(width * POINT, abs=0.02)
            assert trim[3] - trim[1] == pytest.approx(height * POINT, abs=0.02)
            assert trim[0] - bleed[0] == pytest.approx(3 * POINT, abs=0.02)
            assert bleed[3] - trim[3] == pytest.approx(3 * POINT, abs=0.02)
            assert media[0] == 0
            assert bleed[0] - media[0] > 8 * POINT
            assert "/Annots" not in page.obj


def test_the_press_file_names_its_printing_condition_and_is_not_trapped(printed, document):
    report = printed(document)

    with pikepdf.open(report.path) as pdf:
        assert str(pdf.Root.OutputIntents[0].OutputConditionIdentifier) == "FOGRA39"
        assert str(pdf.Root.OutputIntents[0].S) == "/GTS_PDFX"
        assert str(pdf.docinfo.Trapped) == "/False"
        assert "/GTS_PDFXVersion" not in pdf.docinfo, "without the profile inside it is no PDF/X"
        assert str(pdf.docinfo.CreationDate) == "D:20261124030000Z"
    assert [f.level for f in report.findings if f.kind == "no_profile"] == ["warn"]
    assert report.standard == "PDF 1.4"


def test_a_given_cmyk_profile_is_embedded_as_pdf_x_4(printed, document):
    profile = Path("/usr/share/color/icc/ghostscript/default_cmyk.icc")
    if not profile.is_file():
        pytest.skip("no CMYK profile on this machine")

    report = printed(document, profile=profile)

    assert report.standard == "PDF/X-4"
    with pikepdf.open(report.path) as pdf:
        assert pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes() == profile.read_bytes()
    assert not [f for f in report.findings if f.kind == "no_profile"]


def test_the_most_ink_of_the_pages_is_told_and_stays_below_what_paper_bears(printed, document):
    report = printed(document)

    assert [(f.level, dict(f.facts)) for f in report.findings if f.kind == "page_ink"] == [("note", {"percent": 254})]


@pytest.mark.parametrize(("inks", "told"), [((230, 220, 210, 200), [337]), ((120, 100, 90, 200), [])])
def test_a_cmyk_photo_with_too_much_ink_is_told(printed, short, photos, tmp_path, inks, told):
    changed = copy.deepcopy(short)
    file = tmp_path / "photo.jpg"
    Image.new("CMYK", (320, 240), inks).save(file, quality=95)
    sha = hashlib.sha256(file.read_bytes()).hexdigest()
    photos(sha).write_bytes(file.read_bytes())
    changed["chapters"][0]["entries"][0]["photos"][0].update(sha256=sha, width=320, height=240)

    report = printed(changed)

    assert [dict(f.facts)["percent"] for f in report.findings if f.kind == "heavy_ink"] == told


ERRATA = [
    {"edition": "malang-2026-1", "number": 1, "code": "SGS-0001", "field": "harga eceran", "old": "Rp10.000", "new": "Rp12.500", "reason": "salah ketik", "at": "2026-12-01T02:00:00Z"},
    {"edition": "malang-2026-1", "number": 2, "code": "", "field": "sampul", "old": "Edisi 1", "new": "Edisi 2", "reason": "salah cetak", "at": "2026-12-02T02:00:00Z"},
]  # fmt: skip


@pytest.mark.parametrize("target", ["press", "screen"])
def test_errata_have_a_section_of_their_own_in_the_back(printed, short, target):
    corrected = {**short, "errata": ERRATA}

    report = printed(corrected, target=target)

    words = re.sub(r"\s+", " ", text_of(report.path))
    assert (
        "SGS-0001 · Topeng kayu Panji Sumber · hal. 2 · harga eceran Tertulis: Rp10.000 Seharusnya: Rp12.500 salah ketik, 1 Desember 2026"
        in words
    )
    assert "Edisi ini · sampul Tertulis: Edisi 1 Seharusnya: Edisi 2" in words
    with pikepdf.open(report.path) as pdf, pdf.open_outline() as outline:
        if target == "press":
            assert outline.root[-1].title == "Ralat"
    assert "Ralat" not in text_of(printed(short, target=target).path)


def test_a_product_the_people_of_the_edition_marked_has_a_page_of_its_own(printed, short):
    marked = copy.deepcopy(short)
    entry = marked["chapters"][1]["entries"][-1]
    assert entry["stars"] is None
    entry["feature"] = True
    jsonschema.validate(marked, SCHEMA)

    plain, report = printed(short), printed(marked)

    pages = {w: text_of(r.path).split("\f") for w, r in (("plain", plain), ("marked", report))}
    own = [p for p in pages["marked"] if entry["code"] in p and "PRODUK UNGGULAN" in p]
    assert len(own) == 1
    assert not [
        e for c in short["chapters"] for e in c["entries"] if e["code"] != entry["code"] and e["code"] in own[0]
    ]
    assert not [p for p in pages["plain"] if entry["code"] in p and "PRODUK UNGGULAN" in p]


def test_every_face_is_embedded(printed, document):
    listing = subprocess.run(
        ["pdffonts", str(printed(document).path)], capture_output=True, text=True, check=True
    ).stdout

    rows = [line.split() for line in listing.splitlines()[2:]]
    assert rows
    assert {row[0][7:] for row in rows} >= {"PlusJakartaSans-Bold", "PlusJakartaSans-Regular"}
    assert {row[-5] for row in rows} == {"yes"}  # emb


def test_nothing_but_photos_is_rgb_and_black_text_is_one_plate(printed, document):
    with pikepdf.open(printed(document).path) as pdf:
        used = set()
        for page in pdf.pages:
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) in ("rg", "RG", "cs", "CS"):
                    used.add((str(operator), *map(str, operands)))
    assert not {u for u in used if u[0] in ("rg", "RG")}, used


def test_bound_streams_are_the_masters_byte_for_byte(printed, document, photos):
    wanted = {e["photos"][0]["sha256"] for c in document["chapters"] for e in c["entries"]} | {
        document["cover"]["photo"]["sha256"]
    }

    with pikepdf.open(printed(document).path) as pdf:
        streams = [o for o in pdf.objects if isinstance(o, pikepdf.Stream) and o.get("/Filter") == "/DCTDecode"]
        found = {hashlib.sha256(s.read_raw_bytes()).hexdigest() for s in streams}
        sizes = {(int(s.Width), int(s.Height)) for s in streams}

    assert found == wanted
    assert sizes == {(300, 300), (600, 450)}


def test_grey_and_cmyk_masters_are_bound_in_their_own_colours(printed, document, photos, tmp_path):
    changed = copy.deepcopy(document)
    entries = changed["chapters"][0]["entries"]
    for entry, mode in zip(entries, ("L", "CMYK"), strict=False):
        file = tmp_path / f"{mode}.jpg"
        Image.new(mode, (310, 200), 90 if mode == "L" else (10, 60, 80, 20)).save(file)
        sha = hashlib.sha256(file.read_bytes()).hexdigest()
        photos(sha).write_bytes(file.read_bytes())
        entry["photos"][0].update(sha256=sha, width=310, height=200)

    with pikepdf.open(printed(changed).path) as pdf:
        spaces = {str(o.ColorSpace): o for o in pdf.objects if isinstance(o, pikepdf.Stream) and o.get("/Width") == 310}

    assert set(spaces) == {"/DeviceGray", "/DeviceCMYK"}
    assert [int(v) for v in spaces["/DeviceCMYK"].Decode] == [1, 0] * 4


HOSTILE = [
    "# judul *tebal* _miring_", "/ istilah: arti", "$ x^2 $ #eval(1)", "] #panic() [", "= Kepala\n- butir\n+ angka", "<label> @acuan `kode` ~ \\ \\u{41}",
    'Roti isi "keju" & <b>tebal</b>', "https://example.id/?a=1&b=2",
]  # fmt: skip


@pytest.mark.parametrize("target", ["press", "screen"])
def test_markup_in_texts_is_printed_as_it_stands(printed, document, target):
    changed = copy.deepcopy(document)
    entries = [e for c in changed["chapters"] for e in c["entries"]]
    for entry, words in zip(entries, HOSTILE, strict=False):
        entry["name"]["id"] = words
        entry["story"]["id"] = words
        entry["producer"]["name"] = words
        entry["materials"] = [words]
        entry["stars"] = None
    changed["edition"]["title"]["id"] = HOSTILE[0]
    changed["preface"]["text"]["id"] = HOSTILE[2]

    shown = re.sub(r"\s+", " ", text_of(printed(changed, target=target, layout=2).path))

    for words in (
        "# judul *tebal* _miring_",
        "/ istilah: arti",
        "$ x^2 $ #eval(1)",
        "] #panic() [",
        "= Kepala - butir + angka",
    ):
        assert words in shown


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("layout", [1, 2, 4, 6])
def test_the_worst_product_stays_in_its_place_and_what_is_cut_is_reported(printed, short, paper, layout):
    """60-letter names, one of them without a space, stories of 400 words, no photo, no price: pages stay as planned."""
    changed = copy.deepcopy(short)
    for chapter in changed["chapters"]:
        for number, entry in enumerate(chapter["entries"]):
            entry["name"]["id"] = (
                ("W" * 60) if number == 0 else "Keripik pisang kepok manis gurih renyah oven tanpa minyak 60"
            )
            entry["story"]["id"] = " ".join(sample.SENTENCES * 5)
            entry["photos"] = [] if number % 2 else entry["photos"]
            entry["producer"]["name"] = (
                "Kelompok Usaha Bersama Wanita Tani Sumber Rejeki Makmur Sejahtera Bahagia Selamanya"
            )
            entry["permits"] = [
                {"kind": k, "number": "1234567890123456789", "valid_until": None, "verified": True}
                for k in ("pirt", "halal", "bpom", "nib", "merek", "sni")
            ]
            for variant in entry["variants"]:
                variant["retail"] = None
        chapter["opening"]["id"] = " ".join(sample.SENTENCES * 6)
        chapter["district"]["name"] = "Sumbermanjing Wetan Kidul Lor"

    report = printed(changed, paper=paper, layout=layout)

    assert len([e for c in changed["chapters"] for e in c["entries"]]) == report.products
    cut = {f.code for f in report.findings if f.kind == "shortened"}
    assert {e["code"] for c in changed["chapters"] for e in c["entries"]} <= cut
    assert {f.code for f in report.findings if f.kind == "no_photo"} == {
        e["code"] for c in changed["chapters"] for e in c["entries"] if not e["photos"]
    }
    assert sum(f.kind == "no_price" for f in report.findings) == report.products


def test_a_changed_product_sets_only_its_chapter_again(printed, document, tmp_path):
    work = tmp_path / "work"
    printed(document, work=work)
    changed = copy.deepcopy(document)
    changed["chapters"][1]["entries"][0]["variants"][0]["retail"]["low"] += 500

    again = printed(changed, work=work)
    fresh = printed(changed, work=tmp_path / "fresh")

    assert (again.chapters_set, again.chapters_reused) == (1, 2)
    assert again.sha256 == fresh.sha256


def test_a_part_emptied_by_a_power_cut_is_set_again(printed, short, tmp_path):
    whole = printed(short, work=tmp_path / "work")
    parts = sorted((tmp_path / "work" / "parts").glob("*.pdf"))
    parts[0].write_bytes(b"")
    parts[1].with_suffix(".notes.json").write_bytes(b"")

    assert printed(short, work=tmp_path / "work").sha256 == whole.sha256


def test_a_plan_emptied_by_a_power_cut_is_made_anew(printed, short, tmp_path):
    whole = printed(short, work=tmp_path / "work")
    plans = sorted((tmp_path / "work" / "plans").iterdir())
    kept = [plan.read_bytes() for plan in plans]
    plans[0].write_bytes(b"")

    assert printed(short, work=tmp_path / "work").sha256 == whole.sha256
    assert [plan.read_bytes() for plan in plans] == kept


@pytest.mark.parametrize(
    "other", [{"language": "en"}, {"qr": "whatsapp"}, {"paper": Paper.A5, "layout": 2}, {"target": "screen"}]
)
def test_a_kept_plan_serves_no_book_of_another_kind(printed, short, tmp_path, other):
    printed(short, work=tmp_path / "work")

    after, fresh = printed(short, work=tmp_path / "work", **other), printed(short, work=tmp_path / "fresh", **other)

    assert after.sha256 == fresh.sha256


def test_progress_is_told_of_every_step_and_ends_at_the_total(photos, document, options, tmp_path):
    heard = []

    press.build(
        document,
        photo=photos,
        options=options,
        out=tmp_path / "b.pdf",
        work=tmp_path / "w",
        progress=lambda done, total, step: heard.append((done, total, step)),
    )

    assert [h[0] for h in heard] == sorted(h[0] for h in heard)
    assert heard[-1][0] == heard[-1][1]
    assert {h[2] for h in heard} >= {"finish", "bind", "done", "front", "back"}


def test_findings_name_photos_permits_prices_and_consent(printed, document, photos):
    changed = copy.deepcopy(document)
    one, two, three, four = changed["chapters"][0]["entries"][:4]
    for entry in (one, two, three, four):
        entry["stars"] = None
    one["photos"] = [photos.make(1, (200, 200))]
    two["permits"] = [{"kind": "pirt", "number": "2063507", "valid_until": "2026-11-23", "verified": True}]
    three["variants"][0]["retail"]["since"] = "2025-01-01"
    four["contact"] = None
    two["stars"] = {"stars": 4, "points": 80, "rubric": "x", "valid_until": "2026-01-01"}

    report = printed(changed)
    found = {(f.kind, f.code): dict(f.facts) for f in report.findings}

    assert found["low_resolution", one["code"]]["dpi"] == 61
    assert found["lapsed_permit", two["code"]] == {"permit": "P-IRT", "until": "2026-11-23"}
    assert found["lapsed_stars", two["code"]] == {"stars": 4, "until": "2026-01-01"}
    assert found["old_price", three["code"]] == {"days": 692}
    assert ("no_contact", four["code"]) in found
    assert {f.code for f in report.findings if f.kind == "missing_unit"} == {"PKS", "TRY"}
    assert "2063507" not in text_of(report.path).replace("2063507000", "")


def test_an_empty_or_foreign_document_is_refused_and_leaves_no_file(printed, document, tmp_path):
    empty = copy.deepcopy(document)
    for chapter in empty["chapters"]:
        chapter["entries"] = []

    with pytest.raises(PressRefused):
        printed(empty)
    with pytest.raises(PressRefused):
        printed({**document, "schema": "kendedes/edition/9"})
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "body", [None, b"", b"GIF89a", b"\xff\xd8\xff\xe0\x00\x10JF", b"\xff\xd8\xff\xc9\x00\x0b\x08\x00\x01\x00\x01\x05"]
)
def test_a_photo_that_is_gone_or_no_jpeg_is_refused_and_leaves_no_file(printed, document, photos, tmp_path, body):
    changed = copy.deepcopy(document)
    sha = hashlib.sha256(body or b"gone").hexdigest()
    changed["chapters"][0]["entries"][0]["photos"][0]["sha256"] = sha
    if body is not None:
        photos(sha).write_bytes(body)

    with pytest.raises(PressRefused):
        printed(changed)
    assert not list(tmp_path.glob("*.pdf"))


def test_real_borders_take_the_place_of_hexagons(printed, document):
    borders = Path(__file__).resolve().parents[6] / "shared" / "data" / "geo" / "kecamatan-3507.geojson"
    if not borders.is_file():
        pytest.skip("no borders beside this working copy")

    assert printed(document, boundaries=borders).pages == printed(document).pages


def test_a_region_without_a_map_is_printed_without_one(printed, document):
    changed = copy.deepcopy(document)
    changed["association"]["region"] = {"code": "35.73", "name": "Kota Contoh"}
    changed["missing_units"] = []

    assert printed(changed).pages % 4 == 0


def test_one_chapter_is_a_book_with_its_products_in_the_contents(printed, document):
    changed = copy.deepcopy(document)
    changed["chapters"] = changed["chapters"][:1]
    changed["edition"]["level"] = "unit"
    changed["missing_units"] = []

    shown = text_of(printed(changed, language="en").path)

    assert "Contents" in shown
    assert shown.count(changed["chapters"][0]["entries"][0]["code"]) >= 1
    assert shown.count(changed["chapters"][0]["entries"][-1]["name"]["id"]) >= 3  # contents, card, index
