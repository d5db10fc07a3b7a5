"""What buyers ask for."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kendedes.network.models import Association
from kendedes.products.models import Category, Product
from kendedes.wholesale.models.buyers import Buyer
from kendedes.wholesale.models.common import WholesaleQuerySet


class EnquiryQuerySet(WholesaleQuerySet["Enquiry"]):
    pass


class Enquiry(models.Model):
    """So many of something by a day. ``key``: of the form; the same again is the same enquiry. ``holder``: who has it.

    ``ceiling``: the most the buyer wants to pay for a piece. ``product`` or ``category``: where makers are looked for.
    """

    class State(models.TextChoices):
        NEW = "new", _("baru")
        TAKEN = "taken", _("dikerjakan")
        QUOTED = "quoted", _("ditawarkan")
        WON = "won", _("disepakati")
        LOST = "lost", _("tidak jadi")

    class Source(models.TextChoices):
        SITE = "site", _("situs")
        CHAT = "chat", _("WhatsApp")
        CALL = "call", _("telepon")
        VISIT = "visit", _("datang")
        EVENT = "event", _("pameran")

    LIVING = (State.NEW, State.TAKEN, State.QUOTED)

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="enquiries")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    key = models.UUIDField(unique=True, default=uuid.uuid4)
    buyer = models.ForeignKey(Buyer, on_delete=models.PROTECT, related_name="enquiries", verbose_name=_("pembeli"))
    source = models.CharField(_("lewat"), max_length=6, choices=Source.choices, default=Source.SITE)
    state = models.CharField(max_length=6, choices=State.choices, default=State.NEW)
    what = models.CharField(_("barang yang dicari"), max_length=300)
    product = models.ForeignKey(
        Product, on_delete=models.PROTECT, null=True, blank=True, related_name="enquiries", verbose_name=_("produk")
    )
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kategori")
    )
    quantity = models.PositiveIntegerField(pgettext_lazy("buah", "jumlah"))
    wanted_on = models.DateField(_("dibutuhkan tanggal"))
    ceiling = models.PositiveBigIntegerField(_("harga tertinggi per buah (Rp)"), null=True, blank=True)
    sample = models.BooleanField(_("minta contoh dahulu"), default=False)
    place = models.CharField(_("dikirim ke"), max_length=120, blank=True)
    note = models.CharField(_("keterangan"), max_length=1000, blank=True)
    received_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    waits_since = models.DateTimeField()
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    close_reason = models.CharField(_("alasan tidak jadi"), max_length=200, blank=True)

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        ordering = ["waits_since", "id"]
        verbose_name = _("permintaan")
        constraints = [
            models.UniqueConstraint(fields=["association", "year", "number"], name="wholesale_enquiry_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="wholesale_enquiry_some"),
        ]
        indexes = [models.Index(fields=["association", "state", "waits_since"])]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """``PM-2026-0041``, as people say it."""
        return f"PM-{self.year}-{self.number:04d}"

    @property
    def living(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.state in self.LIVING
