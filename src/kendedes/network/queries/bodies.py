"""Units and producers as lists show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Prefetch, Q, QuerySet, Sum

from kendedes.journal.models import User
from kendedes.network.models import LegalForm, Producer, Region, Unit
from kendedes.network.rules import Right, person_key


@dataclass(frozen=True)
class UnitRow:
    """A unit with its form in law on a day and its figures: producers, members (women, all), operators."""

    unit: Unit
    form: LegalForm | None
    producers: int
    members_f: int
    members: int
    operators: int


def unit_rows(user: User, on: date) -> list[UnitRow]:
    """Units ``user`` may see, by kecamatan; three queries."""
    active = Q(producers__ended_on=None)
    rows = Unit.objects.visible_to(user).select_related("district", "association").order_by("district__name")
    rows = rows.prefetch_related(
        Prefetch("forms", LegalForm.objects.filter(valid_from__lte=on).order_by("-valid_from"))
    )
    figures = {
        row["pk"]: row
        for row in Unit.objects.visible_to(user)
        .values("pk")
        .annotate(
            n=Count("producers", filter=active),
            f=Sum("producers__members_f", filter=active),
            m=Sum("producers__members_m", filter=active),
        )
    }
    operators = dict(
        Unit.objects.visible_to(user)
        .filter(memberships__role="operator", memberships__valid_to=None)
        .values_list("pk")
        .annotate(n=Count("memberships"))
    )
    result = []
    for unit in rows:
        held = next((f for f in unit.forms.all() if f.valid_to is None or f.valid_to >= on), None)
        known = figures[unit.pk]
        women, men = known["f"] or 0, known["m"] or 0
        result.append(UnitRow(unit, held, known["n"], women, women + men, operators.get(unit.pk, 0)))
    return result


def producer_rows(user: User, *, text: str = "", unit: int | None = None, consent: str = "") -> QuerySet[Producer]:
    """Producers ``user`` may see, active ones first; ``consent="unknown"``: those nobody has asked."""
    rows = Producer.objects.visible_to(user).select_related("village", "unit__district")
    if text:
        key = person_key(text)
        rows = rows.filter(Q(name__icontains=text) | (Q(name_key__contains=key) if key else Q()))
    if unit is not None:
        rows = rows.filter(unit=unit)
    if consent == "unknown":
        rows = rows.filter(consent=Producer.Consent.NONE, consent_on=None, ended_on=None)
    return rows.order_by(F("ended_on").asc(nulls_first=True), "name")


def villages_of(user: User) -> QuerySet[Region]:
    """Villages in which ``user`` may add a producer: those of her units' districts, or of the whole regency."""
    from kendedes.network.queries import scope  # noqa: PLC0415 - this module is part of that package

    found = scope(user, Right.EDIT_NETWORK)
    rows = Region.objects.filter(kind__in=[Region.Kind.VILLAGE, Region.Kind.WARD]).select_related("parent")
    return rows.filter(
        Q(parent__parent__associations__in=found.associations) | Q(parent__units__in=found.units)
    ).order_by("parent__name", "name").distinct()  # fmt: skip
