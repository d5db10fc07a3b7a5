"""What planning found out, kept in the work folder under the digest of all it came from.

A chapter nobody touched is not planned again: its entries become views by the same rules, so the same text gives the
same views as long as nobody changes the rules, which take part in the digest with their own source.
"""

from __future__ import annotations

import hashlib
import json
import os
from functools import cached_property
from pathlib import Path

from kendedes.base import format as manners
from kendedes.catalogue.press import entries, text, words
from kendedes.catalogue.press.entries import Desk, Json
from kendedes.catalogue.press.photos import write_whole
from kendedes.catalogue.press.text import release

_RULES = (entries, text, words, manners)  # modules that decide what a view says
_LIBRARIES = ("phonenumberslite", "pyphen")


class Plans:
    """Views of chapters, remembered from one printing to the next."""

    def __init__(self, work: Path) -> None:
        self.folder = work / "plans"
        self.texts: list[str] = []  # of every chapter asked for, in order: what `identity` is made of

    def views(self, source: Json, desk: Desk) -> list[Json]:
        """The entries of a chapter as views."""
        self.texts.append(json.dumps(source, sort_keys=True))
        asked = desk.options
        manner = [asked.language, asked.target, asked.qr, asked.hyphens, desk.locked, desk.facts]
        key = hashlib.sha256("\n".join([self.rules, json.dumps(manner), self.texts[-1]]).encode()).hexdigest()[:40]
        path = self.folder / f"{key}.json"
        try:
            os.utime(path)  # its age begins anew
            known: list[Json] = json.loads(path.read_bytes())
        except (FileNotFoundError, ValueError):  # never planned, or emptied by a power cut
            known = [desk.view(entry) for entry in source["entries"]]
            write_whole(path, json.dumps(known, ensure_ascii=False).encode())
        return known

    @cached_property
    def rules(self) -> str:
        """Digest of what turns an entry into a view."""
        sources = [Path(str(module.__file__)).read_bytes() for module in _RULES]
        return hashlib.sha256(b"\0".join([*sources, *(release(name).encode() for name in _LIBRARIES)])).hexdigest()

    def identity(self, document: Json, *manner: str | int) -> str:
        """Digest of the document and how it is printed: of its JSON, whose chapters are written already (asked once)."""
        bare = json.dumps([{**document, "chapters": []}, *manner], sort_keys=True)
        before, empty, after = bare.partition('"chapters": []')
        chapters, self.texts = ", ".join(self.texts), []
        return hashlib.sha256(f"{before}{empty[:-1]}{chapters}]{after}".encode()).hexdigest()
