"""Stok opname: a blind count, the difference shown after, the books put right."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import transaction

from kendedes.consignment.actions.differences import settle_cleared, turned_up
from kendedes.consignment.actions.drafting import add_lot, must_be
from kendedes.consignment.actions.issuing import case_of, held, numbered
from kendedes.consignment.actions.refusals import NotCounted
from kendedes.consignment.models import Line, Paper
from kendedes.consignment.rules.counting import Correction, correction
from kendedes.journal.models import User
from kendedes.ledger.actions import Carried, write_off
from kendedes.ledger.actions.standing import place
from kendedes.ledger.models import Lot, Place
from kendedes.ledger.queries import stock_in
from kendedes.ledger.rules.days import business_day

State = Paper.State


@transaction.atomic
def enter_counts(*, paper: Paper, counted: Mapping[int, int]) -> None:
    """What was counted, by the number of each line; may be entered bit by bit. Raises PaperState."""
    paper = held(paper, State.DRAFT)
    lines = list(paper.lines.filter(pk__in=counted))
    for line in lines:
        line.counted = counted[line.pk]
    Line.objects.bulk_update(lines, ["counted"])


@transaction.atomic
def count_also(*, paper: Paper, lot: Lot, counted: int) -> Line:
    """A lot that lies there though the books do not say so. Raises PaperState."""
    must_be(paper, State.DRAFT)
    line = paper.lines.filter(lot=lot).first() or add_lot(paper=paper, lot=lot, quantity=1)
    line.quantity = None
    line.counted = counted
    line.save(update_fields=["quantity", "counted"])
    return line


@transaction.atomic
def finish_count(*, paper: Paper) -> Paper:
    """Counting is over: now the books' figures are put beside. Raises PaperState, NotCounted."""
    paper = held(paper, State.DRAFT)
    assert paper.source is not None  # noqa: S101 - a count has a place
    lines = list(paper.lines.all())
    open_ones = sum(1 for line in lines if line.counted is None)
    if open_ones:
        raise NotCounted(count=open_ones)
    there = stock_in([paper.source.pk])[paper.source.pk]
    for line in lines:
        line.booked = there.get(line.lot_id or 0, 0)
    Line.objects.bulk_update(lines, ["booked"])
    paper.state = State.COUNTED
    paper.save(update_fields=["state"])
    return paper


@transaction.atomic
def count_again(*, paper: Paper) -> Paper:
    """Lines that differ are counted once more, blind. Raises PaperState."""
    paper = held(paper, State.COUNTED)
    lines = [line for line in paper.lines.all() if line.difference]
    for line in lines:
        line.counted = line.booked = None
    Line.objects.bulk_update(lines, ["counted", "booked"])
    paper.state = State.DRAFT
    paper.save(update_fields=["state"])
    return paper


@transaction.atomic
def approve_count(*, paper: Paper, at: datetime, by: User | None) -> Paper:
    """Put the books right: missing pieces are lost (the terms say who bears them), pieces too many are found.

    What was sold from nowhere (*selisih*) is repaid first, and tasks that are thereby cleared are settled. Of one lot
    pieces are never lost and found both: the later undoes the earlier.
    Raises PaperState, NotEnoughStock (sold since it was counted: count again).
    """
    paper = held(paper, State.COUNTED)
    assert paper.source is not None  # noqa: S101 - a count has a place
    spot, association = paper.source, paper.association
    lost, found, difference = (
        place(association, kind) for kind in (Place.Kind.LOST, Place.Kind.FOUND, Place.Kind.DIFFERENCE)
    )
    waits = stock_in([difference.pk])[difference.pk]
    gone: list[Carried] = []
    moved: list[Carried] = []
    for line in paper.lines.all():
        number = line.lot_id
        assert number is not None  # noqa: S101 - lines of a count name a lot
        right = correction(line.booked or 0, line.counted or 0, waits.get(number, 0))
        gone += [Carried(number, spot.pk, lost.pk, right.lost)] if right.lost else []
        moved += _moves(number, right, spot.pk, found.pk, difference.pk)
    numbered(paper, business_day(at, settings.TIME_ZONE))
    pieces = sum(line.difference or 0 for line in paper.lines.all())
    posted = turned_up(case_of(paper, at, by, pieces=pieces), carried=moved, deed="paper.count", spot=spot)
    if gone:
        missing = sum(c.quantity for c in gone)
        paper.arrival = write_off(case_of(paper, at, by, pieces=missing), gone=gone, deed="paper.count_lost").posting
    paper.state, paper.posting = State.DONE, posted.posting
    paper.issued_at = paper.closed_at = at
    paper.issued_by = paper.closed_by = by
    paper.save()
    touched = {line.lot_id for line in paper.lines.all() if line.lot_id}
    settle_cleared(association=association, lots=touched, note=str(paper), at=at, by=by, entry=posted.posting.entry)
    return paper


def _moves(lot: int, right: Correction, spot: int, found: int, difference: int) -> list[Carried]:
    ways = [(spot, difference, right.owed), (difference, spot, right.surplus), (found, spot, right.found)]
    return [Carried(lot, source, target, n) for source, target, n in ways if n]
