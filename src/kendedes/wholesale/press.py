"""Papers of wholesale, A4, set by Typst: quote, delivery note, invoice."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from django.utils import translation

from kendedes.base import format as written
from kendedes.network.models import Association
from kendedes.orders.models import Order, ShopRules
from kendedes.orders.queries.parcels import there_of
from kendedes.ui import paper
from kendedes.wholesale.models import Paper, Quote

FOLDER = Path(__file__).parent / "typst"


def quote(row: Quote, *, link: str) -> bytes:
    """What is offered, until when, and how to accept it."""
    enquiry, language = row.enquiry, row.enquiry.buyer.language
    buyer = enquiry.buyer
    lines = [
        {
            "name": f"{line.name} (contoh)" if line.sample else line.name, "producer": line.producer.name,
            "village": str(line.producer.village), "pieces": written.number(line.quantity, language), "unit": line.unit,
            "price": written.rupiah(line.price, language), "total": written.rupiah(line.total, language),
            "ready": written.day(line.ready_on, language, short=True),
        }
        for line in row.lines.all()
    ]  # fmt: skip
    return paper.pdf(FOLDER / "quote.typ", {
        **_head(enquiry.association), "lang": language, "code": row.code, "day": written.day((row.sent_at or row.made_at).date(), language),
        "until": written.day(row.valid_until, language), "to": [buyer.name, buyer.contact, buyer.address or enquiry.place],
        "what": enquiry.what, "pieces": written.number(enquiry.quantity, language),
        "wanted": written.day(enquiry.wanted_on, language), "lines": lines, "missing": row.missing,
        "goods": written.rupiah(row.goods, language), "shipping": written.rupiah(row.shipping, language),
        "total": written.rupiah(row.total, language), "percent": row.down_percent, "down": written.rupiah(row.down, language),
        "rest": written.rupiah(row.total - row.down, language), "way": _way(row, language), "delivery": row.delivery,
        "note": row.note, "bank": _bank(enquiry.association), "link": link, "qr": paper.qr(link), "draft": row.sent_at is None,
    })  # fmt: skip


def bill(row: Paper, *, link: str) -> bytes:
    """A delivery note (no prices, to be signed), an invoice (what was paid ahead is deducted) or a credit note."""
    order, facts = row.order, row.facts
    language = order.language
    lines = [
        {
            "name": line["name"], "producer": line["producer"], "pieces": written.number(line["quantity"], language),
            "price": written.rupiah(line["price"], language), "total": written.rupiah(line["price"] * line["quantity"], language),
        }
        for line in facts["lines"]
    ]  # fmt: skip
    pieces = sum(line["quantity"] for line in facts["lines"])
    amounts = ("goods", "shipping", "total", "down", "paid", "due", "agreed", "billed")
    data: dict[str, Any] = {
        **_head(row.association), "lang": language, "kind": row.kind, "code": row.code, "order": order.code,
        "day": written.day(row.issued_on, language), "to": [order.name, order.address], "lines": lines,
        "pieces": written.number(pieces, language), "way": _way(order, language), "tracking": facts.get("tracking", order.tracking),
        **{key: written.rupiah(facts.get(key, 0), language) for key in amounts},
        **_course(facts, pieces, row, language),
        "shipping_any": facts["shipping"] != 0, "paid_any": facts.get("paid", 0) > 0, "settled": facts.get("due", 0) == 0,
        "bank": _bank(row.association), "link": link, "qr": paper.qr(link), "void": _void(row),
    }  # fmt: skip
    return paper.pdf(FOLDER / "bill.typ", data)


def _course(facts: dict[str, Any], pieces: int, row: Paper, language: str) -> dict[str, Any]:
    """Where a paper stands among those of its order: parts of the goods, invoices before it, what it lowers."""
    count = partial(written.number, language=language)
    parted = row.kind == Paper.Kind.NOTE and (facts.get("left", 0) > 0 or facts.get("sent", pieces) > pieces)
    before = facts.get("before", [])
    agreed, billed = facts.get("agreed", 0), facts.get("billed", 0)
    return {
        "parted": parted, "parcel": facts.get("parcel", 1), "sent": count(facts.get("sent", 0)),
        "all": count(facts.get("agreed", 0)) if parted else "", "left": count(facts.get("left", 0)),
        "last": facts.get("left", 0) == 0, "notes": ", ".join(facts.get("notes", [])), "of": facts.get("of", ""),
        "reason": facts.get("reason", ""), "staged": bool(before) or 0 < billed < agreed,
        "rest": written.rupiah(max(0, agreed - billed), language), "rest_any": agreed > billed,
        "before": [
            {"code": one["code"], "total": written.rupiah(one["total"], language), "paid": written.rupiah(one["paid"], language)}
            for one in before
        ],
    }  # fmt: skip


def _void(row: Paper) -> bool:
    """Whether all of what a delivery note says came back, or never left."""
    if row.kind != Paper.Kind.NOTE:
        return False
    parcels = [one.parcel for one in row.covers.select_related("parcel")]
    return bool(parcels) and not any(there_of(parcel) for parcel in parcels)


def _way(row: Quote | Order, language: str) -> str:
    """How the goods travel, in the paper's language, whoever prints it."""
    with translation.override(language):
        return str(row.get_way_display())


def _head(association: Association) -> dict[str, str]:
    return {
        "association": association.name, "gallery": association.gallery_name or association.name,
        "address": association.address, "phone": written.phone(association.whatsapp) if association.whatsapp else "",
    }  # fmt: skip


def _bank(association: Association) -> str:
    rules = ShopRules.objects.filter(pk=association.pk).first()
    return f"{rules.bank} {rules.bank_number} a.n. {rules.bank_holder}" if rules and rules.bank_number else ""


def address_of(association: Association, start: str, path: str) -> str:
    """Where the association's site shows ``path``."""
    return f"https://{association.host}{path}" if association.host else f"{start}{path}"
