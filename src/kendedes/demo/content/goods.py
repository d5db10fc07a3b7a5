"""The shape of a line of goods; the lines themselves are in ``foods`` and ``crafts``. Pure data."""

from __future__ import annotations

from dataclasses import dataclass

type Text = tuple[str, str]
type Net = tuple[int, str, int]


def both(text: str) -> tuple[Text, ...]:
    """``"id = en; id = en"`` as pairs; sentences end with a full stop and may hold semicolons themselves."""
    parts = text.split(".;") if "." in text else text.split(";")
    pairs = [part.split(" = ") for part in parts]
    ending = "." if "." in text else ""
    return tuple((a.strip(), b.strip().removesuffix(".") + ending) for a, b in pairs)


@dataclass(frozen=True, slots=True)
class Good:
    """One line of goods with its kinds.

    ``kinds``: (Indonesian, English) names. ``nets``: (amount, unit, usual retail price in rupiah). ``method``: how it
    is made, one sentence each language, ``{place}`` is the village. ``looks``: forms of picture. ``motifs`` go with
    ``kinds`` one by one where given. ``shelf``: days or None. ``made``: pieces a month, from and to.
    """

    key: str
    category: str
    unit: str
    kinds: tuple[Text, ...]
    nets: tuple[Net, ...]
    method: tuple[Text, ...]
    materials: str
    looks: tuple[str, ...]
    fill: str = ""
    colours: tuple[str, ...] = ("",)
    motifs: tuple[str, ...] = ()
    shelf: tuple[int, int] | None = None
    made: tuple[int, int] = (100, 900)
    local: int = 85
    pirt: str = ""  # two digits: kind of food in a P-IRT number; empty: no P-IRT
    spread: bool = False  # the price is a range: it depends on size or pattern
