"""Dues of the units: asked, paid, receipted."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from kendedes.gallery import actions
from kendedes.gallery.models import Call, Due, Receipt
from kendedes.gallery.queries.dues import facings_of, unpaid
from kendedes.gallery.tests.house import AT, DAY
from kendedes.ledger.models import Account, Posting
from kendedes.ledger.queries import balance


@pytest.fixture
def call(cast) -> Call:
    amounts = {cast.singosari: 100_000, cast.wajak: 50_000}
    return actions.ask_dues(
        association=cast.association, name="Desember 2026", due_on=DAY + timedelta(days=10), amounts=amounts, at=AT,
        by=cast.ratna,
    )  # fmt: skip


def _pay(call, cast, amount, unit=None, **more):
    due = call.dues.get(unit=unit or cast.singosari)
    return actions.receive_dues(due=due, amount=amount, payer="Bu Sekar", at=AT, by=cast.ratna, **more)


def test_paid_dues_are_in_the_cash_box_and_in_the_account_of_dues(call, cast):
    receipt = _pay(call, cast, 60_000)

    accounts = {a.kind: balance(a.pk) for a in Account.objects.filter(association=cast.association)}
    assert str(receipt) == "KI-2026-0001"
    assert (accounts["cash"], accounts["dues"]) == (60_000, -60_000)
    assert [(d.unit, d.left) for d in unpaid(cast.ratna).order_by("pk")] == [
        (cast.singosari, 40_000), (cast.wajak, 50_000),
    ]  # fmt: skip


def test_kuitansi_are_numbered_without_gaps(call, cast):
    numbers = [_pay(call, cast, 10_000).number, _pay(call, cast, 10_000, cast.wajak).number]

    assert numbers == [1, 2]


def test_more_than_is_owed_is_refused_without_a_trace(call, cast):
    _pay(call, cast, 90_000)
    before = Posting.objects.count(), Receipt.objects.count()

    with pytest.raises(actions.DueOverpaid):
        _pay(call, cast, 10_001)

    assert (Posting.objects.count(), Receipt.objects.count()) == before


def test_the_same_payment_sent_twice_is_one(call, cast):
    key = uuid.uuid4()

    assert _pay(call, cast, 60_000, key=key) == _pay(call, cast, 60_000, key=key)
    assert Receipt.objects.count() == 1


def test_the_database_refuses_to_change_a_kuitansi(call, cast):
    receipt = _pay(call, cast, 60_000)

    with pytest.raises(IntegrityError), transaction.atomic():
        Receipt.objects.filter(pk=receipt.pk).update(amount=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Receipt.objects.filter(pk=receipt.pk).delete()


def test_a_unit_sees_its_own_dues_only(call, cast, client):
    _pay(call, cast, 60_000, cast.singosari)
    client.force_login(cast.joko)

    page = client.get(reverse("gallery:call", kwargs={"pk": call.pk})).content.decode()

    assert "Unit Wajak" in page
    assert "Unit Singosari" not in page
    assert client.get(reverse("gallery:receipt", kwargs={"pk": Receipt.objects.get().pk})).status_code == 404


def test_asking_and_receiving_through_the_pages_gives_a_pdf(cast, client):
    client.force_login(cast.ratna)
    form = {"name": "Listrik", "due_on": "2026-12-10", "amount": "75.000", f"unit-{cast.wajak.pk}": "0"}
    client.post(reverse("gallery:call-new"), form)
    due = Due.objects.get()
    sent = {"amount": "75.000", "payer": "Bu Sekar", "into": "cash", "key": str(uuid.uuid4())}

    for _ in range(2):
        client.post(reverse("gallery:receive", kwargs={"pk": due.pk}), sent)

    receipt = Receipt.objects.get()
    response = client.get(reverse("gallery:receipt", kwargs={"pk": receipt.pk}))
    assert (due.unit, due.amount, receipt.amount) == (cast.singosari, 75_000, 75_000)
    assert response.content.startswith(b"%PDF")
    assert response.content == client.get(reverse("gallery:receipt", kwargs={"pk": receipt.pk})).content


def test_dues_may_be_so_much_for_each_facing_a_unit_fills_today(cast, house, client):
    today = timezone.localdate()
    for number, unit in ((1, cast.wajak), (2, cast.wajak), (3, cast.singosari)):
        actions.assign_facing(shelf=house.b, number=number, unit=unit, starts_on=today, at=AT, by=cast.ratna)
    actions.assign_facing(
        shelf=house.a, number=1, unit=cast.wajak, starts_on=today + timedelta(days=1), at=AT, by=cast.ratna
    )
    client.force_login(cast.ratna)
    page = client.get(reverse("gallery:call-new")).content.decode()
    filled = {unit: facings_of(cast.association, today)[unit.pk] for unit in (cast.wajak, cast.singosari)}

    client.post(
        reverse("gallery:call-new"),
        {"name": "Listrik", "due_on": "2027-12-10", "amount": "5.000", "each": "10.000"},
    )

    assert f"mengisi {filled[cast.wajak]} muka rak" in page
    assert {due.unit: due.amount for due in Due.objects.all()} == {
        unit: 5_000 + 10_000 * n for unit, n in filled.items()
    }
    assert filled == {cast.wajak: 2, cast.singosari: 1}
    assert facings_of(cast.association, today + timedelta(days=1))[cast.wajak.pk] == 3


def test_a_unit_with_its_own_amount_pays_that_and_nothing_for_its_facings(cast, house, client):
    today = timezone.localdate()
    actions.assign_facing(shelf=house.b, number=1, unit=cast.wajak, starts_on=today, at=AT, by=cast.ratna)
    client.force_login(cast.ratna)

    client.post(
        reverse("gallery:call-new"),
        {"name": "Listrik", "due_on": "2027-12-10", "amount": "0", "each": "10.000", f"unit-{cast.wajak.pk}": "7.500"},
    )

    assert [(due.unit, due.amount) for due in Due.objects.all()] == [(cast.wajak, 7_500)]
