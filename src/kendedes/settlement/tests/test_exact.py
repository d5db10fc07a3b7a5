"""What a paper must say of itself, days to the day, numbers in their order, the list for the bank line by line."""

from __future__ import annotations

import copy
from datetime import date, timedelta

import pytest

from kendedes.journal.models import Entry
from kendedes.ledger import actions as books
from kendedes.ledger.actions.standing import place
from kendedes.ledger.models import Place
from kendedes.settlement import actions
from kendedes.settlement.actions.refusals import DoesNotAddUp, NoAccount
from kendedes.settlement.models import Payout, ProducerLink, Settlement, Statement
from kendedes.settlement.queries.drawing import producers_due
from kendedes.settlement.queries.links import digest
from kendedes.settlement.rules import adds_up, seal_of_all, sealed
from kendedes.testing.shop import AT, DAY

from .test_settlement import LATER, NEXT, approved, draw, pay

LOT = {
    "code": "T1", "opening": 5, "received": 10, "returned": 1, "found": 2, "sold": 6, "expired": 1, "damaged": 1, "lost": 1,
    "taken_back": 2, "sample": 1, "left": 6, "gross": 90_000, "compensation": 10_000, "gallery": 9_000, "unit": 4_000,
    "other": 2_000, "net": 85_000,
}  # fmt: skip
PAPER = {
    "lots": [LOT, {**dict.fromkeys(LOT, 0), "code": "T2"}], "named": {"tabungan": 1_500, "kas": 500}, "earned": 85_000,
    "dues": [{"amount": 1_500}, {"amount": 500}], "carried": -3_000, "due": 80_000, "last_due": 20_000, "last_paid": 23_000,
}  # fmt: skip


def test_a_sound_paper_adds_up():
    assert adds_up(PAPER) == []


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("earned", ["lots 85000 ≠ earned 85001", "carried -3000 + earned 85001 − dues 2000 ≠ due 80000"]),
        (
            "carried",
            ["carried -2999 + earned 85000 − dues 2000 ≠ due 80000", "last due 20000 − paid 23000 ≠ carried -2999"],
        ),
        ("due", ["carried -3000 + earned 85000 − dues 2000 ≠ due 80001"]),
        ("last_due", ["last due 20001 − paid 23000 ≠ carried -3000"]),
        ("last_paid", ["last due 20000 − paid 23001 ≠ carried -3000"]),
    ],
)
def test_a_rupiah_more_on_the_paper_is_named(field: str, wrong: list[str]):
    assert adds_up({**PAPER, field: PAPER[field] + 1}) == wrong


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("net", ["lots 85001 ≠ earned 85000", "T1: parts"]), ("other", ["named deductions", "T1: parts"]),
        ("gross", ["T1: parts"]), ("compensation", ["T1: parts"]), ("gallery", ["T1: parts"]), ("unit", ["T1: parts"]),
        ("opening", ["T1: 19 − 12 ≠ 6"]), ("received", ["T1: 19 − 12 ≠ 6"]), ("returned", ["T1: 19 − 12 ≠ 6"]),
        ("found", ["T1: 19 − 12 ≠ 6"]), ("sold", ["T1: 18 − 13 ≠ 6"]), ("expired", ["T1: 18 − 13 ≠ 6"]),
        ("damaged", ["T1: 18 − 13 ≠ 6"]), ("lost", ["T1: 18 − 13 ≠ 6"]), ("taken_back", ["T1: 18 − 13 ≠ 6"]),
        ("sample", ["T1: 18 − 13 ≠ 6"]), ("left", ["T1: 18 − 12 ≠ 7"]),
    ],
)  # fmt: skip
def test_a_rupiah_or_a_piece_more_in_a_lot_is_named(field: str, wrong: list[str]):
    paper = copy.deepcopy(PAPER)
    paper["lots"][0][field] += 1

    assert adds_up(paper) == wrong


def test_dues_are_taken_off_and_papers_of_before_know_none():
    wrong = "carried -3000 + earned 85000 − dues 0 ≠ due 80000"
    before = {name: value for name, value in PAPER.items() if name != "dues"}

    assert (adds_up(before), adds_up({**before, "due": 82_000})) == ([wrong], [])


