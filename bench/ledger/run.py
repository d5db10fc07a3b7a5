"""How long the books take to answer after a million sales, and how that grows. See README.md.

./kendedes dev python bench/ledger/run.py [--sales 100000 1000000] [--database sqlite|postgresql] [--keep FOLDER] [--only PART] [--url URL] [--json]
"""

from __future__ import annotations

import argparse
import json
import math
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

LIMITS = {
    "balance_ms": 2,
    "trial_balance_s": 2,
    "settlement_s": 5,
    "verify_s": 60,
    "verify_after_s": 60,
    "statements_pdf_s": 60,
}
PAGE = 2  # seconds any page of reports may take


def begin() -> None:
    """Django, in this process's home."""
    from kendedes.base.sqlite import use_safe_library

    use_safe_library()
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def fill_home(sales: int) -> dict[str, float]:
    """The history, and how long it took to write."""
    begin()
    from fill import fill

    start = time.perf_counter()
    made = fill(sales)
    return {"sales": sales, "fill_s": time.perf_counter() - start} | {table: float(n) for table, n in made.items()}


def books(sales: int) -> dict[str, float]:
    """Balances, trial balance and ``verify`` (``--only books``)."""
    begin()
    from kendedes.ledger.models import Account
    from kendedes.ledger.queries import balance
    from kendedes.ledger.queries.totals import trial_balance
    from kendedes.network.models import Association

    result: dict[str, float] = {"sales": sales}
    association = Association.objects.get()
    accounts = list(Account.objects.filter(kind="producer").values_list("pk", flat=True))
    times = []
    for number in accounts[:200]:
        start = time.perf_counter()
        balance(number)
        times.append((time.perf_counter() - start) * 1000)
    result["balance_ms"] = statistics.median(times)
    sys.stderr.write(f"balance: {result['balance_ms']:.2f} ms\n")
    for _ in range(2):  # the second time pages of the file are in memory
        timed(result, "trial_balance", lambda: trial_balance(association))
    timed(result, "verify", judge)
    return result


def judge() -> None:
    """``verify`` must find that it fits."""
    from kendedes.ledger.verify import verify

    report = verify()
    assert report.fits, report.findings[:3]


def one(sales: int) -> dict[str, float]:
    """Measure this process's filled home; printed as JSON by ``--inner``."""
    result = books(sales)
    from kendedes.network.models import Association
    from kendedes.settlement.models import Statement

    association = Association.objects.get()
    drawn = settled(result, association)
    result["statements"] = Statement.objects.filter(settlement=drawn).count()
    timed(result, "verify_after", judge)
    result |= papers(drawn)
    result |= pages(association, drawn)
    return result


def shown(sales: int) -> dict[str, float]:
    """Only settlement, statements as PDF and pages (``--only shown``): what a slice of four minutes has room for."""
    begin()
    from kendedes.network.models import Association
    from kendedes.settlement.models import Settlement

    result: dict[str, float] = {"sales": sales}
    association = Association.objects.get()
    before = Settlement.objects.exclude(state__in=("draft", "checked"))
    drawn = before.order_by("-pk").first() if before.count() > 1 else settled(result, association)
    return result | papers(drawn) | pages(association, drawn)


def settled(result: dict[str, float], association):
    """Eleven months at once, then the twelfth alone; approved by a second person."""
    from fill import FIRST, MONTHS

    from kendedes.journal.models import User
    from kendedes.settlement import actions as settlement
    from kendedes.settlement.models import Claim
    from kendedes.testing.cast import AT

    last = FIRST + timedelta(days=30 * MONTHS)
    by = User.objects.create_user(username="uji", password="x" * 14, name="Bendahara Uji (fiktif)")
    second = User.objects.create_user(username="uji2", password="x" * 14, name="Pengelola Uji (fiktif)")
    for month in (MONTHS - 1, MONTHS):
        ends_on, claims = FIRST + timedelta(days=30 * month), Claim.objects.count()
        which = "" if month == MONTHS else "first_"
        drawn = timed(
            result, f"{which}settlement",
            lambda: settlement.draw_up(
                association=association, ends_on=ends_on, at=AT, by=by, today=last + timedelta(days=1), everybody=True  # noqa: B023
            ),
        )  # fmt: skip
        result[f"{which}settlement_lines"] = Claim.objects.count() - claims
        timed(result, f"{which}check", lambda: settlement.check(settlement=drawn, at=AT, by=by))  # noqa: B023
        timed(
            result, f"{which}approve",
            lambda: settlement.approve(settlement=drawn, digest=drawn.digest, at=AT, by=second),  # noqa: B023
        )  # fmt: skip
    return drawn


