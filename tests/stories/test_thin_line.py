"""A visitor with an old phone: no scripts at all, a thin line, the dark; and the same pages for eyes and judges."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.stories.test_order import OPEN, QRIS

from kendedes.testing import axe, slowline
from kendedes.testing.cast import PASSWORD

pytestmark = pytest.mark.story

FIRST, NEXT = 100_000, 15_000  # bytes over the line without photos: with an empty cache, after another page
OFFICE = (
    *("/kantor/pesanan/", "/kantor/pesanan/garapan/", "/kantor/pesanan/toko/"),
    *("/kantor/permintaan/", "/kantor/permintaan/papan/", "/kantor/permintaan/baru/", "/kantor/harga-grosir/"),
    *("/kantor/pembeli/", "/kantor/pembeli/baru/"),
    *("/kantor/cerita/", "/kantor/cerita/baru/", "/kantor/cerita/impor/", "/kantor/cerita/komentar/"),
    *("/kantor/pengunjung/", "/kantor/pengunjung/tidak-ditemukan/", "/kantor/pengunjung/padanan/"),
)


@pytest.fixture(scope="module")
def shop(gallery):
    gallery.run("manage", "shell", "-v", "0", "-c", OPEN % QRIS)
    return gallery


@pytest.fixture(scope="module")
def bought(shop, browser):
    """(address of the product, cookies of a basket with five packs of it)."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{shop.url}/produk/")
    address = page.locator(".product-name a").first.get_attribute("href")
    page.goto(shop.url + address)
    page.get_by_role("button", name="Masukkan keranjang").click()
    cookies = context.cookies()
    context.close()
    return address, cookies


def test_found_by_misspelling_ordered_and_followed_without_scripts(shop, browser):
    context = browser.new_context(java_script_enabled=False, **slowline.PHONE)
    page = context.new_page()
    page.goto(f"{shop.url}/")
    page.locator("#cari").fill("kripik tmepe")
    page.locator("#cari").press("Enter")
    page.get_by_role("link", name="Keripik tempe sagu").first.click()
    page.get_by_label("Banyaknya").fill("5")
    page.get_by_role("button", name="Masukkan keranjang").click()
    page.get_by_text("Rp75.000").first.wait_for()
    page.get_by_role("button", name="Lanjut memesan").click()
    page.get_by_label("Nama", exact=True).fill("Bu Pembeli (fiktif)")
    page.get_by_label("Nomor WhatsApp").fill("0812 0000 0055")
    page.get_by_label("QRIS").check()
    page.get_by_label(re.compile("Saya setuju")).check()
    page.get_by_role("button", name="Pesan sekarang").click()

    page.get_by_text("BELUM LUNAS").wait_for()
    page.get_by_alt_text("Kode QRIS galeri").wait_for()
    page.get_by_role("button", name="Saya sudah bayar").click()
    page.get_by_text("sedang kami periksa").wait_for()
    context.close()


def test_a_large_request_is_asked_without_scripts(shop, browser):
    context = browser.new_context(java_script_enabled=False, **slowline.PHONE)
    page = context.new_page()
    page.goto(f"{shop.url}/produk/")
    page.locator(".product-name a").first.click()
    page.goto(f"{shop.url}/permintaan/")
    page.get_by_label("Barang apa").fill("keripik tempe untuk oleh-oleh hotel")
    page.get_by_label("Berapa buah").fill("600")
    page.get_by_label("Dibutuhkan tanggal").fill((timezone.localdate() + timedelta(days=42)).isoformat())
    page.get_by_label("Nama Anda").fill("Bu Hotel (fiktif)")
    page.get_by_label("Nomor WhatsApp").fill("0812 0000 0077")
    page.get_by_label("Data ini boleh dipakai").check()
    page.get_by_role("button", name="Kirim permintaan").click()

    page.get_by_text(re.compile(r"Nomornya PM-\d{4}-\d+")).wait_for()
    context.close()


def test_pages_weigh_little_on_the_first_visit_and_next_to_nothing_after_it(shop, browser, bought):
    product, cookies = bought
    heavy: list[str] = []
    for address in ("/", "/produk/", product, "/pesan/"):
        context, page, line = slowline.phone(browser)
        context.add_cookies(cookies)
        first = slowline.visit(page, line, shop.url + address)
        again = slowline.visit(page, line, f"{shop.url}/kecamatan/")
        heavy += [f"first {address}: {first.heaviest()}"] if first.plain > FIRST else []
        heavy += [f"next after {address}: {again.heaviest()}"] if again.plain > NEXT else []
        context.close()
        context, page, line = slowline.phone(browser)
        context.add_cookies(cookies)
        slowline.visit(page, line, f"{shop.url}/tentang/")
        later = slowline.visit(page, line, shop.url + address)
        heavy += [f"next {address}: {later.heaviest()}"] if later.plain > NEXT else []
        context.close()

    assert heavy == []


@pytest.mark.parametrize("width", [360, 1280])
def test_pages_of_the_shop_shut_nobody_out(shop, browser, bought, width):
    product, cookies = bought
    found: list[str] = []
    for scheme in ("light", "dark"):
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True)
        context.add_cookies(cookies)
        page = context.new_page()
        for path in (product, "/keranjang/", "/pesan/", "/permintaan/", "/permintaan/terima-kasih/PM-1/", "/en/pesan/"):
            page.goto(shop.url + path)
            found += judged(page, f"{path} {scheme}")
        context.close()

    assert found == []


@pytest.mark.parametrize("width", [360, 1280])
def test_pages_of_the_office_about_buyers_shut_nobody_out(shop, browser, signed_in, width):
    found: list[str] = []
    for scheme in ("light", "dark"):
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True, storage_state=signed_in
        )
        page = context.new_page()
        for path in OFFICE:
            assert page.goto(shop.url + path).status == 200, path
            found += judged(page, f"{path} {scheme}")
        context.close()

    assert found == []


@pytest.fixture(scope="module")
def signed_in(shop, browser):
    """The manager's cookies."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{shop.url}/akun/login/")
    page.locator("input[name=login]").fill("ratna")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form[method=post] button.primary").first.click()
    page.wait_for_url("**/kantor/**")
    state = context.storage_state()
    context.close()
    return state


def judged(page, where: str) -> list[str]:
    """What axe says of the page, and whether it is wider than the screen."""
    wide = axe.overflow(page)
    return [f"{where}: {line}" for line in axe.violations(page)] + ([f"{where}: {wide} px too wide"] if wide else [])
