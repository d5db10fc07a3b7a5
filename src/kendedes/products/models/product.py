"""Products, their packs and prices, what is to be mended, what was released."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kendedes.journal.models import Entry
from kendedes.network.models import Association, Producer, Scoped


class Category(models.Model):
    """What kind of goods; one level of parents. Names in both languages are data."""

    slug = models.SlugField(unique=True)
    name_id = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    food = models.BooleanField(default=False, help_text=_("makanan/minuman: perlu P-IRT atau BPOM"))
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "name_id"]
        verbose_name = _("kategori")

    def __str__(self) -> str:
        return self.name_id


class ProductQuerySet(Scoped["Product"]):
    association_path = "association"
    unit_path = "producer__unit"
    producer_path = "producer"


class Product(models.Model):
    """One thing that is made. ``state`` is where it stands on the way to the public."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draf")
        SUBMITTED = "submitted", _("diajukan")
        RETURNED = "returned", _("perlu diperbaiki")
        ACCEPTED = "accepted", _("diterima")
        PUBLISHED = "published", _("terbit")
        DISCONTINUED = "discontinued", _("tidak diproduksi lagi")

    class LocalScope(models.TextChoices):
        VILLAGE = "village", _("desa")
        DISTRICT = "district", _("kecamatan")
        REGENCY = "regency", _("kabupaten")

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="products")
    producer = models.ForeignKey(
        Producer, on_delete=models.PROTECT, related_name="products", verbose_name=_("produsen")
    )
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, related_name="products", verbose_name=_("kategori")
    )
    code = models.CharField(_("kode"), max_length=20)
    slug = models.SlugField(max_length=160)
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    name_id = models.CharField(_("nama"), max_length=120)
    name_en = models.CharField(_("nama (Inggris)"), max_length=120, blank=True)
    story_id = models.TextField(_("cerita"), blank=True, max_length=3000)
    story_en = models.TextField(_("cerita (Inggris)"), blank=True, max_length=3000)
    materials = models.CharField(_("bahan"), max_length=300, blank=True, help_text=_("dipisah koma"))
    local_percent = models.PositiveSmallIntegerField(_("kandungan lokal (%)"), null=True, blank=True)
    local_scope = models.CharField(_("asal bahan lokal"), max_length=10, choices=LocalScope.choices, blank=True)
    capacity = models.PositiveIntegerField(_("kapasitas per bulan"), null=True, blank=True)
    capacity_unit = models.CharField(_("satuan kapasitas"), max_length=20, blank=True)
    shelf_life_days = models.PositiveIntegerField(_("masa simpan (hari)"), null=True, blank=True)
    minimum_order = models.PositiveIntegerField(_("pesanan minimum"), null=True, blank=True)
    lead_time_days = models.PositiveIntegerField(_("waktu pengerjaan (hari)"), null=True, blank=True)
    remarks = models.JSONField(
        default=list, blank=True, help_text="[{'field', 'text', 'source'}]: kept as written, never guessed"
    )
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = ProductQuerySet.as_manager()

    class Meta:
        ordering = ["name_id", "id"]
        verbose_name = _("produk")
        constraints = [
            models.UniqueConstraint(fields=["association", "code"], name="products_code_once"),
            models.UniqueConstraint(fields=["association", "slug"], name="products_slug_once"),
            models.CheckConstraint(
                condition=Q(local_percent=None) | Q(local_percent__lte=100), name="products_local_percent"
            ),
        ]
        indexes = [
            models.Index(fields=["association", "state", "name_id"]),
            models.Index(fields=["producer", "state"]),
        ]

    def __str__(self) -> str:
        return self.name_id


class Variant(models.Model):
    """A size or pack with its own code and prices. ``net_value`` is in whole ``net_unit``."""

    class NetUnit(models.TextChoices):
        GRAM = "g", "g"
        MILLILITRE = "ml", "ml"
        PIECES = "pcs", _("buah")
        CENTIMETRE = "cm", "cm"

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="variants")
    code = models.CharField(_("kode"), max_length=24)
    name = models.CharField(_("nama kemasan"), max_length=80, blank=True)
    unit = models.CharField(_("satuan jual"), max_length=20, blank=True)
    net_value = models.PositiveIntegerField(_("isi bersih"), null=True, blank=True)
    net_unit = models.CharField(_("satuan isi"), max_length=3, choices=NetUnit.choices, blank=True)
    barcode = models.CharField(_("barcode"), max_length=14, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["product", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["product", "code"], name="products_variant_code"),
            models.CheckConstraint(
                condition=Q(net_value=None) | (Q(net_value__gt=0) & ~Q(net_unit="")), name="products_net_has_unit"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.code


class Price(models.Model):
    """A price from a moment on, in whole rupiah; the newest of a kind counts. Append-only. ``low`` None: asked on request."""

    class Kind(models.TextChoices):
        RETAIL = "retail", _("eceran")
        WHOLESALE = "wholesale", _("grosir")

    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="prices")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    low = models.PositiveBigIntegerField(null=True, blank=True)
    high = models.PositiveBigIntegerField(null=True, blank=True)
    minimum = models.PositiveIntegerField(null=True, blank=True, help_text=_("jumlah minimum harga grosir"))
    valid_from = models.DateTimeField()
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["variant", "kind", "-id"]
        indexes = [models.Index(fields=["variant", "kind", "-id"])]
        constraints = [
            models.CheckConstraint(condition=Q(low=None) | Q(low__gt=0), name="products_price_positive"),
            models.CheckConstraint(
                condition=Q(high=None) | (Q(low__isnull=False) & Q(high__gt=F("low"))), name="products_price_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.low}"


class FixItem(models.Model):
    """One thing the curator wants mended before acceptance."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="fixes")
    field = models.CharField(max_length=40, blank=True)
    note = models.CharField(_("yang perlu diperbaiki"), max_length=300)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.note


class Release(models.Model):
    """A product's public text, prices and photos, frozen at one moment: what the web page and editions show. Append-only."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField()
    content = models.JSONField(help_text="queries.content(): an ENTRY of the edition document without stars")
    sha256 = models.CharField(max_length=64)
    released_at = models.DateTimeField()
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["product", "-number"]
        constraints = [models.UniqueConstraint(fields=["product", "number"], name="products_release_number")]

    def __str__(self) -> str:
        return f"{self.product} #{self.number}"
