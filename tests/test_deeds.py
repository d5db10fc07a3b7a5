"""What the program can write into the diary, it can say in words."""

from __future__ import annotations

import re
from pathlib import Path

from kendedes.journal.telling import noun_labels, sentences

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "kendedes"


def _written() -> set[str]:
    files = [p for p in PACKAGE.rglob("*.py") if not {"tests", "testing", "migrations"} & set(p.parts)]
    return {deed for p in files for deed in re.findall(r'deed="([a-z]+\.[a-z_]+)"', p.read_text(encoding="utf-8"))}


def test_every_deed_has_a_sentence() -> None:
    assert "unit.create" in _written()
    assert sorted(_written() - set(sentences())) == []


def test_every_noun_has_a_label_for_the_filter() -> None:
    assert [noun for noun, label in noun_labels() if noun == label and noun != "unit"] == []
