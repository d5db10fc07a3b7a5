"""Flat dues of producers: agreed as terms, asked once a month, taken off on paper and in the books."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection

from kendedes.ledger import actions as books
from kendedes.ledger.actions.standing import account, maker_dues, owed_to, place
from kendedes.ledger.models import Place
from kendedes.ledger.queries import balance
from kendedes.ledger.verify import verify
from kendedes.settlement import actions, press, words
from kendedes.settlement.models import Settlement
from kendedes.settlement.queries import unreconciled
from kendedes.settlement.rules import adds_up, month_ends
from kendedes.testing.shop import AT, DAY

NOVEMBER, DECEMBER, JANUARY = date(2026, 11, 30), date(2026, 12, 31), date(2027, 1, 31)


def agree(shop, amount, since=DAY, **scope):
    return books.agree_terms(
        association=shop.cast.association, valid_from=since, at=AT, by=shop.cast.ratna,
        values={"gallery_bp": 1000, "unit_bp": 500, "dues_month": amount}, **scope,
    )  # fmt: skip


def draw(shop, ends_on):
    return actions.draw_up(
        association=shop.cast.association, ends_on=ends_on, at=AT, by=shop.cast.sekar,
        today=ends_on + timedelta(days=1), everybody=True,
    )  # fmt: skip


def approved(shop, ends_on):
    settlement = draw(shop, ends_on)
    actions.check(settlement=settlement, at=AT, by=shop.cast.sekar)
    return actions.approve(settlement=settlement, digest=settlement.digest, at=AT, by=shop.cast.ratna)


def rupiah(shop, named):
    return balance(account(shop.cast.association, named).pk)


def asked(statement):
    return [(line["month"], line["amount"]) for line in statement.content["dues"]]


def test_dues_of_the_month_are_taken_off_and_named(shop):
    agree(shop, 10_000)
    shop.sell((shop.lot, 3, 45_000))

    paper = approved(shop, NOVEMBER).statements.get()

    assert (paper.earned, paper.dues, paper.due) == (38_250, 10_000, 28_250)
    assert asked(paper) == [("2026-11-30", 10_000)]
    assert adds_up(paper.content) == []
    assert ("Iuran November 2026", -10_000) in words.sums(paper.content)
    assert "Iuran November 2026, Rp10.000, dipotong di sini sesuai kesepakatan." in words.told(paper.content)
    assert "Iuran November 2026, Rp10.000" in press.message(paper, "https://galeri.example")
    assert (rupiah(shop, maker_dues()), rupiah(shop, owed_to(paper.producer_id))) == (-10_000, -28_250)
    assert unreconciled(shop.cast.association) == []
    assert verify().findings == []


def test_a_draft_takes_nothing_and_can_be_thrown_away(shop):
    agree(shop, 10_000)
    shop.sell((shop.lot, 3, 45_000))

    settlement = draw(shop, NOVEMBER)

    assert settlement.statements.get().due == 28_250
    assert rupiah(shop, maker_dues()) == 0
    assert unreconciled(shop.cast.association) == []
    actions.discard(settlement=settlement, at=AT, by=shop.cast.sekar)
    assert rupiah(shop, maker_dues()) == 0
    assert approved(shop, NOVEMBER).statements.get().dues == 10_000


def test_what_sales_do_not_cover_is_carried_on_and_nobody_is_asked_for_money(shop):
    agree(shop, 20_000)
    shop.sell((shop.lot, 1, 15_000))

    first = approved(shop, NOVEMBER)
    shop.sell((shop.lot, 3, 45_000), occurred_on=DECEMBER)
    second = approved(shop, DECEMBER).statements.get()

    paper = first.statements.get()
    assert (paper.earned, paper.dues, paper.due, first.state) == (12_750, 20_000, -7_250, Settlement.State.PAID)
    assert any("Rp7.250 dibawa ke laporan berikut" in line for line in words.told(paper.content))
    assert (second.carried, second.earned, second.dues, second.due) == (-7_250, 38_250, 20_000, 11_000)
    assert verify().findings == []


def test_each_month_is_asked_once_whatever_the_period(shop):
    agree(shop, 10_000)

    papers = [approved(shop, day).statements.get() for day in (date(2026, 11, 29), date(2026, 12, 6), date(2027, 2, 3))]

    months = [[month for month, _ in asked(paper)] for paper in papers]
    assert months == [[], ["2026-11-30"], ["2026-12-31", "2027-01-31"]]


def test_the_version_of_the_months_last_day_counts_and_the_narrowest_scope(shop):
    agree(shop, 10_000)
    agree(shop, 25_000, since=date(2026, 12, 5), producer=shop.cast.tempe)

    first, second = (approved(shop, day).statements.get() for day in (NOVEMBER, DECEMBER))

    assert (asked(first), asked(second)) == ([("2026-11-30", 10_000)], [("2026-12-31", 25_000)])


def test_terms_of_a_product_ask_for_it_besides_those_of_the_rest(shop):
    agree(shop, 10_000)
    agree(shop, 4_000, product=shop.product)

    paper = approved(shop, NOVEMBER).statements.get()

    assert [(line["product"], line["amount"]) for line in paper.content["dues"]] == [(shop.product.name_id, 4_000)]
    assert (f"Iuran November 2026, {shop.product.name_id}", -4_000) in words.sums(paper.content)


def test_a_month_without_goods_here_asks_nothing(shop):
    """All taken home in November: December is not asked, on a paper over both months either."""
    agree(shop, 10_000)
    home = place(shop.cast.association, Place.Kind.MAKER).pk
    books.carry(shop.case(), carried=[books.Carried(shop.lot.pk, shop.shelf.pk, home, 10)], deed="lot.take_back")

    paper = approved(shop, DECEMBER).statements.get()

    assert asked(paper) == [("2026-11-30", 10_000)]


def test_goods_bought_outright_ask_nothing(shop):
    bought = books.agree_terms(
        association=shop.cast.association,
        valid_from=DAY,
        at=AT,
        by=None,
        values={"mode": "purchase", "dues_month": 10_000},
    )
    shop.new_lot(5, producer=shop.cast.apel, terms=bought)

    papers = {paper.producer_id: paper.dues for paper in approved(shop, NOVEMBER).statements.all()}

    assert papers == {shop.cast.tempe.pk: 10_000, shop.cast.apel.pk: 0}


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        (date(2026, 11, 1), date(2026, 11, 29), []),
        (date(2026, 11, 30), date(2026, 11, 30), [NOVEMBER]),
        (date(2026, 12, 1), date(2027, 2, 28), [DECEMBER, JANUARY, date(2027, 2, 28)]),
    ],
)
def test_ends_of_months(first, last, found):
    assert month_ends(first, last) == found


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("UPDATE settlement_statement SET dues = dues + 1, due = due - 1", "dues_differ"),
        ("UPDATE ledger_terms SET dues_month = 9000 WHERE dues_month = 10000", "dues_wrong"),
        ("UPDATE settlement_settlement SET dues_posting_id = NULL", "dues_differ"),
        ("UPDATE settlement_statement SET starts_on = '2026-12-01'", "dues_wrong"),
    ],
)
def test_verify_names_dues_that_do_not_fit(shop, change, code):
    agree(shop, 10_000)
    approved(shop, NOVEMBER)
    assert verify().findings == []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in ("settlement_statement", "settlement_settlement", "ledger_terms"):
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        else:
            for name in ("settlement_statement_update", "settlement_dues_frozen", "ledger_terms_keep_update"):
                cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute(change)

    assert code in {finding.code for finding in verify().findings}


def test_a_second_version_does_not_make_an_old_paper_wrong(shop):
    agree(shop, 10_000)
    approved(shop, NOVEMBER)
    agree(shop, 12_000, since=date(2026, 12, 1))

    assert asked(approved(shop, DECEMBER).statements.get()) == [("2026-12-31", 12_000)]
    assert verify().findings == []
