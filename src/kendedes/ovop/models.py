"""Tables of choosing."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kendedes.journal.models import Entry
from kendedes.network.models import Association, Scoped, Someone, Unit
from kendedes.network.rules import Right
from kendedes.ovop.rules.rubric import Definition, parse
from kendedes.products.models import Product


class RubricQuerySet(models.QuerySet["Rubric"]):
    def visible_to(self, user: Someone) -> RubricQuerySet:
        """Shared presets and the rubrics of associations in which ``user`` may see the office."""
        from kendedes.network.queries import associations_of  # noqa: PLC0415 - the room above; only at call time

        mine = associations_of(user, Right.SEE_OFFICE)
        return self.filter(Q(association=None) | Q(association__in=mine)) if mine else self.none()


class Rubric(models.Model):
    """How points are given; one row a version. A preset belongs to nobody and is never edited, only copied."""

    association = models.ForeignKey(
        Association, on_delete=models.PROTECT, null=True, blank=True, related_name="rubrics"
    )
    code = models.SlugField(_("kode"), max_length=60)
    version = models.PositiveIntegerField(_("versi"), default=1)
    title_id = models.CharField(_("nama"), max_length=120)
    title_en = models.CharField(_("nama (Inggris)"), max_length=120, blank=True)
    source = models.TextField(_("sumber"), blank=True)
    source_url = models.CharField(_("alamat sumber"), max_length=300, blank=True)
    confirmed = models.BooleanField(_("dipastikan dari sumber"), default=False)
    complete = models.BooleanField(_("lengkap"), default=False)
    definition = models.JSONField()
    based_on = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="copies")
    in_use_since = models.DateTimeField(null=True, blank=True)

    objects = RubricQuerySet.as_manager()

    class Meta:
        ordering = ["code", "-version"]
        verbose_name = _("rubrik")
        constraints = [
            models.UniqueConstraint(
                fields=["code", "version"], condition=Q(association=None), name="ovop_preset_version_once"
            ),
            models.UniqueConstraint(
                fields=["association", "code", "version"],
                condition=Q(association__isnull=False),
                name="ovop_rubric_version_once",
            ),
            models.CheckConstraint(
                condition=Q(in_use_since=None) | Q(complete=True), name="ovop_only_complete_rubrics_in_use"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title_id} v{self.version}"

    def parsed(self) -> Definition:
        """The definition as rules read it."""
        return parse(self.definition)


class RoundQuerySet(Scoped["Round"]):
    unit_path = "unit"


class Round(models.Model):
    """One choosing: candidates, assessors, a rubric, a day it is minuted."""

    class State(models.TextChoices):
        PREPARING = "preparing", _("disiapkan")
        SCORING = "scoring", _("penilaian berjalan")
        CLOSED = "closed", _("selesai, berita acara dibuat")
        CANCELLED = "cancelled", _("dibatalkan")

    class Method(models.TextChoices):
        MEAN = "mean", _("rata-rata")
        MEDIAN = "median", _("nilai tengah")

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="rounds")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="rounds")
    rubric = models.ForeignKey(Rubric, on_delete=models.PROTECT, related_name="rounds", verbose_name=_("rubrik"))
    title = models.CharField(_("nama putaran"), max_length=120)
    period = models.CharField(_("periode"), max_length=20)
    method = models.CharField(_("cara menggabung nilai"), max_length=6, choices=Method.choices, default=Method.MEAN)
    minimum_assessors = models.PositiveSmallIntegerField(_("penilai paling sedikit"), default=2)
    validity_months = models.PositiveSmallIntegerField(_("masa berlaku (bulan)"), default=24)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREPARING)
    place = models.CharField(_("tempat"), max_length=120, blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-id"]
        verbose_name = _("putaran penilaian")
        constraints = [
            models.CheckConstraint(condition=Q(minimum_assessors__gte=2), name="ovop_at_least_two_assessors"),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False) | (~Q(state="closed") & Q(closed_at=None)),
                name="ovop_closed_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Candidate(models.Model):
    """A product put up in a round."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="candidates")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="candidacies")

    class Meta:
        ordering = ["product__producer__unit", "product__name_id", "id"]
        constraints = [models.UniqueConstraint(fields=["round", "product"], name="ovop_candidate_once")]

    def __str__(self) -> str:
        return str(self.product)


class Assessor(models.Model):
    """A person who scores in a round."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="assessors")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assessments")

    class Meta:
        ordering = ["user__name", "id"]
        constraints = [models.UniqueConstraint(fields=["round", "user"], name="ovop_assessor_once")]

    def __str__(self) -> str:
        return str(self.user)


class Conflict(models.Model):
    """An assessor's declared tie to a candidate: she does not score it."""

    assessor = models.ForeignKey(Assessor, on_delete=models.PROTECT, related_name="conflicts")
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="conflicts")
    reason = models.CharField(_("hubungan dengan produsen"), max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assessor", "candidate"], name="ovop_conflict_once")]

    def __str__(self) -> str:
        return self.reason


class GateCheck(models.Model):
    """A person's finding on a gate that no data can decide; the newest counts."""

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="gate_checks")
    gate = models.CharField(max_length=30)
    passed = models.BooleanField()
    note = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.gate}: {self.passed}"


class Submission(models.Model):
    """One assessor's sheet for one candidate as handed in; append-only, the highest number counts."""

    assessor = models.ForeignKey(Assessor, on_delete=models.PROTECT, related_name="submissions")
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    marks = models.JSONField(help_text="{criterion code: {'points', 'note'}}")
    centi = models.PositiveIntegerField()
    typed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["candidate", "assessor", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["assessor", "candidate", "number"], name="ovop_submission_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="ovop_submission_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.candidate}: {self.centi / 100:g}"


class Award(models.Model):
    """What a closed round decided for one candidate; append-only. ``stars`` 0: scored, none awarded."""

    candidate = models.OneToOneField(Candidate, on_delete=models.PROTECT, related_name="award")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="awards")
    centi = models.PositiveIntegerField()
    stars = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    valid_until = models.DateField()
    detail = models.JSONField(
        help_text="{'marks': {criterion: hundredths}, 'gates': {gate: bool}, 'sheets': n, 'would_be': stars}"
    )
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-centi", "id"]
        indexes = [models.Index(fields=["product", "valid_until"])]
        constraints = [models.CheckConstraint(condition=Q(stars__lte=5), name="ovop_stars_to_five")]

    def __str__(self) -> str:
        return f"{self.product}: {self.stars}"
