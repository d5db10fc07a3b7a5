"""The order of the building, with a clock beside it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import batched
from pathlib import Path

from kendedes.catalogue.actions.printing import print_book, recipe
from kendedes.catalogue.models import Edition
from kendedes.demo.actions import choosing, editions, gallery, goods, network, orders, stories, visitors, wholesale
from kendedes.demo.actions.calendar import Calendar
from kendedes.demo.actions.network import World
from kendedes.demo.content import COVER, AssociationPlan
from kendedes.demo.studio import Studio
from kendedes.products.actions import ensure_categories
from kendedes.products.models import Photo, Product
from kendedes.web.actions import catch_up

type Say = Callable[[str], object]


@dataclass
class Built:
    """What was built and how long each step took, in seconds."""

    world: World
    edition: Edition
    starred: int
    books: list[Path]
    seconds: dict[str, float] = field(default_factory=dict)


class Clock:
    """Names the steps aloud and keeps their times."""

    def __init__(self, say: Say) -> None:
        self.say = say
        self.seconds: dict[str, float] = {}

    @contextmanager
    def step(self, key: str, line: str) -> Iterator[None]:
        self.say(line)
        begun = time.monotonic()
        yield
        self.seconds[key] = round(self.seconds.get(key, 0.0) + time.monotonic() - begun, 2)


def build(plan: AssociationPlan, studio: Studio, *, now: datetime, clock: Clock) -> Built:
    """Everything in the database of an empty home, through the deeds of the apps."""
    with clock.step("network", f"jaringan: {len(plan.units)} unit dan produsennya / network"):
        world = network.found(plan, Calendar.before(now))
        network.gather(plan, world)
        goods.makers_papers(world, plan.producers)
    with clock.step("products", f"produk: {len(plan.products)} / products"):
        categories = ensure_categories()
        made: dict[str, Product] = {}
        for part in batched(plan.products, 200):
            made |= goods.make(world, part, categories)
    with clock.step("pictures", "gambar digambar dan dipasang / pictures"):
        for part in batched(plan.products, 200):
            made |= goods.show(world, [(row, made[row.code]) for row in part], studio)
    with clock.step("ovop", "penilaian OVOP / rounds"):
        starred = _rounds(world, made)
    with clock.step("gallery", "galeri: setengah tahun titipan, penjualan, pameran, bagi hasil / gallery"):
        gallery.run(world, made)
    with clock.step("editions", f"edisi {len(plan.units)} unit dan kabupaten / editions"):
        for row in plan.units:
            own = [made[p.code] for p in plan.products if p.goal == "published" and p.code.startswith(row.code)]
            editions.unit_edition(world, row, own)
        edition = editions.regency_edition(world, _cover(made, plan, studio))
    with clock.step("books", "buku kabupaten dicetak: untuk percetakan dan untuk layar / books"):
        books = [
            print_book(
                edition=edition, asked=recipe(paper="A4", layout=4, target=target), at=world.calendar.published, by=None
            ).path
            for target in ("press", "screen")
        ]
    with clock.step("stories", "cerita dan halaman / stories"):
        stories.tell(world, made)
    with clock.step("wholesale", "pembeli grosir: permintaan, penawaran, pesanan / wholesale"):
        wholesale.sell(world, now)
    with clock.step("orders", "toko dibuka, pesanan pertama / orders"):
        orders.take(world.association, world.user("pengelola"), now=now)
    with clock.step("visitors", "pengunjung, padanan kata, rekening / visitors"):
        visitors.come(world, now=now)
    with clock.step("web", "situs / site"):
        catch_up(at=now)
    return Built(world, edition, starred, books, clock.seconds)


def _rounds(world: World, made: dict[str, Product]) -> int:
    rubric = choosing.rubric(world)
    regency, units = choosing.candidates_of(world, made)
    starred = choosing.judge(world, rubric, f"Putaran kabupaten {world.calendar.judged.year}", regency)
    for code, products in units.items():
        unit = world.units[code]
        starred += choosing.judge(world, rubric, f"Putaran {unit.district.name}", products, unit)
    return starred


def _cover(made: dict[str, Product], plan: AssociationPlan, studio: Studio) -> Photo:
    """The drawn view of the regency."""
    code = next(p.code for p in plan.products if COVER in p.pictures)
    return Photo.objects.get(product=made[code], sha256=studio.wait(COVER).sha256)
