"""How the facings of the gallery are shared among the units: quota and rotation. In words: ``docs/algorithms/facings.md``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Seat:
    """One facing: ``key`` names it, ``worth`` says how well buyers see it."""

    key: tuple[int, int]
    worth: int


@dataclass(frozen=True, slots=True)
class Entrant:
    """A unit that takes part. ``weight``: its share (1 = as much as any other). ``count``, ``worth``: what it had so far."""

    key: int
    weight: int = 1
    count: int = 0
    worth: int = 0


Plan = dict[tuple[int, int], int]


def quotas(seats: int, entrants: Sequence[Entrant]) -> dict[int, int]:
    """How many facings each unit gets this time: whole shares by weight, what is left over to who had least so far.

    They add up to ``seats``. A unit's share differs from its exact one by less than one facing.
    """
    weights = sum(e.weight for e in entrants)
    if not weights:
        return {}
    found = {e.key: seats * e.weight // weights for e in entrants}
    left = seats - sum(found.values())
    waiting = [e for e in entrants if seats * e.weight % weights]
    behind = sorted(waiting, key=lambda e: (Fraction(e.count + found[e.key], e.weight), e.key))
    for entrant in behind[:left]:
        found[entrant.key] += 1
    return found


def deal(seats: Sequence[Seat], entrants: Sequence[Entrant]) -> Plan:
    """Who fills which facing in one period: the best facing goes to whoever had least good ones so far."""
    left = quotas(len(seats), entrants)
    had = {e.key: Fraction(e.worth, e.weight) for e in entrants if e.weight}
    weight = {e.key: e.weight for e in entrants}
    plan: Plan = {}
    for seat in sorted(seats, key=lambda s: (-s.worth, s.key)):
        open_ones = [key for key, n in left.items() if n]
        if not open_ones:
            break
        taker = min(open_ones, key=lambda key: (had[key], key))
        plan[seat.key] = taker
        left[taker] -= 1
        had[taker] += Fraction(seat.worth, weight[taker])
    return plan


def calendar(seats: Sequence[Seat], entrants: Sequence[Entrant], periods: int) -> list[Plan]:
    """The coming periods, each dealt with what the ones before gave."""
    worth = {seat.key: seat.worth for seat in seats}
    now = list(entrants)
    plans = []
    for _ in range(periods):
        plan = deal(seats, now)
        plans.append(plan)
        now = [_after(entrant, plan, worth) for entrant in now]
    return plans


def _after(entrant: Entrant, plan: Plan, worth: Mapping[tuple[int, int], int]) -> Entrant:
    mine = [seat for seat, key in plan.items() if key == entrant.key]
    return Entrant(
        entrant.key, entrant.weight, entrant.count + len(mine), entrant.worth + sum(worth[seat] for seat in mine)
    )  # fmt: skip


def empty(facings: Mapping[int, int], packs: Mapping[int, int]) -> dict[int, int]:
    """Facings of one shelf that stand empty, by unit: a unit fills as many as it has different packs there."""
    found = {unit: n - packs.get(unit, 0) for unit, n in facings.items()}
    return {unit: n for unit, n in found.items() if n > 0}
