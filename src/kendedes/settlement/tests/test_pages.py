"""Settlement through its pages: drawn up, checked, approved by a second person, paid, printed, checked by QR."""

from __future__ import annotations

import csv
import io
import uuid
from datetime import timedelta

import pikepdf
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from kendedes.journal.models import Entry
from kendedes.ledger import actions as books
from kendedes.ledger.actions.standing import accounts, owed_to
from kendedes.ledger.models import Account, ShareLine
from kendedes.network import actions as network
from kendedes.network.rules import Role
from kendedes.settlement import actions
from kendedes.settlement.models import Payout, PayoutEvidence, Settlement, Statement
from kendedes.testing.shop import AT, DAY

LIST = "/kantor/bagi-hasil/"


@pytest.fixture
def today():
    with time_machine.travel(AT + timedelta(days=30), tick=False):
        yield


def browser(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def treasurer(shop):
    user = shop.cast.joko
    network.give_role(user=user, role=Role.TREASURER, association=shop.cast.association, at=AT, by=None)
    return browser(user)


@pytest.fixture
def manager(shop):
    return browser(shop.cast.ratna)


def draw(treasurer) -> Settlement:
    answer = treasurer.post(f"{LIST}baru/", {"ends_on": str(DAY + timedelta(days=10)), "everybody": "on"})
    assert answer.status_code == 302, answer.content.decode()
    return Settlement.objects.get()


def approve(treasurer, manager) -> Statement:
    settlement = draw(treasurer)
    assert treasurer.post(f"{LIST}{settlement.pk}/periksa/").status_code == 302
    assert manager.post(f"{LIST}{settlement.pk}/setujui/", {"digest": settlement.digest}).status_code == 302
    return settlement.statements.get()


def transfers(who: Client, statement: Statement):
    return who.post(f"{LIST}{statement.settlement_id}/transfer.csv")


def text_of(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as book:
        return len(book.pages)


def test_from_drawing_up_to_the_signed_receipt(shop, today, treasurer, manager):
    shop.sell((shop.lot, 3, 45_000))
    statement = approve(treasurer, manager)
    page = treasurer.get(f"/kantor/laporan/{statement.pk}/bayar/")
    key = page.context["form"]["key"].value()

    paid = treasurer.post(
        f"/kantor/laporan/{statement.pk}/bayar/",
        {"key": str(key), "amount": "38250", "method": "cash", "paid_on": str(DAY), "received_by": "Bu Tini"},
    )

    assert paid.status_code == 302
    payout = Payout.objects.get()
    assert (payout.amount, payout.number) == (38_250, f"KW/{shop.cast.association.pk}/2026/00001")
    assert Settlement.objects.get().state == "paid"
    assert "lunas" in treasurer.get(LIST).content.decode()
    receipt = treasurer.get(f"/kantor/kuitansi/{payout.pk}/kuitansi.pdf")
    assert (receipt["Content-Type"], text_of(receipt.content)) == ("application/pdf", 1)


def test_the_paper_prints_in_both_shapes_and_its_code_leads_to_a_page_that_agrees(shop, today, treasurer, manager):
    shop.sell((shop.lot, 3, 45_000))
    statement = approve(treasurer, manager)

    small = treasurer.get(f"/kantor/laporan/{statement.pk}/laporan.pdf")
    board = treasurer.get(f"/kantor/laporan/{statement.pk}/laporan.pdf?bentuk=a4")
    bundle = treasurer.get(f"{LIST}{statement.settlement_id}/laporan.pdf")

    assert [text_of(a.content) for a in (small, board, bundle)] == [1, 1, 1]
    again = treasurer.get(f"/kantor/laporan/{statement.pk}/laporan.pdf")
    assert again.content == small.content
    checked = Client().get(f"/cek/{statement.token}/")
    assert checked.status_code == 200
    assert "Rp38.250" in checked.content.decode()
    assert checked["Referrer-Policy"] == "no-referrer"
    assert "no-store" in checked["Cache-Control"]


def test_a_draft_cannot_be_checked_by_its_code(shop, today, treasurer):
    shop.sell((shop.lot, 3, 45_000))
    statement = draw(treasurer).statements.get()

    assert Client().get(f"/cek/{statement.token}/").status_code == 404


def test_the_one_who_drew_it_up_is_not_offered_approval_and_is_refused(shop, today, manager):
    shop.sell((shop.lot, 3, 45_000))
    settlement = draw(manager)
    manager.post(f"{LIST}{settlement.pk}/periksa/")

    page = manager.get(f"{LIST}{settlement.pk}/")
    refused = manager.post(f"{LIST}{settlement.pk}/setujui/", {"digest": settlement.digest})

    assert "/setujui/" not in page.content.decode()
    assert refused.status_code == 409
    settlement.refresh_from_db()
    assert settlement.state == "checked"


def test_wrong_input_is_said_and_leaves_no_trace(shop, today, treasurer, manager):
    shop.sell((shop.lot, 3, 45_000))
    assert treasurer.post(f"{LIST}baru/", {"ends_on": "besok"}).status_code == 200
    assert Settlement.objects.count() == 0
    statement = approve(treasurer, manager)
    form = {"key": "x", "amount": "-5", "method": "gold", "paid_on": "2030-01-01"}

    answer = treasurer.post(f"/kantor/laporan/{statement.pk}/bayar/", form)

    assert answer.status_code == 200
    assert Payout.objects.count() == 0


def test_the_message_for_whatsapp_says_the_same(shop, today, treasurer, manager):
    shop.sell((shop.lot, 3, 45_000))
    statement = approve(treasurer, manager)

    page = treasurer.get(f"/kantor/laporan/{statement.pk}/").content.decode()

    assert "*Yang harus dibayar: Rp38.250*" in page
    assert f"/cek/{statement.token}/" in page


def test_transfers_carry_account_numbers_and_keep_names_text(shop, today, treasurer, manager):
    shop.cast.tempe.name = "=HYPERLINK(1)"
    shop.cast.tempe.save()
    actions.set_account(
        owner=shop.cast.tempe, bank="Bank Contoh", number="0012345678", holder="Bu Tini", at=AT, by=None
    )
    shop.sell((shop.lot, 3, 45_000))
    statement = approve(treasurer, manager)

    rows = list(csv.reader(io.StringIO(transfers(treasurer, statement).content.decode("utf-8-sig"))))

    assert rows[1] == [
        statement.number, "'=HYPERLINK(1)", "Unit Singosari", "Bank Contoh", "0012345678", "Bu Tini", "38250",
        f"Titipan {statement.number}", "",
    ]  # fmt: skip
    assert Entry.objects.get(deed="settlement.transfers").facts["lines"] == 1


def test_a_personal_link_shows_ones_own_and_ends_with_the_next(shop, today, treasurer, manager):
    shop.sell((shop.lot, 3, 45_000))
    approve(treasurer, manager)
    first = manager.post(f"/kantor/produsen/{shop.cast.tempe.pk}/tautan-laporan/", follow=True)
    address = [str(m) for m in first.context["messages"]][-1].split(": ")[-1].removeprefix("http://testserver")

    page = Client().get(address).content.decode()

    assert "Rp38.250" in page
    assert "sisa 7" in page
    manager.post(f"/kantor/produsen/{shop.cast.tempe.pk}/tautan-laporan/")
    assert Client().get(address).status_code == 404
    assert Account.objects.filter(kind="producer").count() == 1


def test_the_newest_settlement_stands_first(shop, today, treasurer, manager):
    shop.sell((shop.lot, 3, 45_000))
    approve(treasurer, manager)
    treasurer.post(f"{LIST}baru/", {"ends_on": str(DAY + timedelta(days=12)), "everybody": "on"})

    assert [row.ends_on.day for row in treasurer.get(LIST).context["rows"]] == [2, 30]


def test_forms_show_today_in_the_way_a_calendar_reads_it(shop, today, treasurer, manager):
    shop.sell((shop.lot, 3, 45_000))
    statement = approve(treasurer, manager)

    page = treasurer.get(f"/kantor/laporan/{statement.pk}/bayar/").content.decode()

    assert 'type="date" name="paid_on" value="2026-12-20"' in page
    assert 'value="38.250"' in page


def test_rupiah_may_be_written_with_dots_and_paid_in_parts(shop, today, treasurer, manager):
    shop.sell((shop.lot, 3, 45_000))
    statement = approve(treasurer, manager)
    address = f"/kantor/laporan/{statement.pk}/bayar/"

    for amount in ("10.000", "28.250"):
        form = {"key": str(uuid.uuid4()), "amount": amount, "method": "cash", "paid_on": str(DAY)}
        assert treasurer.post(address, form).status_code == 302

    assert sorted(Payout.objects.values_list("amount", flat=True)) == [10_000, 28_250]
    assert Settlement.objects.get().state == "paid"


def test_a_photo_of_the_receipt_is_kept_checked_and_shown_to_those_who_see_the_statement(
    shop, today, treasurer, manager
):
    shop.sell((shop.lot, 3, 45_000))
    statement = approve(treasurer, manager)
    out = io.BytesIO()
    Image.new("RGB", (200, 120), "white").save(out, "JPEG")
    form = {"key": str(uuid.uuid4()), "amount": "38.250", "method": "cash", "paid_on": str(DAY)}
    photo = SimpleUploadedFile("kuitansi.jpg", out.getvalue(), content_type="image/jpeg")
    treasurer.post(f"/kantor/laporan/{statement.pk}/bayar/", {**form, "photo": photo})

    kept = PayoutEvidence.objects.get()

    assert kept.payout.amount == 38_250
    shown = browser(shop.cast.tini).get(f"/kantor/kuitansi/bukti/{kept.pk}/")
    assert b"".join(shown.streaming_content)[:2] == b"\xff\xd8"
    assert shown["Content-Security-Policy"] == "default-src 'none'; sandbox"
    bad = SimpleUploadedFile("kuitansi.jpg", b"<html>", content_type="image/jpeg")
    said = treasurer.post(f"/kantor/kuitansi/{kept.payout_id}/bukti/", {"photo": bad}, follow=True).content.decode()
    assert "bukan PDF, JPEG, PNG, atau HEIC" in said
    assert PayoutEvidence.objects.count() == 1


def test_money_that_does_not_add_up_stops_the_approval_and_says_where(shop, today, treasurer, manager):
    """Somebody owns the file and pays past the papers: checked before, refused after, and named."""
    shop.sell((shop.lot, 3, 45_000))
    settlement = draw(treasurer)
    assert treasurer.post(f"{LIST}{settlement.pk}/periksa/").status_code == 302
    owed = accounts(shop.cast.association, [owed_to(shop.cast.tempe.pk)])[f"producer:{shop.cast.tempe.pk}"]
    books.pay(shop.case(), paid=[books.Paid(shop.cash.pk, owed, 1_000)], deed="money.move")

    refused = manager.post(f"{LIST}{settlement.pk}/setujui/", {"digest": settlement.digest})

    assert refused.status_code == 409
    assert f"{shop.cast.tempe.name}: 37250 ≠ 38250" in refused.content.decode()
    page = manager.get(f"{LIST}{settlement.pk}/").content.decode()
    assert f"{shop.cast.tempe.name}: buku Rp37.250, laporan Rp38.250" in page
    settlement.refresh_from_db()
    assert settlement.state == "checked"


def test_a_return_after_the_payout_is_netted_on_the_next_papers_and_said_in_words(shop, today, treasurer, manager):
    sold = shop.sell((shop.lot, 3, 45_000))
    first = approve(treasurer, manager)
    form = {"key": str(uuid.uuid4()), "amount": "38.250", "method": "cash", "paid_on": str(DAY)}
    treasurer.post(f"/kantor/laporan/{first.pk}/bayar/", form)
    line = ShareLine.objects.get(posting=sold.posting)
    late = shop.case(occurred_on=DAY + timedelta(days=11))
    books.refund(late, lines=[books.Returned(line.pk, 1)], payments=[(shop.till.pk, 15_000)], back_to=shop.shelf.pk)
    second = next_paper(treasurer, manager, DAY + timedelta(days=15))

    page = browser(shop.cast.tini).get(f"/kantor/laporan/{second.pk}/").content.decode()

    assert second.due == -12_750
    assert (
        "1 buah Keripik tempe 150 g yang dulu laku dikembalikan pembeli: bagian Anda Rp12.750 dipotong di sini." in page
    )
    assert "Rp12.750 dibawa ke laporan berikut. Anda tidak perlu membayar apa pun." in page
    assert "/bayar/" not in treasurer.get(f"/kantor/laporan/{second.pk}/").content.decode()
    shop.sell((shop.lot, 2, 30_000), occurred_on=DAY + timedelta(days=16))
    third = next_paper(treasurer, manager, DAY + timedelta(days=20))
    assert (third.carried, third.due) == (-12_750, 12_750)
    page = Client().get(f"/cek/{third.token}/").content.decode()
    assert "Kekurangan laporan lalu Rp12.750 sudah diperhitungkan." in page


def next_paper(treasurer, manager, until) -> Statement:
    treasurer.post(f"{LIST}baru/", {"ends_on": str(until), "everybody": "on"})
    settlement = Settlement.objects.order_by("-pk")[0]
    treasurer.post(f"{LIST}{settlement.pk}/periksa/")
    manager.post(f"{LIST}{settlement.pk}/setujui/", {"digest": settlement.digest})
    return settlement.statements.get()
