"""Buildings, stands, shelves; by what right they are run; who looks after them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kendedes.ledger.models import Place
from kendedes.network.models import Association, Scoped, Someone
from kendedes.network.rules import Right

if TYPE_CHECKING:
    from typing import Self


class Housed[M: models.Model](Scoped[M]):
    """Rows about the house itself: whoever sees stock anywhere in the association sees them, units too."""

    unit_path = ""

    def visible_to(self, user: Someone) -> Self:
        """Those of associations in which ``user`` sees stock."""
        from kendedes.network.queries import associations_of  # noqa: PLC0415 - the room above; only at call time

        return self.filter(**{f"{self.association_path}__in": associations_of(user, Right.SEE_STOCK)})


class VenueQuerySet(Housed["Venue"]):
    pass


class Venue(models.Model):
    """A building with stands."""

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="venues")
    name = models.CharField(_("nama"), max_length=80)
    address = models.CharField(_("alamat"), max_length=200, blank=True)

    objects = VenueQuerySet.as_manager()

    class Meta:
        ordering = ["association", "id"]
        verbose_name = _("pusat kerajinan")
        constraints = [models.UniqueConstraint(fields=["association", "name"], name="gallery_venue_once")]

    def __str__(self) -> str:
        return self.name


class StandQuerySet(Housed["Stand"]):
    association_path = "venue__association"

    def standing(self) -> Self:
        """Those still in use."""
        return self.filter(ended_on=None)


class Stand(models.Model):
    """A room or a table of a venue. ``left``, ``top``, ``width``, ``height``: where it is drawn, in squares of the plan."""

    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="stands")
    number = models.CharField(_("nomor"), max_length=10)
    name = models.CharField(_("nama"), max_length=60, blank=True)
    left = models.PositiveSmallIntegerField(_("dari kiri"), default=0)
    top = models.PositiveSmallIntegerField(_("dari atas"), default=0)
    width = models.PositiveSmallIntegerField(_("lebar"), default=4)
    height = models.PositiveSmallIntegerField(_("panjang"), default=3)
    place = models.OneToOneField(Place, on_delete=models.PROTECT, related_name="stand")
    ended_on = models.DateField(_("tidak dipakai sejak"), null=True, blank=True)

    objects = StandQuerySet.as_manager()
    named_by = ("venue",)

    class Meta:
        ordering = ["venue", "id"]
        verbose_name = _("stan")
        constraints = [
            models.UniqueConstraint(fields=["venue", "number"], name="gallery_stand_number"),
            models.CheckConstraint(condition=Q(width__gt=0, height__gt=0), name="gallery_stand_size"),
        ]

    def __str__(self) -> str:
        return f"Stan {self.number} {self.name}".rstrip()


class ShelfQuerySet(Housed["Shelf"]):
    association_path = "stand__venue__association"

    def standing(self) -> Self:
        """Those still in use."""
        return self.filter(ended_on=None, stand__ended_on=None)


class Shelf(models.Model):
    """A shelf of a stand. ``facings``: how many products stand in front; ``worth``: how well buyers see it (3 best)."""

    class Worth(models.IntegerChoices):
        LOW = 1, _("kurang terlihat")
        FAIR = 2, _("biasa")
        BEST = 3, _("setinggi mata, paling terlihat")

    stand = models.ForeignKey(Stand, on_delete=models.PROTECT, related_name="shelves")
    name = models.CharField(_("nama rak"), max_length=30)
    position = models.PositiveSmallIntegerField(default=0)
    facings = models.PositiveSmallIntegerField(_("banyak muka"), default=4)
    worth = models.PositiveSmallIntegerField(_("letak"), choices=Worth.choices, default=Worth.FAIR)
    place = models.OneToOneField(Place, on_delete=models.PROTECT, related_name="shelf")
    ended_on = models.DateField(_("tidak dipakai sejak"), null=True, blank=True)

    objects = ShelfQuerySet.as_manager()
    named_by = ("stand",)

    class Meta:
        ordering = ["stand", "position", "id"]
        verbose_name = _("rak")
        constraints = [
            models.UniqueConstraint(fields=["stand", "name"], name="gallery_shelf_once"),
            models.CheckConstraint(
                condition=Q(facings__lte=60, worth__gte=1, worth__lte=3), name="gallery_shelf_worth"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stand}, rak {self.name}"


class MandateQuerySet(Housed["Mandate"]):
    association_path = "venue__association"


class Mandate(models.Model):
    """A paper that gives the right to run stands, from a day to a day."""

    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="mandates")
    number = models.CharField(_("nomor surat"), max_length=80)
    giver = models.CharField(_("pemberi mandat"), max_length=120)
    about = models.CharField(_("tentang"), max_length=200, blank=True)
    starts_on = models.DateField(_("berlaku sejak"))
    ends_on = models.DateField(_("sampai"), null=True, blank=True)
    stands = models.ManyToManyField(Stand, related_name="mandates", verbose_name=_("stan"))
    file = models.CharField(
        max_length=120, blank=True, db_default="", help_text="below MEDIA_ROOT, named by its SHA-256"
    )

    objects = MandateQuerySet.as_manager()

    class Meta:
        ordering = ["venue", "-starts_on"]
        verbose_name = _("mandat pengelolaan")
        constraints = [
            models.UniqueConstraint(fields=["venue", "number"], name="gallery_mandate_once"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="gallery_mandate_days"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def holds(self, on: date) -> bool:
        """Whether it is in force on a day."""
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)


class DutyQuerySet(Housed["Duty"]):
    association_path = "stand__venue__association"

    def on(self, day: date) -> Self:
        """Duties that hold on a day."""
        found = self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)
        return found.filter(weekdays__contains=str(day.isoweekday()))


class Duty(models.Model):
    """A keeper looks after a stand on some days of the week. ``weekdays``: ``135`` = Monday, Wednesday, Friday."""

    stand = models.ForeignKey(Stand, on_delete=models.PROTECT, related_name="duties")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="duties")
    weekdays = models.CharField(_("hari"), max_length=7, default="1234567")
    starts_on = models.DateField(_("sejak"))
    ends_on = models.DateField(_("sampai"), null=True, blank=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        ordering = ["stand", "starts_on", "id"]
        verbose_name = _("giliran jaga")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="gallery_duty_days"
            ),
            models.CheckConstraint(condition=~Q(weekdays=""), name="gallery_duty_some_day"),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.weekdays}"
