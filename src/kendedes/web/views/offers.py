"""The product feed for shopping services: RSS 2.0 with Google's ``g:`` words (Merchant Center's product data specification)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any
from xml.sax.saxutils import escape

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language, override

from kendedes.journal.queries import head
from kendedes.orders.queries.offers import Offer, offers
from kendedes.orders.rules.promising import Kind
from kendedes.products.models import Variant
from kendedes.ui.limits import limited
from kendedes.web.models import Listing, Site
from kendedes.web.queries.pages import language
from kendedes.web.rules.listing import summary
from kendedes.web.views.base import local, origin, public
from kendedes.web.views.product import photo_address

CHUNK = 200
LONGEST_TITLE, LONGEST_TEXT = 150, 4_000
OPEN = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0">\n<channel>\n'
)


@limited("offers", "12/m", public=True)
@public
def offered(request: HttpRequest, site: Site) -> HttpResponseBase:
    """Every pack with a price and a photo, and whether it can be had now; conditional by the diary's last entry."""
    today = timezone.localdate()
    etag = f'W/"{site.pk}-{site.version}-{head()}-{today.toordinal()}-{language()}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    start, spoken = origin(request), get_language() or "id"
    response = StreamingHttpResponse(
        _within(spoken, site, start, today), content_type="application/rss+xml; charset=utf-8"
    )
    response.headers["ETag"] = etag
    return response


def _within(spoken: str, site: Site, start: str, today: date) -> Iterator[bytes]:
    """The feed in the language it was asked in; it is written after the request has left the language behind."""
    rows = Listing.objects.filter(site=site, active=True, price_low__isnull=False, photo__isnull=False)
    about = [("title", site.facts["gallery"]), ("link", f"{start}/"), ("description", site.facts["name"])]
    yield (OPEN + "".join(_tag(*pair) for pair in about)).encode()
    last = 0
    while True:
        part = list(rows.filter(pk__gt=last).select_related("release").order_by("pk")[:CHUNK])
        if not part:
            break
        last = part[-1].pk
        variants = list(Variant.objects.filter(product__in=[row.pk for row in part], ended_on=None))
        known = offers(site.pk, [variant.pk for variant in variants], today)
        by_code = {(variant.product_id, variant.code): known.get(variant.pk) for variant in variants}
        with override(spoken):
            items = [
                _item(row, pack, by_code, start, today) for row in part for pack in row.release.content["variants"]
            ]
        yield "".join(items).encode()
    yield b"</channel>\n</rss>\n"


def _item(
    row: Listing, pack: Mapping[str, Any], by_code: Mapping[tuple[int, str], Offer | None], start: str, today: date
) -> str:
    if not pack["retail"]:
        return ""
    content, spoken = row.release.content, language()
    name = (row.name_en if spoken == "en" else row.name_id) or row.name_id
    size = pack["name"] or (f"{pack['net']['value']} {pack['net']['unit']}" if pack["net"] else "")
    story = content["story"][spoken] or content["story"]["id"] or name
    pairs: list[tuple[str, str]] = [
        ("g:id", pack["code"]), ("title", f"{name} {size}".strip()[:LONGEST_TITLE]),
        ("description", summary(story, LONGEST_TEXT)), ("link", f"{start}{local('/produk/')}{row.slug}/"),
        *((("g:image_link", "g:additional_image_link")[place > 0], f"{start}{photo_address(photo)}")
          for place, photo in enumerate(content["photos"][:5])),
        ("g:price", f"{pack['retail']['low']} IDR"), *_availability(by_code.get((row.pk, pack["code"])), today),
        ("g:condition", "new"), ("g:brand", row.producer_name[:70]), ("g:identifier_exists", "no"),
        ("g:product_type", content["category"][spoken]),
    ]  # fmt: skip
    if len(content["variants"]) > 1:
        pairs += [("g:item_group_id", row.code), ("g:size", size or pack["code"])]
    return f"<item>{''.join(_tag(*pair) for pair in pairs)}</item>\n"


def _availability(offer: Offer | None, today: date) -> Iterable[tuple[str, str]]:
    """In stock, made to order by a day, or not to be had."""
    kind = offer.kind() if offer else Kind.SHOWN
    if kind == Kind.STOCK:
        return [("g:availability", "in_stock")]
    days = offer.days(max(1, offer.minimum)) if offer and kind == Kind.MADE else None
    if days is None:
        return [("g:availability", "out_of_stock")]
    ready = (today + timedelta(days=days)).isoformat()
    return [("g:availability", "backorder"), ("g:availability_date", f"{ready}T12:00+07:00")]


def _tag(name: str, text: str) -> str:
    # Control characters are not XML at all; escaping cannot save them.
    plain = "".join(sign for sign in text if sign >= " " or sign in "\n\t")
    return f"<{name}>{escape(plain)}</{name}>"


@public
def contact(request: HttpRequest, site: Site, slug: str) -> HttpResponse:
    """A vCard of a producer: her own number only where she consented, else whom she named."""
    row = Listing.objects.filter(site=site, producer_slug=slug, active=True).order_by("-rank", "pk").first()
    if row is None or row.contact is None:
        return HttpResponse(status=404, content_type="text/plain")
    url = f"{origin(request)}{local('/produsen/')}{slug}/"
    lines = [
        "BEGIN:VCARD", "VERSION:4.0", f"FN:{_card(row.contact['name'])}", f"ORG:{_card(row.producer_name)}",
        f"TEL;TYPE=cell;VALUE=uri:tel:+{row.contact['whatsapp'].lstrip('+')}",
        f"ADR;TYPE=work:;;;{_card(row.village_name)};{_card(row.district_name)};;Indonesia", f"URL:{url}",
        f"REV:{site.changed_at:%Y%m%dT%H%M%SZ}", "END:VCARD", "",
    ]  # fmt: skip
    response = HttpResponse("\r\n".join(lines), content_type="text/vcard; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}.vcf"'
    return response


def _card(text: str) -> str:
    """A value of a vCard (RFC 6350): its separators escaped, no line breaks."""
    plain = " ".join(text.split())
    for sign in "\\,;":
        plain = plain.replace(sign, f"\\{sign}")
    return plain
