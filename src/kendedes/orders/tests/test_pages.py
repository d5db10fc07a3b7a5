"""The buyer's pages without JavaScript: basket, one page to order, her order, proof; bots, replays, others' tokens."""

from __future__ import annotations

import io
import uuid

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image

from kendedes.journal.models import Entry
from kendedes.orders import actions
from kendedes.orders.actions.proofs import ProofRefused, TooManyProofs, add_proof
from kendedes.orders.models import Message, Money, Order, Promise, Proof
from kendedes.orders.tests.pictures import photo
from kendedes.products.models import Product
from kendedes.testing.shop import AT, DAY

pytestmark = pytest.mark.usefixtures("stall")


def put(client, stall, pieces=5, **more):
    return client.post(
        "/keranjang/tambah/", {"kemasan": stall.shop.variant.pk, "jumlah": pieces}, headers={"sec-fetch-site": "same-origin"},
        **more,
    )  # fmt: skip


def form(stall, pieces=5, **more):
    pack = stall.shop.variant.pk
    return {
        "kunci": str(uuid.uuid4()), "situs": "", "name": "Bu Pembeli (fiktif)", "phone": "0812-0000-0099", "email": "",
        "way": "pickup", "stand": stall.stand.pk, "rate": "lain", "regency": "", "address": "", "pay": "transfer", "note": "",
        "consent": "on", f"h-{pack}": 15_000, f"n-{pack}": pieces, **more,
    }  # fmt: skip


def order_page(client, stall, **more) -> Order:
    answer = client.post("/pesan/", form(stall, **more))
    assert answer.status_code == 302, answer.content.decode()
    return Order.objects.get()


def test_from_the_product_to_the_order(client, stall):
    assert put(client, stall).url == "/keranjang/"
    assert "Rp75.000" in client.get("/keranjang/").content.decode()
    assert 'name="consent"' in client.get("/pesan/").content.decode()

    answer = client.post("/pesan/", form(stall, 5))

    order = Order.objects.get()
    assert answer.url == f"/pesanan/{order.token}/"
    assert (order.phone, order.pay, order.goods, order.stand) == ("+6281200000099", "transfer", 75_000, stall.stand)
    assert order.consented_at is not None
    page = client.get(answer.url)
    assert "0012345678" in page.content.decode()
    assert "Bu Pembeli" in page.content.decode()
    assert (
        '<meta name="description" content="Keadaan pesanan Anda, pembayarannya, dan langkah berikutnya.">'
        in page.content.decode()
    )
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert "no-store" in page.headers["Cache-Control"]
    assert "Keranjang masih kosong" in client.get("/keranjang/").content.decode()


def test_somebody_elses_browser_sees_no_name_and_may_do_nothing(client, stall):
    order = order_page(client, stall)
    other = Client()

    page = other.get(f"/pesanan/{order.token}/").content.decode()
    denied = [
        other.post(f"/pesanan/{order.token}/{deed}/").status_code for deed in ("sudah-bayar", "bukti", "batal", "bayar")
    ]

    assert "Bu Pembeli" not in page
    assert "0000-0099" not in page
    assert "P-2026-0001" in page
    assert denied == [404] * 4
    assert other.get("/pesanan/AAAAAAAAAAAAAAAAAAAAAA/").status_code == 404
    other.post(f"/pesanan/{order.token}/buka/", {"digits": "1234"})
    assert "Bu Pembeli" not in other.get(f"/pesanan/{order.token}/").content.decode()
    other.post(f"/pesanan/{order.token}/buka/", {"digits": "0099"})
    assert "Bu Pembeli" in other.get(f"/pesanan/{order.token}/").content.decode()


def test_four_digits_are_not_guessed(client, stall):
    order = order_page(client, stall)
    other = Client()

    answers = [other.post(f"/pesanan/{order.token}/buka/", {"digits": f"{n:04}"}).status_code for n in range(12)]

    assert answers == [302] * 10 + [429] * 2


