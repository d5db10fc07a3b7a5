"""A backup of a filled home while somebody sells, and what it takes to bring it back. See README.md.

./kendedes dev python bench/ledger/keeping.py backup  --home FOLDER [--url URL] --file FILE
./kendedes dev python bench/ledger/keeping.py restore --home EMPTY  [--url EMPTY DATABASE] --file FILE
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

EVERY = 0.2  # seconds from one sale to the next


def seller(stop: threading.Event, times: list[float]) -> None:
    """Sales of three lines, one after another, each on the disk before the next."""
    from django.utils import timezone

    from kendedes.ledger import actions as books
    from kendedes.ledger.actions.sale import Case
    from kendedes.ledger.models import Account, Lot, Place
    from kendedes.network.models import Association

    association = Association.objects.get()
    shelf = Place.objects.filter(association=association, kind="shelf").first()
    till = Account.objects.filter(association=association, kind="till").order_by("pk").first()
    lots = list(Lot.objects.order_by("-pk")[:300])
    n = 0
    while not stop.is_set():
        lines = [books.Sold(lots[(n + k) % len(lots)].pk, 1, 15_000) for k in range(3)]
        start = time.perf_counter()
        books.sell(
            Case(association=association, at=timezone.now(), by=None),
            place=shelf.pk, lines=lines, payments=[(till.pk, 45_000)],
        )  # fmt: skip
        times.append((time.perf_counter() - start) * 1000)
        n += 3
        stop.wait(EVERY)


def measured(command: list[str], env: dict[str, str]) -> dict[str, float]:
    """Seconds by the clock and of the processor, and the most memory one of its processes had."""
    start = time.perf_counter()
    done = subprocess.run(command, check=False, env=env, stdout=subprocess.PIPE, text=True)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    found = {
        "code": done.returncode, "seconds": time.perf_counter() - start, "processor": used.ru_utime + used.ru_stime,
        "most_mb": used.ru_maxrss / 1000,
    }  # fmt: skip
    said = done.stdout.strip().splitlines()
    sys.stderr.write(f"{said[-1][:600] if said else ''}\n")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["backup", "restore"])
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--url", default="")
    parser.add_argument("--file", type=Path, required=True)
    options = parser.parse_args()
    os.environ |= {"KENDEDES_HOME": str(options.home), "DJANGO_SETTINGS_MODULE": "kendedes.settings"}
    os.environ |= {"DATABASE_URL": options.url} if options.url else {}
    env = dict(os.environ)
    command = [sys.executable, "-m", "kendedes", options.what, str(options.file), "--json"]
    if options.what == "restore":
        print(json.dumps(measured(command, env)))
        return 0
    from kendedes.base.sqlite import use_safe_library

    use_safe_library()
    import django

    django.setup()
    stop, alone, beside = threading.Event(), [], []
    quiet = threading.Thread(target=seller, args=(stop, alone))
    quiet.start()
    time.sleep(10)
    stop.set()
    quiet.join()
    stop.clear()
    busy = threading.Thread(target=seller, args=(stop, beside))
    busy.start()
    found = measured(command, env)
    stop.set()
    busy.join()
    for name, times in (("alone", alone), ("beside", beside)):
        if times:
            found |= {
                f"sales_{name}": len(times), f"sale_{name}_ms": statistics.median(times),
                f"sale_{name}_p95_ms": sorted(times)[int(len(times) * 0.95)], f"sale_{name}_most_ms": max(times),
            }  # fmt: skip
    found["file_mb"] = options.file.stat().st_size / 1e6
    print(json.dumps(found))
    return int(found["code"])


if __name__ == "__main__":
    sys.exit(main())
