"""What of the books waits for a person on her home page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kendedes.journal.models import User
from kendedes.ledger.models import VerifyRun
from kendedes.network.queries import may
from kendedes.network.rules import Right, Waiting


def waiting(user: User) -> list[Waiting]:
    """Books that do not fit. Differences of goods are told by the floors that settle them."""
    if not may(user, Right.SEE_MONEY):
        return []
    newest = VerifyRun.objects.order_by("-id").values("id")[:1]
    broken = VerifyRun.objects.filter(id__in=newest, fits=False)
    return [
        Waiting(broken, _("pemeriksaan buku menemukan yang tidak cocok"), reverse("ledger:verify"), "warning", "now")
    ]
