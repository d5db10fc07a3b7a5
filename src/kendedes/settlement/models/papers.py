"""Settlements, statements, what they claim, payouts, personal links."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kendedes.ledger.models import Posting, ShareLine
from kendedes.network.models import Association, Producer, Scoped, Someone
from kendedes.network.rules import Right

if TYPE_CHECKING:
    from typing import Self


class SettlementQuerySet(Scoped["Settlement"]):
    unit_path = ""

    def visible_to(self, user: Someone) -> Self:
        """Settlements of associations in which ``user`` settles or approves, or whose money she may see."""
        return self.allowed(user, Right.SEE_MONEY)


class Settlement(models.Model):
    """One drawing up of what producers are due, up to a day. Draft → checked → approved → paid; before approval it may be
    thrown away, after it nothing changes.

    ``watermark``: every share line of the association with a smaller number is claimed by this or an earlier settlement.
    ``digest``: SHA-256 over the statements' digests, what the second person approved.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draf")
        CHECKED = "checked", _("diperiksa")
        APPROVED = "approved", _("disetujui")
        PAID = "paid", _("lunas")

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="settlements")
    number = models.CharField(_("nomor"), max_length=30)
    ends_on = models.DateField(_("sampai dengan"))
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    watermark = models.PositiveBigIntegerField(default=0)
    head = models.PositiveBigIntegerField(default=0, help_text="the newest posting it looked at")
    digest = models.CharField(max_length=64, blank=True)
    dues_posting = models.ForeignKey(Posting, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    drawn_at = models.DateTimeField()
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = SettlementQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("perhitungan bagi hasil")
        constraints = [
            models.UniqueConstraint(fields=["association", "number"], name="settlement_number"),
            models.UniqueConstraint(
                fields=["association"], condition=Q(state__in=("draft", "checked")), name="settlement_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("draft", "checked")) | Q(approved_at__isnull=False), name="settlement_approved"
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | Q(drawn_by=None) | ~Q(approved_by=F("drawn_by")),
                name="settlement_second_person",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def open(self) -> bool:
        """Whether it may still be thrown away."""
        return self.state in {self.State.DRAFT, self.State.CHECKED}


def new_token() -> str:
    """The unguessable part of the address on a paper: 128 bits."""
    return secrets.token_urlsafe(16)


class StatementQuerySet(Scoped["Statement"]):
    association_path = "settlement__association"
    unit_path = "producer__unit"
    producer_path = "producer"

    def visible_to(self, user: Someone) -> Self:
        """Statements of producers whose statements ``user`` may see; only approved ones leave the office."""
        open_states = (Settlement.State.DRAFT, Settlement.State.CHECKED)
        return self.allowed(user, Right.SEE_STATEMENTS).exclude(settlement__state__in=open_states) | self.allowed(
            user, Right.SEE_MONEY
        )


class Statement(models.Model):
    """One producer's paper: everything it says is frozen in ``content`` (schema: docs/algorithms/settlement.md).

    Rupiah. ``carried``: what earlier statements left unpaid (negative: paid too much). ``earned``: the net of the lines
    claimed here. ``dues``: flat dues of the months that end in this period. ``due = carried + earned − dues``; a negative
    one is carried on, never asked back.
    """

    settlement = models.ForeignKey(Settlement, on_delete=models.PROTECT, related_name="statements")
    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="statements")
    number = models.CharField(_("nomor"), max_length=40)
    token = models.CharField(max_length=24, unique=True, default=new_token)
    previous = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="next")
    starts_on = models.DateField(_("sejak"))
    carried = models.BigIntegerField(_("saldo lalu"))
    earned = models.BigIntegerField(_("bagian bersih"))
    dues = models.PositiveBigIntegerField(_("iuran"), default=0, db_default=0)
    due = models.BigIntegerField(_("yang harus dibayar"))
    content = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64)

    objects = StatementQuerySet.as_manager()

    class Meta:
        ordering = ["settlement", "number"]
        verbose_name = _("laporan titipan")
        constraints = [
            models.UniqueConstraint(fields=["settlement", "producer"], name="settlement_statement_once"),
            models.UniqueConstraint(fields=["settlement", "number"], name="settlement_statement_number"),
            models.CheckConstraint(
                condition=Q(due=F("carried") + F("earned") - F("dues")), name="settlement_statement_adds_up"
            ),
        ]
        indexes = [models.Index(fields=["producer", "settlement"])]

    def __str__(self) -> str:
        return self.number


