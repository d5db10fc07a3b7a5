"""What a statement says and how it is sealed. No Django, no clock."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Any


@dataclass(slots=True)
class LotLine:
    """One lot in one period: pieces and rupiah. ``late``: pieces sold in an earlier, closed period (*susulan*)."""

    code: str
    name: str
    price: int
    opening: int = 0
    received: int = 0
    sold: int = 0
    returned: int = 0
    expired: int = 0
    damaged: int = 0
    lost: int = 0
    taken_back: int = 0
    found: int = 0
    sample: int = 0
    left: int = 0
    gross: int = 0
    gallery: int = 0
    unit: int = 0
    other: int = 0
    net: int = 0
    compensation: int = 0
    late: int = 0


@dataclass(frozen=True, slots=True)
class DuesLine:
    """Flat dues for one month. ``terms``: the version that asks; ``product``: the only goods it is about, if so."""

    month: str  # ISO day: the last of the month
    terms: int
    product: str
    amount: int


@dataclass(slots=True)
class Content:
    """Everything on the paper. Rupiah and pieces are integers; dates ISO."""

    number: str
    association: str
    gallery: str
    producer: str
    village: str
    unit: str
    starts_on: str
    ends_on: str
    carried: int
    earned: int
    due: int
    held: int  # net of lines not free to be paid yet
    last_due: int  # what the statement before said was due
    last_paid: int  # and what was paid of it
    named: dict[str, int] = field(default_factory=dict)
    lots: list[LotLine] = field(default_factory=list)
    dues: list[DuesLine] = field(default_factory=list)
    chain: str = ""  # "number seal" of the ledger when it was drawn up

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def month_ends(first: date, last: date) -> list[date]:
    """The last days of months that lie in these days. Papers follow each other without a gap: each month is on one."""
    found = []
    day = first
    while (end := (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)) <= last:
        found.append(end)
        day = end + timedelta(days=1)
    return found


def sealed(content: Mapping[str, Any]) -> str:
    """SHA-256 of a statement's content: JSON, names sorted, no spaces."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def seal_of_all(digests: Iterable[str]) -> str:
    """What the approver approves: one SHA-256 over the statements' digests in their order."""
    return hashlib.sha256("\n".join(digests).encode()).hexdigest()


def adds_up(content: Mapping[str, Any]) -> list[str]:
    """What on the paper does not add up, in words a program may show; empty when all does."""
    wrong = []
    lots = content["lots"]
    net = sum(lot["net"] for lot in lots)
    if net != content["earned"]:
        wrong.append(f"lots {net} ≠ earned {content['earned']}")
    dues = sum(line["amount"] for line in content.get("dues", ()))  # papers of earlier versions know none
    if content["carried"] + content["earned"] - dues != content["due"]:
        wrong.append(f"carried {content['carried']} + earned {content['earned']} − dues {dues} ≠ due {content['due']}")
    if content["last_due"] - content["last_paid"] != content["carried"]:
        wrong.append(f"last due {content['last_due']} − paid {content['last_paid']} ≠ carried {content['carried']}")
    if sum(content["named"].values()) != sum(lot["other"] for lot in lots):
        wrong.append("named deductions")
    for lot in lots:
        if lot["gross"] + lot["compensation"] != lot["gallery"] + lot["unit"] + lot["other"] + lot["net"]:
            wrong.append(f"{lot['code']}: parts")
        came = lot["opening"] + lot["received"] + lot["returned"] + lot["found"]
        gone = lot["sold"] + lot["expired"] + lot["damaged"] + lot["lost"] + lot["taken_back"] + lot["sample"]
        if came - gone != lot["left"]:
            wrong.append(f"{lot['code']}: {came} − {gone} ≠ {lot['left']}")
    return wrong
