"""Goods go to a fair, are sold there, come back counted; the books add up at every step."""

from __future__ import annotations

import io
import uuid
from datetime import timedelta

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kendedes.events import actions
from kendedes.events.actions.refusals import EventState, NotCounted, NothingPacked
from kendedes.events.models import Event, Lead, PackLine, Trip
from kendedes.events.queries import proposal, result
from kendedes.journal.models import Entry
from kendedes.ledger import actions as books
from kendedes.ledger.actions.refusals import NotEnoughStock
from kendedes.ledger.models import GoodsMove
from kendedes.ledger.queries import stock_at
from kendedes.ledger.verify import verify
from kendedes.testing.shop import AT, DAY

TABLES = (Entry, Event, PackLine, Trip, GoodsMove, Lead)


def counts() -> list[int]:
    return [table.objects.count() for table in TABLES]


@pytest.fixture
def fair(shop):
    return actions.plan_event(
        association=shop.cast.association, name="Pekan Raya (contoh)", starts_on=DAY, ends_on=DAY + timedelta(days=3),
        at=AT, by=shop.cast.ratna,
    )  # fmt: skip


def go(shop, fair, quantity=4):
    actions.set_pack(event=fair, lines={(shop.lot.pk, shop.shelf.pk): quantity}, at=AT, by=shop.cast.ratna)
    return actions.send_out(event=fair, at=AT, by=shop.cast.ratna, carrier="Pak Budi (fiktif)")


def sell_there(shop, fair, quantity):
    return books.sell(
        shop.case(), place=fair.place_id, lines=[books.Sold(shop.lot.pk, quantity, 15_000 * quantity)],
        payments=[(shop.till.pk, 15_000 * quantity)],
    )  # fmt: skip


def back(shop, fair, quantity, **more):
    return actions.count_back(
        event=fair, counted=[actions.Counted(shop.lot.pk, quantity)], into=shop.shelf, at=AT, by=shop.cast.ratna, **more
    )


def test_four_travel_two_are_sold_two_come_back(shop, fair):
    trip = go(shop, fair)
    sell_there(shop, fair, 2)

    back(shop, fair, 2)

    fair.refresh_from_db()
    assert (trip.number, fair.state) == (f"SJP/{shop.cast.association.pk}/2026/0001", "back")
    assert stock_at(shop.cast.association, "shelf:1") == {shop.lot.pk: 8}
    assert stock_at(shop.cast.association, fair.place.key) == {}
    (owner,) = result(fair)
    assert (owner.out, owner.sold, owner.home, owner.lost, owner.gross, owner.net) == (4, 2, 2, 0, 30_000, 25_500)
    assert verify().findings == []


def test_what_is_missing_is_lost_as_agreed_and_what_is_more_was_found(shop, fair):
    go(shop, fair)

    back(shop, fair, 3)

    assert stock_at(shop.cast.association, "lost") == {shop.lot.pk: 1}
    assert result(fair)[0].lost == 1
    assert verify().findings == []


def test_more_than_the_books_know_is_found(shop, fair):
    go(shop, fair)

    back(shop, fair, 5)

    assert stock_at(shop.cast.association, "found") == {shop.lot.pk: -1}
    assert stock_at(shop.cast.association, "shelf:1") == {shop.lot.pk: 11}


def test_a_form_sent_twice_counts_once(shop, fair):
    go(shop, fair)
    key = uuid.uuid4()
    first = back(shop, fair, 4, key=key)

    assert back(shop, fair, 4, key=key) == first
    assert Trip.objects.count() == 2


