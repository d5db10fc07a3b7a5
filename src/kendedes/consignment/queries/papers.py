"""Papers as lists and their own pages show them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet, Sum

from kendedes.consignment.models import Line, Paper
from kendedes.consignment.queries.spots import moves
from kendedes.journal.models import User
from kendedes.ledger.models import Place
from kendedes.network.queries import scope
from kendedes.network.rules import Right

State = Paper.State


def papers_of(user: User, *, kind: str = "", state: str = "") -> QuerySet[Paper]:
    """Papers in sight, newest first, with ``pieces`` and ``kinds`` of goods."""
    rows = Paper.objects.visible_to(user).distinct()
    if kind in Paper.Kind.values:
        rows = rows.filter(kind=kind)
    rows = rows.filter(state=state) if state in State.values else rows.exclude(state=State.CANCELLED)
    rows = Paper.objects.filter(pk__in=rows.order_by().values("pk")).select_related("source", "target", "producer")
    return rows.annotate(pieces=Sum("lines__quantity"), kinds=Count("lines")).order_by("-pk")


def to_receive(user: User) -> QuerySet[Paper]:
    """Deliveries on the road whose target this person looks after."""
    places = Place.objects.allowed(user, Right.MOVE_STOCK).order_by().values("pk")
    return Paper.objects.filter(kind=Paper.Kind.DELIVERY, state=State.SENT, target__in=places)


def drafts(user: User) -> QuerySet[Paper]:
    """Drafts and counts this person began or may finish."""
    places = Place.objects.allowed(user, Right.MOVE_STOCK).order_by().values("pk")
    rows = Paper.objects.filter(state__in=(State.DRAFT, State.COUNTED))
    return rows.filter(source__in=places) | rows.filter(source=None, target__in=places)


@dataclass(frozen=True)
class May:
    """What this person may do with a paper now."""

    fill: bool
    issue: bool
    receive: bool
    approve: bool


def may(user: User, paper: Paper) -> May:
    """Goods are moved by who looks after the place they leave; a count of the gallery is approved by who runs it."""
    begins = moves(user, paper.source or paper.target)
    draft, count = paper.state == State.DRAFT, paper.kind == Paper.Kind.COUNT
    if paper.source is not None and paper.source.unit_id is not None:
        approves = begins
    else:
        approves = scope(user, Right.RUN_GALLERY).covers(paper.association)
    return May(
        fill=begins and draft, issue=begins and draft and not count,
        receive=paper.state == State.SENT and moves(user, paper.target),
        approve=count and paper.state == State.COUNTED and approves,
    )  # fmt: skip


def lines_of(paper: Paper) -> list[Line]:
    """Lines with what they name."""
    return list(
        paper.lines.select_related(
            "lot__producer__village", "lot__variant", "lot__terms", "variant__product__producer__village"
        ).order_by("position")
    )
