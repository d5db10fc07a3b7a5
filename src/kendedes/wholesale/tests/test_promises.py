"""What was promised elsewhere since a quote went out; how long is too long; papers and links speak one way."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone, translation

from kendedes.journal.models import Entry, User
from kendedes.orders import actions as orders
from kendedes.orders.actions.refusals import NotForSale
from kendedes.orders.models import Order, ShopRules
from kendedes.testing.shop import AT
from kendedes.wholesale import actions, press
from kendedes.wholesale.actions.refusals import CapacityGone, QuoteReplaced
from kendedes.wholesale.models import Enquiry, Quote
from kendedes.wholesale.queries.board import row_of
from kendedes.wholesale.tests.stage import Stage
from kendedes.wholesale.tests.test_pages import words
from kendedes.wholesale.waiting import waiting

pytestmark = pytest.mark.django_db


def test_a_quote_whose_makers_were_promised_elsewhere_is_refused_in_words(stage: Stage) -> None:
    first, second = stage.sent(), stage.sent()
    actions.accept_quote(quote=first, name="Bu Hotel", at=AT)
    entries = Entry.objects.count()

    with pytest.raises(CapacityGone) as refused:
        actions.accept_quote(quote=second, name="Bu Hotel", at=AT)

    assert stage.makers[1].name in str(refused.value)
    assert (Order.objects.count(), Entry.objects.count()) == (1, entries + 1)  # the one that says she was refused
    second.refresh_from_db()
    assert (second.state, second.order, second.enquiry.state) == ("sent", None, "quoted")


def turned_for(user: User) -> int:
    return next(row.count.count() for row in waiting(user) if "tidak dapat dipenuhi" in str(row.label))


def test_the_office_hears_once_of_a_buyer_who_could_not_accept(stage: Stage, client: Client) -> None:
    first, second = stage.sent(), stage.sent()
    actions.accept_quote(quote=first, name="Bu Hotel", at=AT)
    assert turned_for(stage.cast.ratna) == 0

    for minutes in (0, 5):
        with pytest.raises(CapacityGone):
            actions.accept_quote(quote=second, name="Bu Hotel", at=AT + timedelta(minutes=minutes))

    assert turned_for(stage.cast.ratna) == 1
    assert [row.facts for row in Entry.objects.filter(deed="quote.turn_away")] == [
        {"code": second.code, "why": "capacity_gone"}
    ]
    client.force_login(stage.cast.ratna)
    assert (
        "pembeli ingin menyetujui penawaran yang tidak dapat dipenuhi lagi" in client.get("/kantor/").content.decode()
    )
    listed = client.get("/kantor/permintaan/?bagian=ditawarkan").content.decode()
    assert listed.count("pembeli tidak dapat menyetujui") == 1
    page = client.get(f"/kantor/permintaan/{second.enquiry_id}/").content.decode()
    assert f"ingin menyetujui {second.code}" in page
    assert "Buka WhatsApp" not in page  # what cannot be kept is not sent again
    assert (
        f"ingin menyetujui {first.code}" not in client.get(f"/kantor/permintaan/{first.enquiry_id}/").content.decode()
    )


@pytest.mark.parametrize("how", ["withdrawn", "renewed", "closed", "accepted"])
def test_it_ends_when_the_quote_no_longer_stands_as_it_was(stage: Stage, how: str) -> None:
    first, second = stage.sent(), stage.sent()
    order = actions.accept_quote(quote=first, name="Bu Hotel", at=AT).order
    with pytest.raises(CapacityGone):
        actions.accept_quote(quote=second, name="Bu Hotel", at=AT)
    ratna = stage.cast.ratna

    if how == "withdrawn":
        actions.withdraw_quote(quote=second, at=AT, by=ratna)
    elif how == "renewed":
        draft = stage.draft(second.enquiry)
        assert turned_for(ratna) == 1  # a draft helps nobody
        actions.send_quote(quote=draft, at=AT, by=ratna)
    elif how == "closed":
        actions.close(enquiry=second.enquiry, reason="tidak jadi", at=AT, by=ratna)
    else:
        orders.cancel_order(order=order, reason="batal", at=AT, by=ratna)
        actions.accept_quote(quote=second, name="Bu Hotel", at=AT)

    assert turned_for(ratna) == 0


def test_a_quote_that_was_replaced_meanwhile_turns_nobody_away(stage: Stage) -> None:
    first = stage.sent()
    actions.withdraw_quote(quote=first, at=AT, by=stage.cast.ratna)
    entries = Entry.objects.count()

    with pytest.raises(QuoteReplaced):
        actions.accept_quote(quote=first, name="Bu Hotel", at=AT)

    assert Entry.objects.count() == entries
    first.refresh_from_db()
    assert first.turned_away_at is None


def test_the_buyer_reads_why_on_her_page(stage: Stage) -> None:
    first, second = stage.sent(), stage.sent()
    actions.accept_quote(quote=first, name="Bu Hotel", at=AT)

    told = Client().post(f"/penawaran/{second.token}/setuju/", {"nama": "Bu Hotel"}, follow=True).content.decode()

    assert "mendapat pesanan lain" in told
    assert Order.objects.count() == 1


def test_days_that_pass_alone_take_nothing_away(stage: Stage) -> None:
    quote = stage.sent()

    made = actions.accept_quote(quote=quote, name="Bu Hotel", at=AT + timedelta(days=14))

    assert made.created


def test_what_a_person_offered_beyond_the_written_capacity_is_her_word(stage: Stage) -> None:
    enquiry = stage.ask(5000)
    line = actions.Line(stage.packs[0], 5000, 16_000, enquiry.wanted_on)
    draft = actions.draft_quote(enquiry=enquiry, lines=[line], at=AT, by=stage.cast.ratna)
    quote = actions.send_quote(quote=draft, at=AT, by=stage.cast.ratna)

    assert actions.accept_quote(quote=quote, name="Bu Hotel", at=AT).created


def test_how_long_is_too_long_stands_in_the_rules(stage: Stage, client: Client) -> None:
    enquiry = stage.ask()
    now = enquiry.waits_since + timedelta(hours=30)
    assert row_of(enquiry, now).late
    client.force_login(stage.cast.ratna)
    page = client.get("/kantor/pesanan/toko/").content.decode()
    assert 'name="answer_hours" value="24"' in page

    ShopRules.objects.update(answer_hours=48)

    assert not row_of(enquiry, now).late
    assert row_of(enquiry, now + timedelta(hours=20)).late


def test_the_home_page_counts_by_the_same_rules(stage: Stage) -> None:
    enquiry = stage.ask()
    Enquiry.objects.filter(pk=enquiry.pk).update(waits_since=timezone.now() - timedelta(hours=30))

    def counted() -> list[int]:
        return [row.count.count() for row in waiting(stage.cast.ratna)[1:3]]

    assert counted() == [1, 0]
    ShopRules.objects.update(answer_hours=48)
    assert counted() == [0, 1]


def test_a_paper_names_the_way_in_its_own_language(stage: Stage, tmp_path: Path) -> None:
    quote = stage.sent()
    buyer = quote.enquiry.buyer
    buyer.language = "en"
    buyer.save()
    with translation.override("id"):
        told = words(press.quote(Quote.objects.get(pk=quote.pk), link="https://x.example/"), "quote", tmp_path)

    with translation.override("en"):
        way = str(quote.get_way_display())
    with translation.override("id"):
        assert str(quote.get_way_display()) != way
    assert way in told


def test_every_link_of_a_maker_leads_to_the_page_where_she_counts(stage: Stage) -> None:
    ask = stage.accepted().asks.first()

    assert Client().get(f"/garapan/{ask.token}/").url == f"/borongan/{ask.token}/"
    assert Client().post(f"/garapan/{ask.token}/", {"line": 1, "step": "confirmed"}).url == f"/borongan/{ask.token}/"


def test_goods_that_were_given_up_meanwhile_are_heard_of_too(stage: Stage) -> None:
    quote = stage.sent()
    product = quote.lines.first().variant.product
    product.state = product.State.DISCONTINUED
    product.save()

    with pytest.raises(NotForSale):
        actions.accept_quote(quote=quote, name="Bu Hotel", at=AT)

    assert turned_for(stage.cast.ratna) == 1
