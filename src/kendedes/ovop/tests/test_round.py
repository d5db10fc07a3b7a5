"""A round from its opening to its awards."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from kendedes.journal.models import Entry
from kendedes.ovop import actions, queries
from kendedes.ovop.models import Assessor, Award, Round, Rubric, Submission
from kendedes.ovop.tests.rubrics import COMPLETE
from kendedes.products.models import Permit, Product
from kendedes.testing.cast import AT


@pytest.fixture
def rubric(cast):
    actions.ensure_presets()
    preset = Rubric.objects.get(code="id-ovop-form")
    copy = actions.copy_rubric(rubric=preset, association=cast.association, at=AT, by=cast.ratna)
    return actions.change_rubric(rubric=copy, definition=COMPLETE, at=AT, by=cast.ratna)


@pytest.fixture
def running(cast, rubric):
    products = [cast.product(), cast.product(name="Keripik pisang")]
    Product.objects.update(state=Product.State.ACCEPTED)
    for product in products:
        product.refresh_from_db()
    round_ = actions.open_round(
        association=cast.association,
        unit=cast.singosari,
        rubric=rubric,
        title="OVOP Singosari 2026",
        period="2026",
        at=AT,
        by=cast.sekar,
    )
    actions.add_candidates(round_=round_, products=products, at=AT, by=cast.sekar)
    actions.set_assessors(round_=round_, users=[cast.yudi, cast.lestari], at=AT, by=cast.sekar)
    return actions.start_scoring(round_=round_, at=AT, by=cast.sekar)


def sheet(candidate, who, points, by=None):
    marks = {"A1": (points, ""), "B1": (3, "rapi")}
    return actions.hand_in(candidate=candidate, assessor=who, marks=marks, at=AT, by=by or who)


def test_an_incomplete_preset_cannot_open_a_round(cast):
    actions.ensure_presets()
    before = Entry.objects.count()

    with pytest.raises(actions.RubricIncomplete):
        actions.open_round(
            association=cast.association,
            unit=None,
            rubric=Rubric.objects.get(code="th-opc"),
            title="x",
            period="2026",
            at=AT,
            by=cast.ratna,
        )

    assert Round.objects.count() == 0
    assert Entry.objects.count() == before


def test_two_sheets_and_an_open_gate_bring_stars_that_hold_two_years(cast, running):
    first, second = running.candidates.order_by("product__name_id")
    for candidate, points in ((first, 10), (second, 4)):
        for who in (cast.yudi, cast.lestari):
            sheet(candidate, who, points)
    Permit.objects.create(producer=cast.tempe, kind="pirt", number="2143507010001-30", valid_until=date(2030, 1, 1))

    actions.close_round(round_=running, at=AT, by=cast.sekar)

    awards = {a.product.name_id: (a.centi, a.stars, a.valid_until) for a in Award.objects.all()}
    assert awards == {
        first.product.name_id: (1300, 3, date(2028, 11, 24)),
        second.product.name_id: (700, 1, date(2028, 11, 24)),
    }
    assert queries.current_stars([first.product_id], AT)[first.product_id]["stars"] == 3
    assert queries.current_stars([first.product_id], AT + timedelta(days=800)) == {}


def test_without_the_permit_the_points_are_kept_and_no_star_is_given(cast, running):
    for candidate in running.candidates.all():
        for who in (cast.yudi, cast.lestari):
            sheet(candidate, who, 10)

    actions.close_round(round_=running, at=AT, by=cast.sekar)

    award = Award.objects.first()
    assert (award.stars, award.centi, award.detail["would_be"], award.detail["gates"]) == (0, 1300, 3, {"izin": False})
    found = queries.paths([award.product], AT)[0]
    assert [g.code for g in found.path.gates] == ["izin"]


def test_a_round_with_a_missing_sheet_stays_open(cast, running):
    first, second = running.candidates.all()
    sheet(first, cast.yudi, 10)
    sheet(first, cast.lestari, 10)
    sheet(second, cast.yudi, 10)

    with pytest.raises(actions.SheetsMissing):
        actions.close_round(round_=running, at=AT, by=cast.sekar)

    running.refresh_from_db()
    assert running.state == Round.State.SCORING
    assert Award.objects.count() == 0


def test_a_declared_conflict_closes_the_sheet_and_takes_out_one_handed_in(cast, running):
    candidate = running.candidates.first()
    sheet(candidate, cast.yudi, 10)
    seat = Assessor.objects.get(round=running, user=cast.yudi)
    actions.declare_conflict(assessor=seat, candidate=candidate, reason="saudara ketua kelompok", at=AT, by=cast.yudi)

    with pytest.raises(actions.ConflictDeclared):
        sheet(candidate, cast.yudi, 4)

    standing = next(s for s in queries.standings(running, AT) if s.candidate == candidate)
    assert (len(standing.sheets), standing.expected) == (0, 1)


def test_a_sheet_again_is_a_new_number_and_no_sheet_can_be_edited(cast, running):
    candidate = running.candidates.first()
    sheet(candidate, cast.yudi, 4)
    sheet(candidate, cast.yudi, 10, by=cast.sekar)

    assert list(Submission.objects.order_by("number").values_list("number", "centi", "typed_by__username")) == [
        (1, 700, None), (2, 1300, "sekar"),
    ]  # fmt: skip
    assert queries.latest_submissions(running)[candidate.pk][0].number == 2
    with pytest.raises(DatabaseError), transaction.atomic():
        Submission.objects.update(centi=9999)


def test_a_rubric_in_use_is_refused_by_action_and_by_the_database(cast, running):
    with pytest.raises(actions.RubricInUse):
        actions.change_rubric(rubric=running.rubric, definition=COMPLETE, at=AT, by=cast.ratna)
    with pytest.raises(DatabaseError), transaction.atomic():
        Rubric.objects.filter(pk=running.rubric_id).update(definition={})


def test_only_accepted_products_of_the_units_area_become_candidates(cast, running):
    for product in (cast.product(name="Belum diterima"), cast.product(cast.apel, "Tikar")):
        with pytest.raises(actions.CandidateElsewhere):
            actions.add_candidates(round_=running, products=[product], at=AT, by=cast.sekar)

    assert running.candidates.count() == 2


def test_one_who_is_no_assessor_hands_in_nothing(cast, running):
    with pytest.raises(actions.NotAssessor):
        sheet(running.candidates.first(), cast.bima, 10)

    assert Submission.objects.count() == 0
