"""A till is copied, lost, found again; nothing it sold is lost or counted twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from kendedes.ledger import actions as ledger
from kendedes.ledger.models import Account, Oddity, Period, Posting
from kendedes.ledger.queries import balance
from kendedes.sales import actions
from kendedes.sales.actions import LineSold, Money
from kendedes.sales.actions.closing import nothing_parked
from kendedes.sales.models import Device, Handling, RawEvent, Recovered, Refund, Sale
from kendedes.sales.tests.till import Till, line


def drawer(till):
    return balance(Account.objects.get(key=f"till:{till.disk.dev}").pk)


def importing(cast, till, first=1):
    return actions.import_file(
        association=cast.association, raw=till.export(first), by=cast.ratna, at=timezone.now()
    )  # fmt: skip


def test_both_histories_of_a_copied_till_are_kept(shop, till: Till):
    till.sell(line(shop.lot.code, 1, 15_000))
    till.send()
    twin = till.copy(seed=7)
    for each, price in ((till, 15_000), (twin, 15_000)):
        for _ in range(2):
            each.sell(line(shop.lot.code, 1, price))
    till.send(most=1)
    assert twin.send()[1]["code"] == "fork"
    assert till.send()[0] == 423

    first, second = importing(shop.cast, till), importing(shop.cast, twin)

    assert (first.counts, first.branch) == ({"exists": 2, "flagged": 1}, 0)
    assert second.branch == 1
    assert RawEvent.objects.count() == Sale.objects.count() == 5
    assert drawer(till) == 5 * 15_000
    assert importing(shop.cast, twin).counts == {"exists": 3}
    assert drawer(till) == 5 * 15_000


def test_a_lost_tills_receipts_are_typed_in_and_not_doubled_when_it_turns_up(shop, till: Till):
    till.sell(line(shop.lot.code, 1, 15_000))
    till.send()
    till.sell(line(shop.lot.code, 2, 15_000))
    till.sell(line(shop.lot.code, 3, 15_000))
    device = Device.objects.get()
    actions.revoke_till(device=device, at=timezone.now(), by=shop.cast.ratna)

    number = till.receipt(2)
    sale = actions.recover_sale(
        device=device, seq=2, mark=number[-8:], lines=[LineSold(shop.lot, "Keripik", 2, 15_000)],
        payments=[Money("cash", 30_000)], at=timezone.now(), by=shop.cast.ratna,
    )  # fmt: skip
    assert sale.receipt == number
    assert drawer(till) == 45_000

    found = importing(shop.cast, till)

    assert found.counts == {"exists": 1, "created": 1, "flagged": 1}
    assert list(Handling.objects.order_by("event__seq").values_list("event__seq", "result", "why")) == [
        (1, "flagged", ["no_shift"]), (2, "created", ["recovered"]), (3, "flagged", ["no_shift"]),
    ]  # fmt: skip
    assert (Sale.objects.count(), drawer(till)) == (3, 90_000)


def test_a_sale_typed_in_from_paper_is_undone_by_what_its_till_did_later(shop, till: Till):
    sold = till.sell(line(shop.lot.code, 2, 15_000))
    till.write("void", {"sale": sold, "reason": "salah ketik"})
    device = Device.objects.get()
    actions.revoke_till(device=device, at=timezone.now(), by=shop.cast.ratna)
    actions.recover_sale(
        device=device, seq=1, mark=till.receipt(1)[-8:], lines=[LineSold(shop.lot, "Keripik", 2, 15_000)],
        payments=[Money("cash", 30_000)], at=timezone.now(), by=shop.cast.ratna,
    )  # fmt: skip

    importing(shop.cast, till)

    assert (Sale.objects.count(), Refund.objects.get().sale, drawer(till)) == (1, Sale.objects.get(), 0)


def test_paper_of_a_receipt_that_arrived_is_refused(shop, till: Till):
    till.sell(line(shop.lot.code, 1, 15_000))
    till.send()
    before = Sale.objects.count()

    with pytest.raises(actions.PaperKnown):
        actions.recover_sale(
            device=Device.objects.get(), seq=1, mark="00000000", lines=[LineSold(shop.lot, "K", 1, 15_000)],
            payments=[Money("cash", 15_000)], at=timezone.now(), by=shop.cast.ratna,
        )  # fmt: skip

    assert (Sale.objects.count(), Recovered.objects.count()) == (before, 0)


def test_paper_that_says_otherwise_is_looked_at_and_not_doubled(shop, till: Till):
    till.sell(line(shop.lot.code, 1, 15_000))
    actions.recover_sale(
        device=Device.objects.get(), seq=1, mark="ffffffff", lines=[LineSold(shop.lot, "K", 1, 15_000)],
        payments=[Money("cash", 15_000)], at=timezone.now(), by=shop.cast.ratna,
    )  # fmt: skip

    till.send()

    assert Handling.objects.get().why == ["recovered_differs"]
    assert (Sale.objects.count(), drawer(till)) == (1, 15_000)


@pytest.mark.parametrize(
    "raw",
    [b"", b"{}", b"[]\n", b"x", b'{"dev":"K1","genesis":"0"}\n', b"\xff\xfe", b"[" * 100_000],
)
def test_what_is_no_export_is_refused(cast, till: Till, raw):
    with pytest.raises(actions.NotARescueFile):
        actions.import_file(association=cast.association, raw=raw, by=cast.ratna, at=timezone.now())

    assert RawEvent.objects.count() == 0


def test_a_file_with_a_missing_event_stops_there(cast, shop, till: Till):
    for _ in range(3):
        till.sell(line(None, 1, 1_000))
    lines = till.export().splitlines(keepends=True)

    with pytest.raises(actions.NotARescueFile):
        actions.import_file(
            association=cast.association, raw=b"".join([*lines[:2], lines[3]]), by=cast.ratna, at=timezone.now()
        )

    assert list(RawEvent.objects.values_list("seq", flat=True)) == [1]


def test_another_associations_till_is_unknown(cast, till: Till):
    with pytest.raises(actions.NotARescueFile):
        actions.import_file(association=cast.neighbour, raw=till.export(), by=cast.ratna, at=timezone.now())


def test_a_parked_event_is_processed_when_its_sale_came(shop, till: Till):
    till.write("void", {"sale": "00000000-0000-7000-8000-000000000000", "reason": "x"})
    till.send()
    event = RawEvent.objects.get()

    again = actions.process_again(event=event, at=timezone.now(), by=shop.cast.ratna)

    assert (again.result, again.why) == ("parked", ("sale_unknown",))
    assert Oddity.objects.filter(code="parked").count() == 1

    actions.set_aside(event=event, reason="uji coba", at=timezone.now(), by=shop.cast.ratna)

    assert not RawEvent.objects.parked().exists()
    assert not Oddity.objects.open().exists()
    assert list(Handling.objects.values_list("number", "result")) == [(1, "parked"), (2, "parked"), (3, "set_aside")]
    with pytest.raises(actions.NotParked):
        actions.process_again(event=event, at=timezone.now() + timedelta(1), by=shop.cast.ratna)


def test_an_event_parked_by_a_fault_is_posted_once_it_is_mended(shop, till: Till, monkeypatch, caplog):
    from kendedes.sales.actions import sync

    def broken(_told):
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(sync, "apply", broken)
        till.sell(line(shop.lot.code, 1, 15_000))
        till.send()
    assert Sale.objects.count() == 0

    result = actions.process_again(event=RawEvent.objects.get(), at=timezone.now(), by=shop.cast.ratna)

    assert (result.result, result.why) == ("flagged", ("no_shift",))
    assert Sale.objects.get().receipt == till.receipt(1)
    assert [o.code for o in Oddity.objects.open()] == ["no_shift"]


def test_a_period_is_closed_only_when_nothing_a_till_sent_waits(shop, till: Till):
    till.append("{")
    till.sell(line(shop.lot.code, 1, 15_000))
    till.send()
    ends_on = timezone.localdate()
    close = {
        "association": shop.cast.association, "ends_on": ends_on, "at": timezone.now(), "by": shop.cast.ratna,
        "today": ends_on + timedelta(days=1),
    }  # fmt: skip
    before = Posting.objects.count()

    with pytest.raises(actions.EventsParked) as refused:
        ledger.close_period(**close)

    assert refused.value.facts == {"count": 1, "first": "K1-000001"}
    assert (Period.objects.count(), Posting.objects.count()) == (0, before)

    actions.set_aside(
        event=RawEvent.objects.parked().get(), reason="rusak di jalan", at=timezone.now(), by=shop.cast.ratna
    )  # fmt: skip
    ledger.close_period(**close)

    assert Period.objects.get().ends_on == ends_on


def test_what_waits_at_another_association_does_not_keep_ours_open(shop, till: Till):
    till.append("{")
    till.sell(line(shop.lot.code, 1, 15_000))
    till.send()

    nothing_parked(association=shop.cast.neighbour, ends_on=timezone.localdate())
    with pytest.raises(actions.EventsParked):
        nothing_parked(association=shop.cast.association, ends_on=timezone.localdate())
