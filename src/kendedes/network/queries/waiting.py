"""What waits for a person: collected from every app that can tell, without knowing the apps above."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta

from django.apps import apps
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from kendedes.journal.models import User
from kendedes.network.models import Invitation, Producer, Unit
from kendedes.network.queries import scope
from kendedes.network.rules import Right, Waiting

Teller = Callable[[User], Iterable[Waiting]]
_ORDER = {"now": 0, "soon": 1, "info": 2, "start": 3}


def tellers() -> list[Teller]:
    """``AppConfig.waiting`` of every app, in floor order; entries may be functions or dotted names."""
    named = [entry for config in apps.get_app_configs() for entry in getattr(config, "waiting", [])]
    return [import_string(entry) if isinstance(entry, str) else entry for entry in named]


def everything(user: User) -> tuple[list[Waiting], list[Waiting]]:
    """(what waits, most urgent first; first steps of an empty house)."""
    found = [item for teller in tellers() for item in teller(user)]
    waits = sorted((w for w in found if w.tone != "start" and w.count), key=lambda w: _ORDER.get(w.tone, 2))
    return waits, [w for w in found if w.tone == "start"]


def waiting(user: User) -> list[Waiting]:
    """The network's own: first steps, invitations nobody has opened, producers whose consent is missing."""
    found: list[Waiting] = []
    edits, people = scope(user, Right.EDIT_NETWORK), scope(user, Right.MANAGE_PEOPLE)
    if edits.associations and not Unit.objects.filter(association__in=edits.associations).exists():
        found.append(
            Waiting(
                0,
                _("Tambahkan unit pertama"),
                reverse("network:unit_new"),
                "office",
                "start",
                _("Satu unit untuk tiap kecamatan, dengan bentuk hukumnya."),
            )
        )
    elif edits and not Producer.objects.allowed(user, Right.EDIT_NETWORK).exists():
        found.append(
            Waiting(
                0,
                _("Tambahkan produsen pertama"),
                reverse("network:producer_new"),
                "users",
                "start",
                _("Kelompok binaan atau UMKM yang produknya akan masuk katalog."),
            )
        )
    if people.associations:
        found += _invitations(user)
    if edits:
        missing = Producer.objects.allowed(user, Right.EDIT_NETWORK).filter(
            ended_on=None, consent=Producer.Consent.NONE, consent_on=None
        )
        found.append(
            Waiting(
                missing.count(),
                _("produsen belum ditanya soal kontak yang boleh diterbitkan"),
                reverse("network:producers") + "?consent=unknown",
                "phone",
                "info",
            )
        )
    return found


def _invitations(user: User) -> list[Waiting]:
    now = timezone.now()
    rows = Invitation.objects.allowed(user, Right.MANAGE_PEOPLE).open(now)
    soon = rows.filter(expires_at__lt=now + timedelta(days=2)).count()
    note = _("%(count)s berakhir dalam dua hari") % {"count": soon} if soon else ""
    address = reverse("network:people")
    return [Waiting(rows.count(), _("undangan belum dibuka"), address, "send", "soon" if soon else "info", note)]
