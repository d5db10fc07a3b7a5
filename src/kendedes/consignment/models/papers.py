"""Papers about goods and their lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kendedes.ledger.models import Lot, Place, Posting
from kendedes.ledger.rules.codes import code_of
from kendedes.network.models import Association, Producer, Scoped, Someone, Unit
from kendedes.network.rules import Right
from kendedes.products.models import Variant

if TYPE_CHECKING:
    from typing import Self


class PaperQuerySet(Scoped["Paper"]):
    unit_path = "unit"
    producer_path = "producer"

    def visible_to(self, user: Someone) -> Self:
        """Papers ``user`` may see: those of bodies whose stock she sees, and those that go to or from her unit's store."""
        from kendedes.network.queries import scope  # noqa: PLC0415 - the room above; only at call time

        units = scope(user, Right.SEE_STOCK).units
        ends = Q(source__unit__in=units) | Q(target__unit__in=units) if units else Q(pk__in=[])
        return self.allowed(user, Right.SEE_STOCK) | self.filter(ends)


class Paper(models.Model):
    """One paper. A draft has no number; what was issued is not changed (the database refuses once it is done).

    ``unit``, ``producer``: whose goods are on it, when all of one body. ``source``, ``target``: from where to where;
    nota titipan come from their makers, what is written off goes where each line says.
    """

    class Kind(models.TextChoices):
        NOTE = "nota", _("nota titipan")
        DELIVERY = "jalan", _("surat jalan")
        RETURN = "retur", _("berita acara retur")
        WRITE_OFF = "hapus", _("berita acara kedaluwarsa/rusak")
        COUNT = "opname", _("stok opname")
        SWAP = "tukar", _("tukar tempat")

    class State(models.TextChoices):
        DRAFT = "draft", _("konsep")
        SENT = "sent", _("di jalan")
        COUNTED = "counted", _("sudah dihitung")
        DONE = "done", _("selesai")
        CANCELLED = "cancelled", _("dibatalkan")

    LETTERS = {"nota": "NT", "jalan": "SJ", "retur": "BR", "hapus": "BK", "opname": "SO", "tukar": "TT"}

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    number = models.PositiveIntegerField(null=True, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="papers")
    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, null=True, blank=True, related_name="papers")
    source = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="papers_out")
    target = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="papers_in")
    giver = models.CharField(_("yang menyerahkan"), max_length=80, blank=True)
    taker = models.CharField(_("yang menerima"), max_length=80, blank=True)
    note = models.CharField(_("catatan"), max_length=300, blank=True)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    drafted_at = models.DateTimeField()
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    posting = models.OneToOneField(Posting, on_delete=models.PROTECT, null=True, blank=True, related_name="paper")
    arrival = models.OneToOneField(
        Posting, on_delete=models.PROTECT, null=True, blank=True, related_name="paper_arrived"
    )

    objects = PaperQuerySet.as_manager()

    class Meta:
        ordering = ["association", "-id"]
        verbose_name = _("surat")
        constraints = [
            models.UniqueConstraint(fields=["association", "kind", "year", "number"], name="consignment_paper_number"),
            models.CheckConstraint(
                condition=Q(number=None, year=None, state__in=("draft", "counted", "cancelled"))
                | Q(number__isnull=False, year__isnull=False, state__in=("sent", "done")),
                name="consignment_issued_has_number",
            ),
        ]
        indexes = [models.Index(fields=["association", "state", "kind"])]

    def __str__(self) -> str:
        if self.number is None:
            return str(self.get_kind_display())
        return f"{self.LETTERS[self.kind]}-{self.year}-{self.number:04d}"

    @property
    def code(self) -> str:
        """What its QR says, by which it is found again."""
        return code_of("D", self.pk)


class Line(models.Model):
    """One line of a paper: pieces of a lot, or on a nota titipan what will become one.

    ``received``: what came, where it was carried. ``counted`` and ``booked``: of a count. ``becomes``: kind of place
    that written-off pieces go to.
    """

    class Becomes(models.TextChoices):
        EXPIRED = Place.Kind.EXPIRED.value, _("kedaluwarsa")
        DAMAGED = Place.Kind.DAMAGED.value, _("rusak")
        LOST = Place.Kind.LOST.value, _("hilang")

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, null=True, blank=True, related_name="paper_lines")
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, null=True, blank=True, related_name="paper_lines")
    quantity = models.PositiveIntegerField(pgettext_lazy("buah", "jumlah"), null=True, blank=True)
    received = models.PositiveIntegerField(_("diterima"), null=True, blank=True)
    counted = models.PositiveIntegerField(_("dihitung"), null=True, blank=True)
    booked = models.IntegerField(_("menurut catatan"), null=True, blank=True)
    becomes = models.CharField(_("sebab"), max_length=8, choices=Becomes.choices, blank=True)
    maker_price = models.PositiveBigIntegerField(_("harga produsen"), null=True, blank=True)
    price = models.PositiveBigIntegerField(_("harga rak"), null=True, blank=True)
    minimum_price = models.PositiveBigIntegerField(_("harga terendah"), default=0)
    made_on = models.DateField(_("dibuat"), null=True, blank=True)
    expires_on = models.DateField(_("kedaluwarsa"), null=True, blank=True)

    class Meta:
        ordering = ["paper", "position"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "position"], name="consignment_line_position"),
            models.UniqueConstraint(
                fields=["paper", "lot"], condition=Q(lot__isnull=False, becomes=""), name="consignment_line_lot_once"
            ),
            models.CheckConstraint(condition=Q(quantity=None) | Q(quantity__gt=0), name="consignment_line_some"),
            models.CheckConstraint(
                condition=Q(lot__isnull=False) | Q(variant__isnull=False), name="consignment_line_of"
            ),
            models.CheckConstraint(
                condition=Q(made_on=None) | Q(expires_on=None) | Q(expires_on__gte=F("made_on")),
                name="consignment_line_dates",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id}/{self.position}"

    @property
    def difference(self) -> int | None:
        """What a count or an arrival found too much (positive) or too little."""
        if self.counted is not None and self.booked is not None:
            return self.counted - self.booked
        if self.received is not None and self.quantity is not None:
            return self.received - self.quantity
        return None
