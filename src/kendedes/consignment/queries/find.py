"""From what a scanner or a hand typed to the goods or paper it means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db.models import F, Q, QuerySet

from kendedes.consignment.models import Paper
from kendedes.journal.models import User
from kendedes.ledger.models import Lot, Place
from kendedes.ledger.queries import stock_in
from kendedes.ledger.rules.codes import number_of, read_code, read_lot_code
from kendedes.network.rules import Right
from kendedes.products.models import Product, Variant

MOST = 300  # offered in one list


@dataclass(frozen=True)
class LotHere:
    """A lot with the pieces of it at one place."""

    lot: Lot
    pieces: int


def bare(text: str) -> str:
    """The code in a scanned address; else the text itself."""
    text = text.replace("\x00", "").strip()[:200]
    if "://" in text:
        text = urlsplit(text).path.rstrip("/").rpartition("/")[2]
    return text


def paper_by_code(user: User, text: str) -> Paper | None:
    """The paper a scanned code or a typed number (``SJ-2026-0007``) stands for."""
    text = bare(text)
    rows = Paper.objects.visible_to(user)
    if (code := read_code("D", text)) is not None:
        return rows.filter(pk=number_of(code)).first()
    letters, _, rest = text.upper().partition("-")
    year, _, number = rest.partition("-")
    kind = next((k for k, own in Paper.LETTERS.items() if own == letters), None)
    if kind is None or not (year.isdecimal() and number.isdecimal()) or len(year) != 4 or len(number) > 6:
        return None
    return rows.filter(kind=kind, year=int(year), number=int(number)).first()


def lot_by_code(user: User, text: str) -> Lot | None:
    """The lot a label names."""
    code = read_lot_code(bare(text))
    return Lot.objects.visible_to(user).filter(code=code).first() if code else None


def lots_here(user: User, place: Place, *, number: int | None = None) -> list[LotHere]:
    """Lots of which pieces lie at the place, in sight, oldest expiry first."""
    there = stock_in([place.pk])[place.pk]
    rows = Lot.objects.visible_to(user) | Lot.objects.allowed(user, Right.MOVE_STOCK)
    rows = rows.filter(pk__in=there).distinct().select_related("producer", "variant")
    if number is not None:
        rows = rows.filter(pk=number)
    ordered = rows.order_by(F("expires_on").asc(nulls_last=True), "number")
    return [LotHere(lot, there[lot.pk]) for lot in ordered]


def matching(rows: Iterable[LotHere], text: str) -> list[LotHere]:
    """Those the text means: by lot code exactly, by barcode or product code, else by words of name or producer."""
    text = bare(text)
    found = list(rows)
    if code := read_lot_code(text):
        return [r for r in found if r.lot.code == code]
    low = text.casefold()
    exact = [r for r in found if low in {r.lot.variant.barcode.casefold(), r.lot.variant.code.casefold()} and low]
    if exact:
        return exact
    words = low.split()
    return [r for r in found if words and all(w in f"{r.lot.name} {r.lot.producer}".casefold() for w in words)]


def packs(user: User) -> QuerySet[Variant]:
    """Packs of producers whose goods this person may take in."""
    products = Product.objects.allowed(user, Right.MOVE_STOCK).exclude(state=Product.State.DISCONTINUED)
    rows = Variant.objects.filter(product__in=products, ended_on=None, product__producer__ended_on=None)
    return rows.select_related("product__producer__village").order_by("product__name_id", "position", "pk")


def packs_matching(rows: QuerySet[Variant], text: str) -> list[Variant]:
    """Those the text means: by code or barcode exactly, else by words of name or producer."""
    text = bare(text)
    if not text:
        return []
    exact = list(rows.filter(Q(code__iexact=text) | Q(barcode=text) | Q(product__code__iexact=text))[:MOST])
    if exact:
        return exact
    if (code := read_lot_code(text)) is not None:  # the label of an earlier lot of the same pack
        return list(rows.filter(lots__code=code).distinct()[:1])
    for word in text.split()[:6]:
        rows = rows.filter(Q(product__name_id__icontains=word) | Q(product__producer__name__icontains=word))
    return list(rows[:MOST])
