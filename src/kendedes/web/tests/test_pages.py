"""What a visitor gets: the page, in both languages, without a cookie, at a lasting address."""

import json
import re
from urllib.parse import unquote

import pytest
from django.test import Client

from kendedes.network.actions import change_producer
from kendedes.products import actions as products
from kendedes.products.models import Product
from kendedes.testing.cast import AT, Cast
from kendedes.web.actions import catch_up
from kendedes.web.tests.test_catch_up import release

pytestmark = pytest.mark.django_db


@pytest.fixture
def product(cast: Cast) -> Product:
    made = release(cast.product(story_en="Thin tempe fried with sago."))
    catch_up(at=AT)
    return made


@pytest.fixture
def many(cast: Cast) -> list[Product]:
    made = [cast.product(name=f"Keripik rasa {n:02d}") for n in range(30)]
    release(*made)
    catch_up(at=AT)
    return made


def test_every_page_answers_in_both_languages_without_a_cookie(client: Client, product: Product) -> None:
    paths = [
        "/", "/produk/", f"/produk/{product.slug}/", "/kategori/camilan/", "/kecamatan/", "/kecamatan/singosari/",
        "/produsen/kelompok-tempe-sari-fiktif/", "/unggulan/", "/cari/?q=tempe", "/tentang/", "/umpan.xml",
    ]  # fmt: skip
    for path in paths:
        for prefix in ("", "/en"):
            response = client.get(prefix + path)

            assert response.status_code == 200, path
            assert not response.cookies, path
            assert "cookie" not in response.headers.get("Vary", "").lower(), path
            if path != "/umpan.xml":
                assert f'<html lang="{"en" if prefix else "id"}"' in response.content.decode()


def test_a_product_page_says_what_was_released(client: Client, product: Product) -> None:
    body = client.get(f"/produk/{product.slug}/").content.decode()

    assert "<h1>Keripik tempe sagu</h1>" in body
    assert "Rp15.000" in body
    assert "Kelompok Tempe Sari (fiktif)" in body
    assert len(body.encode()) < 60_000


def test_a_change_shows_only_after_the_next_release(client: Client, product: Product) -> None:
    products.change_product(product=product, name_id="Nama yang belum terbit", at=AT, by=None)
    catch_up(at=AT)

    assert "Nama yang belum terbit" not in client.get(f"/produk/{product.slug}/").content.decode()


def test_the_english_page_tells_the_english_story(client: Client, product: Product) -> None:
    assert "Thin tempe fried with sago." in client.get(f"/en/produk/{product.slug}/").content.decode()
    assert "Thin tempe fried with sago." not in client.get(f"/produk/{product.slug}/").content.decode()


def test_whatsapp_opens_with_the_product_its_code_and_its_address(client: Client, product: Product) -> None:
    body = client.get(f"/produk/{product.slug}/").content.decode()

    link = re.search(r'href="(https://wa\.me/[^"]+)"', body)
    assert link
    number, _question, text = link.group(1).removeprefix("https://wa.me/").partition("?text=")
    assert number == "6281200000002"  # the unit's: the producer has not consented
    assert f"Keripik tempe sagu (kode {product.code})" in unquote(text)
    assert f"http://testserver/produk/{product.slug}/" in unquote(text)


def test_who_needs_many_asks_for_a_quote_of_this_product(client: Client, product: Product) -> None:
    body = client.get(f"/en/produk/{product.slug}/").content.decode()

    assert f'href="/en/permintaan/?produk={product.slug}"' in body


def test_a_number_without_consent_is_nowhere(client: Client, product: Product) -> None:
    for path in (f"/produk/{product.slug}/", "/produsen/kelompok-tempe-sari-fiktif/"):
        assert "6281200000003" not in client.get(path).content.decode()


def test_consent_given_and_taken_back_changes_the_page(client: Client, cast: Cast, product: Product) -> None:
    change_producer(producer=cast.tempe, consent="own", consent_on=AT.date(), at=AT, by=None)
    catch_up(at=AT)
    assert "wa.me/6281200000003" in client.get(f"/produk/{product.slug}/").content.decode()

    change_producer(producer=cast.tempe, consent="gallery", at=AT, by=None)
    catch_up(at=AT)
    assert "wa.me/6281200000001" in client.get(f"/produk/{product.slug}/").content.decode()


def test_a_discontinued_product_keeps_its_page_says_so_and_leaves_the_lists(client: Client, product: Product) -> None:
    products.discontinue(product=product, at=AT, by=None)
    catch_up(at=AT)

    body = client.get(f"/produk/{product.slug}/").content.decode()
    assert "sudah tidak dibuat lagi" in body
    assert "wa.me" not in body
    assert product.slug not in client.get("/produk/").content.decode()


