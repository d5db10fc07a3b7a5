"""Fills an empty home with a gallery's history: 29 units x 40 producers, a lot a month each, N sales of three lines.

The rows are what tills and ``ledger.actions`` would have written, events, chains and seals included: ``kendedes verify`` must
find that they fit. They are made in bulk, guards off while filling, because a million posts one by one would take hours.
"""

from __future__ import annotations

import hashlib
import json
import random
import uuid
from dataclasses import dataclass, field
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
from kendedes.sales.models import Device
from kendedes.sales.rules.pairing import genesis
from kendedes.testing.cast import AT as FOUNDED
from kendedes.testing.cast import regions

UNITS, GROUPS, MONTHS, TILLS = 29, 40, 12, 4
OPEN = 30_000  # seconds of a day in which tills sell
FIRST = date(2025, 11, 1)
BATCH = 5_000  # sales in memory at a time
TABLES = {
    "journal_entry": ("id", "key", "deed", "happened_at", "recorded_at", "device", "facts", "realm"),
    "journal_subject": ("entry_id", "kind", "object_id"),
    "ledger_posting": ("entry_id", "association_id", "number", "occurred_on", "booked_on", "previous", "digest"),
    "ledger_goodsmove": ("posting_id", "lot_id", "source_id", "target_id", "quantity"),
    "ledger_moneymove": ("posting_id", "source_id", "target_id", "amount", "booked_on"),
    "ledger_shareline": (
        "posting_id", "line", "kind", "lot_id", "producer_id", "quantity", "gross", "gallery", "unit", "other", "net", "named",
        "booked_on", "free_on",
    ),
    "sales_rawevent": ("id", "device_id", "branch", "seq", "uid", "raw", "sha256", "type", "at_device", "at_best", "received_at"),
    "sales_handling": ("event_id", "number", "result", "why", "entry_id", "at"),
    "sales_shift": ("entry_id", "device_id", "seq", "float", "opened_at"),
    "sales_shiftclose": (
        "shift_id", "entry_id", "seq", "counted", "expected", "cash", "qris", "transfer", "said", "closed_at",
    ),
    "sales_sale": ("entry_id", "association_id", "device_id", "seq", "mark", "shift_id", "at", "total", "rounding", "note"),
    "sales_saleline": (
        "sale_id", "number", "lot_id", "code", "name", "quantity", "price", "discount", "total", "share",
    ),
    "sales_payment": ("entry_id", "shift_id", "kind", "amount", "given", "ref"),
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
        tills = [_till(association, number) for number in range(1, TILLS + 1)]
        fees = accounts(
            association,
            [
                one(Account.Kind.GALLERY_FEE),
                one(Account.Kind.QRIS),
                *(owed_to(m.pk) for m, _ in makers),
                *(unit_fee(m.unit_id) for m, _ in makers),
            ],
        )
        account(association, one(Account.Kind.CASH))
        lots = _lots(association, makers, terms, shelf, sales)
    _guards(on=False)
    try:
        made = _sales(association, lots, terms.fees, shelf.pk, sold.pk, tills, fees, sales, chance)
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
        months.append([(lot.pk, lot.producer_id, lot.unit_id, lot.code, lot.name) for lot in lots])
    return months


@dataclass
class Till:
    """A till on its way through the year: how far its chain is, and what its open shift took."""

    device: Device
    drawer: int
    head: str
    seq: int = 0
    shift: int | None = None
    opened: str = ""
    first: int = 1
    taken: dict[str, int] = field(default_factory=dict)


def _till(association, number: int) -> Till:
    uid = uuid.UUID(int=number)
    start = genesis(str(uid))
    device = Device.objects.create(
        association=association, number=number, uid=uid, token_hash=f"{number:064}", genesis=start, head=start,
        last_at=FOUNDED, paired_at=FOUNDED,
    )  # fmt: skip
    return Till(device, till_account(association, device.code, f"Laci {device.code}").pk, start)


class Year:
    """Writes what happens at the tills, a batch of rows at a time."""

    def __init__(self, association, entry: int, chance: random.Random) -> None:
        self.association, self.entry, self.chance = association, entry, chance
        self.rows: dict[str, list] = {table: [] for table in TABLES}
        self.counts = dict.fromkeys(TABLES, 0)
        self.event = 0

    def happen(self, till: Till, at: datetime, what: str, deed: str, body, facts) -> tuple[uuid.UUID, str]:
        """An event as the till wrote it, taken into the books as one deed; its key and the hash of its bytes."""
        self.entry, self.event, till.seq = self.entry + 1, self.event + 1, till.seq + 1
        key = uuid.UUID(int=self.chance.getrandbits(128))
        clock = int(at.timestamp() * 1000)
        said = {
            "v": 1, "id": str(key), "dev": till.device.code, "seq": till.seq, "prev": till.head, "at": clock, "off": 420,
            "boot": "0123456789abcdef", "mono": clock % 86_400_000, "actor": None, "type": what, "body": body,
        }  # fmt: skip
        raw = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
        till.head = hashlib.sha256(raw).hexdigest()
        code, device = till.device.code, till.device.pk
        self.rows["journal_entry"].append(
            (self.entry, key, deed, at, at, code, json.dumps(jsonable(facts)), self.association.pk)
        )
        self.rows["journal_subject"].append((self.entry, "sales.device", device))
        self.rows["sales_rawevent"].append(
            (self.event, device, 0, till.seq, key, raw, till.head, what, clock, at, at)
        )  # fmt: skip
        self.rows["sales_handling"].append((self.event, 1, "created", "[]", self.entry, at))
        return key, till.head

    def open(self, till: Till, at: datetime) -> None:
        key, _ = self.happen(till, at, "shift.open", "shift.open", {"float": 0}, {"float": 0})
        till.shift, till.opened, till.first, till.taken = self.entry, str(key), till.seq, {"cash": 0, "qris": 0}
        self.rows["sales_shift"].append((self.entry, till.device.pk, till.seq, 0, at))

    def close(self, till: Till, at: datetime) -> None:
        cash, qris, shift = till.taken["cash"], till.taken["qris"], till.shift
        by_kind = {"cash": cash, "qris": qris, "transfer": 0}
        said = {
            "opened": till.opened, "counted": cash, "expected": cash, "first_seq": till.first, "last_seq": till.seq,
            "head": till.head, "by_kind": by_kind,
        }  # fmt: skip
        self.happen(till, at, "shift.close", "shift.close", said, {"counted": cash, "expected": cash, "difference": 0})
        self.rows["sales_shiftclose"].append(
            (shift, self.entry, till.seq, cash, cash, cash, qris, 0, json.dumps(said), at)
        )
        till.shift = None

    def write(self) -> None:
        for table, some in self.rows.items():
            self.counts[table] += len(some)
            _write(table, some)
            some.clear()


def _sales(association, months, kept, shelf, sold, tills, numbers, sales, chance):
    last = Posting.objects.filter(association=association).order_by("-number").first()
    number, previous = last.number, last.digest
    year = Year(association, last.pk, chance)
    rows = year.rows
    per_day = sales / (30 * MONTHS)
    gallery, qris = numbers["gallery_fee"], numbers["qris"]
    owed = {key.removeprefix("producer:"): n for key, n in numbers.items() if key.startswith("producer:")}
    unit_of = {key.removeprefix("unit_fee:"): n for key, n in numbers.items() if key.startswith("unit_fee:")}
    today = None
    for n in range(sales):
        day_number = int(n / per_day)
        day = FIRST + timedelta(days=day_number)
        begins = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
        at = begins + timedelta(seconds=int((n / per_day - day_number) * OPEN))
        if day != today:
            for till in tills:
                if till.shift:
                    year.close(till, begins - timedelta(hours=12))
                year.open(till, begins)
            today = day
        till = tills[n % len(tills)]
        goods, shares, flows, lines = [], [], {}, []
        entry = year.entry + 1
        for line in range(1, 4):
            lot, producer, unit, code, name = months[min(day_number // 30, MONTHS - 1)][
                int(chance.random() * len(months[0]))
            ]
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
            lines.append(
                {"code": code, "lot": code, "name": name, "qty": quantity, "price": 15_000, "discount": 0, "total": parts.gross}
            )  # fmt: skip
            rows["sales_saleline"].append(
                (entry, line, lot, code, name, quantity, 15_000, 0, parts.gross, line)
            )  # fmt: skip
        number += 1
        total, kind = sum(x["total"] for x in lines), "qris" if n % 5 == 0 else "cash"
        payment = {"kind": kind, "amount": total} | ({"given": total, "change": 0} if kind == "cash" else {})
        facts = {"receipt": f"{till.device.code}-{till.seq + 1:06d}", "total": total}
        key, mark = year.happen(
            till,
            at,
            "sale",
            "sale.record",
            {"lines": lines, "payments": [payment], "rounding": 0, "total": total},
            facts,
        )
        into = qris if kind == "qris" else till.drawer
        money = [(entry, source, into, amount, day) for source, amount in flows.items()]
        head = Head(
            association=association.pk, number=number, previous=previous, key=key.hex, deed="sale.record", happened_at=at,
            by=None, device=till.device.code, undoes=None, occurred_on=day, booked_on=day, facts=jsonable(facts),
        )  # fmt: skip
        seal = digest(head, sealed_rows((), goods, money, shares))
        rows["ledger_posting"].append((entry, association.pk, number, day, day, previous, seal))
        rows["ledger_goodsmove"] += goods
        rows["ledger_moneymove"] += money
        rows["ledger_shareline"] += [(*share[:11], "{}", day, day) for share in shares]
        rows["sales_sale"].append(
            (entry, association.pk, till.device.pk, till.seq, mark[:8], till.shift, at, total, 0, "")
        )  # fmt: skip
        rows["sales_payment"].append((entry, till.shift, kind, total, total if kind == "cash" else None, ""))
        till.taken[kind] += total
        previous = seal
        if (n + 1) % BATCH == 0 or n + 1 == sales:
            year.write()
    for till in tills:
        Device.objects.filter(pk=till.device.pk).update(
            acked_seq=till.seq, head=till.head, last_at=at, last_clock=int(at.timestamp() * 1000), seen_at=at
        )
    return year.counts


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
                for table in ("journal_entry", "sales_rawevent"):
                    cursor.execute(
                        f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT MAX(id) FROM {table}))"
                    )
                cursor.execute("ANALYZE")
            return
        if on:
            for sql in _KEPT:
                cursor.execute(sql)
            cursor.execute("ANALYZE")
            cursor.execute("PRAGMA synchronous = FULL")
            return
        cursor.execute("PRAGMA cache_size = -1000000")  # keys are random: their trees are written all over
        cursor.execute("PRAGMA synchronous = OFF")
        marks = ", ".join(["%s"] * len(TABLES))
        cursor.execute(
            f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ({marks})", list(TABLES)
        )
        for name, sql in cursor.fetchall():
            _KEPT.append(sql)
            cursor.execute(f'DROP TRIGGER "{name}"')
