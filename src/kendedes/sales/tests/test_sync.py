"""Events arrive once, in order, and nothing a till sends is dropped."""

from __future__ import annotations

import json

import pytest
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from kendedes.sales.actions import note_backup, revoke_till
from kendedes.sales.actions import sync as arriving
from kendedes.sales.models import Device, Handling, RawEvent
from kendedes.sales.tests.till import Till, line


def test_what_was_sent_is_stored_to_the_byte(till: Till):
    till.sell(line(None, 2, 15000, name="Keripik “Sari” é"))

    status, found = till.send()

    event = RawEvent.objects.get()
    assert status == 200
    assert bytes(event.raw) == till.disk.texts[0].encode()
    assert (event.seq, event.sha256, str(event.uid)) == (1, till.disk.head, json.loads(till.disk.texts[0])["id"])
    assert (found["acked_seq"], found["head"]) == (1, till.disk.head)


def test_the_same_again_changes_nothing(till: Till):
    till.sell(line(None, 1, 1000))
    till.sell(line(None, 1, 2000))
    body = till.batch(1, till.disk.texts)
    till.post(body)
    before = list(Handling.objects.values_list("event__seq", "result"))

    status, found = till.post(body)

    assert status == 200
    assert [r["result"] for r in found["results"]] == ["exists", "exists"]
    assert list(Handling.objects.values_list("event__seq", "result")) == before


def test_a_gap_is_told_and_nothing_behind_it_is_kept(till: Till):
    for _ in range(3):
        till.sell(line(None, 1, 1000))

    status, found = till.post(till.batch(2, till.disk.texts[1:]))

    assert (status, found["code"], found["facts"], found["acked_seq"]) == (409, "gap", {"expected": 1}, 0)
    assert RawEvent.objects.count() == 0


def test_other_bytes_under_a_taken_number_lock_the_till(till: Till):
    till.sell(line(None, 1, 1000))
    till.send()
    twin = till.copy(seed=9)
    till.sell(line(None, 1, 2000))
    twin.sell(line(None, 1, 3000))
    till.send()

    status, found = twin.send()

    assert (status, found["code"], found["facts"]) == (409, "fork", {"seq": 2})
    assert (RawEvent.objects.count(), Device.objects.get().acked_seq) == (2, 2)
    assert Device.objects.get().locked_at is not None
    till.sell(line(None, 1, 4000))
    assert till.send()[0] == 423
    assert RawEvent.objects.count() == 2


def test_a_wrong_predecessor_is_a_fork(till: Till):
    till.sell(line(None, 1, 1000))
    till.send()
    till.write("cash", {"kind": "in", "amount": 1, "purpose": "other", "reason": "x"}, prev="0" * 64)

    assert till.send()[1]["code"] == "fork"


def test_a_known_key_under_another_number_is_a_fork(till: Till):
    first = till.sell(line(None, 1, 1000))
    till.write("cash", {"kind": "in", "amount": 1, "purpose": "other", "reason": "x"}, id=first)

    status, found = till.send()

    assert (status, found["code"], found["acked_seq"], [r["seq"] for r in found["results"]]) == (409, "fork", 1, [1])


def test_events_before_a_fork_are_committed_and_told(till: Till):
    till.sell(line(None, 1, 1000))
    till.write("cash", {}, prev="f" * 64)

    _status, found = till.send()

    assert [r["seq"] for r in found["results"]] == [1]
    assert Device.objects.get().acked_seq == 1


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", ["not_json"]),
        ("[]", ["shape", ""]),
        ('{"v":1.0}', ["not_json"]),
        ('{"v":1,"v":1}', ["not_json"]),
        ("[" * 20000, ["not_json"]),
        ("NaN", ["not_json"]),
        ("\ud800", ["not_utf8"]),
        ('{"v":1,"x":"' + "y" * 50_000 + '"}', ["too_long"]),
    ],
)
def test_what_cannot_be_read_is_parked_and_the_queue_moves_on(till: Till, text, why):
    raw = text.encode("utf-8", "surrogatepass")
    till.disk.texts.append(text)
    till.disk.hashes.append(arriving.digest(raw))
    till.sell(line(None, 1, 1000))

    status, found = till.send()

    assert (status, found["acked_seq"]) == (200, 2)
    assert (found["results"][0]["result"], found["results"][0]["why"]) == ("parked", why)
    assert bytes(RawEvent.objects.get(seq=1).raw) == raw
    assert RawEvent.objects.parked().filter(seq=1).exists()


