"""The server comes back from last night's backup (B12): a new epoch, tills send again, everything adds up as before."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow


def drill(*words: str) -> dict:
    """Run the command of the drill; its JSON."""
    command = [sys.executable, "-m", "kendedes.testing.drill", "again", "--json", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    return json.loads(done.stdout)


def test_tills_bring_back_what_the_backup_did_not_hold():
    told = drill()  # the control is in it: before the tills came back, acked events were missing

    assert told["acked"] >= 80
    assert (told["lost"], told["twice"], told["broken"]) == (0, 0, [])
