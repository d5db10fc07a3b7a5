"""Where work begins: what waits, the diary, one's own account."""

from __future__ import annotations

from base64 import b64encode
from datetime import date
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from kendedes.base.refusal import Refusal
from kendedes.journal import queries as diary_queries
from kendedes.journal.models import User
from kendedes.journal.telling import noun_labels, sentences, tell
from kendedes.network import actions, queries
from kendedes.network.door import OfficeRequest, office, signed_in
from kendedes.network.forms import NamesForm
from kendedes.network.management import lan
from kendedes.network.models import Membership
from kendedes.network.queries.waiting import standing
from kendedes.network.rules import Right
from kendedes.ui import paper


@signed_in
def home(request: HttpRequest, user: User) -> HttpResponse:
    """What waits for this person; for somebody without a role, where she stands."""
    roles = Membership.objects.current(timezone.now()).filter(user=user)
    roles = roles.select_related("association__region", "unit__district", "producer")
    context = {
        "roles": list(roles),
        "standing": standing(user),
        "lines": tell(_diary(user)[:6]),
    }
    return render(request, "network/home.html", context)


def _diary(user: User) -> Any:
    return diary_queries.diary(realms=queries.scope(user, Right.SEE_JOURNAL).associations, own=user)


@office()
def diary(request: HttpRequest) -> HttpResponse:
    """The diary: all of the association for who may see it, one's own deeds for everybody else."""
    user = request.user
    asked = request.GET
    realms = queries.scope(user, Right.SEE_JOURNAL).associations
    nouns = noun_labels()
    known = {noun for noun, _label in nouns} | set(sentences())
    deed = asked.get("deed", "")
    by = asked.get("by", "")
    rows = diary_queries.diary(
        realms=realms, own=user, deed=deed if deed in known else "",  # type: ignore[arg-type]
        by=int(by) if by.isdigit() and len(by) < 10 else None, since=_day(asked.get("since")), until=_day(asked.get("until")),
    )  # fmt: skip
    page = Paginator(rows, 40).get_page(asked.get("page"))
    people = User.objects.filter(memberships__association__in=realms).distinct().order_by("name")
    context = {
        "page_obj": page, "lines": tell(page.object_list), "nouns": nouns, "people": people, "deed": deed, "by": by,
        "whole": bool(realms),
    }  # fmt: skip
    return render(request, "network/diary.html", context)


def _day(text: str | None) -> date | None:
    try:
        return parse_date(text) if text else None
    except ValueError:
        return None


@signed_in
def account(request: HttpRequest, user: User) -> HttpResponseBase:
    """One's own name and address, roles, and ways to sign in."""
    form = NamesForm(request.POST or None, initial={"name": user.name, "email": user.email})
    if request.method == "POST" and form.is_valid():
        response: HttpResponseBase = _change_account(request, user, form)
        return response
    kinds = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    roles = Membership.objects.current(timezone.now()).filter(user=user)
    context = {
        "form": form, "kinds": kinds, "roles": roles.select_related("association", "unit__district", "producer"),
        "required": queries.needs_second_factor(user),
    }  # fmt: skip
    return render(request, "network/account.html", context)


@reauthentication_required  # type: ignore[untyped-decorator]
def _change_account(request: HttpRequest, user: User, form: NamesForm) -> HttpResponse:
    try:
        actions.change_account(user=user, at=timezone.now(), by=user, **form.cleaned_data)
    except Refusal as refusal:
        form.add_error("email", str(refusal))
        return render(request, "network/account.html", {"form": form})
    messages.success(request, _("Data akun disimpan."), fail_silently=True)  # resumed after the password was asked
    return redirect("network:account")


@signed_in
def second_factor(request: HttpRequest, user: User) -> HttpResponse:
    """Why a second factor is needed here, and the two ways to set one up."""
    kinds = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    return render(request, "network/second_factor.html", {"kinds": kinds, "needed": queries.needs_second_factor(user)})


def no_mail(request: HttpRequest) -> HttpResponse:
    """In place of allauth's mail forms: who has forgotten a password asks the manager for a link."""
    return render(request, "network/no_mail.html")


def email_elsewhere(request: HttpRequest) -> HttpResponseBase:
    """In place of allauth's page of addresses; ours is the account page."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    response = redirect("network:account")
    add_never_cache_headers(response)
    return response


@office(Right.MANAGE_TILLS)
def phones(request: OfficeRequest) -> HttpResponse:
    """How a phone on the office network comes to trust this server."""
    own = lan.known(settings.HOME)
    address = request.build_absolute_uri("/")
    door = ""
    if own:
        port = int(request.get_port()) + 1
        host = request.get_host().rsplit(":", 1)[0]
        door = f"http://{host}:{port}/"
    picture = b64encode(paper.qr(door).encode()).decode() if door else ""
    return render(request, "network/phones.html", {"own": own, "door": door, "address": address, "picture": picture})
