"""Closing the books up to a day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.apps import apps
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from kendedes.journal.models import User
from kendedes.ledger.actions.locks import hold
from kendedes.ledger.actions.post import post
from kendedes.ledger.actions.refusals import PeriodNotReady
from kendedes.ledger.actions.sale import Case
from kendedes.ledger.models import Period, Place, Posting
from kendedes.ledger.queries.totals import fingerprint, stock_at
from kendedes.network.models import Association


@transaction.atomic
def close_period(*, association: Association, ends_on: date, at: datetime, by: User | None, today: date) -> Period:
    """Close every open day up to ``ends_on``. Nothing is booked there any more; later news counts for the next day.

    Raises PeriodNotReady: a day not over yet, already closed, nothing to close, pieces still in *selisih*; and what
    the floors above refuse: each may name functions ``(association, ends_on)`` in ``AppConfig.before_closing``.
    """
    hold(association.pk)
    last = Period.objects.filter(association=association).first()
    first = Posting.objects.filter(association=association).order_by("occurred_on").first()
    if first is None:
        raise PeriodNotReady(why=_("belum ada kejadian."))
    if ends_on >= today:
        raise PeriodNotReady(why=_("harinya belum lewat."))
    if last is not None and ends_on <= last.ends_on:
        raise PeriodNotReady(why=_("sudah ditutup."))
    starts_on = last.ends_on + timedelta(days=1) if last else min(first.occurred_on, ends_on)
    if any(stock_at(association, Place.Kind.DIFFERENCE, until=ends_on).values()):
        raise PeriodNotReady(why=_("masih ada selisih barang yang belum diselesaikan."))
    for config in apps.get_app_configs():
        for name in getattr(config, "before_closing", []):
            import_string(name)(association=association, ends_on=ends_on)
    case = Case(
        association=association, at=at, by=by, occurred_on=ends_on + timedelta(days=1),
        facts={"from": str(starts_on), "until": str(ends_on)},
    )  # fmt: skip
    posted = post(case.deed("period.close"))
    return Period.objects.create(
        association=association, starts_on=starts_on, ends_on=ends_on, posting=posted.posting, closed_by=by,
        totals=fingerprint(association.pk, ends_on),
    )  # fmt: skip
