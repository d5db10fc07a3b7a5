"""Issuing a paper moves the goods; what was sent arrives, perhaps not all of it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from kendedes.consignment.actions.drafting import agreed_prices, lot_name, must_be
from kendedes.consignment.actions.refusals import PaperEmpty, WrongPlace
from kendedes.consignment.models import Line, Paper
from kendedes.journal.models import User
from kendedes.ledger.actions import Arrival, Carried, NewLot, Posted, carry, raise_oddity, receive, write_off
from kendedes.ledger.actions.locks import hold
from kendedes.ledger.actions.sale import Case
from kendedes.ledger.actions.standing import place
from kendedes.ledger.models import Place
from kendedes.ledger.rules.days import business_day

Kind, State = Paper.Kind, Paper.State


def held(paper: Paper, *states: str) -> Paper:
    """The paper as it is now, its association's ledger held until the end. Raises PaperState."""
    hold(paper.association_id)
    fresh = Paper.objects.select_related("association", "source", "target").get(pk=paper.pk)
    must_be(fresh, *states)
    return fresh


def numbered(paper: Paper, day: date) -> None:
    """The next number of its kind in the year."""
    same = Paper.objects.filter(association=paper.association_id, kind=paper.kind, year=day.year)
    paper.year, paper.number = day.year, (same.aggregate(last=Max("number"))["last"] or 0) + 1


def case_of(paper: Paper, at: datetime, by: User | None, key: uuid.UUID | None = None, **facts: Any) -> Case:
    """The deed's circumstances: the paper is what it is about."""
    known = {"name": str(paper), "paper": paper.pk, "from": str(paper.source or ""), "to": str(paper.target or "")}
    return Case(
        association=paper.association,
        at=at,
        by=by,
        key=key,
        subjects=[paper, paper.association],
        facts={**known, **facts},
    )


@transaction.atomic
def issue(*, paper: Paper, at: datetime, by: User | None, key: uuid.UUID | None = None) -> Paper:
    """Number the paper and move what is on it. Lots begin, travel, go back to their makers, are written off, change shelves.

    The same key again changes nothing. Raises PaperState, PaperEmpty, NotEnoughStock, NoTerms, PriceUnclear.
    """
    if key is not None and (same := Paper.objects.filter(pk=paper.pk, posting__entry__key=key).first()) is not None:
        return same
    paper = held(paper, State.DRAFT)
    if paper.kind == Kind.COUNT:
        raise WrongPlace
    lines = list(paper.lines.select_related("lot", "variant__product__producer"))
    if not lines:
        raise PaperEmpty
    day = business_day(at, settings.TIME_ZONE)
    numbered(paper, day)
    _whose(paper, lines)
    case = case_of(paper, at, by, key, pieces=sum(line.quantity or 0 for line in lines))
    posted = _post(paper, case, lines, day)
    if paper.kind == Kind.NOTE:
        for line, lot in zip(lines, posted.lots, strict=True):
            line.lot = lot
        Line.objects.bulk_update(lines, ["lot", "maker_price", "price"])
    paper.state = State.SENT if paper.kind == Kind.DELIVERY else State.DONE
    paper.issued_by, paper.issued_at, paper.posting = by, at, posted.posting
    if paper.state == State.DONE:
        paper.closed_by, paper.closed_at = by, at
    paper.save()
    return paper


def _post(paper: Paper, case: Case, lines: Sequence[Line], day: date) -> Posted:
    """The deed of each kind of paper."""
    association = paper.association
    if paper.kind == Kind.NOTE:
        assert paper.target is not None  # noqa: S101 - drafted so
        return receive(case, arrivals=[_arrival(line, day) for line in lines], into=paper.target, deed="paper.receive")
    assert paper.source is not None  # noqa: S101 - drafted so
    if paper.kind == Kind.WRITE_OFF:
        becomes = {kind: place(association, kind).pk for kind in {line.becomes for line in lines}}
        gone = [_carried(line, paper.source, becomes[line.becomes]) for line in lines]
        return write_off(case, gone=gone, deed="paper.write_off")
    if paper.kind == Kind.RETURN:
        target, deed = place(association, Place.Kind.MAKER).pk, "paper.return"
    elif paper.kind == Kind.DELIVERY:
        target, deed = place(association, Place.Kind.TRANSIT).pk, "paper.send"
    else:
        assert paper.target is not None  # noqa: S101 - drafted so
        target, deed = paper.target.pk, "paper.swap"
    return carry(case, carried=[_carried(line, paper.source, target) for line in lines], deed=deed)


