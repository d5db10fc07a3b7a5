"""Files made from locked editions, and the work of making them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kendedes.catalogue.models.edition import Edition
from kendedes.network.models import Scoped


class MadeFile(models.Model):
    """The bytes an edition gave: the first build fixes the hash, every later one is compared with it. Append-only.

    ``errata``: how many corrections the file carries (its own and, of a regency edition, its chapters'). ``maker``: program versions.
    """

    class Kind(models.TextChoices):
        BOOK = "book", "PDF"
        SHEET = "xlsx", "XLSX"
        JSON = "json", "JSON"
        BLOGGER = "blogger", _("Blogger (feed.atom)")
        BLOGGER_CLASSIC = "blogger-classic", _("Blogger (Atom lama)")

    class Target(models.TextChoices):
        PRESS = "press", _("percetakan")
        SCREEN = "screen", _("layar")

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="files")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    paper = models.CharField(max_length=2, blank=True)
    layout = models.PositiveSmallIntegerField(default=0)
    target = models.CharField(max_length=6, choices=Target.choices, blank=True)
    language = models.CharField(max_length=2, default="id")
    errata = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    pages = models.PositiveIntegerField(null=True, blank=True)
    preflight = models.JSONField(default=dict, blank=True)
    maker = models.CharField(max_length=80)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["edition", "kind", "id"]
        verbose_name = _("berkas edisi")
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "kind", "paper", "layout", "target", "language", "errata"],
                name="catalogue_file_once",
            )
        ]

    def __str__(self) -> str:
        return self.name


class PrintJobQuerySet(Scoped["PrintJob"]):
    association_path = "edition__association"
    unit_path = "edition__unit"


class PrintJob(models.Model):
    """One book being made in the background. A job that stopped half-way goes on from the chapters already set."""

    class State(models.TextChoices):
        WAITING = "waiting", _("menunggu")
        RUNNING = "running", _("sedang dibuat")
        DONE = "done", _("selesai")
        FAILED = "failed", _("gagal")

    OPEN = (State.WAITING, State.RUNNING)

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="jobs")
    paper = models.CharField(_("kertas"), max_length=2, choices=Edition.Paper.choices)
    layout = models.PositiveSmallIntegerField(_("tata letak"), choices=Edition.Layout.choices)
    target = models.CharField(_("tujuan"), max_length=6, choices=MadeFile.Target.choices)
    language = models.CharField(_("bahasa"), max_length=2, default="id")
    proof = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    document_sha256 = models.CharField(max_length=64, blank=True)
    file = models.ForeignKey(MadeFile, on_delete=models.PROTECT, null=True, blank=True, related_name="jobs")
    report = models.JSONField(default=dict, blank=True)
    trouble = models.CharField(max_length=400, blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    beat_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = PrintJobQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("pekerjaan cetak")
        constraints = [
            # Two people asking for the same book share one job.
            models.UniqueConstraint(
                fields=["edition", "paper", "layout", "target", "language", "proof"],
                condition=Q(state__in=["waiting", "running"]),
                name="catalogue_one_open_job",
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition} {self.paper} {self.target}"

    @property
    def percent(self) -> int:
        """0 to 100 for the bar."""
        return 100 if self.state == self.State.DONE else self.done * 100 // self.total if self.total else 0
