"""Midnight where the association is: each sale in exactly one day, period and paper, whatever zone the phone or server has."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kendedes.ledger import actions as books
from kendedes.ledger.models import Period, Posting, ShareLine
from kendedes.ledger.queries import balance
from kendedes.ledger.rules.days import booking_day, business_day
from kendedes.ledger.verify import verify
from kendedes.settlement import actions
from kendedes.settlement.models import Claim
from kendedes.testing.shop import AT

ZONES = {"Asia/Jakarta": 7, "Asia/Makassar": 8, "Asia/Jayapura": 9}  # WIB, WITA, WIT
EVE = date(2026, 12, 31)
YEAR = date(2027, 1, 1)


@pytest.fixture(params=ZONES)
def zone(request, settings):
    settings.TIME_ZONE = request.param
    return request.param


def moments(zone: str) -> dict[datetime, date]:
    """The last and first moments of a day, of a month and of a year at the association, as UTC."""
    here = ZoneInfo(zone)
    found = {}
    for first in (YEAR, date(2026, 12, 1), date(2026, 12, 16)):
        start = datetime(first.year, first.month, first.day, tzinfo=here)
        before = first - timedelta(days=1)
        found |= {
            start - timedelta(seconds=1): before,
            start - timedelta(microseconds=1): before,
            start: first,
            start + timedelta(seconds=1): first,
        }
    return {at.astimezone(UTC): day for at, day in found.items()}


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("phone", [UTC, *(ZoneInfo(name) for name in ZONES)], ids=str)
def test_the_day_is_the_association_s_whatever_zone_the_phone_tells_the_moment_in(zone, phone):
    hours = ZONES[zone]

    assert {business_day(at.astimezone(phone), zone) == day for at, day in moments(zone).items()} == {True}
    # said once more without a zone's tables: Indonesia knows no summer time
    midnight = datetime(2027, 1, 1, tzinfo=UTC) - timedelta(hours=hours)
    assert business_day(midnight.astimezone(phone), zone) == YEAR
    assert business_day((midnight - timedelta(microseconds=1)).astimezone(phone), zone) == EVE


def test_each_sale_around_midnight_stands_in_one_period_and_on_one_paper(shop, zone):
    till = balance(shop.till.pk)
    lot = shop.new_lot(40)
    wanted = {}
    for phone in ("Asia/Jayapura", "Asia/Jakarta"):
        for at, day in moments(zone).items():
            posted = shop.sell((lot, 1, 15_000), at=at.astimezone(ZoneInfo(phone)))
            wanted[posted.posting.pk] = day
    assert {p.pk: p.occurred_on for p in Posting.objects.filter(pk__in=wanted)} == wanted

    papers = []
    for ends in (date(2026, 11, 30), date(2026, 12, 15), EVE, YEAR + timedelta(days=30)):
        day_after = ends + timedelta(days=1)
        books.close_period(association=shop.cast.association, ends_on=ends, at=AT, by=None, today=day_after)
        drawn = actions.draw_up(
            association=shop.cast.association, ends_on=ends, at=AT, by=shop.cast.sekar, today=day_after, everybody=True
        )
        actions.check(settlement=drawn, at=AT, by=shop.cast.sekar)
        papers.append(
            actions.approve(settlement=drawn, digest=drawn.digest, at=AT, by=shop.cast.ratna).statements.get()
        )

    periods = [(p.starts_on, p.ends_on) for p in Period.objects.order_by("ends_on")]
    for day in wanted.values():
        assert sum(1 for since, until in periods if since <= day <= until) == 1
    assert Counter(Claim.objects.values_list("share__posting", flat=True)) == Counter(wanted.keys())
    sold = [sum(lot["sold"] for lot in paper.content["lots"]) for paper in papers]
    days = Counter(wanted.values())
    assert sold == [
        days[date(2026, 11, 30)],
        days[date(2026, 12, 1)] + days[date(2026, 12, 15)],
        days[date(2026, 12, 16)] + days[EVE],
        days[YEAR],
    ]
    assert sold == [4, 8, 8, 4]
    assert [paper.number[:8] for paper in papers] == ["BH/2026/", "BH/2026/", "BH/2026/", "BH/2027/"]
    assert balance(shop.till.pk) - till == 24 * 15_000
    assert ShareLine.objects.count() == 24
    assert verify().findings == []


def test_a_late_sale_of_the_old_year_counts_for_the_new_one_once(shop, zone):
    for ends in (EVE,):
        books.close_period(
            association=shop.cast.association, ends_on=ends, at=AT, by=None, today=ends + timedelta(days=1)
        )
    last = datetime(2026, 12, 31, 23, 59, 59, tzinfo=ZoneInfo(zone))

    posted = shop.sell((shop.lot, 1, 15_000), at=last)

    assert (posted.posting.occurred_on, posted.posting.booked_on, posted.posting.late) == (EVE, YEAR, True)
    assert ShareLine.objects.get(posting=posted.posting).booked_on == YEAR


def test_a_day_is_open_until_the_one_it_is_closed_with():
    assert booking_day(EVE, None) == EVE
    assert booking_day(EVE, EVE - timedelta(days=1)) == EVE
    assert booking_day(EVE, EVE) == YEAR
    assert booking_day(EVE - timedelta(days=400), EVE) == YEAR
