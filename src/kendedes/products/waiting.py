"""What waits for a person on this floor, for her home page."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kendedes.journal.models import User
from kendedes.network.queries import may, scope
from kendedes.network.rules import Right, Waiting
from kendedes.products.models import Product
from kendedes.products.permits.queries import lapsing
from kendedes.products.queries import office


def waiting(user: User) -> list[Waiting]:
    """For curators the queue; for units what came back and what is unfinished; lapsing permits for both."""
    found: list[Waiting] = []
    queue = reverse("products:curation")
    products = reverse("products:list")
    if may(user, Right.CURATE):
        found += [
            Waiting(office.waiting_for_curator(user), _("produk menunggu kurasi"), queue, "check-circle", "now"),
            Waiting(office.accepted(user), _("produk diterima belum terbit"), f"{queue}?t=diterima", "send"),
            Waiting(len(office.changed_since_release(user)), _("produk berubah sejak terbit"), f"{queue}?t=berubah", "refresh"),
        ]  # fmt: skip
    if may(user, Right.EDIT_PRODUCTS):
        found += _unfinished(user, products)
        lapsed, soon = lapsing(user, timezone.localdate())
        permits = reverse("products:permits")
        found += [
            Waiting(lapsed, _("izin sudah habis masa berlakunya"), permits, "warning", "now"),
            Waiting(soon, _("izin habis dalam enam bulan"), permits, "clock"),
        ]
    return found


def _unfinished(user: User, products: str) -> list[Waiting]:
    rows = Product.objects.allowed(user, Right.EDIT_PRODUCTS)
    state = Product.State
    found = [
        Waiting(rows.filter(state=state.DRAFT), _("produk masih draf"), f"{products}?state=draft", "edit", "info"),
        Waiting(rows, _("Catat produk pertama"), reverse("products:new"), "box", "start"),
    ]
    if not scope(user, Right.EDIT_PRODUCTS).associations:  # those who curate see it as somebody else's work
        back = rows.filter(state=state.RETURNED)
        found.insert(0, Waiting(back, _("produk perlu diperbaiki"), f"{products}?state=returned", "undo", "now"))
    return found
