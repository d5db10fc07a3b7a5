"""Labels are read by scanners from what a 203-dpi printer prints."""

from __future__ import annotations

import shutil
import subprocess

import pytest
import zxingcpp
from PIL import Image

from kendedes.consignment import press
from kendedes.consignment.rules.labels import code128, ean13, qr, runs
from kendedes.products.models import Variant

EAN = "8991234567891"


@pytest.fixture
def label(office):
    Variant.objects.filter(pk=office.shop.variant.pk).update(barcode=EAN)
    lot = office.note((3, 15_000)).lines.select_related("lot__producer__village", "lot__variant").get().lot
    return press.Label(lot, 15_000, 1)


def drawn(pdf, folder):
    """The pages as dots of a 203-dpi printer: black or white, nothing between."""
    (folder / "label.pdf").write_bytes(pdf)
    subprocess.run(
        ["pdftoppm", "-r", "203", "-mono", str(folder / "label.pdf"), str(folder / "page")],
        check=True,
        capture_output=True,
    )
    return sorted(folder.glob("page*.pbm"))


def by_zxing(files):
    return {(str(c.format), c.text) for f in files for c in zxingcpp.read_barcodes(Image.open(f).convert("L"))}


def by_zbar(files):
    done = subprocess.run(["zbarimg", "-q", *map(str, files)], check=False, capture_output=True, text=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("size", ["50x30", "60x40", "a4"])
def test_both_readers_read_the_lot_from_qr_and_code_128(label, tmp_path, size):
    pages = drawn(press.labels_pdf([label], size, "Galeri Kendedes"), tmp_path)
    code = label.lot.code

    seen = by_zxing(pages)
    assert {text for kind, text in seen if "QR" in kind} == {code}
    assert {text for kind, text in seen if "128" in kind} == {code}
    assert {text for kind, text in seen if "EAN" in kind} == {EAN}
    if shutil.which("zbarimg"):
        assert {f"QR-Code:{code}", f"CODE-128:{code}", f"EAN-13:{EAN}"} <= by_zbar(pages)


def test_a_printer_of_half_the_fineness_would_not_do(label, tmp_path):
    """The control: the test can fail."""
    (tmp_path / "label.pdf").write_bytes(press.labels_pdf([label], "50x30", "Galeri Kendedes"))
    subprocess.run(
        ["pdftoppm", "-r", "40", "-mono", str(tmp_path / "label.pdf"), str(tmp_path / "page")],
        check=True,
        capture_output=True,
    )

    assert by_zxing(sorted(tmp_path.glob("page*.pbm"))) == set()


def test_a_label_says_price_name_producer_village_and_expiry(label, tmp_path):
    from kendedes.consignment.tests.reading import text_of

    (tmp_path / "label.pdf").write_bytes(press.labels_pdf([label], "60x40", "Galeri Kendedes"))
    text = text_of(tmp_path / "label.pdf")

    for words in (
        "Rp15.000",
        "Keripik tempe sagu 150 g",
        "Kelompok Tempe Sari",
        "Toyomarto",
        "Baik s.d.",
        label.lot.code,
    ):
        assert words in text


def test_an_a4_sheet_begins_where_the_last_one_ended(label, tmp_path):
    many = press.Label(label.lot, 15_000, 24)

    assert len(drawn(press.labels_pdf([many], "a4", "G"), tmp_path)) == 1
    assert len(drawn(press.labels_pdf([many], "a4", "G", skip=1), tmp_path)) == 2


def test_the_longest_name_stays_on_its_label(label, tmp_path):
    label.lot.name = "Keripik tempe sagu daun jeruk pedas manis kemasan keluarga isi dua belas bungkus besar 1500 g"

    pages = drawn(press.labels_pdf([label], "50x30", "G"), tmp_path)

    assert len(pages) == 1
    assert {text for _kind, text in by_zxing(pages)} == {label.lot.code, EAN}


def test_runs_are_the_black_stretches_of_each_row():
    assert runs([[True, True, False, True], [False, False, False, False], [False, True, True, True]]) == [
        (0, 0, 2), (0, 3, 1), (2, 1, 3),
    ]  # fmt: skip


def test_codes_have_the_size_the_labels_leave_room_for():
    assert qr("T00011")[0] == 21
    assert code128("T00011")[0] <= 112


@pytest.mark.parametrize("text", ["", "899123456789", "8991234567892", "899123456789X", "٨٩٩١٢٣٤٥٦٧٨٩١"])
def test_what_is_no_ean_is_not_drawn_as_one(text):
    assert ean13(text) is None
