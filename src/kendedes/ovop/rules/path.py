"""The path to the next star: what is missing, what it would bring, which step comes first.

| part | rule |
|---|---|
| gates | every closed gate comes before any point: without it no star counts |
| a step | one criterion lifted to its next level: gain = the difference in points |
| order | the kind of step (``rubric.STEPS``: papers first, people last), then the larger gain |
| plan | steps taken in order until the missing points are reached, then those that are not needed left out again, smallest gain first |
| next level missing | a criterion at its top level gives no step |
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kendedes.ovop.rules.rubric import STEPS, Band, Criterion, Definition, Gate, Text
from kendedes.ovop.rules.scoring import asked, band


@dataclass(frozen=True)
class Step:
    """Lift one criterion by one level. ``gain`` in hundredths of points on the rubric's scale."""

    criterion: str
    kind: str
    title: Text
    now: Text
    then: Text
    gain: int
    planned: bool = False


@dataclass(frozen=True)
class Path:
    """``target`` None: the top is reached. ``reachable``: the planned steps suffice. Points in hundredths."""

    centi: int
    current: Band | None
    target: Band | None
    missing: int
    gates: tuple[Gate, ...]
    steps: tuple[Step, ...]
    reachable: bool

    @property
    def first(self) -> Step | Gate | None:
        """What to do first."""
        if self.gates:
            return self.gates[0]
        return next((s for s in self.steps if s.planned), self.steps[0] if self.steps else None)


def _kind_order(kind: str) -> int:
    return STEPS.index(kind) if kind in STEPS else len(STEPS)


def _step(criterion: Criterion, centi_now: int, scale: tuple[int, int]) -> Step | None:
    """The step from the level at or below a criterion's (mean) points, in hundredths, to the next one above."""
    above = [x for x in criterion.levels if x.points * 100 > centi_now]
    if not above:
        return None
    below = [x for x in criterion.levels if x.points * 100 <= centi_now]
    numerator, denominator = scale
    gain = (above[0].points * 100 - centi_now) * numerator // denominator
    now = below[-1].label if below else Text("", "")
    return Step(criterion.code, criterion.step, criterion.title, now, above[0].label, gain)


def path(
    definition: Definition, category: str, centi: int, marks_centi: Mapping[str, int], gates: Mapping[str, bool]
) -> Path:
    """The path of a product with ``centi`` points. ``marks_centi``: a criterion's mean mark in hundredths."""
    criteria = asked(definition, category)
    reachable_points = sum(c.maximum or 0 for c in criteria) or 1
    scale = (definition.maximum, reachable_points)
    steps = [s for c in criteria if (s := _step(c, marks_centi.get(c.code, 0), scale))]
    steps.sort(key=lambda s: (_kind_order(s.kind), -s.gain, s.criterion))
    current = band(definition.bands, centi)
    closed = tuple(g for g in definition.gates if not gates.get(g.code, False))
    target = next((b for b in definition.bands if b.minimum * 100 > centi), None)
    if target is None:
        return Path(centi, current, None, 0, closed, tuple(steps), reachable=True)
    missing = target.minimum * 100 - centi
    planned = _plan(steps, missing)
    marked = [Step(**{**s.__dict__, "planned": s.criterion in planned}) for s in steps]
    enough = sum(s.gain for s in steps if s.criterion in planned) >= missing
    return Path(centi, current, target, missing, closed, tuple(marked), reachable=enough)


def _plan(steps: list[Step], missing: int) -> set[str]:
    """Steps in order until their gain suffices, then without those that turn out not to be needed."""
    taken: list[Step] = []
    for step in steps:
        if sum(s.gain for s in taken) >= missing:
            break
        taken.append(step)
    for step in sorted(taken, key=lambda s: s.gain):
        if sum(s.gain for s in taken) - step.gain >= missing:
            taken.remove(step)
    return {s.criterion for s in taken}
