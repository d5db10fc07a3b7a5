"""``post``: the one door through which goods and money move."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, models

from kendedes.journal.actions import KeyTaken, write
from kendedes.journal.models import Entry, User
from kendedes.journal.queries import is_known
from kendedes.journal.rows import Rows, insert, read_back
from kendedes.journal.rules import jsonable
from kendedes.ledger.actions.locks import hold, joined
from kendedes.ledger.actions.refusals import NotEnoughStock
from kendedes.ledger.actions.sight import Sight
from kendedes.ledger.actions.standing import place
from kendedes.ledger.models import GoodsMove, Lot, MoneyMove, Oddity, Place, Posting, ShareLine, Terms
from kendedes.ledger.queries.posting import holdings, standing
from kendedes.ledger.rules.codes import lot_code
from kendedes.ledger.rules.days import booking_day, business_day
from kendedes.ledger.rules.sealing import Head, digest
from kendedes.ledger.rules.shares import Parts
from kendedes.network.models import Association, Producer
from kendedes.products.models import Variant


@dataclass(frozen=True, slots=True)
class NewLot:
    """A lot that begins with this deed; moves name it by ``NewLot`` in the place of its number."""

    variant: Variant
    producer: Producer
    terms: Terms
    name: str
    maker_price: int
    price: int
    minimum_price: int = 0
    made_on: date | None = None
    expires_on: date | None = None
    tag: int = 0  # tells two otherwise equal lots of one deed apart


@dataclass(frozen=True, slots=True)
class Goods:
    """``quantity`` pieces of a lot from place to place (numbers of rows)."""

    lot: int | NewLot
    source: int
    target: int
    quantity: int


@dataclass(frozen=True, slots=True)
class Money:
    """``amount`` rupiah from account to account (numbers of rows)."""

    source: int
    target: int
    amount: int


@dataclass(frozen=True, slots=True)
class Share:
    """The division of one line. It may be paid ``hold_days`` after it is booked, and not before ``not_before``."""

    lot: int | NewLot
    producer: int
    quantity: int
    parts: Parts
    kind: str = ShareLine.Kind.SALE
    hold_days: int = 0
    reverses: int | None = None
    not_before: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What happened and everything that moved because of it.

    ``key``: of the device or caller; the same deed again changes nothing. ``promise``: refused where a place cannot
    keep it; a fact is written in any case, pieces a place does not have come out of *selisih* and become a task.
    """

    association: Association
    deed: str
    at: datetime
    by: User | None
    goods: Sequence[Goods] = ()
    money: Sequence[Money] = ()
    shares: Sequence[Share] = ()
    lots: Sequence[NewLot] = ()
    subjects: Sequence[models.Model] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    key: uuid.UUID | None = None
    device: str = ""
    undoes: Entry | None = None
    occurred_on: date | None = None
    promise: bool = False


@dataclass(frozen=True, slots=True)
class Shortage:
    """Pieces a place did not have when a fact said they left it."""

    lot: int
    place: int
    quantity: int


@dataclass(frozen=True, slots=True)
class Posted:
    """``created`` is False when the same key and content had been posted before (then there is nothing else to tell)."""

    posting: Posting
    created: bool
    lots: tuple[Lot, ...] = ()
    shortages: tuple[Shortage, ...] = ()


def post(deed: Deed, sight: Sight | None = None) -> Posted:
    """Write ``deed`` once: entry, posting, lots, moves, share lines, seal. ``sight``: what the caller read under the lock.

    Raises NotEnoughStock (a promise), KeyTaken (the key stands for another deed), both before anything is written.
    """
    with joined():
        return _post(deed, sight)


