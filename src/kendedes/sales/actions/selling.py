"""A sale is recorded: its own rows, and through the ledger the goods, the money and everybody's share."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from kendedes.journal.models import User
from kendedes.journal.rows import insert
from kendedes.ledger import actions as ledger
from kendedes.ledger.actions.sale import Case
from kendedes.ledger.actions.standing import Named, accounts, one
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


def money_accounts(device: Device, kinds: Sequence[str]) -> dict[str, int]:
    """The account that money of each kind goes through, by kind."""
    named = {
        PayKind.CASH.value: drawer(device), PayKind.QRIS.value: one(Account.Kind.QRIS),
        PayKind.TRANSFER.value: one(Account.Kind.TRANSFER),
    }  # fmt: skip
    wanted = {kind: named[kind] for kind in kinds}
    found = accounts(device.association, wanted.values())
    return {kind: found[account.key] for kind, account in wanted.items()}


@transaction.atomic
def record_sale(
    *, counter: Counter, lines: Sequence[LineSold], payments: Sequence[Money], rounding: int = 0,
    approved_by: Cashier | None = None, note: str = "",
) -> Recorded:  # fmt: skip
    """Write a sale that happened, once for its key. ``rounding``: added to the lines to make the total.

    Raises KeyTaken (the key stands for another deed), MoneyDoesNotAddUp.
    """
    device = counter.device
    sources = taken_from(device, [(line.lot.pk, line.quantity) if line.lot else None for line in lines])
    total = sum(line.total for line in lines) + rounding
    through = money_accounts(device, [p.kind for p in payments])
    sold = [
        ledger.Sold(line.lot.pk if line.lot else None, line.quantity, line.total, source)
        for line, source in zip(lines, sources, strict=True)
    ]
    posted = ledger.sell(
        counter.case(total=total), place=0, lines=sold,
        payments=[(through[p.kind], p.amount) for p in payments], rounding=-rounding,
    )  # fmt: skip
    entry = posted.posting.entry
    if not posted.created:
        return Recorded(Sale.objects.get(entry=entry), created=False)
    sale = Sale(
        entry=entry, association=device.association, device=device, seq=counter.seq, mark=counter.mark,
        shift=counter.shift, cashier=counter.cashier, approved_by=approved_by, at=counter.at, total=total,
        rounding=rounding, note=note,
    )  # fmt: skip
    sale.save(force_insert=True)
    share, rows = 0, []
    for number, line in enumerate(lines, 1):
        share += line.lot is not None
        rows.append(
            (entry.pk, number, line.lot.pk if line.lot else None, line.code, line.name, line.quantity, line.price,
             line.discount, line.total, share if line.lot else None)
        )  # fmt: skip
    insert(SaleLine, _LINES, rows)
    pay(entry.pk, counter.shift, payments)
    return Recorded(sale, created=True, late=posted.posting.late, short=bool(posted.shortages))


_LINES = ("sale", "number", "lot", "code", "name", "quantity", "price", "discount", "total", "share")
_PAYMENTS = ("entry", "shift", "kind", "amount", "given", "ref")


def pay(entry: int, shift: Shift | None, payments: Sequence[Money], *, sign: int = 1) -> None:
    """Rows of what was paid; ``sign`` −1: given back."""
    rows = [(entry, shift.pk if shift else None, p.kind, sign * p.amount, p.given, p.ref) for p in payments]
    insert(Payment, _PAYMENTS, rows)
