"""What the background worker does for the catalogue."""

from __future__ import annotations

from django.tasks import task

from kendedes.catalogue.actions.printing import run_job


@task()
def print_job(job_id: int) -> str:
    """Make the book of a print job; the job itself tells how it went."""
    return run_job(job_id)
