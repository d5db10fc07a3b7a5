"""Entries as sentences. Each app declares its own: ``AppConfig.deeds = {"product.accept": _("menerima produk %(name)s")}``.

A place ``%(…)s`` is filled from the entry's facts; ``%(name)s`` from the thing the entry is about, if facts lack it.
Values that a word stands for (a role, a state) are declared too: ``AppConfig.fact_words = {"role": {"manager": _("…")}}``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kendedes.base.format import day, number
from kendedes.journal.models import Entry, Subject

_LONGEST = 80  # letters of a value shown in a change
_RUPIAH = frozenset({"amount", "counted", "expected", "float", "price"})  # facts that are sums of money
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


@dataclass(frozen=True)
class Line:
    """An entry as a person reads it: who, when, what; ``detail``: fields that changed; ``number``: the entry's."""

    number: int
    deed: str
    happened_at: datetime
    who: str
    text: str
    detail: str
    about: str


@cache
def sentences() -> dict[str, Any]:
    """Every declared deed with its sentence (lazy)."""
    return {deed: text for config in apps.get_app_configs() for deed, text in getattr(config, "deeds", {}).items()}


@cache
def words() -> dict[str, dict[str, Any]]:
    """What stands for coded values, by the fact's name."""
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for config in apps.get_app_configs():
        for name, values in getattr(config, "fact_words", {}).items():
            found[name].update(values)
    return dict(found)


def noun_labels() -> list[tuple[str, str]]:
    """Nouns of declared deeds with what people call them (``AppConfig.nouns``), by that name."""
    named = {noun: label for config in apps.get_app_configs() for noun, label in getattr(config, "nouns", {}).items()}
    found = {deed.partition(".")[0] for deed in sentences()}
    return sorted(((noun, str(named.get(noun, noun))) for noun in found), key=lambda pair: pair[1])


class _Places(dict[str, Any]):
    """A place without a fact reads as three dots, never as an error."""

    def __missing__(self, key: str) -> str:
        return "…"


def tell(entries: Iterable[Entry], known: Iterable[models.Model] = ()) -> list[Line]:
    """Lines for entries whose ``by`` is loaded; one query, and one per kind of thing whose name the facts lack.

    ``known``: things already at hand, whose names need not be read.
    """
    rows = list(entries)
    subjects: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for entry_id, kind, pk in Subject.objects.filter(entry__in=[row.pk for row in rows]).values_list(
        "entry_id", "kind", "object_id"
    ):
        subjects[entry_id].append((kind, pk))
    mains = {row.pk: _main(row, subjects[row.pk]) for row in rows}
    names = {(thing._meta.label_lower, int(thing.pk)): str(thing) for thing in known}
    unnamed = {main for row in rows if "name" not in row.facts and (main := mains[row.pk]) is not None}
    names |= _names(unnamed - names.keys())
    return [_line(row, mains[row.pk], names) for row in rows]


def _names(wanted: set[tuple[str, int]]) -> dict[tuple[str, int], str]:
    by_kind: dict[str, set[int]] = defaultdict(set)
    for kind, pk in wanted:
        by_kind[kind].add(pk)
    found: dict[tuple[str, int], str] = {}
    for kind, keys in by_kind.items():
        try:
            model: type[models.Model] = apps.get_model(kind)
        except LookupError:  # a floor that is gone; its entries stay
            continue
        rows = model._base_manager.filter(pk__in=keys)  # noqa: SLF001 - every row, also hidden ones
        related = getattr(model, "named_by", ())
        for thing in rows.select_related(*related) if related else rows:
            found[kind, int(thing.pk)] = str(thing)
    return found


def _main(entry: Entry, subjects: list[tuple[str, int]]) -> tuple[str, int] | None:
    """The subject the deed's noun names; else the first."""
    noun = entry.deed.partition(".")[0]
    kinds = [noun, *(_ALSO.get(noun, ()))]
    return next((s for k in kinds for s in subjects if s[0].endswith(f".{k}")), subjects[0] if subjects else None)


def _line(entry: Entry, main: tuple[str, int] | None, names: Mapping[tuple[str, int], str]) -> Line:
    about = str(entry.facts.get("name", "")) or (names.get(main, "") if main else "")
    text = sentences().get(entry.deed)
    facts = _Places({name: _shown(name, value) for name, value in entry.facts.items()})
    if about:
        facts.setdefault("name", about)
    who = str(entry.by) if entry.by else _("Sistem")
    told = str(text) % facts if text is not None else entry.deed
    return Line(entry.pk, entry.deed, entry.happened_at, who, told, _detail(entry, main), about)


_ALSO = {"role": ("user",), "invitation": ("association",), "grant": ("unit", "producer", "association")}


def _shown(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, list):
        return ", ".join(_shown(name, item) for item in value)
    if isinstance(value, int) and name in _RUPIAH:
        return number(value, get_language() or "id")
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return day(date.fromisoformat(value), get_language() or "id", short=True)
        except ValueError:  # looked like a day only
            return value
    known = words().get(name, {}).get(value) if isinstance(value, str) else None
    text = str(known) if known is not None else "" if value is None else str(value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _detail(entry: Entry, main: tuple[str, int] | None) -> str:
    changes = entry.facts.get("changes")
    if not isinstance(changes, dict):
        return ""
    parts = []
    for field, pair in changes.items():
        label = _label(main[0] if main else "", field)
        old, new = pair if isinstance(pair, list) and len(pair) == 2 else ("", pair)
        if (old, new) == ("…", "…"):  # personal: that it changed is all that is kept
            parts.append(_("%(field)s diubah") % {"field": label})
        else:
            parts.append(f"{label}: {_shown(field, old) or '—'} → {_shown(field, new) or '—'}")
    return "; ".join(parts)


def _label(kind: str, field: str) -> str:
    try:
        named: Any = apps.get_model(kind)._meta.get_field(field)
    except (LookupError, ValueError, FieldDoesNotExist):
        return field
    return str(getattr(named, "verbose_name", field))
