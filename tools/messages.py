"""Interface texts: ``tools/messages.py update APP`` collects them, ``check [APP …]`` says what English lacks.

Source strings are Indonesian, so Indonesian needs no catalogue; English must be complete.
"""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1] / "src" / "kendedes"
KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
_PLACE = re.compile(r"%\(\w+\)[sd]")


def collect(app: Path) -> Catalog:
    """Every message of one app's Python and templates."""
    catalogue = Catalog(locale="en", domain="django", project="Kendedes", charset="utf-8", fuzzy=False)
    for path in sorted([*app.rglob("*.py"), *app.rglob("*.html"), *app.rglob("*.txt")]):
        if {"tests", "migrations"} & set(path.parts):
            continue
        text = path.read_text(encoding="utf-8")
        kind = "python"
        if path.suffix != ".py":
            if "templates" not in path.parts:
                continue
            text, kind = templatize(text, origin=str(path)), "javascript"
        for _line, message, _comments, context in extract(kind, io.BytesIO(text.encode()), KEYWORDS):
            catalogue.add(message, locations=[(str(path.relative_to(app)), 1)], context=context)
    return catalogue


def file_of(app: Path) -> Path:
    """The English catalogue of an app."""
    return app / "locale" / "en" / "LC_MESSAGES" / "django.po"


def update(app: Path) -> int:
    """Write the collected messages over the catalogue, keeping translations."""
    catalogue = collect(app)
    path = file_of(app)
    if path.exists():
        old = read_po(io.BytesIO(path.read_bytes()), locale="en", domain="django")
        for message in catalogue:
            known = old.get(message.id, message.context) if message.id else None
            # A message that became plural, or ceased to be, is another sentence: its English is written anew.
            if known and known.string and "fuzzy" not in known.flags and known.pluralizable == message.pluralizable:
                message.string = known.string
    path.parent.mkdir(parents=True, exist_ok=True)
    buffer = io.BytesIO()
    write_po(buffer, catalogue, no_location=True, omit_header=False, sort_output=True, width=110)
    lines = [x for x in buffer.getvalue().decode().splitlines() if "-Date:" not in x and "Generated-By" not in x]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(missing(app))


def missing(app: Path) -> list[str]:
    """Messages without English."""
    path = file_of(app)
    wanted = [m for m in collect(app) if m.id]
    if not path.exists():
        return [str(m.id) for m in wanted]
    known = read_po(io.BytesIO(path.read_bytes()), locale="en", domain="django")
    result = []
    for message in wanted:
        entry = known.get(message.id, message.context)
        parts = entry.string if entry and entry.pluralizable == message.pluralizable else ""
        said = parts if isinstance(parts, tuple) else (parts,)
        if not all(said) or not _places(message.id) >= _places(said):
            result.append(str(message.id))
    return result


def _places(texts: str | tuple[str, ...] | list[str]) -> set[str]:
    """What is filled in, wherever it stands in one of the texts."""
    return set(_PLACE.findall(texts if isinstance(texts, str) else "\n".join(texts)))


def main() -> int:
    """Run one verb; exit 1 if English is incomplete."""
    verb, names = (sys.argv[1:2] or ["check"])[0], sys.argv[2:]
    apps = [ROOT / n for n in names] or sorted(p.parent for p in ROOT.glob("*/apps.py"))
    bad = 0
    for app in apps:
        if verb == "update":
            update(app)
        for text in missing(app):
            bad += 1
            print(f"{app.name}: {text!r}")
    print(f"{bad} messages without English")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
