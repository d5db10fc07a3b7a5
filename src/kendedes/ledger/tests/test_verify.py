"""``verify`` says that sound books fit, and names the row when somebody who holds the file changed one."""

from __future__ import annotations

import io
import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from kendedes.ledger import actions
from kendedes.ledger.models import Posting, ShareLine
from kendedes.ledger.verify import verify

from .conftest import AT, DAY


@pytest.fixture
def busy(shop):
    """Sales, a return, an oversold lot, a loss, a closed month and a sale after it."""
    sold = shop.sell((shop.lot, 3, 44_999), (shop.lot, 1, 15_000))
    line = ShareLine.objects.filter(posting=sold.posting).first()
    actions.refund(
        shop.case(), lines=[actions.Returned(line.pk, 1)], payments=[(shop.till.pk, 14_999)], back_to=shop.shelf.pk
    )
    shop.sell((None, 1, 5_000))
    actions.close_period(
        association=shop.cast.association, ends_on=DAY, at=AT, by=None, today=DAY + timedelta(days=1)
    )  # fmt: skip
    shop.sell((shop.lot, 9, 135_000))
    return shop


def tamper(sql: str) -> None:
    """As somebody would who holds the database file: guards off, change, guards on."""
    table = sql.split()[1] if sql.startswith("UPDATE") else sql.split()[2]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
        cursor.execute(sql)


def codes() -> set[str]:
    return {finding.code for finding in verify().findings}


def test_sound_books_fit(busy):
    report = verify()

    assert report.findings == []
    assert report.counts["postings"] == Posting.objects.count() == 6
    assert report.heads[0]["number"] == 6
    assert report.heads[0]["digest"] == Posting.objects.order_by("-number").first().digest
    assert report.heads[0]["goods_in_difference"] == 2


CHANGES = {
    "UPDATE journal_entry SET happened_at = '2026-11-19 03:00:00+00:00' WHERE deed = 'sale.refund'": "seal_broken",
    "UPDATE journal_entry SET by_id = NULL WHERE deed = 'sale.refund'": "seal_broken",
    "UPDATE journal_entry SET device = 'K9' WHERE deed = 'sale.refund'": "seal_broken",
    "UPDATE ledger_posting SET occurred_on = '2026-11-01' WHERE number = 2": "seal_broken",
    "UPDATE ledger_posting SET booked_on = '2026-11-01' WHERE number = 2": "seal_broken",
    "UPDATE ledger_goodsmove SET quantity = 2 WHERE quantity = 3": "seal_broken",
    "UPDATE ledger_moneymove SET amount = amount + 1 WHERE amount = 5000": "seal_broken",
    "UPDATE ledger_moneymove SET booked_on = '2026-11-19' WHERE amount = 5000": "booked_elsewhere",
    "UPDATE ledger_shareline SET booked_on = '2026-10-19' WHERE quantity = 3": "booked_elsewhere",
    "UPDATE ledger_shareline SET free_on = '2026-10-19' WHERE quantity = 3": "seal_broken",
    "UPDATE ledger_lot SET price = price + 1": "seal_broken",
    "UPDATE ledger_terms SET gallery_bp = 900": "seal_broken",
    "UPDATE ledger_posting SET previous = digest WHERE number = 3": "chain_broken",
    "UPDATE ledger_posting SET digest = previous WHERE number = 3": "chain_broken",
    "UPDATE ledger_period SET totals = 'x'": "period_changed",
    "DELETE FROM ledger_shareline WHERE quantity = 9": "seal_broken",
}


@pytest.mark.parametrize(("sql", "code"), CHANGES.items())
def test_a_changed_row_is_named(busy, sql, code):
    tamper(sql)

    assert code in codes()


def test_the_newest_posting_cut_off_is_noticed_by_the_head_on_paper(busy):
    """Whoever cuts the end off leaves a shorter, sound chain: the head printed on statements tells."""
    head = verify().heads[0]

    shorter = Posting.objects.get(number=head["number"] - 1)

    assert (shorter.number, shorter.digest) != (head["number"], head["digest"])


def test_the_command_says_it_in_json_and_by_its_exit_code(busy):
    out = io.StringIO()
    call_command("verify", json=True, stdout=out)
    assert json.loads(out.getvalue())["fits"] is True
    tamper("UPDATE ledger_moneymove SET amount = amount + 1 WHERE amount = 5000")

    with pytest.raises(SystemExit) as ended:
        call_command("verify", stdout=io.StringIO())

    assert ended.value.code == 1


MORE = {
    "UPDATE ledger_lot SET producer_id = {apel}": "owner_changed",
    "UPDATE ledger_shareline SET net = net + 1, gallery = gallery - 1 WHERE quantity = 9": "shares_differ",
    "UPDATE ledger_shareline SET quantity = 8 WHERE quantity = 9": "goods_differ",
    "UPDATE ledger_goodsmove SET quantity = 2 WHERE quantity = 3": "goods_differ",
    "UPDATE ledger_shareline SET quantity = -4 WHERE quantity = -1": "returned_twice",
    "UPDATE ledger_shareline SET gross = gross + 1 WHERE quantity = 9": "share_wrong",
}


@pytest.mark.parametrize(("sql", "code"), MORE.items())
def test_shares_are_compared_with_goods_and_money(busy, sql, code):
    with connection.cursor() as cursor:  # as a hand at the file may: no check of a table holds
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
    if connection.vendor != "sqlite" and code == "share_wrong":
        with pytest.raises(IntegrityError), transaction.atomic():  # there the table's own check cannot be switched off
            tamper(sql)
        return
    try:
        tamper(sql.format(apel=busy.cast.apel.pk))
    finally:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA ignore_check_constraints = OFF")

    assert code in codes()
