"""What of orders waits for a person on her home page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kendedes.journal.models import User
from kendedes.network.queries import scope
from kendedes.network.rules import Right, Waiting
from kendedes.orders.models import Message, Money, Order, OrderLine
from kendedes.orders.queries.detail import short_orders


def waiting(user: User) -> list[Waiting]:
    """Money to look for, goods to pack, goods that are missing, mail that came back; work that makers have not answered."""
    found = []
    home = reverse("orders:list")
    if scope(user, Right.HANDLE_ORDERS):
        mine = Order.objects.visible_to(user)
        said = Money.objects.filter(order__in=mine, posting=None, refused_at=None)
        found += [
            Waiting(said, _("pembayaran pesanan perlu diperiksa"), f"{home}?keadaan=bayar", "money", "now"),
            Waiting(
                short_orders(mine),
                _("pesanan kekurangan barang di rak"),
                f"{home}?keadaan=kurang",
                "warning",
                "now",
            ),
            Waiting(
                Message.objects.visible_to(user).filter(failed_at__isnull=False, sent_at=None),
                _("surel kepada pembeli tidak terkirim"),
                f"{home}?keadaan=surel",
                "mail",
            ),
            Waiting(mine.filter(state=Order.State.NEW), _("pesanan menunggu disiapkan"), home, "basket", "soon"),
        ]
    work = OrderLine.objects.visible_to(user).filter(
        made=True, progress=None, order__state__in=(Order.State.NEW, Order.State.READY)
    )  # fmt: skip
    found.append(Waiting(work, _("barang pesanan belum dijawab produsennya"), reverse("orders:office-work"), "clock"))
    return found
