"""Published editions on the site: frozen, with their corrections, files and the way to today's product."""

import pytest
from django.test import Client

from kendedes.catalogue import actions
from kendedes.catalogue.actions.files import data_file, keep
from kendedes.catalogue.tests.helpers import LATER, locked, regency
from kendedes.products.actions import change_product
from kendedes.testing.cast import AT, Cast
from kendedes.web.actions import catch_up
from kendedes.web.models import Site

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.HOME = tmp_path


@pytest.fixture
def book(cast: Cast):
    whole = regency(cast)
    catch_up(at=AT)
    actions.publish(edition=whole, at=LATER, by=cast.ratna, with_units=True)
    catch_up(at=LATER)
    return whole


def test_shelf_edition_chapter_and_sheet_answer_in_both_languages(client: Client, book) -> None:
    for prefix in ("", "/en"):
        for path in (
            "/edisi/", "/edisi/malang-2026-1/", "/edisi/malang-2026-1/singosari/", "/edisi/singosari-2026-1/",
            "/edisi/malang-2026-1/lembar/SGS-0001/",
        ):  # fmt: skip
            assert client.get(prefix + path).status_code == 200, path


def test_publishing_an_edition_is_news_a_locked_one_is_not(client: Client, cast: Cast) -> None:
    whole = regency(cast)
    catch_up(at=AT)
    before = Site.objects.get(pk=cast.association.pk).version
    assert client.get("/edisi/malang-2026-1/").status_code == 404

    actions.publish(edition=whole, at=LATER, by=cast.ratna, with_units=True)

    assert catch_up(at=LATER) == [cast.association.pk]
    assert Site.objects.get(pk=cast.association.pk).version == before + 1


def test_a_sheet_stays_as_frozen_whatever_happens_to_the_product(client: Client, cast: Cast, book) -> None:
    page = book.chapters.get().edition.pages.get(code="SGS-0001")
    change_product(product=page.product, name_id="Nama baru", at=LATER, by=None)
    catch_up(at=LATER)

    body = client.get("/edisi/malang-2026-1/lembar/SGS-0001/").content.decode()
    assert "<h1>Keripik tempe sagu</h1>" in body
    assert f"/produk/{page.product.slug}/" in body


def test_no_number_to_call_stands_on_a_frozen_page(client: Client, book) -> None:
    for path in ("/edisi/malang-2026-1/lembar/SGS-0001/", "/edisi/malang-2026-1/singosari/"):
        assert "wa.me" not in client.get(path).content.decode()


def test_a_unit_edition_is_its_own_only_chapter(client: Client, book) -> None:
    response = client.get("/edisi/singosari-2026-1/singosari/")

    assert (response.status_code, response.url) == (301, "/edisi/singosari-2026-1/")


def test_an_erratum_shows_on_the_sheet_and_the_edition(client: Client, cast: Cast, book) -> None:
    unit = book.chapters.get().edition
    actions.add_erratum(
        edition=unit, code="SGS-0001", field="harga", old_text="Rp15.000", new_text="Rp16.000", reason="salah ketik",
        at=LATER, by=cast.ratna,
    )  # fmt: skip
    catch_up(at=LATER)

    for path in ("/edisi/malang-2026-1/lembar/SGS-0001/", "/edisi/singosari-2026-1/"):
        assert "Rp16.000" in client.get(path).content.decode()


def test_files_for_the_public_are_offered_and_given(client: Client, cast: Cast, book) -> None:
    made = data_file(edition=book, kind="json", at=LATER, by=None)
    catch_up(at=LATER)

    assert made.file.sha256 in client.get("/edisi/malang-2026-1/").content.decode()
    response = client.get(f"/edisi/malang-2026-1/unduh/{made.file.name}")
    assert b"".join(response.streaming_content) == made.path.read_bytes()
    assert "immutable" in response.headers["Cache-Control"]


def test_a_table_that_was_cleared_away_is_made_again(client: Client, cast: Cast, book) -> None:
    made = data_file(edition=book, kind="xlsx", at=LATER, by=None)
    bytes_then = made.path.read_bytes()
    made.path.unlink()

    response = client.get(f"/edisi/malang-2026-1/unduh/{made.file.name}")

    assert b"".join(response.streaming_content) == bytes_then


def test_a_book_that_was_cleared_away_leads_to_its_edition(client: Client, cast: Cast, book, tmp_path) -> None:
    draft = tmp_path / "buku.pdf"
    draft.write_bytes(b"%PDF-1.7")
    recipe = actions.Recipe("book", paper="A5", layout=4, target="screen")
    made = keep(edition=book, recipe=recipe, draft=draft, at=LATER, by=None, pages=4)
    made.path.unlink()

    response = client.get(f"/en/edisi/malang-2026-1/unduh/{made.file.name}")

    assert response.status_code == 404
    assert "This file is no longer kept" in response.content.decode()
    assert 'href="/en/edisi/malang-2026-1/"' in response.content.decode()


def test_files_for_the_office_are_not(client: Client, cast: Cast, book) -> None:
    made = data_file(edition=book, kind="blogger", at=LATER, by=None)
    catch_up(at=LATER)

    assert client.get(f"/edisi/malang-2026-1/unduh/{made.file.name}").status_code == 404
    assert made.file.name not in client.get("/edisi/malang-2026-1/").content.decode()


def test_a_file_of_a_locked_edition_is_not_given(client: Client, cast: Cast) -> None:
    edition, _products = locked(cast)
    made = data_file(edition=edition, kind="json", at=LATER, by=None)
    catch_up(at=LATER)

    assert client.get(f"/edisi/{edition.slug}/unduh/{made.file.name}").status_code == 404


@pytest.mark.parametrize("name", ["../../rahasia.kunci", "..", "%2e%2e%2f", "x.json"])
def test_no_name_leads_out_of_the_edition(client: Client, cast: Cast, book, name: str) -> None:
    assert client.get(f"/edisi/malang-2026-1/unduh/{name}").status_code == 404


def test_a_product_and_its_kecamatan_name_the_edition_from_its_publication_on(client: Client, cast: Cast) -> None:
    whole = regency(cast)
    catch_up(at=AT)
    product = whole.chapters.get().edition.pages.get(code="SGS-0001").product
    assert "/edisi/" + "singosari-2026-1" not in client.get(f"/produk/{product.slug}/").content.decode()

    actions.publish(edition=whole, at=LATER, by=cast.ratna, with_units=True)
    catch_up(at=LATER)

    sheet = client.get(f"/en/produk/{product.slug}/").content.decode()
    place = client.get("/kecamatan/singosari/").content.decode()
    assert 'href="/en/edisi/singosari-2026-1/lembar/SGS-0001/"' in sheet
    assert 'href="/edisi/singosari-2026-1/"' in place
