"""Quotes: versions of what is offered for an enquiry. Once sent, their lines and amounts are frozen by triggers."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kendedes.network.models import Producer, Someone
from kendedes.orders.models import Order
from kendedes.orders.rules.promising import down_payment
from kendedes.products.models import Variant
from kendedes.wholesale.models.common import WholesaleQuerySet, new_token
from kendedes.wholesale.models.enquiries import Enquiry

if TYPE_CHECKING:
    from typing import Self


class QuoteQuerySet(WholesaleQuerySet["Quote"]):
    association_path = "enquiry__association"

    def turned_away(self) -> Self:
        """Those that stand though their buyer was refused: she waits for a new one."""
        return self.filter(state=Quote.State.SENT, turned_away_at__isnull=False)

    def to_second(self, user: Someone) -> Self:
        """Drafts with a price below what was agreed that wait for ``user`` as the second person."""
        rows = self.filter(state=Quote.State.DRAFT, second_asked_at__isnull=False, second_at=None)
        return rows.exclude(made_by=user.pk)


class Quote(models.Model):
    """One version. ``key`` becomes its order's: accepted twice, it is one order. ``token``: the buyer's link.

    ``accepted_name``: as she typed it; blanked with her. ``turned_away_at``: when she first wanted to accept what could
    not be made any more. ``second_asked_at``: a price is below what its maker agreed to, a second person (``second_by``)
    must agree before it goes out.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draf")
        SENT = "sent", _("terkirim")
        ACCEPTED = "accepted", _("disetujui pembeli")
        REPLACED = "replaced", _("diganti versi baru")
        WITHDRAWN = "withdrawn", _("ditarik")

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="quotes")
    version = models.PositiveSmallIntegerField()
    token = models.CharField(max_length=32, unique=True, default=new_token)
    key = models.UUIDField(unique=True, default=uuid.uuid4)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    valid_until = models.DateField(_("berlaku sampai"))
    down_percent = models.PositiveSmallIntegerField(_("uang muka (%)"), default=50)
    way = models.CharField(_("cara menerima"), max_length=8, choices=Order.Way.choices, default=Order.Way.COURIER)
    delivery = models.CharField(_("pengiriman"), max_length=200, blank=True)
    shipping = models.PositiveBigIntegerField(_("ongkos kirim (Rp)"), default=0)
    note = models.CharField(_("catatan untuk pembeli"), max_length=600, blank=True)
    missing = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_name = models.CharField(max_length=80, blank=True)
    turned_away_at = models.DateTimeField(null=True, blank=True)
    second_asked_at = models.DateTimeField(null=True, blank=True)
    second_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    second_at = models.DateTimeField(null=True, blank=True)
    order = models.OneToOneField(Order, on_delete=models.PROTECT, null=True, blank=True, related_name="quote")

    objects = QuoteQuerySet.as_manager()

    class Meta:
        ordering = ["enquiry", "-version"]
        verbose_name = _("penawaran")
        constraints = [
            models.UniqueConstraint(fields=["enquiry", "version"], name="wholesale_quote_version"),
            models.UniqueConstraint(
                fields=["enquiry"], condition=Q(state__in=["sent", "accepted"]), name="wholesale_quote_stands"
            ),
            models.UniqueConstraint(fields=["enquiry"], condition=Q(state="draft"), name="wholesale_quote_draft"),
            models.CheckConstraint(condition=Q(down_percent__lte=100), name="wholesale_quote_down"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """``PN-2026-0041-2``: of enquiry 41, the second version."""
        return f"PN-{self.enquiry.year}-{self.enquiry.number:04d}-{self.version}"

    @property
    def goods(self) -> int:
        """Rupiah of all lines."""
        return sum(line.total for line in self.lines.all())

    @property
    def total(self) -> int:
        """Goods and shipping."""
        return self.goods + self.shipping

    @property
    def down(self) -> int:
        """Rupiah asked before work begins."""
        return down_payment(self.total, self.down_percent)

    def expired(self, today: date) -> bool:
        """Whether its last day has passed."""
        return today > self.valid_until


class LetterQuerySet(WholesaleQuerySet["Letter"]):
    association_path = "quote__enquiry__association"

    def lost(self) -> Self:
        """Those given up whose quote still stands."""
        return self.filter(failed_at__isnull=False, quote__state=Quote.State.SENT)


class Letter(models.Model):
    """A quote on its way by mail. Nothing personal stands here: address, text and paper are made when it leaves."""

    quote = models.OneToOneField(Quote, on_delete=models.PROTECT, related_name="letter")
    asked_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("surel penawaran")
        indexes = [
            models.Index(fields=["next_at"], condition=Q(sent_at=None, failed_at=None), name="wholesale_letters")
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.quote_id} {self.asked_at:%Y-%m-%d %H:%M}"


class QuoteLine(models.Model):
    """So many of one maker's pack at a price, ready on a day."""

    quote = models.ForeignKey(Quote, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveSmallIntegerField()
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="quote_lines")
    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="quote_lines")
    name = models.CharField(max_length=200)
    unit = models.CharField(max_length=20, blank=True)
    quantity = models.PositiveIntegerField()
    price = models.PositiveBigIntegerField()
    ready_on = models.DateField()
    sample = models.BooleanField(default=False)

    class Meta:
        ordering = ["quote", "number"]
        constraints = [
            models.UniqueConstraint(fields=["quote", "number"], name="wholesale_quote_line_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="wholesale_quote_line_some"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.name}"

    @property
    def total(self) -> int:
        """What the buyer pays for it."""
        return self.quantity * self.price
