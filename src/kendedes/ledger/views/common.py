"""What the windows of the books share."""

from __future__ import annotations

from django.http import Http404

from kendedes.network.door import OfficeRequest
from kendedes.network.models import Association
from kendedes.network.queries import scope
from kendedes.network.rules import Right


def own(request: OfficeRequest, right: Right) -> Association:
    """The association whose books are meant: that of the address if the person has the right there, else her first."""
    found = scope(request.user, right).associations
    if not found:
        raise Http404
    here = request.association
    return here if here and here.pk in found else Association.objects.get(pk=min(found))
