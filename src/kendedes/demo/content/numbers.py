"""Numbers of permits and telephones: right in form where they should be, and of nobody. Pure.

Telephone numbers are ``62812 0000 ....``, a block used here for fiction only. NIB and halal numbers carry a run of
zeros where real ones do not; P-IRT numbers carry serials of makers from 9000 on.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Paper:
    """A permit: ``product`` None means it is the producer's. ``verified``: the day somebody looked it up, or None."""

    kind: str
    number: str
    holder: str
    valid_until: date | None = None
    verified: date | None = None


def phone(serial: int) -> str:
    """The fictional WhatsApp number ``serial`` (0-9999), digits only."""
    return f"628120000{serial:04d}"


def nib(rng: random.Random) -> str:
    """Thirteen digits, the first three zero."""
    return f"000{rng.randrange(10**10):010d}"


def pirt(*, pack: int, food: str, line: int, maker: int, year: int) -> str:
    """``P-IRT 2153507010012-28``: pack, kind of food, regency 3507, line of the maker, maker, year of expiry."""
    return f"{pack}{food}3507{line:02d}{9000 + maker % 1000:04d}-{year % 100:02d}"


def halal(rng: random.Random, day: date) -> str:
    """``ID35`` and fifteen digits, the last four month and year."""
    return f"ID350000{rng.randrange(10**7):07d}{day.month:02d}{day.year % 100:02d}"


def brand(rng: random.Random) -> str:
    """The number of a registered mark: IDM and nine digits."""
    return f"IDM000{rng.randrange(10**6):06d}"


def spoiled(number: str, rng: random.Random) -> str:
    """A number as people mistype it: a digit short, or a letter O for a zero."""
    return number[:-1] if rng.random() < 0.5 else number.replace("0", "O", 1)


def some_day(rng: random.Random, start: date, end: date) -> date:
    """A day from ``start`` up to ``end``."""
    return start + timedelta(days=rng.randrange((end - start).days))
