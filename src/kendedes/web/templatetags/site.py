"""``{% load site %}``: photos of cards, and what only public pages need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext

from kendedes.base import format as write
from kendedes.products.templatetags.photos import picture
from kendedes.web.queries.atlas import Atlas

register = template.Library()
FIRST = 2
_SELECTED = mark_safe(" selected")
CARD_SIZES = "(min-width: 78rem) 18rem, (min-width: 48rem) 30vw, calc(50vw - 1.5rem)"


class Card(NamedTuple):
    """Everything a product card says: the same words are the same card."""

    slug: str
    name: str
    producer_name: str
    district_name: str
    price_low: int | None
    price_high: int | None
    stars: int


_words = itemgetter(*Card._fields)


@register.simple_tag
def cards(rows: Iterable[Mapping[str, Any]], root: str, level: int, *, top: Any = False) -> SafeString:
    """Products of a list, each drawn once a process for as long as it says the same.

    ``top``: the list heads its page, so photos that are on the screen before anybody scrolls come at once.
    """
    language, sheet = get_language(), static("ui/icons.svg")
    drawn = (
        _card(Card(*_words(row)), _key(row["photo"]), root, level, language, sheet, at_once=bool(top) and place < FIRST)
        for place, row in enumerate(rows)
    )
    return mark_safe("".join(drawn))  # noqa: S308 - drawn by a template


@lru_cache(maxsize=6_000)  # about 2 kB each
def _card(card: Card, photo: str, root: str, level: int, _language: str, _sheet: str, *, at_once: bool) -> SafeString:
    drawn = _card_photo(photo, eager=at_once) if photo else ""
    words = {"card": card, "root": root, "level": level, "photo": drawn}
    return render_to_string("web/parts/card.html", words)


def _key(photo: Mapping[str, Any] | None) -> str:
    """A photo as text, without the words a card does not say."""
    if not photo:
        return ""
    x, y = photo.get("focus") or (500, 500)
    return f"{photo['sha256']} {photo['width']} {photo['height']} {x} {y}"


@lru_cache(maxsize=6_000)
def _card_photo(key: str, *, eager: bool = False) -> SafeString:
    sha256, *numbers = key.split()
    width, height, x, y = map(int, numbers)
    photo = {"sha256": sha256, "width": width, "height": height, "focus": [x, y], "alt": {}}
    return picture(photo, sizes=CARD_SIZES, decorative=True, eager=eager)


@register.simple_tag
def card_photo(photo: Mapping[str, Any]) -> SafeString:
    """The photo of a card: its name stands beside it, so it says nothing itself. Drawn once a process."""
    return _card_photo(_key(photo))


@register.filter
def products(count: int) -> str:
    """``{{ 12|products }}`` → 12 produk."""
    return _products(count, get_language())


@lru_cache(maxsize=5_000)
def _products(count: int, language: str) -> str:
    return ngettext("%(n)s produk", "%(n)s produk", count) % {"n": write.number(count, language)}


@register.simple_tag
def options(rows: Sequence[Mapping[str, Any]], chosen: str | None) -> SafeString:
    """``<option>`` of every heading that has products, with their number; those below another are set in."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}{} ({})</option>',
        (
            (
                row["slug"],
                _SELECTED if row["slug"] == chosen else "",
                "– " if row["parent"] else "",
                row["name"],
                row["products"],
            )
            for row in rows
            if row["products"]
        ),
    )


@register.simple_tag(name="map")
def map_(atlas: Atlas, here: str = "") -> SafeString:
    """The map; ``here``: the slug of the kecamatan to stand out. Drawn once a process for as long as it is the same."""
    drawn = _map(atlas, get_language())
    if here:
        drawn = drawn.replace(f'/{here}/" class="', f'/{here}/" class="here ', 1)
    return mark_safe(drawn)  # noqa: S308 - a template's own text


@lru_cache(maxsize=12)
def _map(atlas: Atlas, _language: str) -> str:
    return render_to_string("web/parts/atlas.html", {"atlas": atlas})


@register.simple_tag
def json_ld(text: str) -> SafeString:
    """A data block; ``rules.jsonld.script`` has escaped what could end it."""
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - escaped where it is made
