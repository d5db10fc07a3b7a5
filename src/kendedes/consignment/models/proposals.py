"""Terms that somebody proposes and the association agrees to."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kendedes.ledger.models import Terms
from kendedes.network.models import Association, Producer, Scoped, Someone, Unit
from kendedes.network.rules import Right
from kendedes.products.models import Product


class ProposalQuerySet(Scoped["Proposal"]):
    unit_path = "unit"
    producer_path = "producer"

    def visible_to(self, user: Someone) -> ProposalQuerySet:
        """Proposals of bodies whose stock ``user`` may see."""
        return self.allowed(user, Right.SEE_STOCK)


class Proposal(models.Model):
    """A version of terms before it is one. ``values``: the fields of ``ledger.Terms`` it would have."""

    class State(models.TextChoices):
        OPEN = "open", _("diusulkan")
        AGREED = "agreed", _("disepakati")
        DECLINED = "declined", _("ditolak")
        WITHDRAWN = "withdrawn", _("ditarik")

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="proposals")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="proposals")
    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, null=True, blank=True, related_name="proposals")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, null=True, blank=True, related_name="proposals")
    valid_from = models.DateField(_("berlaku sejak"))
    values = models.JSONField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("alasan"), max_length=200, blank=True)
    terms = models.OneToOneField(Terms, on_delete=models.PROTECT, null=True, blank=True, related_name="proposal")

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["association", "-id"]
        verbose_name = _("usulan kesepakatan")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="agreed", terms__isnull=False) | (~Q(state="agreed") & Q(terms=None)),
                name="consignment_agreed_has_terms",
            )
        ]

    def __str__(self) -> str:
        return str(self.scope)

    @property
    def scope(self) -> models.Model:
        """The body or product it is about."""
        return self.product or self.producer or self.unit or self.association
