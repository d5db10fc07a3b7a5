"""What changed since the last edition, as data and in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from kendedes.base import format as fmt
from kendedes.catalogue import rules
from kendedes.catalogue.models import Edition
from kendedes.catalogue.queries.contents import document
from kendedes.catalogue.rules import Changes, FieldChange

NOTHING = "–"


@dataclass(frozen=True)
class Line:
    """One difference in words: ``field`` for people, ``old`` and ``new`` as written in the book."""

    field: str
    old: str
    new: str
    long: bool


@dataclass(frozen=True)
class ChangedEntry:
    code: str
    name: str
    producer: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Told:
    """A comparison ready for a page."""

    edition: Edition
    previous: Edition | None
    new: tuple[rules.Entry, ...]
    changed: tuple[ChangedEntry, ...]
    dropped: tuple[rules.Entry, ...]
    unchanged: int


def previous_of(edition: Edition) -> Edition | None:
    """The last locked edition of the same body before this one."""
    same = Edition.objects.fixed().filter(association=edition.association_id, level=edition.level, unit=edition.unit_id)
    earlier = [e for e in same.select_related("frozen") if (e.year, e.number) < (edition.year, edition.number)]
    return max(earlier, key=lambda e: (e.year, e.number), default=None)


def changes(edition: Edition, at: datetime) -> Changes:
    """This edition against the last one; against nothing where it is the first."""
    before = previous_of(edition)
    old = rules.entries_of(document(before, at)) if before else []
    return rules.compare(old, rules.entries_of(document(edition, at)))


def told(edition: Edition, at: datetime, language: str) -> Told:
    """``changes`` in words of ``language``."""
    found = changes(edition, at)
    changed = tuple(
        ChangedEntry(e["code"], e["name"]["id"], e["producer"]["name"], tuple(line(c, language) for c in parts))
        for e, parts in found.changed
    )
    return Told(edition, previous_of(edition), found.new, changed, found.dropped, found.unchanged)


def labels() -> dict[str, str]:
    """What fields of a product are called; the last part of a field's lasting name is the key."""
    return {
        "name.id": _("Nama"),
        "name.en": _("Nama (Inggris)"),
        "story.id": _("Cerita"),
        "story.en": _("Cerita (Inggris)"),
        "category": _("Kategori"),
        "producer": _("Produsen"),
        "village": _("Desa"),
        "materials": _("Bahan"),
        "photos": _("Foto"),
        "contact": _("Kontak"),
        "stars": _("Bintang"),
        "capacity": _("Kapasitas per bulan"),
        "local_content": _("Kandungan lokal"),
        "shelf_life_days": _("Masa simpan"),
        "minimum_order": _("Pesanan minimum"),
        "lead_time_days": _("Waktu pengerjaan"),
        "retail": _("Harga eceran"),
        "wholesale": _("Harga grosir"),
        "net": _("Isi bersih"),
        "unit": _("Satuan jual"),
        "name": _("Nama kemasan"),
    }


def label(field: str) -> str:
    """``pack.WJK-0001A.retail`` → ``Harga eceran, WJK-0001A``."""
    known = labels()
    if field.startswith("pack."):
        _pack, code, part = field.split(".", 2)
        return f"{known.get(part, part)}, {code}"
    if field.startswith("permit."):
        _permit, kind, number = field.split(".", 2)
        return f"{kind.upper()} {number}"
    return known.get(field, field)


def line(change: FieldChange, language: str) -> Line:
    """One difference in words."""
    old, new = (words(change.field, value, language) for value in (change.old, change.new))
    return Line(label(change.field), old, new, long=change.field.startswith("story") or max(len(old), len(new)) > 80)


def words(field: str, value: Any, language: str) -> str:
    """A value as a reader sees it; a dash for none."""
    if value is None:
        return NOTHING
    part = field.rpartition(".")[2] if field.startswith("pack.") else field.partition(".")[0]
    writer = _WRITERS.get(part)
    return writer(value, language) if writer else str(value)


def _price(value: Any, language: str) -> str:
    text = fmt.rupiah_range(value["low"], value["high"], language)
    if value.get("minimum"):
        return _("%(price)s, mulai %(minimum)s") % {"price": text, "minimum": fmt.number(value["minimum"], language)}
    return text


def _net(value: Any, language: str) -> str:
    return f"{fmt.number(value['value'], language)} {value['unit']}"


def _days(value: Any, language: str) -> str:
    return _("%(days)s hari") % {"days": fmt.number(value, language)}


def _local(value: Any, language: str) -> str:
    scopes = {"village": _("desa"), "district": _("kecamatan"), "regency": _("kabupaten")}
    return f"{value['percent']}% ({scopes.get(value['scope'], value['scope'])})"


def _permit(value: Any, language: str) -> str:
    until = value["valid_until"]
    text = _("berlaku sampai %(day)s") % {"day": fmt.day(date.fromisoformat(until), language)} if until else _("ada")
    return f"{text}, {_('terverifikasi')}" if value["verified"] else text


def _contact(value: Any, language: str) -> str:
    kinds = {"producer": _("produsen"), "unit": _("unit"), "gallery": _("galeri")}
    return f"{kinds.get(value[0], value[0])} {fmt.phone('+' + value[1])}"


def _amount(value: Any, language: str) -> str:
    return f"{fmt.number(value['amount'], language)} {value['unit']}".strip()


def _photos(value: Any, _language: str) -> str:
    return _("%(n)s foto") % {"n": len(value)}


def _stars(value: Any, _language: str) -> str:
    return "★" * int(value)


_WRITERS: dict[str, Callable[[Any, str], str]] = {
    "retail": _price,
    "wholesale": _price,
    "net": _net,
    "shelf_life_days": _days,
    "lead_time_days": _days,
    "minimum_order": fmt.number,
    "capacity": _amount,
    "local_content": _local,
    "permit": _permit,
    "contact": _contact,
    "photos": _photos,
    "stars": _stars,
}
