"""Keys with which programs read in a person's name; programs that are told, and what they are still to hear."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kendedes.base.vault import unseal
from kendedes.network.models import Association, Scoped, Someone
from kendedes.network.rules import Right

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Self


class TokenQuerySet(Scoped["Token"]):
    unit_path = ""

    def visible_to(self, user: Someone) -> Self:
        """Her own, and those of the association she manages."""
        own = self.filter(by=user.pk)
        return (own | self.allowed(user, Right.EDIT_ASSOCIATION)).distinct()

    def alive(self, at: datetime) -> Self:
        """Neither revoked nor past their day."""
        return self.filter(revoked_at=None, expires_at__gt=at)


class Token(models.Model):
    """One key. The key itself is shown once and kept nowhere; ``digest`` recognises it."""

    class Scope(models.TextChoices):
        CATALOGUE = "catalogue", _("katalog: lebih banyak permintaan per menit")
        STOCK = "stock", _("stok: berapa buah yang dapat dijual sekarang")

    association = models.ForeignKey(Association, on_delete=models.CASCADE, related_name="tokens")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("untuk apa"), max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]
        verbose_name = _("kunci program")
        constraints = [models.CheckConstraint(condition=Q(expires_at__gt=models.F("made_at")), name="api_token_days")]

    def __str__(self) -> str:
        return self.name

    @property
    def scope_labels(self) -> list[str]:
        """What it may read, in words."""
        return [str(self.Scope(scope).label) for scope in self.scopes if scope in self.Scope.values]


class HookQuerySet(Scoped["Hook"]):
    unit_path = ""

    def visible_to(self, user: Someone) -> Self:
        """Those of associations she manages."""
        return self.allowed(user, Right.EDIT_ASSOCIATION)


class Hook(models.Model):
    """A program that is told. ``sealed``: the secret that signs what is sent (``base.vault``); it is shown once."""

    association = models.ForeignKey(Association, on_delete=models.CASCADE, related_name="hooks")
    url = models.URLField(_("alamat (https)"), max_length=300)
    sealed = models.BinaryField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = HookQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]
        verbose_name = _("program yang dikabari")

    def __str__(self) -> str:
        return self.url

    @property
    def about(self) -> str:
        """What the sealed secret is bound to."""
        return f"hook:{self.association_id}:{self.url}"

    @property
    def secret(self) -> str | None:
        """What signs; None when it was sealed under another home's key."""
        return unseal(bytes(self.sealed), secret=settings.SECRET_KEY, about=self.about)


class HookCursor(models.Model):
    """Up to which entry of the diary messages were put out."""

    entry_id = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.entry_id)


class Message(models.Model):
    """One piece of news for one program: the outbox."""

    class State(models.TextChoices):
        WAITING = "waiting", _("menunggu")
        SENT = "sent", _("sampai tujuan")
        GIVEN_UP = "given_up", _("tidak sampai")

    hook = models.ForeignKey(Hook, on_delete=models.CASCADE, related_name="messages")
    entry_id = models.BigIntegerField()
    event = models.CharField(max_length=40)
    body = models.TextField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    answer = models.CharField(max_length=60, blank=True, help_text="status or kind of error of the last try")

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["hook", "entry_id"], name="api_message_once")]
        indexes = [models.Index(fields=["state", "due_at"], name="api_message_due")]

    def __str__(self) -> str:
        return f"{self.event} {self.state}"
