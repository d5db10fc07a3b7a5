"""Asks every question of every floor and gathers what does not fit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.apps import apps
from django.utils.module_loading import import_string

MOST = 200  # findings kept of one question; a broken book has more than anybody reads


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not fit. ``where``: the row, as ``table number``; ``says``: what was expected and found."""

    code: str
    where: str
    says: str


@dataclass(slots=True)
class Report:
    """``counts``: what was looked at. ``heads``: the newest posting of each association with its seal and sums."""

    findings: list[Finding] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    heads: list[dict[str, Any]] = field(default_factory=list)

    @property
    def fits(self) -> bool:
        return not self.findings

    def as_json(self) -> dict[str, Any]:
        """The shape of ``kendedes verify --json``."""
        return {
            "fits": self.fits,
            "findings": [{"code": f.code, "where": f.where, "says": f.says} for f in self.findings],
            "counts": self.counts,
            "heads": self.heads,
        }


Question = Callable[[Report], Iterable[Finding]]


def questions() -> Iterator[Question]:
    """The ledger's, then those of the floors above."""
    for config in apps.get_app_configs():
        for name in getattr(config, "verifies", []):
            yield import_string(name)


def verify() -> Report:
    """Ask everything. Takes about a minute for ten million moves."""
    report = Report()
    for question in questions():
        report.findings.extend(islice(question(report), MOST))
    return report
