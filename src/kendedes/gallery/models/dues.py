"""Dues: what units pay together to keep the stands; asked, paid, receipted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kendedes.ledger.models import Posting
from kendedes.network.models import Association, Scoped, Someone, Unit
from kendedes.network.rules import Right

if TYPE_CHECKING:
    from typing import Self


class OwedQuerySet[M: models.Model](Scoped[M]):
    """Rows of a unit that its own people and the association's money people see."""

    def visible_to(self, user: Someone) -> Self:
        """Those ``user`` may see."""
        return self.allowed(user, Right.SEE_STATEMENTS)


class CallQuerySet(Scoped["Call"]):
    unit_path = ""

    def visible_to(self, user: Someone) -> Self:
        """Calls of associations whose money ``user`` may see."""
        return self.allowed(user, Right.SEE_MONEY)


class Call(models.Model):
    """The association asks its units for dues."""

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="calls")
    name = models.CharField(_("iuran untuk"), max_length=80)
    asked_on = models.DateField(_("diminta"))
    due_on = models.DateField(_("jatuh tempo"))

    objects = CallQuerySet.as_manager()

    class Meta:
        ordering = ["association", "-asked_on", "-id"]
        verbose_name = _("iuran")
        constraints = [models.UniqueConstraint(fields=["association", "name"], name="gallery_call_once")]

    def __str__(self) -> str:
        return self.name


class DueQuerySet(OwedQuerySet["Due"]):
    association_path = "call__association"


class Due(models.Model):
    """What one unit is asked for. What is paid is the sum of its receipts."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="dues")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="dues")
    amount = models.PositiveBigIntegerField(_("jumlah (Rp)"))

    objects = DueQuerySet.as_manager()

    class Meta:
        ordering = ["call", "unit__district__name"]
        verbose_name = _("iuran unit")
        constraints = [
            models.UniqueConstraint(fields=["call", "unit"], name="gallery_due_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="gallery_due_some"),
        ]

    def __str__(self) -> str:
        return f"{self.call}: {self.unit}"


class ReceiptQuerySet(OwedQuerySet["Receipt"]):
    association_path = "due__call__association"
    unit_path = "due__unit"


class Receipt(models.Model):
    """A kuitansi: dues that were paid, numbered per association and year. Append-only."""

    class Into(models.TextChoices):
        CASH = "cash", _("kas (tunai)")
        BANK = "bank", _("rekening bank")

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="receipts")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    due = models.ForeignKey(Due, on_delete=models.PROTECT, related_name="receipts")
    amount = models.PositiveBigIntegerField(_("jumlah (Rp)"))
    paid_on = models.DateField(_("tanggal"))
    payer = models.CharField(_("diterima dari"), max_length=80)
    into = models.CharField(_("masuk ke"), max_length=4, choices=Into.choices, default=Into.CASH)
    posting = models.OneToOneField(Posting, on_delete=models.PROTECT, related_name="dues_receipt")

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        ordering = ["association", "-year", "-number"]
        verbose_name = _("kuitansi")
        constraints = [
            models.UniqueConstraint(fields=["association", "year", "number"], name="gallery_receipt_number"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="gallery_receipt_some"),
        ]

    def __str__(self) -> str:
        return f"KI-{self.year}-{self.number:04d}"
