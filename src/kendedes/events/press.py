"""Papers of fairs, set by Typst: what went along or came back, and what each owner got."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils import timezone

from kendedes.base import format as written
from kendedes.events.models import Event, Trip
from kendedes.events.queries import OwnerResult
from kendedes.ledger.models import GoodsMove
from kendedes.ui import paper

FOLDER = Path(__file__).parent / "typst"


def trip(row: Trip) -> bytes:
    """The paper that travels with the goods, A5, to be signed at both ends."""
    event = row.event
    moves = GoodsMove.objects.filter(posting=row.posting).select_related(
        "lot__producer__unit__district", "source", "target"
    )
    lines = sorted(
        (
            {
                "name": move.lot.name, "code": move.lot.code, "owner": move.lot.producer.name,
                "unit": str(move.lot.producer.unit or ""), "from": move.source.name, "to": move.target.name,
                "pieces": written.number(move.quantity),
            }
            for move in moves
        ),
        key=lambda line: (line["unit"], line["owner"], line["name"]),
    )  # fmt: skip
    data: dict[str, Any] = {
        "title": "Surat jalan pameran" if row.kind == Trip.Kind.OUT else "Barang kembali dari pameran",
        "number": row.number, "association": event.association.name, "event": event.name,
        "where": event.where, "day": written.moment(timezone.localtime(row.made_at)), "carrier": row.carrier,
        "lines": lines, "pieces": written.number(sum(move.quantity for move in moves)),
        "by": str(row.made_by or ""), "qr": paper.qr(row.number),
    }  # fmt: skip
    return paper.pdf(FOLDER / "trip.typ", data)


def result(event: Event, owners: list[OwnerResult]) -> bytes:
    """What the fair brought each owner, A4."""
    data = {
        "association": event.association.name, "event": event.name, "where": event.where,
        "days": f"{written.day(event.starts_on, short=True)} – {written.day(event.ends_on, short=True)}",
        "owners": [
            {
                "name": owner.name, "unit": owner.unit, "gross": written.rupiah(owner.gross), "net": written.rupiah(owner.net),
                "out": written.number(owner.out), "sold": written.number(owner.sold), "home": written.number(owner.home),
                "lost": written.number(owner.lost) if owner.lost else "–",
            }
            for owner in owners
        ],
        "gross": written.rupiah(sum(o.gross for o in owners)), "net": written.rupiah(sum(o.net for o in owners)),
        "sold": written.number(sum(o.sold for o in owners)),
    }  # fmt: skip
    return paper.pdf(FOLDER / "result.typ", data)
