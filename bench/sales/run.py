"""record_sale of three lines against the usual ORM way and against raw multi-row SQL, on SQLite and PostgreSQL.

    ./kendedes dev python bench/sales/run.py [--sales 300] [--rounds 5] [--only sqlite|postgresql]

One process, one writer, each sale in a transaction of its own and durable (WAL + FULL; fsync on). Rounds alternate
between the ways, medians are printed. Everybody writes into the same database, prepared by the project's own
migrations. Peers keep balances as rows (the usual way), ours sums moves.

- ours: ``sales.actions.record_sale``: looks what stands where, divides, seals; 17 rows in 9 tables;
- orm: the same 17 rows into the same tables (indexes, keys and triggers alike) by 17 ``save()``, and 3 balances by ``F()``;
- raw: the same 17 rows as one multi-row INSERT a table and one UPDATE of the balances, by hand, on one cursor, knowing
  all numbers beforehand and asking nothing;
- orm12, raw12: 12 rows of an ordinary shop (journal, sale, 3 lines, 3 moves, 3 shares, payment) and 3 balances in tables
  without foreign keys or triggers: what the bars were written for.
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
    for orm, raw, rows in (("orm", "raw", "the same rows"), ("orm12", "raw12", "12 rows of an ordinary shop")):
        found = f"{middle[orm] / middle['ours']:.2f} x {orm} (bar 2.5), {middle[raw] / middle['ours']:.2f} x {raw} (bar 0.5)"
        print(f"  ours is {found}: {rows}")


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

    return {"ours": ours, **same(device.pk, shop, lots, now), **others()}


def same(device: int, shop: Any, lots: list[Any], now: Any) -> dict[str, Callable[[], None]]:
    """What ``ours`` writes, by ``save()`` and by hand."""
    from django.db import connection, models, transaction
    from django.db.models import F

    from kendedes.journal.models import Entry, Subject
    from kendedes.ledger.actions.standing import accounts, meaning, one, owed_to, unit_fee
    from kendedes.ledger.models import Account, GoodsMove, MoneyMove, Place, Posting, ShareLine
    from kendedes.sales.models import Payment, Sale, SaleLine

    meta = type("Meta", (), {"app_label": "sales", "db_table": "bench_stock"})
    stock: Any = type(
        "BenchStock", (models.Model,),
        {"__module__": __name__, "Meta": meta, "lot": models.BigIntegerField(unique=True), "quantity": models.BigIntegerField()},
    )  # fmt: skip
    with connection.schema_editor() as editor:
        editor.create_model(stock)
    association = shop.cast.association
    sold, lot = meaning(association, Place.Kind.SOLD), lots[-1]
    maker = meaning(association, Place.Kind.MAKER)
    stock.objects.create(lot=lot.pk, quantity=10**9)
    owed = [one(Account.Kind.GALLERY_FEE), owed_to(lot.producer_id), unit_fee(lot.unit_id)]
    fee, producer, unit = accounts(association, owed).values()
    flows, till, day = {fee: 4_500, producer: 38_250, unit: 2_250}, shop.till.pk, now.date()
    count = iter(range(1, 10**9))

    def orm() -> None:
        with transaction.atomic():
            last = Posting.objects.filter(association=association).order_by("-number").first()
            assert last is not None
            key = uuid.uuid4()
            entry = Entry(
                key=key, deed="sale.record", happened_at=now, device="K1", facts={"total": 45_000}, realm=association.pk
            )
            entry.save()
            Subject(entry=entry, kind="sales.device", object_id=device).save()
            posting = Posting(
                entry=entry, association=association, number=last.number + 1, occurred_on=day, booked_on=day,
                previous=last.digest, digest=key.hex * 2,
            )  # fmt: skip
            posting.save(force_insert=True)
            for number in range(1, 4):
                # Out of the maker's hands: no stock to run out of, and no sum to add up, which helps this way.
                GoodsMove(posting=posting, lot=lot, source_id=maker, target_id=sold, quantity=1).save()
                ShareLine(
                    posting=posting, line=number, kind="sale", lot=lot, producer_id=lot.producer_id, quantity=1, gross=15_000,
                    gallery=1_500, unit=750, other=0, net=12_750, named={}, booked_on=day, free_on=day,
                ).save()  # fmt: skip
                stock.objects.filter(lot=lot.pk, quantity__gte=1).update(quantity=F("quantity") - 1)
            for account, amount in flows.items():
                MoneyMove(posting=posting, source_id=account, target_id=till, amount=amount, booked_on=day).save()
            sale = Sale(
                entry=entry,
                association=association,
                device_id=device,
                seq=next(count),
                mark="1" * 8,
                at=now,
                total=45_000,
            )
            sale.save(force_insert=True)
            for number in range(1, 4):
                SaleLine(
                    sale=sale, number=number, lot=lot, code="", name="Keripik", quantity=1, price=15_000, total=15_000, share=number
                ).save()  # fmt: skip
            Payment(entry=entry, kind="cash", amount=45_000, given=50_000).save()

    def marks(columns: int, rows: int = 1) -> str:
        return ", ".join(["(" + ", ".join(["%s"] * columns) + ")"] * rows)

    sqlite = connection.vendor == "sqlite"
    at = now.replace(tzinfo=None).isoformat(sep=" ") if sqlite else now
    today = str(day) if sqlite else day

    def raw() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            key = uuid.uuid4()
            cursor.execute(
                "SELECT number, digest FROM ledger_posting WHERE association_id = %s ORDER BY number DESC LIMIT 1",
                [association.pk],
            )
            number, digest = cursor.fetchone()
            cursor.execute(
                f"INSERT INTO journal_entry (key, deed, happened_at, recorded_at, device, facts, realm) VALUES {marks(7)} RETURNING id",
                [key.hex if sqlite else key, "sale.record", at, at, "K1", '{"total": 45000}', association.pk],
            )
            entry = cursor.fetchone()[0]
            cursor.execute(
                f"INSERT INTO journal_subject (entry_id, kind, object_id) VALUES {marks(3)}",
                [entry, "sales.device", device],
            )
            cursor.execute(
                "INSERT INTO ledger_posting (entry_id, association_id, number, occurred_on, booked_on, previous, digest) "
                f"VALUES {marks(7)}", [entry, association.pk, number + 1, today, today, digest, key.hex * 2],
            )  # fmt: skip
            cursor.execute(
                f"INSERT INTO ledger_goodsmove (posting_id, lot_id, source_id, target_id, quantity) VALUES {marks(5, 3)}",
                [entry, lot.pk, maker, sold, 1] * 3,
            )
            cursor.execute(
                f"INSERT INTO ledger_moneymove (posting_id, source_id, target_id, amount, booked_on) VALUES {marks(5, 3)}",
                [v for account, amount in flows.items() for v in (entry, account, till, amount, today)],
            )
            cursor.execute(
                "INSERT INTO ledger_shareline (posting_id, line, kind, lot_id, producer_id, quantity, gross, gallery, unit, other, net, "
                f"named, booked_on, free_on) VALUES {marks(14, 3)}",
                [v for n in (1, 2, 3) for v in (
                    entry, n, "sale", lot.pk, lot.producer_id, 1, 15_000, 1_500, 750, 0, 12_750, "{}", today, today)],
            )  # fmt: skip
            cursor.execute("UPDATE bench_stock SET quantity = quantity - 3 WHERE lot = %s AND quantity >= 3", [lot.pk])
            cursor.execute(
                f"INSERT INTO sales_sale (entry_id, association_id, device_id, seq, mark, at, total, rounding, note) VALUES {marks(9)}",
                [entry, association.pk, device, next(count), "2" * 8, at, 45_000, 0, ""],
            )
            cursor.execute(
                "INSERT INTO sales_saleline (sale_id, number, lot_id, code, name, quantity, price, discount, total, share) "
                f"VALUES {marks(10, 3)}",
                [v for n in (1, 2, 3) for v in (entry, n, lot.pk, "", "Keripik", 1, 15_000, 0, 15_000, n)],
            )  # fmt: skip
            cursor.execute(
                f"INSERT INTO sales_payment (entry_id, kind, amount, given, ref) VALUES {marks(5)}",
                [entry, "cash", 45_000, 50_000, ""],
            )

    return {"orm": orm, "raw": raw}


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

    return {"orm12": orm, "raw12": raw}


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    sys.exit(main())
