"""What ``verify`` found, run by run; codes by which a treasurer's own chart of accounts is filled."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kendedes.ledger.models.accounts import Account
from kendedes.network.models import Association, Scoped, Someone
from kendedes.network.rules import Right


class VerifyRun(models.Model):
    """One run of ``verify`` over the whole installation. ``report``: its JSON."""

    ran_at = models.DateTimeField()
    seconds = models.FloatField()
    fits = models.BooleanField()
    report = models.JSONField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.ran_at:%Y-%m-%d %H:%M} {'fits' if self.fits else 'does not fit'}"


class ChartLineQuerySet(Scoped["ChartLine"]):
    unit_path = ""

    def visible_to(self, user: Someone) -> ChartLineQuerySet:
        """Those of the associations whose money ``user`` may see."""
        return self.allowed(user, Right.SEE_MONEY)


class ChartLine(models.Model):
    """Under which code and name one kind of account stands in the treasurer's own chart (BUM Desa Bersama)."""

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="chart")
    kind = models.CharField(max_length=12, choices=Account.Kind.choices)
    code = models.CharField(_("kode akun"), max_length=20)
    name = models.CharField(_("nama akun"), max_length=80, blank=True)

    objects = ChartLineQuerySet.as_manager()

    class Meta:
        ordering = ["association", "code"]
        constraints = [models.UniqueConstraint(fields=["association", "kind"], name="ledger_chart_kind")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
