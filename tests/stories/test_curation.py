"""A product from an operator's phone to the public: written down, photographed, sent back, mended, accepted."""

from __future__ import annotations

import io

import pytest
from PIL import Image

pytestmark = pytest.mark.story


def _photo(colour: str) -> dict[str, object]:
    exif = Image.Exif()
    exif[0x0112] = 6
    out = io.BytesIO()
    Image.new("RGB", (1600, 1200), colour).save(out, "JPEG", quality=85, exif=exif)
    return {"name": "IMG_20261124.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def test_an_operator_photographs_the_curator_sends_back_and_then_accepts(someone):
    sekar = someone("phone")
    page = sekar.signs_in("sekar")
    page = sekar.opens("/kantor/produk/baru/")
    page.get_by_label("Produsen").select_option(index=1)
    page.get_by_label("Nama produk").fill("Keripik tempe kemul")
    page.get_by_label("Cerita").fill("Tempe tipis digoreng dengan tepung berbumbu.")
    page.get_by_label("Harga eceran").fill("17.500")
    page.get_by_label("Satuan jual").fill("bungkus")
    sekar.photographs("produk-baru")
    page.get_by_role("button", name="Simpan dan tambah foto").click()

    page.locator("input[type=file]").set_input_files([_photo("#b5541c"), _photo("#3b7a57")])
    page.get_by_role("button", name="Kirim foto").click()
    page.get_by_text("2 foto disimpan").wait_for()
    shown = page.locator(".photo-list picture img").first
    assert shown.evaluate("img => img.decode().then(() => img.naturalHeight > img.naturalWidth)")
    sekar.photographs("foto")

    page.get_by_role("link", name="Atur").first.click()
    page.locator("input[type=image]").tap(position={"x": 40, "y": 200})
    page.get_by_text("Titik fokus disimpan").wait_for()
    assert "fy-70" in page.locator(".focus-shows img").first.get_attribute("class")
    sekar.photographs("fokus")

    page = sekar.opens("/kantor/produk/?q=kemul")
    page.get_by_role("link", name="Keripik tempe kemul").click()
    page.get_by_role("button", name="Ajukan ke kurator").click()
    page.get_by_text("diajukan ke kurator").first.wait_for()
    address = page.url

    bima = someone("desk")
    table = bima.signs_in("bima")
    table = bima.opens("/kantor/kurasi/")
    bima.photographs("kurasi")
    table.get_by_role("link", name="Kembalikan").click()
    table.get_by_label("Foto").fill("Latar terlalu ramai.")
    table.get_by_role("button", name="Kembalikan ke unit").click()
    table.get_by_text("Tidak ada yang menunggu").wait_for()

    page.goto(address)
    page.get_by_text("Latar terlalu ramai.").wait_for()
    sekar.photographs("diperbaiki")
    page.get_by_role("button", name="Ajukan ke kurator").click()

    table = bima.opens("/kantor/kurasi/")
    table.get_by_label("Pilih Keripik tempe kemul").check()
    table.get_by_role("button", name="Terima yang dicentang").click()
    table.get_by_text("1 produk diterima").wait_for()
    table = bima.opens("/kantor/kurasi/?t=diterima")
    table.get_by_label("Pilih Keripik tempe kemul").check()
    table.get_by_role("button", name="Terbitkan yang dicentang").click()
    table.get_by_text("1 produk diterbitkan").wait_for()

    page.reload()
    assert page.locator(".page-head .badge", has_text="terbit").is_visible()


def test_two_people_editing_at_once_see_both_texts(someone):
    sekar, ratna = someone("desk"), someone("desk")
    sekar.signs_in("sekar")
    ratna.signs_in("ratna")
    page = sekar.opens("/kantor/produk/baru/")
    page.get_by_label("Produsen").select_option(index=1)
    page.get_by_label("Nama produk").fill("Kopi bubuk tetangga")
    page.get_by_role("button", name="Simpan dan tambah foto").click()
    page.wait_for_url("**/foto/")
    edit = page.url.replace("/foto/", "/ubah/")
    hers, theirs = page, ratna.page
    hers.goto(edit)
    theirs.goto(edit)

    theirs.locator("#id_story_id").fill("Cerita dari pengelola.")
    theirs.get_by_role("button", name="Simpan").click()
    theirs.get_by_text("Perubahan disimpan").wait_for()
    hers.locator("#id_story_id").fill("Cerita dari unit.")
    hers.get_by_role("button", name="Simpan").click()

    hers.get_by_role("heading", name="Sudah diubah orang lain").wait_for()
    assert hers.locator("td", has_text="Cerita dari pengelola.").is_visible()
    assert hers.locator("td mark", has_text="Cerita dari unit.").is_visible()
    sekar.photographs("bentrok")
    hers.get_by_role("button", name="Simpan isian saya").click()
    hers.get_by_text("Perubahan disimpan").wait_for()
    assert hers.locator(".prose", has_text="Cerita dari unit.").is_visible()


def test_two_curators_press_accept_at_the_same_moment_and_it_counts_once(someone):
    sekar, bima, ratna = someone("desk"), someone("desk"), someone("desk")
    for person, name in ((sekar, "sekar"), (bima, "bima"), (ratna, "ratna")):
        person.signs_in(name)
    page = sekar.opens("/kantor/produk/baru/")
    page.get_by_label("Produsen").select_option(index=1)
    page.get_by_label("Nama produk").fill("Rengginang ketan hitam")
    page.get_by_label("Cerita").fill("Ketan hitam dijemur dua hari.")
    page.get_by_label("Harga eceran").fill("12.000")
    page.get_by_role("button", name="Simpan dan tambah foto").click()
    page.locator("input[type=file]").set_input_files([_photo("#4a3b2a")])
    page.get_by_role("button", name="Kirim foto").click()
    page.goto(page.url.removesuffix("foto/"))
    page.get_by_role("button", name="Ajukan ke kurator").click()
    page.get_by_text("diajukan ke kurator").first.wait_for()
    for person in (bima, ratna):
        person.page.goto(page.url)

    for person in (bima, ratna):  # the form is sent and the answer not waited for
        person.page.evaluate("setTimeout(() => document.querySelector('form[action$=\"/terima/\"]').submit())")
    for person in (bima, ratna):
        person.page.wait_for_function("!document.querySelector('form[action$=\"/terima/\"]')")

    headings = sorted(person.page.locator("h1").inner_text() for person in (bima, ratna))
    assert headings == ["Belum bisa dilakukan", "Rengginang ketan hitam"]
    page.reload()
    assert page.locator(".timeline-what", has_text="menerima Rengginang").count() == 1
