"""Ten jars on their way: terms, nota titipan on a phone, surat jalan, a shelf, a count; the producer reads it all."""

from __future__ import annotations

import re

import pytest

from kendedes.testing import axe

pytestmark = pytest.mark.story


def _fits(person) -> None:
    assert axe.overflow(person.page) == 0, person.page.url


def test_goods_of_a_group_reach_a_shelf_and_are_counted(someone):
    ratna, sekar = someone("desk"), someone("phone")
    page = ratna.signs_in("ratna")
    page = ratna.opens("/kantor/galeri/")
    page.get_by_role("link", name="Catat pusat kerajinan").click()
    page.get_by_label("Nama pusat kerajinan").fill("Pusat Kerajinan Singosari")
    page.get_by_role("button", name="Simpan").click()
    for number in range(1, 9):
        page.get_by_label("Nomor stan").fill(str(number))
        page.get_by_role("button", name="Simpan").click()
        if number in {1, 3, 4}:
            for shelf in "AB":
                if shelf == "B":
                    page.locator("summary", has_text="Tambah rak").click()
                page.get_by_label("Nama rak").fill(shelf)
                page.get_by_role("button", name="Tambahkan").click()
                page.get_by_text(f"rak {shelf} ditambahkan").wait_for()
        page = ratna.opens("/kantor/galeri/")
        if number < 8:
            page.get_by_role("link", name="Stan", exact=True).first.click()

    # The unit proposes from its phone, sees what it means, and the gallery agrees.
    page = sekar.signs_in("sekar")
    page = sekar.opens("/kantor/titipan/kesepakatan/usul/")
    page.get_by_label("Berlaku untuk").select_option(label="Unit Singosari")
    page.get_by_label("Persentase itu (%)").fill("85")
    page.get_by_label("Bagian unit (%)").fill("5")
    page.get_by_role("button", name="Lihat contoh").click()
    page.get_by_text("Rp170.000").wait_for()
    _fits(sekar)
    sekar.photographs("kesepakatan-usul")
    page.get_by_role("button", name="Kirim usulan").click()
    page.get_by_text("Usulan dikirim").wait_for()
    sekar.photographs("kesepakatan-usulan")
    page = ratna.opens("/kantor/titipan/kesepakatan/")
    page.get_by_role("link", name="Unit Singosari").click()
    ratna.photographs("kesepakatan-putuskan")
    page.get_by_role("button", name="Sepakati").click()
    page.get_by_text("Kesepakatan berlaku sejak").wait_for()

    # A product to hand over.
    page = sekar.opens("/kantor/produk/baru/")
    page.get_by_label("Produsen").select_option(index=1)
    page.get_by_label("Nama produk").fill("Keripik tempe stoples")
    page.get_by_label("Harga eceran").fill("20.000")
    page.get_by_label("Satuan jual").fill("stoples")
    page.get_by_role("button", name="Simpan dan tambah foto").click()
    page.wait_for_url("**/foto/")

    # Ten jars come to the unit.
    page = sekar.opens("/kantor/titipan/")
    _fits(sekar)
    sekar.photographs("titipan-beranda")
    page.get_by_role("link", name="Nota titipan").click()
    page.get_by_label("Yang menyerahkan").fill("Bu Tini")
    page.get_by_role("button", name="Lanjut mengisi barang").click()
    page.get_by_label("Kode, barcode").fill("stoples")
    page.get_by_label("Jumlah").fill("10")
    page.get_by_label("Harga rak (Rp)").fill("20.000")
    page.get_by_label("Kedaluwarsa").fill("2026-12-05")
    _fits(sekar)
    sekar.photographs("nota-isi")
    page.get_by_role("button", name="Tambah", exact=True).click()
    page.get_by_role("button", name="Terbitkan").click()
    page.get_by_text("NT-2026-0001 dibuat").wait_for()
    _fits(sekar)
    sekar.photographs("nota")
    code = re.search(r"T[0-9A-Z]{5}\b", page.locator(".cell-sub").first.inner_text())[0]

    # Six travel to stand 3, shelf B; five arrive.
    page = sekar.opens("/kantor/titipan/surat/baru/jalan/")
    page.get_by_label("Ke", exact=True).select_option(label="Stan 3, rak B")
    page.get_by_role("button", name="Lanjut mengisi barang").click()
    page.get_by_label("Kode titipan").fill(code.lower())
    page.get_by_label("Jumlah").fill("6")
    page.get_by_role("button", name="Tambah", exact=True).click()
    page.get_by_role("button", name="Terbitkan").click()
    page.get_by_text("SJ-2026-0001 dibuat").wait_for()
    page = ratna.opens("/kantor/titipan/")
    ratna.photographs("titipan-beranda-meja")
    page.get_by_role("link", name="Terima").click()
    page.locator(".count-box").fill("5")
    ratna.photographs("terima")
    page.get_by_role("button", name="Terima").click()
    page.get_by_text("Selisihnya menjadi tugas").wait_for()
    ratna.photographs("surat-jalan")
    page = ratna.opens("/kantor/titipan/selisih/")
    ratna.photographs("selisih")
    page.get_by_role("button", name="datang menyusul").click()
    page.get_by_text("Selisih diselesaikan").wait_for()

    # The shelf is counted blind on a phone.
    keeper = someone("phone")
    page = keeper.signs_in("ratna")
    page = keeper.opens("/kantor/titipan/surat/baru/opname/")
    page.get_by_label("Tempat yang dihitung").select_option(label="Stan 3, rak B")
    page.get_by_role("button", name="Mulai menghitung").click()
    page.locator(".count-box").fill("5")
    _fits(keeper)
    keeper.photographs("opname")
    page.get_by_role("button", name="Selesai menghitung").click()
    page.get_by_text("1 barang berbeda dari catatan").wait_for()
    _fits(keeper)
    keeper.photographs("opname-selisih")
    page.get_by_role("button", name="Sahkan hitungan").click()
    page.get_by_text("SO-2026-0001 disahkan").wait_for()

    # Its producer reads the whole life of her jars.
    tini = someone("phone")
    page = tini.signs_in("tini")
    page = tini.opens(f"/kantor/titipan/cari/?q={code}")
    page.get_by_text("Tiba di Stan 3, rak B").first.wait_for()
    assert "Hilang di Stan 3, rak B" in page.locator(".timeline").inner_text()
    _fits(tini)
    tini.photographs("barang")

    for person, size in ((ratna, "meja"), (sekar, "hp")):
        for name, path in [
            ("galeri", "/kantor/galeri/"), ("giliran", "/kantor/galeri/giliran/"), ("stok", "/kantor/titipan/stok/"),
            ("kedaluwarsa", "/kantor/titipan/kedaluwarsa/"), ("surat", "/kantor/titipan/surat/"),
            ("kesepakatan", "/kantor/titipan/kesepakatan/"), ("cetak", "/kantor/titipan/surat/1/cetak/"),
        ]:  # fmt: skip
            for theme in ("light", "dark"):
                person.page.emulate_media(color_scheme=theme)
                person.opens(path)
                _fits(person)
                person.photographs(f"{name}-{size}-{theme}")