def _post(deed: Deed, sight: Sight | None) -> Posted:
    if sight is None:
        hold(deed.association.pk)
    if (sight is None or sight.known) and (known := earlier(deed)) is not None:
        if not _same_moves(deed, known):
            raise KeyTaken(key=deed.key)
        return Posted(known, created=False)
    occurred_on = deed.occurred_on or business_day(deed.at, settings.TIME_ZONE)
    before = sight.standing if sight else standing(deed.association.pk)
    number, previous = before.number + 1, before.digest
    booked_on = booking_day(occurred_on, before.closed_until)
    goods, shortages = _kept(deed, sight.holdings() if sight else {})
    entry = write(
        deed=deed.deed, at=deed.at, by=deed.by, subjects=deed.subjects or [deed.association], facts=jsonable(deed.facts),
        key=deed.key or uuid.uuid4(), device=deed.device, undoes=deed.undoes,
    )  # fmt: skip
    first_lot = _next_lot(deed.association.pk) if deed.lots else 0
    lots = {new: _lot(deed, new, first_lot + n, entry.pk) for n, new in enumerate(deed.lots)}
    numbers = _reserve(lots)
    goods_rows = [(entry.pk, _of(numbers, g.lot), g.source, g.target, g.quantity) for g in goods]
    money_rows = [(entry.pk, m.source, m.target, m.amount, booked_on) for m in deed.money]
    share_rows = [_share(entry.pk, line, s, _of(numbers, s.lot), booked_on) for line, s in enumerate(deed.shares, 1)]
    head = Head(
        association=deed.association.pk, number=number, previous=previous, key=entry.key.hex, deed=entry.deed,
        happened_at=deed.at, by=entry.by_id, device=entry.device, undoes=entry.undoes_id, occurred_on=occurred_on,
        booked_on=booked_on, facts=entry.facts,
    )  # fmt: skip
    seal = digest(head, sealed_rows(lots.values(), goods_rows, money_rows, share_rows))
    head_row = (entry.pk, deed.association.pk, number, occurred_on, booked_on, previous, seal)
    posting = read_back(Posting, _POSTING, head_row, entry=entry, association=deed.association)
    moved: list[Rows] = [
        (GoodsMove, _GOODS, goods_rows),
        (MoneyMove, _MONEY, money_rows),
        (ShareLine, _SHARES, share_rows),
    ]
    if lots:
        insert((Posting, _POSTING, [head_row]))
        for lot in lots.values():
            lot.save(force_insert=True)
        insert(*moved)
    else:
        insert((Posting, _POSTING, [head_row]), *moved)
    _tell(deed, entry, shortages)
    return Posted(posting, created=True, lots=tuple(lots.values()), shortages=tuple(shortages))


_POSTING = ("entry", "association", "number", "occurred_on", "booked_on", "previous", "digest")
_GOODS = ("posting", "lot", "source", "target", "quantity")
_MONEY = ("posting", "source", "target", "amount", "booked_on")
_SHARES = (
    "posting", "line", "kind", "lot", "producer", "quantity", "gross", "gallery", "unit", "other", "net", "named",
    "booked_on", "free_on", "reverses",
)  # fmt: skip


def sealed_rows(lots: Any, goods: Any, money: Any, shares: Any) -> list[tuple[Any, ...]]:
    """The lines of a posting's text after its head."""
    rows: list[tuple[Any, ...]] = [
        ("L", lot.pk, lot.number, lot.code, lot.producer_id, lot.unit_id or "-", lot.variant_id, lot.maker_price, lot.price,
         lot.minimum_price, lot.made_on or "-", lot.expires_on or "-", lot.terms_id, lot.terms.text)
        for lot in lots
    ]  # fmt: skip
    rows += [("G", *row[1:]) for row in goods]
    rows += [("M", *row[1:4]) for row in money]
    for _, line, kind, lot, producer, quantity, gross, gallery, unit, other, net, named, _, free_on, reverses in shares:
        parts = ",".join(f"{name}={amount}" for name, amount in sorted(named.items())) or "-"
        rows.append(
            (
                "S",
                line,
                kind,
                lot,
                producer,
                quantity,
                gross,
                gallery,
                unit,
                other,
                net,
                parts,
                free_on,
                reverses or "-",
            )
        )
    return rows


def earlier(deed: Deed) -> Posting | None:
    """The posting the deed's key stands for. Raises KeyTaken when that is another deed or has other facts."""
    if deed.key is None or not is_known(deed.key):
        return None
    entry = Entry.objects.select_related("posting").get(key=deed.key)
    posting: Posting | None = getattr(entry, "posting", None)
    same = posting is not None and posting.association_id == deed.association.pk and entry.deed == deed.deed
    if not same or entry.facts != jsonable(deed.facts):
        raise KeyTaken(key=deed.key)
    return posting


