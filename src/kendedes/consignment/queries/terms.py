"""Terms as people read them, with a worked example."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kendedes.consignment.rules.pricing import Example, example
from kendedes.ledger.models import Terms
from kendedes.ledger.rules.shares import BASIS

PRICE, PIECES = 20_000, 10  # of the worked example


@dataclass(frozen=True)
class Shown:
    """A version with what its paper says. ``named_bp``: the percentage the named side hears."""

    terms: Terms
    named_bp: int
    example: Example | None


def shown(terms: Terms) -> Shown:
    """Percentages as they were said, and an example of ten pieces at Rp20.000."""
    producer = terms.named_side == Terms.Side.PRODUCER
    named = BASIS - terms.gallery_bp - terms.unit_bp if producer else terms.gallery_bp
    bearers = (terms.expiry_producer_bp, terms.damage_producer_bp, terms.loss_producer_bp)
    outright = terms.mode == Terms.Modes.PURCHASE
    made = None
    if not outright:
        made = example(terms.fees, markup_bp=terms.markup_bp, quantity=PIECES, shelf=PRICE, bearers=bearers)
    return Shown(terms, named, made)


def unsaved(values: Mapping[str, Any]) -> Terms:
    """Terms as they would be; never written."""
    return Terms(**values)


def holding(rows: Iterable[Terms], today: date) -> tuple[list[Shown], list[Shown], list[Shown]]:
    """Versions that hold today (one a scope), that will, that did."""
    now: dict[tuple[Any, ...], Terms] = {}
    later, past = [], []
    ordered = sorted(rows, key=lambda t: (t.valid_from, t.pk), reverse=True)
    for row in ordered:
        scope = (row.association_id, row.unit_id, row.producer_id, row.product_id)
        if row.valid_from > today:
            later.append(row)
        elif scope not in now:
            now[scope] = row
        else:
            past.append(row)
    wide_first = sorted(
        now.values(), key=lambda t: (t.product_id is not None, t.producer_id is not None, t.unit_id is not None, t.pk)
    )
    return [shown(t) for t in wide_first], [shown(t) for t in later], [shown(t) for t in past]
