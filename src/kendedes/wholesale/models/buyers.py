"""The address book of buyers. What is personal stands here and in orders only, and can be blanked."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kendedes.network.models import Association
from kendedes.wholesale.models.common import WholesaleQuerySet


class BuyerQuerySet(WholesaleQuerySet["Buyer"]):
    pass


class Buyer(models.Model):
    """A person or an organisation that asks for goods. ``consented_at``: when she agreed that her contact is kept.

    Without that it is kept while something is open and for some months after, then blanked. ``next_on``: the day on
    which somebody wants to come back to her.
    """

    class Kind(models.TextChoices):
        PERSON = "person", _("perorangan")
        ORGANISATION = "organisation", _("lembaga/usaha")

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="buyers")
    kind = models.CharField(_("jenis"), max_length=12, choices=Kind.choices, default=Kind.PERSON)
    name = models.CharField(_("nama"), max_length=80)
    contact = models.CharField(_("nama kontak"), max_length=80, blank=True)
    phone = models.CharField(_("nomor WhatsApp"), max_length=20, blank=True)
    email = models.EmailField(_("surel"), max_length=120, blank=True)
    address = models.CharField(_("alamat"), max_length=300, blank=True)
    language = models.CharField(_("bahasa"), max_length=2, default="id")
    consented_at = models.DateTimeField(null=True, blank=True)
    next_step = models.CharField(_("langkah berikut"), max_length=120, blank=True)
    next_on = models.DateField(_("pada tanggal"), null=True, blank=True)
    made_at = models.DateTimeField()
    seen_at = models.DateTimeField(help_text="last time something happened with her")
    blanked_at = models.DateTimeField(null=True, blank=True)

    objects = BuyerQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        verbose_name = _("pembeli")
        constraints = [
            models.UniqueConstraint(
                fields=["association", "phone"],
                condition=Q(blanked_at=None) & ~Q(phone=""),
                name="wholesale_buyer_phone",
            ),
            models.CheckConstraint(
                condition=Q(next_on=None, next_step="") | (Q(next_on__isnull=False) & ~Q(next_step="")),
                name="wholesale_buyer_next",
            ),
        ]
        indexes = [
            models.Index(
                fields=["association", "next_on"], condition=Q(next_on__isnull=False), name="wholesale_reminders"
            )
        ]

    def __str__(self) -> str:
        return self.name


class BuyerNoteQuerySet(WholesaleQuerySet["BuyerNote"]):
    association_path = "buyer__association"


class BuyerNote(models.Model):
    """What somebody spoke about with a buyer. Goes when she is blanked."""

    class Kind(models.TextChoices):
        NOTE = "note", _("catatan")
        CALL = "call", _("telepon")
        CHAT = "chat", _("WhatsApp")
        VISIT = "visit", _("bertemu")
        SAMPLE = "sample", _("contoh dikirim")

    buyer = models.ForeignKey(Buyer, on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField(_("bentuk"), max_length=8, choices=Kind.choices, default=Kind.NOTE)
    text = models.CharField(_("isi"), max_length=500)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = BuyerNoteQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("catatan pembeli")

    def __str__(self) -> str:
        return self.get_kind_display()
