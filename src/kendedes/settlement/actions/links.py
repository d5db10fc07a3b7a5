"""Personal links of producers."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.network.models import Producer
from kendedes.settlement.models import ProducerLink
from kendedes.settlement.queries.links import digest


@transaction.atomic
def make_link(*, producer: Producer, at: datetime, by: User | None) -> str:
    """End the producer's link, make a new one and return its token; it is not kept and cannot be shown again."""
    token = secrets.token_urlsafe(24)
    ProducerLink.objects.filter(producer=producer, ended_at=None).update(ended_at=at)
    ProducerLink.objects.create(producer=producer, token_hash=digest(token), made_at=at)
    record(deed="producer.link", at=at, by=by, subjects=[producer], facts={"name": producer.name})
    return token
