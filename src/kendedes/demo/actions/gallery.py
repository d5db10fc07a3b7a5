"""The gallery in full swing: stands and shelves, terms, goods that came, six months of sales, a fair, shares paid."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from kendedes.consignment import actions as papers
from kendedes.consignment.models import Paper
from kendedes.demo.actions.network import World, add_account
from kendedes.demo.actions.till import DemoTill
from kendedes.events import actions as fairs
from kendedes.events.models import Event
from kendedes.events.queries import proposal
from kendedes.gallery import actions as house
from kendedes.gallery.models import Shelf, Stand
from kendedes.gallery.rules.fairness import Entrant, Seat, deal
from kendedes.journal.models import User
from kendedes.ledger import actions as books
from kendedes.ledger.actions.sale import Case
from kendedes.ledger.actions.standing import accounts, one, place, unit_store
from kendedes.ledger.models import Account, Lot, Place
from kendedes.ledger.queries import balances, stock_at
from kendedes.ledger.rules.days import business_day
from kendedes.network.models import Unit
from kendedes.network.rules import Role
from kendedes.products.models import Price, Product
from kendedes.sales.actions import add_discount, set_pin
from kendedes.sales.models import Cashier
from kendedes.settlement import actions as settlement

DAYS = 184  # of trade before the editions were locked
ROUNDS = (0, 62, 124)  # days on which the units bring goods
LOTS = 4  # a unit and a round
PIN = "274916"
ZONE = "Asia/Jakarta"


@dataclass
class Trade:
    """What the half year works with."""

    world: World
    chance: random.Random
    start: datetime
    shelves: list[Shelf] = field(default_factory=list)
    cashiers: list[Cashier] = field(default_factory=list)
    tills: list[DemoTill] = field(default_factory=list)
    stock: dict[int, int] = field(default_factory=dict)  # pieces by lot on the shelves
    lots: dict[int, Lot] = field(default_factory=dict)

    @property
    def manager(self) -> User:
        """Who runs the gallery."""
        return self.world.user("pengelola")

    def day(self, number: int, hour: int = 9) -> datetime:
        return self.start + timedelta(days=number, hours=hour - 9)


def run(world: World, made: dict[str, Product]) -> Trade:
    """Everything of the gallery, day by day, through the deeds of the apps."""
    chance = random.Random(35_07_24)  # noqa: S311 - the same demonstration everywhere
    start = world.calendar.locked - timedelta(days=DAYS)
    trade = Trade(world, chance, start.replace(hour=2, minute=0))
    _people(trade)
    _house(trade)
    _terms(trade)
    ready = _sellable(trade, made)
    fair: Event | None = None
    settled = iter(_ends(trade))
    next_end = next(settled, None)
    for number in range(DAYS):
        if number in ROUNDS:
            _bring(trade, ready, number)
        if number == 115:
            fair = _go_to_fair(trade, number)
        _sell_a_day(trade, number)
        if number == 118 and fair is not None:
            _come_back(trade, fair, number)
        if number == 150:
            _count(trade, number)
            _discount(trade, number)
        if next_end is not None and business_day(trade.day(number), ZONE) > next_end + timedelta(days=3):
            _settle(trade, next_end, number)
            next_end = next(settled, None)
    return trade


def _people(trade: Trade) -> None:
    world, at = trade.world, trade.day(0)
    for username, name in (("kasir1", "Sri Kasir (contoh)"), ("kasir2", "Wawan Kasir (contoh)")):
        add_account(world, username, name, Role.CASHIER)
        trade.cashiers.append(set_pin(association=world.association, user=world.user(username), pin=PIN, at=at))
    for name in ("Kasir depan", "Ponsel stan 5"):
        trade.tills.append(
            DemoTill(association=world.association, name=name, at=at, by=trade.manager, chance=trade.chance)
        )


def _house(trade: Trade) -> None:
    """Eight stands with two shelves each, the mandate, and facings dealt among the units."""
    at, by = trade.day(0, 8), trade.manager
    venue = house.add_venue(
        association=trade.world.association, name="Pusat Kerajinan Kendedes (contoh)", at=at, by=by,
        address="Jalan raya di depan pasar (contoh)",
    )  # fmt: skip
    stands: list[Stand] = []
    for n in range(8):
        stand = house.add_stand(venue=venue, number=str(n + 1), name=STANDS[n], at=at, by=by)
        stands.append(stand)
        for name in ("A", "B"):
            trade.shelves.append(house.add_shelf(stand=stand, name=name, at=at, by=by, facings=4))
    house.add_mandate(
        venue=venue, number="188/12/2024 (contoh)", giver="Dekranasda (contoh)", starts_on=at.date(), stands=stands, at=at,
        by=by,
    )  # fmt: skip
    seats = [Seat((shelf.pk, n), shelf.worth) for shelf in trade.shelves for n in range(1, shelf.facings + 1)]
    plan = deal(seats, [Entrant(unit.pk) for unit in trade.world.units.values()])
    house.rotate(association=trade.world.association, plan=plan, starts_on=at.date(), at=at, by=by)


STANDS = (
    "Keripik dan camilan",
    "Kopi dan minuman",
    "Batik",
    "Topeng dan ukir",
    "Anyaman",
    "Madu dan jamu",
    "Gerabah",
    "Oleh-oleh",
)


OWN_TERMS: dict[str, dict[str, object]] = {
    "WJK": {"gallery_bp": 800, "unit_bp": 400, "deductions": [["tabungan kelompok", 200]], "expiry_producer_bp": 5000},
    "PCK": {"gallery_bp": 500, "unit_bp": 500, "dues_month": 5_000, "note": "contoh: iuran tetap sebulan"},
    "DPT": {"markup": True, "markup_bp": 2000, "named_side": "gallery"},
}


def _terms(trade: Trade) -> None:
    world, at, by = trade.world, trade.day(0, 8), trade.manager
    day = at.date()
    books.agree_terms(
        association=world.association, valid_from=day, at=at, by=by,
        values={"gallery_bp": 1000, "unit_bp": 500, "period_days": 30, "note": "contoh"},
    )  # fmt: skip
    for code, values in OWN_TERMS.items():
        if code in world.units:
            books.agree_terms(
                association=world.association, unit=world.units[code], valid_from=day, at=at, by=by, values=values
            )


def _discount(trade: Trade, number: int) -> None:
    """Ten percent off the goods of one unit, until somebody ends it: tills give it by its code."""
    at, unit = trade.day(number, 8), trade.world.units.get("WJK")
    if unit is not None:
        add_discount(
            association=trade.world.association, code="WAJAK10", name="Pekan Wajak (contoh)", percent=10, since=at.date(),
            until=None, place=None, limit=unit, at=at, by=trade.manager,
        )  # fmt: skip


def _sellable(trade: Trade, made: dict[str, Product]) -> dict[str, list[Product]]:
    """A few accepted products of each unit."""
    found: dict[str, list[Product]] = {}
    for code, product in made.items():
        if product.state in {Product.State.ACCEPTED, Product.State.PUBLISHED}:
            found.setdefault(code.split("-")[0], []).append(product)
    return {unit: rows[:12] for unit, rows in found.items() if unit in trade.world.units}


def _bring(trade: Trade, ready: dict[str, list[Product]], number: int) -> None:
    """Each unit: nota titipan into its store, surat jalan to two shelves, received there."""
    at, day = trade.day(number, 8), trade.day(number).date()
    for n, (code, products) in enumerate(ready.items()):
        unit = trade.world.units[code]
        shelf = trade.shelves[n % len(trade.shelves)]
        chosen = trade.chance.sample(products, min(LOTS, len(products)))
        lots = _note(trade, unit, chosen, at, day)
        if not lots:
            continue
        paper = papers.draft(
            association=trade.world.association, kind=Paper.Kind.DELIVERY, source=unit_store(unit), target=shelf.place, at=at,
            by=trade.manager, giver=f"Petugas {unit} (contoh)",
        )  # fmt: skip
        for lot, quantity in lots:
            papers.add_lot(paper=paper, lot=lot, quantity=quantity)
        paper = papers.issue(paper=paper, at=at, by=trade.manager)
        papers.arrive(paper=paper, received={}, at=at + timedelta(hours=3), by=trade.manager, taker="Galeri (contoh)")
        for lot, quantity in lots:
            trade.stock[lot.pk] = trade.stock.get(lot.pk, 0) + quantity
            trade.lots[lot.pk] = lot


def _note(trade: Trade, unit: Unit, products: list[Product], at: datetime, day: date) -> list[tuple[Lot, int]]:
    paper = papers.draft(
        association=trade.world.association, kind=Paper.Kind.NOTE, target=unit_store(unit), at=at, by=trade.manager,
        giver="Wakil kelompok (contoh)",
    )  # fmt: skip
    quantities = []
    for product in products:
        variant = product.variants.first()
        price = (
            Price.objects.filter(variant=variant, kind="retail").order_by("-id").values_list("low", flat=True).first()
        )
        if variant is None or not price or price > 400_000:
            continue
        shelf_price = -(-price // 500) * 500
        quantity = trade.chance.randint(8, 24) if price < 60_000 else trade.chance.randint(2, 6)
        life = product.shelf_life_days
        marked_up = unit == trade.world.units.get("DPT")
        papers.add_goods(
            paper=paper, variant=variant, quantity=quantity, on=day, expires_on=day + timedelta(days=life) if life else None,
            maker_price=price if marked_up else None, price=None if marked_up else shelf_price,
        )  # fmt: skip
        quantities.append(quantity)
    if not quantities:
        return []
    papers.issue(paper=paper, at=at, by=trade.manager)
    return [(line.lot, line.quantity) for line in paper.lines.select_related("lot") if line.lot and line.quantity]


def _sell_a_day(trade: Trade, number: int) -> None:
    """A handful of buyers; more at the end of the week, who come to the second till too."""
    weekend = trade.day(number).weekday() >= 5
    for till, cashier, buyers in (
        (trade.tills[0], trade.cashiers[0], trade.chance.randint(2, 5)),
        (trade.tills[1], trade.cashiers[1], trade.chance.randint(2, 5) if weekend else 0),
    ):
        if not buyers:
            continue
        till.open(at=trade.day(number, 9), cashier=cashier)
        for n in range(buyers if len(trade.world.units) > 5 else 1):
            at = trade.day(number, 10) + timedelta(minutes=50 * n + trade.chance.randint(0, 40))
            bought = _basket(trade)
            if not bought:
                continue
            sale = till.sell(bought, at=at, cashier=cashier)
            if trade.chance.random() < 0.01:
                lot, _pieces, price = bought[0]
                till.bring_back(sale, 1, price, at=at + timedelta(minutes=5), cashier=cashier)
                trade.stock[lot.pk] += 1
        till.close(at=trade.day(number, 17), cashier=cashier, short=1000 if trade.chance.random() < 0.02 else 0)


def _basket(trade: Trade) -> list[tuple[Lot, int, int]]:
    there = [pk for pk, pieces in trade.stock.items() if pieces > 0]
    if not there:
        return []
    chosen = trade.chance.sample(there, min(len(there), trade.chance.choice((1, 1, 2, 2, 3))))
    basket = []
    for pk in chosen:
        lot = trade.lots[pk]
        pieces = min(trade.stock[pk], trade.chance.choice((1, 1, 1, 2, 3)))
        trade.stock[pk] -= pieces
        basket.append((lot, pieces, lot.price))
    return basket


def _go_to_fair(trade: Trade, number: int) -> Event | None:
    """Three days in the market square; nobody goes with empty hands."""
    at, by = trade.day(number, 7), trade.manager
    day = at.date()
    event = fairs.plan_event(
        association=trade.world.association, name="Pekan Kerajinan Desa (contoh)", host="Pemerintah kabupaten (contoh)",
        where="Alun-alun Kepanjen (contoh)", starts_on=day, ends_on=day + timedelta(days=2), at=at, by=by,
    )  # fmt: skip
    lines = proposal(event, 120, day)
    if not lines:
        return None
    fairs.set_pack(event=event, lines=lines, at=at, by=by)
    for line in event.pack.all():
        trade.stock[line.lot_id] = trade.stock.get(line.lot_id, 0) - line.quantity
    fairs.send_out(event=event, at=at, by=by, carrier="Pak Sopir (contoh)")
    till = DemoTill(
        association=trade.world.association, name="Ponsel pameran", at=at, by=by, chance=trade.chance, place=event.place
    )  # fmt: skip
    there = stock_at(trade.world.association, event.place.key)
    lots = Lot.objects.in_bulk(there)
    for offset in range(3):
        till.open(at=trade.day(number + offset, 9), cashier=trade.cashiers[1])
        for n in range(10):
            left = [pk for pk, pieces in there.items() if pieces > 0]
            if not left:
                break
            pk = trade.chance.choice(left)
            pieces = min(there[pk], trade.chance.choice((1, 2, 2, 3)))
            there[pk] -= pieces
            at = trade.day(number + offset, 10) + timedelta(minutes=40 * n)
            till.sell([(lots[pk], pieces, lots[pk].price)], at=at, cashier=trade.cashiers[1])
        till.close(at=trade.day(number + offset, 18), cashier=trade.cashiers[1])
    fairs.note_lead(
        event=event,
        name="Hotel Contoh",
        wants="600 topeng kecil dalam enam minggu",
        at=trade.day(number + 1, 14),
        by=by,
    )
    return event


def _come_back(trade: Trade, event: Event, number: int) -> None:
    """One piece is missing when the truck is unloaded."""
    at, store = trade.day(number, 19), place(trade.world.association, Place.Kind.STORE)
    there = stock_at(trade.world.association, event.place.key)
    missing = next((pk for pk, pieces in sorted(there.items()) if pieces > 1), None)
    counted = [fairs.Counted(pk, pieces - (pk == missing)) for pk, pieces in there.items()]
    fairs.count_back(event=event, counted=counted, into=store, at=at, by=trade.manager, carrier="Pak Sopir (contoh)")
    for line in counted:
        trade.stock[line.lot] = trade.stock.get(line.lot, 0) + line.quantity


def _count(trade: Trade, number: int) -> None:
    """A blind count of two shelves: one piece is gone, one lies there that the books do not know of."""
    at, by = trade.day(number, 20), trade.manager
    for n, shelf in enumerate(trade.shelves[:2]):
        there = stock_at(trade.world.association, shelf.place.key)
        if not there:
            continue
        paper = papers.begin_count(spot=shelf.place, at=at, by=by)
        lines = list(paper.lines.all())
        counted = {line.pk: there.get(line.lot_id or 0, 0) for line in lines}
        odd = next((line for line in lines if counted[line.pk] > 1), None)
        if odd is not None and odd.lot_id is not None:
            change = -1 if n == 0 else 1
            counted[odd.pk] += change
            trade.stock[odd.lot_id] += change
        papers.enter_counts(paper=paper, counted=counted)
        papers.approve_count(paper=papers.finish_count(paper=paper), at=at, by=by)


def _ends(trade: Trade) -> Iterator[date]:
    """Three settlements: the ends of the second, fourth and fifth month of trade."""
    first = trade.start.date().replace(day=1)
    for months in (3, 5, 6):
        year, month = divmod(first.month - 1 + months, 12)
        yield date(first.year + year, month + 1, 1) - timedelta(days=1)


def _settle(trade: Trade, ends_on: date, number: int) -> None:
    """The treasurer draws up and checks, the manager approves, money is handed over; of the last one only to some."""
    at, treasurer = trade.day(number, 11), trade.world.user("bendahara")
    drawn = settlement.draw_up(
        association=trade.world.association, ends_on=ends_on, at=at, by=treasurer, today=at.date(), everybody=True
    )  # fmt: skip
    settlement.check(settlement=drawn, at=at, by=treasurer)
    settlement.approve(settlement=drawn, digest=drawn.digest, at=at + timedelta(hours=2), by=trade.manager)
    _to_the_bank(trade, at)
    rows = list(drawn.statements.filter(due__gt=0).select_related("producer", "settlement"))
    newest = drawn.ends_on >= list(_ends(trade))[-1]
    for n, statement in enumerate(rows):
        if newest and n % 3:
            continue
        settlement.pay_out(
            statement=statement, amount=statement.due, method="transfer" if n % 4 == 0 else "cash",
            paid_on=at.date(), at=at + timedelta(hours=4), by=treasurer, received_by=f"Wakil {statement.producer.name}"[:80],
        )  # fmt: skip


def _to_the_bank(trade: Trade, at: datetime) -> None:
    """What buyers paid by QRIS and transfer has arrived, and most of the cash is deposited."""
    association, kind = trade.world.association, Account.Kind
    numbers = accounts(association, [one(k) for k in (kind.QRIS, kind.TRANSFER, kind.CASH, kind.BANK)])
    held = balances(numbers.values())
    case = Case(
        association=association, at=at + timedelta(hours=3), by=trade.world.user("bendahara"),
        facts={"amount": sum(held[numbers[k]] for k in (kind.QRIS, kind.TRANSFER)), "why": "masuk ke rekening"},
    )  # fmt: skip
    paid = [
        books.Paid(numbers[k], numbers[kind.BANK], held[numbers[k]])
        for k in (kind.QRIS, kind.TRANSFER)
        if held[numbers[k]] > 0
    ]
    cash = held[numbers[kind.CASH]] // 2
    if cash > 0:
        paid.append(books.Paid(numbers[kind.CASH], numbers[kind.BANK], cash))
    if paid:
        books.pay(case, paid=paid, deed="money.move")
