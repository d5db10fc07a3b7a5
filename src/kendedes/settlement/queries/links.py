"""Personal links of producers: only the digest of a link is kept."""

from __future__ import annotations

import hashlib

from kendedes.network.models import Producer
from kendedes.settlement.models import ProducerLink


def digest(token: str) -> str:
    """What is kept of a link."""
    return hashlib.sha256(token.encode()).hexdigest()


def producer_of(token: str) -> Producer | None:
    """Whose link it is; None when nobody's or ended."""
    rows = ProducerLink.objects.filter(token_hash=digest(token), ended_at=None)
    found = rows.select_related("producer__village", "producer__association", "producer__unit__district").first()
    return found.producer if found else None
