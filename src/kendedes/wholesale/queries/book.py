"""The address book as a list."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, F, Q, QuerySet

from kendedes.wholesale.models import Buyer

MOST = 200


def book(rows: QuerySet[Buyer], text: str, promised: date | None) -> list[Buyer]:
    """Entries with how often they asked, next promises first; ``promised``: those due by that day only."""
    found = rows.filter(blanked_at=None).annotate(asked=Count("enquiries"))
    if text:
        found = found.filter(Q(name__icontains=text) | Q(contact__icontains=text) | Q(phone__icontains=text))
    if promised:
        found = found.filter(next_on__lte=promised)
    return list(found.order_by(F("next_on").asc(nulls_last=True), "name", "pk")[:MOST])
