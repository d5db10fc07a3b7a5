"""From sold goods to money in a producer's hand, and back: every figure on paper, nothing paid twice."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from kendedes.journal.actions import KeyTaken
from kendedes.journal.models import Entry
from kendedes.ledger import actions as books
from kendedes.ledger.actions.standing import account, one, place
from kendedes.ledger.models import Account, MoneyMove, Place, ShareLine
from kendedes.ledger.queries import balance
from kendedes.ledger.verify import verify
from kendedes.settlement import actions
from kendedes.settlement.actions.refusals import (
    DayNotOver,
    DoesNotAddUp,
    NothingDue,
    NotTheLatest,
    OneOpenAlready,
    SamePerson,
    TooMuch,
    UndoneAlready,
    WrongState,
)  # fmt: skip
from kendedes.settlement.models import Claim, Payout, Settlement, Statement
from kendedes.settlement.rules import adds_up
from kendedes.settlement.words import told
from kendedes.testing.shop import AT, DAY

LATER = DAY + timedelta(days=10)
NEXT = DAY + timedelta(days=40)
TABLES = (Entry, Settlement, Statement, Claim, Payout, MoneyMove)


def counts() -> list[int]:
    return [table.objects.count() for table in TABLES]


def draw(shop, ends_on=LATER, **more):
    return actions.draw_up(
        association=shop.cast.association, ends_on=ends_on, at=AT, by=shop.cast.sekar,
        **{"today": ends_on + timedelta(days=1), **more},
    )  # fmt: skip


def approved(shop, ends_on=LATER):
    settlement = draw(shop, ends_on)
    actions.check(settlement=settlement, at=AT, by=shop.cast.sekar)
    return actions.approve(settlement=settlement, digest=settlement.digest, at=AT, by=shop.cast.ratna)


def pay(shop, statement, amount, **more):
    return actions.pay_out(
        statement=statement, amount=amount, paid_on=DAY, at=AT, by=shop.cast.sekar,
        **{"received_by": "Bu Tini (fiktif)", "method": "cash", **more},
    )  # fmt: skip


def test_the_paper_says_what_came_was_sold_and_is_left(shop):
    shop.sell((shop.lot, 3, 45_000))

    statement = approved(shop).statements.get()

    line = statement.content["lots"][0]
    assert (line["opening"], line["received"], line["sold"], line["left"]) == (0, 10, 3, 7)
    assert (line["gross"], line["gallery"], line["unit"], line["net"]) == (45_000, 4_500, 2_250, 38_250)
    assert (statement.carried, statement.earned, statement.due) == (0, 38_250, 38_250)
    assert adds_up(statement.content) == []


def test_the_whole_unhappy_road_of_ten_jars(shop):
    """Three sold and paid; one of them comes back after the payout, two expire: netted on the next paper."""
    sold = shop.sell((shop.lot, 3, 45_000))
    first = approved(shop).statements.get()
    pay(shop, first, 38_250)
    line = ShareLine.objects.get(posting=sold.posting)
    late = shop.case(occurred_on=LATER + timedelta(days=1))
    books.refund(late, lines=[books.Returned(line.pk, 1)], payments=[(shop.till.pk, 15_000)], back_to=shop.shelf.pk)
    expired = place(shop.cast.association, Place.Kind.EXPIRED).pk
    books.write_off(late, gone=[books.Carried(shop.lot.pk, shop.shelf.pk, expired, 2)], deed="lot.expire")

    second = approved(shop, NEXT).statements.get()

    jar = second.content["lots"][0]
    assert (jar["opening"], jar["returned"], jar["expired"], jar["sold"], jar["left"]) == (7, 1, 2, 0, 6)
    assert (second.carried, second.earned, second.due) == (0, -12_750, -12_750)
    assert second.settlement.state == Settlement.State.PAID  # nobody is asked for money back; it is carried on
    shop.sell((shop.lot, 2, 30_000), occurred_on=NEXT + timedelta(days=1))
    third = approved(shop, NEXT + timedelta(days=40)).statements.get()
    assert (third.carried, third.earned, third.due) == (-12_750, 25_500, 12_750)
    assert balance(account(shop.cast.association, one(Account.Kind.CASH)).pk) == -38_250
    assert verify().findings == []


def test_a_line_stands_on_one_paper_only(shop):
    shop.sell((shop.lot, 3, 45_000))
    approved(shop)

    second = approved(shop, NEXT)

    assert Claim.objects.count() == 1
    assert second.statements.get().carried == 38_250
    assert second.statements.get().earned == 0


def test_news_of_a_settled_day_stands_on_the_next_paper_and_is_called_late(shop):
    shop.sell((shop.lot, 1, 15_000))
    approved(shop)
    shop.sell((shop.lot, 2, 30_000), occurred_on=DAY)  # a till that was offline

    statement = approved(shop, NEXT).statements.get()

    line = statement.content["lots"][0]
    assert (line["opening"], line["sold"], line["late"], line["left"]) == (9, 2, 2, 7)
    assert statement.earned == 25_500


def test_money_held_back_is_named_and_paid_on_the_next_paper(shop):
    terms = books.agree_terms(
        association=shop.cast.association, valid_from=date(2026, 1, 2), at=AT, by=None, producer=shop.cast.apel,
        values={"gallery_bp": 1000, "hold_days": 14},
    )  # fmt: skip
    lot = shop.new_lot(5, producer=shop.cast.apel, terms=terms)
    shop.sell((lot, 1, 15_000))

    first = approved(shop).statements.get(producer=shop.cast.apel)
    second = approved(shop, NEXT).statements.get(producer=shop.cast.apel)

    assert (first.earned, first.content["held"]) == (0, 13_500)
    assert (second.earned, second.content["held"]) == (13_500, 0)


def test_nothing_is_asked_back_and_no_more_than_is_due_is_paid(shop):
    shop.sell((shop.lot, 1, 15_000))
    statement = approved(shop).statements.get()
    pay(shop, statement, 10_000)
    before = counts()

    with pytest.raises(TooMuch):
        pay(shop, statement, 2_751)

    assert counts() == before
    pay(shop, statement, 2_750)
    assert Settlement.objects.get().state == Settlement.State.PAID


def test_a_payout_sent_twice_counts_once(shop):
    shop.sell((shop.lot, 2, 30_000))
    statement = approved(shop).statements.get()
    key = uuid.uuid4()
    first = pay(shop, statement, 5_000, key=key)

    assert pay(shop, statement, 5_000, key=key) == first
    assert Payout.objects.count() == 1


def test_a_wrong_payout_is_taken_back_by_another_row_once(shop):
    shop.sell((shop.lot, 1, 15_000))
    statement = approved(shop).statements.get()
    payout = pay(shop, statement, 12_750)

    actions.undo_payout(payout=payout, at=AT, by=shop.cast.sekar, paid_on=DAY)

    assert Settlement.objects.get().state == Settlement.State.APPROVED
    assert balance(account(shop.cast.association, one(Account.Kind.CASH)).pk) == 0
    with pytest.raises(UndoneAlready):
        actions.undo_payout(payout=payout, at=AT, by=shop.cast.sekar, paid_on=DAY)
    pay(shop, statement, 12_750)
    assert verify().findings == []


def test_two_persons_are_needed(shop):
    shop.sell((shop.lot, 1, 15_000))
    settlement = draw(shop)
    actions.check(settlement=settlement, at=AT, by=shop.cast.sekar)
    before = counts()

    with pytest.raises(SamePerson):
        actions.approve(settlement=settlement, digest=settlement.digest, at=AT, by=shop.cast.sekar)
    assert counts() == before
    actions.approve(settlement=settlement, digest=settlement.digest, at=AT, by=shop.cast.ratna)
    with pytest.raises(SamePerson):
        actions.pay_out(
            statement=settlement.statements.get(), amount=1, method="cash", paid_on=DAY, at=AT, by=shop.cast.ratna
        )  # fmt: skip


def test_the_approver_approves_what_she_saw(shop):
    shop.sell((shop.lot, 1, 15_000))
    seen = draw(shop)
    digest = seen.digest
    actions.discard(settlement=seen, at=AT, by=shop.cast.sekar)
    shop.sell((shop.lot, 1, 15_000))
    again = draw(shop)
    actions.check(settlement=again, at=AT, by=shop.cast.sekar)

    with pytest.raises(WrongState):
        actions.approve(settlement=again, digest=digest, at=AT, by=shop.cast.ratna)


def test_a_draft_thrown_away_frees_its_lines(shop):
    shop.sell((shop.lot, 1, 15_000))
    actions.discard(settlement=draw(shop), at=AT, by=shop.cast.sekar)

    assert (Settlement.objects.count(), Statement.objects.count(), Claim.objects.count()) == (0, 0, 0)
    assert draw(shop).statements.get().earned == 12_750


def test_refusals_leave_no_trace(shop):
    shop.sell((shop.lot, 1, 15_000))
    before = counts()
    with pytest.raises(DayNotOver):
        draw(shop, LATER, today=LATER)
    assert counts() == before

    settlement = draw(shop)
    before = counts()
    with pytest.raises(OneOpenAlready):
        draw(shop, NEXT)
    with pytest.raises(WrongState):
        pay(shop, settlement.statements.get(), 100)
    with pytest.raises(WrongState):
        actions.approve(settlement=settlement, digest=settlement.digest, at=AT, by=shop.cast.ratna)
    assert counts() == before

    actions.check(settlement=settlement, at=AT, by=shop.cast.sekar)
    actions.approve(settlement=settlement, digest=settlement.digest, at=AT, by=shop.cast.ratna)
    before = counts()
    with pytest.raises(NothingDue):
        draw(shop, LATER + timedelta(days=3))
    with pytest.raises(WrongState):
        actions.discard(settlement=settlement, at=AT, by=shop.cast.sekar)
    assert counts() == before
    old = settlement.statements.get()
    approved(shop, NEXT)
    with pytest.raises(NotTheLatest):
        pay(shop, old, 100)


def test_papers_that_differ_from_the_books_cannot_be_approved(shop):
    shop.sell((shop.lot, 1, 15_000))
    settlement = draw(shop)
    cash, owed = shop.cash.pk, Account.objects.get(kind="producer").pk
    books.pay(shop.case(), paid=[books.Paid(cash, owed, 1)], deed="payout.pay")  # money past the papers

    with pytest.raises(DoesNotAddUp) as refused:
        actions.check(settlement=settlement, at=AT, by=shop.cast.sekar)

    assert "Kelompok Tempe Sari (fiktif)" in str(refused.value)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE settlement_settlement SET state = 'draft'",
        "UPDATE settlement_settlement SET digest = 'x'",
        "UPDATE settlement_settlement SET approved_by_id = drawn_by_id",
        "DELETE FROM settlement_settlement",
        "UPDATE settlement_statement SET content = '{}'",
        "UPDATE settlement_statement SET due = 0, earned = 0, carried = 0",
        "DELETE FROM settlement_statement",
        "UPDATE settlement_claim SET statement_id = statement_id + 1",
        "DELETE FROM settlement_claim",
        "UPDATE settlement_payout SET amount = 1",
        "DELETE FROM settlement_payout",
        "INSERT INTO settlement_claim (share_id, statement_id) SELECT share_id, statement_id FROM settlement_claim",
    ],
)
def test_the_database_keeps_what_was_approved(shop, sql):
    shop.sell((shop.lot, 1, 15_000))
    pay(shop, approved(shop).statements.get(), 100)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_verify_names_a_paper_that_was_changed(shop):
    shop.sell((shop.lot, 1, 15_000))
    statement = approved(shop).statements.get()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE settlement_statement DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER settlement_statement_update")
        cursor.execute("UPDATE settlement_statement SET earned = earned + 1, due = due + 1")

    found = {finding.code for finding in verify().findings}

    assert statement.due == 12_750
    assert {"statement_changed", "claims_differ"} <= found


def test_a_payout_s_key_with_another_amount_paper_or_way_is_refused_without_a_trace(shop):
    shop.sell((shop.lot, 2, 30_000))
    lot = shop.new_lot(5, producer=shop.cast.apel)
    shop.sell((lot, 1, 15_000))
    settlement = approved(shop)
    statement = settlement.statements.get(producer=shop.cast.tempe)
    other = settlement.statements.get(producer=shop.cast.apel)
    key = uuid.uuid4()
    pay(shop, statement, 5_000, key=key)
    before = counts()

    with pytest.raises(KeyTaken):
        pay(shop, statement, 6_000, key=key)
    with pytest.raises(KeyTaken):
        pay(shop, other, 5_000, key=key)
    with pytest.raises(KeyTaken):
        pay(shop, statement, 5_000, key=key, method="transfer")

    assert counts() == before


def test_what_was_found_and_then_was_not_there_is_taken_off_again(shop):
    found = place(shop.cast.association, Place.Kind.FOUND).pk
    for there, source, target in ((3, found, shop.shelf.pk), (2, shop.shelf.pk, found)):
        books.carry(shop.case(), carried=[books.Carried(shop.lot.pk, source, target, there)], deed="lot.receive")

    line = approved(shop).statements.get().content["lots"][0]

    assert (line["received"], line["found"], line["left"]) == (10, 1, 11)


def test_a_sale_held_back_and_its_return_meet_on_one_paper(shop):
    terms = books.agree_terms(
        association=shop.cast.association, valid_from=date(2026, 1, 2), at=AT, by=None, producer=shop.cast.tempe,
        values={"gallery_bp": 1000, "hold_days": 14},
    )  # fmt: skip
    lot = shop.new_lot(5, terms=terms)
    sold = shop.sell((lot, 2, 30_000))
    line = ShareLine.objects.get(posting=sold.posting)
    books.refund(
        shop.case(occurred_on=DAY + timedelta(days=3)), lines=[books.Returned(line.pk, 1)],
        payments=[(shop.till.pk, 15_000)], back_to=shop.shelf.pk,
    )  # fmt: skip

    first = approved(shop).statements.get()
    second = approved(shop, NEXT).statements.get()

    assert (first.earned, first.content["held"]) == (0, 13_500)
    assert (second.earned, second.content["held"]) == (13_500, 0)
    late = shop.case(occurred_on=NEXT)
    books.refund(late, lines=[books.Returned(line.pk, 1)], payments=[(shop.till.pk, 15_000)], back_to=shop.shelf.pk)
    assert ShareLine.objects.last().free_on == NEXT


def test_lost_pieces_paid_for_and_found_later_are_taken_off_the_next_statement(shop):
    lost, found = (place(shop.cast.association, kind) for kind in (Place.Kind.LOST, Place.Kind.FOUND))
    books.write_off(shop.case(), gone=[books.Carried(shop.lot.pk, shop.shelf.pk, lost.pk, 2)], deed="lot.expire")
    first = approved(shop).statements.get()
    pay(shop, first, 24_000)
    assert (first.content["lots"][0]["lost"], first.content["lots"][0]["compensation"], first.due) == (
        2,
        24_000,
        24_000,
    )

    books.turn_up(shop.case(), carried=[books.Carried(shop.lot.pk, found.pk, shop.shelf.pk, 2)], deed="lot.receive")
    shop.sell((shop.lot, 1, 15_000))
    paper = approved(shop, NEXT).statements.get()

    [lot] = paper.content["lots"]
    assert (lot["lost"], lot["found"], lot["left"], lot["compensation"], lot["gross"]) == (-2, 0, 9, -24_000, 15_000)
    assert (paper.carried, paper.earned, paper.due) == (0, 12_750 - 24_000, -11_250)
    assert adds_up(paper.content) == []
    sentences = told(paper.content)
    assert "2 buah Keripik tempe 150 g yang dulu hilang sudah ditemukan." in sentences
    assert any(s.startswith("Ganti rugi Rp24.000 untuk Keripik tempe 150 g") for s in sentences)
    assert verify().findings == []
