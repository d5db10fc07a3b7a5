"""Navigation of the office, declared by the apps above without this floor knowing them.

An app's AppConfig carries ``nav = [NavItem(...)]``. An item with a right is shown when
``request.may(right)`` says so (the network floor puts ``may`` on the request).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True)
class NavItem:
    """``label``: lazy text. ``url_name``: as for ``reverse``. ``right``: "" = everyone signed in. ``order``: small first."""

    label: Any
    url_name: str
    icon: str
    right: str = ""
    order: int = 50


@dataclass(frozen=True)
class NavLink:
    """An item as drawn: its address and whether this page lies under it."""

    label: Any
    url: str
    icon: str
    current: bool


def items() -> list[NavItem]:
    """Every declared item, in order."""
    found = [item for app in apps.get_app_configs() for item in getattr(app, "nav", [])]
    return sorted(found, key=lambda item: item.order)


def links(request: HttpRequest) -> list[NavLink]:
    """What this person may see; exactly the deepest item that holds the page is current."""
    may: Callable[[str], bool] = getattr(request, "may", lambda _right: False)
    pairs: list[tuple[NavItem, str]] = []
    for item in items():
        if item.right and not may(item.right):
            continue
        try:
            pairs.append((item, reverse(item.url_name)))
        except NoReverseMatch:
            continue
    here = max((url for _, url in pairs if request.path.startswith(url)), key=len, default="")
    return [NavLink(item.label, url, item.icon, url == here) for item, url in pairs]
