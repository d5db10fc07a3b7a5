"""What of fairs waits for a person on her home page."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kendedes.events.models import Event, Lead
from kendedes.journal.models import User
from kendedes.network.rules import Right, Waiting


def waiting(user: User) -> list[Waiting]:
    """Fairs that are over and not counted, people nobody answered."""
    home = reverse("events:list")
    over = Event.objects.allowed(user, Right.RUN_EVENTS).filter(
        state=Event.State.OUT, ends_on__lt=timezone.localdate()
    )  # fmt: skip
    leads = Lead.objects.visible_to(user).filter(done_at=None)
    return [
        Waiting(over, _("pameran sudah lewat, barangnya belum dihitung"), home, "flag", "now"),
        Waiting(leads, _("peminat dari pameran belum dijawab"), home, "chat", "soon"),
    ]
