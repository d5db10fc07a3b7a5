"""What does not fit: a fact that was written all the same and waits for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kendedes.journal.models import Entry
from kendedes.ledger.models.goods import Lot, Place
from kendedes.network.models import Association, Scoped, Someone
from kendedes.network.rules import Right

if TYPE_CHECKING:
    from typing import Self


class OddityQuerySet(Scoped["Oddity"]):
    unit_path = ""

    def visible_to(self, user: Someone) -> Self:
        """Those of the associations whose stock ``user`` may see."""
        return self.allowed(user, Right.SEE_STOCK)

    def open(self) -> Self:
        """Those nobody has settled."""
        return self.filter(settled_at=None)


class Oddity(models.Model):
    """One thing a person must look at (*selisih*). ``code`` says what; upper floors add their own codes."""

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="oddities")
    code = models.CharField(max_length=40)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="oddities")
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, null=True, blank=True, related_name="oddities")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="oddities")
    facts = models.JSONField(default=dict)
    raised_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(_("catatan"), max_length=300, blank=True)

    objects = OddityQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("selisih")
        indexes = [
            models.Index(fields=["association", "raised_at"], condition=Q(settled_at=None), name="ledger_odd_open")
        ]

    def __str__(self) -> str:
        return self.code
