"""What makers agreed for large quantities."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kendedes.products.models import Variant
from kendedes.wholesale.models.common import WholesaleQuerySet


class SupplyQuerySet(WholesaleQuerySet["Supply"]):
    association_path = "variant__product__association"


class Supply(models.Model):
    """A pack that its maker makes in large numbers. What is empty is taken from the product."""

    variant = models.OneToOneField(Variant, on_delete=models.PROTECT, primary_key=True, related_name="supply")
    is_open = models.BooleanField(_("ikut dibagi bila ada permintaan"), default=True)
    minimum = models.PositiveIntegerField(_("pesanan minimum"), null=True, blank=True)
    lead_days = models.PositiveSmallIntegerField(_("waktu pengerjaan (hari)"), null=True, blank=True)
    capacity = models.PositiveIntegerField(_("sanggup per bulan"), null=True, blank=True)
    sample_price = models.PositiveIntegerField(_("harga satu contoh (Rp)"), null=True, blank=True)
    note = models.CharField(_("kesepakatan lain"), max_length=200, blank=True)

    objects = SupplyQuerySet.as_manager()

    class Meta:
        ordering = ["variant__product__name_id", "variant"]
        verbose_name = _("harga grosir")

    def __str__(self) -> str:
        return f"{self.variant_id}"


class Tier(models.Model):
    """From ``quantity`` pieces on one costs the buyer ``price``."""

    supply = models.ForeignKey(Supply, on_delete=models.CASCADE, related_name="tiers")
    quantity = models.PositiveIntegerField(_("mulai jumlah"))
    price = models.PositiveBigIntegerField(_("harga per buah (Rp)"))

    class Meta:
        ordering = ["supply", "quantity"]
        constraints = [
            models.UniqueConstraint(fields=["supply", "quantity"], name="wholesale_tier_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0, price__gt=0), name="wholesale_tier_some"),
        ]

    def __str__(self) -> str:
        return f"≥ {self.quantity}: {self.price}"
