"""Reads compiled once: the same rows as the ORM gives, whatever the values."""

from typing import Any

import pytest
from django.db.models import QuerySet

from kendedes.testing.cast import AT, Cast
from kendedes.web.actions import catch_up
from kendedes.web.models import Heading, Listing
from kendedes.web.queries import pages
from kendedes.web.queries.prepared import Prepared
from kendedes.web.tests.test_catch_up import release

pytestmark = pytest.mark.django_db


def by_slug(**where: Any) -> QuerySet[Listing, Any]:
    return (
        Listing.objects.filter(active=True, **where).order_by("slug").values("slug", "permits", "released_at", "stars")
    )


def test_rows_are_those_of_the_orm_with_json_and_times(cast: Cast) -> None:
    release(*[cast.product(maker, name) for maker in (cast.tempe, cast.apel) for name in ("Keripik", "Sambal")])
    catch_up(at=AT)
    read = Prepared(by_slug)

    for maker in (cast.tempe.pk, cast.apel.pk, 0):
        for topic in ("makanan-minuman", "%s", "<topic>"):
            where = {"producer": maker, "topic": topic}
            assert read.rows(**where) == list(by_slug(**where))


def test_a_value_that_is_no_parameter_is_a_mistake(cast: Cast) -> None:
    read = Prepared(lambda **where: by_slug(site=where["site"]))

    with pytest.raises(ValueError, match="not a parameter"):
        read.rows(site=1, producer=2)


def test_beside_are_others_of_the_producer_first_then_of_the_category(cast: Cast, rf: Any) -> None:
    own = [cast.product(cast.tempe, f"Keripik tempe {n}") for n in range(3)]
    others = [cast.product(cast.apel, f"Keripik apel {n}") for n in range(6)]
    release(*own, *others)
    catch_up(at=AT)
    site = pages.site_of("testserver")
    assert site is not None
    listing = pages.product(site, own[0].slug)
    assert listing is not None

    found = [row["key"] for row in pages.beside(site, listing)]

    assert set(found[:2]) == {own[1].pk, own[2].pk}
    assert len(found) == 5
    assert set(found[2:]) < {product.pk for product in others}


def test_lists_offer_the_kecamatan_with_most_products_and_the_one_chosen(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    release(cast.product(cast.tempe), cast.product(cast.apel))
    catch_up(at=AT)
    site = pages.site_of("testserver")
    assert site is not None
    first = Heading.objects.filter(kind="district", products__gt=0).order_by("-products", "key").first()
    other = Heading.objects.filter(kind="district", products__gt=0).exclude(pk=first.pk).first()
    monkeypatch.setattr(pages, "MOST_CHOICES", 1)
    monkeypatch.setattr(pages, "_CHOICES", Prepared(pages._busiest, pages._categories))

    found, chosen = pages.choices(site), pages.choices(site, other.slug)

    assert [row["slug"] for row in found.districts] == [first.slug]
    assert found.more
    assert sorted(row["slug"] for row in chosen.districts) == sorted([first.slug, other.slug])
    assert {row["slug"]: row["parent"] for row in found.categories}["camilan"] == "makanan-minuman"
    assert pages.choices(site, "tidak-ada").districts == found.districts