def test_refusals_leave_no_trace(shop, fair):
    before = counts()
    with pytest.raises(NothingPacked):
        actions.send_out(event=fair, at=AT, by=shop.cast.ratna)
    with pytest.raises(EventState):
        back(shop, fair, 1)
    assert counts() == before

    actions.set_pack(event=fair, lines={(shop.lot.pk, shop.shelf.pk): 11}, at=AT, by=shop.cast.ratna)
    before = counts()
    with pytest.raises(NotEnoughStock):
        actions.send_out(event=fair, at=AT, by=shop.cast.ratna)
    assert counts() == before

    go(shop, fair)
    before = counts()
    with pytest.raises(NotCounted):
        actions.count_back(event=fair, counted=[], into=shop.shelf, at=AT, by=shop.cast.ratna)
    assert counts() == before
    back(shop, fair, 4)
    with pytest.raises(EventState):
        actions.set_pack(event=fair, lines={}, at=AT, by=shop.cast.ratna)


def test_the_proposal_takes_what_sells(shop, fair):
    other = shop.new_lot(10, producer=shop.cast.apel)
    shop.sell((shop.lot, 2, 30_000))

    assert proposal(fair, 8, DAY) == {(shop.lot.pk, shop.shelf.pk): 4, (other.pk, shop.shelf.pk): 4}


def test_through_the_pages(shop, cast):
    client = Client()
    client.force_login(cast.ratna)
    made = client.post(
        "/kantor/pameran/baru/",
        {"name": "Bazar Uji", "host": "", "where": "Alun-alun", "starts_on": "2026-11-20", "ends_on": "2026-11-22"},
    )
    event = Event.objects.get()
    assert made["Location"] == f"/kantor/pameran/{event.pk}/bawaan/"
    assert client.post(made["Location"], {"room": "4"}).status_code == 302
    page = client.get(made["Location"]).content.decode()
    assert f'name="n-{shop.lot.pk}-{shop.shelf.pk}" value="4"' in page
    client.post(made["Location"], {f"n-{shop.lot.pk}-{shop.shelf.pk}": "3", "n-999-1": "5"})
    assert list(PackLine.objects.values_list("lot", "quantity")) == [(shop.lot.pk, 3)]
    form = client.get(f"/kantor/pameran/{event.pk}/berangkat/").context["form"]
    client.post(
        f"/kantor/pameran/{event.pk}/berangkat/", {"key": str(form["key"].value()), "carrier": "Pak Budi (fiktif)"}
    )
    paper = client.get(f"/kantor/pameran/perjalanan/{Trip.objects.get().pk}.pdf")
    with pikepdf.open(io.BytesIO(paper.content)) as book:
        assert len(book.pages) == 1
    sell_there(shop, event, 1)
    blind = client.get(f"/kantor/pameran/{event.pk}/hitung/")
    assert f'name="n-{shop.lot.pk}" value=""' in blind.content.decode()
    wrong = client.post(
        f"/kantor/pameran/{event.pk}/hitung/", {"key": str(uuid.uuid4()), "into": shop.shelf.pk, "carrier": ""}
    )
    assert wrong.status_code == 409
    done = client.post(
        f"/kantor/pameran/{event.pk}/hitung/",
        {"key": str(uuid.uuid4()), "into": shop.shelf.pk, "carrier": "", f"n-{shop.lot.pk}": "2"},
    )
    assert done.status_code == 302
    assert "Rp12.750" in client.get(f"/kantor/pameran/{event.pk}/").content.decode()
    with pikepdf.open(io.BytesIO(client.get(f"/kantor/pameran/{event.pk}/hasil.pdf").content)) as book:
        assert len(book.pages) == 1


def test_a_contact_is_noted_only_with_consent(shop, fair):
    client = Client()
    client.force_login(shop.cast.ratna)
    address = f"/kantor/pameran/{fair.pk}/peminat/"

    client.post(address, {"name": "Hotel Contoh", "wants": "600 topeng", "contact": "081299900017"})
    assert Lead.objects.count() == 0
    client.post(address, {"name": "Hotel Contoh", "wants": "600 topeng", "contact": "081299900017", "consented": "on"})

    assert Lead.objects.get().contact == "081299900017"


