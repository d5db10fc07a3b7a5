"""Closed periods: nothing is booked into them any more."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kendedes.network.models import Association, Scoped, Someone
from kendedes.network.rules import Right


class PeriodQuerySet(Scoped["Period"]):
    unit_path = ""

    def visible_to(self, user: Someone) -> PeriodQuerySet:
        """Periods of associations whose money ``user`` may see."""
        return self.allowed(user, Right.SEE_MONEY)


class Period(models.Model):
    """A closed stretch of days. Append-only: closing writes the row, nothing reopens it.

    ``totals``: SHA-256 over the balance of every account and lot at the close (``verify`` compares).
    """

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="periods")
    starts_on = models.DateField()
    ends_on = models.DateField()
    posting = models.OneToOneField("ledger.Posting", on_delete=models.PROTECT, related_name="closes")
    totals = models.CharField(max_length=64)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["association", "-ends_on"]
        verbose_name = _("masa buku")
        constraints = [
            models.UniqueConstraint(fields=["association", "ends_on"], name="ledger_period_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="ledger_period_days"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.ends_on}"