def test_a_double_click_is_one_order_and_a_stranger_with_its_key_is_not_let_in(client, stall):
    sent = form(stall)
    first = client.post("/pesan/", sent)

    again = client.post("/pesan/", sent)
    other = Client()
    stolen = other.post("/pesan/", {**sent, "phone": "0812-0000-0055"})

    assert first.url == again.url == stolen.url
    assert (Order.objects.count(), Promise.objects.count()) == (1, 1)
    assert "Bu Pembeli" not in other.get(stolen.url).content.decode()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"name": ""}, "tidak boleh kosong"), ({"phone": "12345"}, "tidak terbaca"), ({"consent": ""}, "tidak boleh kosong"),
        ({"way": "courier"}, "Tulis alamat lengkapnya"), ({"pay": "gratis"}, "pilihan"), ({"stand": "999"}, "pilihan"),
        ({"way": "courier", "address": "Jl. Contoh 1 Malang", "pay": "cash", "regency": "X"}, "Tunai hanya"),
        ({"name": "x" * 81}, "80"), ({"note": "y" * 301}, "300"), ({"kunci": "bukan"}, ""),
    ],
)  # fmt: skip
def test_what_is_missing_is_asked_for_and_what_was_typed_stays(client, stall, more, said):
    before = Entry.objects.count()

    answer = client.post("/pesan/", form(stall) | {"note": "tolong bungkus kado"} | more)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert said.lower() in page.lower()
    assert "note" in more or "tolong bungkus kado" in page
    assert (Order.objects.count(), Entry.objects.count()) == (0, before)


def test_a_stale_price_is_shown_and_asked_again(client, stall):
    answer = client.post("/pesan/", form(stall, **{f"h-{stall.shop.variant.pk}": 14_000}))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "sekarang Rp15000 (tadi Rp14000)" in page
    assert f'name="h-{stall.shop.variant.pk}" value="15000"' in page
    assert Order.objects.count() == 0


def test_more_than_there_is_is_refused_in_words(client, stall):
    answer = client.post("/pesan/", form(stall, 11))

    assert answer.status_code == 409
    assert "yang dapat dijanjikan sekarang 10" in answer.content.decode()


def test_programs_that_fill_in_everything_get_nothing(client, stall):
    answer = client.post("/pesan/", form(stall, situs="https://contoh.test"))

    assert (answer.status_code, answer.url) == (302, "/keranjang/")
    assert Order.objects.count() == 0


def test_one_number_holds_five_unpaid_orders_at_most(client, stall):
    for _n in range(5):
        stall.order(1, at=timezone.now())

    answer = client.post("/pesan/", form(stall, 1))

    assert answer.status_code == 409
    assert "belum dibayar" in answer.content.decode()


def test_thirty_orders_an_hour_from_one_address(client, stall):
    answers = [client.post("/pesan/", form(stall, 1, name="")).status_code for _n in range(31)]

    assert answers == [200] * 30 + [429]


def test_forms_of_other_sites_change_nothing(stall):
    strict = Client(enforce_csrf_checks=True)
    asked = {"kemasan": stall.shop.variant.pk, "jumlah": 1}

    answer = strict.post("/keranjang/tambah/", asked, headers={"sec-fetch-site": "cross-site"})

    assert "keranjang" not in answer.cookies
    assert "keranjang" not in strict.post("/keranjang/tambah/", asked, headers={"origin": "https://jahat.test"}).cookies
    assert "keranjang" in strict.post("/keranjang/tambah/", asked, headers={"origin": "http://testserver"}).cookies
    assert strict.post("/pesan/", form(stall)).status_code == 403


@pytest.mark.parametrize("cookie", ["", "bohong", "1x5", "1x5:abc:def", "9" * 4000])
def test_a_basket_somebody_made_up_is_empty(client, cookie):
    client.cookies["keranjang"] = cookie

    assert "Keranjang masih kosong" in client.get("/keranjang/").content.decode()


def test_numbers_change_and_nought_takes_it_out(client, stall):
    put(client, stall, 5)
    pack = f"n-{stall.shop.variant.pk}"

    client.post("/keranjang/", {pack: "7"})
    assert "Rp105.000" in client.get("/keranjang/").content.decode()
    assert client.post("/keranjang/", {pack: "3", "pesan": "1"}).url == "/pesan/"
    client.post("/keranjang/", {pack: "0"})

    assert "Keranjang masih kosong" in client.get("/keranjang/").content.decode()


