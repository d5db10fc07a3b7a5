"""Home, lists of products, and what gathers them: categories, kecamatan, producers, stars."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from kendedes.catalogue.queries import latest_edition
from kendedes.web.forms import LONGEST_SLUG, ListAsked
from kendedes.web.models import Site
from kendedes.web.queries import pages
from kendedes.web.queries.atlas import atlas
from kendedes.web.queries.pages import language
from kendedes.web.rules import jsonld
from kendedes.web.rules.listing import whatsapp
from kendedes.web.views.base import in_bounds, local, origin, page, public


@public
def home(request: HttpRequest, site: Site) -> HttpResponse:
    """The front door."""
    found = pages.headings(site, "category", "district")
    starred, newest = pages.starred(site, 10), pages.newest(site, 10)
    return page(
        request, site, "web/home.html",
        {
            "categories": [c for c in found["category"] if c["products"] and not c["facts"]["parent"]],
            "districts": found["district"],
            "atlas": atlas(site, found["district"]),
            "starred": starred, "newest": newest,
            "edition": latest_edition(site.pk), "mosaic": [row for row in (*starred, *newest) if row["photo"]][:3],
            "ld": jsonld.script([jsonld.organization(site.facts, origin(request)), jsonld.website(site.facts, origin(request), local("/cari/"))]),
        },
    )  # fmt: skip


@public
def products(request: HttpRequest, site: Site) -> HttpResponse:
    """Every product, by category, kecamatan and stars."""
    found = pages.choices(site, request.GET.get("kecamatan", "")[:LONGEST_SLUG])
    asked = ListAsked.read(request.GET, {"category": found.categories, "district": found.districts})
    listed = in_bounds(pages.listing_page(site, asked.wanted(), asked.known_total(site.products)))
    return page(
        request, site, "web/products.html",
        {"asked": asked, "listed": listed, "found": found, "crumbs": trail((_("Produk"), "/produk/"))},
        canonical=asked.canonical(),
    )  # fmt: skip


@public
def category(request: HttpRequest, site: Site, slug: str) -> HttpResponse:
    """One kind of goods."""
    found = pages.headings(site, "category")
    here = next((row for row in found["category"] if row["slug"] == slug), None)
    if here is None:
        raise Http404
    asked = ListAsked.read(request.GET, {})
    column = "category" if here["facts"]["parent"] else "topic"
    listed = in_bounds(
        pages.listing_page(site, asked.wanted(**{column: slug}), None if asked.stars else here["products"])
    )
    way = [(_("Produk"), "/produk/")]
    parent = next((row for row in found["category"] if row["slug"] == here["facts"]["parent"]), None)
    if parent:
        way.append((parent["name"], f"/kategori/{parent['slug']}/"))
    siblings = [r for r in found["category"] if r["facts"]["parent"] == (parent["slug"] if parent else slug)]
    return page(
        request, site, "web/category.html",
        {
            "here": here, "listed": listed, "asked": asked, "inside": [r for r in siblings if r["products"]],
            "others": [r for r in found["category"] if r["products"] and not r["facts"]["parent"]],
            "crumbs": trail(*way, (here["name"], f"/kategori/{slug}/")),
        },
        canonical=asked.canonical(),
    )  # fmt: skip


@public
def districts(request: HttpRequest, site: Site) -> HttpResponse:
    """The map."""
    found = pages.headings(site, "district")["district"]
    return page(
        request, site, "web/districts.html",
        {"districts": found, "atlas": atlas(site, found), "crumbs": trail((_("Kecamatan"), "/kecamatan/"))},
    )  # fmt: skip


@public
def district(request: HttpRequest, site: Site, slug: str) -> HttpResponse:
    """One kecamatan: its unit, its producers, its goods."""
    here = pages.heading(site, "district", slug)
    if here is None:
        raise Http404
    found = pages.headings(site, "category")
    asked = ListAsked.read(request.GET, found)
    wanted = asked.wanted(district=here["key"])
    listed = in_bounds(pages.listing_page(site, wanted, None if asked.category or asked.stars else here["products"]))
    found_here = pages.within(site, here["key"])
    return page(
        request, site, "web/district.html",
        {
            "here": here, "listed": listed, "asked": asked,
            "atlas": atlas(site, pages.places(site)),
            "edition_title": here["facts"]["edition"]["title"][language()] if here["facts"].get("edition") else "",
            "makers": found_here.makers, "makers_total": found_here.total,
            "kinds": [{**row, "products": found_here.topics[row["key"]]} for row in found["category"] if found_here.topics.get(row["key"])],
            "crumbs": trail((_("Kecamatan"), "/kecamatan/"), (here["name"], f"/kecamatan/{slug}/")),
        },
        canonical=asked.canonical(),
    )  # fmt: skip


@public
def producer(request: HttpRequest, site: Site, slug: str) -> HttpResponse:
    """Who makes it."""
    here = pages.heading(site, "producer", slug)
    if here is None:
        raise Http404
    asked = ListAsked.read(request.GET, {})
    listed = in_bounds(
        pages.listing_page(site, asked.wanted(producer=int(here["key"])), None if asked.stars else here["products"])
    )
    place = here["facts"]["district"]
    way = [(_("Kecamatan"), "/kecamatan/")]
    if place:
        way.append((place["name"], f"/kecamatan/{place['slug']}/"))
    return page(
        request, site, "web/producer.html",
        {
            "here": here, "listed": listed, "asked": asked, **told(here["facts"]["about"]),
            "crumbs": trail(*way, (here["name"], f"/produsen/{slug}/")),
            "ld": jsonld.script([jsonld.producer(here, origin(request), local(f"/produsen/{slug}/"))]),
        },
        canonical=asked.canonical(),
    )  # fmt: skip


@public
def excellent(request: HttpRequest, site: Site) -> HttpResponse:
    """Products with stars."""
    asked = ListAsked.read(request.GET, {})
    wanted = asked.wanted() if asked.stars else asked.wanted(stars__gte=1)
    listed = in_bounds(pages.listing_page(site, wanted, None if asked.stars else site.starred))
    return page(
        request, site, "web/excellent.html",
        {"listed": listed, "asked": asked, "crumbs": trail((_("Produk unggulan"), "/unggulan/"))},
        canonical=asked.canonical(),
    )  # fmt: skip


@public
def about(request: HttpRequest, site: Site) -> HttpResponse:
    """Who stands behind the site."""
    found = pages.headings(site, "district")["district"]
    return page(
        request, site, "web/about.html",
        {
            "districts": found, "units": sum(1 for row in found if row["facts"]["unit"]),
            "contact": whatsapp(site.facts["whatsapp"], _("Halo %(name)s, saya ingin bertanya.") % {"name": site.facts["gallery"]}),
            "crumbs": trail((_("Tentang"), "/tentang/")), **told(site.facts["about"]),
            "ld": jsonld.script([jsonld.organization(site.facts, origin(request))]),
        },
    )  # fmt: skip


def told(about: Mapping[str, str]) -> dict[str, str]:
    """A text about somebody in the page's language, else in Indonesian, and which of the two it is."""
    spoken = language() if about[language()] else "id"
    return {"about": about[spoken], "about_lang": spoken}


def trail(*parts: tuple[str, str]) -> list[tuple[str, str]]:
    """Breadcrumbs from the front door on."""
    return [(_("Beranda"), local("/")), *((label, local(path)) for label, path in parts)]
