"""What allauth is told to do differently here."""

from __future__ import annotations

import base64
import hashlib
import math
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.network import queries
from kendedes.network.accounts import guessing
from kendedes.ui.limits import client_ip


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closed sign-up, our own brake on guessing, entries for password changes, no mail."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts come from invitations only."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_ip(request) or "127.0.0.1"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Slow down guessing (``guessing``) instead of allauth's limit by address."""
        account, address = _account(credentials), self.get_client_ip(request)
        pause = guessing.ask(account, address)
        if pause:
            raise ValidationError(
                _("Terlalu banyak percobaan. Coba lagi dalam %(seconds)s detik.") % {"seconds": math.ceil(pause)},
                code="too_many_login_attempts",
            )

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        self._login_failed_rl_usage = None
        user = super().authenticate(request, **credentials)
        if user:
            guessing.succeeded(_account(credentials), self.get_client_ip(request))
        return user

    def _rollback_login_failed_rl_usage(self) -> None:
        """Nothing to give back: ``guessing`` keeps the count."""

    def reauthenticate(self, user: Any, password: str) -> bool:
        """A session left open must not become a place to guess in."""
        pause = guessing.ask(user.get_username(), "reauthenticate")
        if pause:
            raise ValidationError(
                _("Terlalu banyak percobaan. Coba lagi dalam %(seconds)s detik.") % {"seconds": math.ceil(pause)}
            )
        right = bool(user.check_password(password))
        if right:
            guessing.succeeded(user.get_username(), "reauthenticate")
        return right

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not within minutes of signing in: the password or passkey has just been given."""
        request = context.request
        moments = [record.get("at", 0) for record in get_authentication_records(request, request.user)]
        if moments and time.time() - max(moments) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def set_password(self, user: Any, password: str) -> None:
        super().set_password(user, password)
        record(deed="user.password", at=timezone.now(), by=user, subjects=[user])

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """No mail leaves this house."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """No mail leaves this house."""


def _account(credentials: dict[str, Any]) -> str:
    """The account a try is about; for an address, the one it belongs to, so that both doors share one count."""
    login = str(credentials.get("username") or credentials.get("email") or "")
    found = (
        User.objects.filter(email__iexact=login).values_list("username", flat=True).first() if "@" in login else None
    )
    return found or login


def box(secret: str) -> Fernet:
    """What encrypts second factors under a home's key."""
    key = hashlib.blake2b(secret.encode(), digest_size=32, person=b"kendedes-mfa").digest()
    return Fernet(base64.urlsafe_b64encode(key))


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors: secrets encrypted in the table, the last one kept where a role needs it."""

    def _box(self) -> Fernet:
        return box(settings.SECRET_KEY)

    def encrypt(self, text: str) -> str:
        return self._box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return self._box().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:  # the secret key was changed: the factor must be set up again
            return ""

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last one of somebody whose role needs a second factor."""
        if not queries.needs_second_factor(authenticator.user):
            return True
        kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
        others = Authenticator.objects.filter(user=authenticator.user, type__in=kinds).exclude(pk=authenticator.pk)
        return bool(others.exists())

    def _get_site_name(self) -> str:
        return "Kendedes"
