"""How long people wait before it is shown. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

ANSWER_HOURS = 24  # an enquiry nobody answered
QUOTE_DAYS = 5  # a quote nobody reacted to: time to ask
SILENT_DAYS = 3  # a maker who was asked and said nothing


def answer_late(since: datetime, now: datetime) -> bool:
    """Whether a buyer waits too long for a first answer."""
    return now - since > timedelta(hours=ANSWER_HOURS)


def quote_late(since: datetime, now: datetime) -> bool:
    """Whether a quote lies too long without a word."""
    return now - since > timedelta(days=QUOTE_DAYS)


def silent(asked: datetime, now: datetime, *, said: bool) -> bool:
    """Whether a maker's silence is worth a call."""
    return not said and now - asked > timedelta(days=SILENT_DAYS)
