"""The rows that are never changed: postings, moves of goods and money, share lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kendedes.journal.models import Entry
from kendedes.ledger.models.accounts import Account
from kendedes.ledger.models.goods import Lot, Place
from kendedes.network.models import Association, Producer, Scoped, Someone
from kendedes.network.rules import Right

if TYPE_CHECKING:
    from typing import Self


class Posting(models.Model):
    """A deed that moved something: the entry of the diary, its place in the association's chain, its seal.

    ``occurred_on``: the day it happened where the association is. ``booked_on``: the day it counts for; later than
    ``occurred_on`` when it came after its period was closed (*susulan*).
    """

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="posting")
    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="postings", db_index=False)
    number = models.PositiveBigIntegerField()
    occurred_on = models.DateField()
    booked_on = models.DateField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["association", "number"]
        constraints = [models.UniqueConstraint(fields=["association", "number"], name="ledger_posting_number")]
        indexes = [models.Index(fields=["association", "booked_on"])]

    def __str__(self) -> str:
        return f"{self.association_id}/{self.number}"

    @property
    def late(self) -> bool:
        """Whether it came after its own period was closed."""
        return self.booked_on != self.occurred_on


class GoodsMove(models.Model):
    """``quantity`` whole pieces of one lot, from here to there."""

    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="goods")
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="moves")
    source = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="gone", db_index=False)
    target = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="come", db_index=False)
    quantity = models.PositiveBigIntegerField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="ledger_goods_some"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="ledger_goods_elsewhere"),
        ]
        indexes = [
            models.Index(fields=["source", "lot", "quantity"]),
            models.Index(fields=["target", "lot", "quantity"]),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.lot_id}: {self.source_id} → {self.target_id}"


class MoneyMove(models.Model):
    """``amount`` whole rupiah from the credited ``source`` to the debited ``target``."""

    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="money")
    source = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="credits", db_index=False)
    target = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="debits", db_index=False)
    amount = models.PositiveBigIntegerField()
    booked_on = models.DateField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="ledger_money_some"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="ledger_money_elsewhere"),
        ]
        indexes = [
            models.Index(fields=["source", "booked_on", "amount"]),
            models.Index(fields=["target", "booked_on", "amount"]),
        ]

    def __str__(self) -> str:
        return f"Rp{self.amount}: {self.source_id} → {self.target_id}"


class ShareLineQuerySet(Scoped["ShareLine"]):
    association_path = "posting__association"
    unit_path = "producer__unit"
    producer_path = "producer"

    def visible_to(self, user: Someone) -> Self:
        """Share lines of producers whose statements ``user`` may see."""
        return self.allowed(user, Right.SEE_STATEMENTS)


class ShareLine(models.Model):
    """The frozen division of one line: ``gross = gallery + unit + other + net``. Nobody computes it again.

    A refund is a line of its own with negative figures that ``reverses`` the sold one. ``compensation``: the gallery's
    part of a loss. ``purchase``: what is owed for goods bought outright. ``other``: named deductions, in ``named`` as
    ``{name: rupiah}``.
    """

    class Kind(models.TextChoices):
        SALE = "sale", _("terjual")
        REFUND = "refund", _("dikembalikan pembeli")
        COMPENSATION = "compensation", _("ganti rugi galeri")
        PURCHASE = "purchase", _("dibeli galeri")

    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="shares", db_index=False)
    line = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.SALE)
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="shares")
    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="shares", db_index=False)
    quantity = models.BigIntegerField()
    gross = models.BigIntegerField()
    gallery = models.BigIntegerField()
    unit = models.BigIntegerField()
    other = models.BigIntegerField()
    net = models.BigIntegerField()
    named = models.JSONField(default=dict)
    booked_on = models.DateField()
    free_on = models.DateField(help_text=_("boleh dibayarkan sejak"))
    reverses = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="reversals", db_index=False
    )

    objects = ShareLineQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["posting", "line"], name="ledger_share_line"),
            models.CheckConstraint(
                condition=Q(gross=F("gallery") + F("unit") + F("other") + F("net")), name="ledger_share_adds_up"
            ),
            models.CheckConstraint(
                condition=Q(kind="refund", quantity__lt=0, gross__lte=0, reverses__isnull=False)
                | (~Q(kind="refund") & Q(quantity__gt=0, gross__gte=0, reverses=None)),
                name="ledger_share_sign",
            ),
        ]
        indexes = [
            models.Index(fields=["producer", "booked_on"]),
            models.Index(fields=["reverses"], condition=Q(reverses__isnull=False), name="ledger_share_reversals"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.quantity} × {self.lot_id}: {self.net}"
