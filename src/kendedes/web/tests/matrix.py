"""The public site is for everybody: no role changes what a page says."""

from __future__ import annotations

from typing import Any

from kendedes.catalogue.actions.files import data_file
from kendedes.catalogue.tests.helpers import LATER
from kendedes.network import actions as network
from kendedes.network.models import Region
from kendedes.products import actions as products
from kendedes.products.models import Product
from kendedes.testing.cast import AT
from kendedes.testing.matrix import EVERYBODY, OFFICE, Page, World
from kendedes.web.actions import catch_up


def build(world: World) -> None:
    """A released product of a group of its own, and a published edition with a file."""
    producer = network.create_producer(
        association=world.cast.association, unit=world.cast.singosari, village=Region.objects.get(code="35.07.24.1015"),
        name="Kelompok Situs (fiktif)", at=AT, by=None,
    )  # fmt: skip
    product = world.cast.product(producer, "Sambal situs")
    Product.objects.filter(pk=product.pk).update(state="accepted")
    product.refresh_from_db()
    products.publish(products=[product], at=AT, by=None)
    whole = world.published_edition  # made by the catalogue's table
    file = data_file(edition=whole, kind="json", at=LATER, by=None).file
    catch_up(at=LATER)
    world.made |= {"listed": product, "whole": whole, "file": file}


def _slug(world: World) -> dict[str, Any]:
    return {"slug": world.listed.slug}


ROWS = [
    Page("web:home"),
    Page("web:products"),
    Page("web:product", EVERYBODY, _slug),
    Page("web:category", EVERYBODY, lambda w: {"slug": "camilan"}),
    Page("web:districts"),
    Page("web:district", EVERYBODY, lambda w: {"slug": "singosari"}),
    Page("web:producer", EVERYBODY, lambda w: {"slug": "kelompok-situs-fiktif"}),
    Page("web:excellent"),
    Page("web:editions"),
    Page("web:edition", EVERYBODY, lambda w: {"slug": w.whole.slug}),
    Page("web:chapter", EVERYBODY, lambda w: {"slug": w.whole.slug, "district": "singosari"}),
    Page(
        "web:entry",
        EVERYBODY,
        lambda w: {"slug": w.whole.slug, "code": w.whole.chapters.get().edition.pages.first().code},
    ),
    Page("web:download", EVERYBODY, lambda w: {"slug": w.whole.slug, "name": w.file.name}),
    Page("web:search", EVERYBODY, query="?q=sambal"),
    Page("web:about"),
    Page("web:stories"),
    Page("web:story", EVERYBODY, lambda w: {"slug": w.told.slug}),
    Page("web:stories-feed"),
    Page("web:fixed", EVERYBODY, lambda w: {"slug": w.fixed_page.slug}),
    Page("web:by-code", EVERYBODY, lambda w: {"code": w.listed.code}),
    Page("web:feed"),
    Page("web:offers", head=False),
    Page("web:contact", EVERYBODY, lambda w: {"slug": "kelompok-situs-fiktif"}),
    Page("web-files:card", EVERYBODY, lambda w: {"slug": w.listed.slug, "key": "x"}, head=False),
    Page("web-office:papers", OFFICE - {"partner"}),
    Page("web-office:cards", OFFICE - {"neighbour", "partner"}, head=False),
    Page("web-office:poster", OFFICE - {"partner"}, head=False),
    Page("web-files:robots"),
    Page("web-files:sitemap"),
    Page("web-files:sitemap-part", EVERYBODY, lambda w: {"number": 1}),
]
