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
    from kendedes.testing.drill.judge import Verdict


def main() -> int:
    """Parse, run, tell."""
    parser = argparse.ArgumentParser(prog="kendedes.testing.drill", description=__doc__)
    parser.add_argument("drill", choices=["cut"])
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--cycles", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--weak",
        default="",
        metavar="HOW",
        help="a control that must be caught: NORMAL, OFF (SQLite), off (PostgreSQL)",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document at the end")
    options = parser.parse_args()
    begun = time.monotonic()
    verdicts = []
    with workshop() as work:
        for number, verdict in enumerate(_cut(work, options), 1):
            verdicts.append(verdict)
            sys.stderr.write(f"{number}/{options.cycles}: {verdict}\n")
    told = {
        "drill": options.drill, "database": options.database, "weak": options.weak, "seed": options.seed,
        "cycles": len(verdicts), "acked": sum(v.acked for v in verdicts), "kept": sum(v.kept for v in verdicts),
        "lost": sum(v.lost for v in verdicts), "twice": sum(v.twice for v in verdicts),
        "losing_cycles": sum(1 for v in verdicts if v.lost), "broken": [b for v in verdicts for b in v.broken],
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


def _cut(work: Path, options: argparse.Namespace) -> Iterator[Verdict]:
    os.environ["DJANGO_SETTINGS_MODULE"] = "kendedes.settings"
    cluster = None
    if options.database == "postgresql":
        from kendedes.testing.drill.cluster import Cluster  # noqa: PLC0415

        cluster = Cluster(work / "soket", *([f"synchronous_commit={options.weak}"] if options.weak else []))
        os.environ.update(DATABASE_URL=cluster.url, KENDEDES_HOME=str(work / "rumah"))
    else:
        os.environ.pop("DATABASE_URL", None)
        os.environ["KENDEDES_HOME"] = str(work / "m" / "rumah")
    import django  # noqa: PLC0415 - the environment comes first

    django.setup()
    from kendedes.testing.drill import cut, disk  # noqa: PLC0415

    if why := disk.missing():
        raise SystemExit(f"no power can be cut here: {why}")
    if cluster:
        return cut.postgresql(work, cluster, cycles=options.cycles, seed=options.seed)
    return cut.sqlite(work, cycles=options.cycles, seed=options.seed, weak=options.weak)


if __name__ == "__main__":
    sys.exit(main())
