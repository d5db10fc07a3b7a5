"""The verbs about people: accounts, invitations, roles."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from kendedes.base.refusal import Refusal
from kendedes.journal import rules as diary
from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.network.models import Association, Invitation, Membership, Producer, Unit, new_token
from kendedes.network.rules import LEVELS, Level, Role

INVITATION_LIFE = timedelta(days=7)


class WrongLevel(Refusal):
    code = "role_wrong_level"
    message = _("Peran ini tidak dapat diberikan pada tingkat itu.")


class InvitationClosed(Refusal):
    code = "invitation_closed"
    message = _("Undangan ini sudah dipakai, dibatalkan, atau lewat masa berlakunya. Mintalah tautan baru.")
    status = 410


class UsernameTaken(Refusal):
    code = "username_taken"
    message = _("Nama pengguna %(username)s sudah dipakai. Pilih yang lain.")


class EmailTaken(Refusal):
    code = "email_taken"
    message = _("Alamat surel itu sudah dipakai akun lain.")


class LastManager(Refusal):
    code = "last_manager"
    message = _("Ini pengelola terakhir. Undang pengelola lain lebih dahulu.")


def hashed(token: str) -> str:
    """What is kept of a link's token: whoever reads the table cannot use it."""
    return hashlib.sha256(token.encode()).hexdigest()


def level_of(unit: Unit | None, producer: Producer | None) -> Level:
    """Where in the tree a role in these bodies would hold."""
    return Level.PRODUCER if producer else Level.UNIT if unit else Level.ASSOCIATION


def _bodies(*bodies: models.Model | None) -> list[models.Model]:
    return [body for body in bodies if body is not None]


def _free(*, username: str, email: str, but: int | None = None) -> None:
    others = User.objects.exclude(pk=but) if but else User.objects.all()
    if others.filter(username__iexact=username).exists():
        raise UsernameTaken(username=username)
    if email and others.filter(email__iexact=email).exists():
        raise EmailTaken


@transaction.atomic
def create_account(
    *, username: str, name: str, password: str | None, at: datetime, by: User | None, email: str = ""
) -> User:
    """An account without any role. ``password=None``: nobody can sign in until one is set."""
    _free(username=username, email=email)
    user = User.objects.create_user(username=username, email=email or None, password=password, name=name)
    record(deed="user.create", at=at, by=by, subjects=[user], facts={"username": username})
    return user


@transaction.atomic
def change_account(*, user: User, at: datetime, by: User | None, name: str, email: str) -> User:
    """The person's own name and address; the diary says only that they changed."""
    _free(username=user.username, email=email, but=user.pk)
    differs = diary.changes({"name": user.name, "email": user.email}, {"name": name, "email": email})
    if differs:
        user.name, user.email = name, email
        user.save(update_fields=["name", "email"])
        record(deed="user.change", at=at, by=by, subjects=[user], facts={"fields": sorted(differs)})
    return user


@transaction.atomic
def set_password(*, user: User, password: str, at: datetime, by: User | None) -> User:
    """A new password; every session of the old one ends, since a session carries its password's hash."""
    user.set_password(password)
    user.save(update_fields=["password"])
    record(deed="user.password", at=at, by=by, subjects=[user])
    return user


@transaction.atomic
def offer_password_link(*, user: User, at: datetime, by: User | None) -> User:
    """Writes down that ``by`` was given a link by which ``user`` may set a new password."""
    record(deed="user.password_link", at=at, by=by, subjects=[user])
    return user


@transaction.atomic
def disable_account(*, user: User, at: datetime, by: User | None) -> User:
    """Nobody can use the account from now on; open sessions end at their next request and are thrown away."""
    if user.is_active:
        for membership in Membership.objects.filter(user=user, valid_to=None, role=Role.MANAGER.value):
            _keep_one_manager(membership)
        user.is_active = False
        user.save(update_fields=["is_active"])
        end_sessions(user=user)
        record(deed="user.disable", at=at, by=by, subjects=[user])
    return user


@transaction.atomic
def enable_account(*, user: User, at: datetime, by: User | None) -> User:
    """The account works again, with the roles that have not ended."""
    if not user.is_active:
        user.is_active = True
        user.save(update_fields=["is_active"])
        record(deed="user.enable", at=at, by=by, subjects=[user])
    return user


