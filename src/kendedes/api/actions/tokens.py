"""Give a program a key, and take it back."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kendedes.api.models import Token
from kendedes.api.queries import digest
from kendedes.base.refusal import Refusal
from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.network.models import Association

MOST = 10
LONGEST_DAYS = 366


class TooManyTokens(Refusal):
    """Keys nobody knows of any more are a danger."""

    code = "too_many_tokens"
    message = _("Paling banyak %(most)s kunci yang berlaku. Cabut dulu yang tidak dipakai.")


@transaction.atomic
def make_token(
    *, association: Association, name: str, scopes: Iterable[str], days: int, at: datetime, by: User
) -> tuple[Token, str]:
    """A key for ``days`` days; returns it with the text that is shown this once."""
    if Token.objects.alive(at).filter(by=by).count() >= MOST:
        raise TooManyTokens(most=MOST)
    text = f"kdd_{secrets.token_urlsafe(32)}"
    wanted = sorted(set(scopes) & set(Token.Scope.values))
    row = Token.objects.create(
        association=association, by=by, name=name, digest=digest(text), scopes=wanted, made_at=at,
        expires_at=at + timedelta(days=min(max(1, days), LONGEST_DAYS)),
    )  # fmt: skip
    record(deed="token.make", at=at, by=by, subjects=[association, row], facts={"name": name, "scopes": wanted})
    return row, text


@transaction.atomic
def revoke_token(*, token: Token, at: datetime, by: User) -> None:
    """The key opens nothing any more; once revoked it stays so."""
    if Token.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=at):
        record(deed="token.revoke", at=at, by=by, subjects=[token.association, token], facts={"name": token.name})
