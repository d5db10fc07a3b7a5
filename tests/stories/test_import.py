"""A messy sheet with photos from a unit: read, decided, confirmed; the row in error mended and sent again."""

from __future__ import annotations

import io

import openpyxl
import pytest
from PIL import Image
from playwright.sync_api import expect
from tests.stories.conftest import SHEETS

WAJAK = SHEETS / "sheets" / "UPK Wajak - produk.xlsx"
HEIC = SHEETS / "photos" / "heic-with-gps.heic"
pytestmark = pytest.mark.story


def _jpeg() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (1200, 900), "#a8642a").save(out, "JPEG")
    return out.getvalue()


def _chips(page) -> dict[str, int]:
    """The filters above the rows: outcome → how many."""
    said = [text.split() for text in page.locator(".chips > li > .chip").all_inner_texts()]
    return {" ".join(words[:-1]): int(words[-1]) for words in said}


@pytest.mark.skipif(not WAJAK.is_file(), reason="the real sheets are not beside the project")
def test_a_messy_sheet_is_confirmed_and_its_wrong_row_mended_and_sent_again(someone, tmp_path):
    joko, phone = someone("desk"), someone("phone")
    page = joko.signs_in("joko")
    phone.signs_in("joko")
    page = joko.opens("/kantor/impor/")
    joko.photographs("impor-kirim")
    phone.opens("/kantor/impor/")
    phone.photographs("impor-kirim-360")

    page.locator("input[name=file]").set_input_files(WAJAK)
    page.locator("input[name=photos]").set_input_files([
        {"name": "img-20261012-wa0007.JPG", "mimeType": "image/jpeg", "buffer": _jpeg()},
        {"name": "madu (1).heic", "mimeType": "image/heic", "buffer": HEIC.read_bytes()},
    ])  # fmt: skip
    page.get_by_role("button", name="Baca dan periksa").click()
    page.wait_for_url("**/kantor/impor/*/")
    review = page.url.removeprefix(joko.place.url)
    assert _chips(page) == {"semua": 9, "Perlu diperbaiki": 1, "Mungkin kembar": 1, "Baru": 7, "Bukan produk": 1}
    page.get_by_text("7 produk siap disimpan.").wait_for()
    assert page.get_by_text("Foto “madu (1).jpg” tidak ada dalam kiriman.").count() == 0
    joko.photographs("impor-periksa")
    phone.opens(review)
    phone.photographs("impor-periksa-360")

    page.get_by_role("link", name="Mungkin kembar 1").click()
    assert page.locator(".intake-row").count() == 1
    page.get_by_label("produk baru").check()
    joko.photographs("impor-pilih")
    page.get_by_role("button", name="Catat pilihan di halaman ini").click()
    page.get_by_text("8 produk siap disimpan.").wait_for()

    page.get_by_role("link", name="Periksa kolom").click()
    page.get_by_role("heading", name="Arti kolom").wait_for()
    joko.photographs("impor-kolom")
    phone.opens(review + "kolom/")
    phone.photographs("impor-kolom-360")

    page = joko.opens(review + "?hasil=error")
    page.get_by_text("Nama produk kosong.").wait_for()
    page = joko.opens(review)
    page.get_by_role("button", name="Simpan produk").click()
    page.get_by_text("Tersimpan: 8 produk baru, 0 berubah.").wait_for()
    for _ in range(40):
        page.reload()
        if page.get_by_text("2 foto terpasang.").is_visible():
            break
        page.wait_for_timeout(250)
    page.get_by_text("2 foto terpasang.").wait_for()
    joko.photographs("impor-tersimpan")

    with page.expect_download() as waiting:
        page.get_by_role("link", name="Unduh baris yang salah").click()
    assert waiting.value.suggested_filename == "perbaiki-upk-wajak-produk.xlsx"
    mended = tmp_path / "perbaiki.xlsx"
    waiting.value.save_as(mended)
    book = openpyxl.load_workbook(mended)
    sheet = book.active
    headers = [cell.value for cell in sheet[1]]
    assert sheet.max_row == 2
    assert headers[-1] == "Yang perlu diperbaiki"
    assert sheet.cell(2, len(headers)).value == "Nama produk kosong."
    assert sheet.cell(2, 2).value == "Kel. Bunga Wajak"
    sheet.cell(2, 4).value = "Bunga krisan potong"
    book.save(mended)

    page = joko.opens("/kantor/impor/")
    page.locator("input[name=file]").set_input_files(mended)
    page.get_by_role("button", name="Baca dan periksa").click()
    page.wait_for_url("**/kantor/impor/*/")
    assert _chips(page) == {"semua": 1, "Baru": 1}
    page.get_by_role("button", name="Simpan produk").click()
    page.get_by_text("Tersimpan: 1 produk baru, 0 berubah.").wait_for()

    page = joko.opens("/kantor/impor/")
    states = page.locator("table td[data-label=Keadaan]").all_inner_texts()
    assert states == ["sudah disimpan", "sudah disimpan"]
    joko.photographs("impor-riwayat")
    phone.opens("/kantor/impor/")
    phone.photographs("impor-riwayat-360")
    phone.opens(review)
    phone.photographs("impor-tersimpan-360")
    page = joko.opens("/kantor/produk/?q=krisan")
    page.get_by_role("link", name="Bunga krisan potong").wait_for()


def test_a_column_is_corrected_on_a_phone_and_the_next_file_needs_no_correction(someone):
    sekar = someone("phone")
    sekar.signs_in("sekar")

    def sends(name: str, goods: str):
        rows = "".join(f"Kelompok Fiktif;Toyomarto;{goods} {n};{9000 + 500 * n}\n" for n in range(30))
        page = sekar.opens("/kantor/impor/")
        sheet = f"Nama kelompok;Desa;Nama produk;Bandrol\n{rows}".encode()
        page.locator("input[name=file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": sheet})
        page.get_by_role("button", name="Baca dan periksa").click()
        page.wait_for_url("**/kantor/impor/*/")
        return page

    page = sends("satu.csv", "Keripik")
    assert page.get_by_text("Rp9.000").count() == 0
    save = page.get_by_role("button", name="Simpan produk")
    expect(save).to_be_in_viewport()
    sekar.photographs("impor-bilah-360")
    page.get_by_role("link", name="Periksa kolom").click()
    meaning = page.get_by_label("Arti kolom Bandrol")
    assert meaning.input_value() == "+"
    meaning.select_option(label="harga eceran")
    sekar.photographs("impor-kolom-betul-360")
    page.get_by_role("button", name="Pakai arti ini dan baca ulang").click()
    page.get_by_text("Rp9.000").first.wait_for()
    page.evaluate("scrollTo(0, 900)")
    expect(save).to_be_in_viewport()
    save.click()
    page.get_by_text("Tersimpan: 30 produk baru, 0 berubah.").wait_for()

    page = sends("dua.csv", "Sambal")
    page.get_by_text("Rp9.000").first.wait_for()
    page.get_by_role("link", name="Periksa kolom").click()
    assert page.get_by_label("Arti kolom Bandrol").input_value() == "price"
