"""How views find an edition."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404

from kendedes.catalogue.models import Edition
from kendedes.network.door import OfficeRequest
from kendedes.network.rules import Right

LOADED = ("association__region", "unit__district", "unit__association", "cover_photo__product", "frozen", "publication")


def seen(request: OfficeRequest, pk: int) -> Edition:
    """An edition this person sees, or 404."""
    rows = Edition.objects.visible_to(request.user).select_related(*LOADED).defer("frozen__text")
    return get_object_or_404(rows, pk=pk)


def held(request: OfficeRequest, pk: int, right: Right) -> Edition:
    """An edition on which this person has ``right``, or 404."""
    rows = Edition.objects.allowed(request.user, right).select_related(*LOADED).defer("frozen__text")
    return get_object_or_404(rows, pk=pk)


def draft(request: OfficeRequest, pk: int) -> Edition:
    """A unit edition this person may work on, or 404; its state is the action's business."""
    edition = held(request, pk, Right.PROPOSE_EDITION)
    if edition.is_regency:
        raise Http404
    return edition
