"""Basis points as percentages, a QR code as SVG, numbered fields."""

from __future__ import annotations

from django import template
from django.forms import BaseForm
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from kendedes.base import format as write
from kendedes.consignment.rules import labels

register = template.Library()


@register.filter
def bp(basis_points: int | None) -> str:
    """``{{ 1250|bp }}`` → 12,5%."""
    points = int(basis_points or 0)
    digits = 0 if points % 100 == 0 else 1 if points % 10 == 0 else 2
    return write.percent(points / 10_000, (get_language() or "id")[:2], digits)


@register.simple_tag
def qr(text: str) -> SafeString:
    """A QR code as SVG that takes the width it is given, with its quiet zone."""
    side, runs = labels.qr(text)
    path = "".join(f"M{x + 4} {y + 4}h{n}v1h-{n}z" for y, x, n in runs)
    size = side + 8
    return format_html(
        '<svg class="qr" viewBox="0 0 {} {}" aria-hidden="true" shape-rendering="crispEdges"><path d="{}"/></svg>',
        size,
        size,
        path,
    )


@register.simple_tag
def field(form: BaseForm, name: str, number: int) -> SafeString:
    """The field ``name_number`` with its label and errors."""
    return form[f"{name}_{number}"].as_field_group()
