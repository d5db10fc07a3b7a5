"""What is already stored, as plain values: the other side of every comparison."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kendedes.products.intake.rules.places import Places

PriceSaid = tuple[int | None, int | None, int | None]  # low, high, minimum


@dataclass(slots=True, eq=False)
class Maker:
    """A stored producer, or one this file brings (``pk`` None). ``fields``: what a sheet may say about her."""

    name: str
    key: str
    village: str
    pk: int | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    fresh: dict[str, Any] = field(default_factory=dict)  # what the file adds or changes


@dataclass(slots=True, eq=False)
class Pack:
    """A variant with its current prices."""

    code: str = ""
    name: str = ""
    unit: str = ""
    net: tuple[int, str] | None = None
    barcode: str = ""
    retail: PriceSaid | None = None
    wholesale: PriceSaid | None = None
    pk: int | None = None


@dataclass(slots=True, eq=False)
class Item:
    """A product, stored (``pk``) or of this file (``place``: sheet and row).

    Of a stored one, what follows ``place`` is there once ``Known.fill`` was asked for it.
    """

    name: str
    code: str
    producer: Maker
    pk: int | None = None
    place: tuple[str, int] | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)
    packs: list[Pack] = field(default_factory=list)
    permits: Mapping[tuple[str, str], str] = field(default_factory=dict)  # (kind, number) → until
    remarks: frozenset[tuple[str, str]] = frozenset()
    photos: frozenset[str] = frozenset()  # names of files its photos were made from, lower case


def _filled(_items: Sequence[Item]) -> None:
    """Nothing to fetch: the items came whole."""


@dataclass(slots=True)
class Known:
    """Everything one unit's sheet is judged against. ``fill`` completes the stored items that some row may mean."""

    unit: str
    places: Places
    producers: Sequence[Maker] = ()
    items: Sequence[Item] = ()
    codes: Mapping[str, str] = field(default_factory=dict)  # codes of the association's other units → product's name
    categories: Mapping[str, int] = field(default_factory=dict)  # key of a name or slug → id
    fill: Callable[[Sequence[Item]], None] = _filled