def _carried(line: Line, source: Place, target: int) -> Carried:
    assert line.lot_id is not None  # noqa: S101 - only a nota has lines without a lot
    assert line.quantity is not None  # noqa: S101 - only a count has lines without a quantity
    return Carried(line.lot_id, source.pk, target, line.quantity)


def _arrival(line: Line, day: date) -> Arrival:
    """The lot a line begins, under the terms of the day it is issued; prices stay as they were typed."""
    variant = line.variant
    assert variant is not None  # noqa: S101 - lines of a nota name a pack
    terms, prices = agreed_prices(variant, day, line.maker_price, line.price)
    line.maker_price, line.price = prices.maker, prices.shelf
    made = NewLot(
        variant=variant, producer=variant.product.producer, terms=terms, name=lot_name(variant),
        maker_price=prices.maker, price=prices.shelf, minimum_price=line.minimum_price, made_on=line.made_on,
        expires_on=line.expires_on, tag=line.position,
    )  # fmt: skip
    return Arrival(made, line.quantity or 0)


def _whose(paper: Paper, lines: Sequence[Line]) -> None:
    """Whose goods are on the paper, when all are of one unit, or of one producer."""
    owners = [
        line.variant.product.producer if line.variant else line.lot.producer if line.lot else None for line in lines
    ]
    producers = {owner.pk: owner for owner in owners if owner is not None}
    units = {owner.unit_id for owner in producers.values()}
    paper.producer = next(iter(producers.values())) if len(producers) == 1 else None
    if len(units) == 1 and (unit := units.pop()) is not None:
        paper.unit_id = unit
    elif paper.unit_id is not None and paper.unit_id not in units:
        paper.unit = None


@transaction.atomic
def arrive(
    *, paper: Paper, received: Mapping[int, int], at: datetime, by: User | None, taker: str = "",
    key: uuid.UUID | None = None,
) -> Paper:  # fmt: skip
    """What was sent is counted at its target: ``received`` by the number of each line, all of it where one is missing.

    Pieces that did not come stay on the road and become a task, pieces too many come out of *selisih* and become one.
    Raises PaperState.
    """
    if key is not None and (same := Paper.objects.filter(pk=paper.pk, arrival__entry__key=key).first()) is not None:
        return same
    paper = held(paper, State.SENT)
    target = paper.target
    assert target is not None  # noqa: S101 - a delivery has both ends
    road = place(paper.association, Place.Kind.TRANSIT)
    difference = place(paper.association, Place.Kind.DIFFERENCE)
    lines = list(paper.lines.select_related("lot"))
    carried: list[Carried] = []
    for line in lines:
        assert line.lot_id is not None  # noqa: S101 - lines of a delivery name a lot
        sent = line.quantity or 0
        line.received = received.get(line.pk, sent)
        if came := min(sent, line.received):
            carried.append(Carried(line.lot_id, road.pk, target.pk, came))
        if line.received > sent:
            carried.append(Carried(line.lot_id, difference.pk, target.pk, line.received - sent))
    Line.objects.bulk_update(lines, ["received"])
    came_all = sum(line.received or 0 for line in lines)
    case = case_of(paper, at, by, key, pieces=came_all)
    posted = carry(case, carried=carried, deed="paper.arrive")
    for line in lines:
        _tell(paper, line, road, posted, at=at)
    paper.state, paper.closed_by, paper.closed_at, paper.arrival = State.DONE, by, at, posted.posting
    if taker:
        paper.taker = taker
    paper.save()
    return paper


def _tell(paper: Paper, line: Line, road: Place, posted: Posted, *, at: datetime) -> None:
    """What did not fit becomes a task."""
    short = line.difference or 0
    if short:
        raise_oddity(
            association=paper.association, code="arrived_short" if short < 0 else "arrived_over", at=at,
            entry=posted.posting.entry, lot=line.lot, place=road if short < 0 else paper.target,
            facts={"quantity": abs(short), "paper": paper.pk, "name": str(paper)},
        )  # fmt: skip
