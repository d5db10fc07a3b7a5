"""What the menu and the foot of every public page say, whichever app draws the page.

The app that keeps the site names a function in its AppConfig: ``site_frame = "path.to.function"``. It takes the
visitor's host name and gives a ``Frame``; apps below it ask here and need not know it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from django.apps import apps
from django.http import HttpRequest
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Frame:
    """``tells``: whether there are stories to read; ``foot``: fixed pages, (slug, title) in the page's language."""

    site_name: str = ""
    tells: bool = False
    foot: tuple[tuple[str, str], ...] = ()

    def words(self) -> dict[str, Any]:
        """As ``ui/site.html`` wants them."""
        return {**asdict(self), "foot": self.foot}


def host_name(request: HttpRequest) -> str:
    """The visitor's host without port, lower case."""
    return request.get_host().rpartition("]")[2].partition(":")[0].lower()


def frame(request: HttpRequest) -> dict[str, Any]:
    """Words for the frame around a page; an installation whose site has not been built yet has none."""
    for config in apps.get_app_configs():
        named = getattr(config, "site_frame", "")
        if named:
            function: Callable[[str], Frame] = import_string(named)
            return function(host_name(request)).words()
    return Frame().words()
