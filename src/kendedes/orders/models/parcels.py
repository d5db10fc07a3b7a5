"""Wholesale orders leave in parts: what went with each, what came back, what was called off."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kendedes.ledger.models import Posting
from kendedes.orders.models.orders import Order, OrderLine


class Parcel(models.Model):
    """A part of an order that left for the buyer. With ``undoes``: pieces of another one that came back, or never left.

    ``shipping``: rupiah of the order's shipping that this part bears; of an undoing one below 0. Append-only, but for
    ``arrived_at``.
    """

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="parcels")
    number = models.PositiveSmallIntegerField()
    posting = models.OneToOneField(Posting, on_delete=models.PROTECT, related_name="parcel")
    undoes = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="undone")
    shipping = models.BigIntegerField(default=0)
    tracking = models.CharField(_("nomor resi atau pembawa"), max_length=40, blank=True)
    reason = models.CharField(_("alasan"), max_length=200, blank=True)
    left_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    arrived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["order", "number"]
        verbose_name = _("kiriman")
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="orders_parcel_once"),
            models.CheckConstraint(
                condition=Q(undoes=None, shipping__gte=0) | (Q(undoes__isnull=False, shipping__lte=0) & ~Q(reason="")),
                name="orders_parcel_way",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}/{self.number}"


class ParcelLine(models.Model):
    """Pieces of a line in a parcel; below 0 in one that undoes. The database keeps the sum within what was agreed."""

    parcel = models.ForeignKey(Parcel, on_delete=models.PROTECT, related_name="lines")
    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="parcel_lines")
    pieces = models.IntegerField()

    class Meta:
        ordering = ["parcel", "line"]
        constraints = [
            models.UniqueConstraint(fields=["parcel", "line"], name="orders_parcel_line_once"),
            models.CheckConstraint(condition=~Q(pieces=0), name="orders_parcel_line_some"),
        ]

    def __str__(self) -> str:
        return f"{self.pieces} × {self.line_id}"

    @property
    def back(self) -> int:
        """Pieces that came back, in a parcel that undoes."""
        return -self.pieces


class CalledOff(models.Model):
    """Pieces of a line that buyer and gallery agreed not to deliver any more. Append-only."""

    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="called_off")
    pieces = models.PositiveIntegerField()
    reason = models.CharField(_("alasan"), max_length=200)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=Q(pieces__gt=0), name="orders_called_off_some")]

    def __str__(self) -> str:
        return f"{self.pieces} × {self.line_id}"
