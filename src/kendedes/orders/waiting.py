"""What of orders waits for a person on her home page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kendedes.journal.models import User
from kendedes.network.queries import scope
from kendedes.network.rules import Right, Waiting
from kendedes.orders.models import Money, Order, OrderLine


def waiting(user: User) -> list[Waiting]:
    """Money to look for, goods to pack, money to give back; work that makers have not answered."""
    found = []
    home = reverse("orders:list")
    if scope(user, Right.HANDLE_ORDERS):
        mine = Order.objects.visible_to(user)
        said = Money.objects.filter(order__in=mine, posting=None, refused_at=None)
        found += [
            Waiting(said, _("pembayaran pesanan perlu diperiksa"), f"{home}?keadaan=bayar", "money", "now"),
            Waiting(mine.filter(state=Order.State.NEW), _("pesanan menunggu disiapkan"), home, "basket", "soon"),
        ]
    work = OrderLine.objects.visible_to(user).filter(
        made=True, progress=None, order__state__in=(Order.State.NEW, Order.State.READY)
    )  # fmt: skip
    found.append(Waiting(work, _("barang pesanan belum dijawab produsennya"), reverse("orders:office-work"), "clock"))
    return found
