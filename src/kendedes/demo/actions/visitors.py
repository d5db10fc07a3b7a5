"""What visitors of the site did, and where makers are paid. All of it invented, always the same."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from random import Random

from kendedes.demo.actions.network import World
from kendedes.network.models import Association, Producer, Unit
from kendedes.products.models import Product
from kendedes.settlement.actions import set_account
from kendedes.visits import actions, tally

DAYS = 60
MOST = 140  # products somebody looked at
SAME = (
    "camilan, cemilan, jajanan", "oleh-oleh, buah tangan, suvenir", "besek, wadah bambu", "cangkir, gelas", "taplak, alas meja",
    "gantungan kunci, ganci",
)  # fmt: skip
IN_VAIN = (("tas kulit", 9), ("sambal bawang botol", 7), ("gitar ukir", 4), ("lukisan pasir", 3), ("sepatu anak", 2))
BANKS = ("Bank Contoh Timur", "Bank Contoh Desa", "Bank Contoh Rakyat")


def come(world: World, *, now: datetime) -> None:
    """Pages opened in two months, a few searches in vain, words that mean the same, accounts of makers."""
    association = world.association
    _look(association, now)
    for words in SAME:
        actions.add_synonyms(
            association=association, words=words, at=now - timedelta(days=20), by=world.user("pengelola")
        )
    makers = Producer.objects.filter(association=association).order_by("pk")[:24]
    owners = [*Unit.objects.filter(association=association).order_by("pk"), *makers]
    for number, owner in enumerate(owners):
        if number % 4 != 3:  # some have none yet: they are paid in cash
            set_account(
                owner=owner, bank=BANKS[number % 3], number=f"00{10_000_000 + 137 * number}", holder=f"{owner} (contoh)"[:80],
                at=now - timedelta(days=60 - number), by=world.user("bendahara"),
            )  # fmt: skip


def _look(association: Association, now: datetime) -> None:
    """As the servers put it down and the loop takes it up: some products are opened often, most now and then."""
    chance = Random(11)  # noqa: S311 - the same demonstration everywhere
    rows = Product.objects.filter(association=association, state=Product.State.PUBLISHED).order_by("pk")
    slugs = list(rows.values_list("slug", flat=True))
    counted: list[tuple[str, str, str, str, int]] = []
    for rank, slug in enumerate(chance.sample(slugs, min(MOST, len(slugs))), 1):
        for day in chance.sample(range(DAYS), max(3, 36 - rank // 4)):
            on = (now - timedelta(days=day)).date().isoformat()
            counted.append((tally.LOOKED, on, association.host, slug, chance.randint(1, 2 + 60 // (rank + 4))))
    today = now.date().isoformat()
    counted += [(tally.MISSED, today, str(association.pk), words, times) for words, times in IN_VAIN]
    tally.folder().mkdir(parents=True, exist_ok=True)
    (tally.folder() / "contoh.json").write_text(json.dumps(counted))
    actions.gather(at=now)
