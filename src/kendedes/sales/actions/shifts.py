"""A drawer is opened, cash goes in and out, it is counted. Closing is a count only: nothing is posted again."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from kendedes.base.refusal import Refusal
from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.ledger import actions as ledger
from kendedes.ledger.actions.sale import Case
from kendedes.ledger.actions.standing import accounts, one
from kendedes.ledger.models import Account
from kendedes.ledger.queries import balance
from kendedes.sales.actions.selling import Counter, drawer
from kendedes.sales.models import CashMove, Device, PayKind, Payment, Shift, ShiftClose


class ShiftOver(Refusal):
    """The drawer was counted meanwhile."""

    code = "shift_over"
    message = _("Giliran kasir itu sudah ditutup. Pilih kas galeri atau giliran yang masih terbuka.")


@dataclass(frozen=True, slots=True)
class Opened:
    """The shift, and how much the float differs from what the books say is in the drawer."""

    shift: Shift
    created: bool
    differs: int = 0


@transaction.atomic
def open_shift(*, counter: Counter, float_: int) -> Opened:
    """From now on ``counter.cashier`` answers for the drawer. An empty drawer is filled from the gallery's cash box."""
    device = counter.device
    known = Shift.objects.filter(entry__key=counter.key).first()
    if known is not None:
        return Opened(known, created=False)
    own, box = drawer(device), one(Account.Kind.CASH)
    numbers = accounts(device.association, [own, box])
    there = balance(numbers[own.key])
    case = counter.case(float=float_)
    if there == 0 and float_:
        paid = [ledger.Paid(numbers[box.key], numbers[own.key], float_)]
        entry = ledger.pay(case, paid=paid, deed="shift.open").posting.entry
    else:
        entry = record(
            deed="shift.open", at=case.at, by=case.by, subjects=case.subjects, facts=case.facts, key=case.key,
            device=case.device,
        )  # fmt: skip
    shift = Shift(
        entry=entry, device=device, seq=counter.seq, cashier=counter.cashier, float=float_, opened_at=counter.at
    )  # fmt: skip
    shift.save(force_insert=True)
    return Opened(shift, created=True, differs=float_ - there if there else 0)


@transaction.atomic
def move_cash(*, counter: Counter, amount: int, purpose: str, reason: str) -> CashMove:
    """Cash into the drawer (``amount`` above 0) or out of it: the cash box, a cost, or what nobody has named yet."""
    known = CashMove.objects.filter(entry__key=counter.key).first()
    if known is not None:
        return known
    others = {
        CashMove.Purpose.OFFICE.value: Account.Kind.CASH, CashMove.Purpose.EXPENSE.value: Account.Kind.EXPENSE,
        CashMove.Purpose.OTHER.value: Account.Kind.SUSPENSE,
    }  # fmt: skip
    own, other = drawer(counter.device), one(others[purpose])
    numbers = accounts(counter.device.association, [own, other])
    here, there = numbers[own.key], numbers[other.key]
    paid = ledger.Paid(there, here, amount) if amount > 0 else ledger.Paid(here, there, -amount)
    case = counter.case(amount=amount, purpose=purpose, reason=reason)
    posted = ledger.pay(case, paid=[paid], deed="drawer.move")
    move = CashMove(
        entry=posted.posting.entry, device=counter.device, shift=counter.shift, cashier=counter.cashier,
        purpose=purpose, amount=amount, reason=reason, at=counter.at,
    )  # fmt: skip
    move.save(force_insert=True)
    return move


def hold_drawer(shift: Shift) -> None:
    """Nothing the till sends is taken until the end of the transaction; first of all locks. Raises ShiftOver."""
    Device.objects.select_for_update().get(pk=shift.device_id)
    if ShiftClose.objects.filter(shift=shift).exists():
        raise ShiftOver


@transaction.atomic
def put_in_drawer(*, shift: Shift, amount: int, reason: str, key: uuid.UUID, at: datetime, by: User | None) -> CashMove:
    """Cash of an order lies in a till's drawer (below 0: was taken out of it), not in the gallery's cash box where it was
    booked. The till hears of it with its next snapshot. Raises ShiftOver.
    """
    known = CashMove.objects.filter(entry__key=key).first()
    if known is not None:
        return known
    hold_drawer(shift)
    device = shift.device
    own, box = drawer(device), one(Account.Kind.CASH)
    numbers = accounts(device.association, [own, box])
    here, there = numbers[own.key], numbers[box.key]
    paid = ledger.Paid(there, here, amount) if amount > 0 else ledger.Paid(here, there, -amount)
    purpose = CashMove.Purpose.ORDER
    case = Case(
        association=device.association, at=at, by=by, key=key, device=device.code, subjects=[device],
        facts={"amount": amount, "purpose": purpose.value, "reason": reason},
    )  # fmt: skip
    posted = ledger.pay(case, paid=[paid], deed="drawer.move")
    move = CashMove(
        entry=posted.posting.entry, device=device, shift=shift, purpose=purpose, amount=amount, reason=reason, at=at
    )  # fmt: skip
    move.save(force_insert=True)
    return move


@dataclass(frozen=True, slots=True)
class Totals:
    """What a shift took in, by kind, and what should lie in the drawer. ``orders``: cash of orders the office told of."""

    cash: int
    qris: int
    transfer: int
    expected: int
    orders: tuple[int, ...] = ()

    def said_well(self, expected: int) -> bool:
        """Whether a till may expect this: its own events, and as many of the office's words as had reached it."""
        own = self.expected - sum(self.orders)
        return expected in {own + heard for heard in accumulate(self.orders, initial=0)}

    def by_kind(self) -> dict[str, int]:
        """As on the Z slip."""
        return {"cash": self.cash, "qris": self.qris, "transfer": self.transfer}


def totals(shift: Shift) -> Totals:
    """Summed from the rows of the shift."""
    paid = dict(Payment.objects.filter(shift=shift).order_by().values_list("kind").annotate(Sum("amount")))
    moved = CashMove.objects.filter(shift=shift).aggregate(n=Sum("amount"))["n"] or 0
    told = CashMove.objects.filter(shift=shift, purpose=CashMove.Purpose.ORDER).order_by("entry_id")
    orders = tuple(told.values_list("amount", flat=True))
    cash = int(paid.get(PayKind.CASH, 0))
    return Totals(
        cash, int(paid.get(PayKind.QRIS, 0)), int(paid.get(PayKind.TRANSFER, 0)), shift.float + cash + int(moved), orders
    )  # fmt: skip


@transaction.atomic
def close_shift(*, counter: Counter, shift: Shift, counted: int, said: Mapping[str, Any]) -> ShiftClose:
    """The drawer was counted. ``said``: what the till printed on its Z slip; kept beside what the server expects."""
    known = ShiftClose.objects.filter(entry__key=counter.key).first()
    if known is not None:
        return known
    found = totals(shift)
    case = counter.case(counted=counted, expected=found.expected, difference=counted - found.expected)
    entry = record(
        deed="shift.close", at=case.at, by=case.by, subjects=case.subjects, facts=case.facts, key=case.key,
        device=case.device,
    )  # fmt: skip
    close = ShiftClose(
        shift=shift, entry=entry, seq=counter.seq, cashier=counter.cashier, counted=counted, expected=found.expected,
        cash=found.cash, qris=found.qris, transfer=found.transfer, said=dict(said), closed_at=counter.at,
    )  # fmt: skip
    close.save(force_insert=True)
    return close
