"""Writes that fail (B5): flushes answer EIO, the disk says now and then that it is full. Nothing acked is lost.

``docs/testing.md`` says how longer drills are run, a server that dies in a flush, and the control.
"""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from kendedes.testing.drill import tracing

WHY = tracing.missing()
pytestmark = [pytest.mark.slow, pytest.mark.skipif(bool(WHY), reason=f"faulty writes left out: {WHY}")]


def drill(*words: str) -> dict:
    """Run the command of the drill; its JSON."""
    command = [sys.executable, "-m", "kendedes.testing.drill", "fault", "--json", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("fault", ["eio", "full"])
def test_nothing_acknowledged_is_lost_when_writes_fail(fault):
    told = drill("--fault", fault, "--cycles", "1")

    assert told["acked"] > 10
    assert (told["lost"], told["twice"], told["broken"]) == (0, 0, [])
    assert told["statuses"]["503"] > 0  # it was felt
