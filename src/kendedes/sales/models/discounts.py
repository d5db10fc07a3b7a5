"""What the till may take off a price: rules with their days, for all tills or those of one place, for all goods or some."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kendedes.journal.models import User
from kendedes.ledger.models import Lot, Place
from kendedes.network.models import Association, Producer, Scoped, Someone, Unit
from kendedes.network.rules import Right
from kendedes.products.models import Product
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

    def on(self, day: date) -> Self:
        """Those a till could give on a day, as far as it may have heard of their end."""
        ended = Q(ended_at=None) | Q(ended_at__date__gte=day)
        return self.filter(ended, Q(until=None) | Q(until__gte=day), since__lte=day)

    def of_till(self, device: Device) -> Self:
        """Those the till may give: for everywhere, or for the place it sells from."""
        return self.filter(Q(place=None) | Q(place=device.place_id), association=device.association_id)


class Discount(models.Model):
    """So much percent off, by a code the receipt shows. It is never changed; it ends, and another one is added.

    Of all goods, or of those of one unit, one producer or one product. Shares are divided of what the buyer paid, so
    everybody bears her part; of goods with a mark-up the gallery bears it alone (docs/algorithms/shares.md).
    """

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
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
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
            models.CheckConstraint(
                condition=Q(unit=None, producer=None) | Q(unit=None, product=None) | Q(producer=None, product=None),
                name="sales_discount_one_limit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.percent}%"

    @property
    def limit(self) -> Unit | Producer | Product | None:
        """Whose goods only, or which product; nothing: all goods."""
        return self.product or self.producer or self.unit

    def fits(self, lot: Lot | None) -> bool:
        """Whether it may be given on goods of this lot; goods nobody knows belong to no unit, producer or product."""
        wanted = (self.product_id, self.producer_id, self.unit_id)
        if not any(wanted):
            return True
        return lot is not None and wanted in {
            (lot.variant.product_id, None, None), (None, lot.producer_id, None), (None, None, lot.unit_id)
        }  # fmt: skip
