"""Findings of the preflight and of the press in words. A finding: ``{"kind", "level", "code", "name", "page", "facts"}``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from kendedes.base import format as fmt


def texts() -> dict[str, str]:
    """What each kind says; ``%(…)s`` are its facts, ``%(who)s`` the product."""
    return {
        "no_photo": _("%(who)s belum punya foto."),
        "low_resolution": _("Foto %(who)s terlalu kecil untuk dicetak (%(dpi)s dpi; sedikitnya 200)."),
        "fair_resolution": _("Foto %(who)s cukup, belum tajam (%(dpi)s dpi; baiknya 300)."),
        "no_contact": _("%(who)s belum punya kontak yang boleh diterbitkan."),
        "no_price": _("%(who)s belum punya harga; di katalog tertulis “tanyakan”."),
        "no_story": _("%(who)s belum punya cerita."),
        "lapsed_permit": _("Izin %(permit)s milik %(who)s sudah lewat masa berlakunya (%(until)s)."),
        "lapsed_stars": _("Bintang %(who)s sudah lewat masa berlakunya."),
        "old_price": _("Harga %(who)s sudah %(days)s hari tidak diperbarui."),
        "missing_unit": _("%(who)s belum ikut dalam edisi ini."),
        "shortened": _("Teks %(who)s dipendekkan agar muat di halaman."),
        "unprintable": _("%(who)s memuat huruf yang tidak ada pada huruf cetak."),
        "photo_profile": _("Foto %(who)s membawa profil warna sendiri."),
        "no_profile": _("Profil warna CMYK belum ditetapkan; berkas menyebut kondisi cetak FOGRA39."),
        "blank_pages": _("Halaman kosong ditambahkan agar jumlah halaman kelipatan empat."),
    }


def sentences(findings: Iterable[Mapping[str, Any]], language: str) -> list[str]:
    """One sentence for each finding, in order."""
    known = texts()
    return [_sentence(finding, known, language) for finding in findings]


def _sentence(finding: Mapping[str, Any], known: Mapping[str, str], language: str) -> str:
    facts = dict(finding.get("facts") or {})
    who = " ".join(part for part in (finding.get("code"), finding.get("name")) if part) or _("Katalog")
    until = facts.get("until") or facts.get("valid_until")
    shown = {
        **facts,
        "who": who,
        "dpi": facts.get("dpi", "?"),
        "days": facts.get("days", "?"),
        "permit": str(facts.get("permit") or facts.get("kind") or "").upper(),
        "until": fmt.day(date.fromisoformat(until), language, short=True) if until else "?",
    }
    text = known.get(finding["kind"])
    return text % shown if text else f"{who}: {finding['kind']}"


def grouped(findings: Iterable[Mapping[str, Any]], language: str) -> list[tuple[str, list[str]]]:
    """Sentences by level: (``stop`` | ``warn`` | ``note``, sentences), only levels that occur."""
    listed = list(findings)
    pairs = list(zip((f["level"] for f in listed), sentences(listed, language), strict=True))
    levels = [(level, [text for found, text in pairs if found == level]) for level in ("stop", "warn", "note")]
    return [(level, found) for level, found in levels if found]
