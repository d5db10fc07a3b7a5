"""Everything that is run before a release, with its counts and its controls; one line each, exit code 1 when one failed."""

from __future__ import annotations

import json
import subprocess
import sys
import time

from kendedes.testing import postgres
from kendedes.testing.drill import disk, tracing

# words of the drill, cycles of a release, whether it must lose (a control)
DRILLS: list[tuple[str, int, bool]] = [
    ("kill", 200, False),
    ("kill --weak early", 1, True),
    ("kill --database postgresql", 100, False),
    ("cut", 100, False),
    ("cut --weak NORMAL", 2, True),
    ("cut --database postgresql", 30, False),
    ("cut --database postgresql --weak off", 1, True),
    ("till", 20, False),
    ("till --weak relaxed", 3, True),
    ("cut --during close", 40, False),
    ("cut --during settle", 40, False),
    ("cut --during backup", 20, False),
    ("cut --during migrate", 40, False),
    ("cut --during close --weak OFF", 4, True),
    ("fault --fault eio", 4, False),
    ("fault --fault full", 4, False),
    ("fault --fault kill", 4, False),
    ("fault --fault eio --weak early", 1, True),
    ("fault --fault full --weak early", 1, True),
    ("cut --during settle --weak OFF", 4, True),
    ("cut --during backup --weak OFF", 4, True),
    ("cut --during migrate --weak OFF", 4, True),
    ("wire", 6, False),
    ("wire --database postgresql", 6, False),
    ("wire --weak forgetful", 1, True),
    ("crowd", 50, False),
    ("crowd --database postgresql", 50, False),
    ("crowd --weak", 1, True),
    ("crowd --database postgresql --weak", 1, True),
    ("again", 1, False),
    ("again --weak silent", 1, True),
]


def _command(words: str, often: int, seed: int) -> list[str]:
    """What is run for one line of the list."""
    drill, *options = words.split()
    python = [sys.executable, "-m"]
    if drill == "crowd":
        return [*python, "kendedes.testing.drill.crowd", *options, "--runs", str(often), "--seed", str(seed)]
    return [*python, "kendedes.testing.drill", drill, *options, "--cycles", str(often), "--seed", str(seed), "--json"]


def release(part: float, seed: int) -> int:
    """``part`` of every count (at least one cycle). Returns the exit code."""
    worst = 0
    for words, cycles, control in DRILLS:
        if words.startswith(("cut", "till")) and (why := disk.missing()):
            sys.stdout.write(f"left out  {words}: {why}\n")
            continue
        if "fault" in words and (why := tracing.missing()):
            sys.stdout.write(f"left out  {words}: {why}\n")
            continue
        if "postgresql" in words and postgres.binaries() is None:
            sys.stdout.write(f"left out  {words}: PostgreSQL is not installed\n")
            continue
        often = cycles if control else max(1, round(cycles * part))
        begun = time.monotonic()
        done = subprocess.run(_command(words, often, seed), capture_output=True, text=True, check=False)  # noqa: S603 - our own
        if not done.stdout:
            sys.stdout.write(f"FAILED    {words}: {done.stderr[-2000:]}\n")
            worst = 1
            continue
        told = json.loads(done.stdout)
        if words.startswith("crowd"):
            told["broken"] = [*told["findings"], *(["errors"] * told["errors"])]
            caught = bool(told["exact"] < told["runs"] or told["broken"])
            says = f"{told['exact']} of {told['runs']} runs exact, {told['oversold']} oversold, {told['errors']} errors"
        else:
            caught = bool(told["lost"] or told["twice"] or told["broken"])
            says = f"{told['acked']} acked, {told['lost']} lost, {told['twice']} twice, {len(told['broken'])} broken"
        good = caught if control else not caught
        worst |= not good
        what = "control" if control else "kept"
        sys.stdout.write(
            f"{what if good else 'FAILED':9} {words} × {often}: {says}, {time.monotonic() - begun:.0f} s\n"
        )
        if not good:
            sys.stdout.write("".join(f"          {line}\n" for line in told["broken"][:10]))
        sys.stdout.flush()
    return int(worst)
