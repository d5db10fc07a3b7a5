"""Photos of a confirmed sheet, attached in the background: decoding takes its time."""

from __future__ import annotations

from django.tasks import task
from django.utils import timezone

from kendedes.products.intake import actions
from kendedes.products.models import ImportBatch


@task()
def attach(pk: int) -> int:
    """Attach what waits with the batch; returns how many photos hang now. Done twice it changes nothing."""
    batch = ImportBatch.objects.select_related("closed_by").get(pk=pk)
    return actions.attach_waiting(batch=batch, at=timezone.now(), by=batch.closed_by).count
