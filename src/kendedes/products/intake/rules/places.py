"""Which village of this kecamatan a cell means; never a village by its name alone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kendedes.base.names import distance_at_most_one, spoken
from kendedes.network.rules import place_key

_MARK = re.compile(r"\b(?:ds|desa|kel|kelurahan)\b\.?\s*", re.IGNORECASE)
_DISTRICT = re.compile(r"\b(?:kec|kecamatan|kab|kabupaten|kota)\b\.?\s*[a-z]+", re.IGNORECASE)
_TITLE = re.compile(
    r"\b(?:kecamatan|kec|upk|unit)\b\.?\s*:?\s*(?:kecamatan\s+|kec\.?\s+)?([a-z][a-z ]{2,40})", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Village:
    """``code`` by Kemendagri, ``district`` the code of its kecamatan; ``spellings``: other ways tables wrote it."""

    code: str
    name: str
    district: str
    spellings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """``village`` is sure, or None; ``near`` names what may be meant, ``elsewhere`` kecamatan that have one of the name.

    ``by_ear``: the name was written differently but sounds the same, and only one village does.
    """

    village: Village | None
    near: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    by_ear: bool = False


@dataclass
class Places:
    """The villages of a regency, with one district looked at."""

    district: str
    districts: Mapping[str, tuple[str, ...]]  # code → name and its other spellings
    villages: Iterable[Village]
    _keys: dict[str, list[Village]] = field(default_factory=lambda: defaultdict(list))
    _sounds: dict[str, list[Village]] = field(default_factory=lambda: defaultdict(list))
    _other: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _known: dict[tuple[str, bool], Found] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for village in self.villages:
            for name in (village.name, *village.spellings):
                if village.district == self.district:
                    self._add(self._keys[place_key(name)], village)
                    self._add(self._sounds[spoken(place_key(name))], village)
                else:
                    self._other[place_key(name)].add(village.district)

    @staticmethod
    def _add(rows: list[Village], village: Village) -> None:
        if village not in rows:
            rows.append(village)

    @property
    def name(self) -> str:
        """The district's name."""
        return self.districts[self.district][0]

    def village(self, words: str, *, address: bool = False) -> Found:
        """The village a cell names; ``address``: the name stands somewhere among street and hamlet."""
        known = self._known.get((words, address))
        if known is None:
            known = self._in_address(words) if address else self._named(words)
            self._known[words, address] = known
        return known

    def _named(self, words: str) -> Found:
        key = place_key(words)
        if not key:
            return Found(None)
        same = self._keys.get(key, [])
        if len(same) == 1:
            return Found(same[0])
        if same:
            return Found(None, tuple(v.name for v in same))
        sounding = self._sounds.get(spoken(key), [])
        if len(sounding) == 1:
            return Found(sounding[0], by_ear=True)
        if " " in words.strip() and (inside := self._in_address(words)).village:
            return inside
        near = [v.name for k, vs in self._keys.items() for v in vs if distance_at_most_one(k, key)]
        elsewhere = tuple(sorted(self.districts[d][0] for d in self._other.get(key, ())))
        return Found(None, tuple(dict.fromkeys(near)), elsewhere)

    def _in_address(self, words: str) -> Found:
        """Words after ``Ds.`` count first, then any words; a name of two villages tells nothing."""
        bare = _DISTRICT.sub(" ", words)
        marked = [m.end() for m in _MARK.finditer(bare)]
        for tail in [bare[at:] for at in marked] or []:
            found = self._longest(_WORD.findall(tail)[:3], start_only=True)
            if len(found) == 1:
                return Found(found[0])
        found = self._longest(_WORD.findall(bare))
        if len(found) > 1:  # "Toyomarto Singosari": a village bearing the kecamatan's name gives way
            own = place_key(self.name)
            found = [v for v in found if place_key(v.name) != own] or found
        if len(found) == 1:
            return Found(found[0])
        if found:
            return Found(None, tuple(v.name for v in found))
        tokens = _WORD.findall(bare)
        elsewhere = {
            d
            for n in (1, 2)
            for i in range(len(tokens))
            for d in self._other.get(place_key("".join(tokens[i : i + n])), ())
        }
        return Found(None, (), tuple(sorted(self.districts[d][0] for d in elsewhere)) if len(elsewhere) == 1 else ())

    def _longest(self, tokens: list[str], *, start_only: bool = False) -> list[Village]:
        found: dict[Village, None] = {}
        i = 0
        while i < (1 if start_only else len(tokens)):
            for size in (3, 2, 1):
                same = self._keys.get(place_key("".join(tokens[i : i + size])), [])
                if len(tokens) >= i + size and len(same) == 1:
                    found[same[0]] = None
                    i += size - 1
                    break
            i += 1
        return list(found)

    def district_named(self, words: str) -> str | None:
        """The code of the kecamatan that ``words`` are the name of."""
        key = place_key(words)
        return next((code for code, names in self.districts.items() if key in map(place_key, names)), None)

    def in_title(self, title: str) -> str | None:
        """The kecamatan a title speaks of: ``UPK KECAMATAN WAJAK KABUPATEN MALANG``."""
        for match in _TITLE.finditer(title):
            tokens = match[1].split()
            for size in (3, 2, 1):
                code = self.district_named(" ".join(tokens[:size]))
                if code and len(tokens) >= size:
                    return code
        return None
