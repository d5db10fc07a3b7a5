"""How long the books take to answer after a million sales, and how that grows. See README.md.

./kendedes dev python bench/ledger/run.py [--sales 100000 1000000] [--database sqlite|postgresql] [--json]
"""

from __future__ import annotations

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

LIMITS = {"balance_ms": 2, "settlement_s": 5, "verify_s": 60}


def one(sales: int) -> dict[str, float]:
    """Fill this process's home and measure; printed as JSON by ``--inner``."""
    from kendedes.base.sqlite import use_safe_library

    use_safe_library()
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from fill import FIRST, MONTHS, fill

    from kendedes.journal.models import User
    from kendedes.ledger.models import Account
    from kendedes.ledger.queries import balance
    from kendedes.ledger.queries.totals import trial_balance
    from kendedes.ledger.verify import verify
    from kendedes.network.models import Association
    from kendedes.settlement import actions as settlement
    from kendedes.settlement.models import Claim, Statement
    from kendedes.testing.cast import AT

    start = time.perf_counter()
    made = fill(sales)
    result: dict[str, float] = {"sales": sales, "fill_s": time.perf_counter() - start}
    result |= {table: float(n) for table, n in made.items()}
    association = Association.objects.get()
    accounts = list(Account.objects.filter(kind="producer").values_list("pk", flat=True))
    times = []
    for number in accounts[:200]:
        start = time.perf_counter()
        balance(number)
        times.append((time.perf_counter() - start) * 1000)
    result["balance_ms"] = statistics.median(times)
    result["trial_balance_s"] = _timed(lambda: trial_balance(association))
    start = time.perf_counter()
    report = verify()
    result["verify_s"] = time.perf_counter() - start
    assert report.fits, report.findings[:3]
    last = FIRST + timedelta(days=30 * MONTHS)
    by = User.objects.create_user(username="uji", password="x" * 14, name="Bendahara Uji (fiktif)")
    second = User.objects.create_user(username="uji2", password="x" * 14, name="Pengelola Uji (fiktif)")
    for month in (MONTHS - 1, MONTHS):
        ends_on = FIRST + timedelta(days=30 * month)
        claims = Claim.objects.count()
        start = time.perf_counter()
        drawn = settlement.draw_up(
            association=association, ends_on=ends_on, at=AT, by=by, today=last + timedelta(days=1), everybody=True
        )
        name = "settlement_s" if month == MONTHS else "first_settlement_s"
        result[name] = time.perf_counter() - start
        result[name.removesuffix("_s") + "_lines"] = Claim.objects.count() - claims
        start = time.perf_counter()
        settlement.check(settlement=drawn, at=AT, by=by)
        settlement.approve(settlement=drawn, digest=drawn.digest, at=AT, by=second)
        result["approve_s"] = time.perf_counter() - start
    result["statements"] = Statement.objects.filter(settlement=drawn).count()
    start = time.perf_counter()
    assert verify().fits
    result["verify_after_s"] = time.perf_counter() - start
    return result


def _timed(call) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def measured(sales: int, database: str) -> dict[str, float]:
    """In a process and home of its own."""
    with tempfile.TemporaryDirectory(prefix="kendedes-bench-") as home:
        env = {**os.environ, "KENDEDES_HOME": home, "DJANGO_SETTINGS_MODULE": "kendedes.settings"}
        command = [sys.executable, __file__, "--inner", str(sales)]
        if database == "sqlite":
            return json.loads(subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True).stdout)
        from kendedes.testing import postgres

        with postgres.running() as url:
            env["DATABASE_URL"] = url
            return json.loads(subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True).stdout)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sales", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--inner", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inner:
        print(json.dumps(one(options.inner)))
        return 0
    sys.path.insert(0, str(Path(__file__).parent))
    results = [measured(n, options.database) for n in options.sales]
    if options.json:
        print(json.dumps(results, indent=1))
    worst = 0
    names = [
        "fill_s",
        "balance_ms",
        "trial_balance_s",
        "verify_s",
        "first_settlement_s",
        "settlement_s",
        "approve_s",
        "verify_after_s",
    ]
    for name in names:
        values = [r[name] for r in results]
        line = f"{name:20} " + "  ".join(f"{v:10.3f}" for v in values)
        if len(results) > 1:
            grown = math.log(max(values[-1], 1e-9) / max(values[0], 1e-9)) / math.log(
                results[-1]["sales"] / results[0]["sales"]
            )
            line += f"   exponent {grown:.2f}"
        if name in LIMITS:
            holds = values[-1] <= LIMITS[name]
            worst |= not holds
            line += f"   {'holds' if holds else 'MISSES'} {LIMITS[name]}"
        print(line)
    print(
        {
            k: int(v)
            for k, v in results[-1].items()
            if k.endswith("_lines") or ("_" in k and k.split("_")[0] in {"ledger", "journal"})
        }
    )
    return int(worst)


if __name__ == "__main__":
    sys.exit(main())
