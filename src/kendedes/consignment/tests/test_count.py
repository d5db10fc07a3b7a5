"""Stok opname: blind, then the difference, then the books."""

from __future__ import annotations

from datetime import date

import pytest

from kendedes.consignment import actions
from kendedes.consignment.models import Paper
from kendedes.consignment.rules.counting import Correction, correction
from kendedes.consignment.tests.conftest import AT
from kendedes.ledger.actions import agree_terms
from kendedes.ledger.actions.refusals import NotEnoughStock
from kendedes.ledger.models import Account, Oddity, ShareLine
from kendedes.ledger.queries import balance
from kendedes.ledger.verify import verify


@pytest.mark.parametrize(
    ("booked", "counted", "difference", "moves"),
    [
        (5, 5, 0, Correction()), (5, 3, 0, Correction(lost=2)), (5, 3, -1, Correction(owed=1, lost=1)),
        (5, 3, -4, Correction(owed=2)), (5, 8, 0, Correction(found=3)), (5, 8, 1, Correction(surplus=1, found=2)),
        (5, 3, 2, Correction(lost=2)), (0, 2, -1, Correction(found=2)),
    ],
)  # fmt: skip
def test_missing_pieces_repay_what_was_sold_from_nowhere_before_they_are_lost(booked, counted, difference, moves):
    assert correction(booked, counted, difference) == moves


def _count(office, *counted, spot=None):
    paper = actions.begin_count(spot=spot or office.shop.shelf, at=AT, by=None)
    actions.enter_counts(paper=paper, counted=dict(zip(paper.lines.values_list("pk", flat=True), counted, strict=True)))
    return paper


def _approved(office, *counted, **more):
    paper = actions.finish_count(paper=_count(office, *counted, **more))
    return actions.approve_count(paper=paper, at=AT, by=office.shop.cast.ratna)


def test_a_count_is_blind_until_it_is_finished(office):
    paper = _count(office, 9)

    assert [(line.counted, line.booked, line.difference) for line in paper.lines.all()] == [(9, None, None)]
    paper = actions.finish_count(paper=paper)
    assert [(line.counted, line.booked, line.difference) for line in paper.lines.all()] == [(9, 10, -1)]


def test_a_line_nobody_counted_keeps_the_count_open(office):
    paper = actions.begin_count(spot=office.shop.shelf, at=AT, by=None)

    with pytest.raises(actions.NotCounted):
        actions.finish_count(paper=paper)

    assert Paper.objects.get(pk=paper.pk).state == Paper.State.DRAFT


def test_missing_pieces_are_lost_and_owed_as_the_terms_say(office):
    paper = _approved(office, 8)

    assert str(paper) == "SO-2026-0001"
    assert office.stock(office.shop.lot) == {"shelf:1": 8, "lost": 2}
    assert ShareLine.objects.get(kind="compensation").net == 2 * 12_000


def test_pieces_too_many_are_found(office):
    _approved(office, 12)

    assert office.stock(office.shop.lot) == {"shelf:1": 12, "found": -2}


def test_pieces_sold_from_nowhere_are_repaid_by_what_is_missing_elsewhere_and_the_task_is_settled(office):
    office.shop.sell((office.shop.lot, 10, 150_000))
    office.shop.new_lot(1)
    lot = office.note((5, 15_000), into=office.shop.store).lines.get().lot
    office.shop.sell((lot, 1, 15_000))  # it stood on the shelf, but the books have it in the store
    assert office.stock(lot) == {"store": 5, "sold": 1, "difference": -1}
    assert Oddity.objects.open().get().code == "oversold"

    paper = _approved(office, 4, spot=office.shop.store)

    assert office.stock(lot) == {"store": 4, "sold": 1}
    assert (Oddity.objects.open().count(), Oddity.objects.get().settled_entry) == (0, paper.posting.entry)


def test_what_is_sold_between_counting_and_approval_is_not_counted_twice(office):
    paper = actions.finish_count(paper=_count(office, 8))
    office.shop.sell((office.shop.lot, 3, 45_000))

    actions.approve_count(paper=paper, at=AT, by=None)

    assert office.stock(office.shop.lot) == {"shelf:1": 5, "lost": 2, "sold": 3}


def test_a_count_overtaken_by_sales_is_refused(office):
    paper = actions.finish_count(paper=_count(office, 2))
    office.shop.sell((office.shop.lot, 9, 135_000))

    with pytest.raises(NotEnoughStock):
        actions.approve_count(paper=paper, at=AT, by=None)

    assert Paper.objects.get(pk=paper.pk).state == Paper.State.COUNTED


