"""The manager's first day: a second factor, an invitation by link, an operator who sees her kecamatan only."""

from __future__ import annotations

import re

import pytest

from kendedes.testing.cast import PASSWORD
from kendedes.testing.server import home, serving

pytestmark = pytest.mark.story
NEW = "kuda lumping hijau 77"


@pytest.fixture(scope="module")
def gallery(tmp_path_factory):
    """A home that asks managers for a second factor, under the name for which browsers allow passkeys."""
    with home(tmp_path_factory.mktemp("rumah"), KENDEDES_REQUIRE_MFA="true") as place:
        place.seed()
        with serving(place) as served:
            served.url = served.url.replace("127.0.0.1", "localhost")
            yield served


def _with_passkeys(person):
    devtools = person.context.new_cdp_session(person.page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_from_the_first_passkey_to_an_operator_at_work(someone):
    ratna = someone("desk")
    _with_passkeys(ratna)
    page = ratna.signs_in("ratna")

    # She is led to a second factor before anything else.
    assert page.url.endswith("/kantor/pengamanan/")
    ratna.photographs("second-factor")
    page.get_by_role("link", name="Kunci sandi di HP").click()
    assert not page.locator("[data-passkey-note]").is_visible()
    ratna.photographs("passkey-add")
    page.get_by_role("button", name="Lanjut").click()
    page.wait_for_url("**/recovery-codes/**")
    assert len(page.locator("#recovery_codes").input_value().split()) == 10

    page = ratna.opens("/kantor/")
    assert page.locator("h1").inner_text() == "Halo, Ratna"
    ratna.photographs("home-manager")

    # Next time the passkey alone opens the office.
    page.locator("summary").filter(has_text="Ratna").click()
    page.get_by_role("button", name="Keluar").click()
    page = ratna.opens("/akun/login/")
    ratna.photographs("login")
    page.get_by_role("button", name="Masuk dengan kunci sandi").click()
    page.wait_for_url("**/kantor/")

    # She invites somebody for unit Wajak; the link is shown once.
    ratna.opens("/kantor/jaringan/unit/")
    page.get_by_role("link", name="Wajak").first.click()
    page.get_by_role("link", name="Undang orang").click()
    page.get_by_label("Nama orang").fill("Dewi Operator (fiktif)")
    page.get_by_label("operator unit").check()
    page.get_by_role("button", name="Buat tautan undangan").click()
    ratna.photographs("invitation-link")
    link = page.get_by_label("Tautan").input_value()
    assert re.fullmatch(r"http://localhost:\d+/undangan/[\w-]{43}/", link)
    assert "wa.me/?text=Halo%20Dewi" in page.get_by_role("link", name="Kirim lewat WhatsApp").get_attribute("href")

    # Dewi opens it on her phone.
    dewi = someone("phone")
    phone = dewi.opens(link.removeprefix(dewi.place.url))
    dewi.photographs("invitation-phone")
    phone.get_by_label("Nama pengguna").fill("dewi")
    phone.get_by_label("Kata sandi").fill("singosari2026")
    phone.get_by_role("button", name="Buat akun").click()
    phone.locator(".has-error").wait_for()
    phone.get_by_label("Kata sandi").fill(NEW)
    phone.get_by_role("button", name="Buat akun").click()
    phone.wait_for_url("**/akun/login/")
    phone.locator("input[name=login]").fill("dewi")
    phone.locator("input[name=password]").fill(NEW)
    phone.get_by_role("button", name="Masuk", exact=True).click()
    phone.wait_for_url("**/kantor/")
    dewi.photographs("home-operator-phone")
    assert "Unit Wajak" in phone.locator("main").inner_text()
    assert "Singosari" not in phone.locator("main").inner_text()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    assert phone.request.get(f"{dewi.place.url}/kantor/jaringan/unit/1/").status == 404

    # The link is used up, and her account ends at once when Ratna closes it.
    assert phone.request.get(link).status == 410
    ratna.opens("/kantor/jaringan/orang/")
    page.get_by_role("link", name="Dewi Operator").click()
    page.get_by_role("button", name="Tutup akun").click()
    ratna.photographs("person-closed")
    dewi.opens("/kantor/")
    assert "/akun/login/" in phone.url


def test_guessing_is_slowed_down_and_said_so(someone):
    stranger = someone("phone")
    for number in range(6):
        page = stranger.opens("/akun/login/")
        page.locator("input[name=login]").fill("joko")
        page.locator("input[name=password]").fill("salah" if number < 5 else PASSWORD)
        page.get_by_role("button", name="Masuk", exact=True).click()
    stranger.photographs("login-slowed")

    assert "Terlalu banyak percobaan" in page.locator("[role=alert]").inner_text()
