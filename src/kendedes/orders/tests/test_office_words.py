"""What the office hears: what is missing, what was typed wrongly, files for other programs; whose order a form's key opens."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client

from kendedes.journal.models import Entry
from kendedes.journal.telling import tell
from kendedes.orders import actions
from kendedes.orders.models import Order, Wording
from kendedes.orders.queries.files import LINES, ORDERS
from kendedes.orders.queries.office import TELLINGS
from kendedes.orders.rules.wording import TEXTS
from kendedes.orders.tests.test_pages import form
from kendedes.orders.waiting import waiting
from kendedes.testing.shop import AT

pytestmark = pytest.mark.usefixtures("stall")


def short_for(user) -> list[int]:
    return [row.count.count() for row in waiting(user) if "kekurangan" in str(row.label)]


def test_goods_a_till_sold_are_missing_on_the_home_page(stall, client: Client):
    first, second = stall.order(6), stall.order(3)
    ratna = stall.shop.cast.ratna
    assert short_for(ratna) == [0]
    stall.shop.sell((stall.shop.lot, 4, 60_000))
    client.force_login(ratna)

    assert short_for(ratna) == [2]
    listed = client.get("/kantor/pesanan/?keadaan=kurang").content.decode()
    assert first.code in listed
    assert second.code in listed
    assert "pesanan kekurangan barang di rak" in client.get("/kantor/").content.decode()

    actions.cancel_order(order=first, reason="habis", at=AT, by=ratna)
    assert short_for(ratna) == [0]
    assert first.code not in client.get("/kantor/pesanan/?keadaan=kurang").content.decode()


def test_a_reason_that_is_too_long_is_said_and_nothing_is_cancelled(stall, client: Client):
    order = stall.order(1)
    client.force_login(stall.shop.cast.ratna)

    told = client.post(f"/kantor/pesanan/{order.pk}/batal/", {"reason": "x" * 201}, follow=True).content.decode()

    assert "Alasan" in told
    assert "200" in told
    order.refresh_from_db()
    assert (order.state, order.cancel_reason) == ("new", "")
    client.post(f"/kantor/pesanan/{order.pk}/batal/", {"reason": "x" * 200})
    order.refresh_from_db()
    assert (order.state, order.cancel_reason) == ("cancelled", "x" * 200)


def test_the_buyer_hears_it_too(stall, client: Client):
    client.post("/pesan/", form(stall, 1))
    order = Order.objects.get()

    told = client.post(f"/pesanan/{order.token}/batal/", {"reason": "x" * 201}, follow=True).content.decode()

    assert "200" in told
    order.refresh_from_db()
    assert order.state == "new"


def test_handing_over_with_something_wrong_says_what(stall, client: Client):
    order = stall.order(1)
    client.force_login(stall.shop.cast.ratna)

    told = client.post(
        f"/kantor/pesanan/{order.pk}/serahkan/", {"key": str(uuid.uuid4()), "tracking": "x" * 41}, follow=True
    ).content.decode()

    assert "Nomor resi" in told
    order.refresh_from_db()
    assert (order.state, order.handed_over) == ("new", None)


def test_anothers_form_key_opens_no_personal_part(stall, client: Client):
    sent = form(stall, 1)
    client.post("/pesan/", sent)
    order = Order.objects.get()
    other = Client()

    answer = other.post("/pesan/", {**sent, "name": "Orang lain", "phone": "0812-0000-0011"})

    assert Order.objects.count() == 1
    page = other.get(answer.url).content.decode()
    assert "Bu Pembeli" not in page
    assert "0812-0000-0099" not in page
    assert other.post(f"/pesanan/{order.token}/batal/").status_code == 404
    again = Client()  # her own form sent twice, the first answer lost on the way
    assert "Bu Pembeli" in again.get(again.post("/pesan/", sent).url).content.decode()


@pytest.mark.parametrize(("what", "header"), [("pesanan", ORDERS), ("baris-pesanan", LINES)])
def test_orders_leave_as_files_without_the_buyer(stall, client: Client, what, header):
    client.post("/pesan/", form(stall, 2))
    order = Order.objects.get()
    client.force_login(stall.shop.cast.ratna)

    text = client.get(f"/kantor/pesanan/unduh/{what}.csv").content.decode("utf-8-sig").splitlines()

    assert text[0] == ",".join(header)
    assert len(text) == 2
    assert order.code in text[1]
    assert "30000" in text[1]
    assert "Pembeli" not in text[1]
    assert client.get(f"/kantor/pesanan/unduh/{what}.xlsx").content[:2] == b"PK"
    assert client.get(f"/kantor/pesanan/unduh/{what}.pdf").status_code == 404


def test_every_text_is_called_by_its_name_in_the_readers_language(stall, client: Client):
    assert TELLINGS.keys() == TEXTS.keys()
    ratna = stall.shop.cast.ratna
    client.force_login(ratna)

    page = client.get("/kantor/pesanan/toko/").content.decode()
    english = client.get("/en/kantor/pesanan/toko/").content.decode()

    for key in TELLINGS:
        assert f'href="/kantor/pesanan/toko/teks/{key}/en/"' in page
    assert '<span class="list-title">Pembayaran belum ditemukan</span>' in page
    assert '<span class="list-title">Payment not found yet</span>' in english
    for text in (page, english):
        assert "not_found" not in text.replace("/teks/not_found/", "")


def test_an_own_text_is_shown_as_such_and_told_in_words(stall, client: Client):
    client.force_login(stall.shop.cast.ratna)

    client.post("/kantor/pesanan/toko/teks/not_found/en/", {"subject": "Not yet", "text": "Hello {nama}"})

    assert Wording.objects.get().key == "not_found"
    page = client.get("/kantor/pesanan/toko/").content.decode()
    assert page.count("teks sendiri") == 1
    one = client.get("/kantor/pesanan/toko/teks/not_found/en/").content.decode()
    assert "Teks pesan: Pembayaran belum ditemukan" in one
    assert "Bahasa Inggris" in one
    line = tell(Entry.objects.filter(deed="shop.wording"))[0]
    assert line.text == "mengubah teks pesan “Pembayaran belum ditemukan”"


def test_the_list_leads_to_the_rules_of_the_shop_and_to_makers_work(stall, client: Client):
    client.force_login(stall.shop.cast.ratna)

    page = client.get("/kantor/pesanan/").content.decode()

    assert 'href="/kantor/pesanan/toko/"' in page
    assert "Garapan produsen" in page