def test_machines_read_product_and_breadcrumbs(client: Client, product: Product) -> None:
    body = client.get(f"/produk/{product.slug}/").content.decode()

    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', body, re.DOTALL)
    assert block
    graph = {thing["@type"]: thing for thing in json.loads(block.group(1))["@graph"]}
    assert graph["Product"]["name"] == "Keripik tempe sagu"
    assert graph["Product"]["offers"]["price"] == 15000
    assert graph["Product"]["offers"]["priceCurrency"] == "IDR"
    assert graph["Product"]["brand"]["name"] == "Kelompok Tempe Sari (fiktif)"
    assert [item["name"] for item in graph["BreadcrumbList"]["itemListElement"]] == [
        "Beranda", "Produk", "Camilan", "Keripik tempe sagu",
    ]  # fmt: skip


def test_a_name_cannot_break_out_of_the_data_block(client: Client, cast: Cast) -> None:
    product = release(cast.product(name="</script><b>x", story_id="<!-- & </script>"))
    catch_up(at=AT)

    body = client.get(f"/produk/{product.slug}/").content.decode()

    assert "</script><b>x" not in body
    assert body.count("<script") == body.count("</script>")


def test_canonical_and_hreflang_name_both_languages(client: Client, product: Product) -> None:
    body = client.get(f"/en/produk/{product.slug}/?utm_source=x").content.decode()

    assert f'<link rel="canonical" href="http://testserver/en/produk/{product.slug}/">' in body
    assert f'hreflang="id" href="http://testserver/produk/{product.slug}/"' in body
    assert f'hreflang="x-default" href="http://testserver/produk/{product.slug}/"' in body


def test_lists_are_paged_and_end_in_a_404(client: Client, many: list[Product]) -> None:
    first, second = client.get("/produk/").content.decode(), client.get("/produk/?hal=2").content.decode()

    assert first.count('class="product"') == 24
    assert second.count('class="product"') == 6
    assert "30 produk" in first
    assert client.get("/produk/?hal=3").status_code == 404


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("hal=0", 200), ("hal=-1", 200), ("hal=99999999999", 200), ("hal=x", 200), ("urut=zz", 200), ("bintang=9", 200),
        ("kategori=%00", 200), ("kecamatan=' OR 1", 200),
    ],
)  # fmt: skip
def test_nonsense_in_an_address_is_ignored_or_not_found(
    client: Client, product: Product, query: str, status: int
) -> None:
    assert client.get(f"/produk/?{query}").status_code == status


def test_filters_narrow(client: Client, cast: Cast, many: list[Product]) -> None:
    release(cast.product(cast.apel, "Topi pandan"))
    catch_up(at=AT)

    body = client.get("/produk/?kecamatan=wajak").content.decode()

    assert body.count('class="product"') == 1
    assert "Topi pandan" in body


def test_another_association_is_another_site(client: Client, cast: Cast, product: Product, settings) -> None:
    from kendedes.network.models import Association

    Association.objects.filter(pk=cast.neighbour.pk).update(host="batu.example.id")
    settings.ALLOWED_HOSTS = ["testserver", "batu.example.id"]
    from kendedes.web.actions import rebuild

    rebuild(at=AT)

    body = client.get("/", headers={"host": "batu.example.id"}).content.decode()
    assert "Asosiasi Tetangga" in body
    assert client.get(f"/produk/{product.slug}/", headers={"host": "batu.example.id"}).status_code == 404


def test_sitemap_lists_both_languages_of_every_product(client: Client, product: Product) -> None:
    index = client.get("/sitemap.xml").content.decode()
    assert "http://testserver/sitemap-1.xml" in index

    body = client.get("/sitemap-1.xml").content.decode()
    assert f"<loc>http://testserver/produk/{product.slug}/</loc>" in body
    assert f"<loc>http://testserver/en/produk/{product.slug}/</loc>" in body
    assert client.get("/sitemap-2.xml").status_code == 404


def test_robots_keep_out_of_the_office(client: Client, product: Product) -> None:
    body = client.get("/robots.txt").content.decode()

    assert "Disallow: /kantor/" in body
    assert "Sitemap: http://testserver/sitemap.xml" in body


def test_an_empty_installation_says_so(client: Client, db: None) -> None:
    assert client.get("/").status_code == 503


def test_a_wrong_address_suggests_what_was_meant(client: Client, product: Product) -> None:
    response = client.get("/produk/kripik-tempe/")

    assert response.status_code == 404
    body = response.content.decode()
    assert "Mungkin yang ini?" in body
    assert f"/produk/{product.slug}/" in body
    assert 'content="noindex, follow"' in body


def test_the_404_of_the_office_says_nothing_of_products(client: Client, product: Product) -> None:
    assert product.slug not in client.get("/kantor/keripik-tempe/tidak/").content.decode()
