"""The simple journal an office needs: trial balance, the book of one account, rows for other programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from kendedes.journal.models import Entry
from kendedes.ledger.models import Account, ChartLine, GoodsMove, MoneyMove, ShareLine
from kendedes.ledger.queries.totals import balance, balances
from kendedes.network.models import Association

Kind = Account.Kind
# Kinds that are many accounts and one line of the trial balance.
GROUPED = (Kind.PRODUCER, Kind.UNIT_FEE, Kind.DEDUCTION, Kind.TILL)
MONEY = (Kind.CASH, Kind.TILL, Kind.BANK, Kind.QRIS, Kind.TRANSFER)


@dataclass(frozen=True, slots=True)
class TrialLine:
    """One line of the trial balance. ``debit`` or ``credit`` is 0. ``accounts``: how many stand behind it."""

    kind: str
    label: str
    code: str
    debit: int
    credit: int
    accounts: int
    account: int | None


def trial(association: Association, until: date | None = None) -> list[TrialLine]:
    """By kind, in the order of the treasurer's chart, then of ours; both columns add up to the same."""
    rows = list(Account.objects.filter(association=association))
    sums = balances([row.pk for row in rows], until=until)
    chart = {line.kind: line for line in ChartLine.objects.filter(association=association)}
    found: list[TrialLine] = []
    for kind in Kind:
        of_kind = [row for row in rows if row.kind == kind]
        total = sum(sums[row.pk] for row in of_kind)
        if not of_kind or (not total and kind == Kind.CLEARING):
            continue
        line = chart.get(kind.value)
        found.append(
            TrialLine(
                kind.value, line.name if line and line.name else str(kind.label), line.code if line else "", max(total, 0),
                max(-total, 0), len(of_kind), of_kind[0].pk if len(of_kind) == 1 else None,
            )
        )  # fmt: skip
    return sorted(found, key=lambda row: (row.code == "", row.code))


def of_kind(association: Association, kind: str) -> list[tuple[Account, int]]:
    """Accounts of a kind with their balances, the largest first."""
    rows = list(Account.objects.filter(association=association, kind=kind).select_related("producer", "unit"))
    sums = balances([row.pk for row in rows])
    return sorted(((row, sums[row.pk]) for row in rows), key=lambda pair: (-abs(pair[1]), pair[0].name))


@dataclass(frozen=True, slots=True)
class BookLine:
    """One move as the account sees it."""

    day: date
    entry: Entry
    other: str
    came: int
    gone: int
    balance: int


@dataclass(frozen=True, slots=True)
class Book:
    """The book of one account for some days."""

    opening: int
    lines: list[BookLine]
    closing: int
    cut: bool


MOST = 2000  # lines on one page; choose fewer days


def book(account: Account, since: date, until: date) -> Book:
    """Every move of ``account`` from ``since`` to ``until``, both counted, with the balance after each."""
    opening = running = balance(account.pk, until=since - timedelta(days=1))
    rows = _moves(account, since, until)
    lines = []
    for move in rows[:MOST]:
        came = move.amount if move.target_id == account.pk else 0
        gone = 0 if came else move.amount
        running += came - gone
        other = move.source if came else move.target
        lines.append(BookLine(move.booked_on, move.posting.entry, other.name, came, gone, running))
    return Book(opening, lines, running, len(rows) > MOST)


def _moves(account: Account, since: date, until: date) -> list[MoneyMove]:
    """The first of them and one more, by day. Each side is read along its own index and no further than the page goes:
    asked for both at once, the database sorts a month of a busy till to show its first days.
    """
    numbers: list[tuple[date, int]] = []
    for side in ("source", "target"):
        mine = MoneyMove.objects.filter(**{side: account}, booked_on__gte=since, booked_on__lte=until)
        numbers += mine.order_by("booked_on", "pk").values_list("booked_on", "pk")[: MOST + 1]
    wanted = [number for _, number in sorted(numbers)[: MOST + 1]]
    found = MoneyMove.objects.select_related("posting__entry__by", "source", "target").in_bulk(wanted)
    return [found[number] for number in wanted]


MOVES = ["tanggal", "jam", "kejadian", "nomor", "titipan", "barang", "pemilik", "dari", "ke", "buah", "kunci_dari", "kunci_ke"]  # fmt: skip
MONEYS = ["tanggal", "jam", "kejadian", "nomor", "kredit", "debet", "rupiah", "kunci_kredit", "kunci_debet"]
# ``kunci_…``: what the place or account is called for programs; names may be equal.
SHARES = [
    "tanggal", "nomor", "jenis", "titipan", "barang", "produsen", "unit", "buah", "bruto", "galeri", "bagian_unit", "potongan",
    "bersih", "boleh_dibayar", "susulan", "baris", "kunci_produsen",
]  # fmt: skip


def goods_rows(association: Association, since: date, until: date) -> Iterator[list[Any]]:
    """Moves of goods as rows of ``MOVES``."""
    found = GoodsMove.objects.filter(
        posting__association=association, posting__booked_on__gte=since, posting__booked_on__lte=until
    ).select_related("posting__entry", "lot__producer", "source", "target")
    for move in found.order_by("posting_id", "id").iterator(chunk_size=2000):
        entry = move.posting.entry
        yield [
            move.posting.booked_on, entry.happened_at, entry.deed, move.posting.number, move.lot.code, move.lot.name,
            move.lot.producer.name, move.source.name, move.target.name, move.quantity,
            move.source.key, move.target.key,
        ]  # fmt: skip


def money_rows(association: Association, since: date, until: date) -> Iterator[list[Any]]:
    """Moves of money as rows of ``MONEYS``."""
    found = MoneyMove.objects.filter(
        posting__association=association, booked_on__gte=since, booked_on__lte=until
    ).select_related("posting__entry", "source", "target")
    for move in found.order_by("posting_id", "id").iterator(chunk_size=2000):
        entry = move.posting.entry
        yield [
            move.booked_on, entry.happened_at, entry.deed, move.posting.number, move.source.name, move.target.name,
            move.amount, move.source.key, move.target.key,
        ]  # fmt: skip


def share_rows(association: Association, since: date, until: date) -> Iterator[list[Any]]:
    """Share lines as rows of ``SHARES``."""
    found = ShareLine.objects.filter(
        posting__association=association, booked_on__gte=since, booked_on__lte=until
    ).select_related("posting", "lot", "producer__unit__district")
    for line in found.order_by("posting_id", "line").iterator(chunk_size=2000):
        yield [
            line.booked_on, line.posting.number, line.get_kind_display(), line.lot.code, line.lot.name, line.producer.name,
            str(line.producer.unit or ""), line.quantity, line.gross, line.gallery, line.unit, line.other, line.net,
            line.free_on, line.posting.late, line.line, f"producer:{line.producer_id}",
        ]  # fmt: skip


Rows = Callable[[Association, date, date], Iterator[list[Any]]]
EXPORTS: dict[str, tuple[list[str], Rows]] = {
    "barang": (MOVES, goods_rows),
    "uang": (MONEYS, money_rows),
    "bagi-hasil": (SHARES, share_rows),
}
