"""``{% load facets %}``: what a search can be narrowed by. Plain strings put together: there are up to a hundred links a page."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from urllib.parse import quote_plus

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from kendedes.base import format as write
from kendedes.ui.templatetags.ui import icon

register = template.Library()


@register.simple_tag
def facets(found: Iterable[Any], asked: Any) -> SafeString:
    """Every facet with links to its values, or the one in force with a link that takes it away."""
    return mark_safe("".join(_section(facet, asked) for facet in found))  # noqa: S308 - every word is escaped below


def _section(facet: Any, asked: Any) -> str:
    label = escape(facet.label)
    inner = _in_force(facet.chosen, asked.link(facet.name, "")) if facet.chosen else _offered(facet, asked)
    return f'<section aria-label="{label}"><h2 class="facet-title">{label}</h2>{inner}</section>'


def _in_force(choice: Any, without: str) -> str:
    return (
        f'<p><a class="chip on" href="?{escape(without)}" rel="nofollow">{escape(choice.label)} '
        f'{icon("close", size="small")}<span class="sr">{_("hapus saringan")}</span></a></p>'
    )


def _offered(facet: Any, asked: Any) -> str:
    before, after = map(escape, asked.around(facet.name))
    language = get_language() or "id"
    links = [
        f'<li><a href="?{before}{quote_plus(choice.value)}{after}" rel="nofollow"><span>{escape(choice.label)}</span> '
        f'<span class="count">{write.number(choice.count, language)}</span></a></li>'
        for choice in facet.choices
    ]
    first, rest = "".join(links[: facet.SHOWN]), "".join(links[facet.SHOWN :])
    drawn = f'<ul class="facet plain">{first}</ul>'
    if rest:
        more = _more(len(links) - facet.SHOWN, language)
        drawn += f'<details class="disclosure"><summary>{more}</summary><ul class="facet plain">{rest}</ul></details>'
    return drawn


@lru_cache(maxsize=500)
def _more(count: int, language: str) -> str:
    del language  # only tells one text from another
    return escape(ngettext("%(n)s lagi", "%(n)s lagi", count) % {"n": count})
