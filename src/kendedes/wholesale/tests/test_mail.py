"""A quote goes to the buyer's mail address with its paper; what did not arrive is seen and tried anew."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings as live
from django.test import Client

from kendedes.journal.models import Entry
from kendedes.orders.actions.posting import TRIES
from kendedes.orders.tests.test_mail import PostOffice, office
from kendedes.testing.shop import AT
from kendedes.wholesale import actions
from kendedes.wholesale.actions.refusals import NoMail, QuoteExpired, QuoteReplaced
from kendedes.wholesale.models import Letter
from kendedes.wholesale.tests.stage import Stage
from kendedes.wholesale.tests.test_pages import words
from kendedes.wholesale.waiting import waiting

__all__ = ["office"]
pytestmark = pytest.mark.django_db


def lost_for(stage: Stage) -> int:
    return next(row.count.count() for row in waiting(stage.cast.ratna) if "surel" in str(row.label))


@pytest.mark.parametrize(("language", "subject"), [("id", "Penawaran {} dari {}"), ("en", "Quote {} from {}")])
def test_the_buyer_gets_it_once_in_her_language_with_the_paper(
    stage: Stage, office: PostOffice, language: str, subject: str, tmp_path: Path
) -> None:
    quote = stage.sent()
    buyer, association = quote.enquiry.buyer, quote.enquiry.association
    buyer.language = language
    buyer.save()

    for _again in range(2):
        actions.mail_quote(quote=quote, at=AT, by=stage.cast.ratna)
    assert actions.send_letters(at=AT) == "1 surel penawaran terkirim"
    assert actions.send_letters(at=AT + timedelta(days=9)) == ""

    assert len(office.took) == 1
    mail = message_from_bytes(office.took[0], policy=policy.default)
    assert (mail["To"], mail["From"]) == ("hotel@contoh.test", "galeri@contoh.test")
    assert mail["Subject"] == subject.format(quote.code, association.gallery_name or association.name)
    said = mail.get_body().get_content()
    assert f"{'/en' if language == 'en' else ''}/penawaran/{quote.token}/" in said
    (paper,) = mail.iter_attachments()
    assert (paper.get_filename(), paper.get_content_type()) == (f"{quote.code}.pdf", "application/pdf")
    assert quote.code in words(paper.get_content(), "quote", tmp_path)
    assert [row.facts for row in Entry.objects.filter(deed="quote.mail")] == [{"code": quote.code}]


def test_the_page_sends_it_says_so_and_sends_it_again(stage: Stage, office: PostOffice, client: Client) -> None:
    quote = stage.sent()
    page = f"/kantor/permintaan/{quote.enquiry_id}/"
    client.force_login(stage.cast.ratna)
    assert "Kirim lewat surel" in client.get(page).content.decode()

    told = client.post(f"/kantor/penawaran/{quote.pk}/surel/", follow=True).content.decode()

    assert "Penawaran berangkat lewat surel" in told
    assert "segera berangkat" in told
    assert "Kirim lewat surel" not in told  # it is on its way
    letter = Letter.objects.get()
    assert actions.send_letters(at=letter.next_at) == "1 surel penawaran terkirim"
    assert "Kirim lagi lewat surel" in client.get(page).content.decode()
    client.post(f"/kantor/penawaran/{quote.pk}/surel/")
    letter.refresh_from_db()
    assert (letter.sent_at, letter.tries) == (None, 0)


def test_what_is_not_taken_is_tried_later_then_waits_on_the_home_page(stage: Stage, office: PostOffice) -> None:
    office.answer = "550 nobody here"
    quote, at = stage.sent(), AT
    actions.mail_quote(quote=quote, at=at, by=stage.cast.ratna)

    assert actions.send_letters(at=at) == ""
    assert actions.send_letters(at=at) == ""  # not before its time
    assert (Letter.objects.get().tries, lost_for(stage)) == (1, 0)
    for _turn in range(TRIES - 1):
        at += timedelta(days=1)
        actions.send_letters(at=at)
    assert (Letter.objects.get().tries, Letter.objects.get().failed_at, lost_for(stage)) == (TRIES, at, 1)

    office.answer = "250 ok"
    actions.mail_quote(quote=quote, at=at, by=stage.cast.ratna)
    assert lost_for(stage) == 0
    assert actions.send_letters(at=at) == "1 surel penawaran terkirim"


@pytest.mark.parametrize("how", ["withdrawn", "accepted"])
def test_a_quote_that_no_longer_waits_is_not_sent_any_more(stage: Stage, office: PostOffice, how: str) -> None:
    quote = stage.sent()
    actions.mail_quote(quote=quote, at=AT, by=stage.cast.ratna)
    if how == "withdrawn":
        actions.withdraw_quote(quote=quote, at=AT, by=stage.cast.ratna)
    else:
        actions.accept_quote(quote=quote, name="Bu Hotel", at=AT)

    assert actions.send_letters(at=AT) == ""

    assert (office.took, lost_for(stage)) == ([], 0)
    with pytest.raises(QuoteReplaced):
        actions.mail_quote(quote=quote, at=AT, by=stage.cast.ratna)


def test_without_an_address_after_its_last_day_or_without_a_post_office_it_is_refused(
    stage: Stage, office: PostOffice, monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    quote = stage.sent()
    asks = SimpleNamespace(quote=quote, by=stage.cast.ratna)
    entries = Entry.objects.count()

    with pytest.raises(QuoteExpired):
        actions.mail_quote(**vars(asks), at=AT + timedelta(days=30))
    monkeypatch.setattr(live.ENV, "mail_host", "")
    with pytest.raises(NoMail):
        actions.mail_quote(**vars(asks), at=AT)
    client.force_login(stage.cast.ratna)
    assert "Kirim lewat surel" not in client.get(f"/kantor/permintaan/{quote.enquiry_id}/").content.decode()
    monkeypatch.setattr(live.ENV, "mail_host", "127.0.0.1")
    buyer = quote.enquiry.buyer
    buyer.email = ""
    buyer.save()
    with pytest.raises(NoMail):
        actions.mail_quote(**vars(asks), at=AT)

    assert (Letter.objects.count(), Entry.objects.count()) == (0, entries)
