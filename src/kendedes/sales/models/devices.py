"""Tills: the devices that sell, how they are paired, who stands at them."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kendedes.journal.models import User
from kendedes.ledger.models import Place
from kendedes.network.models import Association, Scoped, Someone
from kendedes.network.rules import Right

if TYPE_CHECKING:
    from typing import Self


class DeviceQuerySet(Scoped["Device"]):
    unit_path = ""

    def visible_to(self, user: Someone) -> Self:
        """Tills of associations in which ``user`` manages them or sees the money."""
        return self.allowed(user, Right.MANAGE_TILLS) | self.allowed(user, Right.SEE_MONEY)

    def selling(self) -> Self:
        """Those whose token still works."""
        return self.filter(revoked_at=None)


class Device(models.Model):
    """A paired till. ``acked_seq`` and ``head`` say how far its chain is committed; only the sync action moves them.

    ``token_hash``: sha256 of the token the till made for itself. ``name``: what its people call it. ``place``: what it
    sells from, an exhibition for instance; None: the shelves of the gallery, then its store.
    """

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="tills")
    number = models.PositiveIntegerField()
    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    name = models.CharField(_("nama perangkat"), max_length=60, blank=True)
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="tills", verbose_name=_("menjual dari")
    )
    token_hash = models.CharField(max_length=64, unique=True)
    genesis = models.CharField(max_length=64)
    acked_seq = models.PositiveIntegerField(default=0)
    head = models.CharField(max_length=64)
    last_at = models.DateTimeField(help_text=_("saat terbaik peristiwa terakhir"))
    last_clock = models.BigIntegerField(default=0, help_text=_("jam perangkat pada peristiwa terakhir (milidetik)"))
    skew = models.BigIntegerField(default=0, help_text=_("selisih jam terakhir (milidetik)"))
    seen_at = models.DateTimeField(null=True, blank=True)
    paired_at = models.DateTimeField()
    locked_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = DeviceQuerySet.as_manager()

    class Meta:
        ordering = ["association", "number"]
        verbose_name = _("kasir (mesin)")
        constraints = [models.UniqueConstraint(fields=["association", "number"], name="sales_device_number")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}".rstrip()

    @property
    def code(self) -> str:
        """As on receipts: ``K3``."""
        return f"K{self.number}"


class PairingQuerySet(Scoped["Pairing"]):
    unit_path = ""

    def visible_to(self, user: Someone) -> Self:
        """Those of the associations whose tills ``user`` manages."""
        return self.allowed(user, Right.MANAGE_TILLS)

    def open(self, at: datetime) -> Self:
        """Codes that still work at ``at``."""
        return self.filter(used_at=None, expires_at__gt=at)


class Pairing(models.Model):
    """A code by which one till is paired: once, within ten minutes."""

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="pairings")
    code_hash = models.CharField(max_length=64, unique=True)
    name = models.CharField(_("nama perangkat"), max_length=60, blank=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    device = models.OneToOneField(Device, on_delete=models.PROTECT, null=True, blank=True, related_name="pairing")

    objects = PairingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(used_at=None, device=None) | Q(used_at__isnull=False, device__isnull=False),
                name="sales_pairing_used_by_one",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name or self.pk}"


class CashierQuerySet(Scoped["Cashier"]):
    unit_path = ""

    def visible_to(self, user: Someone) -> Self:
        """Those of the associations whose tills ``user`` manages."""
        return self.allowed(user, Right.MANAGE_TILLS)

    def current(self) -> Self:
        """Those whose PIN works."""
        return self.filter(ended_at=None)


class Cashier(models.Model):
    """A person who opens tills with a PIN. Its row number is the ``actor`` of events; a new PIN keeps the row."""

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="cashiers")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="cashiers")
    salt = models.BinaryField(max_length=16)
    verifier = models.BinaryField(max_length=32)
    iterations = models.PositiveIntegerField()
    set_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = CashierQuerySet.as_manager()

    class Meta:
        verbose_name = _("kasir")
        constraints = [models.UniqueConstraint(fields=["association", "user"], name="sales_cashier_once")]

    def __str__(self) -> str:
        return str(self.user)


class TillRules(models.Model):
    """How an association's tills behave; without a row the defaults hold."""

    association = models.OneToOneField(
        Association, on_delete=models.PROTECT, primary_key=True, related_name="till_rules"
    )
    second_person_above = models.PositiveBigIntegerField(
        _("pembatalan/pengembalian di atas ini perlu orang kedua (Rp)"), default=500_000
    )
    rounding = models.PositiveSmallIntegerField(
        _("pembulatan tunai"),
        default=0,
        choices=[(0, _("tidak dibulatkan")), (100, "Rp100"), (500, "Rp500"), (1000, "Rp1.000")],
    )
    noncash_offline_sale = models.PositiveBigIntegerField(
        _("nontunai luring, tiap penjualan paling banyak (Rp)"), default=500_000
    )
    noncash_offline_total = models.PositiveBigIntegerField(
        _("nontunai luring, sebelum terkirim paling banyak (Rp)"), default=2_000_000
    )
    qris_static = models.CharField(_("kode QRIS galeri (isi kode, mulai 000201)"), max_length=512, blank=True)
    qris_dynamic = models.BooleanField(_("tampilkan QRIS dengan jumlah"), default=False)
    footer = models.CharField(_("baris terakhir struk"), max_length=120, blank=True, default="Terima kasih")

    class Meta:
        verbose_name = _("aturan kasir")

    def __str__(self) -> str:
        return f"{self.association}"