def test_a_named_deduction_that_is_no_lot_s_is_named():
    assert adds_up({**PAPER, "named": {"tabungan": 1_500, "kas": 501}}) == ["named deductions"]


def test_a_seal_is_of_the_words_whatever_their_order():
    assert sealed({"a": 1, "b": "é"}) == sealed({"b": "é", "a": 1})
    assert sealed({"a": 1, "b": "é"}) != sealed({"a": 1, "b": "e"})
    assert len({seal_of_all(["x", "y"]), seal_of_all(["y", "x"]), seal_of_all(["xy"]), seal_of_all([])}) == 4


def test_a_paper_whose_seal_is_another_s_cannot_be_checked(shop):
    shop.sell((shop.lot, 1, 15_000))
    settlement = draw(shop)
    Statement.objects.update(sha256="0" * 64)

    with pytest.raises(DoesNotAddUp) as refused:
        actions.check(settlement=settlement, at=AT, by=shop.cast.sekar)

    assert refused.value.facts == {"where": f"{Statement.objects.get().number}: sha256"}
    assert Settlement.objects.get().state == "draft"


@pytest.mark.parametrize(("hold", "earned", "held"), [(0, 13_500, 0), (10, 13_500, 0), (11, 0, 13_500)])
def test_money_is_held_back_to_the_day(shop, hold, earned, held):
    """Sold ten days before the last day of the paper."""
    terms = books.agree_terms(
        association=shop.cast.association, valid_from=date(2026, 1, 2), at=AT, by=None, producer=shop.cast.apel,
        values={"gallery_bp": 1000, "hold_days": hold},
    )  # fmt: skip
    shop.sell((shop.new_lot(5, producer=shop.cast.apel, terms=terms), 1, 15_000))

    paper = draw(shop, LATER).statements.get(producer=shop.cast.apel)

    assert (paper.earned, paper.content["held"]) == (earned, held)


def test_what_is_sold_on_the_last_day_is_on_the_paper_and_what_is_held_of_it_is_said(shop):
    terms = books.agree_terms(
        association=shop.cast.association, valid_from=date(2026, 1, 2), at=AT, by=None, producer=shop.cast.apel,
        values={"gallery_bp": 1000, "hold_days": 1},
    )  # fmt: skip
    lot = shop.new_lot(5, producer=shop.cast.apel, terms=terms)
    for late in (0, 1):
        shop.sell((lot, 1, 15_000), occurred_on=LATER + timedelta(days=late))
        shop.sell((shop.lot, 1, 15_000), occurred_on=LATER + timedelta(days=late))

    papers = draw(shop, LATER).statements

    held, paid = papers.get(producer=shop.cast.apel), papers.get(producer=shop.cast.tempe)
    assert (held.earned, held.content["held"], held.content["lots"][0]["sold"]) == (0, 13_500, 1)
    assert (paid.earned, paid.content["held"], paid.content["lots"][0]["sold"]) == (12_750, 0, 1)


@pytest.mark.parametrize("kind", ["shelf", "store", "unit", "event", "transit"])
def test_pieces_anywhere_in_the_network_s_hands_are_left(shop, kind):
    there = place(shop.cast.association, Place.Kind(kind), key=f"{kind}:9", name="Tempat lain")
    shop.sell((shop.lot, 1, 15_000))
    books.carry(shop.case(), carried=[books.Carried(shop.lot.pk, shop.shelf.pk, there.pk, 4)], deed="lot.receive")

    line = draw(shop).statements.get().content["lots"][0]

    assert (line["opening"], line["received"], line["sold"], line["left"], line["taken_back"]) == (0, 10, 1, 9, 0)


