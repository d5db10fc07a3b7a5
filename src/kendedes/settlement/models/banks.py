"""Where payouts are transferred to: bank accounts of producers and units, sealed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kendedes.network.models import Association, Producer, Scoped, Someone, Unit
from kendedes.network.rules import Right

if TYPE_CHECKING:
    from typing import Self

# Whoever changed an account pays nothing to it for so long: one person alone cannot lead money elsewhere.
COOLING = timedelta(hours=72)


class BankAccountQuerySet(Scoped["BankAccount"]):
    unit_path = "unit"
    producer_path = "producer"

    def visible_to(self, user: Someone) -> Self:
        """Accounts (masked) of bodies for which ``user`` may enter one."""
        return self.allowed(user, Right.KEEP_BANK)

    def current(self) -> Self:
        """Those in use."""
        return self.filter(ended_at=None)


class BankAccount(models.Model):
    """One version of a body's bank account; a change is another row. A producer's own, or the unit's by which her group
    is paid (``unit`` is also the producer's unit, ``producer`` empty for the unit's own account).

    ``sealed``: number and holder (``base.vault``). ``index`` finds the same number elsewhere. Never in exports or bundles.
    """

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    producer = models.ForeignKey(
        Producer, on_delete=models.PROTECT, null=True, blank=True, related_name="bank_accounts"
    )
    bank = models.CharField(_("bank"), max_length=40)
    sealed = models.BinaryField()
    index = models.CharField(max_length=64, db_index=True)
    tail = models.CharField(max_length=4, help_text="what the masked number shows")
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = BankAccountQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("rekening bank")
        constraints = [
            models.CheckConstraint(
                condition=Q(producer__isnull=False) | Q(unit__isnull=False), name="settlement_account_owner"
            ),
            models.UniqueConstraint(
                fields=["producer"],
                condition=Q(ended_at=None, producer__isnull=False),
                name="settlement_account_producer",
            ),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(ended_at=None, producer=None), name="settlement_account_unit"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bank} {self.masked}"

    @property
    def masked(self) -> str:
        """The number as everybody who may see it does."""
        return f"•••• {self.tail}"

    @property
    def about(self) -> str:
        """What the sealed text is bound to."""
        return f"bank:producer:{self.producer_id}" if self.producer_id else f"bank:unit:{self.unit_id}"

    def cooling(self, by: object, at: datetime) -> bool:
        """Whether ``by`` changed it too lately to pay to it."""
        return self.set_by_id is not None and self.set_by_id == getattr(by, "pk", None) and at - self.set_at < COOLING
