"""How an association sells on its site: ways to pay and to get the goods, quotas, courier rates, texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kendedes.gallery.models import Stand
from kendedes.network.models import Association, Region, Scoped, Someone
from kendedes.network.rules import Right
from kendedes.products.models import Variant

if TYPE_CHECKING:
    from typing import Self


class ShopQuerySet[M: models.Model](Scoped[M]):
    """Rows of the shop itself: those who handle orders see them, the manager changes them."""

    unit_path = ""

    def visible_to(self, user: Someone) -> Self:
        """Those of associations whose orders ``user`` handles."""
        return self.allowed(user, Right.HANDLE_ORDERS)


class ShopRules(models.Model):
    """How an association's shop behaves; without a row nothing is sold on the site.

    ``hold_*``: hours for which pieces stay set aside until the money, or the buyer, comes. ``down_percent``: of an order
    made for the buyer, asked before work begins. The QRIS code is the gallery's (``sales.TillRules``).
    """

    association = models.OneToOneField(Association, on_delete=models.PROTECT, primary_key=True, related_name="shop")
    is_open = models.BooleanField(_("menerima pesanan lewat situs"), default=False)
    qris = models.BooleanField(_("QRIS"), default=True)
    transfer = models.BooleanField(_("transfer bank"), default=True)
    cash = models.BooleanField(_("tunai saat mengambil"), default=True)
    pickup = models.BooleanField(_("diambil di galeri"), default=True)
    courier = models.BooleanField(_("dikirim kurir"), default=True)
    round = models.BooleanField(_("diantar keliling unit"), default=False)
    round_note = models.CharField(_("keterangan antaran"), max_length=200, blank=True)
    round_fee = models.PositiveIntegerField(_("biaya antaran (Rp)"), default=0)
    bank = models.CharField(_("nama bank"), max_length=40, blank=True)
    bank_number = models.CharField(_("nomor rekening"), max_length=30, blank=True)
    bank_holder = models.CharField(_("atas nama"), max_length=80, blank=True)
    hold_qris = models.PositiveSmallIntegerField(_("batas bayar QRIS (jam)"), default=3)
    hold_transfer = models.PositiveSmallIntegerField(_("batas transfer (jam)"), default=24)
    hold_cash = models.PositiveSmallIntegerField(_("batas pengambilan, bayar tunai (jam)"), default=48)
    down_percent = models.PositiveSmallIntegerField(_("uang muka barang pesanan (%)"), default=50)
    gateway = models.BooleanField(_("bayar otomatis (Midtrans)"), default=False)
    mail_from = models.EmailField(_("alamat surel pengirim"), blank=True)
    answer_hours = models.PositiveSmallIntegerField(
        _("permintaan terlalu lama tanpa jawaban (jam)"), default=24, validators=[MinValueValidator(1)]
    )
    quote_days = models.PositiveSmallIntegerField(
        _("penawaran terlalu lama tanpa kabar (hari)"), default=5, validators=[MinValueValidator(1)]
    )
    silent_days = models.PositiveSmallIntegerField(
        _("produsen terlalu lama diam (hari)"), default=3, validators=[MinValueValidator(1)]
    )

    class Meta:
        verbose_name = _("aturan toko")
        constraints = [models.CheckConstraint(condition=Q(down_percent__lte=100), name="orders_down_percent")]

    def __str__(self) -> str:
        return f"{self.association}"


class QuotaQuerySet(ShopQuerySet["Quota"]):
    association_path = "stand__venue__association"


class Quota(models.Model):
    """How many pieces of each pack (or of one) on a stand's shelves the site may promise; without a row all of them."""

    stand = models.ForeignKey(Stand, on_delete=models.PROTECT, related_name="quotas")
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    most = models.PositiveIntegerField(_("paling banyak"))

    objects = QuotaQuerySet.as_manager()

    class Meta:
        ordering = ["stand", "variant"]
        verbose_name = _("kuota situs")
        constraints = [
            models.UniqueConstraint(fields=["stand", "variant"], name="orders_quota_once"),
            models.UniqueConstraint(fields=["stand"], condition=Q(variant=None), name="orders_quota_all_once"),
        ]

    def __str__(self) -> str:
        return f"{self.stand}: {self.most}"


class RateQuerySet(ShopQuerySet["Rate"]):
    pass


class Rate(models.Model):
    """What a courier asks to a regency: for the first kilogram and for each one more. ``days``: as couriers say it."""

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="rates")
    regency = models.CharField(_("kabupaten/kota tujuan"), max_length=60)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    courier = models.CharField(_("kurir"), max_length=40)
    first_kg = models.PositiveIntegerField(_("1 kg pertama (Rp)"))
    next_kg = models.PositiveIntegerField(_("tiap kg berikutnya (Rp)"))
    days = models.CharField(_("perkiraan hari"), max_length=20, blank=True)

    objects = RateQuerySet.as_manager()

    class Meta:
        ordering = ["association", "regency", "first_kg", "id"]
        verbose_name = _("ongkos kirim")
        constraints = [
            models.UniqueConstraint(fields=["association", "regency", "courier"], name="orders_rate_once"),
            models.CheckConstraint(condition=Q(first_kg__gt=0), name="orders_rate_some"),
        ]

    def __str__(self) -> str:
        return f"{self.courier} {self.regency}"


class WordingQuerySet(ShopQuerySet["Wording"]):
    pass


class Wording(models.Model):
    """An association's own text of a message; without a row the built-in one is used."""

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="wordings")
    key = models.CharField(max_length=20)
    language = models.CharField(max_length=2, choices=[("id", "Indonesia"), ("en", "English")])
    subject = models.CharField(_("judul surel"), max_length=120)
    text = models.TextField(_("isi"), max_length=1500)

    objects = WordingQuerySet.as_manager()

    class Meta:
        ordering = ["association", "key", "language"]
        verbose_name = _("teks pesan")
        constraints = [models.UniqueConstraint(fields=["association", "key", "language"], name="orders_wording_once")]

    def __str__(self) -> str:
        return f"{self.key} {self.language}"
