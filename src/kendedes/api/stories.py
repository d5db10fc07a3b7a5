"""Published stories as programs read them: the same words, pictures and goods as on the site."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html

from kendedes.products.photos.rules import rendition_name
from kendedes.stories import outputs, queries
from kendedes.stories.models import Story
from kendedes.stories.rules import markup
from kendedes.web.models import Listing

WIDE = 1280


def listed(site: int, *, kind: str, tag: str, start: int, size: int, origin: str) -> tuple[list[dict[str, Any]], int]:
    """(a page of stories, how many there are)."""
    found = queries.published(site, kind=kind, tag=tag)
    rows = found[start : start + size]
    return [_card(row, card, origin) for row, card in zip(rows, queries.cards(rows), strict=True)], len(found)


def one(site: int, slug: str, origin: str) -> dict[str, Any] | None:
    """A story with its text; None where nothing is published under this word."""
    row = Story.objects.public().filter(association=site, slug=slug).first()
    if row is None:
        return None
    photos = {photo.number: queries.photo_facts(photo, row.title_id) for photo in row.photos.order_by("number")}
    goods = Listing.objects.filter(site=site, product__in=row.products.values("pk")).order_by("code")
    return {
        **_card(row, queries.cards([row])[0], origin),
        "html": {"id": _html(row.body_id, photos, "id", origin), "en": _html(row.body_en, photos, "en", origin)},
        "photos": [
            {
                "number": number, "url": _address(photo, origin), "width": photo["width"], "height": photo["height"],
                "alt": photo["alt"],
            }
            for number, photo in photos.items()
        ],
        "products": list(goods.values_list("code", flat=True)),
    }  # fmt: skip


def _card(row: Story, card: queries.Card, origin: str) -> dict[str, Any]:
    return {
        "slug": row.slug, "kind": row.kind, "title": {"id": row.title_id, "en": row.title_en},
        "lead": {"id": card.lead["id"], "en": card.lead["en"] if row.title_en else ""}, "author": row.author,
        "tags": list(row.tags), "published_at": row.published_at, "url": f"{origin}{outputs.path(row)}",
        "cover": _address(card.photo, origin) if card.photo else None,
    }  # fmt: skip


def _html(text: str, photos: dict[int, dict[str, Any]], spoken: str, origin: str) -> str:
    drawn = {
        number: format_html('<img src="{}" alt="{}">', _address(photo, origin), photo["alt"][spoken])
        for number, photo in photos.items()
    }
    return markup.html(text, drawn) if text else ""


def _address(photo: dict[str, Any], origin: str) -> str:
    return f"{origin}/media/{rendition_name(photo['sha256'], WIDE, 'jpg')}"