@pytest.mark.parametrize(
    ("kind", "field"),
    [("expired", "expired"), ("damaged", "damaged"), ("lost", "lost"), ("maker", "taken_back"), ("sample", "sample")],
)
def test_pieces_that_left_stand_in_their_own_column_and_may_come_back(shop, kind, field):
    there = place(shop.cast.association, Place.Kind(kind))
    for source, target, pieces in ((shop.shelf, there, 4), (there, shop.shelf, 1)):
        books.carry(shop.case(), carried=[books.Carried(shop.lot.pk, source.pk, target.pk, pieces)], deed="lot.receive")

    line = draw(shop).statements.get().content["lots"][0]

    back = {"received": 11, field: 4} if kind == "maker" else {"received": 10, field: 3}
    columns = ("expired", "damaged", "lost", "taken_back", "sample", "found", "received")
    assert {name: line[name] for name in columns if line[name]} == back
    assert line["left"] == 7


def test_receipts_of_payouts_are_numbered_through_the_year(shop):
    shop.sell((shop.lot, 2, 30_000))
    first = approved(shop).statements.get()
    for amount in (10_000, 15_500):
        pay(shop, first, amount)
    actions.undo_payout(payout=Payout.objects.get(amount=15_500), at=AT, by=shop.cast.sekar, paid_on=date(2027, 1, 2))

    start = f"KW/{shop.cast.association.pk}"
    assert list(Payout.objects.order_by("pk").values_list("number", "amount")) == [
        (f"{start}/2026/00001", 10_000), (f"{start}/2026/00002", 15_500), (f"{start}/2027/00001", -15_500),
    ]  # fmt: skip


def test_the_next_paper_begins_the_day_after_the_last_one(shop):
    shop.sell((shop.lot, 1, 15_000))
    first = approved(shop).statements.get()
    pay(shop, first, 2_750)
    shop.sell((shop.lot, 1, 15_000))

    second = approved(shop, NEXT).statements.get()

    assert (first.starts_on, second.starts_on) == (date(DAY.year, 1, 1), LATER + timedelta(days=1))
    assert (second.previous, second.carried, second.earned, second.due) == (first, 10_000, 12_750, 22_750)
    assert (second.content["last_due"], second.content["last_paid"]) == (12_750, 2_750)
    assert (first.number, second.number) == (f"{first.settlement.number}/0001", f"{second.settlement.number}/0001")


def test_the_list_for_the_bank_says_why_a_line_has_no_number(shop, settings):
    cast = shop.cast
    shop.sell((shop.lot, 2, 30_000))
    settlement = approved(shop)
    pay(shop, settlement.statements.get(), 500)
    keep = {"bank": "Bank Contoh", "holder": "Bu Tini (fiktif)", "at": AT, "by": cast.ratna}

    def listed(by=cast.sekar):
        return [
            (t.bank, t.number, t.holder, t.amount, t.note)
            for t in actions.list_transfers(settlement=settlement, at=AT, by=by)
        ]

    assert listed() == [("", "", "", 25_000, "no_account")]
    actions.set_account(owner=cast.singosari, number="9990001112223", **keep)
    assert listed() == [("Bank Contoh", "9990001112223", "Bu Tini (fiktif)", 25_000, "by_unit")]
    actions.set_account(owner=cast.tempe, number="0071234500987", **keep)
    assert listed() == [("Bank Contoh", "0071234500987", "Bu Tini (fiktif)", 25_000, "")]
    assert listed(cast.ratna)[0][1:] == ("", "", 25_000, "too_fresh")
    settings.SECRET_KEY = "lain" * 10
    assert listed()[0][1:] == ("", "", 25_000, "unreadable")


