"""A key opens what its person may read, until it is taken back; everybody else is asked to wait sooner."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kendedes.api.access import PLAIN
from kendedes.api.actions import TooManyTokens, make_token, revoke_token
from kendedes.api.models import Token
from kendedes.testing.cast import AT, Cast
from kendedes.testing.shop import open_shop
from kendedes.ui import limits
from kendedes.web.actions import catch_up
from kendedes.web.tests.test_catch_up import release

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_home(settings, tmp_path):
    settings.HOME = tmp_path
    limits.forget_everything()


@pytest.fixture
def shop(cast: Cast) -> Cast:
    lot = open_shop(cast).new_lot(5)
    release(lot.variant.product)
    catch_up(at=AT)
    return cast


def key(cast: Cast, *scopes: str, days: int = 30) -> tuple[Token, str]:
    return make_token(
        association=cast.association, name="situs desa", scopes=scopes, days=days, at=timezone.now(), by=cast.ratna
    )


def ask(client: Client, text: str, path: str = "/api/v1/stock"):
    return client.get(path, headers={"Authorization": f"Bearer {text}"})


def test_stock_is_told_to_a_key_for_stock(client: Client, shop: Cast) -> None:
    _row, text = key(shop, "stock")

    rows = ask(client, text).json()["items"]

    assert rows[0]["free"] >= 0
    assert set(rows[0]) == {"code", "pack", "name", "availability", "free", "days", "minimum"}
    assert ask(client, text, "/api/v1/stock/SGS-0001").json() == rows
    assert ask(client, text, "/api/v1/stock/SGS-9999").json()["code"] == "not_found"


def test_no_key_a_wrong_one_and_one_for_something_else_are_refused(client: Client, shop: Cast) -> None:
    _row, text = key(shop, "catalogue")

    refused = [ask(client, word) for word in ("", "kdd_x", "x" * 500)]

    assert [answer.status_code for answer in refused] == [401, 401, 401]
    assert refused[0].headers["WWW-Authenticate"] == "Bearer"
    assert (ask(client, text).status_code, ask(client, text).json()["code"]) == (403, "token_scope")


def test_a_key_ends_by_its_day_by_hand_and_with_its_persons_rights(client: Client, shop: Cast) -> None:
    row, text = key(shop, "stock")
    assert ask(client, text).status_code == 200
    revoke_token(token=row, at=timezone.now(), by=shop.ratna)
    assert ask(client, text).status_code == 401

    row, text = key(shop, "stock")
    Token.objects.filter(pk=row.pk).update(made_at=AT - timedelta(days=9), expires_at=AT - timedelta(days=1))
    assert ask(client, text).status_code == 401

    row, text = key(shop, "stock")
    shop.ratna.is_active = False
    shop.ratna.save()
    assert ask(client, text).status_code == 401


def test_only_the_hash_is_kept(shop: Cast) -> None:
    row, text = key(shop, "stock")

    assert text not in str(Token.objects.filter(pk=row.pk).values().get())
    assert len(text) > 40


def test_ten_keys_are_enough(shop: Cast) -> None:
    for _n in range(10):
        key(shop, "catalogue")

    with pytest.raises(TooManyTokens):
        key(shop, "catalogue")


def test_the_key_is_shown_once_in_the_office(client: Client, shop: Cast) -> None:
    client.force_login(shop.ratna)

    made = client.post("/kantor/kunci-program/", {"name": "situs", "scopes": ["stock"], "days": "30"})

    assert "kdd_" in made.content.decode()
    assert "no-store" in made.headers["Cache-Control"]
    assert "kdd_" not in client.get("/kantor/kunci-program/").content.decode()


def test_without_a_key_one_waits_sooner(client: Client, shop: Cast) -> None:
    _row, text = key(shop, "catalogue")
    for _turn in range(int(PLAIN.partition("/")[0])):
        limits.take("api", "ip 127.0.0.1", PLAIN, timezone.now().timestamp())

    refused = client.get("/api/v1/association")

    assert (refused.status_code, refused.json()["code"]) == (429, "too_many_requests")
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert ask(client, text, "/api/v1/association").status_code == 200


@pytest.mark.parametrize("path", ["association", "categories", "products", "producers", "editions", "stories"])
def test_what_has_not_changed_is_not_sent_again(client: Client, shop: Cast, path: str) -> None:
    first = client.get(f"/api/v1/{path}")

    again = client.get(f"/api/v1/{path}", headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


def test_producers_are_told_as_published(client: Client, shop: Cast) -> None:
    rows = client.get("/api/v1/producers").json()["items"]

    assert [row["slug"] for row in rows] == ["kelompok-tempe-sari-fiktif"]
    told = client.get("/api/v1/producers/kelompok-tempe-sari-fiktif").json()
    assert {**rows[0], "about": told["about"]} == told
    assert "6281200000003" not in str(rows)
    assert client.get("/api/v1/producers/tidak-ada").status_code == 404
