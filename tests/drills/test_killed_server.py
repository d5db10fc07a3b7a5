"""``kill -9`` (B1 the server, B2 PostgreSQL): no acknowledged sale is lost, none is there twice, and people hear 503, not 500.

The numbers here are a slice; ``docs/testing.md`` says how the whole drill is run.
"""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from kendedes.testing import postgres

pytestmark = pytest.mark.slow


def drill(*words: str) -> dict:
    """Run the command of the drill; its JSON."""
    command = [sys.executable, "-m", "kendedes.testing.drill", "kill", "--json", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    return json.loads(done.stdout)


def test_a_killed_server_loses_no_acknowledged_sale():
    told = drill("--cycles", "15", "--seed", "21")

    assert told["acked"] > 50
    assert (told["lost"], told["twice"], told["broken"]) == (0, 0, [])


def test_the_drill_catches_a_server_that_acknowledges_too_early():
    told = drill("--cycles", "1", "--seed", "22", "--weak", "early")

    assert told["lost"] > 0


@pytest.mark.skipif(postgres.binaries() is None, reason="PostgreSQL is not installed")
def test_a_killed_postgresql_loses_nothing_and_people_are_told_to_come_back():
    told = drill("--cycles", "5", "--seed", "23", "--database", "postgresql")

    assert told["acked"] > 20
    assert told["statuses"]["503"] > 0
    assert (told["lost"], told["twice"], told["broken"]) == (0, 0, [])
