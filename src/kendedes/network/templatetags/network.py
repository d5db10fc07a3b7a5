"""``{% load network %}{{ session.user_agent|device }}``: which device a browser says it is."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

register = template.Library()

_BROWSERS = [
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
]
_SYSTEMS = [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "Mac")]


@register.filter
def device(agent: str) -> str:
    """``Chrome, Android`` from a browser's own description; ``peramban lain`` when it names nothing we know."""
    browser = next((name for mark, name in _BROWSERS if mark in agent), "Safari" if "Safari" in agent else "")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "Linux" if "Linux" in agent else "")
    return ", ".join(part for part in (browser, system) if part) or _("peramban lain")
