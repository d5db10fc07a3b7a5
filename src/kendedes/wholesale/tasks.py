"""Quotes by mail leave in the background."""

from __future__ import annotations

from django.tasks import task
from django.utils import timezone

from kendedes.wholesale import actions


@task()
def send_letters() -> str:
    """Letters whose turn has come."""
    return actions.send_letters(at=timezone.now())
