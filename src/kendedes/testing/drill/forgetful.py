"""A control: the real application, but what a till says again is booked again, as an event of its own. The drill must
notice.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from kendedes.wsgi import application  # first: it loads the apps

# isort: split
from django.db import transaction

from kendedes.sales.actions import sync
from kendedes.sales.models import Device
from kendedes.sales.rules.clock import Reading

__all__ = ["application"]

careful: Callable[..., sync.Result] = sync.take.__wrapped__  # type: ignore[attr-defined]


@transaction.atomic(durable=True)
def take(*, device: Device, seq: int, raw: bytes, sent: Reading | None, at: datetime) -> sync.Result:
    """Whatever comes is news: it gets the next number and a key of its own."""
    held = Device.objects.select_for_update().get(pk=device.pk)
    if seq > held.acked_seq:
        return careful(device=device, seq=seq, raw=raw, sent=sent, at=at)
    event = json.loads(raw)
    event |= {"id": event["id"][:24] + secrets.token_hex(6), "seq": held.acked_seq + 1, "prev": held.head}
    news = json.dumps(event).encode()
    return replace(careful(device=device, seq=event["seq"], raw=news, sent=sent, at=at), seq=seq)


sync.take = take
