"""The goods, by chance with a fixed seed. Pure."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kendedes.demo.content import numbers, stories
from kendedes.demo.content.foods import FILLS
from kendedes.demo.content.goods import Good, Net, Text
from kendedes.demo.content.numbers import Paper
from kendedes.demo.content.plans import (
    GOODS,
    PER_UNIT,
    TODAY,
    PackPlan,
    ProducerPlan,
    ProductPlan,
    UnitPlan,
    rng_of,
)
from kendedes.demo.content.units import District
from kendedes.demo.pictures.spec import Picture
from kendedes.network.places import Village, load


@dataclass(frozen=True)
class _Making:
    """One product in the making."""

    district: District
    maker: ProducerPlan
    village: Village
    good: Good
    kind: int
    number: int
    goal: str
    rng: random.Random

    @property
    def plain(self) -> Text:
        """The name of the kind, before anything makes it unique."""
        return self.good.kinds[self.kind]


def products_of(
    unit: UnitPlan, district: District, makers: list[ProducerPlan], seen: set[str]
) -> Iterator[ProductPlan]:
    """Forty products for the edition and one more on its way; names and stories occur once in the association."""
    queue = [(maker, turn) for turn in range(9) for maker in makers]
    last = ("submitted", "returned", "draft")[sum(ord(c) for c in unit.code) % 3]
    for number in range(1, PER_UNIT + 2):
        maker, turn = queue[number - 1]
        good = GOODS[maker.lines[turn % len(maker.lines)]]
        kind = (turn // len(maker.lines) + sum(ord(c) for c in maker.key)) % len(good.kinds)
        goal = "published" if number <= PER_UNIT else last
        village = load().village(maker.village)
        rng = rng_of("product", unit.code, number)
        yield _product(_Making(district, maker, village, good, kind, number, goal, rng), seen)


def _product(making: _Making, seen: set[str]) -> ProductPlan:
    rng, good, maker = making.rng, making.good, making.maker
    code = f"{maker.unit}-{making.number:04d}"
    name = _unique_name(making, seen)
    story = _story(making, seen)
    nets = good.nets if len(good.nets) == 1 else good.nets[: rng.choice((1, 2, 2, len(good.nets)))]
    factor = rng.uniform(0.88, 1.18)
    shelf = rng.randint(*good.shelf) if good.shelf else None
    capacity = rng.randint(*good.made)
    return ProductPlan(
        code=code,
        producer=maker.key,
        line=good.key,
        category=good.category,
        name=name,
        story=story,
        materials=good.materials,
        local_percent=min(100, max(30, good.local + rng.randrange(-15, 16, 5))) if rng.random() < 0.93 else None,
        local_scope=rng.choice(("village", "district", "district", "regency")),
        capacity=capacity - capacity % (10 if capacity > 60 else 1) if rng.random() < 0.95 else None,
        capacity_unit=good.unit,
        shelf_days=shelf - shelf % 5 if shelf and shelf > 30 else shelf,
        minimum=rng.choice((1, 5, 10, 12, 20, 24)) if rng.random() < 0.8 else None,
        lead_days=rng.choice((2, 3, 5, 7, 10, 14, 21)) if rng.random() < 0.85 else None,
        packs=tuple(_pack(good, net, factor, rng) for net in nets),
        papers=_papers(making),
        pictures=(_picture(making, code, nets[0]),) if making.goal != "draft" else (),
        alt=(f"{name[0]} dari {maker.brand}", f"{name[1]} by {maker.brand}"),
        goal=making.goal,
    )


def _unique_name(making: _Making, seen: set[str]) -> Text:
    (name_id, name_en), maker, place = making.plain, making.maker, making.village.name
    person = maker.contact.split()[0]
    choices = [
        (name_id, name_en),
        (f"{name_id} {place}", f"{name_en} from {place}"),
        (f"{name_id} {maker.brand}", f"{name_en} “{maker.brand}”"),
        (f"{name_id} {place} {maker.brand.split()[-1]}", f"{name_en} “{maker.brand.split()[-1]}” from {place}"),
        (f"{name_id} {person} {maker.unit}", f"{name_en} “{person} {maker.unit}”"),
    ]
    for choice in choices[making.rng.randrange(2) :]:
        if choice[0] not in seen and len(choice[0]) <= 60:
            seen.add(choice[0])
            return choice
    raise ValueError(f"no free name for {name_id}")


def _story(making: _Making, seen: set[str]) -> Text:
    rng, good, maker = making.rng, making.good, making.maker
    origins = stories.CRAFT_ORIGIN
    if good.category in stories.SERVES:
        origins = stories.HOME_ORIGIN if good.category in {"tanaman", "perawatan", "hiasan"} else stories.ORIGIN
    serve = stories.SERVE[stories.SERVES.get(good.category, "gift")]
    workers = maker.members_f + maker.members_m or maker.workers_f + maker.workers_m
    while True:
        market = rng.choice(stories.MARKETS)
        facts = {
            "place": making.village.name, "district": load().district(making.village.district).name,
            "land": making.district.land[0], "land_en": making.district.land[1], "leader": maker.contact,
            "people": max(3, workers), "year": rng.randint(2003, 2023), "market": market[0], "market_en": market[1],
        }  # fmt: skip
        parts = [rng.choice(origins), rng.choice(good.method)]
        shape = rng.randrange(4)
        if shape in {0, 2}:
            parts.append(rng.choice(stories.PEOPLE))
        if shape in {1, 2}:
            parts.append(rng.choice(serve))
        if shape == 3:
            parts.reverse()
        told = _told(parts, 0, facts, making.plain[0]), _told(parts, 1, facts, making.plain[1])
        if told[0] not in seen and told[1] not in seen:
            seen.update(told)
            return told


def _told(parts: list[Text], language: int, facts: dict[str, object], name: str) -> str:
    low = " ".join(word if word in PROPER else word.lower() for word in name.split())
    sentences = [part[language].format(**facts, name=low, Name=low[0].upper() + low[1:]) for part in parts]
    return " ".join(s[0].upper() + s[1:] for s in sentences)


PROPER = frozenset((
    "Manalagi", "Anna", "Agung", "Panji", "Asmarabangun", "Klana", "Sewandana", "Sekartaji", "Dewi", "Gunungsari", "Ragil",
    "Kuning", "Bapang", "Patrajaya", "Sabrang", "Malang", "Malangan", "Granola", "Garudeya", "Gouda", "Berastagi",
))  # fmt: skip


def _pack(good: Good, net: Net, factor: float, rng: random.Random) -> PackPlan:
    amount, measure, usual = net
    low = max(1000, round(usual * factor / 500) * 500)
    high = round(low * rng.uniform(1.3, 2.4) / 5000) * 5000 if good.spread and rng.random() < 0.55 else None
    wholesale = None
    if rng.random() < 0.78:
        wholesale = (max(500, round(low * rng.uniform(0.8, 0.9) / 500) * 500), rng.choice((10, 12, 20, 24, 50)))
    shown = f"{amount} {measure}"
    if measure == "pcs":
        shown = f"isi {amount}" if amount > 1 else ""
    elif measure == "g" and amount >= 1000:
        shown = f"{amount // 1000} kg"
    name = f"{good.unit.capitalize()} {shown}".strip()
    return PackPlan(name, good.unit, (amount, measure), low, high if high and high > low else None, wholesale)


def _papers(making: _Making) -> tuple[Paper, ...]:
    """Most food has a P-IRT, half is halal certified; some lapsed, a few are mistyped, many were never checked."""
    rng, good, maker = making.rng, making.good, making.maker
    if not good.pirt:
        return ()
    papers = []
    if rng.random() < 0.72:
        year = rng.choices((2025, 2026, 2027, 2028, 2029, 2030, 2031), (5, 6, 16, 20, 22, 18, 13))[0]
        serial = int(maker.phone[-4:])
        pack = rng.choice((1, 2, 2, 3))
        text = numbers.pirt(pack=pack, food=good.pirt, line=making.number % 100, maker=serial, year=year)
        ends = date(year, rng.randint(1, 12), rng.randint(1, 28))
        papers.append(_paper("pirt", text, making, date(2025, 6, 1), ends))
    if rng.random() < 0.5:
        day = numbers.some_day(rng, date(2022, 3, 1), date(2026, 8, 1))
        papers.append(_paper("halal", numbers.halal(rng, day), making, max(day, date(2025, 1, 1)), None))
    return tuple(papers)


def _paper(kind: str, text: str, making: _Making, since: date, ends: date | None) -> Paper:
    rng, maker = making.rng, making.maker
    if rng.random() < 0.05:
        return Paper(kind, numbers.spoiled(text, rng), maker.name, ends, None)
    lapsed = ends is not None and ends <= TODAY
    checked = numbers.some_day(rng, since, TODAY) if rng.random() < 0.4 and not lapsed else None
    return Paper(kind, text, maker.name, ends, checked)


HANDMADE = frozenset((
    "pot", "basket", "woodware", "mortar", "mask", "sandals", "mats", "bamboo", "folded", "flatlay", "hanging", "bag",
))  # fmt: skip
COLOURED = HANDMADE | {"jar", "bottle", "cup", "cheese", "cupful", "incense"}


def _picture(making: _Making, code: str, net: Net) -> Picture:
    rng, good, kind = making.rng, making.good, making.kind
    form = good.looks[kind % len(good.looks)] if good.key == "hiasan" else rng.choice(good.looks)
    colour = good.colours[kind % len(good.colours)] if form in COLOURED else ""
    if good.category in {"kain-batik", "busana"}:
        colour = rng.choice(good.colours)
    motif = good.motifs[kind % len(good.motifs)] if good.motifs else ""
    note = f"Isi {net[0]} {'buah' if net[1] == 'pcs' else net[1]}"
    if form in HANDMADE or net[0] == 1:
        note = "Buatan tangan" if form in HANDMADE else "Buatan Malang"
    fill = FILLS.get(making.plain[0], good.fill)
    return Picture(form, code, making.plain[0], making.maker.brand, note, fill=fill, colour=colour, motif=motif)
