"""record_sale of three lines against the usual ORM way and against raw multi-row SQL, on SQLite and PostgreSQL.

    ./kendedes dev python bench/sales/run.py [--sales 300] [--rounds 5] [--only sqlite|postgresql]

One process, one writer, each sale in a transaction of its own and durable (WAL + FULL; fsync on). Rounds alternate
between the ways, medians are printed. The ways write into the same database, prepared by the project's own migrations:

- ours: ``sales.actions.record_sale``: entry, subject, posting with its seal, goods, money and share lines, sale, lines,
  payment, on a shelf that is checked (about 20 rows);
- orm: 12 ``save()`` of an ordinary shop: sale, 3 lines, 3 moves, 3 shares, payment, journal, and 3 balances by ``F()``;
- raw: those 12 rows as six multi-row INSERTs and one UPDATE of the balances, by hand, on one cursor.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any


def main() -> int:
    """Run what was asked for, each database in a process of its own: settings are read once."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sales", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", choices=["sqlite", "postgresql"], default="")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.here:
        measure(asked.sales, asked.rounds)
        return 0
    import subprocess

    from kendedes.testing import postgres

    command = [sys.executable, __file__, "--here", "--sales", str(asked.sales), "--rounds", str(asked.rounds)]
    if asked.only != "postgresql":
        with tempfile.TemporaryDirectory() as home:
            subprocess.run(command, check=True, env={**os.environ, "KENDEDES_HOME": home, "DATABASE_URL": ""})
    if asked.only != "sqlite":
        with tempfile.TemporaryDirectory() as home, postgres.running() as url:
            subprocess.run(command, check=True, env={**os.environ, "KENDEDES_HOME": home, "DATABASE_URL": url})
    return 0


