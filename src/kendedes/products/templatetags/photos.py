"""``{% load photos %}``: a photo as ``<picture>``. The include ``products/picture.html`` wraps it."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from kendedes.products.photos import rules

register = template.Library()
# One size up from what a card needs on a dense screen; a page says better with ``sizes=``.
SIZES = "(min-width: 60rem) 20rem, (min-width: 40rem) 45vw, 92vw"


def address(sha256: str, size: int, suffix: str) -> str:
    """``/media/foto/ab/abcd…-640.webp``."""
    return f"/media/{rules.rendition_name(sha256, size, suffix)}"


def srcset(sha256: str, width: int, height: int, suffix: str) -> str:
    """Every size with its true width; sizes that would repeat the master are left out."""
    found: dict[int, str] = {}
    for size in rules.SIZES:
        found.setdefault(rules.measure(width, height, size)[0], address(sha256, size, suffix))
    return ", ".join(f"{url} {w}w" for w, url in found.items())


@register.simple_tag
def photo_url(photo: dict[str, Any], size: int = 640, suffix: str = "jpg") -> str:
    """The address of one size, for OpenGraph, JSON-LD and feeds."""
    return address(photo["sha256"], size, suffix)


@register.simple_tag
def picture(photo: dict[str, Any], sizes: str = "", eager: bool = False, decorative: bool = False) -> SafeString:  # noqa: FBT001, FBT002 - a template's words
    """``<picture>`` of a PHOTO of the edition document, with its measures so that nothing jumps.

    ``eager``: the first photo of a page. ``decorative``: the name stands beside it already, so readers skip it.
    """
    sha256, width, height = photo["sha256"], int(photo["width"]), int(photo["height"])
    language = "en" if (get_language() or "id").startswith("en") else "id"
    alt = "" if decorative else (photo["alt"].get(language) or photo["alt"].get("id") or "")
    focus_x, focus_y = photo.get("focus") or (500, 500)
    sizes = sizes or SIZES
    sources = format_html_join(
        "",
        '<source type="{}" srcset="{}" sizes="{}">',
        ((rules.MIME[s], srcset(sha256, width, height, s), sizes) for s in rules.FORMATS[:-1]),
    )
    shown = rules.measure(width, height, 640)
    return format_html(
        '<picture>{}<img src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}" class="fx-{} fy-{}" {}="{}"></picture>',
        sources, address(sha256, 640, "jpg"), srcset(sha256, width, height, "jpg"), sizes, shown[0], shown[1], alt,
        rules.focus_cell(focus_x), rules.focus_cell(focus_y),
        *(("fetchpriority", "high") if eager else ("loading", "lazy")),
    )  # fmt: skip
