"""Where the server stands with one till."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kendedes.journal.queries import epoch
from kendedes.sales.models import BackupMark, Device, RawEvent
from kendedes.sales.rules.pairing import hashed

BACKUPS = 2  # a till forgets only what stands in so many


def device_of(token: str) -> Device | None:
    """The till that made this token, revoked or not."""
    return Device.objects.filter(token_hash=hashed(token)).select_related("association").first()


def safe_seq(device: Device) -> int:
    """The last event that stands in two backups."""
    marks = list(BackupMark.objects.order_by("-id").values_list("made_at", flat=True)[:BACKUPS])
    if len(marks) < BACKUPS:
        return 0
    kept = RawEvent.objects.filter(device=device, branch=0, received_at__lt=marks[-1])
    return kept.order_by("-seq").values_list("seq", flat=True).first() or 0


def state(device: Device, now: datetime) -> dict[str, Any]:
    """STATE of docs/algorithms/sync.md, read anew."""
    acked, head = Device.objects.filter(pk=device.pk).values_list("acked_seq", "head").get()
    return {
        "sync": 1, "v": 1, "device": device.code, "epoch": str(epoch().uuid), "acked_seq": acked, "head": head,
        "safe_seq": safe_seq(device), "server_time": int(now.timestamp() * 1000),
    }  # fmt: skip
