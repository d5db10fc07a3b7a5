"""The same thing said twice (B9) and many for the last pieces (B7), each with a control that must be caught.

The numbers here are a slice; ``docs/testing.md`` says how the whole drill is run.
"""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from kendedes.testing import postgres

pytestmark = pytest.mark.slow
POSTGRESQL = pytest.mark.skipif(postgres.binaries() is None, reason="PostgreSQL is not installed")
CROWD = ("kendedes.testing.drill.crowd", "--database", "postgresql", "--runs", "1")


def drill(module: str, *words: str) -> dict:
    """Run the command of a drill; its JSON."""
    done = subprocess.run([sys.executable, "-m", module, *words], capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    return json.loads(done.stdout)


def test_what_a_wire_repeats_cuts_off_and_mixes_is_booked_once():
    told = drill("kendedes.testing.drill", "wire", "--json", "--cycles", "1", "--seed", "41")

    assert told["acked"] > 40
    assert (told["lost"], told["twice"], told["broken"]) == (0, 0, [])


def test_the_drill_catches_a_server_that_takes_what_is_said_again_for_news():
    told = drill("kendedes.testing.drill", "wire", "--json", "--cycles", "1", "--seed", "42", "--weak", "forgetful")

    assert "the books changed when bodies were said again" in told["broken"]


@POSTGRESQL
def test_fifty_buyers_get_the_last_ten_pieces_and_not_one_more():
    told = drill(*CROWD, "--seed", "43")

    assert (told["exact"], told["oversold"], told["errors"], told["findings"]) == (1, 0, 0, [])


@POSTGRESQL
def test_the_drill_catches_buyers_who_are_told_what_is_free_before_the_lock():
    told = drill(*CROWD, "--seed", "44", "--weak")

    assert (told["exact"], told["oversold"]) == (0, 1)
