"""A hotel asks for 600 masks in six weeks: split over three groups, quoted, accepted by link, made, delivered, paid."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from kendedes.testing import axe
from kendedes.testing.server import Home, home, serving

pytestmark = pytest.mark.story

GROUPS = (("Topeng Panji", 200, 14), ("Topeng Kelana", 150, 21), ("Topeng Gunungsari", 120, 10))
SETUP = f"""
from datetime import date
from django.utils import timezone
from kendedes.ledger.actions import agree_terms
from kendedes.network import actions as network
from kendedes.network.models import Association, Producer, Region, Unit
from kendedes.orders.models import ShopRules
from kendedes.products.actions import Pack, PriceAsked, create_product
from kendedes.products.models import Category, Product
from kendedes.wholesale.actions import set_supply
at = timezone.now()
association = Association.objects.get(slug="kendedes")
agree_terms(association=association, valid_from=date(2020, 1, 1), at=at, by=None, values={{"gallery_bp": 1000, "unit_bp": 500}})
ShopRules.objects.create(association=association, is_open=True, bank="Bank Contoh", bank_number="0012345678", bank_holder="Galeri (contoh)")
crafts = Category.objects.get(slug="anyaman")
for name, capacity, lead in {GROUPS!r}:
    producer = network.create_producer(
        association=association, unit=Unit.objects.get(association=association, code="WJK"), at=at, by=None,
        village=Region.objects.get(code="35.07.08.2006"), name="Kelompok " + name + " (fiktif)", phone="628120000009" + str(lead % 10))
    product = create_product(producer=producer, category=crafts, name_id=name, at=at, by=None, capacity=capacity, lead_time_days=lead,
        story_id="Topeng kayu kecil.", packs=[Pack(unit="buah", retail=PriceAsked(25000))])
    Product.objects.filter(pk=product.pk).update(state="published")
    set_supply(variant=product.variants.select_related("product__producer").get(), tiers=[(50, 18000), (100, 16000)], at=at, by=None, minimum=50)
"""
SHARES = """
from kendedes.ledger.models import ShareLine
from kendedes.ledger.verify import verify
from kendedes.network.models import Producer
from kendedes.settlement.actions import make_link
from django.utils import timezone
for name in ("Topeng Panji", "Topeng Kelana", "Topeng Gunungsari"):
    producer = Producer.objects.get(name="Kelompok " + name + " (fiktif)")
    print("|".join([make_link(producer=producer, at=timezone.now(), by=None), str(sum(s.net for s in ShareLine.objects.filter(producer=producer)))]))
