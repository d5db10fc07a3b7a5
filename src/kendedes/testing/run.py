"""``kendedes test``: every check and test of a working copy, one after the other; stops at the first that fails."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from kendedes.base.environment import checkout

STEPS: list[tuple[str, list[str]]] = [
    ("ruff", ["ruff", "check", "-q", "src", "tests", "tools", "bench"]),
    ("format", ["ruff", "format", "--check", "-q", "src", "tests", "tools", "bench"]),
    ("floors", ["lint-imports"]),
    ("messages", ["python", "tools/messages.py", "check"]),
    ("migrations", ["python", "-m", "kendedes", "manage", "makemigrations", "--check", "--dry-run"]),
    ("types", ["mypy"]),
    ("tests", ["pytest", "-q", "-n", "2", "--dist", "loadfile"]),
]


def run(args: list[str]) -> int:
    """``args``: names of steps to run (all, when empty). Returns the first exit code that is not 0."""
    here = checkout()
    if here is None:
        sys.stderr.write("kendedes test needs the working copy\n")
        return 2
    chosen = [step for step in STEPS if not args or step[0] in args]
    scripts = str(Path(sys.executable).parent)
    env = {**os.environ, "PATH": scripts + os.pathsep + os.environ.get("PATH", "")}
    for name, command in chosen:
        start = time.monotonic()
        code = subprocess.call(command, cwd=here, env=env)  # noqa: S603 - our own list
        sys.stderr.write(f"{'ok  ' if code == 0 else 'FAIL'} {name} ({time.monotonic() - start:.0f} s)\n")
        if code:
            return code
    return 0
