"""``kendedes user``: accounts and invitations from the console, where the superuser lives."""

from __future__ import annotations

import getpass
import json
import sys
from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from kendedes.base.refusal import Refusal
from kendedes.journal.models import User
from kendedes.network import actions
from kendedes.network.models import Association, Membership, Producer, Unit
from kendedes.network.rules import Role

Answer = dict[str, Any]


class Command(BaseCommand):
    help = "Accounts: create, invite, list, reset-password, end-role. Exit codes: 0 done, 1 refused, 2 wrong usage."
    requires_system_checks: list[str] = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        """The usage line says what a person types."""
        return super().create_parser("kendedes", subcommand, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON document instead of lines")
        verbs: Any = parser.add_subparsers(dest="verb", required=True, metavar="VERB")

        create = verbs.add_parser(
            "create", help="an account with a role; the password is asked, or read from standard input"
        )
        create.add_argument("username")
        create.add_argument("--name", required=True, help="the person's name")
        create.add_argument("--email", default="", help="may be used to sign in")
        create.add_argument("--no-password", action="store_true", help="nobody can sign in until reset-password")
        _place(create)

        invite = verbs.add_parser("invite", help="a link by which somebody makes her own account (7 days, once)")
        invite.add_argument("--name", required=True, help="the person's name")
        _place(invite)

        listing = verbs.add_parser("list", help="accounts with their roles")
        listing.add_argument("--association", default="", metavar="SLUG", help="only roles in this association")

        reset = verbs.add_parser("reset-password", help="a link to set a new password (one hour, once)")
        reset.add_argument("username")

        end = verbs.add_parser("end-role", help="end one role of a person, or all of them")
        end.add_argument("username")
        end.add_argument("--role", choices=[r.value for r in Role], help="only this role")
        for verb in (create, invite, listing, reset, end):
            verb.add_argument("--json", action="store_true", default=False, help="one JSON document instead of lines")

    def handle(self, **options: Any) -> None:
        verb = options["verb"].replace("-", "_")
        try:
            answer: Answer = getattr(self, f"_{verb}")(timezone.now(), options)
        except Refusal as refusal:
            if options["json"]:
                self.stdout.write(json.dumps(refusal.as_json(), ensure_ascii=False))
            raise CommandError(str(refusal), returncode=1) from refusal
        lines = answer.pop("lines")
        self.stdout.write(json.dumps(answer, ensure_ascii=False) if options["json"] else "\n".join(lines))

    def _create(self, at: datetime, options: Answer) -> Answer:
        association, unit, producer = _bodies(options)
        password = None if options["no_password"] else _password(options)
        user = actions.create_account(
            username=options["username"],
            name=options["name"],
            email=options["email"],
            password=password,
            at=at,
            by=None,
        )
        actions.give_role(
            user=user, role=Role(options["role"]), association=association, unit=unit, producer=producer, at=at, by=None
        )
        place = str(producer or unit or association)
        return {
            "username": user.username, "role": options["role"], "place": place,
            "lines": [f"{user.username}: {options['role']}, {place}"],
        }  # fmt: skip

    def _invite(self, at: datetime, options: Answer) -> Answer:
        association, unit, producer = _bodies(options)
        invitation, token = actions.invite(
            name=options["name"], role=Role(options["role"]), association=association, unit=unit, producer=producer,
            at=at, by=None,
        )  # fmt: skip
        link = address(reverse("network:accept", args=[token]))
        return {"link": link, "expires_at": invitation.expires_at.isoformat(), "lines": [link]}

    def _list(self, at: datetime, options: Answer) -> Answer:
        rows = Membership.objects.current(at).select_related("user", "association", "unit__district", "producer")
        if options["association"]:
            rows = rows.filter(association=_association(options["association"]))
        roles: dict[str, list[dict[str, str]]] = {name: [] for name in _usernames(options)}
        for row in rows.order_by("user__username", "pk"):
            roles.setdefault(row.user.username, []).append({"role": row.role, "place": str(row.place)})
        users = {user.username: user for user in User.objects.filter(username__in=roles)}
        people = [
            {"username": name, "name": users[name].name, "active": users[name].is_active, "roles": held}
            for name, held in sorted(roles.items())
        ]
        lines = [
            f"{one['username']:<20} {one['name']:<30} "
            + (", ".join(f"{r['role']} @ {r['place']}" for r in roles[str(one["username"])]) or "-")
            + ("" if one["active"] else "  (closed)")
            for one in people
        ]
        return {"people": people, "lines": lines}

    def _reset_password(self, at: datetime, options: Answer) -> Answer:
        user = _user(options["username"])
        actions.offer_password_link(user=user, at=at, by=None)
        kwargs = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
        link = address(reverse("account_reset_password_from_key", kwargs=kwargs))
        return {"link": link, "lines": [link]}

    def _end_role(self, at: datetime, options: Answer) -> Answer:
        rows = Membership.objects.current(at).filter(user=_user(options["username"]))
        rows = rows.filter(role=options["role"]) if options["role"] else rows
        held = list(rows.select_related("user", "association", "unit", "producer"))
        if not held:
            raise CommandError("no such role", returncode=1)
        for membership in held:
            actions.end_role(membership=membership, at=at, by=None)
        ended = [membership.role for membership in held]
        return {"ended": ended, "lines": [f"ended: {', '.join(ended)}"]}


def _place(parser: ArgumentParser) -> None:
    parser.add_argument("--role", required=True, choices=[r.value for r in Role])
    parser.add_argument("--association", default="", metavar="SLUG", help="needed when there are several")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--unit", default="", metavar="CODE", help="the role holds in this unit")
    where.add_argument("--producer", default="", metavar="SLUG", help="the role holds in this producer")


def _association(slug: str) -> Association:
    rows = Association.objects.filter(slug=slug) if slug else Association.objects.all()
    found = list(rows[:2])
    if len(found) != 1:
        raise CommandError("--association SLUG is needed" if found else "no such association", returncode=2)
    return found[0]


def _bodies(options: Answer) -> tuple[Association, Unit | None, Producer | None]:
    association = _association(options["association"])
    unit = (
        Unit.objects.filter(association=association, code__iexact=options["unit"]).first() if options["unit"] else None
    )
    if options["unit"] and unit is None:
        raise CommandError(f"no unit {options['unit']}", returncode=2)
    maker = options["producer"]
    producer = Producer.objects.filter(association=association, slug=maker).first() if maker else None
    if maker and producer is None:
        raise CommandError(f"no producer {maker}", returncode=2)
    return association, unit, producer


def _user(username: str) -> User:
    found = User.objects.filter(username__iexact=username).first()
    if found is None:
        raise CommandError(f"no account {username}", returncode=2)
    return found


def _usernames(options: Answer) -> list[str]:
    return [] if options["association"] else list(User.objects.values_list("username", flat=True))


def _password(options: Answer) -> str:
    """Asked twice at a terminal, else one line of standard input; held to the same rules as in the browser."""
    if sys.stdin.isatty():
        password = getpass.getpass("Kata sandi / password: ")
        if getpass.getpass("Sekali lagi / again: ") != password:
            raise CommandError("the two differ", returncode=2)
    else:
        password = sys.stdin.readline().rstrip("\n")
    who = User(username=options["username"], name=options["name"], email=options["email"])
    try:
        validate_password(password, who)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages), returncode=1) from error
    return password


def address(path: str) -> str:
    """A full address of this installation: its public one, or this machine's."""
    return (settings.ENV.origin or "http://127.0.0.1:8000") + path
