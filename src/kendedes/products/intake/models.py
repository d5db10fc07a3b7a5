"""A file on its way in, and what its columns were once said to mean."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kendedes.journal.models import Entry
from kendedes.network.models import Scoped, Unit


class ImportBatchQuerySet(Scoped["ImportBatch"]):
    association_path = "unit__association"
    unit_path = "unit"


class ImportBatch(models.Model):
    """One file sent for one unit. It stays as it was sent until confirmed, so a power cut loses nothing.

    ``content``: the bytes sent while open; afterwards only the sheet of the rows in error, or nothing.

    ``fields``: ``{sheet: {column index: field}}`` as a person corrected it. ``choices``: ``{"sheet!row": choice}``.
    ``rows``: the judged rows as shown; judged afresh whenever something changes and once more when confirmed.
    """

    class State(models.TextChoices):
        REVIEW = "review", _("menunggu diperiksa")
        DONE = "done", _("sudah disimpan")
        CANCELLED = "cancelled", _("dibatalkan")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="imports", verbose_name=_("unit"))
    name = models.CharField(_("nama berkas"), max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    content = models.BinaryField()
    fields = models.JSONField(default=dict)
    choices = models.JSONField(default=dict)
    mapping = models.JSONField(default=list)
    rows = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    photos_waiting = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.REVIEW)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("kiriman")
        indexes = [models.Index(fields=["unit", "state"])]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether it may still be changed and confirmed."""
        return self.state == self.State.REVIEW

    @property
    def photo_folder(self) -> Path:
        """Where photos sent along wait; outside everything the web server shows."""
        return Path(settings.HOME) / "kiriman" / str(self.pk)

    def chosen_fields(self) -> dict[str, dict[int, str]]:
        """``fields`` with numbers as numbers again (JSON knows only text keys)."""
        return {sheet: {int(i): f for i, f in chosen.items()} for sheet, chosen in self.fields.items()}

    def summary(self) -> dict[str, Any]:
        """The counts by outcome."""
        return dict(self.counts)


class ColumnMapping(models.Model):
    """What a person said the columns of a sheet with these headers mean; used again for the unit's next file."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="column_mappings")
    signature = models.CharField(max_length=64)
    headers = models.JSONField(default=list)
    fields = models.JSONField(default=dict)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "signature"], name="products_mapping_once")]

    def __str__(self) -> str:
        return ", ".join(str(header) for header in self.headers if header)
