"""What every page promises whatever stands on it (promises.md D, B22)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from kendedes.testing.cast import PASSWORD, Cast

ROOT = Path(__file__).resolve().parents[2]
CSP = {
    "default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self' data: blob:",
    "font-src": "'self'", "connect-src": "'self'", "manifest-src": "'self'", "worker-src": "'self'",
    "media-src": "'self' blob:", "form-action": "'self'", "frame-ancestors": "'none'", "base-uri": "'none'",
}  # fmt: skip


def _directives(header: str) -> dict[str, str]:
    pairs = [part.strip().partition(" ") for part in header.split(";") if part.strip()]
    return {name: " ".join(v for v in value.split() if not v.startswith("'nonce-")) for name, _space, value in pairs}


def test_every_answer_has_the_strict_policy_and_the_other_headers(cast: Cast, client: Client) -> None:
    client.force_login(cast.ratna)

    for path in ("/akun/login/", "/kantor/", "/kantor/riwayat/", "/tidak-ada/"):
        answer = client.get(path)
        assert _directives(answer.headers["Content-Security-Policy"]) == CSP, path
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "geolocation=()" in answer.headers["Permissions-Policy"]


def test_pages_of_the_office_are_kept_by_no_cache(cast: Cast, client: Client) -> None:
    client.force_login(cast.ratna)

    for name in ("home", "people", "producers", "diary", "account"):
        assert "no-store" in client.get(reverse(f"network:{name}")).headers["Cache-Control"], name


def test_a_post_without_token_or_from_another_origin_is_refused(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.ratna)
    url = reverse("network:producer_end", args=[cast.tempe.pk])

    assert client.post(url).status_code == 403
    client.get(reverse("network:producer", args=[cast.tempe.pk]))
    token = client.cookies["csrf"].value
    stranger = client.post(url, {"csrfmiddlewaretoken": token}, headers={"Origin": "https://jahat.example"})
    assert stranger.status_code == 403
    cast.tempe.refresh_from_db()
    assert cast.tempe.ended_on is None

    own = client.post(url, {"csrfmiddlewaretoken": token}, headers={"Origin": "http://testserver"})
    assert own.status_code == 302
    cast.tempe.refresh_from_db()
    assert cast.tempe.ended_on is not None


def test_an_unknown_host_is_answered_with_400(client: Client) -> None:
    assert client.get("/akun/login/", headers={"Host": "jahat.example"}).status_code == 400


@pytest.mark.parametrize(
    "target", ["https://jahat.example/", "//jahat.example/", "http:jahat.example", "\\\\jahat.example"]
)
def test_signing_in_leads_to_no_other_site(cast: Cast, client: Client, target: str) -> None:
    answer = client.post("/akun/login/", {"login": "sekar", "password": PASSWORD, "next": target})

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/kantor/"


def test_a_session_known_before_signing_in_is_worth_nothing_after(cast: Cast, client: Client) -> None:
    client.get("/akun/login/")
    session = client.session
    session["x"] = 1
    session.save()
    before = client.cookies["sesi"].value

    client.post("/akun/login/", {"login": "sekar", "password": PASSWORD})

    assert client.cookies["sesi"].value != before
    assert client.cookies["sesi"]["httponly"]
    assert client.cookies["sesi"]["samesite"] == "Lax"
    stale = Client()
    stale.cookies["sesi"] = before
    assert stale.get("/kantor/").headers["Location"].startswith("/akun/login/")


def test_a_body_over_the_limit_is_refused(cast: Cast, client: Client) -> None:
    client.force_login(cast.ratna)

    answer = client.post(
        reverse("network:producer_new"), {"about_id": "x" * (3 * 1024 * 1024)}, content_type="text/plain"
    )
    big = client.generic(
        "POST", reverse("network:account"), "name=" + "x" * (3 * 1024 * 1024), "application/x-www-form-urlencoded"
    )

    assert answer.status_code == 200
    assert big.status_code == 400


def test_fields_a_form_does_not_have_change_nothing(cast: Cast, client: Client) -> None:
    client.force_login(cast.sekar)
    client.post("/akun/login/", {"login": "sekar", "password": PASSWORD})

    client.post(
        reverse("network:producer_edit", args=[cast.tempe.pk]),
        {
            "name": cast.tempe.name, "kind": "coached", "village": cast.tempe.village_id, "unit": cast.wajak.pk,
            "association": cast.neighbour.pk, "slug": "dicuri", "consent": "own", "is_superuser": "1",
        },
    )  # fmt: skip

    before = (cast.tempe.unit_id, cast.tempe.association_id, cast.tempe.slug, cast.tempe.consent)
    cast.tempe.refresh_from_db()
    assert (cast.tempe.unit_id, cast.tempe.association_id, cast.tempe.slug, cast.tempe.consent) == before


def _run(*args: str, **env: str) -> subprocess.CompletedProcess[str]:
    full = {**os.environ, "DJANGO_SETTINGS_MODULE": "kendedes.settings", **env}
    return subprocess.run(
        [sys.executable, *args], cwd=ROOT, env=full, capture_output=True, text=True, check=False, timeout=120
    )


def test_djangos_own_deployment_check_finds_nothing_behind_https(tmp_path: Path) -> None:
    done = _run(
        "-m", "kendedes", "manage", "check", "--deploy", "--fail-level", "WARNING", "--database", "default",
        KENDEDES_HOME=str(tmp_path), KENDEDES_ORIGIN="https://galeri.example.id", DATABASE_URL="",
    )  # fmt: skip

    assert done.returncode == 0, done.stderr


def test_https_turns_on_secure_cookies_and_a_year_of_hsts(tmp_path: Path) -> None:
    code = (
        "import json;from kendedes import settings as s;print(json.dumps({n:getattr(s,n) for n in ["
        "'SESSION_COOKIE_NAME','CSRF_COOKIE_NAME','SESSION_COOKIE_SECURE','CSRF_COOKIE_SECURE','SECURE_HSTS_SECONDS',"
        "'SECURE_SSL_REDIRECT','ALLOWED_HOSTS','CSRF_TRUSTED_ORIGINS','DEBUG']}))"
    )
    done = _run("-c", code, KENDEDES_HOME=str(tmp_path), KENDEDES_ORIGIN="https://galeri.example.id")

    assert json.loads(done.stdout) == {
        "SESSION_COOKIE_NAME": "__Host-sesi", "CSRF_COOKIE_NAME": "__Host-csrf", "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True, "SECURE_HSTS_SECONDS": 31_536_000, "SECURE_SSL_REDIRECT": True,
        "ALLOWED_HOSTS": ["127.0.0.1", "localhost", "[::1]", "galeri.example.id"],
        "CSRF_TRUSTED_ORIGINS": ["https://galeri.example.id"], "DEBUG": False,
    }  # fmt: skip
