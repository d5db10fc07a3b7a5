"""A rubric as data: parsed from its JSON definition, checked, said what it lacks.

Definition: ``{"sections": [{"code", "title": {"id","en"}, "maximum", "criteria": [{"code", "title", "maximum",
"evidence", "step", "categories", "levels": [{"points", "label": {"id","en"}}]}]}], "gates": [{"code", "kind",
"title", "kinds"}], "bands": [{"stars", "minimum"}], "validity_months"}``. Points are whole; ``maximum`` of a
criterion may be null while its owner has not filled it in. Model of ``domain.md`` 3.7.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

# What a criterion asks of its maker; the order is the order in which steps are advised: papers open doors,
# the pack and the story cost little, supply and people take longest.
STEPS = ("permit", "packaging", "story", "quality", "design", "market", "capacity", "material", "environment", "people")
GATES = ("permit", "food_permit", "local_producer", "commodity", "manual")


@dataclass(frozen=True)
class Text:
    """One text in both languages."""

    id: str
    en: str

    @classmethod
    def of(cls, value: Any) -> Text:
        """From ``{"id", "en"}`` or one string."""
        if isinstance(value, dict):
            first = str(value.get("id", ""))
            return cls(first, str(value.get("en") or first))
        return cls(str(value or ""), str(value or ""))


@dataclass(frozen=True)
class LevelOption:
    points: int
    label: Text


@dataclass(frozen=True)
class Criterion:
    code: str
    title: Text
    maximum: int | None
    levels: tuple[LevelOption, ...] = ()
    evidence: bool = False
    step: str = ""
    categories: tuple[str, ...] = ()

    def applies(self, category: str) -> bool:
        """Whether products of this category are asked; all, when none is named."""
        return not self.categories or category in self.categories


@dataclass(frozen=True)
class Section:
    code: str
    title: Text
    maximum: int | None
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True)
class Gate:
    """A condition outside the points. ``kinds``: permit kinds of which one must be valid, or category slugs."""

    code: str
    kind: str
    title: Text
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Band:
    stars: int
    minimum: int


@dataclass(frozen=True)
class Problem:
    """What keeps a rubric from awarding stars. ``where``: a code; ``what``: a lasting word for the page's text."""

    where: str
    what: str


@dataclass(frozen=True)
class Definition:
    sections: tuple[Section, ...]
    gates: tuple[Gate, ...]
    bands: tuple[Band, ...]
    validity_months: int | None

    @property
    def criteria(self) -> list[Criterion]:
        """All criteria in order."""
        return [c for s in self.sections for c in s.criteria]

    @property
    def maximum(self) -> int:
        """The most points a product can get, as far as sections say."""
        return sum(s.maximum or 0 for s in self.sections)


def _whole(value: Any) -> int | None:
    return int(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def parse(definition: Any) -> Definition:
    """``Definition`` of a JSON definition. Raises KeyError, TypeError or ValueError for another shape."""
    sections = tuple(
        Section(
            code=str(s["code"]),
            title=Text.of(s["title"]),
            maximum=_whole(s.get("maximum")),
            criteria=tuple(
                Criterion(
                    code=str(c["code"]),
                    title=Text.of(c["title"]),
                    maximum=_whole(c.get("maximum")),
                    levels=tuple(LevelOption(int(x["points"]), Text.of(x["label"])) for x in c.get("levels", [])),
                    evidence=bool(c.get("evidence", False)),
                    step=str(c.get("step", "")),
                    categories=tuple(str(x) for x in c.get("categories", [])),
                )
                for c in s.get("criteria", [])
            ),
        )
        for s in definition["sections"]
    )
    gates = tuple(
        Gate(str(g["code"]), str(g["kind"]), Text.of(g["title"]), tuple(str(k) for k in g.get("kinds", [])))
        for g in definition.get("gates", [])
    )
    if any(g.kind not in GATES for g in gates):
        raise ValueError("unknown kind of gate")
    bands = tuple(
        sorted((Band(int(b["stars"]), int(b["minimum"])) for b in definition.get("bands", [])), key=lambda b: b.minimum)
    )
    return Definition(sections, gates, bands, _whole(definition.get("validity_months")))


def problems(definition: Definition) -> list[Problem]:
    """Everything that keeps a rubric from awarding stars; empty: it is complete."""
    found: list[Problem] = []
    codes = [c.code for c in definition.criteria]
    found += [Problem(code, "code_twice") for code in sorted({c for c in codes if codes.count(c) > 1})]
    if not definition.sections:
        found.append(Problem("", "no_section"))
    for section in definition.sections:
        if not section.criteria:
            found.append(Problem(section.code, "no_criterion"))
        for criterion in section.criteria:
            found += _criterion_problems(criterion)
        known = [c.maximum for c in section.criteria if c.maximum is not None]
        if section.maximum is None:
            found.append(Problem(section.code, "no_maximum"))
        elif len(known) == len(section.criteria) and known and sum(known) != section.maximum:
            found.append(Problem(section.code, "sum_differs"))
    return found + _band_problems(definition)


def _criterion_problems(criterion: Criterion) -> list[Problem]:
    if not criterion.title.id.strip():
        return [Problem(criterion.code, "no_title")]
    if criterion.maximum is None:
        return [Problem(criterion.code, "no_maximum")]
    points = [x.points for x in criterion.levels]
    if len(points) < 2:
        return [Problem(criterion.code, "no_levels")]
    if any(not x.label.id.strip() for x in criterion.levels):
        return [Problem(criterion.code, "level_without_text")]
    if points != sorted(set(points)) or points[0] < 0 or points[-1] != criterion.maximum:
        return [Problem(criterion.code, "levels_do_not_rise_to_maximum")]
    return []


def _band_problems(definition: Definition) -> list[Problem]:
    stars = [b.stars for b in definition.bands]
    if not stars:
        return [Problem("", "no_bands")]
    minima = [b.minimum for b in definition.bands]
    if stars != sorted(set(stars)) or minima != sorted(set(minima)) or not 1 <= stars[0] <= stars[-1] <= 5:
        return [Problem("", "bands_do_not_rise")]
    if minima[-1] > definition.maximum:
        return [Problem("", "band_out_of_reach")]
    return []
