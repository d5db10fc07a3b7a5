"""What machines fetch: sitemap, robots, the feed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from kendedes.catalogue.queries import published_editions
from kendedes.stories.queries import told
from kendedes.web.models import Heading, Listing, Site
from kendedes.web.queries import pages
from kendedes.web.queries.pages import language
from kendedes.web.views.base import local, origin, public
from kendedes.web.views.product import photo_address

# The protocol allows 50,000 addresses and 50 MB a file; with two languages an entry is about 500 bytes.
PER_FILE = 5_000
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
FIXED = ("/", "/produk/", "/kecamatan/", "/unggulan/", "/edisi/", "/tentang/")


@public
def robots(request: HttpRequest, site: Site) -> HttpResponse:
    """Everything public may be read; the office, accounts and search may not be crawled."""
    lines = ["User-agent: *"]
    lines += [f"Disallow: {prefix}{path}" for prefix in ("", "/en") for path in ("/kantor/", "/akun/", "/cari/")]
    lines += ["", f"Sitemap: {origin(request)}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@public
def sitemap(request: HttpRequest, site: Site) -> HttpResponse:
    """The index: one file of fixed pages and headings, then files of products."""
    start = origin(request)
    files = -(-_everything(site) // PER_FILE)
    stamp = site.changed_at.isoformat(timespec="seconds")
    rows = "".join(
        f"<sitemap><loc>{escape(f'{start}/sitemap-{number}.xml')}</loc><lastmod>{stamp}</lastmod></sitemap>\n"
        for number in range(files + 1)
    )
    return _xml(f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}</sitemapindex>\n')


@public
def sitemap_part(request: HttpRequest, site: Site, number: int) -> HttpResponse:
    """One file of the sitemap; 0 holds everything but products."""
    if number == 0:
        entries: list[tuple[str, datetime | None, str]] = [(path, None, "") for path in FIXED]
        words = {"category": "kategori", "district": "kecamatan", "producer": "produsen"}
        found = Heading.objects.filter(site=site, products__gt=0).order_by("kind", "slug").values_list("kind", "slug")
        entries += [(f"/{words[kind]}/{slug}/", None, "") for kind, slug in found[:40_000]]
        entries += [(f"/edisi/{card.slug}/", card.published_at, "") for card in published_editions(site.pk)]
        entries += [(path, at, "") for path, at in told(site.pk)]
    else:
        rows = Listing.objects.filter(site=site).order_by("product_id").values_list("slug", "released_at", "photo")
        listed = list(rows[(number - 1) * PER_FILE : number * PER_FILE])
        if not listed:
            raise Http404
        entries = [(f"/produk/{slug}/", at, photo_address(photo) if photo else "") for slug, at, photo in listed]
    start = origin(request)
    body = "".join(_entry(start, path, at, photo) for path, at, photo in entries)
    return _xml(
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:xhtml="http://www.w3.org/1999/xhtml" '
        f'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">\n{body}</urlset>\n'
    )


def _entry(start: str, path: str, at: datetime | None, photo: str = "") -> str:
    """Both languages of one page, each naming the other, with its photo."""
    addresses = {"id": f"{start}{path}", "en": f"{start}/en{path}"}
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href={quoteattr(url)}/>' for code, url in addresses.items()
    )
    stamp = f"<lastmod>{at.isoformat(timespec='seconds')}</lastmod>" if at else ""
    image = f"<image:image><image:loc>{escape(start + photo)}</image:loc></image:image>" if photo else ""
    return "".join(f"<url><loc>{escape(url)}</loc>{stamp}{links}{image}</url>\n" for url in addresses.values())


def _everything(site: Site) -> int:
    return Listing.objects.filter(site=site).count()


def _xml(body: str) -> HttpResponse:
    return HttpResponse(XML + body, content_type="application/xml; charset=utf-8")


@public
def feed(request: HttpRequest, site: Site) -> HttpResponse:
    """Atom: what was released last."""
    start, here = origin(request), local("/umpan.xml")
    rows = Listing.objects.filter(site=site, active=True).order_by(*pages.ORDERS["baru"])[:30]
    entries: list[News] = []
    for row in rows:
        url = f"{start}{local('/produk/')}{row.slug}/"
        name = (row.name_en if language() == "en" else row.name_id) or row.name_id
        place = _("%(producer)s, Kecamatan %(district)s") % {
            "producer": row.producer_name,
            "district": row.district_name,
        }
        entries.append((url, name, row.released_at, row.producer_name, place))
    for card in published_editions(site.pk)[:10]:
        url = f"{start}{local('/edisi/')}{card.slug}/"
        entries.append((url, card.title[language()], card.published_at, site.facts["gallery"], card.period))
    newest = max((row.released_at for row in rows), default=site.changed_at)
    body = news_feed(site, entries, start=start, here=here, about=local("/"), newest=newest)
    return HttpResponse(XML + body, content_type="application/atom+xml; charset=utf-8")


News = tuple[str, str, datetime, str, str]  # address, title, moment, author, summary


def news_feed(
    site: Site, entries: Sequence[News], *, start: str, here: str, about: str, newest: datetime | None = None
) -> str:  # fmt: skip
    """An Atom feed in the page's language."""
    changed = newest or max((entry[2] for entry in entries), default=site.changed_at)
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language()}">\n<id>{escape(start + here)}</id>'
        f"<title>{escape(site.facts['gallery'])}</title><updated>{changed.isoformat(timespec='seconds')}</updated>"
        f'<link rel="self" href={quoteattr(start + here)}/><link href={quoteattr(start + about)}/>'
        f"<author><name>{escape(site.facts['name'])}</name></author>\n{''.join(_news(*entry) for entry in entries)}</feed>\n"
    )


def _news(url: str, title: str, at: datetime, author: str, summary: str) -> str:
    return (
        f"<entry><id>{escape(url)}</id><title>{escape(title)}</title><link href={quoteattr(url)}/>"
        f"<updated>{at.isoformat(timespec='seconds')}</updated><author><name>{escape(author)}</name></author>"
        f"<summary>{escape(summary)}</summary></entry>\n"
    )
