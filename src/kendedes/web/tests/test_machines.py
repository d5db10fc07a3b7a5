"""What shopping services, chats, address books and printers take from the site."""

import io
import xml.etree.ElementTree as ET

import pytest
from django.test import Client
from PIL import Image

from kendedes.network.actions import change_producer
from kendedes.products.actions import Pack, PriceAsked
from kendedes.products.models import Product
from kendedes.products.photos.actions import add_photo
from kendedes.testing.cast import AT, Cast
from kendedes.testing.shop import open_shop
from kendedes.web.actions import catch_up
from kendedes.web.tests.test_catch_up import release

pytestmark = pytest.mark.django_db
G = "{http://base.google.com/ns/1.0}"


@pytest.fixture(autouse=True)
def _own_home(settings, tmp_path):
    settings.HOME = tmp_path


@pytest.fixture
def product(cast: Cast) -> Product:
    made = release(cast.product(name="Keripik <tempe> & sagu"))
    catch_up(at=AT)
    return made


def with_photo(product: Product) -> None:
    """A real photo, drawn here."""
    made = io.BytesIO()
    Image.linear_gradient("L").resize((900, 700)).convert("RGB").save(made, "JPEG")
    add_photo(product=product, data=made.getvalue(), name="a.jpg", at=AT, by=None)


def items(client: Client, path: str = "/umpan-produk.xml") -> list[ET.Element]:
    response = client.get(path)
    assert response.status_code == 200
    return ET.fromstring(b"".join(response.streaming_content)).findall("channel/item")


def test_only_what_has_a_price_and_a_photo_is_offered(client: Client, product: Product) -> None:
    assert items(client) == []


def test_an_offer_has_what_googles_rules_ask_for(client: Client, cast: Cast) -> None:
    shop = open_shop(cast)
    lot = shop.new_lot(5)
    sold, made = lot.variant.product, cast.product(name="Keripik <tempe> & sagu")
    for product in (sold, made):
        with_photo(product)
    release(sold, made)
    catch_up(at=AT)

    found = {item.findtext("title"): item for item in items(client)}

    item = found["Keripik <tempe> & sagu 150 g"]
    assert item.findtext(f"{G}price") == "15000 IDR"
    assert item.findtext(f"{G}availability") == "out_of_stock"
    assert item.findtext(f"{G}condition") == "new"
    assert item.findtext(f"{G}brand") == "Kelompok Tempe Sari (fiktif)"
    assert item.findtext("link") == f"http://testserver/produk/{made.slug}/"
    assert item.findtext(f"{G}image_link").startswith("http://testserver/media/foto/")
    assert len(found) == 2
    assert "<image:loc>http://testserver/media/foto/" in client.get("/sitemap-1.xml").content.decode()
    english = items(client, "/en/umpan-produk.xml")
    assert english[0].findtext("link").startswith("http://testserver/en/produk/")


def test_the_offers_are_not_sent_again_while_nothing_moved(client: Client, product: Product) -> None:
    first = client.get("/umpan-produk.xml")

    again = client.get("/umpan-produk.xml", headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    release(Product.objects.get(pk=product.pk))
    catch_up(at=AT)
    assert client.get("/umpan-produk.xml", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_a_contact_is_whom_the_producer_named(client: Client, cast: Cast, product: Product) -> None:
    card = client.get("/produsen/kelompok-tempe-sari-fiktif/kontak.vcf")
    assert card.headers["Content-Type"].startswith("text/vcard")
    assert "6281200000003" not in card.content.decode()  # her own number, without her consent

    change_producer(producer=cast.tempe, consent="own", consent_on=AT.date(), at=AT, by=None)
    catch_up(at=AT)

    text = client.get("/produsen/kelompok-tempe-sari-fiktif/kontak.vcf").content.decode()
    assert text.startswith("BEGIN:VCARD\r\nVERSION:4.0\r\n")
    assert "TEL;TYPE=cell;VALUE=uri:tel:+6281200000003\r\n" in text
    assert client.get("/produsen/tidak-ada/kontak.vcf").status_code == 404


def test_the_picture_of_a_link_says_what_the_product_says(client: Client, product: Product) -> None:
    body = client.get(f"/produk/{product.slug}/").content.decode()
    address = body.split('property="og:image" content="http://testserver')[1].split('"')[0]

    response = client.get(address)

    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    picture = Image.open(io.BytesIO(response.content))
    assert (picture.format, picture.size) == ("JPEG", (1200, 630))
    other = client.get(f"/kartu/{product.slug}.alt.jpg")  # an old address: what holds now, not kept
    assert other.headers["Cache-Control"] == "no-cache"
    assert client.get("/kartu/tidak-ada.x.jpg").status_code == 404


def test_a_page_can_be_passed_on_without_anybodys_script(client: Client, product: Product) -> None:
    body = client.get(f"/produk/{product.slug}/").content.decode()

    assert "https://wa.me/?text=" in body
    assert f'data-copy="http://testserver/produk/{product.slug}/"' in body
    assert '<script src="http' not in body


def test_no_product_is_told_to_search_engines_without_a_price(client: Client, cast: Cast) -> None:
    priced, asked = (
        release(cast.product(name=name, packs=[Pack(unit="buah", retail=price)]))
        for name, price in (("Topeng", PriceAsked(90000)), ("Lemari", None))
    )
    catch_up(at=AT)

    assert '"@type":"Product"' in client.get(f"/produk/{priced.slug}/").content.decode()
    assert '"@type":"Product"' not in client.get(f"/produk/{asked.slug}/").content.decode()


def test_posters_and_cards_lead_to_the_page(client: Client, cast: Cast, product: Product) -> None:
    client.force_login(cast.ratna)

    for path in ("/kantor/cetak-qr/kartu.pdf?kecamatan=singosari", f"/kantor/cetak-qr/poster.pdf?kode={product.code}"):
        made = client.get(path)
        assert (made.status_code, made.content[:5]) == (200, b"%PDF-")
    assert client.get("/kantor/cetak-qr/kartu.pdf?kecamatan=wajak").status_code == 404
    assert client.get("/kantor/cetak-qr/poster.pdf?kode=TIDAK-ADA").status_code == 404
