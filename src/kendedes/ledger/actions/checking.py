"""Runs of ``verify`` are kept; the treasurer's chart is written."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.ledger.models import Account, ChartLine, Posting, VerifyRun
from kendedes.ledger.verify import verify
from kendedes.network.models import Association

KEPT = 200  # runs
AT_LEAST = timedelta(hours=24)  # even if nothing was posted since
log = logging.getLogger(__name__)


def check_books(*, at: datetime) -> VerifyRun:
    """Ask everything now and keep the answer. A book that does not fit is an error of the log too."""
    began = time.monotonic()
    report = verify()
    run = VerifyRun.objects.create(
        ran_at=at, seconds=round(time.monotonic() - began, 3), fits=report.fits, report=report.as_json()
    )
    if not report.fits:
        log.error("kendedes verify: %s findings, first: %s", len(report.findings), report.findings[0])
    newest = VerifyRun.objects.order_by("-id").values_list("id", flat=True)[:KEPT]
    VerifyRun.objects.filter(id__lt=min(newest), fits=True).delete()
    return run


def check_hourly(*, at: datetime) -> str:
    """As ``check_books``, unless nothing was posted since a run of the last day."""
    last = VerifyRun.objects.order_by("-id").first()
    heads = [f"{number} {digest}" for number, digest in _heads()]
    if last and at - last.ran_at < AT_LEAST and heads == [f"{h['number']} {h['digest']}" for h in _moved(last)]:
        return "nothing new"
    return str(check_books(at=at))


def _heads() -> list[tuple[int, str]]:
    """The newest posting of each association, in their order."""
    ends = Posting.objects.order_by("association").values("association").annotate(newest=Max("number"))
    return [
        (row["newest"], Posting.objects.get(association=row["association"], number=row["newest"]).digest)
        for row in ends
    ]


def _moved(run: VerifyRun) -> list[Mapping[str, object]]:
    return [head for head in run.report["heads"] if head["number"]]


@transaction.atomic
def write_chart(
    *, association: Association, lines: Mapping[str, tuple[str, str]], at: datetime, by: User | None
) -> None:  # fmt: skip
    """``{kind: (code, name)}``; a kind with an empty code is taken out of the chart."""
    ChartLine.objects.filter(association=association).delete()
    ChartLine.objects.bulk_create(
        ChartLine(association=association, kind=Account.Kind(kind), code=code, name=name)
        for kind, (code, name) in lines.items()
        if code
    )
    record(deed="chart.write", at=at, by=by, subjects=[association], facts={"lines": len(lines)})
