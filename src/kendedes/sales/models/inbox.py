"""What tills sent: the bytes as received, and what became of them. Append-only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from kendedes.journal.models import Entry
from kendedes.network.models import Scoped, Someone
from kendedes.network.rules import Right
from kendedes.sales.models.devices import Device

if TYPE_CHECKING:
    from typing import Self


class BackupMark(models.Model):
    """A backup was made: what a device had acknowledged before is in it."""

    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M}"


class RawEventQuerySet(Scoped["RawEvent"]):
    association_path = "device__association"
    unit_path = ""

    def visible_to(self, user: Someone) -> Self:
        """Events of tills ``user`` may see."""
        return self.allowed(user, Right.MANAGE_TILLS) | self.allowed(user, Right.SEE_MONEY)

    def parked(self) -> Self:
        """Those whose last handling left them parked."""
        later = Handling.objects.filter(event=OuterRef("event"), number__gt=OuterRef("number"))
        waits = Handling.objects.filter(event=OuterRef("pk"), result=Handling.Result.PARKED)
        return self.filter(Exists(waits.filter(~Exists(later))))


class RawEvent(models.Model):
    """One event as its bytes arrived. ``branch`` 0 is the chain the server acknowledged; others come from copied tills.

    ``uid``: the event's own key, where the text could be read. ``at_best``: when it happened, frozen here.
    """

    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="events")
    branch = models.PositiveSmallIntegerField(default=0)
    seq = models.PositiveIntegerField()
    uid = models.UUIDField(unique=True, null=True, blank=True)
    raw = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    type = models.CharField(max_length=20, blank=True)
    at_device = models.BigIntegerField(null=True, blank=True)
    at_best = models.DateTimeField()
    received_at = models.DateTimeField()
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = RawEventQuerySet.as_manager()

    class Meta:
        ordering = ["device", "branch", "seq"]
        constraints = [models.UniqueConstraint(fields=["device", "branch", "seq"], name="sales_event_once")]

    def __str__(self) -> str:
        return f"{self.device_id}/{self.seq}"


class Handling(models.Model):
    """What became of an event; a parked one gets another row when somebody handles it. The last counts."""

    class Result(models.TextChoices):
        CREATED = "created", _("tercatat")
        FLAGGED = "flagged", _("tercatat, perlu dilihat")
        PARKED = "parked", _("menunggu")
        SET_ASIDE = "set_aside", _("dikesampingkan")

    event = models.ForeignKey(RawEvent, on_delete=models.PROTECT, related_name="handlings")
    number = models.PositiveSmallIntegerField(default=1)
    result = models.CharField(max_length=10, choices=Result.choices)
    why = models.JSONField(default=list)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["event", "number"]
        constraints = [models.UniqueConstraint(fields=["event", "number"], name="sales_handled_in_turn")]
        indexes = [
            models.Index(fields=["event"], condition=models.Q(result="parked"), name="sales_parked")
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.result


class Recovered(models.Model):
    """A sale of a lost till entered from its paper receipt. If the event itself turns up, it is not posted again."""

    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="recovered")
    seq = models.PositiveIntegerField()
    mark = models.CharField(max_length=8, help_text=_("delapan huruf terakhir nomor struk"))
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["device", "seq"], name="sales_recovered_once")]

    def __str__(self) -> str:
        return f"{self.device_id}/{self.seq}"
