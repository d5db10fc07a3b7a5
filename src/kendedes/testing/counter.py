"""``python -m kendedes.testing.counter --pair 2 --goods 12``: a counter in a seeded home, for stories and measurements.

Goods of two producers, cashiers with PINs, rules; prints pairing codes and what was put on the shelf as JSON. May be
called again for more codes.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from datetime import timedelta
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kendedes.settings")
django.setup()

from django.utils import timezone  # noqa: E402 - settings come first

from kendedes.journal.models import User  # noqa: E402
from kendedes.ledger import actions as ledger  # noqa: E402
from kendedes.ledger.actions.sale import Case  # noqa: E402
from kendedes.ledger.actions.standing import place  # noqa: E402
from kendedes.ledger.models import Lot, Place  # noqa: E402
from kendedes.network import actions as network  # noqa: E402
from kendedes.network.models import Association, Producer  # noqa: E402
from kendedes.network.rules import Role  # noqa: E402
from kendedes.products.actions import Pack, PriceAsked, create_product  # noqa: E402
from kendedes.products.models import Category  # noqa: E402
from kendedes.sales.actions import invite_till, set_pin  # noqa: E402
from kendedes.sales.models import TillRules  # noqa: E402

PINS = {"yudi": "482915", "ratna": "730264"}
QRIS = (
    "00020101021126680016ID.CO.CONTOH.WWW011893600000000000000102150000000000000010303UMI51440014ID.CO.QRIS.WWW0215ID"
    "00000000000010303UMI5204594753033605802ID5913GALERI CONTOH6011KAB. MALANG6105651536304D400"
)
NAMES = (
    ("Keripik tempe sagu", 15_000), ("Kopi robusta Dampit", 42_500), ("Sambal pecel Singosari", 18_000), ("Jenang apel Malang", 25_000),
    ("Batik tulis teratai", 385_000), ("Telur asin bakar", 4_500), ("Kerupuk ikan wader", 12_750), ("Wedang uwuh celup", 22_000),
    ("Topeng Malangan kecil", 75_000), ("Madu hutan Kondang Merak", 95_000), ("Keripik apel Poncokusumo", 17_500), ("Anyaman tas pandan", 145_000),
)  # fmt: skip
KEEPS = ("Batik", "Topeng", "Anyaman")


def stock(association: Association, goods: int) -> None:
    """``goods`` lots on one shelf, ten pieces each; the second lot shares a barcode with the first."""
    now, by = timezone.now(), User.objects.get(username="ratna")
    terms = ledger.agree_terms(
        association=association, valid_from=timezone.localdate(now).replace(month=1, day=1), at=now, by=by,
        values={"gallery_bp": 1000, "unit_bp": 500},
    )  # fmt: skip
    shelf = place(association, Place.Kind.SHELF, key="shelf:1", name="Stan 3, rak B")
    producers = list(Producer.objects.filter(association=association).order_by("pk")[:2])
    category = Category.objects.order_by("pk")[0]
    arrivals: list[ledger.Arrival] = []
    for i in range(goods):
        name, price = NAMES[i % len(NAMES)]
        name = name if i < len(NAMES) else f"{name} no. {i}"
        pack = Pack(unit="bungkus", net_value=150, net_unit="g", retail=PriceAsked(price))
        product = create_product(
            producer=producers[i % 2], category=category, name_id=name, at=now, by=by, packs=[pack], story_id="Contoh."
        )
        made = ledger.NewLot(
            variant=product.variants.get(), producer=producers[i % 2], terms=terms, name=f"{name} 150 g",
            maker_price=price * 8 // 10, price=price,
            expires_on=None if name.startswith(KEEPS) else timezone.localdate(now) + timedelta(days=60 + i),
            minimum_price=price * 9 // 10,
        )  # fmt: skip
        arrivals.append(ledger.Arrival(made, 10))
    for start in range(0, goods, 200):
        case = Case(association=association, at=now, by=by)
        ledger.receive(case, arrivals=arrivals[start : start + 200], into=shelf)


def staff(association: Association) -> None:
    """Yudi sells, Ratna sells and approves."""
    now = timezone.now()
    people = {u.username: u for u in User.objects.filter(username__in=PINS)}
    network.give_role(user=people["yudi"], role=Role.CASHIER, association=association, at=now, by=None)
    for name, pin in PINS.items():
        set_pin(association=association, user=people[name], pin=pin, at=now)
    TillRules.objects.update_or_create(
        association=association,
        defaults={
            "rounding": 100, "qris_static": QRIS, "qris_dynamic": True, "noncash_offline_sale": 100_000, "noncash_offline_total": 150_000,
        },
    )  # fmt: skip


def counter(goods: int, pair: int) -> dict[str, Any]:
    """Sets it up once; codes every time."""
    association = Association.objects.get(slug="kendedes")
    if goods and not Lot.objects.filter(association=association).exists():
        stock(association, goods)
        staff(association)
    by = User.objects.get(username="ratna")
    codes = [invite_till(association=association, name="", at=timezone.now(), by=by)[1] for _ in range(pair)]
    lots = [{"lot": lot.code, "name": lot.name, "price": lot.price} for lot in Lot.objects.order_by("pk")[:20]]
    return {"codes": codes, "lots": lots, "pins": PINS}


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--goods", type=int, default=12)
    parser.add_argument("--pair", type=int, default=1)
    asked = parser.parse_args()
    sys.stdout.write(json.dumps(counter(asked.goods, asked.pair)) + "\n")