def measure(sales: int, rounds: int) -> None:
    """Print one table."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "kendedes.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    ways = prepare(sales * (rounds + 1))
    for way in ways.values():
        for _ in range(20):
            way()
    times: dict[str, list[float]] = {name: [] for name in ways}
    cpu: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            start, used = time.perf_counter(), time.process_time()
            for _ in range(sales):
                way()
            times[name].append((time.perf_counter() - start) / sales * 1000)
            cpu[name].append((time.process_time() - used) / sales * 1000)
    middle = {name: statistics.median(found) for name, found in times.items()}
    print(f"{connection.vendor}: {sales} sales a round, {rounds} rounds, milliseconds a sale (median)")
    for name, value in middle.items():
        print(
            f"  {name:5} {value:7.2f} ms  {1000 / value:7.0f} sales/s, of this process {statistics.median(cpu[name]):5.2f} ms CPU"
        )
    print(
        f"  ours is {middle['orm'] / middle['ours']:.2f} x orm (bar 2.5), {middle['raw'] / middle['ours']:.2f} x raw (bar 0.5)"
    )


def prepare(most: int) -> dict[str, Callable[[], None]]:
    """A gallery with three lots, and the three ways."""
    from django.utils import timezone

    from kendedes.ledger.tests.conftest import open_shop
    from kendedes.sales.actions import Counter, LineSold, Money, invite_till, pair_till, record_sale
    from kendedes.testing import cast as people

    cast = people.make()
    shop = open_shop(cast)
    now = timezone.now()
    _pairing, code = invite_till(association=cast.association, name="", at=now, by=cast.ratna)
    device, _new = pair_till(code=code, token="x" * 43, at=now)
    # A lot holds a few dozen pieces in life; a new one is opened before its moves grow many.
    lots = [shop.new_lot(60) for _ in range(3 * (most // 50 + 2))]
    count = iter(range(1, 10**9))

    def ours() -> None:
        seq = next(count)
        first = seq // 50 * 3
        record_sale(
            counter=Counter(device=device, at=now, key=uuid.uuid4(), seq=seq, mark="0" * 8),
            lines=[LineSold(lot, "Keripik", 1, 15_000) for lot in lots[first : first + 3]],
            payments=[Money("cash", 45_000, 50_000)],
        )

    return {"ours": ours, **others()}


def others() -> dict[str, Callable[[], None]]:
    """The ordinary shop's tables and its two ways."""
    from django.db import connection, models, transaction
    from django.db.models import F

    def table(name: str, **columns: models.Field[Any, Any]) -> Any:
        meta = type("Meta", (), {"app_label": "sales", "db_table": f"bench_{name}"})
        made = type(f"Bench{name.title()}", (models.Model,), {"__module__": __name__, "Meta": meta, **columns})
        with connection.schema_editor() as editor:
            editor.create_model(made)
        return made

    number = models.BigIntegerField
    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    journal = table("journal", key=uid, deed=models.CharField(max_length=60), facts=models.JSONField(default=dict))
    sale = table("sale", key=models.UUIDField(unique=True), total=number(), at=models.DateTimeField())
    line = table(
        "line", sale=number(db_index=True), lot=number(db_index=True), quantity=number(), price=number(), total=number()
    )
    move = table(
        "move",
        sale=number(db_index=True),
        lot=number(db_index=True),
        source=number(),
        target=number(),
        quantity=number(),
    )
    share = table("share", sale=number(db_index=True), lot=number(), gross=number(), fee=number(), net=number())
    payment = table("payment", sale=number(db_index=True), kind=models.CharField(max_length=8), amount=number())
    balance = table("balance", lot=number(unique=True), quantity=number())
    for lot in (1, 2, 3):
        balance.objects.create(lot=lot, quantity=10**9)
    from django.utils import timezone

    def orm() -> None:
        with transaction.atomic():
            key = uuid.uuid4()
            journal(key=key, deed="sale.record", facts={"total": 45_000}).save()
            made = sale(key=key, total=45_000, at=timezone.now())
            made.save()
            for lot in (1, 2, 3):
                line(sale=made.pk, lot=lot, quantity=1, price=15_000, total=15_000).save()
                move(sale=made.pk, lot=lot, source=1, target=2, quantity=1).save()
                share(sale=made.pk, lot=lot, gross=15_000, fee=2_250, net=12_750).save()
                balance.objects.filter(lot=lot, quantity__gte=1).update(quantity=F("quantity") - 1)
            payment(sale=made.pk, kind="cash", amount=45_000).save()

    def raw() -> None:
        sqlite = connection.vendor == "sqlite"
        with transaction.atomic(), connection.cursor() as cursor:
            key: Any = uuid.uuid4()
            key = key.hex if sqlite else key
            at: Any = timezone.now()
            at = at.isoformat(sep=" ") if sqlite else at
            cursor.execute(
                "INSERT INTO bench_journal (key, deed, facts) VALUES (%s, %s, %s)",
                [key, "sale.record", '{"total": 45000}'],
            )
            cursor.execute(
                "INSERT INTO bench_sale (key, total, at) VALUES (%s, %s, %s) RETURNING id", [key, 45_000, at]
            )
            made = cursor.fetchone()[0]
            cursor.execute(
                "INSERT INTO bench_line (sale, lot, quantity, price, total) VALUES (%s,%s,%s,%s,%s), (%s,%s,%s,%s,%s), (%s,%s,%s,%s,%s)",
                [v for lot in (1, 2, 3) for v in (made, lot, 1, 15_000, 15_000)],
            )
            cursor.execute(
                "INSERT INTO bench_move (sale, lot, source, target, quantity) VALUES (%s,%s,%s,%s,%s), (%s,%s,%s,%s,%s), (%s,%s,%s,%s,%s)",
                [v for lot in (1, 2, 3) for v in (made, lot, 1, 2, 1)],
            )
            cursor.execute(
                "INSERT INTO bench_share (sale, lot, gross, fee, net) VALUES (%s,%s,%s,%s,%s), (%s,%s,%s,%s,%s), (%s,%s,%s,%s,%s)",
                [v for lot in (1, 2, 3) for v in (made, lot, 15_000, 2_250, 12_750)],
            )
            cursor.execute("UPDATE bench_balance SET quantity = quantity - 1 WHERE lot IN (1, 2, 3) AND quantity >= 1")
            cursor.execute("INSERT INTO bench_payment (sale, kind, amount) VALUES (%s, %s, %s)", [made, "cash", 45_000])

    return {"orm": orm, "raw": raw}


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    sys.exit(main())
