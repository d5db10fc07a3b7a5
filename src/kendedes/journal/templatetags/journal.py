"""``{% load journal %}{% history product %}``: the past of one object, on its own page."""

from __future__ import annotations

from typing import Any

from django import template
from django.db import models

from kendedes.journal import queries
from kendedes.journal.telling import tell

register = template.Library()


@register.inclusion_tag("journal/history.html")
def history(thing: models.Model, limit: int = 20, noun: str = "") -> dict[str, Any]:
    """The newest ``limit`` entries about ``thing``; who may see the page may see them.

    ``noun``: only deeds of this noun, or of these. An association is a subject of much that is not about itself, and what
    several units share is open to each of them only in its own deeds.
    """
    rows = queries.history(thing, limit + 1, noun)
    return {"entries": tell(rows[:limit], known=[thing]), "more": len(rows) > limit, "thing": thing}
