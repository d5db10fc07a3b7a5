"""Telephone numbers as people write them, and the one form we keep (E.164: +62…)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kendedes.base.told import Told, says_nothing, text

# National numbers we know by shape (mobile; landlines of Malang): no need to ask the library.
_SURE = re.compile(r"(?:8[1-35-9]\d{8,10}|341[3-9]\d{5})\Z", re.ASCII)
_SEPARATORS = re.compile(r"\s*(?:[,;|\n]|\s/\s|/|\bdan\b|&|\batau\b|\boradan\b)\s*")
_BRACKET = re.compile(r"\(([^()]*)\)")
_LABEL = re.compile(
    r"^(?:wa|hp|telp?|tlp|no|phone|whatsapp|kantor|rumah)?\.?\s*(?:no\.?)?\s*[:.]?\s*(?=[+(\d])", re.IGNORECASE
)
LONGEST = 300  # letters; longer cells are prose
_SHAPE = re.compile(r"\+?\d[\d .\-]{5,22}\d\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Phone:
    """``number`` in E.164. ``name``: who answers, when the cell says so in brackets."""

    number: str
    name: str = ""

    @property
    def national(self) -> str:
        """``081234560001``, as people dial it here; foreign numbers stay international."""
        return "0" + self.number[3:] if self.number.startswith("+62") else self.number


def phones(cell: object) -> Told[tuple[Phone, ...]]:
    """Every number a cell certainly holds, in its order, each once.

    ``kept``: parts that are no valid number. ``why``: not_a_phone when some part is kept.
    """
    return _written(text(cell))


@lru_cache(maxsize=8192)
def _written(words: str) -> Told[tuple[Phone, ...]]:
    if says_nothing(words):
        return Told()
    if len(words) > LONGEST:
        return Told(kept=words, why="not_a_phone")
    found: dict[str, Phone] = {}
    left: list[str] = []
    for part in _SEPARATORS.split(words):
        names = [name.strip() for name in _BRACKET.findall(part) if not name.strip(" +-").isdigit()]
        bare = _LABEL.sub("", _BRACKET.sub(_digits_stay, part).strip(" .:")).strip()
        number = e164(bare)
        if number:
            found.setdefault(number, Phone(number, ", ".join(names)))
        elif part.strip():
            left.append(part.strip())
    kept = ", ".join(left)
    return Told(tuple(found.values()) or None, kept, "not_a_phone" if kept else "")


def _digits_stay(match: re.Match[str]) -> str:
    """``(0341) 824001``: an area code in brackets is part of the number, a name is not."""
    return match[1] if match[1].strip(" +-").isdigit() else ""


def e164(words: str) -> str | None:
    """``words`` as +62… when it is a valid number (Indonesian unless it starts with another +code)."""
    if not _SHAPE.match(words):
        return None
    digits = re.sub(r"[ .\-]", "", words)
    national = re.sub(r"^(?:\+62|62|0)0?", "", digits)
    if digits[0] in "0+68" and (digits[0] != "+" or digits.startswith("+62")) and _SURE.match(national):
        return "+62" + national
    return _ask_library(digits)


@lru_cache(maxsize=8192)
def _ask_library(digits: str) -> str | None:
    import phonenumbers  # noqa: PLC0415 - its tables cost 90 ms; most numbers never need them

    tries = [digits]
    if digits.startswith("62"):
        tries.insert(0, "+" + digits)
    elif digits[0] in "83":
        tries.append("0" + digits)  # a spreadsheet took the leading zero away
    for attempt in tries:
        try:
            parsed = phonenumbers.parse(attempt, "ID")
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(parsed):
            return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))
    return None
