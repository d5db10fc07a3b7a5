"""``{% load site %}``: photos of cards, and what only public pages need."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from kendedes.products.templatetags.photos import picture

register = template.Library()
CARD_SIZES = "(min-width: 78rem) 18rem, (min-width: 48rem) 30vw, 46vw"


@lru_cache(maxsize=20_000)
def _card_photo(photo: str) -> SafeString:
    return picture(json.loads(photo), sizes=CARD_SIZES, decorative=True)


@register.simple_tag
def card_photo(photo: dict[str, Any]) -> SafeString:
    """The photo of a card: its name stands beside it, so it says nothing itself. Drawn once a process."""
    return _card_photo(json.dumps(photo))


@register.simple_tag
def json_ld(text: str) -> SafeString:
    """A data block; ``rules.jsonld.script`` has escaped what could end it."""
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - escaped where it is made
