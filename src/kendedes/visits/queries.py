"""What people look at, what they do not find, and what is sold of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from kendedes.ledger.models import ShareLine
from kendedes.network.models import Someone
from kendedes.network.rules import Right
from kendedes.products.models import Product
from kendedes.visits.models import Looked, Synonyms

MOST = 300


@dataclass(frozen=True)
class Interest:
    """One product: pages opened and pieces sold since a day."""

    product: Product
    looked: int
    sold: int


def interest(user: Someone, since: date) -> list[Interest]:
    """The products most looked at since a day; those of which nothing was sold first."""
    rows = Looked.objects.allowed(user, Right.CURATE).filter(day__gte=since).order_by()
    counted = dict(
        rows.values("product").annotate(n=Sum("times")).order_by("-n", "product").values_list("product", "n")[:MOST]
    )
    lines = ShareLine.objects.filter(lot__variant__product__in=counted, posting__booked_on__gte=since)
    sold = dict(
        lines.values("lot__variant__product").annotate(n=Sum("quantity")).values_list("lot__variant__product", "n")
    )
    products = Product.objects.select_related("producer").in_bulk(counted)
    found = [Interest(products[pk], looked, sold.get(pk, 0)) for pk, looked in counted.items()]
    return sorted(found, key=lambda row: (row.sold > 0, -row.looked, row.product.pk))


def synonyms(association_id: int) -> str:
    """The groups of an association, one a line."""
    rows = Synonyms.objects.filter(association=association_id)
    return "\n".join(rows.order_by("pk").values_list("words", flat=True))
