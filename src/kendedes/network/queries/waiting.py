"""What waits for a person: collected from every app that can tell, without knowing the apps above."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db.models import Count, IntegerField, QuerySet, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from kendedes.journal.models import User
from kendedes.journal.queries import backup_failed
from kendedes.network.models import Invitation, Producer, Unit
from kendedes.network.queries import scope
from kendedes.network.rules import Right, Waiting

Teller = Callable[[User], Iterable[Waiting]]
_ORDER = {"now": 0, "soon": 1, "info": 2, "start": 3}


def tellers() -> list[Teller]:
    """``AppConfig.waiting`` of every app, in floor order; entries may be functions or dotted names."""
    named = [entry for config in apps.get_app_configs() for entry in getattr(config, "waiting", [])]
    return [import_string(entry) if isinstance(entry, str) else entry for entry in named]


@dataclass(frozen=True)
class Standing:
    """A person's home page: what waits (most urgent first), first steps of an empty house, how much there is."""

    waits: list[Waiting]
    steps: list[Waiting]
    units: int
    producers: int


def standing(user: User) -> Standing:
    """Everything the apps tell, counted in one query however many tell."""
    found = [item for teller in tellers() for item in teller(user)]
    units = Unit.objects.visible_to(user)
    producers = Producer.objects.visible_to(user).filter(ended_on=None)
    *counted, units_there, producers_there = numbers([*(item.count for item in found), units, producers])
    known = [replace(item, count=n) for item, n in zip(found, counted, strict=True)]
    waits = sorted((w for w in known if w.tone != "start" and w.count), key=lambda w: _ORDER.get(w.tone, 2))
    return Standing(waits, [w for w in known if w.tone == "start" and not w.count], units_there, producers_there)


def numbers(counts: Sequence[int | QuerySet[Any]]) -> list[int]:
    """``counts`` with each queryset replaced by the number of its rows: one query for all of them."""
    asked = [
        rows.order_by().values(which=Value(i, IntegerField())).annotate(rows_there=Count("pk"))
        for i, rows in enumerate(counts)
        if not isinstance(rows, int)
    ]
    found = {
        row["which"]: row["rows_there"] for row in (asked[0].union(*asked[1:], all=True).order_by() if asked else ())
    }
    return [rows if isinstance(rows, int) else found.get(i, 0) for i, rows in enumerate(counts)]


def waiting(user: User) -> list[Waiting]:
    """First steps, invitations nobody has opened, a backup that failed, producers whose consent is missing."""
    found: list[Waiting] = []
    edits, people = scope(user, Right.EDIT_NETWORK), scope(user, Right.MANAGE_PEOPLE)
    producers = Producer.objects.allowed(user, Right.EDIT_NETWORK)
    if edits.associations:
        note = _("Satu unit untuk tiap kecamatan, dengan bentuk hukumnya.")
        units = Unit.objects.filter(association__in=edits.associations)
        found.append(Waiting(units, _("Tambahkan unit pertama"), reverse("network:unit_new"), "office", "start", note))
    if edits:
        note = _("Kelompok binaan atau UMKM yang produknya akan masuk katalog.")
        address = reverse("network:producer_new")
        found.append(Waiting(producers, _("Tambahkan produsen pertama"), address, "users", "start", note))
    if people.associations:
        found += _invitations(user)
        label = _("cadangan harian gagal; alasannya ada di riwayat")
        found.append(Waiting(backup_failed(), label, reverse("network:diary"), "warning", "now"))
    if edits:
        missing = producers.filter(ended_on=None, consent=Producer.Consent.NONE, consent_on=None)
        label = _("produsen belum ditanya soal kontak yang boleh diterbitkan")
        found.append(Waiting(missing, label, reverse("network:producers") + "?consent=unknown", "phone", "info"))
    return found


def _invitations(user: User) -> list[Waiting]:
    now = timezone.now()
    rows = Invitation.objects.allowed(user, Right.MANAGE_PEOPLE).open(now)
    soon, address = now + timedelta(days=2), reverse("network:people")
    return [
        Waiting(rows.filter(expires_at__lt=soon), _("undangan berakhir dalam dua hari"), address, "send", "soon"),
        Waiting(rows.filter(expires_at__gte=soon), _("undangan belum dibuka"), address, "send", "info"),
    ]
