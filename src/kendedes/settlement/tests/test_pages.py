"""Settlement through its pages: drawn up, checked, approved by a second person, paid, printed, checked by QR."""

from __future__ import annotations

import io
from datetime import timedelta

import pikepdf
import pytest
import time_machine
from django.test import Client

from kendedes.ledger.models import Account
from kendedes.network import actions as network
from kendedes.network.rules import Role
from kendedes.settlement.models import Payout, Settlement, Statement
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


def test_transfers_list_what_is_left_and_keep_names_text(shop, today, treasurer, manager):
    shop.cast.tempe.name = "=HYPERLINK(1)"
    shop.cast.tempe.save()
    shop.sell((shop.lot, 3, 45_000))
    statement = approve(treasurer, manager)

    rows = treasurer.get(f"{LIST}{statement.settlement_id}/transfer.csv").content.decode().splitlines()

    assert rows[1].split(",")[1:4] == ["'=HYPERLINK(1)", "Unit Singosari", "38250"]


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
