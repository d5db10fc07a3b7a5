"""Everything a sale must know before it is written, read at once under the association's lock."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kendedes.journal.queries import KNOWN
from kendedes.journal.rows import adapted, ask
from kendedes.ledger.actions.locks import holding
from kendedes.ledger.models import Place
from kendedes.ledger.queries import posting as q


@dataclass(frozen=True, slots=True)
class Sight:
    """``known``: the key stands for a deed already. ``stock``: (lot, place, kind of place, pieces) at physical places.

    ``places`` and ``accounts``: row numbers by key, of those asked that exist.
    """

    known: bool
    standing: q.Standing
    lots: dict[int, q.SoldLot]
    stock: list[tuple[int, int, str, int]]
    places: dict[str, int]
    accounts: dict[str, int]

    def holdings(self) -> dict[tuple[int, int], int]:
        """Pieces by ``(place, lot)``; a place the lot never was at is absent."""
        return {(place, lot): pieces for lot, place, _, pieces in self.stock}


def look(association: int, *, key: uuid.UUID | None, lots: Iterable[int], accounts: Sequence[str]) -> Sight:
    """Take the association's lock, then read. One round trip on PostgreSQL, each read after the lock was got."""
    wanted = sorted(set(lots))
    questions = [
        (KNOWN, [adapted(key)]),
        q.standing_asked(association),
        q.places_asked(association, [Place.Kind.SOLD.value]),
        q.accounts_asked(association, accounts),
        *([q.sold_lots_asked(wanted), q.stock_asked(wanted)] if wanted else []),
    ]
    lock = holding(association)
    known, standing, places, found, *more = ask(*lock, *questions)[len(lock) :]
    sold, stock = more or ([], [])
    return Sight(
        bool(known), q.standing_of(standing), q.sold_lots_of(sold),
        [(int(lot), int(place), kind, int(pieces)) for lot, place, kind, pieces in stock], q.numbers_of(places),
        q.numbers_of(found),
    )  # fmt: skip
