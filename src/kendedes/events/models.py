"""Tables of fairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kendedes.ledger.models import Lot, Place, Posting
from kendedes.network.models import Association, Scoped, Someone
from kendedes.network.rules import Right

if TYPE_CHECKING:
    from typing import Self


class EventQuerySet(Scoped["Event"]):
    unit_path = ""

    def visible_to(self, user: Someone) -> Self:
        """Fairs of the associations whose stock ``user`` sees, her unit's or her own included."""
        from kendedes.network.queries import associations_of  # noqa: PLC0415 - the room above; only at call time

        return self.filter(association__in=associations_of(user, Right.SEE_STOCK))


class Event(models.Model):
    """A fair: a place of the ledger with goods, tills and an end. Planned → out (goods are there) → back (counted)."""

    class State(models.TextChoices):
        PLANNED = "planned", _("direncanakan")
        OUT = "out", _("berlangsung")
        BACK = "back", _("selesai dihitung")

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="events")
    name = models.CharField(_("nama pameran"), max_length=80)
    host = models.CharField(_("penyelenggara"), max_length=80, blank=True)
    where = models.CharField(_("tempat"), max_length=120, blank=True)
    starts_on = models.DateField(_("mulai"))
    ends_on = models.DateField(_("selesai"))
    state = models.CharField(max_length=8, choices=State.choices, default=State.PLANNED)
    place = models.OneToOneField(Place, on_delete=models.PROTECT, related_name="event")

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-id"]
        verbose_name = _("pameran")
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="events_days"),
            models.UniqueConstraint(fields=["association", "name", "starts_on"], name="events_once"),
        ]

    def __str__(self) -> str:
        return self.name


class PackLine(models.Model):
    """Pieces of a lot that are meant to travel, from where. A plan: what travelled is in the ledger."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="pack")
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="+")
    source = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()

    class Meta:
        ordering = ["event", "lot__producer__unit", "lot__name"]
        constraints = [
            models.UniqueConstraint(fields=["event", "lot", "source"], name="events_pack_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="events_pack_some"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.lot}"


class Trip(models.Model):
    """Goods that went to the fair or came back: a posting and its paper. Append-only."""

    class Kind(models.TextChoices):
        OUT = "out", _("berangkat")
        BACK = "back", _("pulang")

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="trips")
    kind = models.CharField(max_length=4, choices=Kind.choices)
    number = models.CharField(_("nomor"), max_length=40, unique=True)
    carrier = models.CharField(_("pembawa"), max_length=80, blank=True)
    posting = models.OneToOneField(Posting, on_delete=models.PROTECT, related_name="trip")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.number


class LeadQuerySet(Scoped["Lead"]):
    association_path = "event__association"
    unit_path = ""

    def visible_to(self, user: Someone) -> Self:
        """Leads of fairs ``user`` runs: they hold people's contacts."""
        return self.allowed(user, Right.RUN_EVENTS)


class Lead(models.Model):
    """Somebody who wants more: who, what, how to answer. Contacts only with the person's consent."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="leads")
    name = models.CharField(_("nama"), max_length=80)
    contact = models.CharField(_("kontak"), max_length=80, blank=True)
    consented = models.BooleanField(_("bersedia dihubungi"), default=False)
    wants = models.CharField(_("yang dicari"), max_length=300)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)

    objects = LeadQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("peminat")
        constraints = [
            models.CheckConstraint(condition=Q(contact="") | Q(consented=True), name="events_contact_needs_consent")
        ]

    def __str__(self) -> str:
        return self.name