def timed(result: dict[str, float], name: str, call):
    """Enter seconds by the clock and of processor time (this process and those it started), and hand on the result."""
    before, start = os.times(), time.perf_counter()
    found = call()
    after = os.times()
    result[f"{name}_s"] = time.perf_counter() - start
    result[f"{name}_cpu"] = sum(after[:4]) - sum(before[:4])
    sys.stderr.write(f"{name}: {result[f'{name}_s']:.2f} s, processor {result[f'{name}_cpu']:.2f} s\n")
    return found


def papers(drawn) -> dict[str, float]:
    """All statements of one settlement as one PDF, as the page makes it; twice, to see that the bytes are the same."""
    import hashlib

    from kendedes.settlement import press

    rows = drawn.statements.order_by("number")
    result: dict[str, float] = {}
    seals = set()
    for _ in range(2):
        made = timed(result, "statements_pdf", lambda: press.statements(rows, origin="https://contoh.invalid"))
        seals.add(hashlib.sha256(made).hexdigest())
    assert len(seals) == 1, "the same statements gave other bytes"
    return result | {"statements_pdf_mb": len(made) / 1e6}


def pages(association, drawn) -> dict[str, float]:
    """Every report page a manager opens, in seconds; the second of two visits."""
    from django.conf import settings
    from django.test import Client
    from django.test.utils import setup_test_environment

    from kendedes.events.actions import plan_event
    from kendedes.journal.models import User
    from kendedes.ledger.models import Account, Lot, Place
    from kendedes.ledger.queries import sold_from
    from kendedes.network import actions as network
    from kendedes.network.rules import Role
    from kendedes.sales.models import Device
    from kendedes.testing.cast import AT

    last = drawn.ends_on
    setup_test_environment()
    settings.REQUIRE_MFA = False
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    by = User.objects.create_user(username=f"uji-{User.objects.count()}", password="x" * 14, name="Ketua Uji (fiktif)")
    network.give_role(user=by, role=Role.MANAGER, association=association, unit=None, producer=None, at=AT, by=None)
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(by)
    fair = plan_event(
        association=association,
        name=f"Pameran {by.username}",
        starts_on=last,
        ends_on=last + timedelta(days=2),
        at=AT,
        by=by,
    )
    month = f"?since={last - timedelta(days=30)}&until={last}"
    till = Account.objects.filter(kind="till").order_by("pk").values_list("pk", flat=True)[0]
    producer = Account.objects.filter(kind="producer").first()
    statement = drawn.statements.order_by("number").first()
    asked = {
        "trial": "/kantor/buku/", "trial_month": f"/kantor/buku/{month}", "producers": "/kantor/buku/jenis/producer/",
        "book_till": f"/kantor/buku/akun/{till}/{month}", "book_producer": f"/kantor/buku/akun/{producer.pk}/{month}",
        "periods": "/kantor/buku/masa/", "settlements": "/kantor/bagi-hasil/", "settlement": f"/kantor/bagi-hasil/{drawn.pk}/",
        "statements": "/kantor/laporan/", "statement": f"/kantor/laporan/{statement.pk}/",
        "stock": "/kantor/titipan/stok/", "goods": "/kantor/titipan/", "expiry": "/kantor/titipan/kedaluwarsa/",
        "differences": "/kantor/titipan/selisih/", "lot": f"/kantor/titipan/barang/{Lot.objects.first().pk}/",
        "gallery": "/kantor/galeri/", "calendar": "/kantor/galeri/giliran/", "dues": "/kantor/galeri/iuran/",
        "sales": "/kantor/kasir/", "till": f"/kantor/kasir/mesin/{Device.objects.order_by('pk')[0].pk}/", "home": "/kantor/",
        "diary": "/kantor/riwayat/", "pack": f"/kantor/pameran/{fair.pk}/bawaan/",
    }  # fmt: skip
    found: dict[str, float] = {}
    shelves = Place.objects.filter(kind="shelf").values_list("pk", flat=True)
    timed(found, "page_part_rupiah_per_shelf", lambda: sold_from(shelves, last - timedelta(days=30)))
    for name, address in asked.items():
        for _ in range(2):
            answer = timed(found, f"page_{name}", lambda: client.get(address))  # noqa: B023
        assert answer.status_code == 200, (address, answer.status_code)
    return found


