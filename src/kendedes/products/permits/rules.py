"""What the number of a permit tells by its form. Pure; sources and open points: docs/algorithms/permits.md.

A form is *right*, *wrong* or *cannot be told*; none of the three says that the permit exists. Wrong forms warn,
they do not block: other forms have been seen in the field.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from urllib.parse import urlsplit


class Shape(StrEnum):
    RIGHT = "right"
    WRONG = "wrong"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Verdict:
    """``number``: as it is usually written. ``hints``: codes of ``texts.HINTS``. ``valid_until``: the last day the
    number itself allows. ``facts``: what digits mean, codes of ``texts.FACTS`` to values.
    """

    shape: Shape
    number: str
    hints: tuple[str, ...] = ()
    valid_until: date | None = None
    facts: dict[str, str] = field(default_factory=dict)


# The official pages where a number is looked up; a verification names one of these or another page of the government.
LOOK_UP = {
    "pirt": "https://sppirt.pom.go.id/",
    "halal": "https://bpjph.halal.go.id/",
    "bpom": "https://cekbpom.pom.go.id/",
    "nib": "https://oss.go.id/",
    "merek": "https://pdki-indonesia.dgip.go.id/",
    "sni": "https://bangbeni.bsn.go.id/",
}
PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "16",
        "17",
        "18",
        "19",
        "21",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "51",
        "52",
        "53",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "72",
        "73",
        "74",
        "75",
        "76",
        "81",
        "82",
        "91",
        "92",
        "93",
        "94",
        "95",
        "96",
    ]
)
PACKS = {
    "1": "glass",
    "2": "plastic",
    "3": "paper",
    "4": "tin",
    "5": "foil",
    "6": "other",
    "7": "composite",
    "8": "multiple",
}
FOODS = {
    "01": "dried meat", "02": "dried fish", "03": "dried poultry", "04": "vegetables", "05": "coconut", "06": "flour",
    "07": "oil", "08": "jam", "09": "sugar", "10": "coffee", "11": "seasoning", "12": "spice", "13": "drink",
    "14": "fruit", "15": "grain",
}  # fmt: skip
PIRT_YEARS = 5


def check(kind: str, number: str, on: date) -> Verdict:
    """Judge ``number`` of a permit of ``kind`` (``Permit.Kind`` values) as of the day ``on``."""
    text = " ".join(number.split())
    if not text:
        return Verdict(Shape.WRONG, "", ("empty",))
    return CHECKS.get(kind, _other)(text, on)


def _digits(text: str) -> str:
    return re.sub(r"[\s.\-/]", "", text)


def _pirt(text: str, on: date) -> Verdict:
    """``P-IRT No. 1234567890123-45``: pack 1, food type 2, province and regency 4, product 2, maker 4, year 2."""
    body = _digits(re.sub(r"^\s*(sp[\s-]*)?p\s*[.-]?\s*irt\s*", "", text, flags=re.IGNORECASE))
    body = re.sub(r"^(no\.?|nomor|:)+", "", body, flags=re.IGNORECASE).lstrip(":")
    if not body.isdecimal() or not body.isascii():
        return Verdict(Shape.WRONG, text, ("pirt_letters",))
    if len(body) < 15:
        return Verdict(Shape.WRONG, text, ("pirt_short",), facts={"digits": str(len(body))})
    if len(body) > 15:
        return Verdict(Shape.UNSURE, text, ("pirt_long",), facts={"digits": str(len(body))})
    written = f"{body[:13]}-{body[13:]}"
    year = 2000 + int(body[13:])
    facts = {"pack": PACKS.get(body[0], ""), "food": FOODS.get(body[1:3], ""), "region": f"{body[3:5]}.{body[5:7]}"}
    hints = [
        code
        for code, strange in [
            ("pirt_pack", body[0] not in PACKS),
            ("pirt_food", body[1:3] not in FOODS),
            ("pirt_region", body[3:5] not in PROVINCES),
            ("pirt_year", year > on.year + PIRT_YEARS or year < 2008),
        ]
        if strange
    ]
    until = None if "pirt_year" in hints else date(year, 12, 31)
    return Verdict(Shape.UNSURE if hints else Shape.RIGHT, written, tuple(hints), until, facts)


def _halal(text: str, on: date) -> Verdict:
    """``ID`` and 17 digits in every number seen; the first two the province, the last four look like month and year."""
    body = _digits(text).upper()
    if re.search(r"KH", body):
        return Verdict(Shape.WRONG, text, ("halal_kh",))
    match = re.fullmatch(r"(ID)?(\d+)", body, flags=re.ASCII)
    if match is None:
        return Verdict(Shape.WRONG, text, ("halal_letters",))
    prefix, digits = match.groups()
    if len(digits) != 17:
        return Verdict(
            Shape.WRONG if prefix else Shape.UNSURE, text, ("halal_length",), facts={"digits": str(len(digits))}
        )
    hints = []
    if not prefix:
        hints.append("halal_prefix")
    if digits[:2] not in PROVINCES:
        hints.append("halal_region")
    if not 1 <= int(digits[-4:-2]) <= 12 or int(digits[-2:]) > on.year % 100:
        hints.append("halal_month")
    return Verdict(Shape.UNSURE if hints else Shape.RIGHT, f"ID{digits}", tuple(hints))


def _nib(text: str, on: date) -> Verdict:
    """Thirteen digits without a check digit."""
    body = _digits(text)
    if re.fullmatch(r"\d{13}", body, flags=re.ASCII):
        if len(set(body)) == 1:
            return Verdict(Shape.UNSURE, body, ("nib_same",))
        return Verdict(Shape.RIGHT, body)
    hint = "digits_only" if not body.isdecimal() else "nib_length"
    return Verdict(Shape.WRONG, text, (hint,), facts={"digits": str(len(body))})


_BPOM = {
    **dict.fromkeys(("MD", "ML"), (12, 15)),
    **dict.fromkeys(("NA", "NB", "NC", "ND", "NE"), (11,)),
    **dict.fromkeys(("TR", "TI", "HT", "FF", "SD", "SI", "SL"), (9,)),
}


def _bpom(text: str, on: date) -> Verdict:
    """Food ``MD``/``ML`` and 12 or 15 digits; cosmetics ``NA``-``NE`` and 11; traditional medicine ``TR`` … and 9."""
    body = re.sub(r"^BPOM(RI)?", "", _digits(text).upper())
    body = re.sub(r"^(NO|NOMOR|:)+", "", body).lstrip(":")
    match = re.fullmatch(r"([A-Z]{2})(\d+)", body, flags=re.ASCII)
    if match is None:
        return Verdict(Shape.WRONG, text, ("bpom_letters",))
    prefix, digits = match.groups()
    written = f"{prefix} {digits}"
    lengths = _BPOM.get(prefix)
    if lengths is None:
        return Verdict(Shape.UNSURE, written, ("bpom_prefix",))
    if len(digits) not in lengths:
        return Verdict(Shape.WRONG, written, ("bpom_length",), facts={"digits": str(len(digits))})
    if prefix in {"MD", "ML"} and len(digits) == 15:
        return Verdict(Shape.RIGHT, written, ("bpom_new",))
    return Verdict(Shape.RIGHT, written)


def _brand(text: str, on: date) -> Verdict:
    """``IDM`` and nine digits; anything else may be an application that is not decided yet."""
    body = _digits(text).upper()
    if re.fullmatch(r"IDM\d{9}", body, flags=re.ASCII):
        return Verdict(Shape.RIGHT, body)
    return Verdict(Shape.UNSURE, text, ("brand_application",))


def _sni(text: str, on: date) -> Verdict:
    """``SNI 2973:2018`` or the older ``SNI 01-2973-1992``: the standard's number and year."""
    body = text.upper().removeprefix("SNI").strip(" .:")
    if re.fullmatch(r"(\d{2}-)?\d{4,5}(\.\d+)?[:-](19|20)\d{2}", body, flags=re.ASCII):
        return Verdict(Shape.RIGHT, f"SNI {body}")
    return Verdict(Shape.UNSURE, text, ("sni_form",))


