"""Plus Jakarta Sans cut from the variable fonts of the package ``fontpkg-plus-jakarta-sans`` (SIL OFL 1.1).

Print needs static faces (Typst picks a face by weight), the web small ones; neither is kept in the repository.
No Django here: the press imports this too.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from functools import partial
from importlib import resources
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FAMILY = "Plus Jakarta Sans"
UPRIGHT, ITALIC = "PlusJakartaSans[wght].ttf", "PlusJakartaSans-Italic[wght].ttf"
FACES = {
    "Light": (UPRIGHT, 300),
    "Regular": (UPRIGHT, 400),
    "Medium": (UPRIGHT, 500),
    "SemiBold": (UPRIGHT, 600),
    "Bold": (UPRIGHT, 700),
    "ExtraBold": (UPRIGHT, 800),
    "Italic": (ITALIC, 400),
}
# For the web each face comes in two files: what nearly every page needs, and the rarer letters, which a browser fetches
# only when a page holds one (``unicode-range`` in tokens.css). Weights below 400 are used nowhere.
WEB = {
    "plus-jakarta-sans-latin.woff2": (UPRIGHT, False),
    "plus-jakarta-sans-more.woff2": (UPRIGHT, True),
    "plus-jakarta-sans-italic-latin.woff2": (ITALIC, False),
    "plus-jakarta-sans-italic-more.woff2": (ITALIC, True),
}
WEB_WEIGHTS = (400, 800)
WEB_FEATURES = ["ccmp", "kern", "liga", "locl", "mark", "mkmk", "tnum"]
# ASCII, the signs our texts use (degree, fractions, times, dashes, quotes, bullets, dots, euro, arrows, minus), é and è.
LATIN_RANGES = ((0x20, 0x7E), (0x2010, 0x2026))
LATIN_SINGLES = (0xA0, 0xA9, 0xAB, 0xB0, 0xB1, 0xB2, 0xB7, 0xBB, 0xBD, 0xD7, 0xC9, 0xE8, 0xE9, 0x2030, 0x20AC, 0x2122,
                 0x2190, 0x2192, 0x2212)  # fmt: skip
# The rest of Latin-1 and Latin Extended-A, more signs.
MORE_RANGES = ((0xA0, 0x17F), (0x2027, 0x203A), (0x20A8, 0x20AC), (0x2190, 0x2193))
MORE_SINGLES = (0x218, 0x219, 0x21A, 0x21B, 0x2044, 0x2248, 0x2260, 0x2264, 0x2265)


def static_folder(folder: Path) -> Path:
    """Where ``make`` puts the faces for print: ``<folder>/print``."""
    return folder / "print"


def make(folder: Path) -> None:
    """Write what is missing below `folder`; the same bytes on every machine, about 4 s once, then nothing.

    ``print/PlusJakartaSans-<Face>.ttf`` for Typst, ``ui/fonts/plus-jakarta-sans[-italic]-{latin,more}.woff2``
    (variable weight) for the web. Files appear whole or not at all, so two processes may run this at the same time.
    """
    for face, (source, weight) in FACES.items():
        _unless_there(static_folder(folder) / f"PlusJakartaSans-{face}.ttf", partial(_static, source, weight))
    for name, (source, rarer) in WEB.items():
        _unless_there(folder / "ui" / "fonts" / name, partial(_web, source, letters(rarer=rarer)))


def _unless_there(path: Path, font: Callable[[], TTFont]) -> None:
    if path.is_file():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            font().save(file)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _open(source: str) -> TTFont:
    file = resources.files("fontpkg_plus_jakarta_sans") / "files" / source
    with resources.as_file(file) as path:
        return TTFont(path, recalcTimestamp=False, lazy=False)


def _static(source: str, weight: int) -> TTFont:
    return instancer.instantiateVariableFont(_open(source), {"wght": weight}, inplace=True, updateFontNames=True)


def letters(*, rarer: bool) -> list[int]:
    """The code points of a web face's first or second file; none is in both."""
    first = {*(c for low, high in LATIN_RANGES for c in range(low, high + 1)), *LATIN_SINGLES}
    second = {*(c for low, high in MORE_RANGES for c in range(low, high + 1)), *MORE_SINGLES}
    return sorted(second - first if rarer else first)


def _web(source: str, codes: list[int]) -> TTFont:
    options = subset.Options(
        flavor="woff2", layout_features=WEB_FEATURES, hinting=False, recalc_timestamp=False,
        name_IDs=[0, 1, 2, 4, 6, 13, 14],
    )  # fmt: skip
    font = instancer.instantiateVariableFont(_open(source), {"wght": WEB_WEIGHTS}, inplace=True)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=codes)
    cutter.subset(font)
    font.flavor = "woff2"
    return font
