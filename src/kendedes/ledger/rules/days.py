"""Which calendar day a moment belongs to."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo


def business_day(at: datetime, zone: str) -> date:
    """The day of ``at`` where the association is."""
    return at.astimezone(ZoneInfo(zone)).date()


def booking_day(occurred_on: date, closed_until: date | None) -> date:
    """The day a posting counts for: its own, or the first open one when its period is closed already."""
    if closed_until is None or occurred_on > closed_until:
        return occurred_on
    return closed_until + timedelta(days=1)
