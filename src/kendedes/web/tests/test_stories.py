"""What visitors read of the association's stories."""

import json
import re

import pytest
from django.test import Client

from kendedes.products.models import Product
from kendedes.stories import actions
from kendedes.stories.models import Story
from kendedes.testing.cast import AT, Cast
from kendedes.web.actions import catch_up
from kendedes.web.models import Site
from kendedes.web.tests.test_catch_up import release

pytestmark = pytest.mark.django_db


@pytest.fixture
def product(cast: Cast) -> Product:
    made = release(cast.product())
    catch_up(at=AT)
    return made


def told(cast: Cast, title: str = "Pagi di dapur tempe", **more: object) -> Story:
    story = actions.write(
        association=cast.association, title_id=title, at=AT, by=cast.bima, **{"body_id": "Api **menyala**.", **more}
    )  # fmt: skip
    actions.publish(story=story, at=AT, by=cast.bima)
    catch_up(at=AT)
    return story


def test_an_article_is_read_without_a_cookie_and_names_its_goods(client: Client, cast: Cast, product: Product) -> None:
    told(cast, products=[product], tags=["Tempe"], title_en="Morning in the kitchen", body_en="Fire is *lit*.")

    page = client.get("/cerita/pagi-di-dapur-tempe/")
    body = page.content.decode()
    assert "Api <strong>menyala</strong>." in body
    assert product.name_id in body
    assert not page.cookies
    ld = json.loads(re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', body, re.DOTALL)[1])
    assert ld["@graph"][0]["headline"] == "Pagi di dapur tempe"
    english = client.get("/en/cerita/pagi-di-dapur-tempe/").content.decode()
    assert "Fire is <em>lit</em>." in english
    assert "Morning in the kitchen" in english
    assert "Pagi di dapur tempe" in client.get(f"/produk/{product.slug}/").content.decode()
    assert "Pagi di dapur tempe" in client.get("/cerita/?label=tempe").content.decode()
    assert client.get("/cerita/?label=lain").status_code == 404
    assert "Pagi di dapur tempe" in client.get("/cerita/umpan.xml").content.decode()
    assert "/cerita/pagi-di-dapur-tempe/" in client.get("/sitemap-0.xml").content.decode()


def test_drafts_and_withdrawn_stories_are_not_there(client: Client, cast: Cast, product: Product) -> None:
    actions.write(association=cast.association, title_id="Rahasia", body_id="x", products=[product], at=AT, by=None)
    story = told(cast, "Umum", products=[product])
    catch_up(at=AT)
    assert client.get("/cerita/rahasia/").status_code == 404
    assert "Rahasia" not in client.get(f"/produk/{product.slug}/").content.decode()

    actions.withdraw(story=story, at=AT, by=None)
    catch_up(at=AT)
    for path in ("/cerita/", "/cerita/umpan.xml", "/sitemap-0.xml", f"/produk/{product.slug}/", "/"):
        assert "umum" not in client.get(path).content.decode().lower().replace("terbaca umum", ""), path
    assert client.get("/cerita/umum/").status_code == 404


def test_a_draft_changes_no_public_page_and_a_publication_does(cast: Cast, product: Product) -> None:
    before = Site.objects.get(pk=cast.association.pk).version
    story = actions.write(association=cast.association, title_id="A", body_id="b", at=AT, by=None)
    catch_up(at=AT)
    assert Site.objects.get(pk=cast.association.pk).version == before

    actions.publish(story=story, at=AT, by=None)
    catch_up(at=AT)
    assert Site.objects.get(pk=cast.association.pk).version == before + 1


def test_a_page_stands_in_the_foot_of_the_site(client: Client, cast: Cast, product: Product) -> None:
    told(cast, "Cara membeli", kind=Story.Kind.PAGE, body_id="Datang, pilih, bayar.")

    assert '<a href="/halaman/cara-membeli/">Cara membeli</a>' in client.get("/").content.decode()
    assert "Datang, pilih, bayar." in client.get("/halaman/cara-membeli/").content.decode()
    assert client.get("/cerita/cara-membeli/").status_code == 404


def test_a_shown_comment_is_read_and_a_waiting_one_is_not(client: Client, cast: Cast, product: Product) -> None:
    story = told(cast)
    shown = actions.comment(story=story, text="Boleh tampil", at=AT, by=cast.sekar)
    actions.comment(story=story, text="Masih menunggu", at=AT, by=cast.joko)
    actions.decide(comment=shown, shown=True, at=AT, by=cast.bima)
    catch_up(at=AT)

    body = client.get(f"/cerita/{story.slug}/").content.decode()
    assert "Boleh tampil" in body
    assert "Masih menunggu" not in body


def test_the_short_address_of_a_product_lasts(client: Client, product: Product) -> None:
    answer = client.get(f"/p/{product.code.lower()}/")

    assert (answer.status_code, answer["Location"]) == (301, f"/produk/{product.slug}/")
    assert client.get("/p/XX-9999/").status_code == 404


def test_the_search_finds_a_story_by_its_title_and_its_text_and_forgets_it_when_withdrawn(
    client: Client, cast: Cast, product: Product
) -> None:
    story = told(cast, "Pagi di dapur", body_id="Kedelainya direbus *semalaman*.", tags=["subuh"])

    for words in ("dapur", "semalaman", "subuh"):
        assert "/cerita/pagi-di-dapur/" in client.get(f"/cari/?q={words}").content.decode(), words
    actions.withdraw(story=story, at=AT, by=None)
    catch_up(at=AT)
    assert "/cerita/pagi-di-dapur/" not in client.get("/cari/?q=dapur").content.decode()
