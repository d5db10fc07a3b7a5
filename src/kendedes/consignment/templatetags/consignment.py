"""Basis points as percentages, a QR code as SVG, numbered fields."""

from __future__ import annotations

from django import template
from django.forms import BaseForm
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from kendedes.base import format as write
from kendedes.ui import paper

register = template.Library()


@register.filter
def bp(basis_points: int | None) -> str:
    """``{{ 1250|bp }}`` → 12,5%."""
    points = int(basis_points or 0)
    digits = 0 if points % 100 == 0 else 1 if points % 10 == 0 else 2
    return write.percent(points / 10_000, (get_language() or "id")[:2], digits)


@register.simple_tag
def qr(text: str) -> SafeString:
    """A QR code as SVG."""
    return mark_safe(paper.qr(text))  # noqa: S308 - drawn by our own code from modules


@register.simple_tag
def field(form: BaseForm, name: str, number: int) -> SafeString:
    """The field ``name_number`` with its label and errors."""
    return form[f"{name}_{number}"].as_field_group()
