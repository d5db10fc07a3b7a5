"""``kendedes verify`` names what was changed behind the back of the sales' tables; each tampering beside sound books."""

from __future__ import annotations

import json
import uuid

import pytest
from django.db import connection
from django.utils import timezone

from kendedes.ledger.tests.test_verify import tamper
from kendedes.ledger.verify import Report, verify
from kendedes.sales import actions
from kendedes.sales import verify as questions
from kendedes.sales.models import Device, Payment, RawEvent, Refund, Sale, SaleLine
from kendedes.sales.tests.till import Till, h, line


@pytest.fixture
def busy(shop, till: Till) -> Till:
    """A shift with sales, a split payment, unknown goods named later, a return at the till and one at the desk, a void,
    an unreadable event, a receipt from paper and a copied till.
    """
    till.write("shift.open", {"float": 100_000})
    till.sell(line(shop.lot.code, 2, 15_000), line(None, 3, 4_000), rounding=0)
    first = json.loads(till.disk.texts[1])["id"]
    till.write("sale", {
        "lines": [line(shop.lot.code, 1, 15_000)], "rounding": 0, "total": 15_000,
        "payments": [{"kind": "cash", "amount": 5_000, "given": 5_000, "change": 0}, {"kind": "qris", "amount": 10_000}],
    })  # fmt: skip
    till.append("{")
    gone = till.sell(line(shop.lot.code, 1, 15_000), kind="transfer")
    till.write("void", {"sale": gone, "reason": "salah"})
    till.write("refund", {
        "sale": first, "lines": [{"line": 1, "qty": 1}, {"line": 2, "qty": 1}], "rounding": 0, "total": 19_000,
        "payments": [{"kind": "cash", "amount": 19_000}], "reason": "rusak",
    })  # fmt: skip
    assert [r["result"] for r in till.send()[1]["results"]] == [
        "created", "flagged", "created", "parked", "created", "created", "created",
    ]  # fmt: skip
    now, by = timezone.now(), shop.cast.ratna
    unknown = SaleLine.objects.get(lot=None)
    actions.assign_line(line=unknown, lot=shop.lot, at=now, by=by)
    sale = Sale.objects.get(entry__key=first)
    actions.refund_at_desk(sale=sale, pieces={2: 1}, kind="cash", reason="rusak", key=uuid.uuid4(), at=now, by=by)
    twin = till.copy(seed=9)
    till.sell(line(shop.lot.code, 1, 15_000))
    till.send()
    twin.sell(line(shop.lot.code, 1, 15_000))
    twin.sell(line(shop.lot.code, 1, 15_000))
    actions.import_file(association=shop.cast.association, raw=twin.export(), by=by, at=now)
    actions.recover_sale(
        device=Device.objects.get(), seq=40, mark="0123abcd", lines=[actions.LineSold(shop.lot, "Keripik", 1, 15_000)],
        payments=[actions.Money("cash", 15_000)], at=now, by=by,
    )  # fmt: skip
    return till


def findings() -> set[tuple[str, str]]:
    return {(finding.code, finding.where) for finding in verify().findings}


def codes() -> set[str]:
    return {code for code, _ in findings()}


def test_sound_sales_fit(busy):
    report = verify()

    assert report.findings == []
    assert (report.counts["till_events"], report.counts["sales"]) == (10, Sale.objects.count())
    assert RawEvent.objects.filter(branch=1).count() == 2


def put(event: RawEvent, text: str, *, hashed: bool = False) -> None:
    """Other bytes under an event; ``hashed``: and their hash, as a careful forger would."""
    tamper("UPDATE sales_rawevent SET received_at = received_at WHERE id = 0")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE sales_rawevent SET raw = %s WHERE id = %s", [text.encode(), event.pk])
        if hashed:
            cursor.execute("UPDATE sales_rawevent SET sha256 = %s WHERE id = %s", [h(text), event.pk])


def test_one_byte_of_what_a_till_sent(busy):
    event = RawEvent.objects.get(seq=2)
    put(event, bytes(event.raw).decode().replace('"at":', '"at": '))

    assert findings() == {("event_changed", f"sales_rawevent {event.pk}")}


def test_bytes_and_hash_together_break_the_chain(busy):
    event = RawEvent.objects.get(seq=2)
    put(event, bytes(event.raw).decode().replace('"at":', '"at": '), hashed=True)
    after = RawEvent.objects.get(seq=3)

    assert ("event_chain", f"sales_rawevent {after.pk}") in findings()


def test_the_last_event_with_its_hash_differs_from_what_was_acknowledged(busy):
    event = RawEvent.objects.get(seq=8, branch=0)
    put(event, bytes(event.raw).decode().replace('"at":', '"at": '), hashed=True)

    assert ("till_head", f"sales_device {Device.objects.get().pk}") in findings()


def test_an_event_taken_out(busy):
    event = RawEvent.objects.get(seq=4)
    tamper(f"DELETE FROM sales_handling WHERE event_id = {event.pk}")
    tamper(f"DELETE FROM sales_rawevent WHERE id = {event.pk}")

    assert ("event_gap", f"sales_rawevent {RawEvent.objects.get(seq=5).pk}") in findings()


