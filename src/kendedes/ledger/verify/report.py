"""Asks every question of every floor and gathers what does not fit."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import get_context
from typing import Any

import django
from django.apps import apps
from django.db import connection, connections
from django.utils.module_loading import import_string

from kendedes.journal.patience import unhurried

PARALLEL = 100_000  # postings from which on further processes pay
PATIENCE = 600  # seconds one question may take
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


def parallel(postings: int) -> int:
    """How many processes share the work: as many as there are processors, where there is much and nobody's transaction."""
    return 1 if postings < PARALLEL or connection.in_atomic_block else os.cpu_count() or 1


def verify() -> Report:
    """Ask everything. Takes about a minute for ten million moves."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT MAX(entry_id) FROM ledger_posting")
        newest = cursor.fetchone()[0] or 0
    if parallel(newest) == 1:
        return _asked(0, None)
    connections.close_all()
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=django.setup) as pool:
        others = pool.submit(
            _asked, 1, None
        )  # the first, the books, takes as long as all others and has its own processes
        report = _asked(0, 1)
        return _both(report, others.result())


def _asked(first: int, last: int | None) -> Report:
    report = Report()
    with unhurried(PATIENCE):
        for question in islice(questions(), first, last):
            report.findings.extend(islice(question(report), MOST))
    return report


def _both(report: Report, other: Report) -> Report:
    return Report([*report.findings, *other.findings], report.counts | other.counts, [*report.heads, *other.heads])