def test_the_diary_says_who_did_what_about_which_paper(shop):
    cast = shop.cast
    shop.sell((shop.lot, 2, 30_000))
    before = Entry.objects.order_by("-id").first().pk
    with pytest.raises(NoAccount):
        actions.end_account(owner=cast.tempe, at=AT, by=cast.ratna)
    actions.discard(settlement=draw(shop), at=AT, by=cast.sekar)
    actions.set_account(
        owner=cast.singosari,
        bank="Bank Contoh",
        number="9990001112223",
        holder="Bu Tini (fiktif)",
        at=AT,
        by=cast.ratna,
    )
    actions.end_account(owner=cast.singosari, at=AT, by=cast.ratna)
    settlement = approved(shop)
    statement = settlement.statements.get()
    payout = pay(shop, statement, 500)
    actions.undo_payout(payout=payout, at=AT, by=cast.sekar, paid_on=DAY)
    actions.list_transfers(settlement=settlement, at=AT, by=cast.sekar)
    token = actions.make_link(producer=cast.tempe, at=AT, by=cast.ratna)

    about = {
        cast.association: "asosiasi",
        cast.singosari: "unit",
        settlement: "perhitungan",
        statement: "laporan",
        cast.tempe: "produsen",
    }
    names = {(thing._meta.label_lower, thing.pk): word for thing, word in about.items()}
    told = [
        (
            entry.deed,
            str(entry.by).split()[0],
            {**entry.facts},
            {names.get((s.kind, s.object_id)) for s in entry.subjects.all()} - {None},
        )
        for entry in Entry.objects.filter(pk__gt=before).order_by("id")
    ]
    number, kw = "BH/2026/01", f"KW/{cast.association.pk}/2026"
    drawn = {"number": number, "until": str(LATER), "statements": 1}
    sealed_paper = {"number": number, "digest": settlement.digest}
    paid = {"statement": f"{number}/0001", "method": "cash"}
    both, paper = {"asosiasi", "perhitungan"}, {"asosiasi", "laporan"}
    assert told == [
        ("settlement.draw_up", "Sekar", drawn, {"asosiasi"}),
        ("settlement.discard", "Sekar", {"number": number}, {"asosiasi"}),
        ("bank_account.set", "Ratna", {"name": "Unit Singosari", "bank": "Bank Contoh"}, {"unit"}),
        ("bank_account.end", "Ratna", {"name": "Unit Singosari"}, {"unit"}),
        ("settlement.draw_up", "Sekar", drawn, both),
        ("settlement.check", "Sekar", sealed_paper, both),
        ("settlement.approve", "Ratna", sealed_paper, both),
        ("payout.pay", "Sekar", {**paid, "number": f"{kw}/00001", "amount": 500}, paper),
        ("payout.undo", "Sekar", {**paid, "number": f"{kw}/00002", "amount": -500}, paper),
        ("settlement.transfers", "Sekar", {"number": number, "lines": 0}, both),
        ("producer.link", "Ratna", {"name": cast.tempe.name}, {"produsen"}),
    ]
    link = ProducerLink.objects.get()
    assert (link.producer, link.token_hash, link.made_at, link.ended_at) == (cast.tempe, digest(token), AT, None)


@pytest.mark.parametrize(("period", "least"), [(7, 7), (14, 14), (30, 28)])
def test_whose_turn_it_is_to_the_day(shop, period, least):
    """A month may be February: 28 days are one."""
    terms = books.agree_terms(
        association=shop.cast.association, valid_from=date(2026, 1, 2), at=AT, by=None, producer=shop.cast.apel,
        values={"period_days": period},
    )  # fmt: skip
    shop.new_lot(5, producer=shop.cast.apel, terms=terms)
    approved(shop, DAY)

    def due(days: int, *, everybody: bool = False) -> bool:
        found = producers_due(shop.cast.association, DAY + timedelta(days=days), everybody=everybody)
        return shop.cast.apel in [one.producer for one in found]

    assert (due(least - 1), due(least)) == (False, True)
    assert (due(0, everybody=True), due(1, everybody=True)) == (False, True)


def test_whose_goods_came_after_the_last_day_gets_no_paper(shop):
    settlement = draw(shop, DAY - timedelta(days=1), today=DAY)

    assert settlement.statements.count() == 0


def test_what_is_paid_to_the_last_rupiah_is_on_no_list_for_the_bank(shop):
    shop.sell((shop.lot, 2, 30_000))
    settlement = approved(shop)
    pay(shop, settlement.statements.get(), 25_500)
    settlement.refresh_from_db()

    assert (settlement.state, actions.list_transfers(settlement=settlement, at=AT, by=shop.cast.sekar)) == ("paid", [])
