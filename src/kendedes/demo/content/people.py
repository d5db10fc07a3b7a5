"""The units and who makes things in them, by chance with a fixed seed. Pure."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date

from kendedes.demo.content import names, numbers
from kendedes.demo.content.goods import Good, Text
from kendedes.demo.content.numbers import Paper
from kendedes.demo.content.plans import (
    GOODS,
    TODAY,
    Form,
    ProducerPlan,
    UnitPlan,
    rng_of,
)
from kendedes.demo.content.units import COMMON, DISTRICTS, NAMED_IN_SOURCES, PHASED_OUT, District
from kendedes.network.places import Village, load

# --- units ----------------------------------------------------------------------------------------


def units() -> Iterator[UnitPlan]:
    """The 29 units in the order of their codes."""
    places = load()
    for number, district in enumerate(DISTRICTS):
        name = places.district(district.code).name
        rng = rng_of("unit", district.short)
        forms = [Form("upk", f"UPK {name}", date(1998 + number % 3, 7, 1), "SK Bupati (contoh)")]
        if number % 2:
            day = numbers.some_day(rng, date(2021, 9, 1), date(2023, 2, 1))
            forms.append(Form("bumdesma_lkd", f"BUM Desa Bersama {name} LKD", day, "Permendes PDTT 15/2021 (contoh)"))
        yield UnitPlan(
            code=district.short,
            district=district.code,
            name=forms[-1].name,
            named=name in NAMED_IN_SOURCES,
            phased_out=PHASED_OUT if name in {"Singosari", "Pakis", "Kepanjen"} else None,
            forms=tuple(forms),
            address=f"Jl. Raya {name} No. {rng.randint(2, 180)}",
            whatsapp=numbers.phone(100 + number),
            operator=_person(rng, rng.random() < 0.6),
            preface=_preface(name, district, rng),
        )


def _preface(name: str, district: District, rng: random.Random) -> Text:
    pick = rng.randrange(3)
    land, land_en = district.land
    return (
        (
            f"Katalog ini memperlihatkan apa yang dibuat tangan-tangan di {name}, {land}. Setiap produk dipilih bersama kelompoknya, dicicipi atau dicoba, lalu difoto dan ditulis apa adanya.",
            f"Empat puluh produk dari {name} ada di sini, dari {land}. Kami memilih yang bahannya dekat, pembuatnya jelas, dan mutunya dapat dijaga terus.",
            f"Dari {land}, {name} mengirimkan hasil kerja satu tahun. Pesanlah kepada kelompoknya atau melalui galeri; setiap pembelian kembali ke desa.",
        )[pick],
        (
            f"This catalogue shows what hands make in {name}, {land_en}. Every product was chosen with its group, tasted or tried, then photographed and described as it is.",
            f"Forty products from {name} are here, from {land_en}. We chose those whose material is near, whose makers are known and whose quality can be kept.",
            f"From {land_en}, {name} sends the work of a year. Order from the groups or through the gallery; every purchase returns to the village.",
        )[pick],
    )


def _person(rng: random.Random, woman: bool) -> str:  # noqa: FBT001 - one private fact
    first = rng.choice(names.WOMEN if woman else names.MEN)
    second = names.SECOND_WOMEN if woman else names.SECOND_MEN
    return f"{first} {rng.choice([n for n in second if n != first])}"


# --- producers ------------------------------------------------------------------------------------


def producers_of(unit: UnitPlan, district: District, position: int, taken: set[str]) -> list[ProducerPlan]:
    """Twelve or so makers of a unit, spread over its villages."""
    rng = rng_of("producers", unit.code)
    villages = list(load().villages_of(unit.district))
    lines = _lines(district, rng)
    chosen = []
    for number, line in enumerate(lines):
        village = villages[(number * 5 + rng.randrange(2)) % len(villages)]
        chosen.append(_producer(unit, village, position * 20 + number, line, taken))
    return chosen


def _lines(district: District, rng: random.Random) -> list[tuple[str, ...]]:
    """Which one to two lines of goods each maker of a district works in."""
    count = rng.choice((11, 12, 12, 13))
    others = [key for key in COMMON if key not in district.best]
    rng.shuffle(others)
    keys = [*district.best, *district.best[:2], *others][:count]
    spare = iter(others[count:] or others)
    return [(key, next(spare)) if rng.random() < 0.2 and GOODS[key].pirt else (key,) for key in keys]


def _producer(unit: UnitPlan, village: Village, number: int, lines: tuple[str, ...], taken: set[str]) -> ProducerPlan:
    rng = rng_of("producer", unit.code, number)
    good = GOODS[lines[0]]
    outside = rng.random() < 0.22
    woman = rng.random() < 0.68
    leader = _person(rng, woman)
    name, brand = _group_name(rng, good, leader, woman=woman, outside=outside)
    while name in taken:
        leader = _person(rng, woman)
        name, brand = _group_name(rng, good, leader, woman=woman, outside=outside)
    taken.add(name)
    members = (
        (0, 0)
        if outside
        else (rng.randint(6, 22) if woman else rng.randint(1, 8), rng.randint(0, 5) if woman else rng.randint(5, 16))
    )
    workers = (rng.randint(1, 9), rng.randint(0, 6))
    consent = rng.choices(("own", "unit", "gallery", "none"), (52, 26, 16, 6))[0]
    return ProducerPlan(
        key=f"{unit.code}/{number % 20}",
        unit=unit.code,
        village=village.code,
        kind="outside" if outside else "coached",
        name=name,
        brand=brand,
        about=_about(name, village, good, sum(members), rng, outside=outside),
        address=f"Jl. {rng.choice(names.STREETS)} RT {rng.randint(1, 9):02d} RW {rng.randint(1, 6):02d}, {village.kind.capitalize()} {village.name}",
        phone=numbers.phone(200 + number),
        contact=leader,
        members_f=members[0],
        members_m=members[1],
        workers_f=workers[0],
        workers_m=workers[1],
        consent=consent,
        consent_on=numbers.some_day(rng, date(2024, 1, 5), TODAY) if consent != "none" else None,
        papers=_producer_papers(rng, name),
        lines=lines,
    )


def _group_name(rng: random.Random, good: Good, leader: str, *, woman: bool, outside: bool) -> tuple[str, str]:
    craft = not good.pirt and good.category not in {"minuman", "hasil-tani", "olahan-ikan-daging"}
    pair = f"{rng.choice(names.GROUP_FIRST)} {rng.choice(names.GROUP_SECOND)}"
    title = ("Bu " if woman else "Pak ") + leader.split(maxsplit=1)[0]
    head = rng.choice(names.CRAFT_HEADS if craft else names.BRAND_HEADS)
    if outside:
        brand = rng.choice((f"{head} {leader.split(maxsplit=1)[0]}", f"{head} {rng.choice(names.GROUP_SECOND)}", pair))
        return f"{rng.choice(names.OUTSIDE)} {brand}", brand
    kind = rng.randrange(4)
    if kind == 0:
        return f"Kelompok {pair}", pair
    if kind == 1:
        flower = f"{rng.choice(names.FLOWERS)} {rng.choice(names.GROUP_SECOND)}"
        return f"Kelompok {flower}", flower
    if kind == 2:
        return f"KUB {pair}", f"{head} {pair.split(maxsplit=1)[0]}"
    return f"Kelompok Usaha {title}", f"{head} {title}"


def _about(name: str, village: Village, good: Good, members: int, rng: random.Random, *, outside: bool) -> Text:
    year = rng.randint(2001, 2022)
    goods_id, goods_en = good.kinds[0]
    if outside:
        return (
            f"{name} adalah usaha keluarga di {village.name} sejak {year}, di luar kelompok binaan, dan menitipkan {goods_id.lower()} di galeri.",
            f"{name} is a family enterprise in {village.name} since {year}, outside the coached groups, that sells {goods_en.lower()} through the gallery.",
        )
    return (
        f"{name} berdiri pada {year} di {village.name}, beranggota {members} orang, dan bertemu setiap pekan. Yang dikerjakan antara lain {goods_id.lower()}.",
        f"{name} was founded in {year} in {village.name}; its {members} members meet every week. Among their work: {goods_en.lower()}.",
    )


def _producer_papers(rng: random.Random, name: str) -> tuple[Paper, ...]:
    papers = []
    if rng.random() < 0.72:
        number = numbers.nib(rng)
        wrong = rng.random() < 0.05
        checked = numbers.some_day(rng, date(2025, 3, 1), TODAY) if rng.random() < 0.35 and not wrong else None
        papers.append(Paper("nib", numbers.spoiled(number, rng) if wrong else number, name, None, checked))
    if rng.random() < 0.18:
        papers.append(
            Paper("merek", numbers.brand(rng), name, numbers.some_day(rng, date(2027, 1, 1), date(2035, 1, 1)))
        )
    return tuple(papers)
