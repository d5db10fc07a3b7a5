"""What the till may take off a price: rules with their days, for all tills or those of one place."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kendedes.journal.models import User
from kendedes.ledger.models import Place
from kendedes.network.models import Association, Scoped, Someone
from kendedes.network.rules import Right
from kendedes.sales.models.devices import Device

if TYPE_CHECKING:
    from typing import Self


class DiscountQuerySet(Scoped["Discount"]):
    unit_path = ""

    def visible_to(self, user: Someone) -> Self:
        """Those of associations whose tills ``user`` manages."""
        return self.allowed(user, Right.MANAGE_TILLS)

    def running(self, until: date) -> Self:
        """Not ended by hand and not over on ``until``."""
        return self.filter(Q(until=None) | Q(until__gte=until), ended_at=None)

    def of_till(self, device: Device) -> Self:
        """Those the till may give: for everywhere, or for the place it sells from."""
        return self.filter(Q(place=None) | Q(place=device.place_id), association=device.association_id)


class Discount(models.Model):
    """So much percent off, by a code the receipt shows. It is never changed; it ends, and another one is added."""

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="discounts")
    code = models.CharField(_("kode di struk"), max_length=20)
    name = models.CharField(_("nama"), max_length=60)
    percent = models.PositiveSmallIntegerField(
        _("potongan (%)"), validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    since = models.DateField(_("mulai"))
    until = models.DateField(_("sampai dengan"), null=True, blank=True)
    place = models.ForeignKey(
        Place, verbose_name=_("berlaku di"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = DiscountQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "code"]
        verbose_name = _("aturan potongan")
        constraints = [
            models.CheckConstraint(condition=Q(percent__gte=1, percent__lte=100), name="sales_discount_percent"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="sales_discount_days"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.percent}%"
