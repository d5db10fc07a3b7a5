"""Power cuts (B3): what was acknowledged is there afterwards. The controls flush less than they should and are caught.

The numbers here are a slice; ``docs/testing.md`` says how the whole drill is run.
"""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from kendedes.testing import postgres
from kendedes.testing.drill import disk

WHY = disk.missing()
pytestmark = [pytest.mark.slow, pytest.mark.skipif(bool(WHY), reason=f"power cuts left out: {WHY}")]


def drill(*words: str) -> dict:
    """Run the command of the drill; its JSON."""
    command = [sys.executable, "-m", "kendedes.testing.drill", "cut", "--json", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    return json.loads(done.stdout)


def test_sqlite_keeps_what_it_acknowledged():
    told = drill("--cycles", "10", "--seed", "11")

    assert told["acked"] > 100
    assert (told["lost"], told["twice"], told["broken"]) == (0, 0, [])


def test_the_drill_catches_a_sqlite_that_flushes_too_little():
    told = drill("--cycles", "2", "--seed", "12", "--weak", "NORMAL")

    assert told["lost"] > 0


@pytest.mark.skipif(postgres.binaries() is None, reason="PostgreSQL is not installed")
def test_postgresql_keeps_what_it_acknowledged():
    told = drill("--cycles", "3", "--seed", "13", "--database", "postgresql")

    assert told["acked"] > 50
    assert (told["lost"], told["twice"], told["broken"]) == (0, 0, [])


@pytest.mark.skipif(postgres.binaries() is None, reason="PostgreSQL is not installed")
def test_the_drill_catches_a_postgresql_that_does_not_wait():
    told = drill("--cycles", "1", "--seed", "14", "--database", "postgresql", "--weak", "off")

    assert told["lost"] > 0


@pytest.mark.parametrize(("during", "cycles"), [("close", 3), ("backup", 2)])
def test_a_deed_that_is_cut_is_there_whole_or_not_at_all_and_can_be_done_again(during, cycles):
    told = drill("--during", during, "--cycles", str(cycles), "--seed", "15")

    assert (told["lost"], told["twice"], told["broken"]) == (0, 0, [])


def test_the_drill_catches_a_deed_that_was_reported_before_it_was_flushed():
    told = drill("--during", "backup", "--cycles", "1", "--seed", "16", "--weak", "OFF")

    assert told["acked"] == 1
    assert told["lost"] + len(told["broken"]) > 0
