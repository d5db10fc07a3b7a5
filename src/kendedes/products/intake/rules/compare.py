"""What a line says about a product, in the product's own fields, and how it differs from what is stored."""

from __future__ import annotations

from typing import Any

from kendedes.base.money import Price
from kendedes.products.intake.rules.known import Item, Pack, PriceSaid
from kendedes.products.intake.rules.line import Line

# A sheet's empty cell says nothing, so only what is said is compared and stored.
DIRECT = (
    ("name_en", "name_en"), ("story", "story_id"), ("story_en", "story_en"), ("materials", "materials"),
    ("local_percent", "local_percent"), ("local_scope", "local_scope"), ("capacity", "capacity"),
    ("capacity_unit", "capacity_unit"), ("shelf_life", "shelf_life_days"), ("minimum_order", "minimum_order"),
    ("lead_time", "lead_time_days"),
)  # fmt: skip
OF_MAKER = (
    ("address", "address"), ("contact_name", "contact_name"), ("members_m", "members_m"), ("members_f", "members_f"),
    ("workers_m", "workers_m"), ("workers_f", "workers_f"), ("producer_kind", "kind"),
)  # fmt: skip


def product_fields(line: Line) -> dict[str, Any]:
    """The product's columns a line fills (names of products.Product, without name, code, category)."""
    found = {}
    for name, column in line.direct:
        value = getattr(line, name)
        if value not in ("", None):
            found[column] = value
    if "local_scope" in found and "local_percent" not in found and not line.ours:
        del found["local_scope"]
    return found


def producer_fields(line: Line) -> dict[str, Any]:
    """The producer's columns a line fills (names of network.Producer)."""
    found = {}
    for name, column in line.of_maker:
        value = getattr(line, name)
        if value not in ("", None):
            found[column] = value
    if line.phones:
        found["phone"] = line.phones[0].number.lstrip("+")
        if len(line.phones) > 1:
            found["other_phones"] = ", ".join(p.number.lstrip("+") for p in line.phones[1:])[:80]
    return found


def said_price(price: Price | None, minimum: int | None = None) -> PriceSaid | None:
    """As the table keeps it: no ``high`` for one price."""
    if price is None:
        return None
    return price.low, None if price.fixed else price.high, minimum


def pack_of(line: Line) -> Pack:
    """The variant a line speaks of."""
    return Pack(
        code=line.pack_code, name=line.pack_name, unit=line.unit, barcode=line.barcode,
        net=(line.contents.amount, line.contents.measure) if line.contents else None,
        retail=said_price(line.price), wholesale=said_price(line.wholesale, line.wholesale_minimum),
    )  # fmt: skip


def same_pack(a: Pack, b: Pack) -> bool | None:
    """Whether two packs are one: False when both name what differs, None when too little is said."""
    if a.code and b.code:
        return a.code == b.code
    if a.barcode and b.barcode:
        return a.barcode == b.barcode
    if a.net and b.net:
        return a.net == b.net and (not (a.name and b.name) or a.name == b.name)
    if a.name and b.name and a.name != b.name:
        return False
    if a.unit and b.unit and a.unit != b.unit:
        return False
    return True if a.net == b.net and a.unit == b.unit else None


def differences(line: Line, said: Pack, item: Item, pack: Pack | None) -> list[str]:
    """Names of what the line would change in a stored product; empty when all it says is there already."""
    found = [name for name, value in product_fields(line).items() if item.fields.get(name) != value]
    if line.ours and line.name != item.name:
        found.append("name_id")
    if pack is None:
        found.append("pack")
    else:
        found += [n for n in ("name", "unit", "net", "barcode") if getattr(said, n) not in ("", None, getattr(pack, n))]
        if said.retail and said.retail != pack.retail:
            found.append("price")
        if said.wholesale and _whole(said.wholesale, pack.wholesale) != pack.wholesale:
            found.append("wholesale")
    for permit, until in line.permits:
        stored = item.permits.get((permit.kind, permit.number))
        if stored is None or (until and until != stored):
            found.append("permit")
    if set(line.remarks) - item.remarks:
        found.append("remarks")
    return list(dict.fromkeys(found))


def _whole(said: PriceSaid, stored: PriceSaid | None) -> PriceSaid:
    """A minimum the line does not mention stays as stored."""
    return (said[0], said[1], said[2] if said[2] is not None else (stored[2] if stored else None))
