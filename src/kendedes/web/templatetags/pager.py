"""``{% load pager %}``: links to another page or order of what was asked."""

from __future__ import annotations

from typing import Any

from django import template

register = template.Library()


@register.simple_tag
def page_link(asked: Any, number: int) -> str:
    """``?kategori=…&hal=3``; ``?`` for the first page of everything."""
    return f"?{asked.canonical(page=number)}"


@register.simple_tag
def order_link(asked: Any, order: str) -> str:
    """The list from its beginning in another order."""
    return f"?{asked.canonical(page=1, order=order)}"
