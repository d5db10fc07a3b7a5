"""What of the editions waits for a person on her home page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kendedes.catalogue.models import Edition, PrintJob
from kendedes.journal.models import User
from kendedes.network.queries import scope
from kendedes.network.rules import Right, Waiting

State = Edition.State


def waiting(user: User) -> list[Waiting]:
    """Drafts to finish, proofs to lock, locked editions to compose or publish, prints that failed."""
    home = reverse("catalogue:list")
    found: list[Waiting] = []
    if scope(user, Right.PROPOSE_EDITION):
        drafts = Edition.objects.allowed(user, Right.PROPOSE_EDITION).filter(state=State.DRAFT)
        found.append(Waiting(drafts, _("edisi masih draf"), home, "book", "info"))
    if scope(user, Right.LOCK_EDITION):
        proofs = Edition.objects.allowed(user, Right.LOCK_EDITION).filter(state=State.PROOF)
        found.append(Waiting(proofs, _("cetak coba menunggu dikunci"), home, "lock", "now"))
    if scope(user, Right.PUBLISH_EDITION):
        locked = Edition.objects.allowed(user, Right.PUBLISH_EDITION).filter(state=State.LOCKED)
        found.append(Waiting(locked, _("edisi terkunci belum terbit"), home, "globe", "soon"))
    if scope(user, Right.PRINT_EDITION):
        failed = PrintJob.objects.allowed(user, Right.PRINT_EDITION).filter(state=PrintJob.State.FAILED)
        found.append(Waiting(failed, _("pencetakan gagal dan dapat dilanjutkan"), home, "printer", "soon"))
    return found
