"""What the office's pages of sales read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum

from kendedes.journal.models import User
from kendedes.ledger.models import Oddity, ShareLine
from kendedes.sales.models import Device, Handling, Payment, RawEvent, Refund, Sale, SaleLine, Shift
from kendedes.sales.queries.receipts import returned
from kendedes.sales.rules.money import part_back
from kendedes.sales.words import PARKED, TASKS

SILENT, LONG_SILENT = timedelta(hours=24), timedelta(hours=72)


@dataclass(frozen=True)
class Tally:
    """Sales of a list: how many, for how much, how much was given back, by kind of money."""

    count: int
    total: int
    back: int
    by_kind: dict[str, int]


def sales_between(user: User, start: datetime, end: datetime) -> QuerySet[Sale]:
    """Sales in sight, newest first; ``undone``: rupiah given back."""
    back = Refund.objects.filter(sale=OuterRef("pk")).order_by().values("sale").annotate(n=Sum("total")).values("n")
    return (
        Sale.objects.visible_to(user).filter(at__gte=start, at__lt=end)
        .select_related("device", "cashier__user").annotate(undone=Subquery(back), pieces=Sum("lines__quantity"))
        .order_by("-at", "-entry")
    )  # fmt: skip


def tally(sales: QuerySet[Sale]) -> Tally:
    """Sums of a list of sales."""
    plain = sales.order_by().values("pk")
    found = Sale.objects.filter(pk__in=plain).aggregate(count=Count("pk"), total=Sum("total"))
    back = Refund.objects.filter(sale__in=plain).aggregate(total=Sum("total"))["total"] or 0
    kinds = Payment.objects.filter(entry__in=plain).order_by().values_list("kind").annotate(Sum("amount"))
    return Tally(found["count"], found["total"] or 0, back, {kind: int(n) for kind, n in kinds})


@dataclass(frozen=True)
class LineView:
    """A line of a sale as its page shows it. ``left``: pieces that may still come back, ``due``: for how much."""

    line: SaleLine
    back: int
    left: int
    due: int
    share: ShareLine | None
    lot: Any


def lines_of(sale: Sale) -> list[LineView]:
    """Lines with what came back and whose they are."""
    back = returned(sale)
    shares = {s.line: s for s in ShareLine.objects.filter(posting=sale.entry_id).select_related("producer")}
    rows = sale.lines.select_related("lot__producer", "assignment__lot__producer")
    found = []
    for line in rows:
        gone = back.get(line.pk, 0)
        assigned = getattr(line, "assignment", None)
        due = part_back(line.total, line.quantity, gone, line.quantity - gone)
        lot = line.lot or (assigned.lot if assigned else None)
        found.append(LineView(line, gone, line.quantity - gone, due, shares.get(line.share or 0), lot))
    return found


@dataclass(frozen=True)
class TillRow:
    """A till in the list: ``silence`` is ``""``, ``day`` or ``days``; ``waiting``: parked events."""

    device: Device
    silence: str
    waiting: int
    shift: Shift | None


def tills(user: User, now: datetime) -> list[TillRow]:
    """Tills in sight, working ones first."""
    rows = list(Device.objects.visible_to(user).select_related("place", "association").order_by("revoked_at", "number"))
    parked = dict(
        RawEvent.objects.parked().filter(device__in=rows).order_by().values_list("device").annotate(Count("pk"))
    )  # fmt: skip
    open_ = {
        shift.device_id: shift
        for shift in Shift.objects.filter(device__in=rows, close=None).select_related("cashier__user").order_by("entry")
    }
    return [TillRow(row, _silence(row, now), parked.get(row.pk, 0), open_.get(row.pk)) for row in rows]


def _silence(device: Device, now: datetime) -> str:
    if device.revoked_at is not None:
        return ""
    since = now - (device.seen_at or device.paired_at)
    return "days" if since > LONG_SILENT else "day" if since > SILENT else ""


@dataclass(frozen=True)
class EventRow:
    """An event of a till with the last thing that became of it."""

    event: RawEvent
    handling: Handling
    why: list[str]


def events_of(device: Device, *, most: int = 60) -> list[EventRow]:
    """The newest events, all branches."""
    events = list(
        RawEvent.objects.filter(device=device).defer("raw").prefetch_related("handlings").order_by("-seq", "-branch")[:most]
    )  # fmt: skip
    return [_row(event) for event in events]


def _row(event: RawEvent) -> EventRow:
    last = list(event.handlings.all())[-1]
    return EventRow(
        event, last, [str(_said(code)) for code in last.why[:1]] if last.result == "parked" else _flags(last)
    )


def _said(code: str) -> Any:
    return PARKED.get(code, code)


def _flags(handling: Handling) -> list[str]:
    return [str(TASKS[code][0]) if code in TASKS else str(code) for code in handling.why]


def parked(user: User) -> list[EventRow]:
    """Events that wait for a person."""
    rows = RawEvent.objects.visible_to(user).filter(pk__in=RawEvent.objects.parked().values("pk"))
    return [
        _row(e) for e in rows.select_related("device").prefetch_related("handlings").order_by("device", "branch", "seq")
    ]


@dataclass(frozen=True)
class Task:
    """A task with its words. ``about``: where it was; ``url``: its page."""

    oddity: Oddity
    title: Any
    hint: Any
    device: str
    seq: int | None


def task(oddity: Oddity) -> Task:
    """In words; a code of another floor reads as itself."""
    title, hint = TASKS.get(oddity.code, (oddity.code, ""))
    return Task(oddity, title, hint, str(oddity.facts.get("device", "")), oddity.facts.get("seq"))
