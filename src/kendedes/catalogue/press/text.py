"""Words made ready for print: only signs the face has, soft hyphens where the language breaks words."""

from __future__ import annotations

import json
import re
import unicodedata
from contextlib import suppress
from functools import cache, lru_cache
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from kendedes.catalogue.press.photos import write_whole

# What Plus Jakarta Sans has of what people type (a test compares this with the face itself).
_SIGNS = (
    "\n\u0020-\u007e\u00a0-\u00ac\u00ae-\u0131\u0134-\u0148\u014a-\u017e\u1ea0-\u1ef9\u02c6\u02da\u02dc\u2013\u2014\u2018-\u201a\u201c-\u201e"
    "\u2020-\u2022\u2026\u2030\u2039\u203a\u2044\u20ac\u2122\u2190-\u2193\u2212\u2248\u2260\u2264\u2265\u2605\u2606"
)
_STRANGE = re.compile(f"[^{_SIGNS}]")
_ALIKE = str.maketrans({
    "\u2010": "-", "\u2011": "-", "\u2012": "–", "\u2015": "—", "\u2032": "'", "\u2033": '"', "\u00ad": "", "\u200b": "",
    "\u200c": "", "\u200d": "", "\ufeff": "", "\t": " ", "\r": "\n", "\u2028": "\n", "\u2029": "\n\n", "\u202f": "\u00a0", "ʼ": "’", "ʻ": "‘",
})  # fmt: skip
_SPACES = re.compile(r"[^\S\n\u00a0]+")
_WORD = re.compile(r"[^\W\d_]{6,}")
_ENDLESS = re.compile(r"[^\s/.-]{21,}")
# Width of each sign from space to tilde in the widest face, in fiftieths of the type size (a test measures them).
_WIDTHS = {
    32 + place: (ord(sign) - 48) / 50
    for place, sign in enumerate(
        "9DK`QfYAEEMRDPEKUEOOROOMPOEFRRRO_USXVONZU?DSL^V]Q]RQLUTdSRNGKGRSDNRORPERN==N=_NQRRDJFNN^NOIFFFR"
    )
}
_WIDTHS |= {0xAD: 0.0, 0xA0: _WIDTHS[32], 0xB7: 0.41, 0x2013: 0.69, 0x2014: 1.02, 0x2018: 0.39, 0x2019: 0.39}
_OTHER_WIDTH = 1.0
_VOWEL = re.compile("[aeiouyAEIOUYéèêáàíóúâ]")
SOFT_HYPHEN = "\u00ad"
SHORTEST_HEAD, SHORTEST_TAIL = 2, 3
RULES = 1  # one more whenever `_syllables` breaks words elsewhere
_BREAKS: dict[str, dict[str, str]] = {}  # by language: a word and the same with its soft hyphens
_LANGUAGES = {"id": "id_ID", "en": "en_US"}


@lru_cache(maxsize=4096)
def clean(words: str) -> tuple[str, int]:
    """The words with one space between them, and how many signs had to be left out because no face has them."""
    tidy = unicodedata.normalize("NFC", words).translate(_ALIKE)
    kept, lost = _STRANGE.subn("", tidy)
    return "\n".join(_SPACES.sub(" ", line).strip() for line in kept.split("\n")).strip(), lost


@lru_cache(maxsize=8192)
def line(words: str) -> str:
    """One line: clean, without breaks; a word too long for any column may break anywhere in its middle."""
    return _ENDLESS.sub(
        lambda found: SOFT_HYPHEN.join(re.findall(r".{1,9}", found.group())), " ".join(clean(words)[0].split("\n"))
    )


def paragraphs(words: str) -> list[str]:
    """Paragraphs of a longer text; a single line break inside one is a space."""
    return [" ".join(part.split("\n")) for part in re.split(r"\n\s*\n", clean(words)[0]) if part.strip()]


@lru_cache(maxsize=4096)
def ems(words: str) -> float:
    """At most so wide are the words on one line, in type sizes: saves the typesetter from measuring what surely fits."""
    return round(sum([_WIDTHS.get(code, _OTHER_WIDTH) for code in map(ord, words)]), 2)


def hyphenate(words: str, language: str) -> str:
    """The same words with soft hyphens. Names (capital letters) stay whole; an empty `language` leaves all as it is.

    >>> hyphenate("perjalanan", "id").replace(SOFT_HYPHEN, "-")
    'per-ja-lanan'
    """
    if language not in _LANGUAGES:
        return words
    return _WORD.sub(lambda found: _broken(found.group(), language), words)


def recall_breaks(folder: Path, language: str) -> int:
    """Take over how words broke in earlier printings (see `keep_breaks`); returns how many are known.

    Reading the patterns of a language, twelve thousand of them, takes longer than laying out a chapter.
    """
    path = _breaks_file(folder, language)
    known = _BREAKS.setdefault(language, {})
    if not known and path.exists():
        with suppress(ValueError):  # emptied by a power cut: the patterns tell it again
            known.update(json.loads(path.read_bytes()))
    return len(known)


def keep_breaks(folder: Path, language: str, recalled: int) -> None:
    """Write down how words broke, if more are known than the `recalled` ones."""
    known = _BREAKS.get(language, {})
    if len(known) > recalled:
        write_whole(_breaks_file(folder, language), json.dumps(known, ensure_ascii=False).encode())


def _breaks_file(folder: Path, language: str) -> Path:
    """Named by all that decides where a word breaks: patterns and the `RULES` below."""
    return folder / f"breaks-{RULES}-{release('pyphen')}-{language or 'none'}.json"


def release(library: str) -> str:
    """The version of an installed library, without the reader of letters that ``importlib.metadata.version`` loads."""
    found = re.search(r"^Version: *(\S+)", distribution(library).read_text("METADATA") or "", re.MULTILINE)
    return found[1] if found else ""


@cache
def _patterns(language: str) -> Any:
    import pyphen  # noqa: PLC0415 - mostly not needed: words are known from the last printing

    return pyphen.Pyphen(lang=_LANGUAGES[language], left=SHORTEST_HEAD, right=SHORTEST_TAIL)


def _broken(word: str, language: str) -> str:
    if not word.islower():
        return word
    known = _BREAKS.setdefault(language, {})
    if word not in known:
        known[word] = _syllables(word, language)
    return known[word]


def _syllables(word: str, language: str) -> str:
    parts, start = [], 0
    for place in _patterns(language).positions(word):
        # The patterns cut "-k-an" and "-h-an" too often: a part without a vowel is no syllable.
        if place - start >= SHORTEST_HEAD and _VOWEL.search(word[start:place]) and _VOWEL.search(word[place:]):
            parts.append(word[start:place])
            start = place
    return SOFT_HYPHEN.join([*parts, word[start:]])
