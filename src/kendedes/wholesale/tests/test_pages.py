"""Wholesale through its pages: a visitor's form, a buyer's and a maker's link, the office, papers."""

from __future__ import annotations

import os
import subprocess
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.test import Client

from kendedes.journal.models import Entry
from kendedes.orders.models import Order, Progress
from kendedes.settlement import actions as settlement
from kendedes.testing.shop import AT, DAY
from kendedes.wholesale import actions
from kendedes.wholesale.models import Buyer, Enquiry, Made, Quote
from kendedes.wholesale.queries.board import work_of
from kendedes.wholesale.tests.stage import WANTED, Stage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(AT + timedelta(hours=1), tick=False):
        yield


def signed(stage: Stage) -> Client:
    client = Client()
    client.force_login(stage.cast.ratna)
    return client


def form(**more: str) -> dict[str, str]:
    return {
        "kunci": str(uuid.uuid4()), "what": "topeng suvenir", "quantity": "600", "wanted_on": WANTED.isoformat(), "name": "Bu Hotel",
        "organisation": "Hotel Contoh", "phone": "0812-0000-0077", "consent": "on", "keep": "on", **more,
    }  # fmt: skip


def read(answer) -> str:
    """A page's text; spaces that must not break read as spaces."""
    return answer.content.decode().replace("\xa0", " ").replace("\u202f", " ")


def words(pdf: bytes, name: str, tmp_path: Path) -> str:
    path = tmp_path / f"{name}.pdf"
    path.write_bytes(pdf)
    if kept := os.environ.get("KENDEDES_SHOTS"):
        (Path(kept) / f"{name}.pdf").write_bytes(pdf)
    return (
        subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True)
        .stdout.decode()
        .replace("\xa0", " ")
        .replace("\u202f", " ")
    )


def test_a_visitor_asks_from_a_products_page_without_an_account(stage: Stage) -> None:
    slug = stage.packs[0].product.slug
    client = Client()
    assert "Tentang: Topeng Panji" in read(client.get(f"/permintaan/?produk={slug}"))

    sent = form()
    for _ in range(2):  # a doubled click
        answer = client.post(f"/permintaan/?produk={slug}", sent)

    enquiry = Enquiry.objects.get()
    assert answer["Location"] == "/permintaan/terima-kasih/PM-2026-0001/"
    assert (enquiry.product_id, enquiry.category, enquiry.quantity) == (
        stage.packs[0].product_id,
        stage.cast.crafts,
        600,
    )
    assert (enquiry.buyer.phone, enquiry.buyer.consented_at is not None) == ("+6281200000077", True)


def test_a_program_and_bad_input_leave_no_trace(stage: Stage) -> None:
    before = Entry.objects.count()
    client = Client()

    assert client.post("/permintaan/", form(situs="http://spam.test")).status_code == 302
    for wrong in ({"quantity": "0"}, {"quantity": "10001"}, {"phone": "12"}, {"consent": ""}, {"wanted_on": "kemarin"}):
        assert client.post("/permintaan/", form(**wrong)).status_code == 200
    assert client.post("/permintaan/", form(wanted_on=(DAY - timedelta(days=1)).isoformat())).status_code == 409

    assert (Enquiry.objects.count(), Buyer.objects.count(), Entry.objects.count()) == (0, 0, before)


def test_after_ten_in_an_hour_the_form_says_wait(stage: Stage) -> None:
    client = Client()
    for _ in range(10):
        client.post("/permintaan/", form(situs="x"))

    answer = client.post("/permintaan/", form())

    assert (answer.status_code, Enquiry.objects.count()) == (429, 0)


