"""How many queries each public page costs without any memory, held by ``queries.json``.

A number that rises is a decision: change the file in the same commit and say why. None may pass MOST.
"""

from pathlib import Path

import pytest
from django.test import Client

from kendedes.catalogue import actions as catalogue
from kendedes.catalogue.queries.public import _parsed
from kendedes.catalogue.tests.helpers import LATER, regency
from kendedes.stories import actions as stories
from kendedes.testing.cast import Cast
from kendedes.testing.queries import cost, hold
from kendedes.web.actions import catch_up
from kendedes.web.queries import shelves
from kendedes.web.tests.test_catch_up import release

BASELINE = Path(__file__).with_name("queries.json")
MOST = 8
PATHS = {
    "home": "/",
    "products": "/produk/",
    "products of a category in a kecamatan": "/produk/?kategori=camilan&kecamatan=singosari",
    "product": "/produk/{slug}/",
    "category": "/kategori/camilan/",
    "districts": "/kecamatan/",
    "district": "/kecamatan/singosari/",
    "producer": "/produsen/kelompok-tempe-sari-fiktif/",
    "excellent": "/unggulan/",
    "search": "/cari/?q=keripik",
    "editions": "/edisi/",
    "edition": "/edisi/malang-2026-1/",
    "chapter": "/edisi/malang-2026-1/singosari/",
    "entry": "/edisi/malang-2026-1/lembar/{code}/",
    "about": "/tentang/",
    "feed": "/umpan.xml",
    "stories": "/cerita/",
    "story": "/cerita/pagi-di-dapur/",
    "page": "/halaman/cara-membeli/",
    "sitemap": "/sitemap.xml",
    "sitemap of headings": "/sitemap-0.xml",
    "sitemap of products": "/sitemap-1.xml",
}


@pytest.mark.django_db
def test_pages_cost_what_the_baseline_says_however_many_products_there_are(client: Client, cast: Cast) -> None:
    first = release(cast.product())
    release(*[cast.product(cast.tempe if n % 2 else cast.apel, f"Keripik {n}") for n in range(30)])
    whole = regency(cast)
    catalogue.publish(edition=whole, at=LATER, by=cast.ratna, with_units=True)
    for title, kind in [("Pagi di dapur", "article"), ("Cara membeli", "page")]:
        story = stories.write(
            association=cast.association, title_id=title, body_id="Isi.", kind=kind, products=[first], at=LATER, by=None
        )  # fmt: skip
        stories.publish(story=story, at=LATER, by=None)
    catch_up(at=LATER)
    code = whole.chapters.get().edition.pages.first().code
    measured = {}
    for name, path in PATHS.items():
        _parsed.cache_clear()  # as in a process that has just started
        shelves.forget()
        measured[name], writes = cost(client, path.format(slug=first.slug, code=code))
        assert writes == [], f"{path} writes"

    hold(measured, BASELINE, most=MOST)
