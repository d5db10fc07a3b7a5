"""Tests of scripts, run by the Node that comes inside playwright's wheel: none of the system's is needed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import playwright

NODE = Path(playwright.__file__).parent / "driver" / "node"


def run() -> int:
    """All ``tests/js/*.test.mjs`` of this working copy."""
    return subprocess.call([str(NODE), "--test", "--test-reporter=dot", "src/kendedes/**/tests/js/*.test.mjs"])  # noqa: S603


if __name__ == "__main__":
    sys.exit(run())
