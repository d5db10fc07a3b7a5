"""The database itself refuses to change the books: raw SQL, as somebody with a console would try."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from kendedes.ledger import actions
from kendedes.ledger.models import Account, GoodsMove, MoneyMove, Place, Posting, ShareLine

from .conftest import AT, DAY

ROWS = {
    "ledger_posting": "digest = 'x'", "ledger_goodsmove": "quantity = quantity + 1", "ledger_moneymove": "amount = amount + 1",
    "ledger_shareline": "line = line + 100", "ledger_lot": "price = price + 1", "ledger_terms": "note = 'x'",
}  # fmt: skip


def refused(sql: str, *values: object) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
    except DatabaseError:
        return True
    return False


@pytest.fixture
def sold(shop):
    shop.sell((shop.lot, 3, 45_000))
    return shop


@pytest.mark.parametrize(("table", "change"), ROWS.items())
def test_rows_of_the_books_are_never_changed_or_removed(sold, table, change):
    assert refused(f"UPDATE {table} SET {change}")
    assert refused(f"DELETE FROM {table}")


@pytest.mark.parametrize("table", ROWS)
def test_replacing_or_emptying_a_table_is_refused(sold, table):
    if connection.vendor == "sqlite":
        assert refused(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1")
    else:
        assert refused(f"TRUNCATE {table} CASCADE")


def test_the_check_notices_a_statement_that_is_allowed(sold):
    assert not refused("UPDATE ledger_place SET name = 'Rak lain'")


@pytest.mark.parametrize(
    "change",
    ["kind = 'sold'", "physical = NOT physical", "key = 'x'"],
)
def test_a_place_keeps_what_it_means(sold, change):
    assert refused(f"UPDATE ledger_place SET {change}")
    assert refused("DELETE FROM ledger_place")


@pytest.mark.parametrize("change", ["kind = 'bank'", "key = 'x'", "producer_id = NULL"])
def test_an_account_keeps_what_it_means(sold, change):
    assert refused(f"UPDATE ledger_account SET {change} WHERE kind = 'producer'")
    assert refused("DELETE FROM ledger_account")


def test_nothing_joins_a_posting_that_another_followed(sold):
    old, new = Posting.objects.order_by("number")[:2]
    till, owed = sold.till.pk, Account.objects.get(kind="producer").pk
    sql = (
        "INSERT INTO ledger_moneymove (posting_id, source_id, target_id, amount, booked_on) VALUES (%s, %s, %s, 1, %s)"
    )

    assert refused(sql, old.pk, till, owed, str(DAY))
    assert not refused(sql, new.pk, till, owed, str(DAY))  # what ``verify`` finds: the seal no longer fits


def test_a_shelf_never_holds_fewer_than_none(sold):
    newest = Posting.objects.order_by("-number").first()
    elsewhere = Place.objects.get(key="sold").pk
    sql = (
        "INSERT INTO ledger_goodsmove (posting_id, lot_id, source_id, target_id, quantity) VALUES (%s, %s, %s, %s, %s)"
    )

    assert refused(sql, newest.pk, sold.lot.pk, sold.shelf.pk, elsewhere, 8)
    assert not refused(sql, newest.pk, sold.lot.pk, sold.shelf.pk, elsewhere, 7)


@pytest.mark.parametrize("amounts", [(0, "till"), (-5, "till"), (5, "same")])
def test_a_move_has_an_amount_and_two_ends(sold, amounts):
    amount, how = amounts
    newest = Posting.objects.order_by("-number").first()
    other = sold.till.pk if how == "same" else Account.objects.get(kind="producer").pk
    sql = (
        "INSERT INTO ledger_moneymove (posting_id, source_id, target_id, amount, booked_on) VALUES (%s, %s, %s, %s, %s)"
    )

    assert refused(sql, newest.pk, sold.till.pk, other, amount, str(DAY))


def test_a_gap_or_fork_of_the_chain_is_refused(sold):
    newest = Posting.objects.order_by("-number").first()
    from kendedes.journal.actions import record

    loose = record(deed="oddity.settle", at=AT, by=None, facts={"note": "x"})
    sql = (
        "INSERT INTO ledger_posting (entry_id, association_id, number, occurred_on, booked_on, previous, digest) "
        "VALUES (%s, %s, %s, %s, %s, %s, 'x')"
    )
    day = str(DAY)
    association = sold.cast.association.pk

    assert refused(sql, loose.pk, association, newest.number + 2, day, day, newest.digest)
    assert refused(sql, loose.pk, association, newest.number + 1, day, day, "0" * 64)
    assert refused(sql, loose.pk, association, 1, day, day, "0" * 64)
    assert not refused(sql, loose.pk, association, newest.number + 1, day, day, newest.digest)


def test_a_closed_day_takes_no_posting(sold):
    actions.close_period(association=sold.cast.association, ends_on=DAY, at=AT, by=None, today=DAY + timedelta(days=1))
    newest = Posting.objects.order_by("-number").first()
    from kendedes.journal.actions import record

    loose = record(deed="oddity.settle", at=AT, by=None, facts={"note": "x"})
    sql = (
        "INSERT INTO ledger_posting (entry_id, association_id, number, occurred_on, booked_on, previous, digest) "
        "VALUES (%s, %s, %s, %s, %s, %s, 'x')"
    )

    args = (loose.pk, sold.cast.association.pk, newest.number + 1)
    assert refused(sql, *args, str(DAY), str(DAY), newest.digest)
    assert refused("UPDATE ledger_period SET ends_on = '2020-01-01'")
    assert refused("DELETE FROM ledger_period")
    assert not refused(sql, *args, str(DAY), str(DAY + timedelta(days=1)), newest.digest)


def test_more_than_was_sold_cannot_be_written_as_returned(sold):
    line = ShareLine.objects.get()
    newest = Posting.objects.order_by("-number").first()
    sql = (
        "INSERT INTO ledger_shareline (posting_id, line, kind, lot_id, producer_id, quantity, gross, gallery, unit, other, net,"
        " named, booked_on, free_on, reverses_id) VALUES (%s, 9, 'refund', %s, %s, %s, 0, 0, 0, 0, 0, '{}', %s, %s, %s)"
    )
    args = (newest.pk, line.lot_id, line.producer_id)

    assert refused(sql, *args, -4, str(DAY), str(DAY), line.pk)
    assert not refused(sql, *args, -3, str(DAY), str(DAY), line.pk)


def test_a_share_that_does_not_add_up_is_refused(sold):
    line = ShareLine.objects.get()
    newest = Posting.objects.order_by("-number").first()
    sql = (
        "INSERT INTO ledger_shareline (posting_id, line, kind, lot_id, producer_id, quantity, gross, gallery, unit, other, net,"
        " named, booked_on, free_on) VALUES (%s, 9, 'sale', %s, %s, 1, 100, 10, 0, 0, 91, '{}', %s, %s)"
    )

    assert refused(sql, newest.pk, line.lot_id, line.producer_id, str(DAY), str(DAY))


def test_the_attack_list_covers_every_table_of_moves():
    assert {m._meta.db_table for m in (GoodsMove, MoneyMove, ShareLine, Posting)} <= set(ROWS)
