"""Permits and certificates of a producer or of one product."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kendedes.network.models import Producer, Scoped
from kendedes.products.models.product import Product


class PermitQuerySet(Scoped["Permit"]):
    association_path = "producer__association"
    unit_path = "producer__unit"
    producer_path = "producer"


class Permit(models.Model):
    """A number with its holder. A right shape is never "verified": that takes a person, a day and the official look-up."""

    class Kind(models.TextChoices):
        PIRT = "pirt", "P-IRT"
        HALAL = "halal", "Halal"
        BPOM = "bpom", "BPOM"
        NIB = "nib", "NIB"
        BRAND = "merek", _("Merek")
        SNI = "sni", "SNI"

    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="permits")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="permits", null=True, blank=True)
    kind = models.CharField(_("jenis"), max_length=5, choices=Kind.choices)
    number = models.CharField(_("nomor"), max_length=60)
    holder = models.CharField(_("pemegang"), max_length=120, blank=True)
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    file = models.FileField(_("berkas"), upload_to="izin/", blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    verified_on = models.DateField(_("diperiksa tanggal"), null=True, blank=True)
    verified_at_url = models.CharField(_("diperiksa di"), max_length=300, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    objects = PermitQuerySet.as_manager()

    class Meta:
        ordering = ["producer", "kind", "id"]
        verbose_name = _("izin")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(verified_by=None)
                | (models.Q(verified_on__isnull=False) & ~models.Q(verified_at_url="")),
                name="products_verified_needs_day_and_place",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"
