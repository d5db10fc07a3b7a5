"""Two assessors score a product on their phones; the operator closes the round and the stars stand on the product's path."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = pytest.mark.story

ACCEPTED = """
import django; django.setup()
from datetime import date
from kendedes.network.models import Producer
from kendedes.products.actions import Pack, PriceAsked, create_product
from kendedes.products.models import Category, Permit, Product
from kendedes.testing.cast import AT
maker = Producer.objects.get(name__startswith="Kelompok Tempe")
product = create_product(
    producer=maker, category=Category.objects.get(slug="camilan"), name_id="Keripik tempe bintang", at=AT, by=None,
    story_id="Tempe tipis.", packs=[Pack(unit="bungkus", retail=PriceAsked(15000))],
)
Product.objects.filter(pk=product.pk).update(state="accepted")
Permit.objects.create(producer=maker, kind="pirt", number="2143507010001-30", valid_until=date(2030, 1, 1))
"""


def _score(person, first: int, second: int) -> None:
    """The level chosen of each of the rubric's two criteria, by its place."""
    page = person.opens("/kantor/ovop/")
    page.get_by_role("link", name="Nilai", exact=True).click()
    for number, level in enumerate((first, second)):
        page.locator("form.sheet fieldset").nth(number).locator("label.level").nth(level).click()
    page.get_by_role("button", name="Serahkan lembar nilai").click()
    page.get_by_text("diserahkan").wait_for()


def test_two_assessors_score_on_their_phones_and_the_round_gives_stars(someone, gallery):
    env = {**gallery.env, "DJANGO_SETTINGS_MODULE": "kendedes.settings"}
    subprocess.run([sys.executable, "-c", ACCEPTED], env=env, check=True)
    sekar = someone("desk")
    sekar.signs_in("sekar")
    page = sekar.opens("/kantor/ovop/putaran/baru/")
    page.get_by_label("Nama putaran").fill("OVOP Singosari 2026")
    page.get_by_label("Periode").fill("2026")
    page.get_by_label("Unit", exact=True).select_option(label="Unit Singosari")
    page.get_by_label("Rubrik", exact=True).select_option(index=1)
    page.get_by_role("button", name="Buka putaran").click()
    page.get_by_role("link", name="Tambah calon").click()
    page.get_by_label("Keripik tempe bintang").check()
    page.get_by_role("button", name="Tambahkan yang dipilih").click()
    page.get_by_role("link", name="Ubah").first.click()
    for name in ("Yudi Penilai", "Lestari Penilai"):
        page.get_by_label(name).check()
    page.get_by_role("button", name="Simpan").click()
    page.get_by_role("button", name="Mulai penilaian").click()
    page.get_by_text("Penilaian dimulai").wait_for()
    address = page.url

    yudi, lestari = someone("phone"), someone("phone")
    yudi.signs_in("yudi")
    lestari.signs_in("lestari")
    _score(yudi, 2, 1)
    yudi.photographs("nilai-yudi")
    assert yudi.page.locator(".points").count() == 0, "a neighbour's points stay hidden until the round is closed"
    _score(lestari, 2, 2)

    page.goto(address)
    page.get_by_role("button", name="Tutup dan putuskan").click()
    page.get_by_text("Putaran ditutup: 1 dari 1 calon berbintang.").wait_for()
    assert page.locator(".points").inner_text() == "14"
    assert page.locator(".card .stars").first.get_attribute("aria-label") == "Bintang 3 dari 5"
    page.get_by_role("link", name="Keripik tempe bintang").click()
    assert "Kemasan & label" in page.locator(".path-steps").inner_text()
    sekar.photographs("jalan-bintang")
