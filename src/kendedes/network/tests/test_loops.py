"""The process that does again and again what apps name."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings

from kendedes.network.management import daily_backup
from kendedes.network.management.commands import loops

pytestmark = pytest.mark.django_db
AT = datetime(2026, 7, 1, 3, tzinfo=UTC)


def test_every_app_that_names_a_loop_is_called_and_each_function_exists():
    names = [loop[0] for loop in loops.declared()]

    assert names == [
        "kendedes.network.management.hourly.hourly", "kendedes.catalogue.actions.revive",
        "kendedes.visits.actions.gather", "kendedes.web.actions.catch_up", "kendedes.api.actions.tell",
    ]  # fmt: skip
    assert all(callable(loops.import_string(name)) for name in names)


def test_a_turn_that_fails_is_logged_and_the_next_comes(monkeypatch):
    stop, turns, said = threading.Event(), [], []

    def turn(*, at: datetime) -> None:
        turns.append(at)
        if len(turns) == 3:
            stop.set()
        if len(turns) == 1:
            raise OSError("disk")

    monkeypatch.setattr(loops, "close_old_connections", lambda: None)  # it would end the test's own transaction
    monkeypatch.setattr(loops, "import_string", lambda _name: turn)
    monkeypatch.setattr(loops.log, "warning", lambda text, *words, **_more: said.append(text % words))
    loops.go(stop, "kendedes.uji.putaran", 0.001)

    assert len(turns) == 3
    assert said == ["kendedes.uji.putaran was not finished"]


def test_the_first_turn_has_a_pause_of_its_own(monkeypatch):
    waited = []

    class Stop(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            waited.append(timeout)
            return len(waited) == 3

    monkeypatch.setattr(loops, "close_old_connections", lambda: None)  # it would end the test's own transaction
    monkeypatch.setattr(loops, "import_string", lambda _name: lambda **_given: None)
    loops.go(Stop(), "kendedes.uji.putaran", 3600.0, 60.0)

    assert waited == [60.0, 3600.0, 3600.0]


def test_a_daily_backup_that_failed_rests_ten_minutes(monkeypatch, tmp_path):
    tried = []

    def keep(_folder: object, at: datetime) -> None:
        tried.append(at)
        raise OSError("disk")

    monkeypatch.setattr(settings.ENV, "backup_folder", tmp_path)
    monkeypatch.setattr(daily_backup, "keep", keep)
    monkeypatch.setattr(daily_backup, "_rests", [])

    for minutes in (0, 5, 11):
        daily_backup.look(at=AT + timedelta(minutes=minutes))

    assert tried == [AT, AT + timedelta(minutes=11)]