def test_only_lines_that_differ_are_counted_again(office):
    other = office.shop.new_lot(4)
    paper = actions.finish_count(paper=_count(office, 10, 3))

    paper = actions.count_again(paper=paper)

    assert [(line.lot, line.counted) for line in paper.lines.all()] == [(office.shop.lot, 10), (other, None)]


def test_a_lot_the_books_did_not_expect_there_is_counted_too(office):
    lot = office.note((5, 15_000)).lines.get().lot
    paper = _count(office, 10)
    actions.count_also(paper=paper, lot=lot, counted=2)

    actions.approve_count(paper=actions.finish_count(paper=paper), at=AT, by=None)

    assert office.stock(lot) == {office.unit.key: 5, "shelf:1": 2, "found": -2}


def _owed(office):
    """What is owed to the producer, and what the gallery has borne of losses."""
    keys = (f"producer:{office.shop.cast.tempe.pk}", "loss")
    rows = [Account.objects.filter(key=key).first() for key in keys]
    return [balance(row.pk) if row else 0 for row in rows]


def test_pieces_written_off_as_lost_that_turn_up_are_not_paid_for_twice(office):
    _approved(office, 8)
    assert _owed(office) == [-24_000, 24_000]

    paper = _approved(office, 10)

    back = ShareLine.objects.get(kind="refund")
    assert office.stock(office.shop.lot) == {"shelf:1": 10}
    assert (back.quantity, back.gross, back.net, back.reverses.kind) == (-2, -24_000, -24_000, "compensation")
    assert _owed(office) == [0, 0]
    oddity = Oddity.objects.open().get()
    assert (oddity.code, oddity.place, oddity.entry) == ("found_after_loss", office.shop.shelf, paper.posting.entry)
    assert oddity.facts == {"quantity": 2, "amount": 24_000, "name": str(paper)}
    assert verify().findings == []
    actions.settle_difference(oddity=oddity, way="seen", note="sama", at=AT, by=None)
    assert Oddity.objects.open().count() == 0


def test_only_pieces_beyond_the_lost_ones_are_new(office):
    _approved(office, 8)

    _approved(office, 11)

    assert office.stock(office.shop.lot) == {"shelf:1": 11, "found": -1}
    assert _owed(office) == [0, 0]


def test_lost_pieces_may_turn_up_bit_by_bit_and_be_lost_again(office):
    for counted in (7, 8, 9, 6):
        _approved(office, counted)
        gone = 10 - counted
        assert office.stock(office.shop.lot) == {"shelf:1": counted, "lost": gone}
        assert _owed(office) == [-12_000 * gone, 12_000 * gone]

    _approved(office, 10)

    assert _owed(office) == [0, 0]
    assert sum(ShareLine.objects.values_list("net", flat=True)) == 0
    assert verify().findings == []


def test_pieces_counted_too_many_before_are_not_lost_when_they_are_missing_later(office):
    _approved(office, 12)

    _approved(office, 9)

    assert office.stock(office.shop.lot) == {"shelf:1": 9, "lost": 1}
    assert _owed(office) == [-12_000, 12_000]
    assert ShareLine.objects.get().quantity == 1


def test_lost_pieces_that_a_till_sold_are_found_in_selisih_and_paid_for_once(office):
    _approved(office, 0)
    office.shop.sell((office.shop.lot, 2, 30_000))
    oversold = Oddity.objects.open().get(code="oversold")

    actions.settle_difference(oddity=oversold, way="found", note="di laci", at=AT, by=None)

    assert office.stock(office.shop.lot) == {"lost": 8, "sold": 2}
    assert _owed(office) == [-8 * 12_000 - 25_500, 8 * 12_000]
    doubt = Oddity.objects.open().get()
    assert (doubt.code, doubt.facts["quantity"], doubt.facts["amount"]) == ("found_after_loss", 2, 24_000)
    assert verify().findings == []


def test_nothing_is_taken_back_where_the_producer_bears_her_losses(office):
    terms = agree_terms(
        association=office.shop.cast.association, valid_from=date(2026, 1, 1), at=AT, by=None,
        values={"loss_producer_bp": 10_000, "damage_producer_bp": 0},
    )  # fmt: skip
    lot = office.shop.new_lot(5, terms=terms, into=office.shop.store)
    paper = office.draft(Paper.Kind.WRITE_OFF, source=office.shop.store)
    for becomes in ("damaged", "lost"):
        actions.add_lot(paper=paper, lot=lot, quantity=1, becomes=becomes)
    office.issue(paper)
    assert _owed(office) == [-12_000, 12_000]  # of the broken one

    _approved(office, 4, spot=office.shop.store)

    assert office.stock(lot) == {"store": 4, "damaged": 1}
    assert _owed(office) == [-12_000, 12_000]
    assert Oddity.objects.open().get().facts["amount"] == 0
