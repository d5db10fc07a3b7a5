"""Setting up the gallery; which unit fills what."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from kendedes.gallery import actions
from kendedes.gallery.models import Duty, Facing, Mandate, Shelf, Stand
from kendedes.gallery.queries import plan
from kendedes.gallery.queries.rotation import rotation
from kendedes.gallery.tests.house import AT, DAY
from kendedes.gallery.waiting import empty_facings
from kendedes.journal.models import Entry
from kendedes.ledger.models import Place
from kendedes.testing.shop import open_shop


def test_a_shelf_and_a_stand_are_places_of_the_ledger(house):
    assert house.a.place.kind == Place.Kind.SHELF
    assert house.a.place.name == "Stan 3, rak A"
    assert house.bare.place.name == "Stan 4"


def test_a_new_name_of_a_stand_reaches_its_places(house, cast):
    actions.change_stand(stand=house.stand, name="Camilan", at=AT, by=cast.ratna)

    assert Place.objects.get(pk=house.b.place_id).name == "Stan 3 Camilan, rak B"


def test_two_stands_of_one_number_are_refused_without_a_trace(house, cast):
    before = Entry.objects.count(), Place.objects.count()

    with pytest.raises(actions.NameTaken):
        actions.add_stand(venue=house.venue, number="3", at=AT, by=cast.ratna)

    assert (Entry.objects.count(), Place.objects.count()) == before


def test_a_shelf_with_goods_on_it_is_not_given_up(house, cast):
    shop = open_shop(cast)
    shop.new_lot(4, into=house.a.place)

    with pytest.raises(actions.StillHoldsGoods) as refused:
        actions.end_stand(stand=house.stand, on=DAY, at=AT, by=cast.ratna)

    assert refused.value.facts == {"name": "Stan 3, rak A", "pieces": 4}
    assert Stand.objects.get(pk=house.stand.pk).ended_on is None


def test_an_empty_stand_is_given_up_with_its_shelves(house, cast):
    actions.end_stand(stand=house.stand, on=DAY, at=AT, by=cast.ratna)

    assert not Shelf.objects.standing().filter(stand=house.stand).exists()


def test_a_facing_has_one_unit_at_a_time_and_keeps_its_past(house, cast):
    given = {"shelf": house.a, "number": 1, "at": AT, "by": cast.ratna}
    actions.assign_facing(unit=cast.singosari, starts_on=DAY - timedelta(days=30), **given)
    actions.assign_facing(unit=cast.wajak, starts_on=DAY, **given)

    assert [(f.unit, f.starts_on, f.ends_on) for f in Facing.objects.order_by("starts_on")] == [
        (cast.singosari, DAY - timedelta(days=30), DAY - timedelta(days=1)),
        (cast.wajak, DAY, None),
    ]


def test_a_facing_the_shelf_does_not_have_is_refused(house, cast):
    with pytest.raises(actions.NoSuchFacing):
        actions.assign_facing(shelf=house.a, number=3, unit=cast.wajak, starts_on=DAY, at=AT, by=cast.ratna)


def test_the_plan_shows_what_stands_where_and_which_facings_are_empty(house, cast):
    shop = open_shop(cast)
    shop.new_lot(6, into=house.a.place)
    for number, unit in [(1, cast.singosari), (2, cast.wajak)]:
        actions.assign_facing(shelf=house.a, number=number, unit=unit, starts_on=DAY, at=AT, by=cast.ratna)

    (venue,) = plan.venues(cast.ratna, DAY)
    shelf = venue.stands[0].shelves[0]

    assert [(f.number, f.unit, f.empty) for f in shelf.facings] == [(1, cast.singosari, False), (2, cast.wajak, True)]
    assert (shelf.pieces, shelf.packs, shelf.empty) == (6, 1, 1)


def test_a_unit_sees_the_plan_but_only_its_own_pieces(house, cast):
    shop = open_shop(cast)
    shop.new_lot(6, into=house.a.place)

    assert plan.venues(cast.sekar, DAY)[0].stands[0].pieces == 6
    assert plan.venues(cast.joko, DAY)[0].stands[0].pieces == 0


def test_rupiah_per_facing_count_what_was_sold_from_that_shelf(house, cast):
    shop = open_shop(cast)
    lot = shop.new_lot(6, into=house.a.place)
    shop.shelf = house.a.place
    shop.sell((lot, 2, 30_000))

    shelf = plan.venues(cast.ratna, DAY)[0].stands[0].shelves[0]

    assert (shelf.revenue, shelf.per_facing) == (30_000, 15_000)


@time_machine.travel(AT, tick=False)
def test_the_empty_facings_of_a_unit_wait_for_its_operator(house, cast):

    shop = open_shop(cast)
    for number in (1, 2):
        actions.assign_facing(shelf=house.a, number=number, unit=cast.singosari, starts_on=DAY, at=AT, by=cast.ratna)
    units = frozenset({cast.singosari.pk})
    assert empty_facings(units).count() == 2

    lot = shop.new_lot(6, into=house.a.place)
    assert [f.number for f in empty_facings(units)] == [2]
    assert empty_facings(frozenset({cast.wajak.pk})).count() == 0

    shop.shelf = house.a.place
    shop.sell((lot, 6, 90_000))
    assert empty_facings(units).count() == 2


def test_the_calendar_is_put_into_force_and_changes_hands_only_where_it_must(house, cast):
    periods, _ = rotation(cast.association, DAY, 1)
    changed = actions.rotate(
        association=cast.association, plan=periods[0].plan, starts_on=periods[0].starts_on, at=AT, by=cast.ratna
    )
    again = actions.rotate(
        association=cast.association, plan=periods[0].plan, starts_on=periods[0].starts_on, at=AT, by=cast.ratna
    )

    assert (changed, again) == (5, 0)
    held = [f.unit for f in Facing.objects.on(periods[0].starts_on)]
    assert sorted([held.count(cast.singosari), held.count(cast.wajak)]) == [2, 3]


def test_a_keeper_sees_her_stands_of_today(house, cast, client):
    actions.put_on_duty(
        stand=house.stand, user=cast.ratna, weekdays=str(DAY.isoweekday()), starts_on=DAY, at=AT, by=cast.ratna
    )

    views = plan.venues(cast.ratna, DAY)
    assert [s.stand for s in plan.mine_today(views, cast.ratna)] == [house.stand]
    assert plan.mine_today(plan.venues(cast.ratna, DAY + timedelta(days=1)), cast.ratna) == []


def test_a_mandate_holds_from_day_to_day_and_the_plan_says_so(house, cast):
    actions.add_mandate(
        venue=house.venue, number="05/DKN/X/2011", giver="Dekranasda", starts_on=DAY - timedelta(days=10),
        ends_on=DAY, stands=[house.stand], at=AT, by=cast.ratna,
    )  # fmt: skip

    assert [s.mandated for s in plan.venues(cast.ratna, DAY)[0].stands] == [True, False]
    assert [s.mandated for s in plan.venues(cast.ratna, DAY + timedelta(days=1))[0].stands] == [False, False]


def test_the_gallery_is_set_up_through_its_pages(cast, client):
    client.force_login(cast.ratna)
    response = client.post(reverse("gallery:venue-new"), {"name": "Pasar Seni", "address": "Jl. Raya"}, follow=True)
    address = response.redirect_chain[-1][0]
    client.post(address, {"number": "1", "width": "4", "height": "3"})
    stand = Stand.objects.get(number="1")
    client.post(reverse("gallery:shelf-new", kwargs={"pk": stand.pk}), {"name": "A", "facings": "3", "worth": "2"})
    shelf = Shelf.objects.get(stand=stand)
    client.post(
        reverse("gallery:facing", kwargs={"pk": shelf.pk}),
        {"number": "1", "unit": cast.wajak.pk, "starts_on": "2026-11-20"},
    )
    client.post(
        reverse("gallery:duty-new", kwargs={"pk": stand.pk}),
        {"user": cast.ratna.pk, "weekdays": ["1", "3"], "starts_on": "2026-11-20"},
    )
    client.post(
        reverse("gallery:mandate-new", kwargs={"pk": stand.venue_id}),
        {"number": "M/1", "giver": "Dekranasda", "starts_on": "2011-10-01", "stands": [stand.pk]},
    )

    assert Facing.objects.get().unit == cast.wajak
    assert Duty.objects.get().weekdays == "13"
    assert list(Mandate.objects.get().stands.all()) == [stand]
    page = client.get(reverse("gallery:home")).content.decode()
    assert "<svg viewBox=" in page
    assert f'href="{reverse("gallery:stand", kwargs={"pk": stand.pk})}"' in page
