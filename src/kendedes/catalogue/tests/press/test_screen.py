"""The screen version, the preflight sheet, and printings that fail. Everything in the documents is fictional."""

from __future__ import annotations

import copy
import hashlib
import re
import shutil
import subprocess
from io import BytesIO

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from kendedes.catalogue import press
from kendedes.catalogue.press import Options, sheet
from kendedes.catalogue.tests.press.reading import text_of
from kendedes.ui import fonts


def test_the_screen_version_is_tagged_with_links_and_alternative_texts(printed, document):
    report = printed(document, target="screen")

    assert report.standard == "PDF/UA-1"
    with pikepdf.open(report.path) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "id"
        targets = [
            str(a.A.URI) for page in pdf.pages for a in page.obj.get("/Annots", []) if "/A" in a and "/URI" in a.A
        ]
        with pdf.open_metadata() as meta:
            assert meta["pdfuaid:part"] == "1"
    assert {e["url"] for c in document["chapters"] for e in c["entries"]} <= set(targets)
    assert (
        "\u00ad"
        not in subprocess.run(["pdftotext", str(report.path), "-"], capture_output=True, check=True).stdout.decode()
    )


def test_a_link_around_a_picture_says_where_it_leads(printed, document):
    with pikepdf.open(printed(document, target="screen").path) as pdf:
        links = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Link"]
        spoken = {str(link.Alt) for link in links if "/Alt" in link}
        targets = [
            str(a.A.URI) for page in pdf.pages for a in page.obj.get("/Annots", []) if "/A" in a and "/URI" in a.A
        ]

    assert spoken == {f"Kode QR menuju {e['url']}" for c in document["chapters"] for e in c["entries"]}
    assert targets.count(document["association"]["site"]) == 2  # imprint and back cover


def test_the_screen_version_holds_no_master(printed, document):
    masters = {e["photos"][0]["sha256"] for c in document["chapters"] for e in c["entries"]}

    with pikepdf.open(printed(document, target="screen").path) as pdf:
        pictures = [o for o in pdf.objects if isinstance(o, pikepdf.Stream) and o.get("/Filter") == "/DCTDecode"]
        streams = [picture.read_raw_bytes() for picture in pictures]
        sizes = [(int(picture.Width), int(picture.Height)) for picture in pictures]

    assert len(streams) == len(masters) + 1
    assert not masters & {hashlib.sha256(stream).hexdigest() for stream in streams}
    assert sizes == [Image.open(BytesIO(stream)).size for stream in streams]
    assert min(max(size) for size in sizes) >= 300  # thumbnails, no stand-in among them


def test_the_preflight_sheet_is_a_file_of_its_own_with_every_finding(printed, document, options, room, tmp_path):
    changed = copy.deepcopy(document)
    changed["chapters"][0]["entries"][0]["photos"] = []
    report = printed(changed).as_json()

    first, second = (
        press.preflight_sheet(report, title="Buku", locked_at="2026-11-24T03:00:00Z", out=tmp_path / name, fonts=options.fonts, work=room / "work")
        for name in ("a.pdf", "b.pdf")
    )  # fmt: skip
    shown = text_of(first)

    assert "Tanpa foto 1" in shown
    assert report["sha256"] in shown.replace("\n", "")
    assert first.read_bytes() == second.read_bytes()


def test_every_kind_of_finding_has_words_in_both_languages(printed, document):
    kinds = set(re.findall(r"[a-z_]+", press.Finding.__doc__.split("``kind``:")[1].split("``level``")[0]))

    for language in ("id", "en"):
        assert set(sheet.KINDS[language]) == kinds


def test_a_progress_that_raises_ends_the_printing_and_leaves_no_file(photos, document, options, tmp_path):
    class EnoughError(Exception):
        pass

    def stop(_done, _total, step):
        if step.startswith("chapter"):
            raise EnoughError

    with pytest.raises(EnoughError):
        press.build(document, photo=photos, options=options, out=tmp_path / "b.pdf", work=tmp_path / "w", progress=stop)

    assert not list(tmp_path.glob("*.pdf*"))
    assert (
        press.build(
            document, photo=photos, options=options, out=tmp_path / "b.pdf", work=tmp_path / "w"
        ).chapters_reused
        >= 1
    )


def test_a_work_folder_that_cannot_be_written_is_an_operating_system_error(photos, document, options, tmp_path):
    (tmp_path / "w").write_text("a file, not a folder")

    with pytest.raises(OSError, match=r"."):
        press.build(document, photo=photos, options=options, out=tmp_path / "b.pdf", work=tmp_path / "w")


def test_a_warning_of_the_typesetter_is_a_fault(photos, document, room, tmp_path):
    """An unknown face would silently give way to another: the folder has faces, but not ours."""
    other = tmp_path / "faces"
    other.mkdir()
    face = TTFont(next(fonts.static_folder(room / "fonts").glob("*-Regular.ttf")))
    for record in face["name"].names:
        if record.nameID in (1, 3, 4, 6, 16):
            record.string = "Other"
    face.save(other / "Other.ttf")

    with pytest.raises(press.PressFault, match="unknown font family"):
        press.build(
            document,
            photo=photos,
            options=Options(fonts=other),
            out=tmp_path / "b.pdf",
            work=tmp_path / "w",
        )


@pytest.mark.parametrize("target", ["press", "screen"])
def test_qpdf_finds_no_fault(printed, document, target):
    if not shutil.which("qpdf"):
        pytest.skip("no qpdf")

    done = subprocess.run(
        ["qpdf", "--check", str(printed(document, target=target).path)], check=False, capture_output=True
    )

    assert (done.returncode, done.stderr) == (0, b"")
