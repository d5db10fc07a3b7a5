"""What the pages of the intake share."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from kendedes.network.door import OfficeRequest
from kendedes.network.models import Unit
from kendedes.network.rules import Right
from kendedes.products.models import ImportBatch

# Sheets hold phone numbers, so the right to edit products is not enough.
RIGHTS = (Right.EDIT_PRODUCTS, Right.SEE_PERSONAL)


def units(user: Any) -> QuerySet[Unit]:
    """Units for which ``user`` may bring sheets in."""
    rows = Unit.objects.select_related("district", "association").order_by("district__name")
    for right in RIGHTS:
        rows = rows.allowed(user, right)
    return rows


def batches(user: Any) -> QuerySet[ImportBatch]:
    """Files of those units, without their bytes."""
    rows = ImportBatch.objects.select_related("unit__district", "sent_by", "closed_by")
    for right in RIGHTS:
        rows = rows.allowed(user, right)
    return rows


def batch(request: OfficeRequest, pk: int) -> ImportBatch:
    """One file of those units, or 404."""
    return get_object_or_404(batches(request.user), pk=pk)
