"""What waits for a person in the intake, for her home page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kendedes.journal.models import User
from kendedes.network.queries import may
from kendedes.network.rules import Right, Waiting
from kendedes.products.intake.views.common import batches
from kendedes.products.models import ImportBatch


def waiting(user: User) -> list[Waiting]:
    """Sheets that were read but not confirmed."""
    if not may(user, Right.SEE_PERSONAL):
        return []
    rows = batches(user).filter(state=ImportBatch.State.REVIEW)
    return [Waiting(rows, _("lembar kiriman menunggu diperiksa"), reverse("intake:list"), "sheet", "now")]
