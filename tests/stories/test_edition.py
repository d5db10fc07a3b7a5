"""A catalogue from a unit's proposal to the printed book: proposed, locked, published, gathered, printed, downloaded."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.story

ACCEPT = """
import django; django.setup()
from kendedes.products.models import Product
Product.objects.filter(producer__unit__district__name="Singosari").update(state="accepted")
"""


def _accepted(place) -> None:
    """What the curator's story leaves behind: the cast's products of Singosari are accepted."""
    env = {**place.env, "DJANGO_SETTINGS_MODULE": "kendedes.settings"}
    subprocess.run([sys.executable, "-c", ACCEPT], env=env, check=True)


def _product(person, name: str) -> None:
    page = person.opens("/kantor/produk/baru/")
    page.get_by_label("Produsen").select_option(index=1)
    page.get_by_label("Nama produk").fill(name)
    page.get_by_label("Harga eceran").fill("17.500")
    page.get_by_label("Satuan jual").fill("bungkus")
    page.get_by_role("button", name="Simpan dan tambah foto").click()
    page.wait_for_url("**/foto/")


def test_a_catalogue_from_proposal_to_the_book_in_the_hand(someone, gallery, tmp_path: Path):
    sekar = someone("phone")
    sekar.signs_in("sekar")
    for name in ("Keripik tempe pagi", "Opak gambir sore"):
        _product(sekar, name)
    _accepted(gallery)

    page = sekar.opens("/kantor/edisi/")
    sekar.photographs("edisi-papan-kosong")
    page.get_by_role("button", name="Buka edisi pertama").click()
    sekar.photographs("edisi-isi-kosong")
    if page.get_by_role("button", name="Masukkan semua").count():
        page.get_by_role("button", name="Masukkan semua").click()
    page.locator(".arrange > li").nth(1).wait_for()
    first = page.locator(".arrange .list-title").first.inner_text()
    page.get_by_role("button", name=f"Turunkan {first.strip()}").click()
    page.wait_for_function(
        "name => document.querySelectorAll('.arrange .list-title')[1].innerText.trim() === name", arg=first.strip()
    )
    sekar.photographs("edisi-isi")

    page.get_by_role("link", name="Sampul & pengantar").click()
    page.locator("#id_preface_id").fill("Selamat membaca (fiktif).")
    page.get_by_role("button", name="Simpan", exact=True).click()
    page.get_by_text("Sampul dan kata pengantar disimpan").wait_for()
    sekar.photographs("edisi-sampul")
    page.get_by_role("link", name="Ringkasan").click()
    page.get_by_role("button", name="Jadikan cetak coba").click()
    page.get_by_text("Edisi siap dibaca sebagai cetak coba").wait_for()
    sekar.photographs("edisi-coba")
    address = page.url.removeprefix(gallery.url)
    page.get_by_role("link", name="Baca", exact=True).click()
    page.get_by_text("Keripik tempe pagi").wait_for()
    sekar.photographs("edisi-baca")

    ratna = someone("desk")
    ratna.signs_in("ratna")
    table = ratna.opens(address)
    table.get_by_role("link", name="Periksa dan kunci").click()
    table.get_by_text("tidak ada yang dapat mengubahnya lagi").wait_for()
    assert table.locator(".message.warning, .message.error").count() >= 1, "products without a photo are warned of"
    ratna.photographs("edisi-kunci")
    table.get_by_role("button", name="Kunci edisi ini").click()
    table.get_by_text("Edisi dikunci").wait_for()
    ratna.photographs("edisi-terkunci")

    # Her old page, still open with its form, is refused; nothing changes.
    answer = sekar.page.request.get(gallery.url + address + "isi/")
    assert answer.status == 200
    page = sekar.opens(address)
    assert page.get_by_role("link", name="Produk", exact=True).count() == 0
    token = next(c["value"] for c in sekar.context.cookies() if "csrf" in c["name"])
    refused = sekar.page.request.post(
        gallery.url + address + "isi/", form={"deed": "all", "csrfmiddlewaretoken": token},
        headers={"Referer": gallery.url + address}, max_redirects=0,
    )  # fmt: skip
    assert refused.status == 409

    table = ratna.opens("/kantor/edisi/")
    ratna.photographs("edisi-papan")
    table.get_by_role("button", name="Susun edisi kabupaten").click()
    table.get_by_text("Edisi kabupaten disusun: 1 bab").wait_for()
    ratna.photographs("edisi-kabupaten")
    table.get_by_role("button", name="Jadikan cetak coba").click()
    table.get_by_role("link", name="Periksa dan kunci").click()
    table.get_by_text("Belum ikut dalam edisi ini:").wait_for()
    ratna.photographs("edisi-kabupaten-kunci")
    table.get_by_role("button", name="Kunci edisi ini").click()
    table.get_by_text("Edisi dikunci").wait_for()
    table.get_by_role("button", name="Terbitkan").click()
    table.get_by_text("Edisi terbit.").wait_for()

    table.get_by_role("link", name="Cetak & berkas").click()
    ratna.photographs("edisi-cetak")
    table.get_by_role("button", name="Cetak ke PDF").click()
    table.locator("progress.meter, a[download]").first.wait_for()
    ratna.photographs("edisi-berjalan")
    table.get_by_text("Buku selesai").wait_for(timeout=120_000)  # by itself: nobody reloads
    ratna.photographs("edisi-selesai")
    told = table.locator(".fingerprint").first.inner_text().strip()
    with table.expect_download() as waiting:
        table.get_by_role("link", name="Unduh PDF").click()
    book = tmp_path / "buku.pdf"
    waiting.value.save_as(book)
    data = book.read_bytes()
    assert data.startswith(b"%PDF-")
    assert hashlib.sha256(data).hexdigest() == told
