"""Invitations: a link makes one account with one role, once, for a week."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kendedes.journal.models import Entry, User
from kendedes.network import actions
from kendedes.network.models import Invitation, Membership
from kendedes.network.rules import Role
from kendedes.testing.cast import AT, Cast

GOOD = "kuda lumping hijau 77"


def _invite(cast: Cast, **changes: object) -> tuple[Invitation, str]:
    return actions.invite(
        **{
            "name": "Dewi (fiktif)", "role": Role.OPERATOR, "association": cast.association, "unit": cast.wajak,
            "at": timezone.now(), "by": cast.ratna, **changes,
        }  # type: ignore[arg-type]
    )  # fmt: skip


def _answer(client: Client, token: str, **changes: str) -> object:
    data = {"name": "Dewi (fiktif)", "username": "dewi", "email": "", "password": GOOD, **changes}
    return client.post(reverse("network:accept", args=[token]), data)


def test_the_table_keeps_no_token_and_the_diary_neither(cast: Cast) -> None:
    invitation, token = _invite(cast)

    assert len(token) >= 43
    assert token not in str(Invitation.objects.values().get(pk=invitation.pk))
    assert token not in str(list(Entry.objects.values()))
    assert "Dewi" not in str(list(Entry.objects.filter(deed="invitation.send").values()))


def test_the_page_makes_the_account_with_its_role_and_may_not_be_kept(cast: Cast, client: Client) -> None:
    _invitation, token = _invite(cast)

    page = client.get(reverse("network:accept", args=[token]))
    answer = _answer(client, token)

    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Location"] == "/akun/login/"  # type: ignore[attr-defined]
    dewi = User.objects.get(username="dewi")
    assert dewi.check_password(GOOD)
    assert [(m.role, m.unit) for m in dewi.memberships.all()] == [("operator", cast.wajak)]
    assert client.post("/akun/login/", {"login": "dewi", "password": GOOD}).headers["Location"] == "/kantor/"


def test_a_used_link_makes_no_second_account(cast: Cast, client: Client) -> None:
    _invitation, token = _invite(cast)
    _answer(client, token)

    again = _answer(client, token, username="dewi2")

    assert again.status_code == 410  # type: ignore[attr-defined]
    assert not User.objects.filter(username="dewi2").exists()


@pytest.mark.parametrize("how", ["expired", "revoked", "unknown"])
def test_a_link_that_is_over_says_so_and_leaves_no_trace(cast: Cast, client: Client, how: str) -> None:
    invitation, token = _invite(cast, at=timezone.now() - timedelta(days=8) if how == "expired" else timezone.now())
    if how == "revoked":
        actions.revoke_invitation(invitation=invitation, at=timezone.now(), by=cast.ratna)
    before = (User.objects.count(), Membership.objects.count(), Entry.objects.count())

    answer = _answer(client, "x" * 43 if how == "unknown" else token)

    assert answer.status_code == 410  # type: ignore[attr-defined]
    assert (User.objects.count(), Membership.objects.count(), Entry.objects.count()) == before


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"password": "singosari2026!!"}, "password"),
        ({"password": "pendek"}, "password"),
        ({"password": "password1234"}, "password"),
        ({"username": "sekar"}, "username"),
        ({"username": "SEKAR"}, "username"),
        ({"username": "a b c"}, "username"),
        ({"email": "bukan-surel"}, "email"),
    ],
)
def test_a_bad_answer_is_shown_at_its_field_and_the_link_stays_open(
    cast: Cast, client: Client, changes: dict[str, str], field: str
) -> None:
    invitation, token = _invite(cast)

    answer = _answer(client, token, **changes)

    assert answer.status_code == 200  # type: ignore[attr-defined]
    assert field in answer.context["form"].errors  # type: ignore[attr-defined]
    invitation.refresh_from_db()
    assert invitation.used_at is None


def test_a_manager_is_shown_the_link_once_with_a_message_for_whatsapp(cast: Cast, client: Client) -> None:
    client.force_login(cast.ratna)

    answer = client.post(
        reverse("network:invite") + f"?unit={cast.wajak.pk}", {"name": "Dewi (fiktif)", "role": "operator"}
    )

    link = re.search(r"http://testserver/undangan/[\w-]{43}/", answer.content.decode())
    assert link
    assert "https://wa.me/?text=Halo%20Dewi" in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert link.group() not in client.get(reverse("network:people")).content.decode()
    assert Client().get(link.group()).status_code == 200


def test_an_operator_gives_only_the_roles_of_her_own_part(cast: Cast, client: Client) -> None:
    client.force_login(cast.sekar)

    own = client.get(reverse("network:invite") + f"?unit={cast.singosari.pk}")
    group = client.get(reverse("network:invite") + f"?produsen={cast.tempe.pk}")

    assert [value for value, _label in own.context["form"].fields["role"].choices] == ["operator"]
    assert [value for value, _label in group.context["form"].fields["role"].choices] == ["representative"]
    assert client.get(reverse("network:invite") + f"?unit={cast.wajak.pk}").status_code == 404
    assert client.get(reverse("network:invite") + f"?produsen={cast.apel.pk}").status_code == 404
    assert client.get(reverse("network:invite")).status_code == 403
    refused = client.post(reverse("network:invite") + f"?unit={cast.singosari.pk}", {"name": "X", "role": "manager"})
    assert refused.status_code == 200
    assert not Invitation.objects.exists()


def test_an_open_link_of_long_ago_was_open_then(cast: Cast) -> None:
    invitation, _token = _invite(cast, at=AT)

    assert invitation.is_open(AT + timedelta(days=6, hours=23))
    assert not invitation.is_open(AT + timedelta(days=7))