def test_the_last_event_taken_out(busy):
    event = RawEvent.objects.get(seq=8, branch=0)
    tamper(f"DELETE FROM sales_handling WHERE event_id = {event.pk}")
    tamper(f"DELETE FROM sales_rawevent WHERE id = {event.pk}")

    assert ("till_head", f"sales_device {Device.objects.get().pk}") in findings()


def test_a_tills_head_moved_by_hand(busy):
    device = Device.objects.get()
    Device.objects.update(acked_seq=9)

    assert findings() == {("till_head", f"sales_device {device.pk}")}


def test_a_key_given_to_another_event(busy):
    event = RawEvent.objects.get(seq=1)
    tamper(f"UPDATE sales_rawevent SET uid = '{uuid.uuid4().hex}' WHERE id = {event.pk}")

    assert findings() == {("event_key", f"sales_rawevent {event.pk}")}


def test_the_branch_of_a_copy_is_a_chain_too(busy):
    event = RawEvent.objects.get(branch=1, seq=8)
    put(event, bytes(event.raw).decode().replace('"at":', '"at": '), hashed=True)

    assert ("event_chain", f"sales_rawevent {RawEvent.objects.get(branch=1, seq=9).pk}") in findings()


def test_an_answer_taken_away(busy):
    event = RawEvent.objects.get(seq=2)
    tamper(f"DELETE FROM sales_handling WHERE event_id = {event.pk}")

    assert findings() == {("event_unhandled", f"sales_rawevent {event.pk}")}


def test_an_answer_missing_between_others(busy):
    event = RawEvent.objects.get(seq=4)
    tamper(f"UPDATE sales_handling SET number = 2 WHERE event_id = {event.pk}")

    assert findings() == {("handling_gap", f"sales_rawevent {event.pk}")}


def test_an_answer_that_names_no_sale(busy):
    event = RawEvent.objects.get(seq=2)
    tamper(f"UPDATE sales_handling SET entry_id = NULL WHERE event_id = {event.pk}")

    assert codes() == {"event_without_sale"}


def test_a_price_changed_with_everything_that_follows(busy):
    """Line, total and payment changed to fit each other: the till's own words and the ledger's money do not."""
    line_ = SaleLine.objects.filter(lot__isnull=False).first()
    tamper(f"UPDATE sales_saleline SET price = price + 10, total = total + 10 * quantity WHERE id = {line_.pk}")
    more = 10 * line_.quantity
    tamper(f"UPDATE sales_sale SET total = total + {more} WHERE entry_id = {line_.sale_id}")
    tamper(f"UPDATE sales_payment SET amount = amount + {more} WHERE entry_id = {line_.sale_id}")

    assert codes() == {"sale_changed", "line_share_differs", "payment_differs"}


def test_a_receipts_mark(busy):
    sale = Sale.objects.earliest("pk")
    tamper(f"UPDATE sales_sale SET mark = 'ffffffff' WHERE entry_id = {sale.pk}")

    assert findings() == {("sale_changed", f"sales_sale {sale.pk}")}


def test_a_payment_made_smaller(busy):
    payment = Payment.objects.filter(kind="qris").get()
    tamper(f"UPDATE sales_payment SET amount = amount - 1 WHERE id = {payment.pk}")

    assert findings() == {
        ("sale_differs", f"sales_sale {payment.entry_id}"), ("payment_differs", f"journal_entry {payment.entry_id}"),
    }  # fmt: skip


def test_a_payment_of_another_kind(busy):
    payment = Payment.objects.filter(kind="qris").get()
    tamper(f"UPDATE sales_payment SET kind = 'transfer' WHERE id = {payment.pk}")

    assert findings() == {("payment_differs", f"journal_entry {payment.entry_id}")}


def test_a_refund_made_larger(busy):
    refund = Refund.objects.filter(kind="refund", device__isnull=False).get()
    tamper(f"UPDATE sales_refund SET total = total + 1 WHERE entry_id = {refund.pk}")

    assert findings() == {("refund_differs", f"sales_refund {refund.pk}")}


def test_more_pieces_back_than_were_sold(busy):
    refund = Refund.objects.filter(kind="refund", device__isnull=False).get()
    first = refund.lines.order_by("line").first()
    tamper(f"UPDATE sales_refundline SET quantity = 5 WHERE id = {first.pk}")

    assert findings() == {
        ("refund_differs", f"sales_refund {refund.pk}"),
        ("refunded_twice", f"sales_saleline {first.line_id}"),
    }


def test_a_text_that_is_no_sale_any_more_is_named_and_not_stumbled_over(busy):
    event = RawEvent.objects.get(seq=2)
    put(event, "[]")

    assert {"event_changed", "sale_changed"} <= codes()


def test_each_question_reads_whole_pages(busy, monkeypatch):
    """Pages of one row find the same: nothing is left out where a page ends."""
    monkeypatch.setattr(questions, "STEP", 1)

    assert verify().findings == []
    report = Report()
    assert list(questions.events(report)) == []
    assert report.counts["till_events"] == 10
