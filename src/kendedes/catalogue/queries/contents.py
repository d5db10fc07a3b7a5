"""The edition document: frozen text word for word when locked, built from today's products while it is a draft."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from kendedes.catalogue import rules
from kendedes.catalogue.models import Chapter, Edition, Erratum
from kendedes.catalogue.rules import Document, Entry, Finding
from kendedes.network.models import Association, Region, Unit
from kendedes.network.queries import legal_form
from kendedes.ovop.queries import current_stars
from kendedes.products.models import Photo, Product
from kendedes.products.queries import Content, content, full, oldest_price_day
from kendedes.products.rules import canonical


def site(association: Association) -> str:
    """The public address of an association without a slash at the end; empty where none is known."""
    return f"https://{association.host}" if association.host else str(settings.ENV.origin).rstrip("/")


def stamp(at: datetime) -> str:
    """A moment as the document writes it: ``2026-11-24T03:00:00Z``."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def to_entry(frozen: Content, stars: dict[str, Any] | None, address: str, *, feature: bool = False) -> Entry:
    """A product's content with its stars and its lasting address; ``feature``: the people of the edition put it first."""
    held = None
    if stars:
        valid = stars.get("valid_until")
        held = {
            "stars": stars["stars"],
            "points": stars.get("points"),
            "rubric": str(stars.get("rubric") or ""),
            "valid_until": valid.isoformat() if isinstance(valid, date) else valid,
        }
    made = {**frozen, "stars": held, "url": f"{address}/produk/{frozen['slug']}/" if address else ""}
    return {**made, "feature": True} if feature else made


def photo_facts(photo: Photo) -> dict[str, Any]:
    """PHOTO of the edition document."""
    name = photo.product
    return {
        "sha256": photo.sha256,
        "width": photo.width,
        "height": photo.height,
        "focus": [photo.focus_x, photo.focus_y],
        "alt": {"id": photo.alt_id or name.name_id, "en": photo.alt_en or name.name_en or name.name_id},
    }


def _place(region: Region, name: str = "") -> dict[str, str]:
    return {"code": region.code, "name": name or region.name}


def unit_facts(unit: Unit, on: date) -> dict[str, str]:
    """``{"code", "name", "legal_form"}`` of a unit on a day."""
    form = legal_form(unit, on)
    return {
        "code": unit.code, "name": form.name if form else str(unit), "legal_form": form.kind if form else "",
    }  # fmt: skip


def frame(edition: Edition, chapters: Sequence[dict[str, Any]], missing: Iterable[Unit], at: datetime) -> Document:
    """The document around its chapters."""
    association = edition.association
    on = timezone.localtime(at).date()
    photo = edition.cover_photo
    preface = edition.preface_id.strip()
    return {
        "schema": rules.SCHEMA,
        "edition": {
            "slug": edition.slug,
            "level": edition.level,
            "number": edition.number,
            "year": edition.year,
            "title": {"id": edition.title_id, "en": edition.title_en},
            "period": edition.period,
            "locked_at": stamp(at),
        },
        "association": {
            "name": association.name,
            "slug": association.slug,
            "region": _place(association.region, association.region.full_name),
            "address": association.address or None,
            "whatsapp": association.whatsapp or None,
            "site": site(association),
        },
        "preface": {
            "text": {"id": preface, "en": edition.preface_en.strip()},
            "author": edition.preface_author,
            "role": edition.preface_role,
        }
        if preface
        else None,
        "imprint": [{"label": line["label"], "value": line["value"]} for line in edition.imprint],
        "cover": {"photo": photo_facts(photo) if photo else None, "line": edition.cover_line},
        "chapters": list(chapters),
        "missing_units": [
            {**{k: v for k, v in unit_facts(u, on).items() if k != "legal_form"}, "district": _place(u.district)}
            for u in missing
        ],
        "statistics": rules.statistics(e for chapter in chapters for e in chapter["entries"]),
        "errata": [],
    }


