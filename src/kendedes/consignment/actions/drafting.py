"""Papers before they are issued: begun, filled line by line, thrown away."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from kendedes.consignment.actions.refusals import PaperState, PriceUnclear, WrongPlace
from kendedes.consignment.models import Line, Paper
from kendedes.consignment.rules.pricing import Prices, prices
from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.ledger.actions.refusals import NoTerms
from kendedes.ledger.actions.standing import place, unit_store
from kendedes.ledger.models import Lot, Place, Terms
from kendedes.ledger.queries import stock_in, terms_for
from kendedes.network.models import Association, Unit
from kendedes.products.models import Variant

Kind, State = Paper.Kind, Paper.State
_ENDS = {  # which ends a paper of a kind has
    Kind.NOTE: (False, True), Kind.DELIVERY: (True, True), Kind.RETURN: (True, False), Kind.WRITE_OFF: (True, False),
    Kind.COUNT: (True, False), Kind.SWAP: (True, True),
}  # fmt: skip


def spot_of(association: Association, key: str) -> Place:
    """The place a key names; the gallery's store and the units' stores are made when they are first named.

    Raises WrongPlace.
    """
    if key == Place.Kind.STORE:
        return place(association, Place.Kind.STORE)
    kind, _, number = key.partition(":")
    if kind == "unit" and number.isdecimal():
        unit = Unit.objects.filter(association=association, pk=int(number)).first()
        if unit is not None:
            return unit_store(unit)
    found = Place.objects.filter(association=association, key=key, physical=True).first()
    if found is None:
        raise WrongPlace
    return found


@transaction.atomic
def draft_between(
    *, association: Association, kind: str, at: datetime, by: User | None, source: str = "", target: str = "",
    giver: str = "", taker: str = "", note: str = "",
) -> Paper:  # fmt: skip
    """Begin a paper between places named by their keys (``store``, ``unit:3``, ``shelf:…``). Raises WrongPlace."""
    begins, ends = (spot_of(association, key) if key else None for key in (source, target))
    if kind == Kind.COUNT and begins is not None:
        return begin_count(spot=begins, at=at, by=by, note=note)
    return draft(
        association=association, kind=kind, at=at, by=by, source=begins, target=ends, giver=giver, taker=taker, note=note
    )  # fmt: skip


@transaction.atomic
def begin_count(*, spot: Place, at: datetime, by: User | None, note: str = "") -> Paper:
    """A count of a place: a line for every lot the books say is there, without saying how many."""
    paper = draft(association=spot.association, kind=Kind.COUNT, source=spot, note=note, at=at, by=by)
    lots = Lot.objects.filter(pk__in=stock_in([spot.pk])[spot.pk]).order_by("name", "expires_on", "number")
    Line.objects.bulk_create(Line(paper=paper, position=n, lot=lot) for n, lot in enumerate(lots, 1))
    return paper


@transaction.atomic
def draft(
    *, association: Association, kind: str, at: datetime, by: User | None, source: Place | None = None,
    target: Place | None = None, giver: str = "", taker: str = "", note: str = "",
) -> Paper:  # fmt: skip
    """Begin a paper. Raises WrongPlace."""
    ends = source is not None, target is not None
    places = [end for end in (source, target) if end is not None]
    fits = all(end.association_id == association.pk and end.physical for end in places)
    if ends != _ENDS[Kind(kind)] or not fits or (source is not None and source == target):
        raise WrongPlace
    paper = Paper.objects.create(
        association=association, kind=kind, source=source, target=target, giver=giver, taker=taker, note=note,
        unit=next((end.unit for end in places if end.unit_id), None), drafted_by=by, drafted_at=at,
    )  # fmt: skip
    record(deed="paper.draft", at=at, by=by, subjects=[paper, association], facts={"kind": kind})
    return paper


def lot_name(variant: Variant) -> str:
    """What a lot of this pack is called on labels and papers."""
    product = variant.product
    size = variant.name or (f"{variant.net_value} {variant.get_net_unit_display()}" if variant.net_value else "")
    return f"{product.name_id} {size}".strip()[:200]


def must_be(paper: Paper, *states: str) -> None:
    """Raises PaperState unless the paper is in one of the states."""
    if paper.state not in states:
        raise PaperState(paper=str(paper), state=paper.get_state_display())


def agreed_prices(variant: Variant, on: date, maker: int | None, shelf: int | None) -> tuple[Terms, Prices]:
    """The terms that hold and both prices under them. Raises NoTerms, PriceUnclear."""
    terms = terms_for(variant.product, on)
    if terms is None:
        raise NoTerms(name=lot_name(variant))
    outright = terms.mode == Terms.Modes.PURCHASE
    found = prices(terms.fees, markup_bp=terms.markup_bp, maker=maker, shelf=shelf)
    if outright and maker is None:
        found = None
    if found is None:
        raise PriceUnclear(name=lot_name(variant))
    return terms, found


@transaction.atomic
def add_goods(
    *, paper: Paper, variant: Variant, quantity: int, on: date, maker_price: int | None = None, price: int | None = None,
    minimum_price: int = 0, made_on: date | None = None, expires_on: date | None = None,
) -> Line:  # fmt: skip
    """A line of a nota titipan: so many of a pack, at agreed prices. Raises PaperState, NoTerms, PriceUnclear."""
    must_be(paper, State.DRAFT)
    if paper.kind != Kind.NOTE or variant.product.association_id != paper.association_id:
        raise WrongPlace
    _terms, found = agreed_prices(variant, on, maker_price, price)
    return _line(
        paper, variant=variant, quantity=quantity, maker_price=found.maker, price=found.shelf,
        minimum_price=min(minimum_price, found.shelf), made_on=made_on, expires_on=expires_on,
    )  # fmt: skip


@transaction.atomic
def add_lot(*, paper: Paper, lot: Lot, quantity: int, becomes: str = "") -> Line:
    """Pieces of a lot on any other paper; the same lot again adds to its line. Raises PaperState, WrongPlace."""
    must_be(paper, State.DRAFT)
    writes_off = paper.kind == Kind.WRITE_OFF
    if paper.kind == Kind.NOTE or lot.association_id != paper.association_id or bool(becomes) != writes_off:
        raise WrongPlace
    before = paper.lines.filter(lot=lot, becomes=becomes).first()
    if before is not None:
        before.quantity = (before.quantity or 0) + quantity
        before.save(update_fields=["quantity"])
        return before
    return _line(paper, lot=lot, quantity=quantity, becomes=becomes)


def _line(paper: Paper, **fields: Any) -> Line:
    last = paper.lines.aggregate(last=Max("position"))["last"] or 0
    return Line.objects.create(paper=paper, position=last + 1, **fields)


@transaction.atomic
def remove_line(*, paper: Paper, line: Line) -> None:
    """Take a line out of a draft. Raises PaperState."""
    must_be(paper, State.DRAFT)
    paper.lines.filter(pk=line.pk).delete()


@transaction.atomic
def cancel(*, paper: Paper, at: datetime, by: User | None) -> Paper:
    """Throw a draft away; it stays readable. Raises PaperState."""
    done = Paper.objects.filter(pk=paper.pk, state__in=[State.DRAFT, State.COUNTED]).update(
        state=State.CANCELLED, closed_at=at, closed_by=by
    )
    paper.refresh_from_db()
    if not done:
        raise PaperState(paper=str(paper), state=paper.get_state_display())
    record(deed="paper.cancel", at=at, by=by, subjects=[paper, paper.association], facts={"kind": paper.kind})
    return paper
