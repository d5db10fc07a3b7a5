"""What tills may take off a price from their next snapshot on."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kendedes.base.refusal import Refusal
from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.ledger.models import Place
from kendedes.network.models import Association, Producer, Unit
from kendedes.products.models import Product
from kendedes.sales.models import Discount


class DiscountKnown(Refusal):
    """Two rules with one code on the same day: nobody could tell from a receipt which was meant."""

    code = "discount_known"
    message = _("Kode %(code)s sudah dipakai pada hari-hari itu.")


class DiscountOver(Refusal):
    """A rule that has ended."""

    code = "discount_over"
    message = _("Potongan %(code)s sudah berakhir.")


@transaction.atomic
def add_discount(
    *, association: Association, code: str, name: str, percent: int, since: date, until: date | None, place: Place | None,
    at: datetime, by: User, limit: Unit | Producer | Product | None = None,
) -> Discount:  # fmt: skip
    """From ``since`` to ``until`` (without: until it is ended), of all goods or those of ``limit``. Raises DiscountKnown."""
    Association.objects.select_for_update().get(pk=association.pk)  # one adds at a time
    same = Discount.objects.filter(association=association, code=code).running(since)
    if same.filter(Q() if until is None else Q(since__lte=until)).exists():
        raise DiscountKnown(code=code)
    made = Discount.objects.create(
        association=association, code=code, name=name, percent=percent, since=since, until=until, place=place, made_by=by,
        made_at=at, unit=limit if isinstance(limit, Unit) else None, producer=limit if isinstance(limit, Producer) else None,
        product=limit if isinstance(limit, Product) else None,
    )  # fmt: skip
    record(
        deed="discount.add", at=at, by=by, subjects=[association],
        facts={"code": code, "percent": percent, "since": str(since), "until": str(until or ""), **({"only": str(limit)} if limit else {})},
    )  # fmt: skip
    return made


@transaction.atomic
def end_discount(*, discount: Discount, at: datetime, by: User) -> Discount:
    """No till that asks from now on gives it; what was sold with it stays. Raises DiscountOver."""
    done = Discount.objects.filter(pk=discount.pk, ended_at=None).update(ended_at=at, ended_by=by)
    if not done:
        raise DiscountOver(code=discount.code)
    record(deed="discount.end", at=at, by=by, subjects=[discount.association], facts={"code": discount.code})
    discount.refresh_from_db()
    return discount
