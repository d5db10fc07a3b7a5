"""What a lock leaves behind. All of it append-only: the database refuses UPDATE and DELETE (``0002_guards``)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kendedes.catalogue.models.edition import Edition
from kendedes.journal.models import Entry
from kendedes.products.models import Product


class Frozen(models.Model):
    """The edition document as canonical JSON text. Every file and page of the edition is made from ``text`` alone."""

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="frozen")
    text = models.TextField(help_text="kendedes/edition/1, canonical JSON")
    sha256 = models.CharField(max_length=64)
    products = models.PositiveIntegerField()
    warnings = models.JSONField(default=list, help_text="what the preflight knew at the lock")
    locked_at = models.DateTimeField()
    locked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.sha256[:12]


class EditionPage(models.Model):
    """One "lembar produk": the frozen copy of one product in a unit edition, with the live product beside it."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="pages")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="edition_pages")
    position = models.PositiveIntegerField()
    code = models.CharField(max_length=20)
    feature = models.BooleanField(default=False)
    content = models.JSONField(help_text="ENTRY of the edition document, stars and address included")
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["edition", "position"]
        verbose_name = _("lembar produk")
        constraints = [
            models.UniqueConstraint(fields=["edition", "position"], name="catalogue_page_position"),
            models.UniqueConstraint(fields=["edition", "code"], name="catalogue_page_code"),
        ]

    def __str__(self) -> str:
        return self.code


class Chapter(models.Model):
    """A locked unit edition as a chapter of a regency edition; open to change until the regency edition is locked."""

    regency = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="chapters")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="appears_in")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["regency", "position"]
        constraints = [models.UniqueConstraint(fields=["regency", "edition"], name="catalogue_chapter_once")]

    def __str__(self) -> str:
        return f"{self.position}. {self.edition}"


class Publication(models.Model):
    """The moment from which an edition is public."""

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="publication")
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.published_at:%Y-%m-%d}"


class Erratum(models.Model):
    """A numbered correction shown with a locked edition; the frozen text stays. ``code`` empty: about the edition itself."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="errata")
    number = models.PositiveSmallIntegerField()
    code = models.CharField(_("kode produk"), max_length=20, blank=True)
    field = models.CharField(_("bagian"), max_length=60)
    old_text = models.TextField(_("tertulis"), max_length=2000)
    new_text = models.TextField(_("seharusnya"), max_length=2000)
    reason = models.CharField(_("alasan"), max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["edition", "number"]
        verbose_name = _("ralat")
        constraints = [models.UniqueConstraint(fields=["edition", "number"], name="catalogue_erratum_number")]

    def __str__(self) -> str:
        return f"Ralat {self.number}"
