"""``kendedes test``: every check and test of a working copy, one after the other; stops at the first that fails.

``kendedes test NAME …`` runs only the named steps. The tests run twice: on SQLite and on a PostgreSQL that is
started for them; where PostgreSQL is not installed that step says so, and fails when ``CI`` is set.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from kendedes.base.environment import checkout
from kendedes.testing import postgres

SOURCES = ["src", "tests", "tools", "bench"]
PYTEST = ["pytest", "-q", "-n", "2", "--dist", "loadfile"]
TILLS = [f"tests/stories/test_{name}.py" for name in ("till", "till_line", "till_life", "till_room", "ten_jars")]
STEPS: dict[str, list[str]] = {
    "ruff": ["ruff", "check", "-q", *SOURCES],
    "format": ["ruff", "format", "--check", "-q", *SOURCES],
    "floors": ["lint-imports"],
    "compile": ["python", "-m", "kendedes.testing.compile"],
    "messages": ["python", "tools/messages.py", "check"],
    "migrations": ["python", "-m", "kendedes", "manage", "makemigrations", "--check", "--dry-run"],
    "types": ["mypy"],
    "scripts": ["python", "-m", "kendedes.testing.node"],
    # A browser driven in the same process leaves an event loop behind, which Django rightly refuses: stories run apart.
    "sqlite": [*PYTEST, "src", "tests", "--ignore=tests/stories", "--ignore=tests/drills"],
    "stories": [*PYTEST, *(f"--ignore={path}" for path in TILLS), "tests/stories"],
    # Both databases, whatever runs the tests: they start their own. What cannot be done here says why.
    "drills": [*PYTEST, "-rs", "tests/drills"],
    # Tills need browsers with profiles of their own, which one driver in a process cannot give beside the stories'.
    "till": ["pytest", "-q", *TILLS],
    "postgresql": [*PYTEST, "src", "tests", "--ignore=tests/stories", "--ignore=tests/drills"],
    "stories-postgresql": [
        *PYTEST,
        *(f"--ignore={path}" for path in TILLS),
        "tests/stories",
        "tests/drills/test_races.py",
        "tests/drills/test_demo_killed.py",
        "-k",
        "not test_a_demo_killed_half_way",  # the build itself on PostgreSQL; killed half way it is on SQLite
    ],
    "jars-postgresql": ["pytest", "-q", "tests/stories/test_ten_jars.py"],
    # What stands in the books after a day with a bad line must not depend on the database; the page itself does not.
    "till-postgresql": [
        "pytest",
        "-q",
        "tests/stories/test_till.py",
        "tests/stories/test_till_line.py",
        "-k",
        "cold_start or said_again or both_are_counted",
    ],
}


def run(args: list[str]) -> int:
    """``args``: names of steps to run (all, when empty). Returns the first exit code that is not 0."""
    here = checkout()
    unknown = [a for a in args if a not in STEPS]
    if here is None or unknown:
        sys.stderr.write(f"usage: ./kendedes test [{' | '.join(STEPS)}] …   (in a working copy)\n")
        return 2
    for name, command in STEPS.items():
        if args and name not in args:
            continue
        start = time.monotonic()
        code = _postgresql(here, command) if name.endswith("postgresql") else _call(here, command)
        sys.stderr.write(f"{'ok  ' if code == 0 else 'FAIL'} {name} ({time.monotonic() - start:.0f} s)\n")
        if code:
            return code
    return 0


def _call(here: Path, command: list[str], **more: str) -> int:
    scripts = str(Path(sys.executable).parent)
    env = {**os.environ, "PATH": scripts + os.pathsep + os.environ.get("PATH", ""), **more}
    return subprocess.call(command, cwd=here, env=env)  # noqa: S603 - our own list


def _postgresql(here: Path, command: list[str]) -> int:
    if postgres.binaries() is None:
        sys.stderr.write("PostgreSQL is not installed: its half of the tests is left out\n")
        return 1 if os.environ.get("CI") else 0
    with postgres.running() as url:
        return _call(here, command, DATABASE_URL=url)
