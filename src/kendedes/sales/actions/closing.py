"""What must be done with the tills before a period is closed (``AppConfig.before_closing``)."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from kendedes.base.refusal import Refusal
from kendedes.network.models import Association
from kendedes.sales.models import RawEvent


class EventsParked(Refusal):
    """Something a till sent waits for a person: nobody knows yet what it would have booked."""

    code = "events_parked"
    message = _("Masa buku belum dapat ditutup: %(count)s kiriman kasir masih menunggu, yang pertama %(first)s.")


def nothing_parked(*, association: Association, ends_on: date) -> None:
    """The queue must be empty, whatever day its events claim: an unreadable one has no day of its own.

    Raises EventsParked.
    """
    waiting = RawEvent.objects.filter(device__association=association).parked().select_related("device")
    first = waiting.first()
    if first is not None:
        raise EventsParked(count=waiting.count(), first=f"{first.device.code}-{first.seq:06d}")
