"""What of settlement waits for a person on her home page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kendedes.journal.models import User
from kendedes.network.rules import Right, Waiting
from kendedes.settlement.models import Settlement
from kendedes.settlement.queries import pages


def waiting(user: User) -> list[Waiting]:
    """Drafts to check, settlements to approve, statements to pay."""
    home = reverse("settlement:list")
    settles = Settlement.objects.allowed(user, Right.SETTLE)
    approves = Settlement.objects.allowed(user, Right.APPROVE_PAYOUT).exclude(drawn_by=user)
    return [
        Waiting(settles.filter(state="draft"), _("perhitungan bagi hasil perlu diperiksa"), home, "money", "soon"),
        Waiting(approves.filter(state="checked"), _("perhitungan menunggu persetujuan Anda"), home, "money", "now"),
        Waiting(pages.unpaid(user), _("laporan titipan belum dibayar"), home, "money", "now"),
    ]
