"""What is told to buyers and makers: rows, sent by a loop or by a person's WhatsApp."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kendedes.network.models import Scoped, Someone
from kendedes.network.rules import Right
from kendedes.orders.models.orders import Order

if TYPE_CHECKING:
    from typing import Self


class MessageQuerySet(Scoped["Message"]):
    association_path = "order__association"
    unit_path = ""

    def visible_to(self, user: Someone) -> Self:
        """Messages of orders ``user`` handles."""
        return self.allowed(user, Right.HANDLE_ORDERS)

    def waiting(self) -> Self:
        """Those not sent, not given up."""
        return self.filter(sent_at=None, failed_at=None)


class Message(models.Model):
    """One text to one address. Mail is sent by the loop; WhatsApp waits for a person who opens its link."""

    class Channel(models.TextChoices):
        MAIL = "mail", _("surel")
        WHATSAPP = "whatsapp", _("WhatsApp")

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="messages")
    key = models.CharField(max_length=20)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    made_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = _("pesan")
        constraints = [models.UniqueConstraint(fields=["order", "key", "channel"], name="orders_message_once")]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(sent_at=None, failed_at=None), name="orders_outbox")
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.key} {self.channel}"
