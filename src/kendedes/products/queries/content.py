"""A product as plain data: what a release freezes and an edition prints."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from kendedes.network.models import Producer
from kendedes.products.models import Price, Product, Variant

Content = dict[str, Any]


def current_price(variant: Variant, kind: Price.Kind) -> Price | None:
    """The newest price of a kind; uses prefetched prices when they are there (newest first)."""
    return next((price for price in variant.prices.all() if price.kind == kind), None)


def _price(price: Price | None) -> dict[str, Any] | None:
    if price is None or price.low is None:
        return None
    result: dict[str, Any] = {"low": price.low, "high": price.high}
    if price.kind == Price.Kind.WHOLESALE:
        result["minimum"] = price.minimum
    return result


def contact(producer: Producer) -> dict[str, str] | None:
    """Whom a buyer may write to, as consented: the producer, the unit or the gallery; None without a number."""
    choice, unit, association = producer.consent, producer.unit, producer.association
    if choice == Producer.Consent.OWN and producer.phone:
        return {"kind": "producer", "name": producer.contact_name or producer.name, "whatsapp": producer.phone}
    if choice != Producer.Consent.GALLERY and unit is not None and unit.whatsapp:
        return {"kind": "unit", "name": f"Unit {unit.district.name}", "whatsapp": unit.whatsapp}
    if association.whatsapp:
        return {
            "kind": "gallery",
            "name": association.gallery_name or association.name,
            "whatsapp": association.whatsapp,
        }
    return None


def content(product: Product) -> Content:
    """The ENTRY of the edition document (``catalogue/schema/edition-1.json``) without stars and address."""
    producer = product.producer
    district = producer.village.parent
    permits = [*product.permits.all(), *producer.permits.all()]
    return {
        "code": product.code,
        "slug": product.slug,
        "name": {"id": product.name_id, "en": product.name_en or product.name_id},
        "story": {"id": product.story_id, "en": product.story_en},
        "category": {"slug": product.category.slug, "id": product.category.name_id, "en": product.category.name_en},
        "producer": {
            "id": producer.pk,
            "slug": producer.slug,
            "name": producer.name,
            "kind": producer.kind,
            "village": {"code": producer.village.code, "name": producer.village.name, "kind": producer.village.kind},
            "district": {"code": district.code, "name": district.name} if district else None,
        },
        "variants": [_variant(v) for v in product.variants.all()],
        "capacity": {"amount": product.capacity, "unit": product.capacity_unit} if product.capacity else None,
        "materials": [m.strip() for m in product.materials.split(",") if m.strip()],
        "local_content": {"percent": product.local_percent, "scope": product.local_scope or "district"}
        if product.local_percent is not None
        else None,
        "shelf_life_days": product.shelf_life_days,
        "minimum_order": product.minimum_order,
        "lead_time_days": product.lead_time_days,
        "permits": [
            {
                "kind": p.kind,
                "number": p.number,
                "valid_until": p.valid_until.isoformat() if p.valid_until else None,
                "verified": p.verified_by_id is not None,
            }
            for p in sorted(permits, key=lambda p: (p.kind, p.number))
        ],
        "photos": [
            {
                "sha256": p.sha256,
                "width": p.width,
                "height": p.height,
                "focus": [p.focus_x, p.focus_y],
                "alt": {"id": p.alt_id or product.name_id, "en": p.alt_en or product.name_en or product.name_id},
            }
            for p in product.photos.all()
        ],
        "contact": contact(producer),
        "notes": [],
    }


def _variant(variant: Variant) -> dict[str, Any]:
    return {
        "code": variant.code,
        "name": variant.name,
        "unit": variant.unit,
        "net": {"value": variant.net_value, "unit": variant.net_unit} if variant.net_value else None,
        "retail": _price(current_price(variant, Price.Kind.RETAIL)),
        "wholesale": _price(current_price(variant, Price.Kind.WHOLESALE)),
    }


def oldest_price_day(product: Product) -> date | None:
    """The day of the oldest price that still counts; for the preflight's "old prices"."""
    days = [p.valid_from.date() for v in product.variants.all() if (p := current_price(v, Price.Kind.RETAIL))]
    return min(days, default=None)


def codes_by_prefix(association_id: int) -> dict[str, set[str]]:
    """Product codes in use, by the part before the last dash."""
    found: dict[str, set[str]] = defaultdict(set)
    for code in Product.objects.filter(association_id=association_id).values_list("code", flat=True):
        found[code.rpartition("-")[0]].add(code)
    return found
