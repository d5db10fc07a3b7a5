"""Roles, grants, accounts: who may do what to whom."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kendedes.base.refusal import Refusal
from kendedes.journal.models import Entry
from kendedes.network import actions, queries
from kendedes.network.models import LegalForm, LegalKind, Producer, Unit
from kendedes.network.queries.people import is_managed
from kendedes.network.rules import Right, Role
from kendedes.testing.cast import AT, PASSWORD, Cast
from kendedes.testing.matrix import trace


def _fresh(user: object) -> object:
    for name in ("_scopes", "_strong"):
        user.__dict__.pop(name, None)  # type: ignore[attr-defined]
    return user


def test_an_ended_role_opens_nothing_from_the_next_request_on(cast: Cast, client: Client) -> None:
    client.force_login(cast.joko)
    page = reverse("network:unit", args=[cast.wajak.pk])
    assert client.get(page).status_code == 200

    actions.end_role(membership=cast.joko.memberships.get(), at=timezone.now(), by=cast.ratna)

    assert client.get(page).status_code == 403


def test_the_last_manager_cannot_be_lost_by_any_door(cast: Cast) -> None:
    before = trace()

    with pytest.raises(actions.LastManager):
        actions.end_role(membership=cast.ratna.memberships.get(), at=timezone.now(), by=cast.ratna)
    with pytest.raises(actions.LastManager):
        actions.disable_account(user=cast.ratna, at=timezone.now(), by=None)

    assert trace() == before
    cast.ratna.refresh_from_db()
    assert cast.ratna.is_active


def test_nobody_is_taken_over_who_is_more_elsewhere(cast: Cast) -> None:
    assert is_managed(cast.ratna, cast.sekar)
    assert is_managed(cast.sekar, cast.tini)
    assert not is_managed(cast.ratna, cast.ratna)
    assert not is_managed(cast.joko, cast.tini)
    assert not is_managed(cast.sekar, cast.ratna)

    actions.give_role(user=cast.sekar, role=Role.ASSESSOR, association=cast.neighbour, at=AT, by=None)
    actions.give_role(user=cast.tini, role=Role.ASSESSOR, association=cast.association, at=AT, by=None)

    assert not is_managed(cast.ratna, cast.sekar)
    assert not is_managed(cast.sekar, cast.tini)


def test_an_operator_neither_ends_nor_resets_her_colleague(cast: Cast, client: Client) -> None:
    colleague = actions.create_account(username="wati", name="Wati", password=PASSWORD, at=AT, by=None)
    role = actions.give_role(
        user=colleague, role=Role.OPERATOR, association=cast.association, unit=cast.singosari, at=AT, by=None
    )
    client.force_login(cast.sekar)
    before = trace()

    assert client.post(reverse("network:role_end", args=[role.pk])).status_code == 403
    assert client.post(reverse("network:password_link", args=[colleague.pk])).status_code == 403
    assert client.post(reverse("network:account_close", args=[colleague.pk])).status_code == 403
    assert trace() == before


def test_a_closed_account_is_out_at_once_and_comes_back_with_its_roles(cast: Cast, client: Client) -> None:
    client.force_login(cast.sekar)
    assert client.get("/kantor/").status_code == 200

    actions.disable_account(user=cast.sekar, at=timezone.now(), by=cast.ratna)

    assert client.get("/kantor/").headers["Location"].startswith("/akun/login/")
    tried = Client().post("/akun/login/", {"login": "sekar", "password": PASSWORD})
    assert tried.status_code != 200 or "form" in tried.context
    actions.enable_account(user=cast.sekar, at=timezone.now(), by=cast.ratna)
    assert Client().post("/akun/login/", {"login": "sekar", "password": PASSWORD}).headers["Location"] == "/kantor/"


def test_a_reset_link_works_once_and_ends_other_sessions(cast: Cast, client: Client) -> None:
    client.force_login(cast.ratna)
    hers = Client()
    hers.force_login(cast.sekar)
    page = client.post(reverse("network:password_link", args=[cast.sekar.pk])).content.decode()
    found = re.search(r"http://testserver(/akun/password/reset/key/\S+?/)\"", page)
    assert found

    browser = Client()
    form = browser.get(found.group(1), follow=True)
    new = "payung hujan sore 31"
    browser.post(form.request["PATH_INFO"], {"password1": new, "password2": new})

    assert hers.get("/kantor/").status_code == 302
    assert Client().post("/akun/login/", {"login": "sekar", "password": new}).headers["Location"] == "/kantor/"
    again = Client().get(found.group(1), follow=True)
    assert b'name="password1"' not in again.content
    assert Entry.objects.filter(deed="user.password").count() == 1


def test_a_changed_password_keeps_this_device_and_ends_the_others(cast: Cast) -> None:
    here, there = Client(), Client()
    for browser in (here, there):
        browser.post("/akun/login/", {"login": "sekar", "password": PASSWORD})
    new = "payung hujan sore 31"

    here.post("/akun/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert here.get("/kantor/").status_code == 200
    assert there.get("/kantor/").status_code == 302


def test_a_grant_lends_one_right_until_it_is_revoked(cast: Cast) -> None:
    assert not Producer.objects.allowed(cast.joko, Right.EDIT_PRODUCTS).filter(pk=cast.tempe.pk).exists()

    grant = actions.give_grant(
        right=Right.EDIT_PRODUCTS, giver=cast.singosari, receiver=cast.wajak, at=timezone.now(), by=cast.ratna
    )
    _fresh(cast.joko)
    assert Producer.objects.allowed(cast.joko, Right.EDIT_PRODUCTS).filter(pk=cast.tempe.pk).exists()
    assert not Producer.objects.allowed(cast.joko, Right.SEE_PERSONAL).filter(pk=cast.tempe.pk).exists()

    actions.revoke_grant(grant=grant, at=timezone.now(), by=cast.ratna)
    _fresh(cast.joko)
    assert not Producer.objects.allowed(cast.joko, Right.EDIT_PRODUCTS).filter(pk=cast.tempe.pk).exists()


def test_a_grant_ends_by_its_date(cast: Cast) -> None:
    now = timezone.now()
    actions.give_grant(
        right=Right.EDIT_PRODUCTS, giver=cast.singosari, receiver=cast.wajak, at=now - timedelta(days=2), by=None,
        until=now - timedelta(days=1),
    )  # fmt: skip

    assert not Producer.objects.allowed(cast.joko, Right.EDIT_PRODUCTS).filter(pk=cast.tempe.pk).exists()


@pytest.mark.parametrize("right", [Right.MANAGE_PEOPLE, Right.SEE_PERSONAL, Right.PUBLISH_EDITION, Right.CURATE])
def test_rights_over_people_and_publication_are_never_lent(cast: Cast, right: Right) -> None:
    before = trace()

    with pytest.raises(actions.NotLendable):
        actions.give_grant(right=right, giver=cast.singosari, receiver=cast.wajak, at=AT, by=cast.ratna)

    assert trace() == before


def test_a_unit_lends_nothing_to_itself(cast: Cast) -> None:
    with pytest.raises(actions.GrantToSelf):
        actions.give_grant(right=Right.ASSESS, giver=cast.tempe, receiver=cast.singosari, at=AT, by=None)


def test_a_new_legal_form_ends_the_one_before_the_day_before(cast: Cast) -> None:
    on = AT.date()

    actions.add_legal_form(
        unit=cast.singosari,
        kind=LegalKind.BUMDESMA_LKD,
        name="BUM Desa Bersama Singosari LKD",
        valid_from=on,
        at=AT,
        by=None,
    )

    old, new = LegalForm.objects.filter(unit=cast.singosari).order_by("valid_from")
    assert old.valid_to == on - timedelta(days=1)
    assert queries.legal_form(cast.singosari, on) == new
    assert queries.legal_form(cast.singosari, on - timedelta(days=1)) == old
    with pytest.raises(actions.FormTooEarly):
        actions.add_legal_form(unit=cast.singosari, kind=LegalKind.UPK, name="X", valid_from=on, at=AT, by=None)


def test_consent_to_publish_the_own_number_needs_a_day_and_a_name(cast: Cast) -> None:
    before = trace()

    with pytest.raises(actions.ConsentIncomplete):
        actions.record_consent(
            producer=cast.tempe, consent=Producer.Consent.OWN, on=AT.date(), given_by="  ", at=AT, by=cast.sekar
        )
    assert trace() == before

    actions.record_consent(
        producer=cast.tempe, consent=Producer.Consent.OWN, on=AT.date(), given_by="Ibu Kenari", at=AT, by=cast.sekar
    )
    cast.tempe.refresh_from_db()
    assert (cast.tempe.consent, cast.tempe.consent_by) == ("own", "Ibu Kenari")
    assert "Ibu Kenari" not in str(list(Entry.objects.values("facts")))


def test_a_unit_in_a_district_that_has_one_is_refused_without_a_trace(cast: Cast) -> None:
    before = trace()

    with pytest.raises(actions.UnitExists):
        actions.create_unit(association=cast.association, code="SGS", district=cast.wajak.district, at=AT, by=None)

    assert trace() == before


def test_two_accounts_never_share_a_name_or_an_address(cast: Cast) -> None:
    actions.change_account(user=cast.sekar, name="Sekar", email="sekar@example.id", at=AT, by=cast.sekar)

    for refused in (
        lambda: actions.create_account(username="Sekar", name="X", password=None, at=AT, by=None),
        lambda: actions.create_account(username="x", name="X", email="SEKAR@example.id", password=None, at=AT, by=None),
        lambda: actions.change_account(user=cast.joko, name="Joko", email="Sekar@Example.id", at=AT, by=None),
    ):
        with pytest.raises(Refusal):
            refused()


def test_a_manager_of_two_associations_adds_a_unit_where_she_says(cast: Cast, client: Client) -> None:
    actions.give_role(user=cast.ratna, role=Role.MANAGER, association=cast.neighbour, at=AT, by=None)
    client.force_login(cast.ratna)

    first = client.get(reverse("network:unit_new"))
    second = client.get(reverse("network:unit_new") + "?asosiasi=tetangga")

    assert {r.parent_id for r in first.context["form"].fields["district"].queryset} <= {"35.07"}
    assert list(second.context["form"].fields["district"].queryset) == []
    assert Unit.objects.count() == 3
