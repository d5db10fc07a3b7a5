"""Tables of the diary."""

from __future__ import annotations

import uuid

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """An account that acts. What it may do is a matter of the network (memberships), not of groups."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField(_("nama"), max_length=120)
    email = models.EmailField(_("surel"), blank=True)
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("akun")
        verbose_name_plural = _("akun")

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]


class Entry(models.Model):
    """One deed. Append-only: the database refuses UPDATE and DELETE."""

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    deed = models.CharField(max_length=60)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="entries")
    device = models.CharField(max_length=60, blank=True)
    facts = models.JSONField(default=dict)
    # Whose diary the entry stands in: the number of the association, read off the subjects (this floor knows no noun).
    realm = models.BigIntegerField(null=True, blank=True)
    undoes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="undone_by")

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["deed", "id"]), models.Index(fields=["realm", "id"])]

    def __str__(self) -> str:
        return f"{self.deed} {self.happened_at:%Y-%m-%d %H:%M}"


class Subject(models.Model):
    """What an entry was about: ``kind`` is a model label such as ``products.product``."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="subjects", db_index=False)
    kind = models.CharField(max_length=60)
    object_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "kind", "object_id"], name="journal_subject_once")]
        indexes = [models.Index(fields=["kind", "object_id", "entry"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class Epoch(models.Model):
    """One life of this database, append-only: a restored one begins a new epoch, so that devices compare and send again."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    began_at = models.DateTimeField()
    why = models.CharField(max_length=20, choices=[("founded", _("didirikan")), ("restored", _("dipulihkan"))])

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.uuid} {self.why}"
