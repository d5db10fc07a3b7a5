"""What the windows of stories share."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404

from kendedes.network.door import OfficeRequest
from kendedes.network.models import Association, Unit
from kendedes.network.queries import scope
from kendedes.network.rules import Right
from kendedes.stories.models import Story


def mine(request: OfficeRequest, pk: int) -> Story:
    """A story this person writes or decides on, or 404."""
    return get_object_or_404(Story.objects.visible_to(request.user).select_related("association", "unit"), pk=pk)


def decided(request: OfficeRequest, pk: int) -> Story:
    """A story this person may publish, or 404."""
    rows = Story.objects.allowed(request.user, Right.PUBLISH_STORIES).select_related("association", "unit")
    return get_object_or_404(rows, pk=pk)


def may_change(request: OfficeRequest, story: Story) -> bool:
    """Its writer while it is not out yet; who publishes, always."""
    if Story.objects.allowed(request.user, Right.PUBLISH_STORIES).filter(pk=story.pk).exists():
        return True
    return story.state in {Story.State.DRAFT, Story.State.HANDED_IN, Story.State.WITHDRAWN}


def place(request: OfficeRequest) -> tuple[Association, Unit | None]:
    """For whom this person writes: her association, or her unit. Raises Http404."""
    found = scope(request.user, Right.WRITE_STORIES)
    if found.associations:
        own = request.association
        wanted = own.pk if own and own.pk in found.associations else min(found.associations)
        return Association.objects.get(pk=wanted), None
    if not found.units:
        raise Http404
    unit = Unit.objects.select_related("association").get(pk=min(found.units))
    return unit.association, unit
