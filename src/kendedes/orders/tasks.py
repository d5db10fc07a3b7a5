"""Mail leaves in the background."""

from __future__ import annotations

from django.tasks import task
from django.utils import timezone

from kendedes.orders.actions import send_waiting


@task()
def send_mail() -> str:
    """What waits in the outbox."""
    return send_waiting(at=timezone.now())
