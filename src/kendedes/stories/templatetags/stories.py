"""``{% load stories %}``: the text of a story drawn for a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from kendedes.products.templatetags.photos import picture
from kendedes.stories.rules import markup

register = template.Library()
SIZES = "(min-width: 48rem) 44rem, 92vw"


@register.simple_tag
def story_text(text: str, photos: Mapping[int, dict[str, Any]]) -> SafeString:
    """HTML of a story's text; every photo it names stands in a figure with its words."""
    figures = {number: _figure(photo) for number, photo in photos.items()}
    return mark_safe(markup.html(text, figures))  # noqa: S308 - the parser lets no HTML of the writer through


def _figure(photo: dict[str, Any]) -> SafeString:
    words = photo["alt"].get("en" if (get_language() or "id").startswith("en") else "id", "")
    drawn = picture(photo, sizes=SIZES)
    # Inside a paragraph only phrasing content may stand.
    caption = format_html('<span class="caption">{}</span>', words) if words else ""
    return format_html('<span class="story-photo">{}{}</span>', drawn, caption)
