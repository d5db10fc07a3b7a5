"""Fills an empty home with a gallery's history: 29 units x 40 producers, a lot a month each, N sales of three lines.

The rows are what ``ledger.actions`` would have written, seals included: ``kendedes verify`` must find that they fit. They are
made in bulk, guards off while filling, because a million posts one by one would take most of an hour.
"""

from __future__ import annotations

import json
import random
import uuid
from datetime import UTC, date, datetime, timedelta

from django.db import connection, transaction

from kendedes.journal.rules import jsonable
from kendedes.ledger import actions as books
from kendedes.ledger.actions.post import sealed_rows
from kendedes.ledger.actions.standing import account, accounts, one, owed_to, place, till_account, unit_fee
from kendedes.ledger.models import Account, Place, Posting
from kendedes.ledger.rules.sealing import Head, digest
from kendedes.ledger.rules.shares import divide
from kendedes.network import actions as network
from kendedes.network.models import Region
from kendedes.products.actions import create_product
from kendedes.products.actions.making import Pack, PriceAsked
from kendedes.products.models import Category
from kendedes.testing.cast import AT as FOUNDED
from kendedes.testing.cast import regions

UNITS, GROUPS, MONTHS = 29, 40, 12
FIRST = date(2025, 11, 1)
BATCH = 5_000  # sales in memory at a time
TABLES = {
    "journal_entry": ("id", "key", "deed", "happened_at", "recorded_at", "device", "facts", "realm"),
    "ledger_posting": ("entry_id", "association_id", "number", "occurred_on", "booked_on", "previous", "digest"),
    "ledger_goodsmove": ("posting_id", "lot_id", "source_id", "target_id", "quantity"),
    "ledger_moneymove": ("posting_id", "source_id", "target_id", "amount", "booked_on"),
    "ledger_shareline": (
        "posting_id", "line", "kind", "lot_id", "producer_id", "quantity", "gross", "gallery", "unit", "other", "net", "named",
        "booked_on", "free_on",
    ),
}  # fmt: skip


def network_of(units: int = UNITS, groups: int = GROUPS):
    """An association whose units and groups are numbered; everything is fictional."""
    network.add_regions(regions=regions())
    districts = [
        Region(code=f"35.07.{40 + n}", name=f"Kecamatan Uji {n}", kind=Region.Kind.DISTRICT, parent_id="35.07")
        for n in range(units)
    ]
    villages = [
        Region(code=f"{d.code}.2001", name=f"Desa Uji {n}", kind=Region.Kind.VILLAGE, parent_id=d.code)
        for n, d in enumerate(districts)
    ]
    Region.objects.bulk_create([*districts, *villages])
    association = network.create_association(
        name="Asosiasi Uji (fiktif)", slug="uji", region=Region.objects.get(code="35.07"), at=FOUNDED, by=None
    )
    category, _ = Category.objects.get_or_create(slug="camilan", defaults={"name_id": "Camilan", "name_en": "Snacks"})
    makers = []
    for n, (district, village) in enumerate(zip(districts, villages, strict=True)):
        unit = network.create_unit(association=association, code=f"U{n:02}", district=district, at=FOUNDED, by=None)
        for g in range(groups):
            maker = network.create_producer(
                association=association,
                unit=unit,
                village=village,
                name=f"Kelompok {n}-{g} (fiktif)",
                at=FOUNDED,
                by=None,
            )
            product = create_product(
                producer=maker, category=category, name_id=f"Keripik {n}-{g}", at=FOUNDED, by=None, story_id="Uji.",
                packs=[Pack(unit="bungkus", net_value=150, net_unit="g", retail=PriceAsked(15_000))],
            )  # fmt: skip
            makers.append((maker, product.variants.get()))
    return association, makers


def fill(sales: int, *, units: int = UNITS, groups: int = GROUPS, seed: int = 1) -> dict[str, int]:
    """Fill the home. Returns what was made."""
    chance = random.Random(seed)
    with transaction.atomic():
        association, makers = network_of(units, groups)
        terms = books.agree_terms(
            association=association, valid_from=FIRST, at=FOUNDED, by=None, values={"gallery_bp": 1000, "unit_bp": 500}
        )
        shelf = place(association, Place.Kind.SHELF, key="shelf:1", name="Stan 1")
        sold = place(association, Place.Kind.SOLD)
        till = till_account(association, "K1", "Laci K1")
        fees = accounts(
            association,
            [
                one(Account.Kind.GALLERY_FEE),
                *(owed_to(m.pk) for m, _ in makers),
                *(unit_fee(m.unit_id) for m, _ in makers),
            ],
        )
        account(association, one(Account.Kind.CASH))
        lots = _lots(association, makers, terms, shelf, sales)
    _guards(on=False)
    try:
        made = _sales(association, lots, terms.fees, shelf.pk, sold.pk, till.pk, fees, sales, chance)
    finally:
        _guards(on=True)
    return made


