"""How points, bilingual texts and lasting words are shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import get_language

from kendedes.base import format as write
from kendedes.ovop.queries import GateState, ProductPath
from kendedes.ovop.rules.rubric import Text

register = template.Library()


@register.filter
def points(centi: int | None) -> str:
    """Hundredths of points: ``1234`` → 12,34 (12.34 in English), ``1300`` → 13."""
    if centi is None:
        return "–"
    digits = 0 if centi % 100 == 0 else 1 if centi % 10 == 0 else 2
    return write.number(centi / 100, (get_language() or "id")[:2], digits)


@register.filter
def text(value: Text) -> str:
    """A text of a rubric in the page's language."""
    return value.en if (get_language() or "id").startswith("en") else value.id


@register.filter
def lookup(words: Mapping[str, Any], key: str) -> Any:
    """``{{ steps|lookup:kind }}``: nothing for an unknown word."""
    return words.get(key, "")


@register.filter
def closed_gate(found: ProductPath) -> GateState | None:
    """The first gate that is not passed."""
    return next((g for g in found.gates if not g.passed), None)
