"""What the demonstration is described in: frozen rows. Pure."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date

from kendedes.demo.content.crafts import CRAFTS
from kendedes.demo.content.foods import FOODS
from kendedes.demo.content.goods import Text
from kendedes.demo.content.numbers import Paper
from kendedes.demo.pictures.spec import Picture

SEED = 1222  # the year Singhasari was founded
TODAY = date(2026, 11, 24)
PER_UNIT = 40
GOODS = {good.key: good for good in (*FOODS, *CRAFTS)}


@dataclass(frozen=True, slots=True)
class Form:
    """A legal form of a unit from a day on."""

    kind: str
    name: str
    since: date
    basis: str = ""


@dataclass(frozen=True, slots=True)
class UnitPlan:
    """``named``: a source says this sub-district had a UPK."""

    code: str
    district: str
    name: str
    named: bool
    phased_out: date | None
    forms: tuple[Form, ...]
    address: str
    whatsapp: str
    operator: str
    preface: Text


@dataclass(frozen=True, slots=True)
class ProducerPlan:
    """``consent``: own, unit, gallery or none; counts are people."""

    key: str
    unit: str
    village: str
    kind: str
    name: str
    brand: str
    about: Text
    address: str
    phone: str
    contact: str
    members_f: int
    members_m: int
    workers_f: int
    workers_m: int
    consent: str
    consent_on: date | None
    papers: tuple[Paper, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PackPlan:
    """Prices in whole rupiah; ``high`` makes a range; ``wholesale`` (price, from so many pieces) or None."""

    name: str
    unit: str
    net: tuple[int, str]
    low: int
    high: int | None
    wholesale: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class ProductPlan:
    """``goal``: the state it shall reach (published, submitted, returned, draft)."""

    code: str
    producer: str
    line: str
    category: str
    name: Text
    story: Text
    materials: str
    local_percent: int | None
    local_scope: str
    capacity: int | None
    capacity_unit: str
    shelf_days: int | None
    minimum: int | None
    lead_days: int | None
    packs: tuple[PackPlan, ...]
    papers: tuple[Paper, ...]
    pictures: tuple[Picture, ...]
    alt: Text
    goal: str


def rng_of(*parts: object) -> random.Random:
    """Chance with a fixed seed for one thing."""
    return random.Random("/".join(map(str, (SEED, *parts))))  # noqa: S311 - made-up content, not a secret
