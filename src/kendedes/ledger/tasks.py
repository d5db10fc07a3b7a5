"""Checking the books in the background: a long history takes a minute."""

from __future__ import annotations

from django.tasks import task
from django.utils import timezone

from kendedes.ledger.actions import check_books


@task()
def check_now() -> bool:
    """Run ``verify`` and keep what it found."""
    return check_books(at=timezone.now()).fits
