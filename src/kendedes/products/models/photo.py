"""Photos: the master is a file named by its content; sizes for the web are made beside it."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from kendedes.network.models import Scoped
from kendedes.products.models.product import Product


class PhotoQuerySet(Scoped["Photo"]):
    association_path = "product__association"
    unit_path = "product__producer__unit"
    producer_path = "product__producer"


class Photo(models.Model):
    """One picture of one product. ``sha256`` names the JPEG master; ``focus_*`` in permille from the top left."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="photos")
    sha256 = models.CharField(max_length=64, db_index=True)
    source_sha256 = models.CharField(max_length=64, blank=True, help_text="of the file as it was sent")
    source_name = models.CharField(max_length=200, blank=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    focus_x = models.PositiveSmallIntegerField(default=500, validators=[MaxValueValidator(1000)])
    focus_y = models.PositiveSmallIntegerField(default=500, validators=[MaxValueValidator(1000)])
    alt_id = models.CharField(_("keterangan foto"), max_length=200, blank=True)
    alt_en = models.CharField(_("keterangan foto (Inggris)"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        ordering = ["product", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "sha256"], condition=models.Q(removed_at=None), name="products_photo_once"
            )
        ]

    def __str__(self) -> str:
        return self.alt_id or self.sha256[:12]
