"""A visitor on a phone finds the product, puts five packs in the basket, orders for pick-up, pays by QRIS; the cashier
confirms and hands over. No account, and no JavaScript needed."""

from __future__ import annotations

import re

import pytest

from kendedes.testing import axe

pytestmark = pytest.mark.story

OPEN = """
from datetime import date, timedelta
from django.utils import timezone
from kendedes.gallery.models import Shelf, Stand, Venue
from kendedes.journal.models import User
from kendedes.ledger import actions as books
from kendedes.ledger.actions.sale import Case
from kendedes.ledger.actions.standing import place
from kendedes.network.actions import give_role
from kendedes.network.models import Producer
from kendedes.network.rules import Role
from kendedes.orders.models import Rate, ShopRules
from kendedes.products.actions import Pack, PriceAsked, create_product, publish
from kendedes.products.models import Category, Product
from kendedes.sales.models import TillRules
from kendedes.web.actions import catch_up
at = timezone.now()
maker = Producer.objects.get(name="Kelompok Tempe Sari (fiktif)")
home = maker.association
product = create_product(
    producer=maker, category=Category.objects.get(slug="camilan"), name_id="Keripik tempe sagu", at=at, by=None,
    story_id="Tempe tipis digoreng dengan tepung sagu.",
    packs=[Pack(unit="bungkus", net_value=150, net_unit="g", retail=PriceAsked(15000))],
)
Product.objects.filter(pk=product.pk).update(state="accepted")
publish(products=Product.objects.filter(pk=product.pk), at=at, by=None)
terms = books.agree_terms(association=home, valid_from=date(2026, 1, 1), at=at, by=None, values={"gallery_bp": 1000, "unit_bp": 500})
venue = Venue.objects.create(association=home, name="Pusat Kerajinan (contoh)")
stand = Stand.objects.create(venue=venue, number="3", name="Camilan", place=place(home, "shelf", key="stand:3", name="Stan 3"))
shelf = place(home, "shelf", key="shelf:1", name="Stan 3, rak B")
Shelf.objects.create(stand=stand, name="B", place=shelf)
new = books.NewLot(variant=product.variants.get(), producer=maker, terms=terms, name="Keripik tempe 150 g", maker_price=12000, price=15000,
                   expires_on=at.date() + timedelta(days=90))
books.receive(Case(association=home, at=at, by=None), arrivals=[books.Arrival(new, 12)], into=shelf)
ShopRules.objects.create(association=home, is_open=True, bank="Bank Contoh", bank_number="0012345678", bank_holder="Galeri (contoh)")
Rate.objects.create(association=home, regency="Kota Surabaya", courier="Kurir Contoh", first_kg=9000, next_kg=7000, days="2-3")
TillRules.objects.create(association=home, qris_dynamic=True, qris_static=%r)
cashier = User.objects.create_user(username="sri", password="rahasia-uji-kendedes", name="Sri Kasir (fiktif)")
give_role(user=cashier, role=Role.CASHIER, association=home, at=at, by=None)
catch_up(at=at)
"""
QRIS = (
    "00020101021126680016ID.CO.CONTOH.WWW011893600000000000000102150000000000000010303UMI51440014ID.CO.QRIS.WWW0215ID0000000000001"
    "0303UMI5204594753033605802ID5913GALERI CONTOH6011KAB. MALANG6105651536304D400"
)


@pytest.fixture(scope="module")
def shop(gallery):
    gallery.run("manage", "shell", "-v", "0", "-c", OPEN % QRIS)
    return gallery


def test_five_packs_by_qris_for_pick_up_confirmed_by_the_cashier(shop, someone):
    visitor = someone("phone")
    page = visitor.opens("/cari/?q=kripik+tempe")
    page.get_by_role("link", name="Keripik tempe sagu").first.click()
    page.get_by_label("Banyaknya").fill("5")
    visitor.photographs("pesan-1-produk")
    page.get_by_role("button", name="Masukkan keranjang").click()
    page.get_by_text("Rp75.000").first.wait_for()
    visitor.photographs("pesan-2-keranjang")
    assert axe.violations(page) == []
    page.get_by_role("button", name="Lanjut memesan").click()

    page.get_by_label("Nama", exact=True).fill("Bu Pembeli (fiktif)")
    page.get_by_label("Nomor WhatsApp").fill("0812 0000 0099")
    page.get_by_label("QRIS").check()
    page.get_by_label(re.compile("Saya setuju")).check()
    visitor.photographs("pesan-3-memesan")
    assert axe.violations(page) == []
    page.get_by_role("button", name="Pesan sekarang").click()

    page.get_by_text("BELUM LUNAS").wait_for()
    page.get_by_alt_text("Kode QRIS galeri").wait_for()
    visitor.photographs("pesan-4-bayar")
    assert axe.violations(page) == []
    page.get_by_role("button", name="Saya sudah bayar").click()
    page.get_by_text("sedang kami periksa").wait_for()
    address = page.url

    cashier = someone("desk")
    cashier.signs_in("sri")
    desk = cashier.opens("/kantor/pesanan/?keadaan=bayar")
    cashier.photographs("pesan-5-kantor")
    desk.get_by_role("link", name=re.compile("P-2026")).click()
    cashier.photographs("pesan-6-pesanan")
    assert axe.violations(desk) == []
    desk.get_by_role("button", name="Uang sudah masuk").click()
    desk.get_by_text("Pembayaran tercatat").wait_for()
    desk.get_by_role("button", name="Sudah disiapkan").click()
    desk.get_by_role("button", name="Serahkan").click()
    desk.get_by_text("SUDAH DIAMBIL").wait_for()

    page.goto(address)
    page.get_by_text("SUDAH DIAMBIL").wait_for()
    page.get_by_text("LUNAS", exact=True).wait_for()
    visitor.photographs("pesan-7-selesai")
    assert "fits" in shop.run("verify", "--json").stdout
