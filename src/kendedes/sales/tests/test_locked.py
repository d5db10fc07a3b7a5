"""A till that is revoked or locked in the middle of its shift, between any two events, loses nothing."""

from __future__ import annotations

import pytest
from django.utils import timezone

from kendedes.ledger.models import Account
from kendedes.ledger.queries import balance
from kendedes.ledger.verify import verify
from kendedes.sales import actions
from kendedes.sales.actions import devices, sync
from kendedes.sales.models import Device, RawEvent, Sale
from kendedes.sales.tests.till import Till, line

FLOAT, IN = 100_000, 25_000
SALES = 3
ALL = 3 * 15_000 + FLOAT + IN


def shift(till: Till, shop) -> None:
    """Five events: the drawer is filled, three sales, coins from the office."""
    till.write("cash", {"kind": "in", "amount": FLOAT, "purpose": "office", "reason": "modal"})
    for _ in range(SALES):
        till.sell(line(shop.lot.code, 1, 15_000))
    till.write("cash", {"kind": "in", "amount": IN, "purpose": "office", "reason": "receh"})


def shuts(monkeypatch, how: str, before: int, shop) -> None:
    """The office revokes the till (or finds a copy of it) just before that event is taken."""
    real = sync.take

    def take(*, device, seq, **rest):
        if seq == before and how == "revoked":
            actions.revoke_till(device=device, at=timezone.now(), by=shop.cast.ratna)
        elif seq == before:
            devices.lock_till(device=device, seq=seq, at=timezone.now())
        return real(device=device, seq=seq, **rest)

    monkeypatch.setattr(sync, "take", take)


def drawer(till: Till) -> int:
    found = Account.objects.filter(key=f"till:{till.disk.dev}").first()
    return balance(found.pk) if found else 0


def brought_in(shop, till: Till) -> dict[str, int]:
    return actions.import_file(
        association=shop.cast.association, raw=till.export(), by=shop.cast.ratna, at=timezone.now()
    ).counts


@pytest.mark.parametrize("before", range(1, 6))
@pytest.mark.parametrize(("how", "status"), [("revoked", 401), ("locked", 423)])
def test_what_a_shut_till_sold_is_carried_to_the_office_and_counted_once(
    shop, till: Till, monkeypatch, how, status, before
):
    shift(till, shop)
    shuts(monkeypatch, how, before, shop)

    heard, found = till.send()

    assert (heard, found["code"], till.stopped) == (status, f"device_{how}", f"device_{how}")
    assert [one["seq"] for one in found["results"]] == list(range(1, before))
    assert list(RawEvent.objects.order_by("seq").values_list("seq", flat=True)) == list(range(1, before))
    assert len(till.disk.texts) == 5  # it keeps everything, also what was acknowledged
    assert (till.send()[0], RawEvent.objects.count()) == (status, before - 1)

    first, again = brought_in(shop, till), brought_in(shop, till)

    assert (first.get("exists", 0), sum(first.values()), again) == (before - 1, 5, {"exists": 5})
    assert (Sale.objects.count(), drawer(till), Device.objects.get().acked_seq) == (SALES, ALL, 5)
    assert verify().findings == []


def test_the_control_of_a_till_that_forgets_when_it_is_shut_out_is_missed(shop, till: Till, monkeypatch):
    shift(till, shop)
    shuts(monkeypatch, "revoked", 3, shop)
    till.send()
    del till.disk.texts[2:], till.disk.hashes[2:]

    brought_in(shop, till)

    assert drawer(till) == FLOAT + 15_000 != ALL