def test_a_proof_is_drawn_anew_without_where_it_was_taken(client, stall):
    order = order_page(client, stall)
    sent = io.BytesIO(photo())
    sent.name = "bukti.jpg"

    client.post(f"/pesanan/{order.token}/bukti/", {"file": sent})

    proof = Proof.objects.get()
    image = Image.open(io.BytesIO(bytes(proof.image)))
    assert (image.format, image.size, dict(image.getexif())) == ("JPEG", (400, 400), {})
    assert b"KameraRahasia" not in bytes(proof.image)
    assert Money.objects.get().amount == 75_000
    order.refresh_from_db()
    assert order.expires_at is None


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7" + b"0" * 500, b"<svg onload=alert(1)>" * 30, photo()[:200]])
def test_what_is_no_photo_is_refused(stall, data):
    order = stall.order(1, pay="transfer")

    with pytest.raises(ProofRefused):
        add_proof(order=order, data=data, at=AT)

    assert not Proof.objects.exists()
    assert not Money.objects.exists()


def test_five_proofs_are_enough(stall):
    order = stall.order(1, pay="transfer")
    Proof.objects.bulk_create(Proof(order=order, image=b"x", sha256=f"{n}", sent_at=AT) for n in range(5))

    with pytest.raises(TooManyProofs):
        add_proof(order=order, data=photo(), at=AT)


def test_the_buyer_cancels_and_the_pieces_are_free(client, stall):
    order = order_page(client, stall)

    client.post(f"/pesanan/{order.token}/batal/", {"reason": "salah pilih"})

    order.refresh_from_db()
    assert (order.state, order.cancel_reason, Promise.objects.get().end) == ("cancelled", "salah pilih", "cancelled")
    assert "DIBATALKAN" in client.get(f"/pesanan/{order.token}/").content.decode()


def test_a_maker_answers_by_her_link_and_sees_nothing_of_the_buyer(client, stall):
    Product.objects.filter(pk=stall.shop.product.pk).update(capacity=300, lead_time_days=7)
    order = stall.order(20, pay="transfer")
    ask = order.asks.get()
    page = client.get(f"/garapan/{ask.token}/").content.decode()
    assert "20 ×" in page
    assert "Pembeli" not in page
    assert Message.objects.get(key=f"ask:{ask.pk}").text.endswith(f"/garapan/{ask.token}/")

    client.post(f"/garapan/{ask.token}/", {"line": 1, "step": "proposed", "on": "2026-12-24"})
    client.post(f"/garapan/{ask.token}/", {"line": 1, "step": "ready"})

    assert [p.step for p in order.lines.get().progress.all()] == ["ready", "proposed"]
    assert client.post(f"/garapan/{ask.token}/", {"line": 7, "step": "ready"}).status_code == 404


def test_the_office_confirms_and_hands_over(client, stall):
    order = stall.order(2, pay="qris")
    actions.say_paid(order=order, at=AT)
    client.force_login(stall.shop.cast.ratna)
    home = f"/kantor/pesanan/{order.pk}/"
    assert "Pembeli berkata sudah membayar Rp30.000" in client.get(home).content.decode()
    assert "P-2026-0001" in client.get("/kantor/pesanan/?keadaan=bayar").content.decode()

    client.post(home + "uang/", {"key": uuid.uuid4(), "kind": "qris", "amount": 30_000})
    client.post(home + "siap/")
    client.post(home + "serahkan/", {"key": uuid.uuid4(), "rest": "cash", "scanned": stall.shop.lot.code})

    order.refresh_from_db()
    assert (order.state, order.handed_over is not None) == ("done", True)
    page = client.get(home).content.decode()
    assert "SUDAH DIAMBIL" in page
    assert "LUNAS" in page


def test_english_buyers_read_english(client, stall):
    put(client, stall)
    client.get("/en/keranjang/")

    answer = client.post("/en/pesan/", form(stall))

    assert answer.url.startswith("/en/pesanan/")
    assert Order.objects.get().language == "en"
    assert "we have your order" in Message.objects.get().text
    assert DAY.year == 2026
