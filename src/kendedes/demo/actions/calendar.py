"""When things happened. Fixed days, so that the same demonstration has the same editions on every machine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

LOCKED = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Calendar:
    """``founded`` … ``published``: aware datetimes in the order of the story."""

    locked: datetime

    @classmethod
    def before(cls, now: datetime) -> Calendar:
        """The fixed days, or earlier ones where the clock has not reached them."""
        return cls(min(LOCKED, now - timedelta(days=2)))

    @property
    def founded(self) -> datetime:
        return self.locked - timedelta(days=700)

    @property
    def joined(self) -> datetime:
        return self.locked - timedelta(days=540)

    @property
    def written(self) -> datetime:
        return self.locked - timedelta(days=210)

    @property
    def repriced(self) -> datetime:
        return self.locked - timedelta(days=75)

    @property
    def submitted(self) -> datetime:
        return self.locked - timedelta(days=60)

    @property
    def accepted(self) -> datetime:
        return self.locked - timedelta(days=52)

    @property
    def judged(self) -> datetime:
        return self.locked - timedelta(days=30)

    @property
    def composed(self) -> datetime:
        return self.locked + timedelta(hours=20)

    @property
    def published(self) -> datetime:
        return self.locked + timedelta(hours=26)
