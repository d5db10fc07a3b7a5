"""Turns are counted for each key by itself, though many keys share a file, and forgotten when nobody needs them."""

from __future__ import annotations

import time

from kendedes.ui import limits


def test_three_thousand_visitors_share_the_files_and_each_has_her_own_turns():
    now = time.time()
    visitors = [f"ip 10.0.{n // 250}.{n % 250}" for n in range(3_000)]

    first = {limits.take("uji", visitor, "2/m", now) for visitor in visitors}
    second = {limits.take("uji", visitor, "2/m", now) for visitor in visitors}
    third = [limits.take("uji", visitor, "2/m", now) for visitor in visitors]

    assert first == second == {0.0}
    assert all(wait > 59 for wait in third)
    assert len(list((limits.folder() / "uji").iterdir())) <= limits.BUCKETS


def test_a_kind_knows_nothing_of_another_with_the_same_key():
    now = time.time()

    assert limits.take("satu", "ip 10.0.0.1", "1/m", now) == 0
    assert limits.take("dua", "ip 10.0.0.1", "1/m", now) == 0
    assert limits.take("satu", "ip 10.0.0.1", "1/m", now) == 60


def test_what_is_older_than_it_is_kept_leaves_the_file_when_somebody_else_writes(monkeypatch):
    monkeypatch.setattr(limits, "BUCKETS", 1)
    now = time.time()
    limits.take("uji", "tua", "5/m", now - 61)
    limits.take("uji", "muda", "5/m", now - 5)
    limits.take("uji", "baru", "5/m", now)

    (path,) = (limits.folder() / "uji").iterdir()

    assert sorted(limits._read(path.read_bytes()).values()) == [[now - 5], [now]]


def test_a_file_a_crash_left_half_written_is_read_as_far_as_it_is_whole(monkeypatch):
    monkeypatch.setattr(limits, "BUCKETS", 1)
    now = time.time()
    limits.take("uji", "satu", "1/m", now)
    limits.take("uji", "dua", "1/m", now)
    (path,) = (limits.folder() / "uji").iterdir()
    path.write_bytes(path.read_bytes()[:-3])

    waits = [limits.take("uji", who, "1/m", now) for who in ("satu", "dua", "dua")]

    assert waits == [60, 0, 60]
