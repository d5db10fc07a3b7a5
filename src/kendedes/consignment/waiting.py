"""What of consignment waits for a person on her home page."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kendedes.consignment.actions.differences import WAYS
from kendedes.consignment.models import Paper, Proposal
from kendedes.consignment.queries.papers import drafts, to_receive
from kendedes.journal.models import User
from kendedes.ledger.models import GoodsMove, Lot, Oddity, Terms
from kendedes.network.queries import scope
from kendedes.network.rules import Right, Waiting

SOON = timedelta(days=14)


def waiting(user: User) -> list[Waiting]:
    """Deliveries to receive, papers begun, what expires, differences, proposals, the first terms."""
    today = timezone.localdate()
    home, terms = reverse("consignment:home"), reverse("consignment:terms")
    found: list[Waiting] = []
    if scope(user, Right.MOVE_STOCK):
        differences = Oddity.objects.allowed(user, Right.MOVE_STOCK).open().filter(code__in=WAYS)
        watch = reverse("consignment:expiry")
        past = _expiring(user).filter(expires_on__lt=today)
        soon = _expiring(user).filter(expires_on__gte=today, expires_on__lte=today + SOON)
        counted = drafts(user).filter(state=Paper.State.COUNTED)
        found += [
            Waiting(_bare(to_receive(user)), _("surat jalan menunggu diterima"), home, "inbox", "now"),
            Waiting(past, _("titipan lewat kedaluwarsa masih di tempatnya"), watch, "clock", "now"),
            Waiting(soon, _("titipan kedaluwarsa dalam dua minggu"), watch, "clock", "soon"),
            Waiting(differences, _("selisih barang belum diselesaikan"), reverse("consignment:differences"), "warning", "soon"),
            Waiting(_bare(counted), _("hitungan menunggu disahkan"), home, "clipboard", "soon"),
        ]  # fmt: skip
    agrees = scope(user, Right.AGREE_TERMS).associations
    if agrees:
        proposals = Proposal.objects.filter(association__in=agrees, state=Proposal.State.OPEN)
        found.append(Waiting(proposals, _("usulan kesepakatan menunggu keputusan"), terms, "scale", "now"))
        note = _("Persentase, jangka bayar, dan siapa menanggung; tanpa kesepakatan belum ada titipan.")
        first = Terms.objects.filter(association__in=agrees)
        found.append(Waiting(first, _("Sepakati titip jual"), reverse("consignment:propose"), "scale", "start", note))
    return found


def _bare(rows: QuerySet[Paper]) -> QuerySet[Paper]:
    return Paper.objects.filter(pk__in=rows.order_by().values("pk"))


def _expiring(user: User) -> QuerySet[Lot]:
    """Lots whose goods this person moves, of which pieces still lie somewhere."""
    moves = (
        GoodsMove.objects.filter(lot=OuterRef("pk")).order_by().values("lot").annotate(n=Sum("quantity")).values("n")
    )
    until = timezone.localdate() + SOON
    rows = Lot.objects.allowed(user, Right.MOVE_STOCK).filter(expires_on__lte=until)
    rows = rows.filter(Exists(GoodsMove.objects.filter(lot=OuterRef("pk"))))
    come = Coalesce(Subquery(moves.filter(target__physical=True)), 0)
    gone = Coalesce(Subquery(moves.filter(source__physical=True)), 0)
    left = rows.annotate(come=come, gone=gone).filter(come__gt=F("gone"))
    return Lot.objects.filter(pk__in=left.order_by().values("pk"))
