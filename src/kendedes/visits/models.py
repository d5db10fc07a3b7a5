"""Sums by day, never single visits."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kendedes.network.models import Association, Scoped
from kendedes.products.models import Product


class LookedQuerySet(Scoped["Looked"]):
    association_path = "product__association"
    unit_path = "product__producer__unit"
    producer_path = "product__producer"


class Looked(models.Model):
    """How often the page of a product was opened on one day."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="looked")
    day = models.DateField()
    times = models.PositiveIntegerField()

    objects = LookedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["product", "day"], name="visits_looked_once")]
        indexes = [models.Index(fields=["day"], name="visits_by_day")]

    def __str__(self) -> str:
        return f"{self.product_id} {self.day}: {self.times}"


class MissedQuerySet(Scoped["Missed"]):
    unit_path = ""


class Missed(models.Model):
    """Words for which the search found nothing, how often, and when last."""

    association = models.ForeignKey(Association, on_delete=models.CASCADE, related_name="missed")
    words = models.CharField(max_length=60)
    times = models.PositiveIntegerField()
    last_on = models.DateField()

    objects = MissedQuerySet.as_manager()

    class Meta:
        ordering = ["-times", "-last_on", "words"]
        constraints = [models.UniqueConstraint(fields=["association", "words"], name="visits_missed_once")]

    def __str__(self) -> str:
        return self.words


class SynonymsQuerySet(Scoped["Synonyms"]):
    unit_path = ""


class Synonyms(models.Model):
    """Words or short phrases that mean the same, between commas."""

    association = models.ForeignKey(Association, on_delete=models.CASCADE, related_name="synonyms")
    words = models.CharField(
        _("kata"),
        max_length=200,
        help_text=_("Dua kata atau lebih yang sama artinya, dipisah koma: rinjing, keranjang bambu"),
    )

    objects = SynonymsQuerySet.as_manager()

    class Meta:
        ordering = ["words"]
        verbose_name = _("padanan kata")
        constraints = [
            models.UniqueConstraint(fields=["association", "words"], name="visits_synonyms_once"),
            models.CheckConstraint(condition=Q(words__contains=","), name="visits_synonyms_two"),
        ]

    def __str__(self) -> str:
        return self.words