def test_one_poison_event_among_many_stops_nothing(till: Till):
    for n in range(100):
        till.sell(line(None, 1, 1000)) if n != 40 else till.write("sale", {"lines": []})

    status, found = till.send()

    assert (status, found["acked_seq"]) == (200, 100)
    assert found["results"][40] == {"seq": 41, "result": "parked", "why": ["shape", "body.lines"]}
    assert RawEvent.objects.count() == Handling.objects.count() == 100


def test_an_unknown_kind_waits_for_a_newer_server(till: Till):
    till.write("dance", {})

    assert till.send()[1]["results"] == [{"seq": 1, "result": "parked", "why": ["unknown_type", "dance"]}]


def test_a_fault_of_the_server_parks_the_event(till: Till, monkeypatch, caplog):
    def broken(_told):
        raise ZeroDivisionError

    monkeypatch.setattr(arriving, "apply", broken)
    till.sell(line(None, 1, 1000))

    _status, found = till.send()

    assert found["results"] == [{"seq": 1, "result": "parked", "why": ["error"]}]
    assert "ZeroDivisionError" in caplog.text


def test_a_database_that_is_away_keeps_nothing_and_says_later(till: Till, monkeypatch):
    def away(_told):
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr(arriving, "apply", away)
    till.sell(line(None, 1, 1000))

    status, found = till.send()

    assert (status, found["code"], found["sync"]) == (503, "unavailable", 1)
    assert (RawEvent.objects.count(), Device.objects.get().acked_seq) == (0, 0)


def test_a_batch_of_another_epoch_is_told_where_the_server_stands(till: Till):
    till.sell(line(None, 1, 1000))
    epoch, till.disk.epoch = till.disk.epoch, "before"

    status, found = till.send()

    assert (status, found["code"], found["epoch"], found["acked_seq"]) == (409, "epoch", epoch, 0)
    assert RawEvent.objects.count() == 0
    till.sync()
    assert till.disk.acked == 1


@pytest.mark.parametrize(
    "change",
    [
        {"v": 2}, {"from": 0}, {"from": "1"}, {"from": True}, {"events": []}, {"events": [1]}, {"events": "x"}, {"sent": {}},
        {"sent": None}, {"more": 1}, {"epoch": 7}, {"events": ["{}"] * 101},
    ],
)  # fmt: skip
def test_what_is_not_this_protocol_is_refused_whole(till: Till, change):
    status, found = till.post({**till.batch(1, ["{}"]), **change})

    assert (status, found["code"], RawEvent.objects.count()) == (400, "sync_invalid", 0)


def test_more_than_256_kb_is_refused(till: Till):
    status, found = till.post(till.batch(1, ["x" * 47_000] * 6))

    assert (status, found["code"], RawEvent.objects.count()) == (413, "too_large", 0)


def test_a_body_that_breaks_off_is_refused(till: Till):
    till.sell(line(None, 1, 1000))
    body = json.dumps(till.batch(1, till.disk.texts))

    assert {till.post(body[:cut])[0] for cut in range(0, len(body) - 1, 37)} == {400}
    assert RawEvent.objects.count() == 0


def test_a_till_may_forget_what_stands_in_two_backups(till: Till):
    till.sell(line(None, 1, 1000))
    till.send()
    note_backup(at=timezone.now())
    till.sell(line(None, 1, 1000))
    till.send()
    assert till.get("head")[1]["safe_seq"] == 0

    note_backup(at=timezone.now())

    assert till.get("head")[1]["safe_seq"] == 1


def test_a_revoked_till_sends_nothing_more(cast, till: Till):
    till.sell(line(None, 1, 1000))
    revoke_till(device=Device.objects.get(), at=timezone.now(), by=cast.ratna)

    assert till.send()[0] == 401
    assert (RawEvent.objects.count(), till.stopped) == (0, "device_revoked")


@pytest.mark.parametrize("table", ["sales_rawevent", "sales_handling"])
@pytest.mark.parametrize("deed", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_what_arrived_cannot_be_changed(till: Till, table, deed):
    till.sell(line(None, 1, 1000))
    till.send()

    with pytest.raises(Exception, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(deed.format(table))
