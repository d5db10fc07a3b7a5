"""How long people wait before it is shown. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Limits:
    """An association's own: an enquiry nobody answered, a quote nobody reacted to, a maker who was asked and said nothing."""

    answer_hours: int = 24
    quote_days: int = 5
    silent_days: int = 3


def answer_late(since: datetime, now: datetime, limits: Limits) -> bool:
    """Whether a buyer waits too long for a first answer."""
    return now - since > timedelta(hours=limits.answer_hours)


def quote_late(since: datetime, now: datetime, limits: Limits) -> bool:
    """Whether a quote lies too long without a word."""
    return now - since > timedelta(days=limits.quote_days)


def silent(asked: datetime, now: datetime, limits: Limits, *, said: bool) -> bool:
    """Whether a maker's silence is worth a call."""
    return not said and now - asked > timedelta(days=limits.silent_days)
