"""A sale is recorded: its own rows, and through the ledger the goods, the money and everybody's share."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kendedes.journal.models import User
from kendedes.journal.rows import insert, read_back
from kendedes.ledger import actions as ledger
from kendedes.ledger.actions.locks import joined
from kendedes.ledger.actions.sale import Case
from kendedes.ledger.actions.sight import look
from kendedes.ledger.actions.standing import Named, one, owed_to, unit_fee
from kendedes.ledger.models import Account, Lot
from kendedes.sales.actions.shelves import taken_from
from kendedes.sales.models import Cashier, Device, PayKind, Payment, Sale, SaleLine, Shift


@dataclass(frozen=True, slots=True)
class LineSold:
    """A line as the buyer paid it; ``lot`` None: *belum dikenal*."""

    lot: Lot | None
    name: str
    quantity: int
    price: int
    discount: int = 0
    code: str = ""

    @property
    def total(self) -> int:
        """What was paid for it."""
        return self.quantity * self.price - self.discount


@dataclass(frozen=True, slots=True)
class Money:
    """Rupiah of one kind, above 0; ``given``: what the buyer handed over."""

    kind: str
    amount: int
    given: int | None = None
    ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """Where and when something was done at a till. ``key``: of the event; ``seq`` and ``mark``: of its receipt number."""

    device: Device
    at: datetime
    key: uuid.UUID
    seq: int
    mark: str
    shift: Shift | None = None
    cashier: Cashier | None = None
    by: User | None = None
    office: bool = False  # done at a desk: cash goes through the gallery's cash box, not through a drawer

    @property
    def receipt(self) -> str:
        """``K3-000041``."""
        return f"{self.device.code}-{self.seq:06d}"

    def case(self, **facts: Any) -> Case:
        """What the ledger wants to know of it."""
        by = self.by or (self.cashier.user if self.cashier else None)
        return Case(
            association=self.device.association, at=self.at, by=by, key=self.key, device=self.device.code,
            subjects=[self.device], facts={"receipt": self.receipt, **facts},
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Recorded:
    """The sale, whether it is new, whether its day was closed already, and whether pieces were missing."""

    sale: Sale
    created: bool
    late: bool = False
    short: bool = False


def drawer(device: Device) -> Named:
    """The account of a till's cash."""
    return Named(f"till:{device.code}", Account.Kind.TILL, f"Laci {device}")


def account_of(counter: Counter, kind: str) -> Named:
    """The account that money of a kind goes through."""
    if kind == PayKind.CASH:
        return one(Account.Kind.CASH) if counter.office else drawer(counter.device)
    return one(Account.Kind.QRIS if kind == PayKind.QRIS else Account.Kind.TRANSFER)


def record_sale(
    *, counter: Counter, lines: Sequence[LineSold], payments: Sequence[Money], rounding: int = 0,
    approved_by: Cashier | None = None, note: str = "",
) -> Recorded:  # fmt: skip
    """Write a sale that happened, once for its key. ``rounding``: added to the lines to make the total.

    Raises KeyTaken (the key stands for another deed), MoneyDoesNotAddUp.
    """
    with joined():
        device = counter.device
        lots = {line.lot.pk: line.lot for line in lines if line.lot}
        taken = [account_of(counter, p.kind) for p in payments]
        sight = look(
            device.association_id, key=counter.key, lots=lots,
            accounts=sorted({name.key for name in [*taken, *_touched(lots.values())]}),
        )  # fmt: skip
        wanted = [(line.lot.pk, line.quantity) if line.lot else None for line in lines]
        sources = taken_from(device, wanted, sight.stock)
        total = sum(line.total for line in lines) + rounding
        sold = [
            ledger.Sold(line.lot.pk if line.lot else None, line.quantity, line.total, source)
            for line, source in zip(lines, sources, strict=True)
        ]
        posted = ledger.sell(
            counter.case(total=total), place=0, lines=sold, rounding=-rounding, sight=sight,
            payments=[(name, p.amount) for name, p in zip(taken, payments, strict=True)],
        )  # fmt: skip
        if not posted.created:
            return Recorded(Sale.objects.get(entry=posted.posting.entry_id), created=False)
        entry, shift, cashier = posted.posting.entry, counter.shift, counter.cashier
        head = (
            entry.pk, device.association_id, device.pk, counter.seq, counter.mark, shift.pk if shift else None,
            cashier.pk if cashier else None, approved_by.pk if approved_by else None, counter.at, total, rounding, note,
        )  # fmt: skip
        insert(
            (Sale, _SALE, [head]), (SaleLine, _LINES, _line_rows(entry.pk, lines)),
            (Payment, _PAYMENTS, paid_rows(entry.pk, shift, payments)),
        )  # fmt: skip
        known = {"shift": shift, "cashier": cashier, "approved_by": approved_by}
        sale = read_back(
            Sale, _SALE, head, entry=entry, association=device.association, device=device,
            **{name: thing for name, thing in known.items() if thing},
        )  # fmt: skip
        return Recorded(sale, created=True, late=posted.posting.late, short=bool(posted.shortages))


def _touched(lots: Iterable[Lot]) -> Iterator[Named]:
    """The accounts a sale of these lots goes to, nearly always."""
    yield from (one(kind) for kind in _USUAL)
    for lot in lots:
        yield owed_to(lot.producer_id)
        if lot.unit_id:
            yield unit_fee(lot.unit_id)


_USUAL = (Account.Kind.GALLERY_FEE, Account.Kind.CLEARING, Account.Kind.ROUNDING, Account.Kind.SUSPENSE)


def _line_rows(entry: int, lines: Sequence[LineSold]) -> list[tuple[Any, ...]]:
    share, rows = 0, []
    for number, line in enumerate(lines, 1):
        share += line.lot is not None
        rows.append(
            (entry, number, line.lot.pk if line.lot else None, line.code, line.name, line.quantity, line.price,
             line.discount, line.total, share if line.lot else None)
        )  # fmt: skip
    return rows


_SALE = (
    "entry", "association", "device", "seq", "mark", "shift", "cashier", "approved_by", "at", "total", "rounding", "note",
)  # fmt: skip
_LINES = ("sale", "number", "lot", "code", "name", "quantity", "price", "discount", "total", "share")
_PAYMENTS = ("entry", "shift", "kind", "amount", "given", "ref")


def pay(entry: int, shift: Shift | None, payments: Sequence[Money], *, sign: int = 1) -> None:
    """Rows of what was paid; ``sign`` −1: given back."""
    insert((Payment, _PAYMENTS, paid_rows(entry, shift, payments, sign=sign)))


def paid_rows(entry: int, shift: Shift | None, payments: Sequence[Money], *, sign: int = 1) -> list[tuple[Any, ...]]:
    """Those rows."""
    return [(entry, shift.pk if shift else None, p.kind, sign * p.amount, p.given, p.ref) for p in payments]
