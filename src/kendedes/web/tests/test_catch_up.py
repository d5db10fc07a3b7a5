"""Derived rows follow the diary, exactly and once."""

from datetime import timedelta

import pytest
from django.test import Client

from kendedes.network.actions import change_association, change_producer
from kendedes.network.models import Association
from kendedes.products import actions as products
from kendedes.products.models import Permit, Product
from kendedes.testing.cast import AT, Cast
from kendedes.web.actions import catch_up, rebuild
from kendedes.web.models import Heading, Listing, Site

pytestmark = pytest.mark.django_db


def release(*made: Product) -> Product:
    """Past the curator without her: this floor only cares that it is out. Returns the first."""
    Product.objects.filter(pk__in=[p.pk for p in made]).update(state="accepted")
    fresh = list(Product.objects.filter(pk__in=[p.pk for p in made]))
    products.publish(products=fresh, at=AT, by=None)
    made[0].refresh_from_db()
    return made[0]


def version(association: Association) -> int:
    return Site.objects.get(pk=association.pk).version


def test_a_published_product_becomes_a_listing(cast: Cast) -> None:
    product = release(cast.product())

    changed = catch_up(at=AT)

    assert cast.association.pk in changed
    row = Listing.objects.get()
    assert (row.slug, row.name_id, row.price_low, row.price_high) == (product.slug, product.name_id, 15000, 15000)
    assert (row.category, row.topic, row.district, row.stars, row.active) == (
        "camilan",
        "makanan-minuman",
        "35.07.24",
        0,
        True,
    )
    site = Site.objects.get(pk=cast.association.pk)
    assert (site.products, site.producers, site.villages) == (1, 1, 1)
    counted = Heading.objects.filter(site=site, products=1).values_list("kind", "slug")
    assert sorted(counted) == [
        ("category", "camilan"), ("category", "makanan-minuman"), ("district", "singosari"),
        ("producer", "kelompok-tempe-sari-fiktif"),
    ]  # fmt: skip


def test_a_draft_never_becomes_public(cast: Cast) -> None:
    cast.product()

    catch_up(at=AT)

    assert not Listing.objects.exists()


def test_catching_up_twice_changes_nothing(cast: Cast) -> None:
    release(cast.product())
    catch_up(at=AT)
    before = version(cast.association)

    assert catch_up(at=AT) == []
    assert version(cast.association) == before


def test_nothing_public_changes_when_a_public_product_is_being_reworked(cast: Cast) -> None:
    product = release(cast.product())
    catch_up(at=AT)
    before = version(cast.association)
    products.send_back(product=product, fixes=[("story_id", "Lebih panjang")], at=AT, by=None)
    products.change_product(product=product, name_id="Nama baru", at=AT, by=None)

    assert catch_up(at=AT) == []
    assert version(cast.association) == before
    assert Listing.objects.get().name_id == "Keripik tempe sagu"


def test_only_the_association_concerned_gets_a_new_version(cast: Cast) -> None:
    catch_up(at=AT)
    neighbour = version(cast.neighbour)
    release(cast.product())

    assert catch_up(at=AT) == [cast.association.pk]
    assert version(cast.neighbour) == neighbour


def test_a_discontinued_product_keeps_its_row_and_leaves_the_counts(cast: Cast) -> None:
    product = release(cast.product())
    catch_up(at=AT)

    products.discontinue(product=product, at=AT, by=None)
    catch_up(at=AT)

    assert Listing.objects.get().active is False
    assert Site.objects.get(pk=cast.association.pk).products == 0
    assert Heading.objects.get(kind="category", slug="camilan", site=cast.association.pk).products == 0


def test_consent_withdrawn_takes_the_number_away_although_the_release_is_frozen(cast: Cast) -> None:
    change_producer(producer=cast.tempe, consent="own", consent_on=AT.date(), at=AT, by=None)
    release(cast.product())
    catch_up(at=AT)
    assert Listing.objects.get().contact["whatsapp"] == "6281200000003"

    change_producer(producer=cast.tempe, consent="none", at=AT, by=None)
    catch_up(at=AT)

    assert Listing.objects.get().contact == {
        "kind": "unit", "name": "Unit Singosari", "whatsapp": "6281200000002",
    }  # fmt: skip


def test_a_permit_lapses_on_its_day_without_any_deed(cast: Cast) -> None:
    product = cast.product()
    Permit.objects.create(producer=cast.tempe, kind="halal", number="ID1", valid_until=AT.date())
    release(product)
    catch_up(at=AT)
    assert Listing.objects.get().permits == ["halal"]
    before = version(cast.association)

    changed = catch_up(at=AT + timedelta(days=1))

    assert changed == [cast.association.pk]
    assert version(cast.association) == before + 1
    assert Listing.objects.get().permits == []


def test_a_new_day_alone_is_no_news(cast: Cast) -> None:
    release(cast.product())
    catch_up(at=AT)

    assert catch_up(at=AT + timedelta(days=1)) == []


def test_rebuilding_a_sound_site_changes_no_version(cast: Cast) -> None:
    release(cast.product())
    catch_up(at=AT)
    before = version(cast.association)

    assert rebuild(at=AT) == []
    assert version(cast.association) == before


def test_rebuilding_mends_a_damaged_row(cast: Cast) -> None:
    release(cast.product())
    catch_up(at=AT)
    Listing.objects.update(name_id="rusak")

    assert rebuild(at=AT) == [cast.association.pk]
    assert Listing.objects.get().name_id == "Keripik tempe sagu"


def test_what_the_association_says_about_itself_reaches_the_site(cast: Cast, client: Client) -> None:
    catch_up(at=AT)
    change_association(
        association=cast.association, at=AT, by=cast.ratna, about_id="Didirikan bersama.", address="Jalan Contoh 6"
    )
    catch_up(at=AT + timedelta(seconds=1))

    text = client.get("/tentang/").content.decode()
    assert "Didirikan bersama." in text
    assert "Jalan Contoh 6" in text
