"""Signing in: what slows guessing down, second factors, sessions that end."""

from __future__ import annotations

import multiprocessing
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as tries
from hypothesis import strategies as st

from kendedes.network.accounts import guessing
from kendedes.network.accounts.passwords import LocalWords, own_letters
from kendedes.network.models import Association
from kendedes.testing.cast import PASSWORD, Cast
from kendedes.ui import limits


def _try(client: Client, login: str, password: str, ip: str = "10.0.0.1") -> Any:
    return client.post("/akun/login/", {"login": login, "password": password}, REMOTE_ADDR=ip)


def test_after_five_failures_the_right_password_has_to_wait_too(cast: Cast, client: Client) -> None:
    for _ in range(5):
        assert "terlalu banyak percobaan" not in _try(client, "sekar", "salah").content.decode().lower()

    waiting = _try(client, "sekar", PASSWORD)

    assert waiting.status_code == 200
    assert "Terlalu banyak percobaan" in waiting.content.decode()
    assert client.get("/kantor/").status_code == 302


def test_another_person_behind_the_same_address_signs_in_meanwhile(cast: Cast) -> None:
    for _ in range(8):
        _try(Client(), "sekar", "salah")

    assert _try(Client(), "joko", PASSWORD).headers["Location"] == "/kantor/"


def test_the_owner_at_an_address_that_is_known_is_not_locked_out_by_a_stranger(cast: Cast) -> None:
    assert _try(Client(), "sekar", PASSWORD, "10.0.0.9").status_code == 302
    for number in range(30):
        _try(Client(), "sekar", "salah", f"10.0.1.{number}")

    assert "Terlalu banyak" in _try(Client(), "sekar", PASSWORD, "10.0.2.1").content.decode()
    assert _try(Client(), "sekar", PASSWORD, "10.0.0.9").headers["Location"] == "/kantor/"


def test_user_name_and_address_share_one_count(cast: Cast) -> None:
    cast.sekar.email = "sekar@example.id"
    cast.sekar.save()
    for _ in range(3):
        _try(Client(), "SEKAR", "salah")
        _try(Client(), "Sekar@example.id", "salah")

    assert "Terlalu banyak" in _try(Client(), "sekar", PASSWORD).content.decode()


def test_an_unknown_account_is_answered_like_a_known_one(cast: Cast) -> None:
    known, unknown = _try(Client(), "sekar", "salah"), _try(Client(), "tidakada", "salah")

    assert known.status_code == unknown.status_code == 200
    assert known.context["form"].non_field_errors() == unknown.context["form"].non_field_errors()


def test_the_address_is_accepted_in_place_of_the_name(cast: Cast) -> None:
    cast.sekar.email = "sekar@example.id"
    cast.sekar.save()

    assert _try(Client(), "sekar@example.id", PASSWORD).headers["Location"] == "/kantor/"


@given(st.lists(st.integers(0, 7200), max_size=40), st.integers(1, 15))
@tries(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_more_failures_never_shorten_the_wait(moments: list[int], free: int) -> None:
    moments = sorted(moments)
    now = 7200.0

    waits = [guessing.wait(moments[-n:] if n else [], free, now) for n in range(len(moments) + 1)]

    assert waits == sorted(waits)
    assert all(0 <= wait <= guessing.LONGEST for wait in waits)
    assert all(wait == 0 for wait in waits[:free])


def test_each_failure_doubles_the_wait_up_to_a_quarter_of_an_hour() -> None:
    assert [round(guessing.wait([100.0] * n, 5, 100.0)) for n in range(4, 16)] == [
        0, 5, 10, 20, 40, 80, 160, 320, 640, 900, 900, 900,
    ]  # fmt: skip


def _take(folder: str, count: int, answers: Any) -> None:
    from django.conf import settings

    settings.LIMITS_FOLDER = folder
    answers.put(sum(1 for _ in range(count) if limits.take("balap", "satu", "50/m", time.time()) == 0.0))


def test_processes_that_ask_at_once_get_exactly_as_many_turns_as_there_are(tmp_path: Any) -> None:
    context = multiprocessing.get_context("fork")
    answers = context.Queue()
    workers = [context.Process(target=_take, args=(str(tmp_path), 40, answers)) for _ in range(4)]
    for worker in workers:
        worker.start()
    given_out = sum(answers.get(timeout=30) for _ in workers)
    for worker in workers:
        worker.join()

    assert given_out == 50


@pytest.mark.parametrize(
    "password", ["singosari2026!!", "UPKpnpmMalang12", "Kendedes-Kendedes", "s1ngosari-p4kis", "123456789012"]
)
def test_passwords_of_local_words_are_refused(password: str) -> None:
    with pytest.raises(ValidationError):
        LocalWords().validate(password)


@pytest.mark.parametrize(
    "password", ["kuda lumping hijau 77", "payung hujan sore 31", "rahasia-uji-kendedes-xyzvw", "tTq9!vLm2#xR"]
)
def test_passwords_with_words_of_their_own_are_taken(password: str) -> None:
    LocalWords().validate(password)


def test_letters_hung_on_local_words_are_what_counts() -> None:
    assert own_letters("Singosari-Malang-99") == ""
    assert own_letters("kendedes menari") == "menari"


def test_what_is_stored_of_a_password_is_argon2() -> None:
    from django.test.utils import override_settings

    from kendedes import settings

    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.Argon2PasswordHasher"]):
        from django.contrib.auth.hashers import make_password

        assert make_password("kuda lumping hijau 77").startswith("argon2$argon2id$")
    assert settings.AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] == {"min_length": 12}


