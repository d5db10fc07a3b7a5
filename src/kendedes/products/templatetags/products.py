"""``{% load products %}``: small words of product pages."""

from __future__ import annotations

from typing import Any

from django import template

from kendedes.products.models import Photo
from kendedes.products.photos.queries import photo_data
from kendedes.products.words import BADGES, GAPS

register = template.Library()


@register.filter
def state_badge(state: str) -> str:
    """``{{ product.state|state_badge }}``: the badge's second class."""
    return BADGES.get(state, "")


@register.filter
def gap_text(gap: str) -> Any:
    """``{{ "photo"|gap_text }}``: what is missing, in words."""
    return GAPS.get(gap, gap)


@register.filter
def as_photo(photo: Photo | None) -> dict[str, Any] | None:
    """A photo row as the PHOTO that ``products/picture.html`` takes."""
    return None if photo is None else photo_data(photo)