class Claim(models.Model):
    """A share line stands on one statement; no line is paid twice."""

    share = models.OneToOneField(ShareLine, on_delete=models.PROTECT, related_name="claim")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="claims")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.share_id} → {self.statement_id}"


class PayoutQuerySet(Scoped["Payout"]):
    association_path = "statement__settlement__association"
    unit_path = "statement__producer__unit"
    producer_path = "statement__producer"

    def visible_to(self, user: Someone) -> Self:
        """Payouts of statements ``user`` may see."""
        return self.allowed(user, Right.SEE_STATEMENTS)


class Payout(models.Model):
    """Money that settled a statement, wholly or in part. Append-only; a wrong one is undone by another that ``undoes`` it."""

    class Method(models.TextChoices):
        CASH = "cash", _("tunai")
        TRANSFER = "transfer", _("transfer bank")

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="payouts")
    number = models.CharField(_("nomor kuitansi"), max_length=40, unique=True)
    amount = models.BigIntegerField(pgettext_lazy("rupiah", "jumlah"))
    method = models.CharField(_("cara"), max_length=10, choices=Method.choices)
    paid_on = models.DateField(_("tanggal"))
    received_by = models.CharField(_("diterima oleh"), max_length=80, blank=True)
    reference = models.CharField(_("nomor rujukan"), max_length=80, blank=True)
    evidence = models.CharField(max_length=64, blank=True, help_text=_("SHA-256 foto kuitansi bertanda tangan"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    posting = models.OneToOneField(Posting, on_delete=models.PROTECT, related_name="payout")
    undoes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="undone_by")

    objects = PayoutQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("pembayaran")
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0, undoes=None) | Q(amount__lt=0, undoes__isnull=False),
                name="settlement_payout_sign",
            )
        ]

    def __str__(self) -> str:
        return self.number


class PayoutEvidenceQuerySet(Scoped["PayoutEvidence"]):
    association_path = "payout__statement__settlement__association"
    unit_path = "payout__statement__producer__unit"
    producer_path = "payout__statement__producer"

    def visible_to(self, user: Someone) -> Self:
        """Evidence of payouts ``user`` may see."""
        return self.allowed(user, Right.SEE_STATEMENTS)


class PayoutEvidence(models.Model):
    """A photo of the signed receipt, or the bank's slip: a file below MEDIA_ROOT named by its SHA-256. Append-only."""

    payout = models.ForeignKey(Payout, on_delete=models.PROTECT, related_name="photos")
    file = models.CharField(max_length=120)
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    objects = PayoutEvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = _("bukti pembayaran")
        constraints = [models.UniqueConstraint(fields=["payout", "file"], name="settlement_evidence_once")]

    def __str__(self) -> str:
        return self.file


class ProducerLinkQuerySet(Scoped["ProducerLink"]):
    association_path = "producer__association"
    unit_path = "producer__unit"
    producer_path = "producer"

    def visible_to(self, user: Someone) -> Self:
        """Links of producers whose people ``user`` manages."""
        return self.allowed(user, Right.MANAGE_PEOPLE)


class ProducerLink(models.Model):
    """A link by which a producer without an account sees her own goods, sales and papers. Only its digest is kept."""

    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ProducerLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["producer"], condition=Q(ended_at=None), name="settlement_one_link")
        ]

    def __str__(self) -> str:
        return f"{self.producer}"
