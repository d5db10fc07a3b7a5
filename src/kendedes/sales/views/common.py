"""What the office's pages of sales share."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_date

from kendedes.journal.models import User
from kendedes.network.door import OfficeRequest
from kendedes.network.models import Association
from kendedes.network.queries import scope
from kendedes.network.rules import Right


def association_for(user: User, right: Right) -> Association:
    """The association in which a page of one association works: the first in which ``user`` has the right."""
    found = Association.objects.filter(pk__in=scope(user, right).associations).order_by("pk").first()
    if found is None:
        raise PermissionDenied
    return found


def tabs(request: OfficeRequest) -> dict[str, bool]:
    """Which of the pages beside this one are hers."""
    return {"may_approve": request.may(Right.APPROVE_SALE), "may_tills": request.may(Right.MANAGE_TILLS)}


def span(request: HttpRequest, *, days: int) -> tuple[date, date]:
    """The days a list shows: as asked, else the last ``days``."""
    today = timezone.localdate()
    start = _day(request.GET.get("dari", "")) or today - timedelta(days=days - 1)
    end = _day(request.GET.get("sampai", "")) or today
    return (start, end) if start <= end else (end, start)


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def moments(start: date, end: date) -> tuple[datetime, datetime]:
    """From the first moment of a day to the end of another."""
    zone = timezone.get_current_timezone()
    return (
        datetime(start.year, start.month, start.day, tzinfo=zone),
        datetime(end.year, end.month, end.day, tzinfo=zone) + timedelta(days=1),
    )
