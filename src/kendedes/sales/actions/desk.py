"""What the office does about sales: takes goods back, names the owner of unknown goods, books a difference, sets rules."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from kendedes.base.refusal import Refusal
from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.journal.rules import changes
from kendedes.ledger import actions as ledger
from kendedes.ledger.actions.sale import Case
from kendedes.ledger.actions.standing import accounts, one
from kendedes.ledger.models import Account, Lot, Oddity, ShareLine
from kendedes.network.models import Association
from kendedes.network.queries import scope
from kendedes.network.rules import Right
from kendedes.sales.actions.refunding import Refunded, refund_sale
from kendedes.sales.actions.selling import Counter, Money, drawer
from kendedes.sales.actions.shelves import taken_from
from kendedes.sales.models import Assignment, Cashier, RefundLine, Sale, SaleLine, Shift, ShiftClose, TillRules
from kendedes.sales.queries.receipts import returned
from kendedes.sales.queries.snapshot import rules
from kendedes.sales.rules.money import part_back
from kendedes.sales.rules.pairing import matches
from kendedes.sales.rules.qris import QrisFault, check_static


class SecondPerson(Refusal):
    """So much money is given back only when a second person agrees."""

    code = "second_person"
    message = _("Di atas Rp%(limit)s perlu persetujuan orang kedua dengan PIN-nya.")


class WrongPin(Refusal):
    """The PIN is not the approver's, or she may not approve."""

    code = "wrong_pin"
    message = _("PIN atau orangnya tidak cocok.")


class HasOwner(Refusal):
    """A line that has an owner already, or all of which came back."""

    code = "has_owner"
    message = _("Baris ini sudah ada pemiliknya atau sudah dikembalikan.")


class NoDifference(Refusal):
    """A task that is no counted difference of a drawer."""

    code = "no_difference"
    message = _("Tugas ini bukan selisih hitung laci.")


class BadQris(Refusal):
    """A text that is no static QRIS code."""

    code = "bad_qris"
    message = _("Kode QRIS ini tidak sah (%(why)s). Salin seluruh isi kode, mulai dari 000201.")


@transaction.atomic
def refund_at_desk(
    *, sale: Sale, pieces: Mapping[int, int], kind: str, reason: str, key: uuid.UUID, at: datetime, by: User,
    approver: Cashier | None = None, pin: str = "",
) -> Refunded:  # fmt: skip
    """Take pieces of any sale back in the office; cash comes out of the gallery's cash box.

    Raises SecondPerson, WrongPin, NothingLeft.
    """
    sale = Sale.objects.select_related("device__association").get(pk=sale.pk)
    back = returned(sale)
    lines = {line.number: line for line in sale.lines.all()}
    total = sum(
        part_back(lines[number].total, lines[number].quantity, back.get(lines[number].pk, 0), quantity)
        for number, quantity in pieces.items()
        if number in lines
    )
    limit = rules(sale.association_id)["second_person_above"]
    if approver is not None or total > limit:
        _agrees(approver, pin, sale.association, by, limit)
    counter = Counter(device=sale.device, at=at, key=key, seq=sale.seq, mark=sale.mark, by=by, office=True)
    return refund_sale(
        counter=counter, sale=sale, pieces=pieces, payments=[Money(kind, total)], reason=reason, approved_by=approver
    )  # fmt: skip


def _agrees(approver: Cashier | None, pin: str, association: Association, by: User, limit: int) -> None:
    if approver is None:
        raise SecondPerson(limit=limit)
    may = association.pk in scope(approver.user, Right.APPROVE_SALE).associations
    own = approver.user_id == by.pk or approver.association_id != association.pk or approver.ended_at is not None
    if own or not may or not matches(pin, bytes(approver.salt), approver.iterations, bytes(approver.verifier)):
        raise WrongPin