def _same_moves(deed: Deed, posting: Posting) -> bool:
    """Whether the money that moved is the deed's; goods may have gone through *selisih* and are not compared."""
    moved = sorted(MoneyMove.objects.filter(posting=posting).values_list("source_id", "target_id", "amount"))
    return moved == sorted((m.source, m.target, m.amount) for m in deed.money)


def _kept(deed: Deed, seen: Mapping[tuple[int, int], int]) -> tuple[list[Goods], list[Shortage]]:
    """The moves as they can be written: what a physical place does not have leaves *selisih* instead.

    ``seen``: pieces by (place, lot) that were read before; a spot that is absent is asked for.
    """
    there = dict(seen)
    if unseen := {(g.source, g.lot) for g in deed.goods if isinstance(g.lot, int)} - there.keys():
        there |= holdings(unseen)
    kept: list[Goods] = []
    short: list[Shortage] = []
    for move in deed.goods:
        if not isinstance(move.lot, int) or (spot := (move.source, move.lot)) not in there:
            kept.append(move)
            continue
        have = max(0, there[spot])
        missing = move.quantity - have
        there[spot] = have - min(have, move.quantity)
        if missing > 0 and deed.promise:
            raise _not_enough(move.lot, move, have)
        if missing <= 0:
            kept.append(move)
            continue
        short.append(Shortage(move.lot, move.source, missing))
        if have:
            kept.append(Goods(move.lot, move.source, move.target, have))
        difference = place(deed.association, Place.Kind.DIFFERENCE).pk
        if difference != move.target:
            kept.append(Goods(move.lot, difference, move.target, missing))
    return kept, short


def _not_enough(number: int, move: Goods, have: int) -> NotEnoughStock:
    lot = Lot.objects.get(pk=number)
    there = Place.objects.get(pk=move.source)
    return NotEnoughStock(name=lot.name, place=there.name, there=have, asked=move.quantity)


def _next_lot(association: int) -> int:
    last = Lot.objects.filter(association=association).order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def _lot(deed: Deed, new: NewLot, number: int, entry: int) -> Lot:
    return Lot(
        association=deed.association, number=number, code=lot_code(number), producer=new.producer,
        unit_id=new.producer.unit_id, variant=new.variant, name=new.name, terms=new.terms, maker_price=new.maker_price,
        price=new.price, minimum_price=new.minimum_price, made_on=new.made_on, expires_on=new.expires_on,
        posting_id=entry,
    )  # fmt: skip


def _reserve(lots: Mapping[NewLot, Lot]) -> dict[NewLot, int]:
    """Give the lots their row numbers before they are written: the seal covers them."""
    if not lots:
        return {}
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence('ledger_lot', 'id')) FROM generate_series(1, %s)", [len(lots)]
            )
            numbers = [int(row[0]) for row in cursor.fetchall()]
        else:
            cursor.execute("SELECT COALESCE(MAX(id), 0) FROM ledger_lot")
            last = int(cursor.fetchone()[0])
            numbers = list(range(last + 1, last + 1 + len(lots)))
    for lot, number in zip(lots.values(), numbers, strict=True):
        lot.pk = number
    return {new: lot.pk for new, lot in lots.items()}


def _of(numbers: Mapping[NewLot, int], lot: int | NewLot) -> int:
    return lot if isinstance(lot, int) else numbers[lot]


def _share(entry: int, line: int, share: Share, lot: int, booked_on: date) -> tuple[Any, ...]:
    parts = share.parts
    free_on = max(booked_on + timedelta(days=share.hold_days), share.not_before or booked_on)
    return (
        entry, line, str(share.kind), lot, share.producer, share.quantity, parts.gross, parts.gallery, parts.unit, parts.other,
        parts.net, dict(parts.named), booked_on, free_on, share.reverses,
    )  # fmt: skip


def _tell(deed: Deed, entry: Entry, shortages: Sequence[Shortage]) -> None:
    """A shortage becomes a task."""
    if not shortages:
        return
    Oddity.objects.bulk_create(
        Oddity(
            association=deed.association, code="oversold", entry=entry, lot_id=s.lot, place_id=s.place,
            facts={"quantity": s.quantity}, raised_at=deed.at,
        )
        for s in shortages
    )  # fmt: skip
