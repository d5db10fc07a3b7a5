"""What the association tells: articles, and the fixed pages of the site."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from kendedes.stories import outputs, queries
from kendedes.stories.models import Story
from kendedes.web.models import Listing, Site
from kendedes.web.queries import pages
from kendedes.web.queries.pages import language
from kendedes.web.rules import jsonld
from kendedes.web.views.base import local, origin, page, public
from kendedes.web.views.files import XML, news_feed
from kendedes.web.views.lists import trail
from kendedes.web.views.product import photo_address

LONGEST_TAG = 40


@public
def articles(request: HttpRequest, site: Site) -> HttpResponse:
    """Every article, newest first, by label and page."""
    tag = request.GET.get("label", "")[:LONGEST_TAG]
    found = queries.articles(site.pk, tag=tag)
    if tag and not found:
        raise Http404
    wanted, last = request.GET.get("hal", "1"), max(1, -(-len(found) // queries.PER_PAGE))
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 5 else 1
    if number > last or number < 1:
        raise Http404
    shown = queries.cards(found[(number - 1) * queries.PER_PAGE : number * queries.PER_PAGE])
    labels = {label for story in found for label in story.tags}
    return page(
        request, site, "web/stories.html",
        {
            "cards": shown, "tag": tag, "number": number, "last": last, "labels": sorted(labels, key=str.casefold)[:24],
            "crumbs": trail((_("Cerita"), "/cerita/")),
        },
        canonical="" if not tag and number == 1 else None,
    )  # fmt: skip


@public
def article(request: HttpRequest, site: Site, slug: str) -> HttpResponse:
    """One article with the goods it is about."""
    story = _published(site, slug, Story.Kind.ARTICLE)
    read = queries.reading(story, language())
    start = origin(request)
    here = f"{start}{local(outputs.path(story))}"
    title = read.card.title[read.lang]
    image = f"{start}{photo_address(read.card.photo)}" if read.card.photo else ""
    goods = pages.by_ids(story.products.order_by("code").values_list("pk", flat=True))
    return page(
        request, site, "web/story.html",
        {
            "reading": read, "title": title, "summary": read.card.lead[read.lang], "image": image, "goods": goods,
            "share": outputs.whatsapp_link(story, start), "comment": reverse("stories:comment", args=[story.pk]),
            "crumbs": trail((_("Cerita"), "/cerita/"), (title, outputs.path(story))),
            "ld": jsonld.script([
                jsonld.article(_told(read, here, image), start),
                jsonld.breadcrumbs(trail((_("Cerita"), "/cerita/"), (title, outputs.path(story))), start),
            ]),
        },
    )  # fmt: skip


@public
def fixed(request: HttpRequest, site: Site, slug: str) -> HttpResponse:
    """A page such as how to buy."""
    story = _published(site, slug, Story.Kind.PAGE)
    read = queries.reading(story, language())
    title = read.card.title[read.lang]
    return page(
        request, site, "web/fixed.html",
        {
            "reading": read, "title": title, "summary": read.card.lead[read.lang],
            "crumbs": trail((title, outputs.path(story))),
        },
    )  # fmt: skip


@public
def feed(request: HttpRequest, site: Site) -> HttpResponse:
    """Atom: the newest articles."""
    start = origin(request)
    shown = queries.cards(queries.articles(site.pk)[:30])
    spoken = language()
    entries = [
        (f"{start}{local('/cerita/')}{c.slug}/", c.title[spoken], c.at or site.changed_at, c.author or site.facts["name"], c.lead[spoken])
        for c in shown
    ]  # fmt: skip
    body = news_feed(site, entries, start=start, here=local("/cerita/umpan.xml"), about=local("/cerita/"))
    return HttpResponse(XML + body, content_type="application/atom+xml; charset=utf-8")


@public
def by_code(request: HttpRequest, site: Site, code: str) -> HttpResponse:
    """A lasting short address of a product, for old posts and signs: ``/p/SGS-0012``."""
    slug = Listing.objects.filter(site=site, code=code.upper()).values_list("slug", flat=True).first()
    if slug is None:
        raise Http404
    return HttpResponsePermanentRedirect(f"{local('/produk/')}{slug}/")


def _told(read: queries.Reading, here: str, image: str) -> dict[str, str]:
    at = read.card.at
    return {
        "url": here, "image": image, "title": read.card.title[read.lang], "lead": read.card.lead[read.lang],
        "author": read.card.author, "lang": read.lang, "published": at.isoformat(timespec="seconds") if at else "",
    }  # fmt: skip


def _published(site: Site, slug: str, kind: str) -> Story:
    story = (
        Story.objects.public().filter(association=site.pk, slug=slug, kind=kind).select_related("association").first()
    )
    if story is None:
        raise Http404
    return story
