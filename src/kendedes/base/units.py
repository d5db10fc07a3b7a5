"""Packs and measures: the words people use for one piece of a product."""

from __future__ import annotations

from functools import lru_cache

_SAME = {
    "buah": "bh bh. bj biji pc pcs pcs. piece pieces unit ea each",
    "bungkus": "bks bks. bgks bungkusan",
    "botol": "btl btl. bottle",
    "lembar": "lbr lbr. helai sheet",
    "pak": "pack pck pk packs pak.",
    "kotak": "box ktk kardus kecil",
    "dus": "dos doos karton kardus karton.",
    "sachet": "saset sachets sct",
    "kg": "kilo kilogram kgs kg.",
    "gram": "gr g gr. grm",
    "liter": "ltr lt l",
    "pasang": "psg psg. pair",
    "kodi": "kd",
    "lusin": "lsn dosin dozen",
    "set": "sets stel",
    "toples": "tpls jar",
    "ikat": "ikt",
    "porsi": "prs",
    "kaleng": "klg can",
    "cup": "gelas cups",
    "meter": "mtr m",
}
_CANONICAL = {word: name for name, words in _SAME.items() for word in [name, *words.split()]}


@lru_cache(maxsize=2048)
def unit(words: str) -> str:
    """The usual word for a pack (``bks`` gives ``bungkus``); words we do not know stay as written, lower case."""
    lower = " ".join(words.casefold().split()).strip(" ./")
    return _CANONICAL.get(lower, lower)


def known(words: str) -> bool:
    """Whether ``words`` is one of the units above."""
    return words.casefold().strip(" ./") in _CANONICAL