print("findings", list(verify().findings))
"""


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    with home(tmp_path_factory.mktemp("rumah")) as place:
        place.seed()
        place.run("manage", "shell", "-v", "0", "-c", SETUP)
        with serving(place) as served:
            yield served


def _fits(person) -> None:
    assert axe.overflow(person.page) == 0, person.page.url


def test_a_hotel_asks_for_600_masks_and_three_groups_are_paid(someone, gallery):
    hotel, ratna = someone("phone"), someone("phone")
    wanted = (timezone.localdate() + timedelta(days=42)).isoformat()

    page = hotel.opens("/permintaan/")
    page.get_by_label("Barang apa").fill("topeng suvenir")
    page.get_by_label("Berapa buah").fill("600")
    page.get_by_label("Dibutuhkan tanggal").fill(wanted)
    page.get_by_label("Kategori").select_option(label="Anyaman")
    page.get_by_label("Dikirim ke").fill("Kota Batu")
    page.get_by_label("Nama Anda").fill("Bu Hotel (fiktif)")
    page.get_by_label("Hotel, toko, atau lembaga").fill("Hotel Contoh")
    page.get_by_label("Nomor WhatsApp").fill("0812 0000 0077")
    page.get_by_label("Data ini boleh dipakai").check()
    page.get_by_label("Simpan kontak saya").check()
    _fits(hotel)
    hotel.photographs("permintaan")
    page.get_by_role("button", name="Kirim permintaan").click()
    page.get_by_text(re.compile(r"PM-\d{4}-0001")).wait_for()
    hotel.photographs("permintaan-diterima")

    # The manager sees what waits, takes the proposal as it is, and sends it.
    page = ratna.signs_in("ratna")
    page.get_by_text("permintaan baru menunggu jawaban").first.wait_for()
    page = ratna.opens("/kantor/permintaan/")
    _fits(ratna)
    ratna.photographs("permintaan-daftar")
    page.get_by_role("link", name="600 × topeng suvenir").click()
    page.get_by_role("button", name="Saya pegang").click()
    page.get_by_role("link", name="Bagi dan tawarkan").click()
    page.get_by_text("Cukup sampai tanggalnya.").wait_for()
    _fits(ratna)
    ratna.photographs("permintaan-bagi")
    amounts = [int(box.input_value()) for box in page.locator("input[name$=-quantity]").all()]
    assert amounts == [255, 175, 170]
    page.get_by_label("Ongkos kirim (Rp)").fill("250.000")
    page.get_by_role("button", name="Simpan draf penawaran").click()
    page.get_by_role("button", name="Kirim penawaran").click()
    text = page.get_by_label("Teks WhatsApp").input_value()
    assert "Jumlah Rp9.850.000. Uang muka 50% = Rp4.925.000." in text
    _fits(ratna)
    ratna.photographs("permintaan-ditawarkan")
    link = re.search(r"/penawaran/\S+/", text).group()

    # The hotel reads, downloads and accepts by the link alone.
    page = hotel.opens(link)
    pdf = page.request.get(gallery.url + link + "penawaran.pdf")
    assert (pdf.status, pdf.body()[:5]) == (200, b"%PDF-")
    _fits(hotel)
    hotel.photographs("penawaran")
    page.get_by_label("Nama Anda, sebagai tanda setuju").fill("Bu Hotel")
    page.get_by_role("button", name="Setujui penawaran").click()
    page.get_by_text("Terima kasih. Penawaran disetujui").wait_for()
    assert page.get_by_role("button", name="Setujui penawaran").count() == 0

    # The down payment is on the account; each group has its own link and answers by phone.
    page = ratna.opens("/kantor/permintaan/?bagian=dibuat")
    page.get_by_role("link", name="600 × topeng suvenir").click()
    page.get_by_role("button", name="Uang sudah masuk").click()
    page.get_by_text("Uang tercatat.").wait_for()
    office = page.url
    page.locator("summary", has_text="Tautan untuk para pembuat").click()
    links = [row.inner_text().strip() for row in page.locator("details .list-sub.cut").all()]
    assert len(links) == 3
    for amount, address in zip(amounts, links, strict=True):
        maker = someone("phone")
        page = maker.opens(address.removeprefix(gallery.url))
        assert "Hotel" not in page.content()
        page.get_by_role("button", name="Sanggup", exact=True).click()
        page.get_by_label("Sudah jadi berapa").fill("40")
        page.get_by_role("button", name="Catat").click()
        page.get_by_text(f"40 dari {amount} jadi").wait_for()
        _fits(maker)
        maker.photographs(f"borongan-{amount}")
        page.get_by_role("button", name="Semua sudah siap").click()
        page.get_by_text("sudah siap").first.wait_for()

    # What two groups made leaves first, with its delivery note and its invoice: the down payment is deducted there.
    page = ratna.opens(office.removeprefix(gallery.url))
    ratna.photographs("permintaan-siap")
    boxes = page.get_by_role("spinbutton")
    assert [int(box.input_value()) for box in boxes.all()] == amounts
    boxes.last.fill("0")
    page.get_by_label("Nomor resi atau pembawa").fill("Truk unit Wajak")
    page.get_by_role("button", name="Barang berangkat").click()
    page.get_by_text("Barang berangkat. Surat jalan SJ-").wait_for()
    page.get_by_text("terkirim sebagian").wait_for()
    page.get_by_text("430 / 600").wait_for()
    _fits(ratna)
    ratna.photographs("permintaan-sebagian")

    # The hotel reads what came, what follows and what it has to pay; a group reads what of hers left.
    page = hotel.opens(link)
    page.get_by_text("430 dari 600 buah sudah dikirim; 170 menyusul.").wait_for()
    _fits(hotel)
    hotel.photographs("penawaran-sebagian")
    maker = someone("phone")
    page = maker.opens(links[0].removeprefix(gallery.url))
    page.get_by_text("255 × Topeng Panji dikirim").wait_for()
    _fits(maker)
    maker.photographs("borongan-sebagian")

    # The rest leaves later, is invoiced, arrives, and is paid against its invoice.
    page = ratna.opens(office.removeprefix(gallery.url))
    page.get_by_label("Nomor resi atau pembawa").fill("Truk unit Wajak")
    page.get_by_role("button", name="Barang berangkat").click()
    page.get_by_text("semua terkirim").wait_for()
    for kind in ("Surat jalan SJ-", "Faktur FK-"):
        papers = [row.get_attribute("href") for row in page.get_by_role("link", name=re.compile(kind)).all()]
        assert len(papers) == 2
        for paper in papers:
            assert page.request.get(gallery.url + paper).body()[:5] == b"%PDF-"
    for left in (1, 0):
        page.get_by_role("button", name="Sudah sampai").first.click()
        page.wait_for_function(f"document.querySelectorAll('form[action$=\"/sampai/\"]').length == {left}")
    for open_ in (1, 0):  # the oldest invoice that is open is filled in
        assert page.get_by_label("Untuk").locator("option:checked").inner_text().startswith("faktur FK-")
        page.get_by_role("button", name="Uang sudah masuk").click()
        page.get_by_text("Uang tercatat.").wait_for()
        assert page.locator(".badge", has_text="terbuka").count() == open_
    page.locator(".figure-label", has_text="lunas").wait_for()
    page.get_by_text("selesai", exact=True).first.wait_for()
    _fits(ratna)
    ratna.photographs("permintaan-selesai")

    # Each group reads its part by its own link: 85 % of what its pieces brought.
    told = gallery.run("manage", "shell", "-v", "0", "-c", SHARES).stdout.strip().splitlines()
    assert told[-1] == "findings []"
    assert [int(row.split("|")[1]) for row in told[:3]] == [n * 16_000 * 85 // 100 for n in amounts]
    for row, name in zip(told[:3], GROUPS, strict=True):
        token, net = row.split("|")
        page = someone("phone").opens(f"/milik/{token}/")
        page.get_by_text(f"Rp{int(net):,}".replace(",", ".")).first.wait_for()
        assert name[0] in page.content()
