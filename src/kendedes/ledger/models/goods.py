"""Goods: where they can be, and whose they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kendedes.journal.models import Entry
from kendedes.ledger.models.terms import Terms
from kendedes.network.models import Association, Producer, Scoped, Someone, Unit
from kendedes.network.rules import Right
from kendedes.products.models import Variant

if TYPE_CHECKING:
    from typing import Self


class PlaceQuerySet(Scoped["Place"]):
    def visible_to(self, user: Someone) -> Self:
        """Places whose stock ``user`` may see: all of her association, her unit's store."""
        return self.allowed(user, Right.SEE_STOCK)


class Place(models.Model):
    """Where pieces are, or what became of them. ``physical`` places never hold fewer than none (the database refuses).

    ``key`` names it for programs: ``sold``, ``shelf:12``, ``unit:3``, ``event:5``.
    """

    class Kind(models.TextChoices):
        SHELF = "shelf", _("rak")
        STORE = "store", _("gudang galeri")
        UNIT = "unit", _("gudang unit")
        EVENT = "event", _("pameran")
        TRANSIT = "transit", _("di jalan")
        MAKER = "maker", _("rumah produsen")
        SOLD = "sold", _("terjual")
        EXPIRED = "expired", _("kedaluwarsa")
        DAMAGED = "damaged", _("rusak")
        LOST = "lost", _("hilang")
        FOUND = "found", _("ditemukan")
        SAMPLE = "sample", _("contoh")
        DIFFERENCE = "difference", _("selisih")

    PHYSICAL = ("shelf", "store", "unit", "event", "transit")

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="places")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    key = models.CharField(max_length=40)
    name = models.CharField(_("nama"), max_length=120)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="places")
    physical = models.BooleanField()

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "name"]
        verbose_name = _("tempat barang")
        constraints = [
            models.UniqueConstraint(fields=["association", "key"], name="ledger_place_key"),
            models.CheckConstraint(
                condition=Q(physical=True, kind__in=("shelf", "store", "unit", "event", "transit"))
                | Q(
                    physical=False,
                    kind__in=("maker", "sold", "expired", "damaged", "lost", "found", "sample", "difference"),
                ),
                name="ledger_place_physical",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class LotQuerySet(Scoped["Lot"]):
    unit_path = "unit"
    producer_path = "producer"

    def visible_to(self, user: Someone) -> Self:
        """Lots ``user`` may see."""
        return self.allowed(user, Right.SEE_STOCK)


class Lot(models.Model):
    """So many pieces of one pack, of one owner, under one set of terms, with one expiry date. Append-only.

    ``maker_price``: what the producer asks a piece, ``price``: the shelf price when it came (later ones: LotPrice),
    ``minimum_price``: below it a second person must agree. Whole rupiah.
    """

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="lots")
    number = models.PositiveBigIntegerField()
    code = models.CharField(_("kode titipan"), max_length=14)
    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="lots")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="lots")
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="lots")
    name = models.CharField(_("nama barang"), max_length=200)
    terms = models.ForeignKey(Terms, on_delete=models.PROTECT, related_name="lots")
    maker_price = models.PositiveBigIntegerField(_("harga produsen"))
    price = models.PositiveBigIntegerField(_("harga rak"))
    minimum_price = models.PositiveBigIntegerField(_("harga terendah"), default=0)
    made_on = models.DateField(_("dibuat"), null=True, blank=True)
    expires_on = models.DateField(_("kedaluwarsa"), null=True, blank=True)
    posting = models.ForeignKey("ledger.Posting", on_delete=models.PROTECT, related_name="lots")

    objects = LotQuerySet.as_manager()

    class Meta:
        ordering = ["association", "number"]
        verbose_name = _("titipan")
        constraints = [
            models.UniqueConstraint(fields=["association", "number"], name="ledger_lot_number"),
            models.UniqueConstraint(fields=["association", "code"], name="ledger_lot_code"),
            models.CheckConstraint(condition=Q(price__gt=0, maker_price__lte=F("price")), name="ledger_lot_price"),
            models.CheckConstraint(
                condition=Q(made_on=None) | Q(expires_on=None) | Q(expires_on__gte=F("made_on")),
                name="ledger_lot_dates",
            ),
        ]
        indexes = [models.Index(fields=["producer", "variant"]), models.Index(fields=["association", "expires_on"])]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class LotPrice(models.Model):
    """A later shelf price of a lot (markdown before expiry, a new agreement); the newest counts. Append-only."""

    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="prices")
    price = models.PositiveBigIntegerField(_("harga rak"))
    minimum_price = models.PositiveBigIntegerField(_("harga terendah"), default=0)
    valid_from = models.DateTimeField()
    reason = models.CharField(_("alasan"), max_length=120, blank=True)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["lot", "-id"]
        constraints = [models.CheckConstraint(condition=Q(price__gt=0), name="ledger_lot_price_positive")]

    def __str__(self) -> str:
        return f"{self.lot_id} {self.price}"
