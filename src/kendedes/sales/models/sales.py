"""What was sold and brought back, on which shift, paid how. Append-only; what moved because of it is the ledger's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kendedes.journal.models import Entry
from kendedes.ledger.models import Lot
from kendedes.network.models import Association, Scoped, Someone
from kendedes.network.rules import Right
from kendedes.sales.models.devices import Cashier, Device

if TYPE_CHECKING:
    from typing import Self


class PayKind(models.TextChoices):
    """How money changes hands."""

    CASH = "cash", _("tunai")
    QRIS = "qris", _("QRIS")
    TRANSFER = "transfer", _("transfer")


class ShiftQuerySet(Scoped["Shift"]):
    association_path = "device__association"
    unit_path = ""

    def visible_to(self, user: Someone) -> Self:
        """Shifts of associations whose sales ``user`` approves or whose money she sees."""
        return self.allowed(user, Right.APPROVE_SALE) | self.allowed(user, Right.SEE_MONEY)


class Shift(models.Model):
    """The time one drawer is answered for, from the event ``uid`` on. Open until it has a ``ShiftClose``."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="shift")
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="shifts")
    seq = models.PositiveIntegerField()
    cashier = models.ForeignKey(Cashier, on_delete=models.PROTECT, null=True, blank=True, related_name="shifts")
    float = models.PositiveBigIntegerField(_("modal laci"))
    opened_at = models.DateTimeField()

    objects = ShiftQuerySet.as_manager()

    class Meta:
        ordering = ["-entry"]
        verbose_name = _("giliran kasir")

    def __str__(self) -> str:
        return f"{self.device} {self.opened_at:%Y-%m-%d %H:%M}"


