"""Terms of consignment: a frozen version; the newest of the narrowest scope counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kendedes.journal.models import Entry
from kendedes.ledger.rules.shares import BASIS, Deduction, Fees, Mode
from kendedes.network.models import Association, Producer, Scoped, Someone, Unit
from kendedes.network.rules import Right
from kendedes.products.models import Product

if TYPE_CHECKING:
    from typing import Self


class TermsQuerySet(Scoped["Terms"]):
    unit_path = "unit"
    producer_path = "producer"

    def visible_to(self, user: Someone) -> Self:
        """Terms of the bodies whose stock ``user`` may see, and those of the whole association."""
        from kendedes.network.queries import associations_of  # noqa: PLC0415 - the room above; only at call time

        whole = Q(unit=None, producer=None, product=None, association__in=associations_of(user, Right.SEE_STOCK))
        return self.allowed(user, Right.SEE_STOCK) | self.filter(whole)


class Terms(models.Model):
    """What was agreed, from a day on. Append-only: a change is a new version.

    Scope: association alone, or narrowed to a unit, a producer or a product. Percentages are basis points of what the
    buyer paid, or, with ``markup``, of the producer's price. The gallery's share is stored; ``named_side`` says whose
    percentage the paper names. ``dues_month``: a flat sum a month while goods stand here, taken off by settlement.
    """

    class Modes(models.TextChoices):
        CONSIGNMENT = Mode.CONSIGNMENT.value, _("titip jual")
        PURCHASE = Mode.PURCHASE.value, _("beli putus")

    class Side(models.TextChoices):
        PRODUCER = "producer", _("bagian produsen")
        GALLERY = "gallery", _("bagian galeri")

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="terms")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="terms")
    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, null=True, blank=True, related_name="terms")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, null=True, blank=True, related_name="terms")
    valid_from = models.DateField(_("berlaku sejak"))
    mode = models.CharField(_("cara"), max_length=12, choices=Modes.choices, default=Modes.CONSIGNMENT)
    named_side = models.CharField(_("persentase menyebut"), max_length=8, choices=Side.choices, default=Side.PRODUCER)
    gallery_bp = models.PositiveIntegerField(_("bagian galeri (per 10.000)"), default=0)
    unit_bp = models.PositiveIntegerField(_("bagian unit (per 10.000)"), default=0)
    gallery_each = models.PositiveIntegerField(_("galeri per buah (Rp)"), default=0)
    unit_each = models.PositiveIntegerField(_("unit per buah (Rp)"), default=0)
    markup = models.BooleanField(_("harga produsen ditambah"), default=False)
    markup_bp = models.PositiveIntegerField(_("tambahan harga (per 10.000)"), default=0)
    deductions = models.JSONField(
        default=list, blank=True, help_text="[[name, basis points], …] of the producer's part"
    )
    dues_month = models.PositiveIntegerField(_("iuran tetap tiap bulan (Rp)"), default=0, db_default=0)
    period_days = models.PositiveSmallIntegerField(_("dibayar tiap (hari)"), default=30)
    hold_days = models.PositiveSmallIntegerField(_("ditahan (hari)"), default=0)
    # Of a piece that expires, breaks or is lost, this part of its price is the producer's loss; the gallery pays the rest.
    expiry_producer_bp = models.PositiveIntegerField(_("kedaluwarsa ditanggung produsen"), default=BASIS)
    damage_producer_bp = models.PositiveIntegerField(_("kerusakan ditanggung produsen"), default=0)
    loss_producer_bp = models.PositiveIntegerField(_("kehilangan ditanggung produsen"), default=0)
    note = models.CharField(_("catatan"), max_length=300, blank=True)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")

    objects = TermsQuerySet.as_manager()

    class Meta:
        ordering = ["association", "-valid_from", "-id"]
        verbose_name = _("kesepakatan titip jual")
        indexes = [models.Index(fields=["association", "producer", "product", "valid_from"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(gallery_bp__lte=BASIS, unit_bp__lte=BASIS - F("gallery_bp")), name="ledger_terms_whole"
            ),
            models.CheckConstraint(
                condition=Q(expiry_producer_bp__lte=BASIS, damage_producer_bp__lte=BASIS, loss_producer_bp__lte=BASIS),
                name="ledger_terms_bearers",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_mode_display()} {self.valid_from}"

    @property
    def fees(self) -> Fees:
        """What is kept of a sold line. Goods bought outright are the gallery's own: all of it."""
        if self.mode == Mode.PURCHASE:
            return Fees(gallery_bp=BASIS)
        return Fees(
            gallery_bp=self.gallery_bp, unit_bp=self.unit_bp, gallery_each=self.gallery_each, unit_each=self.unit_each,
            markup=self.markup, deductions=tuple(Deduction(name, bp) for name, bp in self.deductions),
        )  # fmt: skip

    @property
    def text(self) -> str:
        """The content as one line, part of what the seal of a lot covers (``docs/algorithms/ledger.md``)."""
        named = ",".join(f"{name}={bp}" for name, bp in self.deductions)
        values = [
            self.mode, self.gallery_bp, self.unit_bp, self.gallery_each, self.unit_each, int(self.markup), self.markup_bp,
            self.period_days, self.hold_days, self.expiry_producer_bp, self.damage_producer_bp, self.loss_producer_bp,
        ]  # fmt: skip
        dues = (
            f" dues={self.dues_month}" if self.dues_month else ""
        )  # versions without dues keep the text they were sealed with
        return f"{self.valid_from} {' '.join(map(str, values))} [{named}]{dues}"
