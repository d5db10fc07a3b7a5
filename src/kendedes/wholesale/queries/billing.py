"""An order in parts as people see it: parcels with their papers, invoices with what is paid and what is open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import F, Sum

from kendedes.orders.models import Order, Parcel, ParcelLine
from kendedes.orders.queries.detail import paid, spare
from kendedes.orders.queries.parcels import Gone, charged, gone_of, there_of, worth
from kendedes.wholesale.models import Covers, PaidFor, Paper
from kendedes.wholesale.rules.billing import Bill, spread

Kind = Paper.Kind


@dataclass(frozen=True, slots=True)
class BillView:
    """An invoice. ``total``: without what was credited since."""

    paper: Paper
    total: int
    paid: int
    credits: Sequence[Paper]

    @property
    def open(self) -> int:
        """Rupiah still to be paid for it."""
        return self.total - self.paid


@dataclass(frozen=True, slots=True)
class ParcelView:
    """A parcel that left. ``lines``: with the pieces that did not come back; ``back``: how many came back."""

    parcel: Parcel
    lines: Sequence[ParcelLine]
    note: Paper | None
    invoice: Paper | None
    back: int

    @property
    def pieces(self) -> int:
        """Pieces that left with it."""
        return sum(row.pieces for row in self.lines)

    @property
    def gone(self) -> bool:
        """Whether all of it was taken back."""
        return self.back == self.pieces


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything about an order that leaves in parts."""

    lines: Sequence[Gone]
    parcels: Sequence[ParcelView]
    bills: Sequence[BillView]
    credits: Sequence[Paper]
    paid: int
    spare: int
    unbilled: int
    shipping_left: int

    @property
    def left(self) -> int:
        """Pieces still to be delivered."""
        return sum(row.left for row in self.lines)

    @property
    def sent(self) -> int:
        """Pieces the buyer has, or that are on their way."""
        return sum(row.sent for row in self.lines)

    @property
    def agreed(self) -> int:
        """Pieces that are still wanted or there."""
        return sum(row.agreed for row in self.lines)

    @property
    def off(self) -> int:
        """Pieces called off."""
        return sum(row.off for row in self.lines)

    @property
    def open(self) -> int:
        """Rupiah of all invoices that are not paid."""
        return sum(bill.open for bill in self.bills)


def value(parcels: Sequence[Parcel]) -> int:
    """Rupiah of parcels, goods and shipping; what came back below 0."""
    goods = ParcelLine.objects.filter(parcel__in=parcels).aggregate(n=Sum(F("pieces") * F("line__price")))["n"] or 0
    return int(goods) + sum(parcel.shipping for parcel in parcels)


def bills_of(order: Order) -> list[BillView]:
    """Invoices, oldest first, with what each has of the money that came."""
    papers = list(Paper.objects.filter(order=order, kind=Kind.INVOICE).order_by("id"))
    notes = _credits(order)
    own = dict(
        PaidFor.objects.filter(paper__order=order).order_by().values_list("paper").annotate(Sum("money__amount"))
    )
    totals = {
        paper.pk: paper.facts["total"] - sum(note.facts["total"] for note in notes.get(paper.pk, ()))
        for paper in papers
    }
    has = spread([Bill(paper.pk, totals[paper.pk], own.get(paper.pk, 0)) for paper in papers], paid(order))
    return [BillView(paper, totals[paper.pk], has[paper.pk], notes.get(paper.pk, [])) for paper in papers]


def _credits(order: Order) -> dict[int, list[Paper]]:
    """Credit notes by the invoice they lower."""
    billed = dict(Covers.objects.filter(paper__order=order, kind=Kind.INVOICE).values_list("parcel", "paper"))
    found: defaultdict[int, list[Paper]] = defaultdict(list)
    rows = (
        Covers.objects.filter(paper__order=order, kind=Kind.CREDIT)
        .select_related("paper", "parcel")
        .order_by("paper_id")
    )
    for row in rows:
        found[billed[row.parcel.undoes_id or 0]].append(row.paper)
    return found


def unbilled_of(order: Order) -> list[Parcel]:
    """Parcels, undoing ones too, that stand on no invoice and no credit note."""
    billed = Covers.objects.filter(paper__order=order, kind__in=(Kind.INVOICE, Kind.CREDIT)).values("parcel")
    return list(Parcel.objects.filter(order=order).exclude(pk__in=billed).order_by("number"))


def parts_of(order: Order) -> Parts:
    """For the pages of the office and of the buyer."""
    covers: dict[tuple[int, str], Paper] = {
        (row.parcel_id, row.kind): row.paper
        for row in Covers.objects.filter(paper__order=order).select_related("paper__association")
    }
    back: defaultdict[int, int] = defaultdict(int)
    left: list[tuple[Parcel, list[ParcelLine]]] = []
    for parcel in order.parcels.select_related("by").prefetch_related("lines__line__producer"):
        lines = list(parcel.lines.all())
        if parcel.undoes_id:
            back[parcel.undoes_id] -= sum(row.pieces for row in lines)
        else:
            left.append((parcel, lines))
    bills = bills_of(order)
    got = paid(order)
    gone = gone_of(order)
    off = sum(row.off * row.line.price for row in gone)
    return Parts(
        lines=gone, bills=bills, credits=[note for bill in bills for note in bill.credits], paid=got, spare=spare(order, got),
        parcels=[
            ParcelView(
                parcel, lines, covers.get((parcel.pk, Kind.NOTE)), covers.get((parcel.pk, Kind.INVOICE)), back[parcel.pk]
            )
            for parcel, lines in left
        ],
        unbilled=worth(order) - sum(bill.total for bill in bills),
        shipping_left=(order.shipping or 0) - (order.called_off - off) - charged(order),
    )  # fmt: skip


def rows_left(lines: Sequence[Gone], ready: Mapping[int, int] | None = None) -> list[tuple[int, str, int, int]]:
    """Lines of which something is left, for a form: (number, name, most, proposed). ``ready``: pieces made, by line."""
    return [
        (
            row.line.number, f"{row.line.producer.name}: {row.line.name}", row.left,
            row.left if ready is None else max(0, min(row.left, ready.get(row.line.pk, 0) - row.sent)),
        )
        for row in lines
        if row.left
    ]  # fmt: skip


def rows_of(parcel: Parcel) -> list[tuple[int, str, int, int]]:
    """Lines of a parcel of which something is with the buyer, for a form."""
    there = there_of(parcel)
    lines = [row.line for row in parcel.lines.select_related("line__producer") if row.line_id in there]
    return [
        (line.number, f"{line.producer.name}: {line.name}", there[line.pk], there[line.pk])
        for line in sorted(lines, key=lambda line: line.number)
    ]
