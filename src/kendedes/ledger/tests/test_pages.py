"""The books through their pages: trial balance, one account, deeds of money, chart, files, check, close."""

from __future__ import annotations

import csv
import io
import uuid
from datetime import timedelta

import openpyxl
import pytest
import time_machine
from django.core.management import call_command
from django.test import Client

from kendedes.ledger.actions import Paid, pay
from kendedes.ledger.models import Account, ChartLine, MoneyMove, Period, VerifyRun
from kendedes.ledger.queries import books
from kendedes.testing.shop import AT, DAY


@pytest.fixture
def manager(shop):
    client = Client()
    with time_machine.travel(AT + timedelta(days=5), tick=False):
        client.force_login(shop.cast.ratna)
        yield client


def test_both_columns_of_the_trial_balance_add_up_to_the_same(shop, manager):
    shop.sell((shop.lot, 3, 45_000))

    lines = books.trial(shop.cast.association)
    page = manager.get("/kantor/buku/").content.decode()

    assert {line.kind: line.debit - line.credit for line in lines if line.debit or line.credit} == {
        "till": 45_000, "producer": -38_250, "unit_fee": -2_250, "gallery_fee": -4_500,
    }  # fmt: skip
    assert page.count("Rp45.000") >= 3


def test_the_book_of_an_account_runs_from_the_opening_to_the_last_balance(shop, manager):
    shop.sell((shop.lot, 1, 15_000), occurred_on=DAY - timedelta(days=1))
    shop.sell((shop.lot, 2, 30_000))

    found = books.book(shop.till, DAY, DAY)

    assert (found.opening, found.closing, found.cut) == (15_000, 45_000, False)
    assert sum(line.came for line in found.lines) == 30_000
    answer = manager.get(f"/kantor/buku/akun/{shop.till.pk}/?since=2026-11-20&until=2026-11-20")
    assert "Rp45.000" in answer.content.decode()


def test_a_long_book_is_cut_after_its_first_days_whichever_way_money_went(shop, monkeypatch):
    """Sales on 22, 21, 20 November, money out on the 21st: the first three moves by day, then by their order."""
    monkeypatch.setattr(books, "MOST", 3)
    for days, gross in ((2, 3_000), (1, 2_000), (0, 1_000)):
        shop.sell((shop.lot, 1, gross), occurred_on=DAY + timedelta(days=days))
    out = shop.case(occurred_on=DAY + timedelta(days=1))
    pay(out, paid=[Paid(shop.till.pk, shop.cash.pk, 500)], deed="money.move")

    found = books.book(shop.till, DAY, DAY + timedelta(days=9))

    # a sale of 2.000: its net, the unit's and the gallery's part
    assert [(line.day.day, line.came - line.gone) for line in found.lines] == [(20, 850), (20, 100), (20, 50)]
    assert (found.cut, found.closing) == (True, 1_000)
    monkeypatch.setattr(books, "MOST", 100)
    whole = books.book(shop.till, DAY, DAY + timedelta(days=9))
    assert [line.balance for line in whole.lines][-1] == whole.closing == 5_500
    assert [(line.day.day, line.came - line.gone) for line in whole.lines][6] == (21, -500)


def test_a_deposit_counts_once_and_a_wrong_one_leaves_no_trace(shop, manager):
    key = str(uuid.uuid4())
    form = {"key": key, "what": "capital", "amount": "500000", "day": "2026-11-20", "why": "modal awal"}

    assert manager.post("/kantor/buku/catat/", form).status_code == 302
    assert manager.post("/kantor/buku/catat/", form).status_code == 302
    assert manager.post("/kantor/buku/catat/", {**form, "amount": "-5"}).status_code == 200
    assert manager.post("/kantor/buku/catat/", {**form, "day": "2031-01-01"}).status_code == 200

    assert MoneyMove.objects.get().amount == 500_000


def test_the_chart_puts_the_treasurers_codes_in_front(shop, manager):
    shop.sell((shop.lot, 1, 15_000))

    manager.post("/kantor/buku/bagan/", {"code-producer": "2.1.01", "name-producer": "Utang titipan", "code-cash": ""})

    assert ChartLine.objects.get().code == "2.1.01"
    assert (books.trial(shop.cast.association)[0].code, books.trial(shop.cast.association)[0].label) == (
        "2.1.01", "Utang titipan",
    )  # fmt: skip


@pytest.mark.parametrize(("what", "rows"), [("barang", 2), ("uang", 3), ("bagi-hasil", 1)])
def test_files_for_other_programs_have_numbers_as_numbers(shop, manager, what, rows):
    shop.sell((shop.lot, 3, 45_000))
    query = "?since=2026-11-01&until=2026-11-30"

    book = openpyxl.load_workbook(io.BytesIO(manager.get(f"/kantor/buku/unduh/{what}.xlsx{query}").content))
    text = manager.get(f"/kantor/buku/unduh/{what}.csv{query}").content.decode("utf-8-sig")

    page = book.active
    assert page.max_row == rows + 1
    assert any(isinstance(cell.value, int) for cell in page[2])
    assert len(list(csv.reader(io.StringIO(text)))) == rows + 1


def test_a_name_that_looks_like_a_formula_stays_a_name(shop, manager):
    lot = shop.new_lot(1)
    Account.objects.filter(pk=shop.till.pk).update(name="=1+1")
    shop.sell((lot, 1, 15_000))

    text = manager.get("/kantor/buku/unduh/uang.csv?since=2026-11-01&until=2026-11-30").content.decode("utf-8-sig")

    assert "'=1+1" in text


def test_an_unknown_file_or_kind_is_not_there(shop, manager):
    assert manager.get("/kantor/buku/unduh/rahasia.csv").status_code == 404
    assert manager.get("/kantor/buku/unduh/uang.exe").status_code == 404
    assert manager.get("/kantor/buku/jenis/x/").status_code == 404


def test_the_hourly_check_is_kept_shown_and_skipped_while_nothing_happens(shop, manager):
    shop.sell((shop.lot, 1, 15_000))

    call_command("hourly", verbosity=0)
    call_command("hourly", verbosity=0)

    assert VerifyRun.objects.count() == 1
    assert "Buku cocok" in manager.get("/kantor/buku/periksa/").content.decode()
    shop.sell((shop.lot, 1, 15_000))
    call_command("hourly", verbosity=0)
    assert VerifyRun.objects.count() == 2


def test_closing_a_period_on_its_page(shop, manager):
    shop.sell((shop.lot, 1, 15_000))
    early = manager.post("/kantor/buku/masa/", {"ends_on": "2026-12-31"})
    assert early.status_code == 409

    assert manager.post("/kantor/buku/masa/", {"ends_on": str(DAY)}).status_code == 302

    assert Period.objects.get().ends_on == DAY
