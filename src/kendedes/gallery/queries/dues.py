"""Dues as pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, QuerySet, Sum
from django.db.models.functions import Coalesce

from kendedes.gallery.models import Call, Due, Facing, Receipt
from kendedes.journal.models import User
from kendedes.network.models import Association


def dues_of(user: User) -> QuerySet[Any]:
    """Dues in sight with ``paid`` and ``left``."""
    rows = Due.objects.visible_to(user).select_related("call", "unit__district")
    return rows.annotate(paid=Coalesce(Sum("receipts__amount"), 0)).annotate(left=F("amount") - F("paid"))


def unpaid(user: User) -> QuerySet[Any]:
    """Those on which something is still owed."""
    return dues_of(user).filter(left__gt=0)


@dataclass(frozen=True)
class CallRow:
    """A call with its sums."""

    call: Call
    units: int
    asked: int
    paid: int


def call_rows(user: User) -> list[CallRow]:
    """Calls in sight, newest first, with what the user may see of them."""
    seen = Due.objects.visible_to(user).order_by()
    asked: dict[int, tuple[int, int]] = {
        call: (units, total) for call, units, total in seen.values_list("call").annotate(Count("pk"), Sum("amount"))
    }
    paid = dict(
        Receipt.objects.visible_to(user).order_by().values_list("due__call").annotate(Sum("amount"))
    )  # fmt: skip
    calls = Call.objects.filter(pk__in=asked).order_by("-asked_on", "-pk")
    return [CallRow(call, *asked[call.pk], paid.get(call.pk, 0)) for call in calls]


def receipt_paper(receipt: Receipt) -> dict[str, Any]:
    """What a kuitansi says."""
    due = receipt.due
    association = receipt.association
    return {
        "number": str(receipt), "association": association.name, "gallery": association.gallery_name or association.name,
        "address": association.address, "payer": receipt.payer, "unit": str(due.unit), "for": due.call.name,
        "amount": receipt.amount, "day": receipt.paid_on.isoformat(), "place": association.region.name,
        "by": str(receipt.posting.entry.by or ""), "into": receipt.get_into_display(),
    }  # fmt: skip


def facings_of(association: Association, day: date) -> dict[int, int]:
    """How many facings each unit fills on a day, by its number."""
    rows = Facing.objects.filter(shelf__stand__venue__association=association).on(day).order_by()
    return dict(rows.values_list("unit").annotate(Count("pk")))
