"""Power cuts of a till (B4): every receipt it showed is on its disk afterwards. The control is the browser's own default.

Two cuts and a control here; ``docs/testing.md`` says how the whole drill is run.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys

import pytest

from kendedes.testing.drill import disk

WHY = disk.missing() or ("" if shutil.which("chromium") else "Chromium is not installed")
pytestmark = [pytest.mark.slow, pytest.mark.skipif(bool(WHY), reason=f"power cuts of a till left out: {WHY}")]


def drill(*words: str) -> dict:
    """Run the command of the drill; its JSON."""
    command = [sys.executable, "-m", "kendedes.testing.drill", "till", "--json", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    return json.loads(done.stdout)


def test_a_till_keeps_every_receipt_it_showed():
    told = drill("--cycles", "2", "--seed", "31")

    assert told["acked"] > 4
    assert (told["lost"], told["twice"], told["broken"]) == (0, 0, [])


def test_the_drill_catches_a_till_that_trusts_the_browsers_default():
    told = drill("--cycles", "1", "--seed", "32", "--weak", "relaxed")

    assert told["lost"] > 0