def _other(text: str, on: date) -> Verdict:
    return Verdict(Shape.UNSURE, text)


CHECKS: dict[str, Callable[[str, date], Verdict]] = {
    "pirt": _pirt, "halal": _halal, "nib": _nib, "bpom": _bpom, "merek": _brand, "sni": _sni,
}  # fmt: skip


def is_person_number(text: str) -> bool:
    """Whether ``text`` looks like a NIK (16 digits: area 6, birth 6, serial 4) or a written-out NPWP: never kept here."""
    if re.search(r"\b\d{2}\.\d{3}\.\d{3}\.\d-\d{3}\.\d{3}\b", text):
        return True
    body = _digits(text)
    if not re.fullmatch(r"\d{16}", body, flags=re.ASCII) or body[:2] not in PROVINCES:
        return False
    day, month = int(body[6:8]), int(body[8:10])
    return 1 <= (day - 40 if day > 40 else day) <= 31 and 1 <= month <= 12


def is_official(url: str) -> bool:
    """Whether ``url`` is a page of the government by https: where a permit may be looked up."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return False
    return parts.scheme == "https" and (host == "go.id" or host.endswith(".go.id")) and "@" not in parts.netloc


def months_later(day: date, months: int) -> date:
    """The same day ``months`` later, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has a 28th")
