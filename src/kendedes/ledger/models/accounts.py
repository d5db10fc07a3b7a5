"""Accounts: where money is and whose it is."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kendedes.network.models import Association, Producer, Scoped, Someone, Unit
from kendedes.network.rules import Right


class AccountQuerySet(Scoped["Account"]):
    unit_path = "unit"
    producer_path = "producer"

    def visible_to(self, user: Someone) -> AccountQuerySet:
        """Accounts whose balance ``user`` may see."""
        return self.allowed(user, Right.SEE_MONEY)


class Account(models.Model):
    """One account. A money move goes from ``source`` (credited) to ``target`` (debited); the balance is in minus out.

    Assets and costs have balances of 0 and above; what is owed to producers and income have balances of 0 and below.
    ``key`` names it for programs: ``cash``, ``till:3``, ``producer:12``, ``unit_fee:4``, ``deduction:tabungan``.
    """

    class Kind(models.TextChoices):
        CASH = "cash", _("kas (brankas)")
        TILL = "till", _("uang laci kasir")
        BANK = "bank", _("rekening bank")
        QRIS = "qris", _("QRIS dalam perjalanan")
        TRANSFER = "transfer", _("transfer belum dicocokkan")
        PRODUCER = "producer", _("utang kepada produsen")
        UNIT_FEE = "unit_fee", _("bagian unit")
        DEDUCTION = "deduction", _("potongan bernama")
        SUSPENSE = "suspense", _("penjualan belum dikenal")
        GALLERY_FEE = "gallery_fee", _("bagian galeri")
        DUES = "dues", _("iuran unit")
        DEPOSIT = "deposit", _("uang pembeli, barang belum diserahkan")
        RECEIVABLE = "receivable", _("piutang pembeli, barang sudah diserahkan")
        SHIPPING = "shipping", _("ongkos kirim titipan pembeli")
        ROUNDING = "rounding", _("pembulatan tunai")
        OVER_SHORT = "over_short", _("selisih kas")
        LOSS = "loss", _("barang rusak/hilang/kedaluwarsa ditanggung galeri")
        PURCHASE = "purchase", _("pembelian barang (beli putus)")
        EXPENSE = "expense", _("biaya galeri")
        CAPITAL = "capital", _("modal dan saldo awal")
        CLEARING = "clearing", _("penampung transaksi")

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="accounts")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    key = models.CharField(max_length=80)
    name = models.CharField(_("nama"), max_length=120)
    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, null=True, blank=True, related_name="accounts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="accounts")

    objects = AccountQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "name"]
        verbose_name = _("akun")
        constraints = [models.UniqueConstraint(fields=["association", "key"], name="ledger_account_key")]

    def __str__(self) -> str:
        return self.name
