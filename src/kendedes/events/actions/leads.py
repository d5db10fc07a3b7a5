"""People who want more."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from kendedes.events.models import Event, Lead
from kendedes.journal.actions import record
from kendedes.journal.models import User


@transaction.atomic
def note_lead(
    *, event: Event, name: str, wants: str, at: datetime, by: User | None, contact: str = "", consented: bool = False
) -> Lead:  # fmt: skip
    """Write down who wants what; the diary does not hold the name."""
    lead = Lead.objects.create(
        event=event, name=name, contact=contact, consented=consented, wants=wants, noted_at=at, noted_by=by
    )
    record(deed="event.lead", at=at, by=by, subjects=[event, event.association], facts={"name": event.name})
    return lead


@transaction.atomic
def lead_done(*, lead: Lead, at: datetime, by: User | None) -> None:
    """Somebody answered."""
    if Lead.objects.filter(pk=lead.pk, done_at=None).update(done_at=at):
        record(
            deed="event.lead_done", at=at, by=by, subjects=[lead.event, lead.event.association],
            facts={"name": lead.event.name},
        )  # fmt: skip
