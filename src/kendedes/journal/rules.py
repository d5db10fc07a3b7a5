"""What may stand in an entry's facts; when backups are due and which are kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

# Fields whose values never enter the diary: a person can be blanked without touching it.
# "remarks" are words of a sheet nobody could place: there may be a phone number among them.
PERSONAL = frozenset(
    {
        "phone",
        "other_phones",
        "whatsapp",
        "address",
        "email",
        "contact_name",
        "person",
        "nik",
        "bank_account",
        "remarks",
    }
)


def jsonable(value: Any) -> Any:
    """``value`` as plain JSON: mappings, lists, strings, numbers, booleans, None; others as text."""
    if isinstance(value, Mapping):
        return {str(k): jsonable(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [jsonable(v) for v in value]
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return str(value)


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """``{field: [old, new]}`` for what differs; personal fields only say that they changed."""
    result: dict[str, list[Any]] = {}
    for name, new in after.items():
        old = before.get(name)
        if old != new:
            result[name] = ["…", "…"] if name in PERSONAL else [jsonable(old), jsonable(new)]
    return result


def backup_due(now: datetime, newest: date | None, hour: int) -> bool:
    """Whether today's backup is to be made: from ``hour`` on, or at once when yesterday's is missing too."""
    if newest is not None and newest >= now.date():
        return False
    return now.hour >= hour or newest is None or newest < now.date() - timedelta(days=1)


def backups_kept(days: Iterable[date], *, daily: int, monthly: int = 12) -> set[date]:
    """The newest ``daily`` days, and the first of each of the newest ``monthly`` months."""
    ordered = sorted(set(days))
    firsts: dict[tuple[int, int], date] = {}
    for day in ordered:
        firsts.setdefault((day.year, day.month), day)
    return {*ordered[-daily:], *list(firsts.values())[-monthly:]}