def end_sessions(*, user: User) -> int:
    """Throw away every open session of ``user``; how many there were."""
    keys = [s.session_key for s in Session.objects.all() if s.get_decoded().get("_auth_user_id") == str(user.pk)]
    Session.objects.filter(pk__in=keys).delete()
    return len(keys)


@transaction.atomic
def invite(
    *, name: str, role: Role, association: Association, at: datetime, by: User | None,
    unit: Unit | None = None, producer: Producer | None = None,
) -> tuple[Invitation, str]:  # fmt: skip
    """An invitation and the token of its link, which is shown once and kept only as a hash."""
    level = level_of(unit, producer)
    if level not in LEVELS[role]:
        raise WrongLevel(role=role.value, level=level.value)
    token = new_token()
    invitation = Invitation.objects.create(
        token_hash=hashed(token), role=role.value, name=name, association=association, unit=unit, producer=producer,
        invited_by=by, expires_at=at + INVITATION_LIFE,
    )  # fmt: skip
    record(
        deed="invitation.send", at=at, by=by, subjects=_bodies(association, unit, producer),
        facts={"role": role.value, "level": level.value, "invitation": invitation.pk},
    )  # fmt: skip
    return invitation, token


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, at: datetime, by: User | None) -> Invitation:
    """The link stops working; a used one is a fact and cannot be taken back."""
    if invitation.used_at is not None:
        raise InvitationClosed
    if invitation.revoked_at is None:
        invitation.revoked_at = at
        invitation.save(update_fields=["revoked_at"])
        subjects = _bodies(invitation.association, invitation.unit, invitation.producer)
        facts = {"role": invitation.role, "invitation": invitation.pk}
        record(deed="invitation.revoke", at=at, by=by, subjects=subjects, facts=facts)
    return invitation


@transaction.atomic
def accept_invitation(
    *, token: str, username: str, name: str, password: str, at: datetime, email: str = ""
) -> User:  # fmt: skip
    """The account the link stands for, with its role. The link is used up, also between two who click at once."""
    invitation = Invitation.objects.select_for_update().filter(token_hash=hashed(token)).first()
    if invitation is None or not invitation.is_open(at):
        raise InvitationClosed
    user = create_account(username=username, name=name, password=password, email=email, at=at, by=None)
    invitation.used_at, invitation.used_by = at, user
    invitation.save(update_fields=["used_at", "used_by"])
    give_role(
        user=user, role=Role(invitation.role), association=invitation.association, unit=invitation.unit,
        producer=invitation.producer, at=at, by=invitation.invited_by,
    )  # fmt: skip
    record(
        deed="invitation.accept", at=at, by=user, subjects=[user, invitation.association],
        facts={"role": invitation.role, "invitation": invitation.pk},
    )  # fmt: skip
    return user


@transaction.atomic
def give_role(
    *, user: User, role: Role, association: Association, at: datetime, by: User | None,
    unit: Unit | None = None, producer: Producer | None = None,
) -> Membership:  # fmt: skip
    """A membership from ``at`` on; the same one twice gives the first."""
    level = level_of(unit, producer)
    if level not in LEVELS[role]:
        raise WrongLevel(role=role.value, level=level.value)
    membership, made = Membership.objects.get_or_create(
        user=user, role=role.value, association=association, unit=unit, producer=producer, valid_to=None,
        defaults={"valid_from": at},
    )  # fmt: skip
    if made:
        record(
            deed="role.give", at=at, by=by, subjects=_bodies(user, association, unit, producer),
            facts={"role": role.value, "level": level.value},
        )  # fmt: skip
    return membership


@transaction.atomic
def end_role(*, membership: Membership, at: datetime, by: User | None) -> Membership:
    """The role ends at ``at``; what was done under it stays."""
    if membership.valid_to is None:
        if membership.role == Role.MANAGER.value:
            _keep_one_manager(membership)
        membership.valid_to = at
        membership.save(update_fields=["valid_to"])
        subjects = _bodies(membership.user, membership.association, membership.unit, membership.producer)
        record(deed="role.end", at=at, by=by, subjects=subjects, facts={"role": membership.role})
    return membership


def _keep_one_manager(membership: Membership) -> None:
    """An association without a manager could invite nobody."""
    others = Membership.objects.filter(
        association=membership.association, role=Role.MANAGER.value, valid_to=None, user__is_active=True
    ).exclude(pk=membership.pk)
    if not others.exists():
        raise LastManager
