"""From sheets to points and stars. Points are held in hundredths (``centi``) so that a mean stays exact enough.

| step | rule |
|---|---|
| one sheet | sum of the points of the criteria that apply |
| criteria that do not apply | the rest is scaled to the rubric's maximum, half up |
| several sheets | mean (half up to a hundredth) or median of the sheets' totals |
| stars | the highest band whose minimum the points reach, if every gate is passed; else none |
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kendedes.ovop.rules.rubric import Band, Criterion, Definition

Method = Literal["mean", "median"]


class BadMarkError(ValueError):
    """A mark that is not a level of its criterion; ``code`` is the criterion's."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def asked(definition: Definition, category: str) -> list[Criterion]:
    """The criteria that a product of ``category`` is scored by."""
    return [c for c in definition.criteria if c.applies(category)]


def check_marks(definition: Definition, category: str, marks: Mapping[str, int]) -> None:
    """Every asked criterion has one of its levels' points and no other is marked. Raises BadMarkError."""
    wanted = {c.code: {x.points for x in c.levels} for c in asked(definition, category)}
    for code in sorted(set(wanted) | set(marks)):
        if code not in wanted or marks.get(code) not in wanted[code]:
            raise BadMarkError(code)


def _half_up(numerator: int, denominator: int) -> int:
    return (2 * numerator + denominator) // (2 * denominator)


def total(definition: Definition, category: str, marks: Mapping[str, int]) -> int:
    """One sheet's points in hundredths, scaled to the rubric's maximum where criteria do not apply."""
    criteria = asked(definition, category)
    reachable = sum(c.maximum or 0 for c in criteria)
    if reachable == 0:
        return 0
    got = sum(marks[c.code] for c in criteria)
    return _half_up(got * definition.maximum * 100, reachable)


def combine(totals: Sequence[int], method: Method) -> int:
    """Mean or median of the sheets' points, in hundredths, halves up. Raises ValueError for no sheet."""
    if not totals:
        raise ValueError("no sheet")
    if method == "mean":
        return _half_up(sum(totals), len(totals))
    ordered = sorted(totals)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else _half_up(ordered[middle - 1] + ordered[middle], 2)


def band(bands: Sequence[Band], centi: int) -> Band | None:
    """The highest band reached, or None below the lowest."""
    reached = [b for b in bands if centi >= b.minimum * 100]
    return max(reached, key=lambda b: b.minimum) if reached else None


@dataclass(frozen=True)
class Result:
    """``stars`` 0: none. ``would_be``: the stars the points alone would bring."""

    centi: int
    stars: int
    would_be: int
    closed_gates: tuple[str, ...]


def result(definition: Definition, centi: int, gates: Mapping[str, bool]) -> Result:
    """Stars for points and gates; a gate nobody decided counts as closed."""
    closed = tuple(g.code for g in definition.gates if not gates.get(g.code, False))
    reached = band(definition.bands, centi)
    stars = reached.stars if reached else 0
    return Result(centi, 0 if closed else stars, stars, closed)