@transaction.atomic
def assign_line(*, line: SaleLine, lot: Lot, at: datetime, by: User) -> Assignment:
    """Unknown goods turn out to be of a lot: pieces leave the shelf, the money that waited is shared.

    Pieces that came back meanwhile are sold and taken back, so that nothing of the line waits any more. Raises HasOwner:
    the line has one already, or all of it came back.
    """
    sale = Sale.objects.select_for_update().select_related("device__association").get(pk=line.sale_id)
    taken = line.lot_id is not None or Assignment.objects.filter(line=line).exists()
    back = RefundLine.objects.filter(line=line).aggregate(pieces=Sum("quantity"), amount=Sum("total"))
    gone = back["pieces"] or 0
    if taken or lot.association_id != sale.association_id or gone >= line.quantity:
        raise HasOwner
    case = Case(
        association=sale.association, at=at, by=by, key=uuid.uuid5(sale.entry.key, f"{line.number}"),
        subjects=[sale.device, lot], facts={"receipt": sale.receipt, "line": line.number, "lot": lot.code},
    )  # fmt: skip
    source = taken_from(sale.device, [(lot.pk, line.quantity)])[0]
    posted = ledger.sell(
        case, place=0, lines=[ledger.Sold(lot.pk, line.quantity, line.total, source)],
        payments=[(one(Account.Kind.SUSPENSE), line.total)],
    )  # fmt: skip
    if gone:
        share = ShareLine.objects.get(posting=posted.posting, line=1)
        again = replace(case, key=uuid.uuid5(sale.entry.key, f"{line.number} back"))
        ledger.refund(
            again, lines=[ledger.Returned(share.pk, gone)], payments=[(one(Account.Kind.SUSPENSE), back["amount"])],
            back_to=source[0][0],
        )  # fmt: skip
    made = Assignment(line=line, lot=lot, entry=posted.posting.entry)
    made.save(force_insert=True)
    if not SaleLine.objects.filter(sale=sale, lot=None, assignment=None).exists():
        for oddity in Oddity.objects.open().filter(
            association=sale.association, entry=sale.entry_id, code__in=("unknown_goods", "lot_unknown")
        ):  # fmt: skip
            ledger.settle_oddity(oddity=oddity, note=lot.code, at=at, by=by, entry=posted.posting.entry)
    return made


def difference_of(oddity: Oddity) -> tuple[int, ShiftClose] | None:
    """Rupiah that were counted above (below 0: short of) what should be there; None for other tasks."""
    if oddity.code != "count":
        return None
    close = ShiftClose.objects.filter(entry=oddity.entry_id).select_related("shift__device__association").first()
    return (close.difference, close) if close else None


@transaction.atomic
def book_difference(*, oddity: Oddity, note: str, at: datetime, by: User) -> Oddity:
    """The difference of a counted drawer goes to the account of differences; the drawer's books say what is in it."""
    found = difference_of(oddity)
    if found is None or found[0] == 0:
        raise NoDifference
    amount, close = found
    shift: Shift = close.shift
    device = shift.device
    own, other = drawer(device), one(Account.Kind.OVER_SHORT)
    numbers = accounts(device.association, [own, other])
    here, there = numbers[own.key], numbers[other.key]
    paid = ledger.Paid(there, here, amount) if amount > 0 else ledger.Paid(here, there, -amount)
    case = Case(
        association=device.association, at=at, by=by, key=uuid.uuid5(close.entry.key, "selisih"), subjects=[device],
        facts={"code": device.code, "amount": amount, "reason": note},
    )  # fmt: skip
    posted = ledger.pay(case, paid=[paid], deed="drawer.difference")
    return ledger.settle_oddity(oddity=oddity, note=note, at=at, by=by, entry=posted.posting.entry)


RULES = (
    "second_person_above", "rounding", "noncash_offline_sale", "noncash_offline_total", "qris_static", "qris_dynamic",
    "footer",
)  # fmt: skip


@transaction.atomic
def change_rules(*, association: Association, at: datetime, by: User, **values: Any) -> TillRules:
    """How tills behave from their next snapshot on. Raises BadQris."""
    code = str(values.get("qris_static", "")).strip()
    if code:
        try:
            check_static(code)
        except QrisFault as fault:
            raise BadQris(why=str(fault)) from None
    row, _made = TillRules.objects.get_or_create(association=association)
    before = {name: getattr(row, name) for name in RULES}
    for name in RULES:
        setattr(row, name, values.get(name, before[name]))
    row.qris_static = code
    row.save()
    changed = changes(before, {name: getattr(row, name) for name in RULES})
    record(deed="till.rules", at=at, by=by, subjects=[association], facts={"changes": changed})
    return row