def measured(sales: int, database: str, keep: Path | None, only: str, url: str) -> dict[str, float]:
    """In processes and a home of their own. ``keep``: where filled homes of SQLite are kept; a copy is measured.

    ``url``: a PostgreSQL database that is filled or measured as it is, and stays.
    """
    if url:
        with tempfile.TemporaryDirectory(prefix="kendedes-bench-") as folder:
            return _inner(only, sales, Path(folder), url)
    with tempfile.TemporaryDirectory(prefix="kendedes-bench-") as folder:
        home = Path(folder) / "home"
        home.mkdir()
        if database == "sqlite":
            kept = keep / str(sales) if keep else home
            if not (kept / "made.json").exists():
                kept.mkdir(parents=True, exist_ok=True)
                (kept / "made.json").write_text(json.dumps(_inner("fill", sales, kept)))
            if keep:
                shutil.copytree(kept, home, dirs_exist_ok=True)
            return json.loads((home / "made.json").read_text()) | _inner(only, sales, home)
        from kendedes.testing import postgres

        with postgres.running() as url:
            return _inner("fill", sales, home, url) | _inner(only, sales, home, url)


def _inner(what: str, sales: int, home: Path, url: str = "") -> dict[str, float]:
    env = {**os.environ, "KENDEDES_HOME": str(home), "DJANGO_SETTINGS_MODULE": "kendedes.settings"}
    env |= {"DATABASE_URL": url} if url else {}
    command = [sys.executable, __file__, "--inner", what, "--sales", str(sales)]
    return json.loads(subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True).stdout)


INNER = {"fill": fill_home, "one": one, "books": books, "shown": shown}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sales", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--keep", type=Path, help="keep filled homes of SQLite here, and measure copies of those there")
    parser.add_argument("--only", choices=["fill", "books", "shown"], default="one", help="only this part")
    parser.add_argument(
        "--url", default="", help="a PostgreSQL database of one size that stays: fill it first (--only fill)"
    )
    parser.add_argument("--inner", choices=list(INNER), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inner:
        print(json.dumps(INNER[options.inner](options.sales[0])))
        return 0
    results = [measured(n, options.database, options.keep, options.only, options.url) for n in options.sales]
    if options.json:
        print(json.dumps(results, indent=1))
    worst = 0
    names = [name for name in results[-1] if name.endswith(("_s", "_ms"))]
    limits = LIMITS | {name: PAGE for name in names if name.startswith("page_")}
    for name in names:
        values = [r[name] for r in results]
        line = f"{name:24} " + "  ".join(f"{v:10.3f}" for v in values)
        if len(results) > 1:
            grown = math.log(max(values[-1], 1e-9) / max(values[0], 1e-9)) / math.log(
                results[-1]["sales"] / results[0]["sales"]
            )
            line += f"   exponent {grown:.2f}"
        if (cpu := name.removesuffix("_s") + "_cpu") in results[-1]:
            line += "   processor " + "  ".join(f"{r[cpu]:.2f}" for r in results)
        if name in limits:
            holds = values[-1] <= limits[name]
            worst |= not holds
            line += f"   {'holds' if holds else 'MISSES'} {limits[name]}"
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
