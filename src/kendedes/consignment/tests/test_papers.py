"""Papers: what each moves, and what the database refuses once they are done."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from kendedes.consignment import actions
from kendedes.consignment.models import Line, Paper
from kendedes.consignment.tests.conftest import AT, DAY
from kendedes.journal.models import Entry
from kendedes.ledger.actions.refusals import NotEnoughStock, NoTerms
from kendedes.ledger.models import Account, Lot, Oddity, Place, Posting, ShareLine, Terms
from kendedes.ledger.queries import balance
from kendedes.products.models import Variant

Kind, State = Paper.Kind, Paper.State


def test_a_nota_titipan_begins_lots_in_the_units_store_under_the_terms_of_the_day(office):
    paper = office.note((10, 15_000), (4, 20_000))

    first, second = (line.lot for line in paper.lines.select_related("lot"))
    assert (str(paper), paper.state) == ("NT-2026-0001", State.DONE)
    assert (paper.producer, paper.unit) == (office.shop.cast.tempe, office.shop.cast.singosari)
    assert (first.price, first.maker_price, first.terms) == (15_000, 12_750, office.shop.terms)
    assert (second.price, second.maker_price) == (20_000, 17_000)
    assert office.stock(first) == {office.unit.key: 10}
    assert first.code != second.code


def test_two_equal_lines_of_a_nota_are_two_lots(office):
    paper = office.note((5, 15_000), (5, 15_000))

    assert len({line.lot_id for line in paper.lines.all()}) == 2


def test_papers_are_numbered_by_kind_and_year_without_gaps(office):
    note = office.note((10, 15_000))
    sent = office.send(note.lines.get().lot, 2)
    other = office.note((1, 15_000))

    assert [str(p) for p in (note, sent, other)] == ["NT-2026-0001", "SJ-2026-0001", "NT-2026-0002"]


def test_an_abandoned_draft_takes_no_number(office):
    draft = office.draft(Kind.NOTE, target=office.unit)
    actions.cancel(paper=draft, at=AT, by=None)

    assert str(office.note((1, 15_000))) == "NT-2026-0001"


def test_goods_without_terms_are_refused_without_a_trace(office):
    foreign = Variant.objects.get(product=office.shop.cast.product(name="Tanpa"))
    paper = office.draft(Kind.NOTE, target=office.unit)
    with pytest.raises(NoTerms):
        actions.add_goods(paper=paper, variant=foreign, quantity=1, price=1000, on=date(2025, 1, 1))

    assert paper.lines.count() == 0


def test_an_empty_paper_is_not_issued(office):
    paper = office.draft(Kind.NOTE, target=office.unit)
    before = Entry.objects.count()

    with pytest.raises(actions.PaperEmpty):
        office.issue(paper)

    assert (Entry.objects.count(), Paper.objects.get(pk=paper.pk).number) == (before, None)


def test_what_is_sent_is_on_the_road_until_it_arrives(office):
    lot = office.note((10, 15_000)).lines.get().lot

    paper = office.send(lot, 6)
    assert (paper.state, office.stock(lot)) == (State.SENT, {office.unit.key: 4, "transit": 6})

    paper = office.arrive(paper)
    assert (paper.state, office.stock(lot)) == (State.DONE, {office.unit.key: 4, "shelf:1": 6})


def test_more_than_the_place_has_is_not_sent_and_leaves_no_trace(office):
    lot = office.note((3, 15_000)).lines.get().lot
    before = Posting.objects.count()

    with pytest.raises(NotEnoughStock):
        office.send(lot, 4)

    assert (Posting.objects.count(), office.stock(lot)) == (before, {office.unit.key: 3})


def test_pieces_that_do_not_arrive_stay_on_the_road_and_become_a_task(office):
    lot = office.note((10, 15_000)).lines.get().lot

    office.arrive(office.send(lot, 10), 8)

    oddity = Oddity.objects.get()
    assert office.stock(lot) == {"shelf:1": 8, "transit": 2}
    assert (oddity.code, oddity.lot, oddity.facts["quantity"]) == ("arrived_short", lot, 2)


@pytest.mark.parametrize(
    ("way", "left"),
    [
        ("late", {"shelf:1": 10}),
        ("back", {"shelf:1": 8, "unit": 2}),
        ("lost", {"shelf:1": 8, "lost": 2}),
    ],
)
def test_a_missing_piece_comes_late_goes_back_or_is_lost(office, way, left):
    lot = office.note((10, 15_000)).lines.get().lot
    office.arrive(office.send(lot, 10), 8)

    actions.settle_difference(oddity=Oddity.objects.get(), way=way, note="sopir", at=AT, by=office.shop.cast.ratna)

    wanted = {office.unit.key if key == "unit" else key: n for key, n in left.items()}
    assert office.stock(lot) == wanted
    assert Oddity.objects.open().count() == 0


def test_what_is_lost_on_the_road_is_owed_to_the_producer_as_the_terms_say(office):
    lot = office.note((10, 15_000)).lines.get().lot
    office.arrive(office.send(lot, 10), 8)

    actions.settle_difference(oddity=Oddity.objects.get(), way="lost", note="", at=AT, by=None)

    share = ShareLine.objects.get(kind="compensation")
    owed = Account.objects.get(key=f"producer:{office.shop.cast.tempe.pk}")
    assert (share.quantity, share.net, balance(owed.pk)) == (2, 2 * 12_750, -2 * 12_750)


def test_pieces_too_many_come_out_of_selisih_and_are_found_later(office):
    lot = office.note((10, 15_000)).lines.get().lot

    office.arrive(office.send(lot, 6), 7)
    oddity = Oddity.objects.get()
    assert office.stock(lot) == {office.unit.key: 4, "shelf:1": 7, "difference": -1}

    actions.settle_difference(oddity=oddity, way="found", note="salah hitung", at=AT, by=None)
    assert office.stock(lot) == {office.unit.key: 4, "shelf:1": 7, "found": -1}
    assert Oddity.objects.open().count() == 0


def test_a_way_that_does_not_fit_is_refused(office):
    lot = office.note((10, 15_000)).lines.get().lot
    office.arrive(office.send(lot, 6), 7)

    with pytest.raises(actions.DifferenceWay):
        actions.settle_difference(oddity=Oddity.objects.get(), way="lost", note="", at=AT, by=None)


def test_a_paper_arrives_once(office):
    paper = office.send(office.note((10, 15_000)).lines.get().lot, 6)
    office.arrive(paper)
    before = Posting.objects.count()

    with pytest.raises(actions.PaperState):
        office.arrive(paper)

    assert Posting.objects.count() == before


def test_the_same_key_issues_and_receives_once(office):
    paper = office.draft(Kind.NOTE, target=office.unit)
    actions.add_goods(paper=paper, variant=office.shop.variant, quantity=3, price=15_000, on=DAY)
    key = uuid.uuid4()

    assert office.issue(paper, key=key) == office.issue(paper, key=key)
    assert Lot.objects.filter(posting__entry__key=key).count() == 1


def test_returned_goods_go_home_to_their_maker(office):
    lot = office.note((10, 15_000)).lines.get().lot
    paper = office.draft(Kind.RETURN, source=office.unit)
    actions.add_lot(paper=paper, lot=lot, quantity=4)

    assert str(office.issue(paper)) == "BR-2026-0001"
    assert office.stock(lot) == {office.unit.key: 6}


def test_written_off_pieces_follow_the_terms_by_their_cause(office):
    lot = office.note((10, 15_000)).lines.get().lot
    paper = office.draft(Kind.WRITE_OFF, source=office.unit)
    actions.add_lot(paper=paper, lot=lot, quantity=2, becomes="expired")
    actions.add_lot(paper=paper, lot=lot, quantity=1, becomes="damaged")
    office.issue(paper)

    # The terms lay expiry on the producer and damage on the gallery.
    assert office.stock(lot) == {office.unit.key: 7, "expired": 2, "damaged": 1}
    assert [(s.quantity, s.net) for s in ShareLine.objects.filter(kind="compensation")] == [(1, 12_750)]


def test_goods_change_shelves_at_once(office):
    lot = office.shop.lot
    paper = office.draft(Kind.SWAP, source=office.shop.shelf, target=office.shop.store)
    actions.add_lot(paper=paper, lot=lot, quantity=3)
    actions.add_lot(paper=paper, lot=lot, quantity=1)

    assert (office.issue(paper).state, office.stock(lot)) == (State.DONE, {"shelf:1": 6, "store": 4})


@pytest.mark.parametrize(
    ("kind", "ends"),
    [
        (Kind.NOTE, {"source": "unit"}), (Kind.DELIVERY, {"source": "unit"}),
        (Kind.DELIVERY, {"source": "unit", "target": "unit"}), (Kind.RETURN, {"source": "sold"}),
        (Kind.SWAP, {"target": "unit"}),
    ],
)  # fmt: skip
def test_a_paper_between_places_that_do_not_fit_is_refused(office, kind, ends):
    found = {"unit": office.unit, "sold": office.place(Place.Kind.SOLD)}

    with pytest.raises(actions.WrongPlace):
        office.draft(kind, **{end: found[name] for end, name in ends.items()})


def test_goods_bought_outright_are_owed_for_at_once(office):
    cast = office.shop.cast
    from kendedes.ledger.actions import agree_terms

    agree_terms(
        association=cast.association, producer=cast.tempe, valid_from=DAY, at=AT, by=None,
        values={"mode": Terms.Modes.PURCHASE, "markup_bp": 2500},
    )  # fmt: skip
    paper = office.draft(Kind.NOTE, target=office.shop.store)
    actions.add_goods(paper=paper, variant=office.shop.variant, quantity=10, maker_price=10_000, on=DAY)
    lot = office.issue(paper).lines.get().lot

    owed = Account.objects.get(key=f"producer:{cast.tempe.pk}")
    assert (lot.price, balance(owed.pk)) == (12_500, -100_000)


def test_the_code_of_a_paper_leads_back_to_it(office):
    from kendedes.ledger.rules.codes import number_of, read_code

    paper = office.note((1, 15_000))

    assert number_of(read_code("D", paper.code.lower())) == paper.pk


@pytest.mark.parametrize("sneak", ["update", "delete", "line", "line_in", "line_out"])
def test_the_database_refuses_to_change_a_paper_that_is_done(office, sneak):
    paper = office.note((3, 15_000))
    attempts = {
        "update": lambda: Paper.objects.filter(pk=paper.pk).update(note="lain"),
        "delete": lambda: Paper.objects.filter(pk=paper.pk).delete(),
        "line": lambda: paper.lines.update(quantity=99),
        "line_in": lambda: Line.objects.create(paper=paper, position=9, variant=office.shop.variant, quantity=1),
        "line_out": lambda: paper.lines.all().delete(),
    }

    with pytest.raises(IntegrityError), transaction.atomic():
        attempts[sneak]()


def test_a_draft_may_still_be_changed(office):
    paper = office.draft(Kind.NOTE, target=office.unit)
    line = actions.add_goods(paper=paper, variant=office.shop.variant, quantity=3, price=15_000, on=DAY)

    actions.remove_line(paper=paper, line=line)

    assert paper.lines.count() == 0


def test_expiry_before_the_day_it_was_made_is_refused_by_the_database(office):
    paper = office.draft(Kind.NOTE, target=office.unit)

    with pytest.raises(IntegrityError), transaction.atomic():
        actions.add_goods(
            paper=paper, variant=office.shop.variant, quantity=3, price=15_000, on=DAY, made_on=DAY,
            expires_on=DAY - timedelta(days=1),
        )  # fmt: skip
