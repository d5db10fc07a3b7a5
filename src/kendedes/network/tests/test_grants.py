"""Rights lent between associations and units: who gets what, from when until when, who gives and takes back."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kendedes.journal.models import Entry
from kendedes.network import actions
from kendedes.network.models import Grant, Producer, Unit
from kendedes.network.queries import scope
from kendedes.network.rules import Right, Role
from kendedes.network.tests.test_people import _fresh, trace
from kendedes.testing.cast import AT, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def dewi(cast: Cast):
    """A curator of the neighbouring association."""
    found = actions.create_account(username="dewi", name="Dewi Tetangga", password=None, at=AT, by=None)
    actions.give_role(user=found, role=Role.CURATOR, association=cast.neighbour, at=AT, by=None)
    return found


def may_edit(user, producer) -> bool:
    _fresh(user)
    return Producer.objects.allowed(user, Right.EDIT_PRODUCTS).filter(pk=producer.pk).exists()


def test_an_association_lends_to_one_of_its_units_and_then_its_operator_works_everywhere(cast: Cast) -> None:
    assert not may_edit(cast.joko, cast.tempe)

    grant = actions.give_grant(
        right=Right.EDIT_PRODUCTS, giver=cast.association, receiver=cast.wajak, at=timezone.now(), by=cast.ratna
    )

    assert may_edit(cast.joko, cast.tempe)
    assert not may_edit(cast.joko, cast.foreign)
    assert not may_edit(cast.sekar, cast.apel), "the other units received nothing"
    assert not scope(cast.joko, Right.SEE_PERSONAL).covers(cast.tempe)
    actions.revoke_grant(grant=grant, at=timezone.now(), by=cast.ratna)
    assert not may_edit(cast.joko, cast.tempe)


def test_a_unit_lends_to_another_association_and_only_people_of_the_whole_one_get_it(cast: Cast, dewi) -> None:
    batu = Unit.objects.get(association=cast.neighbour)
    operator = actions.create_account(username="adi", name="Adi Operator", password=None, at=AT, by=None)
    actions.give_role(
        user=operator, role=Role.OPERATOR, association=cast.neighbour, unit=batu, at=AT, by=None
    )  # fmt: skip

    actions.give_grant(
        right=Right.EDIT_PRODUCTS, giver=cast.singosari, receiver=cast.neighbour, at=timezone.now(), by=cast.sekar
    )

    assert may_edit(dewi, cast.tempe)
    assert not may_edit(dewi, cast.apel), "lent was one unit"
    assert not may_edit(operator, cast.tempe), "lent was to the association, not to its units"


def test_an_association_lends_to_another_and_it_can_be_passed_on_by_nobody(cast: Cast, dewi) -> None:
    now = timezone.now()
    actions.give_grant(right=Right.ASSESS, giver=cast.association, receiver=cast.neighbour, at=now, by=cast.ratna)

    _fresh(dewi)
    assert scope(dewi, Right.ASSESS).associations == {cast.association.pk, cast.neighbour.pk}
    assert scope(dewi, Right.EDIT_PRODUCTS).associations == {cast.neighbour.pk}
    assert not scope(dewi, Right.MANAGE_PEOPLE)


def test_who_lacks_the_right_in_the_receiving_body_gets_nothing(cast: Cast) -> None:
    actions.give_grant(
        right=Right.EDIT_PRODUCTS, giver=cast.wajak, receiver=cast.singosari, at=timezone.now(), by=cast.joko
    )

    assert not may_edit(cast.tini, cast.apel), "she edits her producer, not the unit"
    assert may_edit(cast.sekar, cast.apel)


def test_a_grant_for_later_holds_from_its_day_on(cast: Cast) -> None:
    now = timezone.now()
    grant = actions.give_grant(
        right=Right.EDIT_PRODUCTS, giver=cast.singosari, receiver=cast.wajak, at=now, by=cast.ratna,
        since=now + timedelta(days=1), until=now + timedelta(days=3),
    )  # fmt: skip
    assert not may_edit(cast.joko, cast.tempe)

    Grant.objects.filter(pk=grant.pk).update(valid_from=now - timedelta(days=1))
    assert may_edit(cast.joko, cast.tempe)


def test_nobody_lends_what_she_may_not_do_there_herself(cast: Cast) -> None:
    before = trace()

    with pytest.raises(actions.NotLendable):
        actions.give_grant(right=Right.ASSESS, giver=cast.association, receiver=cast.wajak, at=AT, by=cast.sekar)
    with pytest.raises(actions.NotLendable):
        actions.give_grant(right=Right.ASSESS, giver=cast.neighbour, receiver=cast.wajak, at=AT, by=cast.ratna)

    assert trace() == before


@pytest.mark.parametrize(
    ("giver", "receiver"),
    [("singosari", "singosari"), ("association", "association"), ("singosari", "association"), ("tempe", "singosari")],
)
def test_nothing_is_lent_to_who_holds_it_anyway(cast: Cast, giver: str, receiver: str) -> None:
    before = trace()

    with pytest.raises(actions.GrantToSelf):
        actions.give_grant(
            right=Right.ASSESS, giver=getattr(cast, giver), receiver=getattr(cast, receiver), at=AT, by=cast.ratna
        )

    assert trace() == before


def test_a_last_day_before_the_first_is_refused(cast: Cast) -> None:
    before = trace()

    with pytest.raises(actions.GrantDates):
        actions.give_grant(
            right=Right.ASSESS, giver=cast.singosari, receiver=cast.wajak, at=AT, by=cast.ratna,
            since=AT + timedelta(days=2), until=AT + timedelta(days=2),
        )  # fmt: skip

    assert trace() == before


def test_the_database_holds_one_giver_one_receiver_and_dates_in_order(cast: Cast) -> None:
    good = {"right": "assess", "giver_unit": cast.singosari, "receiver_unit": cast.wajak, "valid_from": AT}
    for wrong in (
        {"giver_association": cast.association}, {"giver_unit": None}, {"receiver_association": cast.neighbour},
        {"receiver_unit": None}, {"valid_to": AT}, {"valid_to": AT - timedelta(days=1)},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Grant.objects.create(**{**good, **wrong})
    Grant.objects.create(**good)  # the control: without the fault it is written


def test_a_manager_lends_from_the_association_in_the_browser_and_takes_it_back(cast: Cast, client: Client) -> None:
    client.force_login(cast.ratna)
    page = client.get(reverse("network:grant_new"))
    offered = page.context["form"].fields
    assert [str(body) for body in offered["giver"].bodies.values()] == [
        "Asosiasi Kendedes (contoh)", "Unit Singosari", "Unit Wajak",
    ]  # fmt: skip
    assert [str(body) for body in offered["receiver"].bodies.values()] == [
        "Asosiasi Tetangga (contoh)", "Unit Singosari", "Unit Wajak",
    ]  # fmt: skip

    day = timezone.localdate() + timedelta(days=10)
    asked = {
        "giver": f"association-{cast.association.pk}", "receiver": f"unit-{cast.wajak.pk}",
        "right": "print_edition", "until": day.isoformat(),
    }  # fmt: skip
    answer = client.post(reverse("network:grant_new"), asked)

    assert answer.status_code == 302
    grant = Grant.objects.get()
    assert (grant.giver, grant.receiver, grant.last_day) == (cast.association, cast.wajak, day)
    entry = Entry.objects.filter(deed="grant.give").get()
    assert (entry.facts["name"], entry.facts["receiver"]) == ("Asosiasi Kendedes (contoh)", "Unit Wajak")
    text = client.get(reverse("network:grants")).content.decode()
    assert "Asosiasi Kendedes (contoh) → Unit Wajak" in text

    client.post(reverse("network:grant_revoke", args=[grant.pk]))
    grant.refresh_from_db()
    assert grant.revoked_at is not None


def test_an_operator_is_offered_her_unit_only_and_a_forged_giver_is_refused(cast: Cast, client: Client) -> None:
    client.force_login(cast.sekar)
    before = Entry.objects.count()
    page = client.get(reverse("network:grant_new"))
    assert [str(body) for body in page.context["form"].fields["giver"].bodies.values()] == ["Unit Singosari"]

    forged = {"giver": f"unit-{cast.wajak.pk}", "receiver": f"unit-{cast.singosari.pk}", "right": "assess"}
    answer = client.post(reverse("network:grant_new"), forged)

    assert answer.status_code == 200
    assert "giver" in answer.context["form"].errors
    assert (Grant.objects.count(), Entry.objects.count()) == (0, before)
