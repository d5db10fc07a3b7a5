"""A price below what its maker agreed to goes to the buyer only when a second person agreed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from kendedes.journal.models import Entry, User
from kendedes.ledger import actions as ledger
from kendedes.ledger.verify import verify
from kendedes.network import actions as network
from kendedes.network.models import Membership, Role
from kendedes.testing.shop import AT
from kendedes.wholesale import actions
from kendedes.wholesale.actions.refusals import BelowAgreed, QuoteFrozen, SamePerson
from kendedes.wholesale.models import Quote, Supply
from kendedes.wholesale.queries.agreed import below_agreed
from kendedes.wholesale.rules.split import Tier, least_for
from kendedes.wholesale.tests.stage import WANTED, Stage
from kendedes.wholesale.waiting import waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def wira(stage: Stage) -> User:
    """The treasurer: she may sell wholesale too."""
    user = network.create_account(username="wira", name="Wira Bendahara", password=None, at=AT, by=None)
    network.give_role(user=user, role=Role.TREASURER, association=stage.cast.association, at=AT, by=None)
    Membership.objects.update(valid_from=AT - timedelta(days=1))
    return user


def draft(stage: Stage, price: int = 15_000, pieces: int = 200, *more: actions.Line) -> Quote:
    line = actions.Line(stage.packs[0], pieces, price, WANTED)
    return actions.draft_quote(enquiry=stage.ask(), lines=[line, *more], at=AT, by=stage.cast.ratna)


def test_it_does_not_go_out_before_another_person_agreed(stage: Stage, wira: User) -> None:
    quote = draft(stage)
    assert [(row.line.price, row.agreed) for row in below_agreed(quote)] == [(15_000, 16_000)]
    entries = Entry.objects.count()
    with pytest.raises(BelowAgreed):
        actions.send_quote(quote=quote, at=AT, by=stage.cast.ratna)
    with pytest.raises(BelowAgreed):
        actions.send_quote(quote=quote, at=AT, by=wira)  # sending is not agreeing
    with pytest.raises(SamePerson):
        actions.agree_price(quote=quote, at=AT, by=stage.cast.ratna)
    quote.refresh_from_db()
    assert (quote.state, quote.second_by, Entry.objects.count()) == ("draft", None, entries)

    for _again in range(2):
        actions.agree_price(quote=quote, at=AT, by=wira)
    sent = actions.send_quote(quote=quote, at=AT, by=stage.cast.ratna)

    assert (sent.state, sent.second_by) == ("sent", wira)
    entry = Entry.objects.get(deed="quote.agree_price")
    assert (entry.by, entry.facts["prices"]) == (wira, [[1, 15_000, 16_000]])
    with pytest.raises(QuoteFrozen):
        actions.agree_price(quote=sent, at=AT, by=wira)
    with pytest.raises(IntegrityError), transaction.atomic():
        Quote.objects.filter(pk=sent.pk).update(second_by=None)


def test_other_prices_need_another_word(stage: Stage, wira: User) -> None:
    quote = draft(stage)
    actions.agree_price(quote=quote, at=AT, by=wira)

    line = actions.Line(stage.packs[0], 200, 14_000, WANTED)
    anew = actions.draft_quote(enquiry=quote.enquiry, lines=[line], at=AT, by=stage.cast.ratna)

    with pytest.raises(BelowAgreed):
        actions.send_quote(quote=anew, at=AT, by=stage.cast.ratna)


@pytest.mark.parametrize(
    ("price", "pieces", "agreed"),
    [(16_000, 200, None), (15_999, 100, 16_000), (17_999, 99, 18_000), (18_000, 20, None), (17_000, 20, 18_000)],
)
def test_the_agreed_price_is_the_one_of_so_many_pieces(
    stage: Stage, price: int, pieces: int, agreed: int | None
) -> None:
    assert [row.agreed for row in below_agreed(draft(stage, price, pieces))] == ([agreed] if agreed else [])


def test_a_sample_below_its_price_asks_too_and_nothing_written_asks_nobody(stage: Stage) -> None:
    sample = actions.Line(stage.packs[0], 1, 0, WANTED, sample=True)
    assert [row.line.sample for row in below_agreed(draft(stage, 16_000, 200, sample))] == [True]

    Supply.objects.all().delete()
    assert below_agreed(draft(stage, 1, 200, sample)) == []


def test_without_prices_by_quantity_the_lowest_price_of_her_goods_counts(stage: Stage) -> None:
    ledger.price_lot(
        lot=stage.shop.lot, price=15_000, minimum_price=12_000, reason="kesepakatan", at=AT, by=stage.cast.ratna
    )
    line = actions.Line(stage.shop.variant, 10, 11_000, WANTED)
    quote = actions.draft_quote(enquiry=stage.ask(), lines=[line], at=AT, by=stage.cast.ratna)

    assert [row.agreed for row in below_agreed(quote)] == [12_000]


def test_both_read_it_on_the_page_and_the_second_finds_it_at_home(stage: Stage, wira: User, client: Client) -> None:
    quote = draft(stage)
    page, other = f"/kantor/permintaan/{quote.enquiry_id}/", Client()
    client.force_login(stage.cast.ratna)
    other.force_login(wira)

    own, hers = (who.get(page).content.decode().replace("\xa0", " ") for who in (client, other))

    assert "Rp15.000, disepakati Rp16.000" in own
    assert "mintalah orang lain di galeri" in own
    assert "Saya setuju dengan harga ini" not in own
    assert "Kirim penawaran" not in own
    assert "Saya setuju dengan harga ini" in hers
    counts = [
        sum(row.count.count() for row in waiting(user) if "di bawah harga kesepakatan" in str(row.label))
        for user in (stage.cast.ratna, wira)
    ]
    assert counts == [0, 1]
    refused = client.post(f"/kantor/penawaran/{quote.pk}/kirim/", follow=True).content.decode()
    assert "Minta orang kedua menyetujuinya dahulu." in refused
    other.post(f"/kantor/penawaran/{quote.pk}/setujui-harga/")
    now = client.get(page).content.decode()
    assert "disetujui Wira Bendahara" in now
    assert "Kirim penawaran" in now
    assert verify().findings == []


def test_fewer_than_the_first_tier_never_cost_less_than_it() -> None:
    tiers = (Tier(50, 20_000), Tier(200, 18_000))

    assert [least_for(tiers, n) for n in (1, 50, 199, 200)] == [20_000, 20_000, 20_000, 18_000]
    assert least_for((), 5) is None
