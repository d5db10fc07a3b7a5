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
    found = [Waiting(len(queries.sheets_to_fill(user)), _("lembar nilai menunggu Anda"), home, "clipboard", "now")]
    rounds = list(Round.objects.allowed(user, Right.RUN_ROUNDS).filter(state__in=["preparing", "scoring"]))
    preparing = sum(1 for r in rounds if r.state == Round.State.PREPARING)
    ready = queries.ready_to_close([r for r in rounds if r.state == Round.State.SCORING])
    found += [
        Waiting(preparing, _("putaran penilaian belum dimulai"), home, "award", "info"),
        Waiting(ready, _("putaran penilaian siap ditutup"), home, "award", "now"),
    ]
    manages = scope(user, Right.MANAGE_RUBRICS).associations
    if manages and not Rubric.objects.filter(association__in=manages, complete=True).exists():
        found.append(
            Waiting(
                0, _("Siapkan rubrik penilaian"), reverse("ovop:rubrics"), "scale", "start",
                _("Salin sebuah contoh dan lengkapi; tanpa rubrik lengkap belum ada bintang."),
            )
        )  # fmt: skip
    return found