def test_the_buyers_link_accepts_once_and_refuses_old_and_expired(stage: Stage) -> None:
    enquiry = stage.ask()
    old, new = stage.sent(enquiry), stage.sent(enquiry)
    client = Client()

    refused = client.post(f"/penawaran/{old.token}/setuju/", {"nama": "Bu Hotel"}, follow=True)
    assert "Pakai tautan yang terakhir" in read(refused)
    assert Order.objects.count() == 0
    for _ in range(2):
        client.post(f"/penawaran/{new.token}/setuju/", {"nama": "Bu Hotel"})
    assert Order.objects.count() == 1
    page = client.get(f"/penawaran/{new.token}/")
    assert "Setujui penawaran" not in read(page)
    assert (page["Cache-Control"].count("no-store"), page["X-Robots-Tag"]) == (1, "noindex")

    late = stage.sent(stage.ask())
    with time_machine.travel(AT + timedelta(days=15), tick=False):
        told = read(client.get(f"/penawaran/{late.token}/"))
        assert "Mintalah penawaran baru kepada galeri." in told
        assert "Setujui penawaran" not in told
        client.post(f"/penawaran/{late.token}/setuju/", {"nama": "Bu Hotel"})
    assert Order.objects.count() == 1
    assert client.get("/penawaran/tidak-ada/").status_code == 404


def test_a_draft_is_nobodys_business(stage: Stage) -> None:
    draft = stage.draft(stage.ask())

    assert Client().get(f"/penawaran/{draft.token}/").status_code == 404
    assert Client().post(f"/penawaran/{draft.token}/setuju/", {"nama": "Bu Hotel"}).status_code == 404


def test_a_maker_answers_by_her_link_for_her_line_only(stage: Stage) -> None:
    order = stage.accepted()
    ask = order.asks.get(producer=stage.makers[0])
    own, other = stage.line(order, 0), stage.line(order, 1)
    client, path = Client(), f"/borongan/{ask.token}/"
    page = read(client.get(path))
    assert "255 × Topeng Panji" in page
    assert not any(word in page for word in ("Hotel", "0077", "Topeng Kelana", "16.000"))

    assert client.post(path, {"line": other.number, "step": "confirmed"}).status_code == 404
    client.post(path, {"line": own.number, "step": "confirmed"})
    client.post(path, {"line": own.number, "step": "made", "pieces": "90"})
    client.post(path, {"line": own.number, "step": "made", "pieces": "900"})
    client.post(path, {"line": own.number, "step": "made"})
    client.post(path, {"line": own.number, "step": "proposed", "on": (WANTED + timedelta(days=3)).isoformat()})

    assert list(Made.objects.values_list("line", "pieces")) == [(own.pk, 90)]
    assert set(Progress.objects.values_list("line", "step")) == {(own.pk, "confirmed"), (own.pk, "proposed")}
    office = signed(stage)
    enquiry = Enquiry.objects.get()
    office.post(f"/kantor/permintaan/{enquiry.pk}/tanggal/{own.number}/")
    own.refresh_from_db()
    assert own.ready_on == WANTED + timedelta(days=3)


def test_the_office_splits_by_hand_and_the_quote_says_what_is_missing(stage: Stage) -> None:
    enquiry, office = stage.ask(900), signed(stage)
    path = f"/kantor/permintaan/{enquiry.pk}/bagi/"
    page = read(office.get(path))
    assert "masih kurang 11 buah" in page
    terms = {
        "valid_until": (DAY + timedelta(days=9)).isoformat(),
        "down_percent": "30",
        "way": "round",
        "shipping": "100.000",
    }
    first, second, third = (pack.pk for pack in stage.packs)
    lines = {f"{first}-quantity": "500", f"{first}-price": "16.500", f"{first}-ready_on": WANTED.isoformat()}
    rest = {f"{second}-quantity": "0", f"{third}-quantity": ""}

    office.post(path, {**terms, **lines, **rest})

    quote = Quote.objects.get()
    assert (quote.missing, quote.down_percent, quote.way, quote.shipping) == (400, 30, "round", 100_000)
    assert list(quote.lines.values_list("variant", "quantity", "price")) == [(first, 500, 16_500)]
    office.post(path, {**terms, **lines, f"{first}-price": ""})
    assert Quote.objects.get().pk == quote.pk  # a price is missing: nothing changed
    office.post(f"/kantor/penawaran/{quote.pk}/kirim/")
    assert "Yang belum sanggup sampai tanggal itu: 400 buah." in read(office.get(f"/kantor/permintaan/{enquiry.pk}/"))