class ShiftClose(models.Model):
    """The count at the end (Z): what was counted, what the server expects, and what the till printed."""

    shift = models.OneToOneField(Shift, on_delete=models.PROTECT, primary_key=True, related_name="close")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="shift_close")
    seq = models.PositiveIntegerField()
    cashier = models.ForeignKey(Cashier, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    counted = models.PositiveBigIntegerField(_("dihitung"))
    expected = models.BigIntegerField(_("seharusnya"))
    cash = models.BigIntegerField(_("tunai"))
    qris = models.BigIntegerField(_("QRIS"))
    transfer = models.BigIntegerField(_("transfer"))
    said = models.JSONField(help_text=_("seperti tercetak di slip Z"))
    closed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("tutup giliran")

    def __str__(self) -> str:
        return f"Z {self.shift_id}"

    @property
    def difference(self) -> int:
        """Counted above (or, below 0, short of) what should be there."""
        return self.counted - self.expected


class SaleQuerySet(Scoped["Sale"]):
    unit_path = ""

    def visible_to(self, user: Someone) -> Self:
        """Sales of associations in which ``user`` sells or sees the money."""
        return self.allowed(user, Right.SELL) | self.allowed(user, Right.SEE_MONEY)


class Sale(models.Model):
    """One sale. Its receipt number is device, event number and the first eight letters of the event's hash."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="sale")
    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="sales", db_index=False)
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="sales", db_index=False)
    seq = models.PositiveIntegerField()
    mark = models.CharField(max_length=8)
    shift = models.ForeignKey(Shift, on_delete=models.PROTECT, null=True, blank=True, related_name="sales")
    cashier = models.ForeignKey(
        Cashier, on_delete=models.PROTECT, null=True, blank=True, related_name="sales", db_index=False
    )
    approved_by = models.ForeignKey(
        Cashier, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    total = models.PositiveBigIntegerField()
    rounding = models.SmallIntegerField(default=0)
    note = models.CharField(max_length=200, blank=True)

    objects = SaleQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-entry"]
        verbose_name = _("penjualan")
        constraints = [models.UniqueConstraint(fields=["device", "seq", "mark"], name="sales_receipt_once")]
        indexes = [models.Index(fields=["association", "-at"])]

    def __str__(self) -> str:
        return self.receipt

    @property
    def receipt(self) -> str:
        """``K3-000041-9f2c41aa``."""
        return f"{self.device.code}-{self.seq:06d}-{self.mark}"


class SaleLine(models.Model):
    """A line as sold; ``lot`` None: *belum dikenal*. ``share``: number of its share line in the sale's posting."""

    sale = models.ForeignKey(Sale, on_delete=models.PROTECT, related_name="lines", db_index=False)
    number = models.PositiveSmallIntegerField()
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, null=True, blank=True, related_name="sale_lines")
    code = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=120)
    quantity = models.PositiveIntegerField()
    price = models.PositiveBigIntegerField()
    discount = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField()
    share = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["sale", "number"]
        constraints = [
            models.UniqueConstraint(fields=["sale", "number"], name="sales_line_once"),
            models.CheckConstraint(
                condition=Q(quantity__gt=0, total=F("quantity") * F("price") - F("discount")), name="sales_line_adds_up"
            ),
            models.CheckConstraint(
                condition=Q(lot=None, share=None) | Q(lot__isnull=False, share__isnull=False), name="sales_line_share"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.name}"


class Refund(models.Model):
    """Goods that came back for money, or a sale that was undone before the shift closed (*void*)."""

    class Kind(models.TextChoices):
        REFUND = "refund", _("pengembalian")
        VOID = "void", _("pembatalan")

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="refund")
    sale = models.ForeignKey(Sale, on_delete=models.PROTECT, related_name="refunds")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    device = models.ForeignKey(Device, on_delete=models.PROTECT, null=True, blank=True, related_name="refunds")
    shift = models.ForeignKey(Shift, on_delete=models.PROTECT, null=True, blank=True, related_name="refunds")
    cashier = models.ForeignKey(Cashier, on_delete=models.PROTECT, null=True, blank=True, related_name="refunds")
    approved_by = models.ForeignKey(Cashier, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    total = models.PositiveBigIntegerField()
    rounding = models.SmallIntegerField(default=0)
    reason = models.CharField(_("alasan"), max_length=200)

    class Meta:
        ordering = ["-at", "-entry"]
        verbose_name = _("pengembalian")
        constraints = [
            models.UniqueConstraint(fields=["sale"], condition=Q(kind="void"), name="sales_voided_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.sale_id}"


class RefundLine(models.Model):
    """Pieces of a sold line that came back. Never more than were sold (the database refuses)."""

    refund = models.ForeignKey(Refund, on_delete=models.PROTECT, related_name="lines")
    line = models.ForeignKey(SaleLine, on_delete=models.PROTECT, related_name="refunds")
    quantity = models.PositiveIntegerField()
    total = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["refund", "line"], name="sales_refund_line_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="sales_refund_some"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.line_id}"


class Payment(models.Model):
    """Rupiah that came in for a sale, or went out (below 0) for a refund. ``entry``: of that deed."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="payments")
    shift = models.ForeignKey(Shift, on_delete=models.PROTECT, null=True, blank=True, related_name="payments")
    kind = models.CharField(max_length=8, choices=PayKind.choices)
    amount = models.BigIntegerField()
    given = models.PositiveBigIntegerField(null=True, blank=True)
    ref = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"


class CashMove(models.Model):
    """Cash put into a drawer or taken out of it, not for a sale. Of an order: told by the office, not by the till."""

    class Purpose(models.TextChoices):
        OFFICE = "office", _("kas galeri")
        EXPENSE = "expense", _("biaya")
        OTHER = "other", _("lain-lain")
        ORDER = "order", _("uang pesanan")

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="cash_move")
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="cash_moves")
    shift = models.ForeignKey(Shift, on_delete=models.PROTECT, null=True, blank=True, related_name="cash_moves")
    cashier = models.ForeignKey(Cashier, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    purpose = models.CharField(max_length=8, choices=Purpose.choices)
    amount = models.BigIntegerField(help_text=_("di bawah nol: keluar dari laci"))
    reason = models.CharField(_("alasan"), max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["entry"]

    def __str__(self) -> str:
        return f"{self.purpose} {self.amount}"


class Assignment(models.Model):
    """Whose goods an unknown line turned out to be; its share is line 1 of the entry's posting."""

    line = models.OneToOneField(SaleLine, on_delete=models.PROTECT, primary_key=True, related_name="assignment")
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="+")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="assignment")

    def __str__(self) -> str:
        return f"{self.line_id} → {self.lot_id}"
