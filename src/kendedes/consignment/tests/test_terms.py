"""Terms: proposed, agreed, and what they do to prices."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kendedes.consignment import actions
from kendedes.consignment.models import Proposal
from kendedes.consignment.rules.pricing import Prices, example, gallery_part, own, prices, rounded_up
from kendedes.consignment.tests.conftest import AT, DAY
from kendedes.ledger.models import Terms
from kendedes.ledger.queries import terms_for
from kendedes.ledger.rules.shares import Deduction, Fees, divide

FEES = st.builds(
    Fees, gallery_bp=st.integers(0, 4000), unit_bp=st.integers(0, 2000), gallery_each=st.integers(0, 2000),
    unit_each=st.integers(0, 1000),
)  # fmt: skip


def test_a_shelf_price_leaves_the_producer_her_part():
    assert prices(Fees(gallery_bp=1000, unit_bp=500), shelf=20_000) == Prices(17_000, 20_000)


def test_a_producers_price_gives_the_lowest_shelf_price_in_hundreds():
    assert prices(Fees(gallery_bp=1000, unit_bp=500), maker=10_000) == Prices(10_000, 11_800)


def test_a_markup_is_put_on_the_producers_price():
    assert prices(Fees(markup=True), markup_bp=2500, maker=9_990) == Prices(9_990, 12_500)


@pytest.mark.parametrize(
    ("maker", "shelf"), [(None, None), (0, None), (None, 0), (20_000, 15_000)]
)  # fmt: skip
def test_what_makes_no_pair_is_unclear(maker, shelf):
    assert prices(Fees(gallery_bp=1000), maker=maker, shelf=shelf) is None


def test_a_markup_without_the_producers_price_is_unclear():
    assert prices(Fees(markup=True), markup_bp=2500, shelf=10_000) is None


@given(FEES, st.integers(100, 500_000))
def test_the_shelf_price_is_enough_and_a_hundred_less_is_not(fees, maker):
    found = prices(fees, maker=maker)

    assert found is not None
    assert own(divide(found.shelf, 1, fees)) >= maker
    less = found.shelf - 100
    assert less <= 0 or own(divide(less, 1, fees)) < maker or rounded_up(less) != less


def test_named_deductions_stay_the_producers_own():
    fees = Fees(gallery_bp=1000, deductions=(Deduction("tabungan", 500),))

    assert prices(fees, shelf=10_000) == Prices(9_000, 10_000)


@pytest.mark.parametrize(
    ("side", "named", "unit", "gallery"),
    [("producer", 8500, 500, 1000), ("gallery", 1500, 500, 1500), ("producer", 9800, 500, None), ("gallery", 9800, 500, None)],
)  # fmt: skip
def test_a_percentage_says_of_which_side(side, named, unit, gallery):
    assert gallery_part(side, named, unit) == gallery


def test_an_example_shows_who_gets_and_bears_what():
    fees = Fees(gallery_bp=1000, unit_bp=500, deductions=(Deduction("tabungan", 500),))
    found = example(fees, markup_bp=0, quantity=10, shelf=20_000, bearers=(10_000, 0, 5_000))

    assert (found.parts.gross, found.parts.gallery, found.parts.unit, found.parts.other, found.parts.net) == (
        200_000, 20_000, 10_000, 8_500, 161_500,
    )  # fmt: skip
    assert (found.expired_to_producer, found.damaged_to_producer, found.lost_to_producer) == (17_000, 0, 8_500)


def _propose(cast, **more):
    given = {"association": cast.association, "valid_from": DAY, "at": AT, "by": cast.sekar}
    return actions.propose(**{**given, "values": {"gallery_bp": 2000, "unit_bp": 500}, **more})


def test_a_proposal_is_nothing_until_it_is_agreed(office):
    cast = office.shop.cast
    proposal = _propose(cast, producer=cast.tempe)
    assert terms_for(office.shop.product, DAY) == office.shop.terms

    terms = actions.agree(proposal=proposal, at=AT, by=cast.ratna)

    assert terms_for(office.shop.product, DAY) == terms
    assert (terms.gallery_bp, terms.unit, terms.producer) == (2000, cast.singosari, cast.tempe)
    assert Proposal.objects.get().state == Proposal.State.AGREED


def test_lots_that_came_before_keep_their_terms(office):
    lot = office.note((3, 15_000)).lines.get().lot
    actions.agree(proposal=_propose(office.shop.cast), at=AT, by=None)

    assert lot.terms == office.shop.terms
    assert office.note((3, 15_000)).lines.get().lot.terms != office.shop.terms


def test_a_proposal_is_decided_once(office):
    proposal = _propose(office.shop.cast)
    actions.decline(proposal=proposal, reason="terlalu tinggi", at=AT, by=None)
    before = Terms.objects.count()

    with pytest.raises(actions.ProposalState):
        actions.agree(proposal=Proposal.objects.get(), at=AT, by=None)
    with pytest.raises(actions.ProposalState):
        actions.withdraw(proposal=proposal, at=AT, by=None)

    assert Terms.objects.count() == before


@pytest.mark.parametrize(
    "values", [{"gallery_bp": 9000, "unit_bp": 1001}, {"gallery_bp": -1, "unit_bp": 0}, {"deductions": [["a", 6000], ["b", 4001]]}]
)  # fmt: skip
def test_parts_that_exceed_the_whole_are_refused(office, values):
    with pytest.raises(actions.PartsTooMuch):
        _propose(office.shop.cast, values=values)

    assert Proposal.objects.count() == 0


def test_a_later_version_of_the_same_scope_wins_from_its_day(office):
    cast = office.shop.cast
    later = actions.agree(proposal=_propose(cast, valid_from=DAY + timedelta(days=10)), at=AT, by=None)

    assert terms_for(office.shop.product, DAY + timedelta(days=9)) == office.shop.terms
    assert terms_for(office.shop.product, DAY + timedelta(days=10)) == later
