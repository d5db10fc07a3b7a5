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
WEB = {"plus-jakarta-sans.woff2": UPRIGHT, "plus-jakarta-sans-italic.woff2": ITALIC}
# Latin, Latin-1, Latin Extended-A, and the signs our texts use: dashes, quotes, bullets, rupiah and euro, arrows.
WEB_RANGES = ((0x20, 0x7E), (0xA0, 0x17F), (0x2010, 0x2027), (0x2030, 0x203A), (0x20A8, 0x20AC), (0x2190, 0x2193))
WEB_SINGLES = (0x218, 0x219, 0x21A, 0x21B, 0x2044, 0x2122, 0x2212, 0x2248, 0x2260, 0x2264, 0x2265)


def static_folder(folder: Path) -> Path:
    """Where ``make`` puts the faces for print: ``<folder>/print``."""
    return folder / "print"


def make(folder: Path) -> None:
    """Write what is missing below `folder`; the same bytes on every machine, about 4 s once, then nothing.

    ``print/PlusJakartaSans-<Face>.ttf`` for Typst, ``ui/fonts/plus-jakarta-sans[-italic].woff2`` (variable weight) for
    the web. Files appear whole or not at all, so two processes may run this at the same time.
    """
    for face, (source, weight) in FACES.items():
        _unless_there(static_folder(folder) / f"PlusJakartaSans-{face}.ttf", partial(_static, source, weight))
    for name, source in WEB.items():
        _unless_there(folder / "ui" / "fonts" / name, partial(_web, source))


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


def _web(source: str) -> TTFont:
    options = subset.Options(
        flavor="woff2", layout_features=["*"], hinting=False, recalc_timestamp=False, name_IDs=[0, 1, 2, 4, 6, 13, 14]
    )
    cutter = subset.Subsetter(options)
    ranges = (code for low, high in WEB_RANGES for code in range(low, high + 1))
    cutter.populate(unicodes=[*ranges, *WEB_SINGLES])
    font = _open(source)
    cutter.subset(font)
    font.flavor = "woff2"
    return font
