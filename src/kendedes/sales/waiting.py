"""What waits for a person about sales: tasks, parked events, tills that fell silent."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kendedes.journal.models import User
from kendedes.ledger.models import Oddity
from kendedes.network.queries import scope
from kendedes.network.rules import Right, Waiting
from kendedes.sales.models import Device
from kendedes.sales.queries.office import SILENT


def waiting(user: User) -> list[Waiting]:
    """For those who settle tasks and manage tills."""
    found = []
    if scope(user, Right.APPROVE_SALE):
        open_ = Oddity.objects.allowed(user, Right.APPROVE_SALE).open().count()
        found.append(Waiting(open_, _("selisih penjualan menunggu"), reverse("sales:oddities"), "scale", "soon"))
    if scope(user, Right.MANAGE_TILLS):
        since = timezone.now() - SILENT
        tills = Device.objects.allowed(user, Right.MANAGE_TILLS).selling().filter(seen_at__lt=since).count()
        found.append(Waiting(tills, _("mesin kasir diam lebih dari sehari"), reverse("sales:tills"), "device", "info"))
    return found
