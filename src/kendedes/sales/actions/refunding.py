"""Pieces come back for money, or a whole sale is undone: the same lots, the same shares, reversed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kendedes.base.refusal import Refusal
from kendedes.journal.rows import insert
from kendedes.ledger import actions as ledger
from kendedes.ledger.actions.standing import one
from kendedes.ledger.models import Account, GoodsMove, Place, ShareLine
from kendedes.sales.actions.selling import Counter, Money, account_of, pay
from kendedes.sales.actions.shelves import taken_from
from kendedes.sales.models import Cashier, Payment, RefundLine, Sale, SaleLine
from kendedes.sales.models import Refund as RefundRow
from kendedes.sales.queries.receipts import returned
from kendedes.sales.rules.money import part_back


class NothingLeft(Refusal):
    """More pieces than are left of a line, or a sale that was undone before."""

    code = "nothing_left"
    message = _("Sisa yang dapat dikembalikan tidak cukup: %(name)s.")


class RefundDiffers(Refusal):
    """The money given back is not what was paid for the pieces."""

    code = "refund_differs"
    message = _("Uang kembali Rp%(asked)s tidak sama dengan yang dibayar untuk barang itu, Rp%(due)s.")


@dataclass(frozen=True, slots=True)
class Refunded:
    """The refund and whether it is new."""

    refund: RefundRow
    created: bool
    late: bool = False


@transaction.atomic
def refund_sale(
    *, counter: Counter, sale: Sale, pieces: Mapping[int, int], payments: Sequence[Money], reason: str, rounding: int = 0,
    approved_by: Cashier | None = None, kind: RefundRow.Kind = RefundRow.Kind.REFUND, into: Place | None = None,
) -> Refunded:  # fmt: skip
    """Take ``{line number: pieces}`` of a sale back and give the money out. ``into``: where they go; else where they stood.

    Raises NothingLeft, RefundDiffers, KeyTaken.
    """
    held = Sale.objects.select_for_update().get(pk=sale.pk)
    known = RefundRow.objects.filter(entry__key=counter.key).first()
    if known is not None:
        return Refunded(known, created=False)
    parts = _parts(held, pieces)
    total = sum(part.total for part in parts) + rounding
    if total != sum(p.amount for p in payments):
        raise RefundDiffers(asked=sum(p.amount for p in payments), due=total)
    posted = _post(counter, held, parts, payments, rounding=rounding, kind=kind, reason=reason, into=into)
    entry = posted.posting.entry
    row = RefundRow(
        entry=entry, sale=held, kind=kind, device=None if counter.office else counter.device, shift=counter.shift, cashier=counter.cashier,
        approved_by=approved_by, at=counter.at, total=total, rounding=rounding, reason=reason,
    )  # fmt: skip
    row.save(force_insert=True)
    back = [(entry.pk, p.line.pk, p.quantity, p.total) for p in parts]
    insert((RefundLine, ("refund", "line", "quantity", "total"), back))
    pay(entry.pk, counter.shift, payments, sign=-1)
    return Refunded(row, created=True, late=posted.posting.late)


def void_sale(*, counter: Counter, sale: Sale, reason: str, approved_by: Cashier | None = None) -> Refunded:
    """Undo a whole sale of which nothing came back yet: every piece, every payment, the rounding. Raises NothingLeft."""
    with transaction.atomic():
        known = RefundRow.objects.filter(entry__key=counter.key).first()
        if known is not None:
            return Refunded(known, created=False)
        if RefundLine.objects.filter(refund__sale=sale).exists():
            raise NothingLeft(name=sale.receipt)
        pieces = dict(sale.lines.values_list("number", "quantity"))
        paid = Payment.objects.filter(entry=sale.entry_id)
        payments = [Money(p.kind, p.amount, None, p.ref) for p in paid]
        return refund_sale(
            counter=counter, sale=sale, pieces=pieces, payments=payments, reason=reason, rounding=sale.rounding,
            approved_by=approved_by, kind=RefundRow.Kind.VOID,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Part:
    line: SaleLine
    quantity: int
    total: int


def _parts(sale: Sale, pieces: Mapping[int, int]) -> list[_Part]:
    lines = {line.number: line for line in sale.lines.select_related("assignment")}
    back = returned(sale)
    parts = []
    for number, quantity in sorted(pieces.items()):
        line = lines.get(number)
        already = back.get(line.pk, 0) if line else 0
        if line is None or quantity <= 0 or already + quantity > line.quantity:
            raise NothingLeft(name=line.name if line else str(number))
        parts.append(_Part(line, quantity, part_back(line.total, line.quantity, already, quantity)))
    if not parts:
        raise NothingLeft(name=sale.receipt)
    return parts


def _post(
    counter: Counter, sale: Sale, parts: Sequence[_Part], payments: Sequence[Money], *, rounding: int, kind: str,
    reason: str, into: Place | None,
) -> ledger.Posted:  # fmt: skip
    """The ledger's part. Unknown goods have no share yet: their money leaves the account they wait in."""
    shares = _shares(sale, parts)
    unknown = sum(part.total for part in parts if part.line.pk not in shares)
    out = [(account_of(counter, p.kind), p.amount) for p in payments]
    other = [(Account.Kind.SUSPENSE, unknown), (Account.Kind.ROUNDING, rounding)]
    out += [(one(name), -amount) for name, amount in other if amount]
    places = _places(counter, sale, [p for p in parts if p.line.pk in shares])
    lines = [
        ledger.Returned(shares[p.line.pk][0], p.quantity, into.pk if into else places[shares[p.line.pk][1]])
        for p in parts
        if p.line.pk in shares
    ]
    return ledger.refund(
        counter.case(total=sum(p.total for p in parts) + rounding, kind=str(kind), sale=sale.receipt, reason=reason),
        lines=lines, payments=out, back_to=0,
    )  # fmt: skip


def _shares(sale: Sale, parts: Sequence[_Part]) -> dict[int, tuple[int, int]]:
    """(share line, lot) of each line that has one, its own or that of its later assignment."""
    wanted = {}
    for part in parts:
        line = part.line
        if line.share is not None:
            wanted[sale.entry_id, line.share] = line.pk
        elif hasattr(line, "assignment"):
            wanted[line.assignment.entry_id, 1] = line.pk
    rows = ShareLine.objects.filter(posting__in={posting for posting, _ in wanted}).values_list(
        "posting_id", "line", "pk", "lot_id"
    )
    return {wanted[posting, line]: (pk, lot) for posting, line, pk, lot in rows if (posting, line) in wanted}


def _places(counter: Counter, sale: Sale, parts: Sequence[_Part]) -> dict[int, int]:
    """Where pieces of each lot stood before they were sold; the till's own choice where that was nowhere."""
    if not parts:
        return {}
    moves = GoodsMove.objects.filter(posting=sale.entry_id, source__physical=True).order_by("-id")
    found = dict(moves.values_list("lot_id", "source_id"))
    lots = [p.line.lot_id or p.line.assignment.lot_id for p in parts]
    for lot in lots:
        if lot not in found:
            found[lot] = taken_from(counter.device, [(lot, 1)])[0][0][0]
    return found
