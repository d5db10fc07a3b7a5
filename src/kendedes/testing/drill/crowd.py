"""Many buyers for the last pieces: ``python -m kendedes.testing.drill.crowd [--database postgresql] [--runs 50]``.

Each run: ten pieces of a pack, fifty buyers with a database connection each, released at once, through the action the
order page calls. Judge: exactly ten promised, as many orders, every other buyer refused in words, no error; ``verify``
finds nothing at the end. ``--weak``: a control that must oversell: what is free is asked before the lock is taken.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
import uuid
from contextlib import nullcontext
from dataclasses import dataclass
from threading import Barrier, Thread
from typing import Any

PIECES, BUYERS = 10, 50


@dataclass
class Run:
    """What one run gave; ``p95`` and ``worst`` in seconds."""

    promised: int
    orders: int
    refused: int
    errors: list[str]
    p50: float
    p95: float
    worst: float


def main() -> int:
    """Run, tell, and say by the exit code whether the promise held."""
    parser = argparse.ArgumentParser(prog="kendedes.testing.drill.crowd", description=__doc__)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--runs", type=int, default=50)
    parser.add_argument("--buyers", type=int, default=BUYERS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--weak", action="store_true", help="a control that must oversell")
    options = parser.parse_args()
    from kendedes.testing import postgres  # noqa: PLC0415 - settings are made below

    with (
        tempfile.TemporaryDirectory(prefix="kendedes-ramai-") as home,
        postgres.running() if options.database == "postgresql" else nullcontext("") as url,
    ):
        os.environ |= {"KENDEDES_HOME": home, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "kendedes.settings"}
        return _all(options)


def _all(options: argparse.Namespace) -> int:
    import django  # noqa: PLC0415 - after the environment

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connections  # noqa: PLC0415

    from kendedes.ledger.verify import verify  # noqa: PLC0415
    from kendedes.orders.tests.stall import open_stall  # noqa: PLC0415
    from kendedes.testing import cast  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    stall = open_stall(cast.make())
    dice = random.Random(options.seed)  # noqa: S311 - a drill that can be repeated
    runs = []
    for number in range(options.runs):
        runs.append(_run(stall, number, options.buyers, dice, weak=options.weak))
        sys.stderr.write(f"{number + 1}/{options.runs}: {runs[-1]}\n")
    findings = [f"{f.code} {f.where}" for f in verify().findings]
    waits = sorted(run.p95 for run in runs)
    told: dict[str, Any] = {
        "database": options.database, "runs": len(runs), "buyers": options.buyers, "pieces": PIECES, "weak": options.weak,
        "exact": sum(run.promised == PIECES for run in runs), "oversold": sum(run.promised > PIECES for run in runs),
        "errors": sum(len(run.errors) for run in runs), "findings": findings,
        "p95_below_1_s": sum(wait < 1 for wait in waits),
        "p95_of_all_runs_worst": waits[-1], "p95_median": waits[len(waits) // 2], "worst": max(run.worst for run in runs),
    }  # fmt: skip
    sys.stdout.write(json.dumps(told, indent=1) + "\n")
    connections.close_all()
    held = told["exact"] == told["runs"] and not told["errors"] and not findings
    return 0 if held else 1


def _run(stall: Any, number: int, buyers: int, dice: random.Random, *, weak: bool) -> Run:
    from django.db import connections  # noqa: PLC0415

    from kendedes.orders import actions  # noqa: PLC0415
    from kendedes.orders.actions import placing  # noqa: PLC0415
    from kendedes.orders.actions.refusals import CannotPromise  # noqa: PLC0415
    from kendedes.orders.models import Order, Promise  # noqa: PLC0415
    from kendedes.orders.queries.offers import offers  # noqa: PLC0415
    from kendedes.products.models import Product  # noqa: PLC0415
    from kendedes.testing.shop import AT, DAY  # noqa: PLC0415

    product = stall.shop.cast.product(name=f"Barang terakhir {number}")
    Product.objects.filter(pk=product.pk).update(state=Product.State.PUBLISHED)
    pack = product.variants.get()
    stall.shop.variant = pack
    stall.shop.new_lot(PIECES)
    stale = offers(stall.shop.cast.association.pk, [pack.pk], DAY)
    if weak:
        for name in ("offers", "looked_at_again"):
            setattr(placing, name, lambda *_asked: stale)
    start = Barrier(buyers)
    waits: list[float] = []
    refused: list[int] = []
    errors: list[str] = []

    def buyer(who: int, delay: float) -> None:
        connections["default"].ensure_connection()
        start.wait()
        time.sleep(delay)
        begun = time.perf_counter()
        try:
            actions.place(
                association=stall.shop.cast.association, key=uuid.uuid4(), at=AT, pay="cash",
                lines=[actions.Wanted(pack.pk, 1, 15_000)], delivery=actions.Delivery(stand=stall.stand.pk),
                buyer=actions.Buyer(f"Pembeli {who} (fiktif)", f"+62812{number:04}{who:04}"),
            )  # fmt: skip
        except CannotPromise:
            refused.append(who)
        except Exception as error:  # noqa: BLE001 - the judge wants to know of any
            errors.append(repr(error))
        finally:
            waits.append(time.perf_counter() - begun)
            connections.close_all()

    people = [Thread(target=buyer, args=(who, dice.random() / 100)) for who in range(buyers)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    waits.sort()
    promised = sum(Promise.objects.filter(variant=pack, ended_at=None).values_list("quantity", flat=True))
    orders = Order.objects.filter(lines__variant=pack).count()
    return Run(
        promised, orders, len(refused), errors[:3], round(waits[len(waits) // 2], 3),
        round(waits[int(len(waits) * 0.95)], 3), round(waits[-1], 3),
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