def test_the_home_page_names_what_waits(stage: Stage) -> None:
    stage.ask()
    buyer = Buyer.objects.get()
    actions.plan_step(buyer=buyer, step="Telepon", on=DAY, at=AT, by=stage.cast.ratna)
    office = signed(stage)
    assert "permintaan baru menunggu jawaban" in read(office.get("/kantor/"))
    assert "janji kepada pembeli untuk hari ini" in read(office.get("/kantor/"))

    with time_machine.travel(AT + timedelta(hours=25), tick=False):
        page = read(signed(stage).get("/kantor/"))
    assert "permintaan terlalu lama menunggu jawaban" in page

    stage.accepted()
    with time_machine.travel(AT + timedelta(days=4), tick=False):
        page = read(signed(stage).get("/kantor/"))
    assert "pesanan grosir dengan produsen yang belum menjawab" in page


def test_papers_say_what_was_agreed_and_deduct_the_down_payment(stage: Stage, tmp_path: Path) -> None:
    quote = stage.sent(delivery="Diantar mobil unit.", note="Kotak polos, logo hotel di tutupnya.")
    client, office = Client(), signed(stage)
    told = words(client.get(f"/penawaran/{quote.token}/penawaran.pdf").content, "penawaran", tmp_path)
    for part in (
        "PN-2026-0001-1",
        "Hotel Contoh",
        "Topeng Kelana",
        "Rp9.850.000",
        "Rp4.925.000",
        "4 Desember 2026",
        "0012345678",
    ):
        assert part in told
    draft = stage.draft(stage.ask())
    assert "PN-2026-0002-1" in words(
        office.get(f"/kantor/penawaran/{draft.pk}/penawaran.pdf").content, "draf", tmp_path
    )

    order = actions.accept_quote(quote=quote, name="Bu Hotel", at=AT).order
    detail = f"/kantor/permintaan/{quote.enquiry_id}/"
    key = str(uuid.uuid4())
    for _ in range(2):
        office.post(f"{detail}uang/", {"kunci": key, "amount": "4.925.000", "kind": "transfer"})
    key = str(uuid.uuid4())
    for _ in range(2):
        office.post(f"{detail}kirim-barang/", {"kunci": key, "tracking": "Truk unit"})

    note, invoice = order.papers.order_by("id")
    told = words(client.get(f"/surat/{note.token}.pdf").content, "surat-jalan", tmp_path)
    assert "SJ-2026-0001" in told
    assert "Rp" not in told
    told = words(client.get(f"/surat/{invoice.token}.pdf").content, "faktur", tmp_path)
    for part in ("FK-2026-0001", "Rp9.850.000", "− Rp4.925.000", "Yang masih harus dibayar", "Hotel Contoh"):
        assert part in told


def test_each_makers_part_stands_in_her_next_statement(stage: Stage) -> None:
    order = stage.accepted()
    actions.deliver(order=order, tracking="", at=AT, by=stage.cast.ratna, key=uuid.uuid4())

    made = settlement.draw_up(
        association=stage.cast.association, ends_on=DAY, at=AT + timedelta(days=2), by=stage.cast.ratna,
        today=DAY + timedelta(days=2), everybody=True,
    )  # fmt: skip

    due = {row.producer.name: row.due for row in made.statements.select_related("producer") if row.due}
    assert due == {
        "Anyaman Wajak (fiktif)": 255 * 16_000 * 85 // 100, "Topeng Patokpicis (fiktif)": 175 * 16_000 * 85 // 100,
        "Ukir Toyomarto (fiktif)": 170 * 16_000 * 85 // 100,
    }  # fmt: skip


def test_work_shows_what_is_past_its_day(stage: Stage) -> None:
    order = stage.accepted()

    rows = work_of(order, AT + timedelta(days=43))

    assert [row.late for row in rows] == [True, True, True]