def test_a_unit_sees_only_its_own_part(shop, fair):
    other = shop.new_lot(10, producer=shop.cast.apel)
    lines = {(shop.lot.pk, shop.shelf.pk): 1, (other.pk, shop.shelf.pk): 1}
    actions.set_pack(event=fair, lines=lines, at=AT, by=None)
    actions.send_out(event=fair, at=AT, by=None)
    client = Client()
    client.force_login(shop.cast.sekar)

    page = client.get(f"/kantor/pameran/{fair.pk}/").content.decode()

    assert "Kelompok Tempe Sari (fiktif)" in page
    assert "Anyaman Wajak (fiktif)" not in page


def test_the_expiry_watch_offers_the_next_fair_and_none_that_is_over(cast, client) -> None:
    today = timezone.localdate()
    made = {
        name: actions.plan_event(association=cast.association, name=name, starts_on=today + timedelta(days=a), ends_on=today + timedelta(days=b), at=AT, by=cast.ratna)
        for name, a, b in [("Lewat", -9, -1), ("Kelak", 20, 22), ("Sekarang", -1, 1)]
    }  # fmt: skip
    client.force_login(cast.ratna)

    assert client.get(reverse("consignment:expiry")).context["fair"] == made["Sekarang"].place
    Event.objects.filter(name="Sekarang").update(state=Event.State.BACK)
    assert client.get(reverse("consignment:expiry")).context["fair"] == made["Kelak"].place


def test_what_was_written_on_a_page_stays_when_another_is_turned_to(shop, fair, client, monkeypatch):
    monkeypatch.setattr("kendedes.events.views.travel.PAGE", 2)
    lots = [shop.lot, *(shop.new_lot(10, producer=shop.cast.apel) for _ in range(4))]
    client.force_login(shop.cast.ratna)
    url = reverse("events:pack", args=[fair.pk])

    def shown(answer) -> list[int]:
        return [c.lot.pk for c in answer.context["choices"]]

    def written() -> dict[int, int]:
        return dict(PackLine.objects.filter(event=fair).values_list("lot", "quantity"))

    first = client.get(url)
    one, two = shown(first)
    assert first.context["page_obj"].paginator.num_pages == 3
    turned = client.post(
        url, {"semua": "1", f"n-{one}-{shop.shelf.pk}": "3", f"n-{two}-{shop.shelf.pk}": "", "turn": "2"}
    )
    assert (turned["Location"], written()) == (f"{url}?page=2&semua=1", {one: 3})

    second = client.get(turned["Location"])
    three, four = shown(second)
    assert len({one, two, three, four}) == 4  # the order is the same although something is planned now
    searched = client.post(
        url, {"semua": "1", f"n-{three}-{shop.shelf.pk}": "2", "q": shop.cast.apel.name, "turn": "search"}
    )
    assert written() == {one: 3, three: 2}
    found = client.get(searched["Location"])
    assert found.context["page_obj"].paginator.count == 4  # of this maker, listed or not
    deeds = Entry.objects.count()
    client.post(url, {"semua": "1", "turn": "3"})
    assert (Entry.objects.count(), written()) == (deeds, {one: 3, three: 2})  # nothing differs, nothing is noted

    listed = client.get(url)
    assert sorted(shown(listed)) == sorted([one, three])
    saved = client.post(url, {f"n-{one}-{shop.shelf.pk}": "", f"n-{three}-{shop.shelf.pk}": "dua"})
    assert (saved["Location"], written()) == (reverse("events:detail", args=[fair.pk]), {three: 2})
    assert {lot.pk for lot in lots} >= {one, two, three, four}


def test_a_search_that_finds_nothing_says_so_and_keeps_the_list(shop, fair, client):
    go_lines = {(shop.lot.pk, shop.shelf.pk): 2}
    actions.set_pack(event=fair, lines=go_lines, at=AT, by=None)
    client.force_login(shop.cast.ratna)
    url = reverse("events:pack", args=[fair.pk])

    page = client.get(url, {"q": "tidak ada yang begini"})

    assert list(page.context["choices"]) == []
    assert 'name="turn" value="listed"' in page.content.decode()
    assert client.post(url, {"q": "tidak ada yang begini", "turn": "listed"})["Location"] == url
    assert PackLine.objects.get().quantity == 2
