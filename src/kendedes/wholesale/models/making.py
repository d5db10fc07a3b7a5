"""Work in hand and the papers of goods that left."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kendedes.network.models import Association
from kendedes.orders.models import Order, OrderLine
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
    """A delivery note or an invoice: a number, a day and what stood on it. The buyer's name and address are the order's.

    Append-only; ``facts``: lines and amounts as they were.
    """

    class Kind(models.TextChoices):
        NOTE = "note", _("surat jalan")
        INVOICE = "invoice", _("faktur")

    PREFIX = {"note": "SJ", "invoice": "FK"}

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
        """``SJ-2026-0007``, ``FK-2026-0007``."""
        return f"{self.PREFIX[self.kind]}-{self.year}-{self.number:04d}"
