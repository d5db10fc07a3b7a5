"""Tills that come back with a week's sales, and a busy day, against the server as ``kendedes serve`` starts it.

    ./kendedes dev python bench/sales/load.py [--only sqlite|postgresql] [--seconds 60] [--part 10]

- ``backlog``: one till uploads 2,000 sales in batches of 100; then eight tills 500 each at the same time;
- ``mixed``: 30 clients for some seconds: 8 tills (two sales an upload, every tenth upload said twice) and 22 readers of
  public pages and till addresses. Counted are sales, reads, 95th percentiles, answers from 500 on; at the end every
  acknowledged event must be in the books once and ``verify`` find nothing.

``--part N`` divides the backlog by N. Server, database and clients share the machine.
"""

from __future__ import annotations

import argparse
import http.client
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

BACKLOG, TILLS, EACH, READERS = 2_000, 8, 500, 22
PAGES = ("/", "/produk/", "/sehat/", "/kasir/")


def main() -> int:
    """Each database in a process of its own: settings are read once."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=["sqlite", "postgresql"], default="")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--part", type=int, default=1)
    parser.add_argument("--here", default="", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.here:
        return measure(Path(asked.here), asked.seconds, asked.part)
    from kendedes.testing import postgres

    failed = 0
    for database in ("sqlite", "postgresql"):
        if asked.only in {"", database}:
            with tempfile.TemporaryDirectory() as home:
                command = [
                    sys.executable,
                    __file__,
                    "--here",
                    home,
                    "--seconds",
                    str(asked.seconds),
                    "--part",
                    str(asked.part),
                ]
                fixed = {**os.environ, "KENDEDES_HOME": home, "DATABASE_URL": ""}
                if database == "sqlite":
                    failed |= subprocess.run(command, check=False, env=fixed).returncode
                else:
                    with postgres.running() as url:
                        failed |= subprocess.run(command, check=False, env={**fixed, "DATABASE_URL": url}).returncode
    return failed


def measure(work: Path, seconds: float, part: int) -> int:
    """Print one paragraph; 1 when an acknowledged sale is missing or doubled, or somebody was told 500."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "kendedes.settings"
    import django

    django.setup()
    from django.db import connection

    from kendedes.testing.drill.kill import Server
    from kendedes.testing.drill.processes import AckLog, forked, result
    from kendedes.testing.drill.tills import Counting, Seller

    filled = result(forked(_fill, work / "answer"), work / "answer", 300)
    server, acks, told = Server(work, careless=False), AckLog(work / "acks"), Counting()
    lots = [tuple(lot) for lot in filled["lots"]]
    server.start()
    try:
        sellers = [
            Seller(n, code=code, lots=lots, port=server.port, acks=acks, told=told)
            for n, code in enumerate(filled["codes"])
        ]
        for seller in sellers:
            seller.till.pair(seller.code)
        print(f"{connection.vendor}, load average {os.getloadavg()[0]:.1f}")
        one, many = sellers[:1], sellers[1:9]
        for name, who, sales in (("one till", one, BACKLOG // part), ("eight tills", many, EACH // part)):
            taken = together([partial(upload_all, seller, sales) for seller in who])
            print(f"  backlog, {name} with {sales} sales: {taken:.1f} s, {len(who) * sales / taken:.0f} sales/s")
        mixed(sellers[1:9], server.port, seconds)
        expected = sum(len(s.till.disk.texts) for s in sellers)
    finally:
        server.kill()
    from kendedes.ledger.verify import verify
    from kendedes.sales.models import Sale

    findings, kept = verify().findings, Sale.objects.count() + filled["others"]
    print(
        f"  acknowledged {expected}, in the books {kept}; verify: {len(findings)} findings; answers {dict(told.statuses)}"
    )
    return int(bool(findings) or kept != expected or bool(told.broken))


def _fill() -> dict[str, object]:
    from datetime import UTC, datetime

    from kendedes.journal.models import User
    from kendedes.ledger.models import Lot
    from kendedes.network.management.prepare import migrate
    from kendedes.network.models import Association
    from kendedes.sales.actions import invite_till
    from kendedes.testing.drill.shop import open_shop
    from kendedes.web.actions import rebuild

    migrate(lambda _line: None)
    shop = open_shop()
    rebuild(at=datetime.now(UTC))
    association, by = Association.objects.get(pk=shop.association), User.objects.get(username="ratna")
    codes = [invite_till(association=association, name="", at=datetime.now(UTC), by=by)[1] for _ in range(1 + TILLS)]
    return {"codes": codes, "lots": list(Lot.objects.order_by("id").values_list("code", "price")), "others": 0}


def together(deeds: list[Any]) -> float:
    """Do all at once; the seconds until the last is done."""
    threads = [threading.Thread(target=deed) for deed in deeds]
    begun = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.monotonic() - begun


def sell(seller: Any) -> None:
    """Three lines, two to five payments in ten of another kind."""
    from kendedes.sales.tests.till import line

    seller.till.now = int(time.time() * 1000)
    kind = "qris" if len(seller.till.disk.texts) % 4 == 0 else "cash"
    seller.till.sell(*(line(code, 1, price) for code, price in seller.lots), kind=kind)


def upload_all(seller: Any, sales: int) -> None:
    """As after a week without a network."""
    from kendedes.sales.tests.till import Lost

    for _ in range(sales):
        sell(seller)
    while seller.till.disk.acked < len(seller.till.disk.texts):
        try:
            status, _found = seller.till.send()
        except Lost:
            continue
        if status != 200:
            time.sleep(1)


def mixed(sellers: list[Any], port: int, seconds: float) -> None:
    """A busy day, faster than life."""
    until = time.monotonic() + seconds
    sold: list[float] = []
    read: list[float] = []
    bad: Counter[str] = Counter()

    def sells(seller: Any) -> None:
        while time.monotonic() < until:
            begun = time.monotonic()
            first = seller.till.disk.acked + 1
            sell(seller)
            sell(seller)
            body = seller.till.batch(first, seller.till.disk.texts[first - 1 :])
            status, found = seller.till.post(body)
            took = time.monotonic() - begun
            if status == 200:
                sold.extend([took] * (len(found["results"])))
            elif status >= 500:
                bad[f"upload {status}"] += 1
            seller.till.hear(status, found)
            if first % 20 < 2:
                seller.till.post(body)
            time.sleep(max(0, 0.4 - (time.monotonic() - begun)))
        upload_all(seller, 0)

    def reads(number: int) -> None:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while time.monotonic() < until:
            begun = time.monotonic()
            page = PAGES[number % len(PAGES)]
            line.request("GET", page, headers={"Accept-Encoding": "gzip"})
            answer = line.getresponse()
            answer.read()
            read.append(time.monotonic() - begun)
            if answer.status >= 500:
                bad[f"{page} {answer.status}"] += 1
            number += 1
            time.sleep(max(0, 0.14 - (time.monotonic() - begun)))

    together([*(partial(sells, seller) for seller in sellers), *(partial(reads, number) for number in range(READERS))])
    p95 = [statistics.quantiles(found, n=20)[-1] * 1000 for found in (sold, read)]
    print(
        f"  mixed, {len(sellers)} tills and {READERS} readers for {seconds:.0f} s: {len(sold) / seconds:.0f} sales/s "
        f"(p95 {p95[0]:.0f} ms), {len(read) / seconds:.0f} reads/s (p95 {p95[1]:.0f} ms), {dict(bad) or 'no'} answers from 500 on"
    )


if __name__ == "__main__":
    sys.exit(main())
