"""What of wholesale waits for a person on her home page."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kendedes.journal.models import User
from kendedes.network.rules import Right, Waiting
from kendedes.orders.models import Order
from kendedes.wholesale.models import Buyer, Enquiry
from kendedes.wholesale.queries.board import silent_orders
from kendedes.wholesale.rules.patience import ANSWER_HOURS, QUOTE_DAYS, SILENT_DAYS


def waiting(user: User) -> list[Waiting]:
    """Enquiries nobody answered, quotes without a word, silent makers, promises to call a buyer."""
    now = timezone.now()
    mine = Enquiry.objects.visible_to(user)
    open_ = mine.filter(state__in=(Enquiry.State.NEW, Enquiry.State.TAKEN))
    edge = now - timedelta(hours=ANSWER_HOURS)
    quoted = mine.filter(state=Enquiry.State.QUOTED, waits_since__lt=now - timedelta(days=QUOTE_DAYS))
    silent = silent_orders(Order.objects.allowed(user, Right.SELL_WHOLESALE), now - timedelta(days=SILENT_DAYS))
    steps = Buyer.objects.visible_to(user).filter(next_on__lte=timezone.localdate())
    home, book = reverse("wholesale:list"), reverse("wholesale:buyers")
    return [
        Waiting(
            open_.filter(waits_since__lt=edge), _("permintaan menunggu jawaban lebih dari sehari"), home, "inbox", "now"
        ),
        Waiting(open_.filter(waits_since__gte=edge), _("permintaan baru menunggu jawaban"), home, "inbox", "soon"),
        Waiting(quoted, _("penawaran lama tanpa kabar pembeli"), f"{home}?bagian=ditawarkan", "send", "soon"),
        Waiting(
            silent, _("pesanan grosir dengan produsen yang belum menjawab"), f"{home}?bagian=dibuat", "bell", "now"
        ),
        Waiting(steps, _("janji kepada pembeli untuk hari ini"), f"{book}?bagian=janji", "calendar", "now"),
    ]
