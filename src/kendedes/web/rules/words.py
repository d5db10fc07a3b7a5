"""Words as the search compares them: plain letters, and stems for Indonesian affixes. Pure.

The stemmer is small on purpose. It only has to send the forms of one word to one key, in the index and in the
query alike; the words themselves are indexed beside their stems, so a wrong stem never hides a right word.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from functools import lru_cache

MOST_WORDS = 6
LONGEST_WORD = 30
LONGEST_QUERY = 100
SHORTEST_STEM = 4
# Said in every sentence: no help in finding, and one misses when all words must be there.
FILLERS = frozenset("dan di dari ke yang untuk dengan atau the of and for from with in".split())  # noqa: SIM905


def words(text: str) -> list[str]:
    """``text`` as lower-case words of letters and digits: ``"Keripik-tempe é"`` → ``["keripik", "tempe", "e"]``."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return re.findall(r"[a-z0-9]+", plain)


def query_words(text: str) -> list[str]:
    """The words a visitor asks for, at most MOST_WORDS, without fillers unless there is nothing else."""
    found = [word[:LONGEST_WORD] for word in words(text[:LONGEST_QUERY])]
    return ([word for word in found if word not in FILLERS] or found)[:MOST_WORDS]


# The nasal prefixes swallow the first letter: menyulam ← sulam, memahat ← pahat, menenun ← tenun, mengukir ← ukir.
_NASAL = (
    (re.compile(r"^(?:me|pe)ny(?=[aiueo])"), "s"),
    (re.compile(r"^(?:me|pe)m(?=[aiueo])"), "p"),
    (re.compile(r"^(?:me|pe)n(?=[aiueo])"), "t"),
    (re.compile(r"^(?:me|pe)ng(?=[aiueoghkr])"), ""),
    (re.compile(r"^(?:me|pe)m(?=[bpf])"), ""),
    (re.compile(r"^(?:me|pe)n(?=[dtjcz])"), ""),
    (re.compile(r"^(?:me|pe)(?=[lrwy][aiueo])"), ""),
    (re.compile(r"^(?:ber|ter|per|di)(?=[a-z]{4})"), ""),
)


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The key shared by a word's forms: ``gorengan`` and ``menggoreng`` → ``goreng``. Short words stay."""
    short = word
    for ending in ("nya", "kan", "an"):
        if short.endswith(ending) and len(short) - len(ending) >= SHORTEST_STEM:
            short = short[: -len(ending)]
    if short != word and short.startswith("ke") and len(short) >= 2 + SHORTEST_STEM:
        return short[2:]  # kerajinan ← rajin; without an ending "ke" belongs to the word: keripik
    for pattern, letter in _NASAL:
        cut = pattern.sub(letter, short)
        if cut != short and len(cut) >= SHORTEST_STEM:
            return cut
    return short


# One word, several spellings: each rule sends them to one. In order; old spellings (oe, tj, dj …) first.
_SPELLINGS = tuple(
    (re.compile(pattern), letters)
    for pattern, letters in (
        (r"oe", "u"), (r"tj", "c"), (r"dj", "j"), (r"[sn]j", lambda m: "s" if m[0] == "sj" else "ny"),  # Ophuijsen, 1947
        (r"[kc]h", "k"), (r"s[yh]", "s"), (r"ph|[fv]", "p"), (r"x", "ks"), (r"q|ck", "k"),  # khas/chas, syal/sal, faham/paham
        (r"[zy]|j", "y"),  # ijin/izin, jaman/zaman, kajoe/kayu
        (r"h", ""),  # hijau/ijo, tahu/tau, bathik/batik, wedhang/wedang
        (r"ae?y|ai", "e"), (r"aw|au", "o"), (r"uw(?=[aeio])", "u"), (r"iy(?=[aou])", "i"), (r"i[ey]$", "i"),  # cabai/cabe, kerbau/kebo
        (r"(?<=[bcdgkpst])e(?=[lr][aeiou])", ""),  # keripik/kripik, cokelat/coklat, terasi/trasi
        (r"e(?=(?:[lmrst]|ng)$)", "a"),  # pecel/pecal, asem/asam, pedes/pedas, seger/segar
        (r"[oö]", "u"), (r"e(?=k$)|ee", "i"),  # telor/telur, kapok/kapuk
        (r"nk$", "ng"), (r"d$", "t"), (r"b$", "p"), (r"g$(?<!ng)", "k"),  # gubug/gubuk, lemed/lemet
        (r"(.)\1+", r"\1"),  # bazaar/bazar, mukenna/mukena
    )
)  # fmt: skip
SHORTEST_SOUND = 2


@lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """The key shared by a word's spellings: ``kripik`` and ``keripik``, ``ijo`` and ``hijau``. Never shown to anybody.

    Different words may meet in one key; that is why a word as it is written counts for more. Too short keys stay words.
    """
    if not word.isalpha():
        return word
    key = word
    for pattern, letters in _SPELLINGS:
        key = pattern.sub(letters, key)
    return key if len(key) >= SHORTEST_SOUND else word


def joined(tokens: list[str]) -> list[str]:
    """Neighbours written as one word: ``["kupu", "kupu"]`` → ``["kupukupu"]``."""
    return [first + second for first, second in itertools.pairwise(tokens) if len(first + second) <= LONGEST_WORD]


def distance(word: str) -> int:
    """How many letters may be wrong: none in short words, one from four letters on, two from nine."""
    return 0 if len(word) < 4 else 1 if len(word) < 9 else 2
