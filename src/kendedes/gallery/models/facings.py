"""Which unit fills which facing of a shelf."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kendedes.gallery.models.places import Housed, Shelf
from kendedes.network.models import Unit

if TYPE_CHECKING:
    from typing import Self


class QuotaQuerySet(Housed["Quota"]):
    association_path = "unit__association"
    unit_path = "unit"


class Quota(models.Model):
    """How large a share of the facings a unit gets; a unit without a row counts as 1, one with 0 takes no part."""

    MOST = 9

    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="quota")
    weight = models.PositiveSmallIntegerField(_("bobot"))

    objects = QuotaQuerySet.as_manager()

    class Meta:
        ordering = ["unit"]
        verbose_name = _("bagian muka rak")
        constraints = [models.CheckConstraint(condition=Q(weight__lte=9), name="gallery_quota_most")]

    def __str__(self) -> str:
        return f"{self.unit}: {self.weight}"


class FacingQuerySet(Housed["Facing"]):
    association_path = "shelf__stand__venue__association"

    def on(self, day: date) -> Self:
        """Those that hold on a day."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


class Facing(models.Model):
    """A unit fills one facing of a shelf, from a day on (until another does)."""

    shelf = models.ForeignKey(Shelf, on_delete=models.PROTECT, related_name="fillings")
    number = models.PositiveSmallIntegerField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="facings")
    starts_on = models.DateField(_("sejak"))
    ends_on = models.DateField(_("sampai"), null=True, blank=True)

    objects = FacingQuerySet.as_manager()

    class Meta:
        ordering = ["shelf", "number", "starts_on"]
        verbose_name = _("muka rak")
        constraints = [
            models.UniqueConstraint(
                fields=["shelf", "number"], condition=Q(ends_on=None), name="gallery_facing_one_unit"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="gallery_facing_days"
            ),
            models.CheckConstraint(condition=Q(number__gt=0), name="gallery_facing_number"),
        ]

    def __str__(self) -> str:
        return f"{self.shelf} / {self.number}"
