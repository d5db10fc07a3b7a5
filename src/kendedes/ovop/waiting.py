"""What of choosing waits for a person on her home page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kendedes.journal.models import User
from kendedes.network.queries import scope
from kendedes.network.rules import Right, Waiting
from kendedes.ovop import queries
from kendedes.ovop.models import Round, Rubric


def waiting(user: User) -> list[Waiting]:
    """Sheets to fill, rounds to start or close, the first rubric."""
    home = reverse("ovop:home")
    rounds = Round.objects.allowed(user, Right.RUN_ROUNDS)
    preparing = rounds.filter(state=Round.State.PREPARING)
    found = [
        Waiting(queries.open_sheets(user), _("lembar nilai menunggu Anda"), home, "clipboard", "now"),
        Waiting(preparing, _("putaran penilaian belum dimulai"), home, "award", "info"),
        Waiting(queries.ready_to_close(rounds), _("putaran penilaian siap ditutup"), home, "award", "now"),
    ]
    manages = scope(user, Right.MANAGE_RUBRICS).associations
    if manages:
        complete = Rubric.objects.filter(association__in=manages, complete=True)
        note = _("Salin sebuah contoh dan lengkapi; tanpa rubrik lengkap belum ada bintang.")
        address = reverse("ovop:rubrics")
        found.append(Waiting(complete, _("Siapkan rubrik penilaian"), address, "scale", "start", note))
    return found
