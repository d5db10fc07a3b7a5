"""A visitor on a phone finds a product by a misspelt word, reads it, and opens WhatsApp; judges look at every page."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from kendedes.testing import axe

pytestmark = pytest.mark.story

# Through the real actions, past the curator: what this story tells begins when the products are out.
RELEASE = """
from django.utils import timezone
from kendedes.catalogue import actions as catalogue
from kendedes.network.models import Association, Producer, Unit
from kendedes.products.actions import Pack, PriceAsked, create_product, publish
from kendedes.products.models import Category, Product
from kendedes.web.actions import catch_up
at = timezone.now()
maker = Producer.objects.get(name="Kelompok Tempe Sari (fiktif)")
made = [
    create_product(
        producer=maker, category=Category.objects.get(slug="camilan"), name_id=name, at=at, by=None,
        story_id="Tempe tipis digoreng dengan tepung sagu. Direndam semalam, diiris setipis kertas.",
        packs=[Pack(unit="bungkus", net_value=150, net_unit="g", retail=PriceAsked(15000))],
    )
    for name in ("Keripik tempe sagu", "Sambal bawang Toyomarto", "Opak gambir")
]
Product.objects.filter(pk__in=[p.pk for p in made]).update(state="accepted")
publish(products=Product.objects.filter(pk__in=[p.pk for p in made]), at=at, by=None)
edition = catalogue.open_edition(association=maker.association, unit=maker.unit, at=at, by=None)
catalogue.choose(edition=edition, products=made, at=at, by=None)
edition = catalogue.lock(edition=catalogue.to_proof(edition=edition, at=at, by=None), at=at, by=None)
catalogue.publish(edition=edition, at=at, by=None)
catch_up(at=at)
print("edition", edition.slug)
"""
PAGES = ("/", "/produk/", "/kategori/camilan/", "/kecamatan/", "/kecamatan/singosari/", "/unggulan/", "/tentang/", "/edisi/",
         "/produsen/kelompok-tempe-sari-fiktif/", "/cari/?q=tempe", "/cari/?q=zzzz", "/produk/tidak-ada/")  # fmt: skip


@pytest.fixture(scope="module")
def shop(gallery):
    told = gallery.run("manage", "shell", "-v", "0", "-c", RELEASE).stdout
    gallery.edition = told.split()[-1]
    return gallery


def test_a_visitor_finds_by_a_misspelt_word_reads_and_opens_whatsapp(shop, someone):
    visitor = someone("phone")
    page = visitor.opens("/")
    visitor.photographs("situs-beranda")
    page.locator("#cari").fill("kripik tmepe")
    page.locator("#cari").press("Enter")
    page.get_by_text("tidak ada yang persis sama").wait_for()
    visitor.photographs("situs-cari")

    page.get_by_role("link", name="Keripik tempe sagu").click()
    page.get_by_role("heading", name="Keripik tempe sagu", level=1).wait_for()
    page.get_by_text("Direndam semalam").wait_for()
    page.get_by_text("Rp15.000").first.wait_for()
    visitor.photographs("situs-produk")

    link = page.get_by_role("link", name="Tanya lewat WhatsApp").get_attribute("href")
    assert link.startswith("https://wa.me/6281200000002?text=")
    assert "Keripik tempe sagu (kode SGS-" in unquote(link)
    assert shop.url in unquote(link)


def test_results_follow_as_one_types(shop, someone):
    page = someone("desk").opens("/cari/")
    page.locator("#q").press_sequentially("sambal b", delay=30)
    page.get_by_text("1 produk untuk").wait_for()

    assert page.locator("#hasil .product").count() == 1
    assert "q=sambal" in page.url


def test_the_site_works_without_scripts_and_says_the_same(shop, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{shop.url}/cari/?q=kripik")
    assert page.locator("#hasil .product").count() == 1
    page.locator("#hasil .product-name a").click()
    assert page.locator("h1").inner_text() == "Keripik tempe sagu"
    context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_is_too_wide_or_shuts_anybody_out(shop, browser, width):
    found: list[str] = []
    for scheme in ("light", "dark"):
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True)
        page = context.new_page()
        for path in (*PAGES, f"/edisi/{shop.edition}/", "/en/", "/en/produk/"):
            page.goto(shop.url + path)
            found += [f"{path} {scheme}: {line}" for line in axe.violations(page)]
            if axe.overflow(page):
                found.append(f"{path}: {axe.overflow(page)} px too wide")
        context.close()

    assert found == []


def test_english_pages_hold_no_indonesian_of_ours(shop, browser):
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    for path in ("/en/", "/en/produk/", "/en/kecamatan/", "/en/cari/?q=tempe"):
        page.goto(shop.url + path)
        text = page.locator("body").inner_text()
        assert not [word for word in ("Lihat", "Semua", "Kecamatan di", "Cari ", "Halaman") if word in text], path
    context.close()