def _lots(association, makers, terms, shelf, sales):
    """One lot a month for each producer, large enough for what will be sold of it."""
    enough = sales * 3 * 6 // (len(makers) * MONTHS) + 1000
    months = []
    for month in range(MONTHS):
        day = FIRST + timedelta(days=30 * month)
        at = datetime(day.year, day.month, day.day, 1, tzinfo=UTC)
        lots = []
        for start in range(0, len(makers), 200):
            arrivals = [
                books.Arrival(
                    books.NewLot(
                        variant=v, producer=m, terms=terms, name=f"Keripik {m.pk}", maker_price=12_000, price=15_000
                    ),
                    enough,
                )
                for m, v in makers[start : start + 200]
            ]
            case = books.sale.Case(association=association, at=at, by=None)
            lots += books.receive(case, arrivals=arrivals, into=shelf).lots
        months.append([(lot.pk, lot.producer_id, lot.unit_id) for lot in lots])
    return months


def _sales(association, months, kept, shelf, sold, till, numbers, sales, chance):
    last = Posting.objects.filter(association=association).order_by("-number").first()
    number, previous = last.number, last.digest
    entry = last.pk
    per_day = sales / (30 * MONTHS)
    gallery = numbers["gallery_fee"]
    owed = {key.removeprefix("producer:"): n for key, n in numbers.items() if key.startswith("producer:")}
    unit_of = {key.removeprefix("unit_fee:"): n for key, n in numbers.items() if key.startswith("unit_fee:")}
    facts = jsonable({})
    text = json.dumps(facts)
    counts = dict.fromkeys(TABLES, 0)
    rows = {table: [] for table in TABLES}
    for n in range(sales):
        day_number = int(n / per_day)
        day = FIRST + timedelta(days=day_number)
        at = datetime(day.year, day.month, day.day, 2, tzinfo=UTC) + timedelta(seconds=n % 30_000)
        entry, number = entry + 1, number + 1
        key = uuid.UUID(int=chance.getrandbits(128))
        goods, shares, flows = [], [], {}
        for line in range(1, 4):
            lot, producer, unit = months[min(day_number // 30, MONTHS - 1)][int(chance.random() * len(months[0]))]
            quantity = chance.choice((1, 1, 1, 2, 3))
            parts = divide(15_000 * quantity, quantity, kept)
            goods.append((entry, lot, shelf, sold, quantity))
            shares.append(
                (entry, line, "sale", lot, producer, quantity, parts.gross, parts.gallery, parts.unit, 0, parts.net, {}, day, day,
                 None)
            )  # fmt: skip
            for account_number, amount in (
                (owed[str(producer)], parts.net), (gallery, parts.gallery), (unit_of[str(unit)], parts.unit),
            ):  # fmt: skip
                flows[account_number] = flows.get(account_number, 0) + amount
        money = [(entry, source, till, amount, day) for source, amount in flows.items()]
        head = Head(
            association=association.pk, number=number, previous=previous, key=key.hex, deed="sale.record", happened_at=at,
            by=None, device="", undoes=None, occurred_on=day, booked_on=day, facts=facts,
        )  # fmt: skip
        seal = digest(head, sealed_rows((), goods, money, shares))
        rows["journal_entry"].append((entry, key, "sale.record", at, at, "", text, association.pk))
        rows["ledger_posting"].append((entry, association.pk, number, day, day, previous, seal))
        rows["ledger_goodsmove"] += goods
        rows["ledger_moneymove"] += money
        rows["ledger_shareline"] += [(*share[:11], "{}", day, day) for share in shares]
        previous = seal
        if (n + 1) % BATCH == 0 or n + 1 == sales:
            for table, some in rows.items():
                counts[table] += len(some)
                _write(table, some)
                some.clear()
    return counts


def _write(table, rows):
    columns = TABLES[table]
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(columns))
        cursor.executemany(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", [tuple(map(_sqlite, row)) for row in rows]
        )


def _sqlite(value):
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    return value.hex if isinstance(value, uuid.UUID) else value


_KEPT: list[str] = []


def _guards(*, on: bool) -> None:
    """The triggers of the ledger, off while filling and back afterwards."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for table in TABLES:
                cursor.execute(f"ALTER TABLE {table} {'ENABLE' if on else 'DISABLE'} TRIGGER USER")
            if on:
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence('journal_entry', 'id'), (SELECT MAX(id) FROM journal_entry))"
                )
                cursor.execute("ANALYZE")
            return
        if on:
            for sql in _KEPT:
                cursor.execute(sql)
            cursor.execute("ANALYZE")
            return
        marks = ", ".join(["%s"] * len(TABLES))
        cursor.execute(
            f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ({marks})", list(TABLES)
        )
        for name, sql in cursor.fetchall():
            _KEPT.append(sql)
            cursor.execute(f'DROP TRIGGER "{name}"')
