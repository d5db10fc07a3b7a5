"""Editions and what is chosen for them while they are drafts."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kendedes.network.models import Association, Scoped, Someone, Unit
from kendedes.network.rules import Right
from kendedes.products.models import Photo, Product


class EditionQuerySet(Scoped["Edition"]):
    def visible_to(self, user: Someone) -> Self:
        """Editions of the bodies ``user`` sees, and the published ones of her regency: her unit is a chapter there."""
        own = self.allowed(user, Right.SEE_PRODUCTS)
        from kendedes.network.queries import scope  # noqa: PLC0415 - the room above; only at call time

        units = scope(user, Right.SEE_PRODUCTS).units
        if not units:
            return own
        regency = Association.objects.filter(units__in=units)
        return own | self.filter(level=Edition.Level.REGENCY, state=Edition.State.PUBLISHED, association__in=regency)

    def fixed(self) -> Self:
        """Locked and published editions: their text no longer changes."""
        return self.filter(state__in=Edition.FIXED)

    def published(self) -> Self:
        return self.filter(state=Edition.State.PUBLISHED)


class Edition(models.Model):
    """One numbered catalogue of a unit or of the regency. Once locked, the database refuses every change of it."""

    class Level(models.TextChoices):
        UNIT = "unit", _("kecamatan")
        REGENCY = "regency", _("kabupaten")

    class State(models.TextChoices):
        DRAFT = "draft", _("draf")
        PROOF = "proof", _("cetak coba")
        LOCKED = "locked", _("dikunci")
        PUBLISHED = "published", _("terbit")

    FIXED = (State.LOCKED, State.PUBLISHED)

    class Paper(models.TextChoices):
        A4 = "A4", _("A4 (210 × 297 mm)")
        A5 = "A5", _("A5 (148 × 210 mm)")
        F4 = "F4", _("F4 (215 × 330 mm)")

    class Layout(models.IntegerChoices):
        ONE = 1, _("1 produk per halaman")
        TWO = 2, _("2 produk per halaman")
        FOUR = 4, _("4 produk per halaman")
        SIX = 6, _("6 produk per halaman")

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="editions")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="editions", null=True, blank=True)
    level = models.CharField(max_length=10, choices=Level.choices)
    state = models.CharField(_("status"), max_length=10, choices=State.choices, default=State.DRAFT)
    year = models.PositiveSmallIntegerField(_("tahun"))
    number = models.PositiveSmallIntegerField(_("nomor"))
    period = models.CharField(_("periode"), max_length=20)
    slug = models.SlugField(max_length=80)
    title_id = models.CharField(_("judul"), max_length=160)
    title_en = models.CharField(_("judul (Inggris)"), max_length=160, blank=True)
    preface_id = models.TextField(_("kata pengantar"), blank=True, max_length=8000)
    preface_en = models.TextField(_("kata pengantar (Inggris)"), blank=True, max_length=8000)
    preface_author = models.CharField(_("penulis pengantar"), max_length=80, blank=True)
    preface_role = models.CharField(_("jabatan penulis"), max_length=80, blank=True)
    opening_id = models.TextField(_("pembuka bab"), blank=True, max_length=1200)
    opening_en = models.TextField(_("pembuka bab (Inggris)"), blank=True, max_length=1200)
    imprint = models.JSONField(_("keterangan penerbitan"), default=list, blank=True, help_text='[{"label", "value"}]')
    cover_photo = models.ForeignKey(Photo, on_delete=models.PROTECT, null=True, blank=True, related_name="covers")
    cover_line = models.CharField(_("kalimat sampul"), max_length=160, blank=True)
    paper = models.CharField(_("kertas"), max_length=2, choices=Paper.choices, default=Paper.A5)
    layout = models.PositiveSmallIntegerField(_("tata letak"), choices=Layout.choices, default=Layout.FOUR)
    previous = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="followers")
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-number", "level", "id"]
        verbose_name = _("edisi")
        constraints = [
            models.CheckConstraint(
                condition=Q(level="unit", unit__isnull=False) | Q(level="regency", unit=None),
                name="catalogue_edition_level_and_unit",
            ),
            models.UniqueConstraint(fields=["association", "slug"], name="catalogue_edition_slug"),
            models.UniqueConstraint(
                fields=["unit", "year", "number"], condition=Q(level="unit"), name="catalogue_unit_edition_number"
            ),
            models.UniqueConstraint(
                fields=["association", "year", "number"], condition=Q(level="regency"),
                name="catalogue_regency_edition_number",
            ),
            models.UniqueConstraint(
                fields=["unit", "period"], condition=Q(level="unit"), name="catalogue_unit_edition_period"
            ),
            models.UniqueConstraint(
                fields=["association", "period"], condition=Q(level="regency"), name="catalogue_regency_edition_period"
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["association", "period", "level"])]

    def __str__(self) -> str:
        return self.title_id

    @property
    def is_fixed(self) -> bool:
        """Whether the text is frozen (locked or published)."""
        return self.state in self.FIXED

    @property
    def is_regency(self) -> bool:
        return self.level == self.Level.REGENCY


class EditionItem(models.Model):
    """A product chosen for a unit edition that is not yet locked. ``feature``: shown large on the web and the cover page."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="items")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    feature = models.BooleanField(default=False)
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["edition", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "product"], name="catalogue_item_once"),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.product}"
