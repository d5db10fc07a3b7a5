"""Many stories of three tills in bad weather. More of them: ``KENDEDES_SEEDS=500 KENDEDES_STEPS=400 pytest … -n 2``."""

from __future__ import annotations

import os

import pytest
from django.db import connection, transaction

from kendedes.ledger.tests.conftest import open_shop
from kendedes.ledger.verify import verify
from kendedes.sales.actions import sync
from kendedes.sales.models import Device, Handling, RawEvent
from kendedes.sales.tests.simulator import Broken, Story

SEEDS = int(os.environ.get("KENDEDES_SEEDS", "20"))
STEPS = int(os.environ.get("KENDEDES_STEPS", "40"))
FIRST = int(os.environ.get("KENDEDES_FIRST_SEED", "1"))
CHUNK = 5


def tell(cast, seed: int, steps: int = STEPS) -> None:
    """One story in a database that forgets it."""
    start = transaction.savepoint_create()
    try:
        Story(seed, open_shop(cast)).run(steps)
    finally:
        transaction.savepoint_rollback(start)


@pytest.mark.parametrize("start", range(FIRST, FIRST + SEEDS, CHUNK))
def test_whatever_the_weather_every_sale_is_in_the_books_once(cast, start):
    for seed in range(start, min(start + CHUNK, FIRST + SEEDS)):
        tell(cast, seed)


def test_a_story_that_is_told_again_is_the_same(cast):
    ends = []
    for _ in range(2):
        start = transaction.savepoint_create()
        story = Story(3, open_shop(cast))
        story.run(30)
        ends.append((dict(story.counts), [len(till.disk.texts) for till in story.tills]))
        transaction.savepoint_rollback(start)

    assert ends[0] == ends[1]


def test_the_books_verify_after_a_story(cast):
    Story(11, open_shop(cast)).run(STEPS)

    report = verify()

    assert [f for f in report.findings if "difference" not in f.code and "selisih" not in f.code] == []


# --- controls: with a safeguard off, the stories must notice -------------------------------------


def _notices(cast, seeds: range, steps: int = 60) -> bool:
    for seed in seeds:
        try:
            tell(cast, seed, steps)
        except Exception:  # noqa: BLE001 - a crash is noticed too
            return True
    return False


def test_control_without_the_comparison_of_bytes_a_copy_is_not_found(cast, monkeypatch):
    """A server that says ``exists`` to any event under a taken number loses the sales of a copied till."""
    real = sync.take

    def blind(*, device, seq, raw, sent, at):
        device.refresh_from_db()
        if seq <= device.acked_seq:
            return sync.Result(seq, "exists")
        return real(device=device, seq=seq, raw=raw, sent=sent, at=at)

    monkeypatch.setattr(sync, "take", blind)
    story = Story(1, open_shop(cast), tills=1)
    story.net.calm = True
    till = story.tills[0]
    story.sell(till)
    till.sync()
    twin = till.copy(seed=5)
    story.tills.append(twin)
    story.sell(till)
    story.sell(twin)
    till.sync()

    twin.sync()

    with pytest.raises(Broken):
        story.finish()


def test_control_a_server_that_acknowledges_before_it_keeps_is_noticed(cast, monkeypatch):
    """The database forgets an event it acknowledged: the next answer tells."""

    def forgetful(arrival):
        kept = real(arrival)
        if arrival.seq % 7 == 3:
            with connection.cursor() as cursor:
                cursor.execute('DROP TRIGGER IF EXISTS "sales_rawevent_keep_delete"' + _ON)
                cursor.execute(
                    'DROP TRIGGER IF EXISTS "sales_handling_keep_delete"' + _ON.replace("rawevent", "handling")
                )
            Handling.objects.filter(event__seq=arrival.seq, event__device=arrival.device).delete()
            RawEvent.objects.filter(seq=arrival.seq, device=arrival.device).delete()
        return kept

    real = sync.keep
    monkeypatch.setattr(sync, "keep", forgetful)

    assert _notices(cast, range(1, 4))


_ON = "" if connection.vendor == "sqlite" else ' ON "sales_rawevent"'


def test_control_without_the_unique_number_and_the_check_of_acked_a_resend_is_doubled(cast, monkeypatch):
    """Both guards off: every event that arrives again is another row."""

    def eager(*, device, seq, raw, sent, at):
        held = Device.objects.select_related("association").get(pk=device.pk)
        last = RawEvent.objects.filter(device=held, branch=0).count()
        arrival = sync.Arrival(held, last + 1, raw, sync.digest(raw), None, sent, at, held.last_at, held.last_clock)
        kept = sync.keep(arrival)
        Device.objects.filter(pk=held.pk).update(acked_seq=last + 1, head=arrival.sha256)
        return kept.result

    monkeypatch.setattr(sync, "take", eager)

    assert _notices(cast, range(1, 4))
