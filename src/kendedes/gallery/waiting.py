"""What of the gallery waits for a person on her home page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kendedes.gallery.models import Due, Facing, Mandate, Stand
from kendedes.gallery.queries.dues import unpaid
from kendedes.journal.models import User
from kendedes.ledger.models import GoodsMove, Lot
from kendedes.network.queries import scope
from kendedes.network.rules import Right, Waiting

_SOON = timedelta(days=90)


def waiting(user: User) -> list[Waiting]:
    """Empty facings of the own unit, dues not paid, mandates that end, the first stand."""
    today = timezone.localdate()
    found: list[Waiting] = []
    home = reverse("gallery:home")
    units = scope(user, Right.MOVE_STOCK).units
    if units:
        label = _("muka rak unit Anda kosong")
        found.append(Waiting(empty_facings(units), label, home, "store", "soon", _("Kirim barang untuk mengisinya.")))
    if scope(user, Right.SEE_STATEMENTS).units or scope(user, Right.RUN_GALLERY):
        late = unpaid(user).filter(call__due_on__lt=today)
        rest = unpaid(user).filter(call__due_on__gte=today)
        address = reverse("gallery:dues")
        found += [
            Waiting(_bare(late), _("iuran lewat jatuh tempo"), address, "money", "soon"),
            Waiting(_bare(rest), _("iuran belum dibayar"), address, "money", "info"),
        ]
    runs = scope(user, Right.RUN_GALLERY).associations
    if runs:
        ending = Mandate.objects.filter(venue__association__in=runs, ends_on__gte=today, ends_on__lt=today + _SOON)
        found += [
            Waiting(ending, _("mandat stan segera berakhir"), reverse("gallery:mandates"), "file-check", "soon"),
            Waiting(
                Stand.objects.filter(venue__association__in=runs), _("Gambarkan stan galeri"), home, "store", "start",
                _("Stan dan raknya menjadi tempat barang titipan."),
            ),
        ]  # fmt: skip
    return found


def _bare(rows: QuerySet[Any]) -> QuerySet[Due]:
    """The same rows without their sums, so that they can be counted together with others."""
    return Due.objects.filter(pk__in=rows.order_by().values("pk"))


def empty_facings(units: frozenset[int]) -> QuerySet[Facing]:
    """Facings of these units that no pack of theirs fills: the n-th facing wants an n-th pack on the shelf."""
    today = timezone.localdate()
    held = Facing.objects.filter(unit__in=units, shelf__ended_on=None, shelf__stand__ended_on=None).on(today)
    same = Facing.objects.on(today).filter(
        shelf=OuterRef("shelf"), unit=OuterRef("unit"), number__lte=OuterRef("number")
    )
    rank = same.order_by().values("unit").annotate(n=Count("pk")).values("n")
    moves = (
        GoodsMove.objects.filter(lot=OuterRef("pk")).order_by().values("lot").annotate(n=Sum("quantity")).values("n")
    )
    place = OuterRef(OuterRef("shelf__place"))
    packs = (
        Lot.objects.filter(unit=OuterRef("unit"))
        .annotate(
            come=Coalesce(Subquery(moves.filter(target=place)), 0),
            gone=Coalesce(Subquery(moves.filter(source=place)), 0),
        )
        .filter(come__gt=F("gone"))
        .order_by()
        .values("unit")
        .annotate(n=Count("variant", distinct=True))
        .values("n")
    )
    rows = held.annotate(rank=Subquery(rank), packs=Coalesce(Subquery(packs), 0)).filter(rank__gt=F("packs"))
    return Facing.objects.filter(pk__in=rows.order_by().values("pk"))
