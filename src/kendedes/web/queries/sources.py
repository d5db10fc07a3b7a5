"""What the public site takes from the floors below, as plain facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from kendedes.catalogue.models import Edition, EditionPage
from kendedes.network.models import Association, LegalForm, Producer, Region, Unit
from kendedes.ovop.queries import current_stars
from kendedes.products.models import Category
from kendedes.stories.queries import footer, has_articles
from kendedes.visits.queries import synonyms


@dataclass(frozen=True)
class Head:
    """A heading without its counts."""

    kind: str
    key: str
    slug: str
    name_id: str
    name_en: str
    position: int
    facts: Mapping[str, Any]


def site_facts(association: Association) -> dict[str, Any]:
    """Names, texts and address of an association; wants ``region`` loaded."""
    region = association.region
    return {
        "name": association.name,
        "slug": association.slug,
        "gallery": association.gallery_name or association.name,
        "about": {"id": association.about_id, "en": association.about_en},
        "address": association.address,
        "whatsapp": association.whatsapp,
        "region": {"code": region.code, "name": region.name, "full": region.full_name, "kind": region.kind},
        "demo": association.is_demo,
        "same": synonyms(association.pk),
        "pages": footer(association.pk),
        "stories": has_articles(association.pk),
    }


def awards(product_ids: Iterable[int], at: datetime) -> dict[int, dict[str, Any]]:
    """Stars that hold on the day of ``at``: ``{product: {"stars", "points", "rubric", "valid_until"}}``."""
    return current_stars(product_ids, at)


def printed_in(product_ids: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
    """Published unit editions by product, newest first: ``{product: [{"slug", "title": {"id", "en"}}]}``."""
    rows = EditionPage.objects.filter(product__in=set(product_ids), edition__state=Edition.State.PUBLISHED)
    found: dict[int, list[dict[str, Any]]] = {}
    for product, slug, title_id, title_en in rows.order_by("-edition__year", "-edition__number").values_list(
        "product", "edition__slug", "edition__title_id", "edition__title_en"
    ):
        title = {"id": title_id, "en": title_en or title_id}
        found.setdefault(product, []).append({"slug": slug, "title": title})
    return found


def products_in(editions: Iterable[int]) -> set[int]:
    """Products of these editions; a regency's edition consists of those of its units."""
    ids = set(editions)
    rows = EditionPage.objects.filter(Q(edition__in=ids) | Q(edition__appears_in__regency__in=ids))
    return set(rows.values_list("product", flat=True))


def published_associations(editions: Iterable[int]) -> list[int]:
    """Whose published editions these are: a new edition, erratum or file changes what the site shows."""
    rows = Edition.objects.published().filter(pk__in=set(editions))
    return list(rows.values_list("association_id", flat=True).distinct())


def categories() -> list[Head]:
    """Every category, parents before children in their order."""
    rows = list(Category.objects.select_related("parent"))
    children: dict[int, list[str]] = {}
    for row in rows:
        if row.parent_id:
            children.setdefault(row.parent_id, []).append(row.slug)
    return [
        Head(
            "category", row.slug, row.slug, row.name_id, row.name_en or row.name_id, row.position,
            {"parent": row.parent.slug if row.parent else "", "children": children.get(row.pk, []), "food": row.food},
        )
        for row in rows
    ]  # fmt: skip


def districts(association_id: int, region_code: str) -> list[Head]:
    """Every kecamatan of the regency, with the unit that works there if there is one."""
    units = {
        unit.district_id: unit
        for unit in Unit.objects.filter(association_id=association_id, successors=None)
    }  # fmt: skip
    forms = {
        form.unit_id: form
        for form in LegalForm.objects.filter(unit__association_id=association_id, valid_to=None)
    }  # fmt: skip
    editions = _latest_editions(association_id)
    found = []
    for position, row in enumerate(Region.objects.filter(parent_id=region_code, kind="kecamatan").order_by("name")):
        unit = units.get(row.code)
        form = forms.get(unit.pk) if unit else None
        facts = {
            "unit": {
                "code": unit.code,
                "name": form.name if form else str(unit),
                "form": form.get_kind_display() if form else "",
                "phased_out": unit.phased_out_on.isoformat() if unit.phased_out_on else None,
                "address": unit.address,
            }
            if unit
            else None,
            "edition": editions.get(row.code),
        }
        found.append(Head("district", row.code, row.slug, row.name, row.name, position, facts))
    return found


def _latest_editions(association_id: int) -> dict[str, dict[str, Any]]:
    """The newest published edition of the unit of each kecamatan: ``{code: {"slug", "title"}}``."""
    rows = Edition.objects.published().filter(association=association_id, level=Edition.Level.UNIT)
    return {
        district: {"slug": slug, "title": {"id": title_id, "en": title_en or title_id}}
        for district, slug, title_id, title_en in rows.order_by("year", "number", "id").values_list(
            "unit__district", "slug", "title_id", "title_en"
        )
    }


def producers(ids: Iterable[int]) -> list[Head]:
    """Producers by number. What is personal (phone, contact, address) stays out."""
    rows = Producer.objects.filter(pk__in=set(ids)).select_related("village__parent", "unit")
    found = []
    for row in rows:
        district = row.village.parent
        facts = {
            "kind": row.kind,
            "about": {"id": row.about_id, "en": row.about_en},
            "village": {"code": row.village.code, "name": row.village.name, "kind": row.village.kind},
            "district": {"code": district.code, "name": district.name, "slug": district.slug} if district else None,
            "members": row.members_f + row.members_m,
            "ended": row.ended_on.isoformat() if row.ended_on else None,
        }
        found.append(Head("producer", str(row.pk), row.slug, row.name, row.name, 0, facts))
    return found
