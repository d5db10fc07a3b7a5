"""What of wholesale waits for a person on her home page."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kendedes.journal.models import User
from kendedes.network.rules import Right, Waiting
from kendedes.orders.models import Order
from kendedes.wholesale.models import Buyer, Enquiry, Letter, Quote
from kendedes.wholesale.queries.board import silent_orders, too_long_ago


def waiting(user: User) -> list[Waiting]:
    """Buyers who were refused, enquiries nobody answered, quotes without a word, silent makers, promises to call a buyer."""
    now = timezone.now()
    mine = Enquiry.objects.visible_to(user)
    open_ = mine.filter(state__in=(Enquiry.State.NEW, Enquiry.State.TAKEN))
    late = Q(waits_since__lt=too_long_ago(now, "association__shop__answer_hours", timedelta(hours=1)))
    old = Q(waits_since__lt=too_long_ago(now, "association__shop__quote_days", timedelta(days=1)))
    quoted = mine.filter(old, state=Enquiry.State.QUOTED)
    silent = silent_orders(Order.objects.allowed(user, Right.SELL_WHOLESALE), now)
    steps = Buyer.objects.visible_to(user).filter(next_on__lte=timezone.localdate())
    home, book = reverse("wholesale:list"), reverse("wholesale:buyers")
    turned = Quote.objects.visible_to(user).turned_away()
    return [
        Waiting(
            turned,
            _("pembeli ingin menyetujui penawaran yang tidak dapat dipenuhi lagi"),
            f"{home}?bagian=ditawarkan",
            "warning",
            "now",
        ),
        Waiting(open_.filter(late), _("permintaan terlalu lama menunggu jawaban"), home, "inbox", "now"),
        Waiting(open_.filter(~late), _("permintaan baru menunggu jawaban"), home, "inbox", "soon"),
        Waiting(
            Quote.objects.visible_to(user).to_second(user),
            _("penawaran di bawah harga kesepakatan menunggu persetujuan Anda"),
            f"{home}?bagian=dikerjakan",
            "scale",
            "now",
        ),
        Waiting(quoted, _("penawaran lama tanpa kabar pembeli"), f"{home}?bagian=ditawarkan", "send", "soon"),
        Waiting(
            Letter.objects.visible_to(user).lost(),
            _("penawaran lewat surel tidak terkirim"),
            f"{home}?bagian=ditawarkan",
            "mail",
        ),
        Waiting(
            silent, _("pesanan grosir dengan produsen yang belum menjawab"), f"{home}?bagian=dibuat", "bell", "now"
        ),
        Waiting(steps, _("janji kepada pembeli untuk hari ini"), f"{book}?bagian=janji", "calendar", "now"),
    ]
