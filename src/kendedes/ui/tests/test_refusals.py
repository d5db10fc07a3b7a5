"""An expected "no" reaches people as a page, htmx as a toast, programs as JSON."""

import pytest
from django.test import Client

pytestmark = [pytest.mark.urls("kendedes.ui.tests.urls"), pytest.mark.django_db]
WORDS = "Edisi ini sudah dikunci; perubahan masuk ke ralat."


def test_a_person_gets_a_page_that_explains():
    answer = Client().get("/kantor/gaya/tolak/")

    assert answer.status_code == 409
    assert WORDS in answer.text
    assert "<h1>Belum bisa dilakukan</h1>" in answer.text


def test_htmx_gets_a_toast_and_changes_nothing_else():
    answer = Client().get("/kantor/gaya/tolak/", headers={"HX-Request": "true"})

    assert answer.status_code == 409
    assert answer.headers["HX-Reswap"] == "none"
    assert 'data-hx-swap-oob="beforeend:#toasts"' in answer.text
    assert WORDS in answer.text
    assert "<html" not in answer.text


def test_a_program_gets_the_code():
    answer = Client().get("/kantor/gaya/tolak/", headers={"Accept": "application/json"})

    assert answer.status_code == 409
    assert answer.json() == {"code": "refused", "message": WORDS, "facts": {}}


@pytest.mark.parametrize("path", ["", "situs/", "bagian/"])
def test_the_style_guide_draws_every_component(path):
    answer = Client().get(f"/kantor/gaya/{path}")

    assert answer.status_code == 200
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_a_wrong_field_is_tied_to_its_error_and_help():
    html = Client().get("/kantor/gaya/").text

    assert 'id="id_price_error"' in html
    assert 'aria-describedby="id_price_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_name_helptext"' in html


def test_the_manifest_names_an_icon_that_exists():
    answer = Client().get("/kendedes.webmanifest")

    assert answer.headers["Content-Type"] == "application/manifest+json"
    assert answer.json()["icons"][0]["src"] == "/static/ui/favicon.svg"


@pytest.mark.parametrize("path", ["login/"])
def test_account_pages_wear_our_clothes(path):
    html = Client().get(f"/akun/{path}").text

    assert '<div class="panel">' in html
    assert 'class="button primary' in html
    assert 'class="field' in html
