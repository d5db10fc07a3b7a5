"""What an app adds to the search of the public site beside products: ``AppConfig.searched = "path.to.function"``.

The function takes the number of an association and gives ``Searchable``; the search asks it again whenever the
association's site changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Searchable:
    """One page that can be found. ``kind``: a word all of its sort share; ``text``: words it is found by besides its name."""

    kind: str
    name: str
    path: str
    about: str = ""
    text: str = ""


def everything(association_id: int) -> Iterator[Searchable]:
    """What all apps add, in the order of the apps."""
    for config in apps.get_app_configs():
        named = getattr(config, "searched", "")
        if named:
            function: Callable[[int], Iterable[Searchable]] = import_string(named)
            yield from function(association_id)