def chapter(edition: Edition, entries: Sequence[Entry], at: datetime) -> dict[str, Any]:
    """The one chapter of a unit edition."""
    unit = edition.unit
    if unit is None:
        raise ValueError("a regency edition has no chapter of its own")
    return {
        "district": _place(unit.district),
        "unit": unit_facts(unit, timezone.localtime(at).date()),
        "edition": edition.slug,
        "opening": {"id": edition.opening_id.strip(), "en": edition.opening_en.strip()},
        "figures": rules.figures(entries),
        "entries": list(entries),
    }


def chapters_of(edition: Edition) -> list[dict[str, Any]]:
    """The chapters of a regency edition, word for word from the locked unit editions."""
    rows = Chapter.objects.filter(regency=edition).order_by("position").select_related("edition__frozen")
    return [part for row in rows for part in json.loads(row.edition.frozen.text)["chapters"]]


def missing_units(edition: Edition) -> list[Unit]:
    """Units of the association without a chapter in this regency edition, by name of their kecamatan."""
    present = Chapter.objects.filter(regency=edition).values("edition__unit")
    units = Unit.objects.filter(association=edition.association_id, successors=None).exclude(pk__in=present)
    return list(units.select_related("district").order_by("district__name"))


def chosen(edition: Edition) -> list[Product]:
    """The products of a draft in their order, with everything their content needs."""
    order = list(edition.items.order_by("position", "id").values_list("product_id", flat=True))
    loaded = {product.pk: product for product in full(ids=order)}
    return [loaded[pk] for pk in order if pk in loaded]


def live(edition: Edition, at: datetime) -> Document:
    """The document as it would be if the edition were locked at ``at``."""
    if edition.is_regency:
        return frame(edition, chapters_of(edition), missing_units(edition), at)
    products = chosen(edition)
    stars, address = current_stars([p.pk for p in products], at), site(edition.association)
    features = set(edition.items.filter(feature=True).values_list("product_id", flat=True))
    entries = [to_entry(content(p), stars.get(p.pk), address, feature=p.pk in features) for p in products]
    return frame(edition, [chapter(edition, entries, at)], (), at)


def document_text(edition: Edition, at: datetime) -> str:
    """Canonical JSON: the frozen text itself, or today's draft."""
    return edition.frozen.text if edition.is_fixed else canonical(live(edition, at))


def document(edition: Edition, at: datetime) -> Document:
    """The edition document; ``at`` matters only while it is not locked."""
    if edition.is_fixed:
        frozen: Document = json.loads(edition.frozen.text)
        return frozen
    return live(edition, at)


def errata(edition: Edition) -> list[dict[str, Any]]:
    """Corrections as the JSON document lists them; a regency edition also shows those of its chapters."""
    mine = Q(edition=edition)
    chapter = Chapter.objects.filter(regency=edition, edition=OuterRef("edition")).values("position")
    if edition.is_regency:
        mine |= Q(edition__in=Chapter.objects.filter(regency=edition).values("edition"))
    # The edition's own come first: it is no chapter of itself.
    rows = Erratum.objects.filter(mine).select_related("edition").annotate(place=Coalesce(Subquery(chapter), -1))
    return [
        {
            "edition": row.edition.slug,
            "number": row.number,
            "code": row.code,
            "field": row.field,
            "old": row.old_text,
            "new": row.new_text,
            "reason": row.reason,
            "at": stamp(row.at),
        }
        for row in rows.order_by("place", "number")
    ]


def preflight(edition: Edition, at: datetime) -> list[Finding]:
    """What to look at before locking; what was known then, once locked."""
    if edition.is_fixed:
        return list(edition.frozen.warnings)
    days = {} if edition.is_regency else {p.code: d for p in chosen(edition) if (d := oldest_price_day(p))}
    found = rules.preflight(
        rules.entries_of(live(edition, at)), timezone.localtime(at).date(), edition.paper, edition.layout, days
    )
    if edition.is_regency:
        found += [
            {"kind": "missing_unit", "level": "note", "code": u.code, "name": str(u), "facts": {}}
            for u in missing_units(edition)
        ]
    return found


def statistics(edition: Edition, at: datetime) -> dict[str, Any]:
    """Products, producers, villages, by category and by stars."""
    counted: dict[str, Any] = document(edition, at)["statistics"]
    return counted
