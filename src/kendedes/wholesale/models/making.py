"""Work in hand and the papers of goods that left."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kendedes.network.models import Association
from kendedes.orders.models import Money, Order, OrderLine, Parcel
from kendedes.wholesale.models.common import WholesaleQuerySet, new_token


class Made(models.Model):
    """How many pieces of a line are made by now; the newest counts. Append-only."""

    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="made_so_far")
    pieces = models.PositiveIntegerField(_("sudah jadi"))
    said_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["line", "-id"]

    def __str__(self) -> str:
        return f"{self.line_id}: {self.pieces}"


class PaperQuerySet(WholesaleQuerySet["Paper"]):
    pass


class Paper(models.Model):
    """A delivery note, an invoice or a credit note: a number, a day and what stood on it. The buyer's name and address are
    the order's. Append-only; ``facts``: lines and amounts as they were.
    """

    class Kind(models.TextChoices):
        NOTE = "note", _("surat jalan")
        INVOICE = "invoice", _("faktur")
        CREDIT = "credit", _("nota kredit")

    PREFIX = {"note": "SJ", "invoice": "FK", "credit": "NK"}

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="wholesale_papers")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    token = models.CharField(max_length=32, unique=True, default=new_token)
    issued_on = models.DateField()
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    facts = models.JSONField()

    objects = PaperQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("surat grosir")
        constraints = [
            models.UniqueConstraint(fields=["association", "kind", "year", "number"], name="wholesale_paper_once"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """``SJ-2026-0007``, ``FK-2026-0007``, ``NK-2026-0001``."""
        return f"{self.PREFIX[self.kind]}-{self.year}-{self.number:04d}"


class Covers(models.Model):
    """Which parcel stands on a paper. Each stands on one of its kind: nothing is billed twice. Append-only."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="covers")
    parcel = models.ForeignKey(Parcel, on_delete=models.PROTECT, related_name="covered")
    kind = models.CharField(max_length=8, choices=Paper.Kind.choices)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["parcel", "kind"], name="wholesale_covers_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.paper_id}: {self.parcel_id}"


class PaidFor(models.Model):
    """Money that came for one invoice. What came for the order as a whole has no such row. Append-only."""

    money = models.OneToOneField(Money, on_delete=models.PROTECT, primary_key=True, related_name="paid_for")
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="moneys")

    def __str__(self) -> str:
        return f"{self.money_id} → {self.paper_id}"
