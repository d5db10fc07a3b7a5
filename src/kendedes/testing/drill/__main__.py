"""``python -m kendedes.testing.drill DRILL``: one drill, as often as told; exit code 1 when a promise was broken.

Inside a working copy: ``./kendedes dev python -m kendedes.testing.drill cut --cycles 100``.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # it needs the settings, which need an environment that is made below
    from kendedes.testing.drill.cluster import Cluster
    from kendedes.testing.drill.judge import Verdict


def main() -> int:
    """Parse, run, tell."""
    parser = argparse.ArgumentParser(prog="kendedes.testing.drill", description=__doc__)
    parser.add_argument("drill", choices=["cut", "kill", "till", "fault", "again", "wire", "release"])
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--cycles", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--weak",
        default="",
        metavar="HOW",
        help="a control that must be caught: NORMAL, OFF (SQLite), off (PostgreSQL), early (kill, fault), relaxed (till), silent (again), forgetful (wire)",
    )
    parser.add_argument(
        "--during", default="sale", choices=["sale", "close", "settle", "backup", "migrate"], help="cut: what is done"
    )
    parser.add_argument("--fault", default="eio", choices=["eio", "full", "kill"], help="fault: what the disk says")
    parser.add_argument("--part", type=float, default=1.0, help="release: this part of the counts")
    parser.add_argument("--json", action="store_true", help="print one JSON document at the end")
    options = parser.parse_args()
    if options.drill == "release":
        from kendedes.testing.drill.release import release  # noqa: PLC0415 - the other drills do not need it

        return release(options.part, options.seed)
    begun = time.monotonic()
    verdicts = []
    drills = {"cut": _cut, "kill": _kill, "till": _till, "fault": _fault, "again": _again, "wire": _wire}
    with workshop() as work:
        for number, verdict in enumerate(drills[options.drill](work, options), 1):
            verdicts.append(verdict)
            sys.stderr.write(f"{number}/{options.cycles}: {verdict}\n")
    told = {
        "drill": options.drill, "database": options.database, "weak": options.weak, "seed": options.seed,
        "during": options.during if options.drill == "cut" else "", "fault": options.fault if options.drill == "fault" else "",
        "cycles": options.cycles, "acked": sum(v.acked for v in verdicts), "kept": sum(v.kept for v in verdicts),
        "lost": sum(v.lost for v in verdicts), "twice": sum(v.twice for v in verdicts),
        "losing_cycles": sum(1 for v in verdicts if v.lost), "broken": [b for v in verdicts for b in v.broken],
        "statuses": getattr(verdicts[-1], "statuses", {}), "ready": max(getattr(verdicts[-1], "ready", []), default=None),
        "seconds": round(time.monotonic() - begun, 1),
    }  # fmt: skip
    sys.stdout.write(
        json.dumps(told) + "\n" if options.json else "\n".join(f"{k}: {v}" for k, v in told.items()) + "\n"
    )
    return 0 if all(v.good for v in verdicts) else 1


@contextmanager
def workshop() -> Iterator[Path]:
    """A folder that PostgreSQL's account may enter too."""
    work = Path(tempfile.mkdtemp(prefix="kendedes-drill-"))
    work.chmod(0o755)
    (work / "m").mkdir()
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _settings(options: argparse.Namespace, home: Path, sockets: Path, *server_options: str) -> Cluster | None:
    """Point Django at the drill's own home; with PostgreSQL, at a cluster of its own."""
    os.environ.update(DJANGO_SETTINGS_MODULE="kendedes.settings", KENDEDES_HOME=str(home), KENDEDES_REQUIRE_MFA="false")
    os.environ["KENDEDES_UPLOAD_RESERVE_MB"] = "0"  # a drill's disk is smaller than what is kept free on a real one
    os.environ.pop("DATABASE_URL", None)
    cluster = None
    if options.database == "postgresql":
        from kendedes.testing.drill.cluster import Cluster  # noqa: PLC0415 - its module must not come before the settings

        cluster = Cluster(sockets, *server_options)
        os.environ["DATABASE_URL"] = cluster.url
    import django  # noqa: PLC0415 - the environment comes first

    django.setup()
    return cluster


def _cut(work: Path, options: argparse.Namespace) -> Iterator[Verdict]:
    weak = [f"synchronous_commit={options.weak}"] if options.weak else []
    home = work / "rumah" if options.database == "postgresql" else work / "m" / "rumah"
    cluster = _settings(options, home, work / "soket", *weak)
    from kendedes.testing.drill import cut, disk  # noqa: PLC0415 - needs the settings

    if why := disk.missing():
        raise SystemExit(f"no power can be cut here: {why}")
    if options.during != "sale":
        from kendedes.testing.drill import deeds  # noqa: PLC0415 - needs the settings

        return deeds.run(work, options.during, cycles=options.cycles, seed=options.seed, weak=options.weak)
    if cluster:
        return cut.postgresql(work, cluster, cycles=options.cycles, seed=options.seed)
    return cut.sqlite(work, cycles=options.cycles, seed=options.seed, weak=options.weak)


def _kill(work: Path, options: argparse.Namespace) -> Iterator[Verdict]:
    cluster = _settings(options, work / "rumah", work / "soket")
    from kendedes.testing.drill import kill  # noqa: PLC0415 - needs the settings

    return kill.run(work, cluster, cycles=options.cycles, seed=options.seed, careless=options.weak == "early")


def _till(work: Path, options: argparse.Namespace) -> Iterator[Verdict]:
    _settings(options, work / "rumah", work / "soket")
    from kendedes.testing.drill import disk, till  # noqa: PLC0415 - needs the settings

    if why := disk.missing():
        raise SystemExit(f"no power can be cut here: {why}")
    return till.run(work, cycles=options.cycles, seed=options.seed, relaxed=options.weak == "relaxed")


def _fault(work: Path, options: argparse.Namespace) -> Iterator[Verdict]:
    _settings(options, work / "rumah", work / "soket")
    from kendedes.testing.drill import faults, tracing  # noqa: PLC0415 - needs the settings

    if why := tracing.missing():
        raise SystemExit(f"no call can be made to fail here: {why}")
    return faults.run(work, fault=options.fault, cycles=options.cycles, careless=options.weak == "early")


def _again(work: Path, options: argparse.Namespace) -> Iterator[Verdict]:
    _settings(options, work / "rumah", work / "soket")
    from kendedes.testing.drill import again  # noqa: PLC0415 - needs the settings

    return again.run(work, resend=not options.weak)


def _wire(work: Path, options: argparse.Namespace) -> Iterator[Verdict]:
    cluster = _settings(options, work / "rumah", work / "soket")
    from kendedes.testing.drill import wire  # noqa: PLC0415 - needs the settings

    return wire.run(work, cluster, cycles=options.cycles, seed=options.seed, forgetful=options.weak == "forgetful")


if __name__ == "__main__":
    sys.exit(main())
