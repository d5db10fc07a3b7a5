"""What the windows of fairs share."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from kendedes.events.models import Event
from kendedes.network.door import OfficeRequest
from kendedes.network.rules import Right


def running(request: OfficeRequest, pk: int) -> Event:
    """A fair this person runs, or 404."""
    rows = Event.objects.allowed(request.user, Right.RUN_EVENTS).select_related("association", "place")
    return get_object_or_404(rows, pk=pk)


def pdf(made: bytes, name: str) -> HttpResponse:
    """A PDF shown in the browser."""
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer
