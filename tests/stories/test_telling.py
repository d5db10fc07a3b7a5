"""A story from an operator's phone to a reader, with a comment of a member on the way."""

from __future__ import annotations

import io
import time

import pytest
from PIL import Image

from kendedes.testing import axe

pytestmark = pytest.mark.story


def _photo() -> dict[str, object]:
    out = io.BytesIO()
    Image.new("RGB", (1200, 900), "#a4482a").save(out, "JPEG")
    return {"name": "dapur.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def test_an_operator_tells_the_curator_publishes_a_visitor_reads(someone):
    sekar = someone("phone")
    page = sekar.signs_in("sekar")
    page = sekar.opens("/kantor/cerita/baru/")
    page.get_by_label("Judul", exact=True).fill("Pagi di dapur")
    page.get_by_label("Isi", exact=True).fill("Api **menyala**.\n\n## Bahan\n\n- tempe\n\n<script>alert(1)</script>")
    page.get_by_role("button", name="Simpan").click()
    page.locator("input[type=file]").set_input_files([_photo()])
    page.locator("[name=caption_id]").fill("Dapur kelompok")
    page.get_by_role("button", name="Unggah").click()
    page.get_by_text("sampul").first.wait_for()
    page.get_by_role("link", name="Lihat hasilnya").click()
    assert page.locator(".story-cover img").first.evaluate("i => i.decode().then(() => i.naturalWidth > 0)")
    sekar.photographs("cerita-draf")
    page.get_by_role("button", name="Ajukan").click()
    page.get_by_text("Diajukan.").first.wait_for()
    number = page.url.rstrip("/").rsplit("/", 1)[1]

    bima = someone("desk")
    desk = bima.signs_in("bima")
    desk = bima.opens(f"/kantor/cerita/{number}/")
    desk.get_by_role("button", name="Terbitkan").click()
    desk.get_by_text("Terbit.").first.wait_for()

    reader = someone("phone")
    for _try in range(60):  # the site follows the diary within seconds
        shown = reader.opens("/cerita/pagi-di-dapur/")
        if shown.get_by_role("heading", name="Pagi di dapur").count():
            break
        time.sleep(0.5)
    shown.get_by_text("<script>alert(1)</script>").wait_for()
    shown.get_by_role("heading", name="Bahan").wait_for()
    assert axe.violations(shown) == []
    reader.photographs("cerita-terbit")

    page.goto(f"{sekar.place.url}/kantor/cerita/{number}/komentari/")
    page.get_by_label("Komentar").fill("Yang remuk boleh dibeli?")
    page.get_by_role("button", name="Kirim").click()
    page.get_by_text("Terima kasih.").first.wait_for()
    desk = bima.opens("/kantor/cerita/komentar/")
    desk.get_by_role("button", name="Tampilkan").click()
    for _try in range(60):
        shown = reader.opens("/cerita/pagi-di-dapur/")
        if shown.get_by_text("Yang remuk boleh dibeli?").count():
            break
        time.sleep(0.5)
    shown.get_by_text("Yang remuk boleh dibeli?").wait_for()