# --- second factor -----------------------------------------------------------------------------


def test_roles_that_can_harm_most_are_led_to_a_second_factor_first(cast: Cast, settings: Any) -> None:
    settings.REQUIRE_MFA = True
    for person, led in [(cast.ratna, True), (cast.bima, True), (cast.sekar, False), (cast.yudi, False)]:
        client = Client()
        client.force_login(person)
        answer = client.get(reverse("network:producers"))
        assert (answer.status_code == 302) is led, person
        if led:
            assert answer.headers["Location"] == reverse("network:second_factor")
            assert client.get(reverse("network:second_factor")).status_code == 200
            assert client.get("/akun/2fa/").status_code == 200
            assert client.post(reverse("network:producer_end", args=[cast.tempe.pk])).status_code == 302
    cast.tempe.refresh_from_db()
    assert cast.tempe.ended_on is None


def test_a_demonstration_asks_for_none(cast: Cast, client: Client, settings: Any) -> None:
    settings.REQUIRE_MFA = True
    Association.objects.filter(pk=cast.association.pk).update(is_demo=True)
    client.force_login(cast.ratna)

    assert client.get("/kantor/").status_code == 200


def _code(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def test_the_code_app_opens_the_office_and_its_secret_is_not_readable_in_the_table(
    cast: Cast, client: Client, settings: Any
) -> None:
    settings.REQUIRE_MFA = True
    secret = generate_totp_secret()
    with time_machine.travel(datetime.now(UTC), tick=True):
        from allauth.core import context
        from django.test import RequestFactory

        with context.request_context(RequestFactory().get("/")):
            TOTP.activate(cast.ratna, secret)
        stored = list(Authenticator.objects.values_list("data", flat=True))
        assert secret not in str(stored)

        first = _try(client, "ratna", PASSWORD)
        assert first.headers["Location"].startswith("/akun/2fa/authenticate/")
        assert client.get("/kantor/").status_code == 302
        wrong = client.post("/akun/2fa/authenticate/", {"code": "000000"})
        assert wrong.status_code == 200
        done = client.post("/akun/2fa/authenticate/", {"code": _code(secret)})

        assert done.headers["Location"] == "/kantor/"
        assert client.get("/kantor/").status_code == 200


def test_the_last_factor_of_a_manager_stays(cast: Cast, client: Client, settings: Any) -> None:
    settings.REQUIRE_MFA = True
    from allauth.core import context
    from django.test import RequestFactory

    with context.request_context(RequestFactory().get("/")):
        TOTP.activate(cast.ratna, generate_totp_secret())
    client.force_login(cast.ratna)
    client.post("/akun/reauthenticate/", {"password": PASSWORD})

    client.post("/akun/2fa/totp/deactivate/")

    assert Authenticator.objects.filter(user=cast.ratna, type="totp").exists()


# --- sessions that end -------------------------------------------------------------------------


def test_staff_who_went_away_for_half_an_hour_sign_in_again(cast: Cast, client: Client) -> None:
    start = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
    with time_machine.travel(start, tick=False) as clock:
        client.force_login(cast.sekar)
        client.get("/kantor/")
        for _ in range(4):  # at work: each request keeps the session
            clock.shift(timedelta(minutes=29))
            assert client.get("/kantor/").status_code == 200
        clock.shift(timedelta(minutes=31))

        answer = client.get("/kantor/riwayat/")

        assert answer.headers["Location"] == "/akun/login/?next=/kantor/riwayat/"


def test_after_twelve_hours_everybody_signs_in_again(cast: Cast, client: Client) -> None:
    with time_machine.travel(datetime(2026, 11, 24, 2, 0, tzinfo=UTC), tick=False) as clock:
        client.force_login(cast.sekar)
        client.get("/kantor/")
        for _ in range(25):
            clock.shift(timedelta(minutes=28))
            assert client.get("/kantor/").status_code == 200
        clock.shift(timedelta(minutes=25))

        assert client.get("/kantor/").status_code == 302


def test_sign_up_is_closed(client: Client, db: None) -> None:
    page = client.get("/akun/signup/")
    answer = client.post("/akun/signup/", {"username": "baru", "password1": "kuda lumping hijau 77"})

    assert "undangan" in page.content.decode()
    assert answer.status_code == 200
    from kendedes.journal.models import User

    assert not User.objects.exists()


def test_pages_that_would_send_mail_send_none(cast: Cast, client: Client) -> None:
    answer = client.post("/akun/password/reset/", {"email": "x@example.id"})

    assert answer.status_code == 200
    assert "pengelola" in answer.content.decode()
