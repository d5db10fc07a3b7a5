"""People: who holds which role, invitations by link, new passwords, closed accounts."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kendedes.base.refusal import Refusal
from kendedes.journal.models import User
from kendedes.network import actions, queries
from kendedes.network.door import office, person
from kendedes.network.forms import AcceptForm, InviteForm
from kendedes.network.models import Association, Invitation, Membership, Producer, Unit
from kendedes.network.queries.people import givable, is_managed, known_people, open_invitations
from kendedes.network.rules import Level, Right, Role
from kendedes.ui.limits import limited


@office(Right.MANAGE_PEOPLE)
def people(request: HttpRequest) -> HttpResponse:
    """Everybody with a role in the own part, and the links still open."""
    user = person(request)
    text = request.GET.get("q", "").strip()[:80]
    context = {
        "rows": known_people(user, text), "q": text, "invitations": open_invitations(user, timezone.now()),
        "whole": bool(queries.scope(user, Right.MANAGE_PEOPLE).associations),
    }  # fmt: skip
    return render(request, "network/people.html", context)


@office(Right.MANAGE_PEOPLE)
def somebody(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: roles held in the own part, now and before."""
    user = person(request)
    rows = Membership.objects.visible_to(user).filter(user=pk)
    rows = rows.select_related("user", "association", "unit__district", "producer").order_by("valid_to", "-valid_from")
    held = list(rows)
    if not held:
        raise Http404
    found = held[0].user
    now = timezone.now()
    current = [m for m in held if m.valid_to is None or m.valid_to > now]
    context = {
        "person": found, "current": current, "past": [m for m in held if m not in current],
        "managed": is_managed(user, found), "self": found.pk == user.pk,
    }  # fmt: skip
    return render(request, "network/person.html", context)


def _place(request: HttpRequest) -> tuple[Association, Unit | None, Producer | None]:
    """Where the invited person shall work: ``?produsen=``, ``?unit=``, else the association."""
    user = person(request)
    producer, unit = request.GET.get("produsen", ""), request.GET.get("unit", "")
    if producer.isdigit():
        found = get_object_or_404(
            Producer.objects.allowed(user, Right.MANAGE_PEOPLE).select_related("association"), pk=producer
        )
        return found.association, None, found
    if unit.isdigit():
        body = get_object_or_404(
            Unit.objects.allowed(user, Right.MANAGE_PEOPLE).select_related("association", "district"), pk=unit
        )
        return body.association, body, None
    mine = queries.scope(user, Right.MANAGE_PEOPLE).associations
    rows = Association.objects.filter(pk__in=mine).order_by("pk")
    asked = request.GET.get("asosiasi", "")
    association = get_object_or_404(rows, slug=asked) if asked else rows.first()
    if association is None:
        raise PermissionDenied
    return association, None, None


@office(Right.MANAGE_PEOPLE)
@limited("invite", "30/h", method="POST")
def invite(request: HttpRequest) -> HttpResponse:
    """Make a link; it is shown once."""
    association, unit, producer = _place(request)
    user = person(request)
    whole = association.pk in queries.scope(user, Right.MANAGE_PEOPLE).associations
    level = actions.level_of(unit, producer)
    form = InviteForm(request.POST or None, roles=givable(level, whole_association=whole))
    place = producer or unit or association
    if request.method == "POST" and form.is_valid():
        invitation, token = actions.invite(
            name=form.cleaned_data["name"], role=Role(form.cleaned_data["role"]), association=association, unit=unit,
            producer=producer, at=timezone.now(), by=user,
        )  # fmt: skip
        link = request.build_absolute_uri(reverse("network:accept", args=[token]))
        return _shown_once(request, invitation, link)
    units = (
        Unit.objects.allowed(user, Right.MANAGE_PEOPLE).select_related("district")
        if level is not Level.PRODUCER
        else []
    )
    return render(request, "network/invite.html", {"form": form, "place": place, "level": level, "units": units})


def _shown_once(request: HttpRequest, invitation: Invitation, link: str) -> HttpResponse:
    facts = {
        "name": invitation.name, "role": invitation.get_role_display(), "place": invitation.place,
        "days": actions.INVITATION_LIFE.days, "link": link,
    }  # fmt: skip
    text = _(
        "Halo %(name)s, Anda diundang menjadi %(role)s di %(place)s. Buka tautan ini untuk membuat akun. "
        "Tautan berlaku %(days)s hari, hanya untuk Anda: %(link)s"
    )
    message = text % facts
    context = {"invitation": invitation, "link": link, "message": message, "whatsapp": _whatsapp(message)}
    return render(request, "network/link.html", context)


def _whatsapp(message: str) -> str:
    return f"https://wa.me/?text={quote(message)}"


@require_POST
@office(Right.MANAGE_PEOPLE)
def invitation_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """The link stops working."""
    found = get_object_or_404(Invitation.objects.visible_to(person(request)), pk=pk)
    actions.revoke_invitation(invitation=found, at=timezone.now(), by=person(request))
    messages.success(request, _("Undangan dibatalkan."))
    return redirect("network:people")


@require_POST
@office(Right.MANAGE_PEOPLE)
def role_end(request: HttpRequest, pk: int) -> HttpResponse:
    """A role ends now."""
    user = person(request)
    found = get_object_or_404(Membership.objects.visible_to(user).select_related("producer"), pk=pk)
    mine = queries.scope(user, Right.MANAGE_PEOPLE).associations
    if found.association_id not in mine and found.producer is None and found.user_id != user.pk:
        raise PermissionDenied  # an operator ends roles of her producers, not of her colleagues
    actions.end_role(membership=found, at=timezone.now(), by=user)
    messages.success(request, _("Peran diakhiri."))
    return redirect("network:people")


def _managed(request: HttpRequest, pk: int) -> User:
    found = get_object_or_404(User, pk__in=Membership.objects.visible_to(person(request)).values("user"), pk=pk)
    if not is_managed(person(request), found):
        raise PermissionDenied
    return found


@require_POST
@office(Right.MANAGE_PEOPLE)
@limited("password_link", "20/h", method="POST")
def password_link(request: HttpRequest, pk: int) -> HttpResponse:
    """A link by which somebody sets a new password; works once, for an hour."""
    found = _managed(request, pk)
    actions.offer_password_link(user=found, at=timezone.now(), by=person(request))
    key = f"{user_pk_to_url_str(found)}-{default_token_generator.make_token(found)}"
    uid, _dash, token = key.partition("-")
    link = request.build_absolute_uri(reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token}))
    message = _(
        "Halo %(name)s, buka tautan ini untuk membuat kata sandi baru. Berlaku satu jam, sekali pakai: %(link)s"
    )
    told = message % {"name": found, "link": link}
    return render(
        request, "network/link.html", {"person": found, "link": link, "message": told, "whatsapp": _whatsapp(told)}
    )


@require_POST
@office(Right.MANAGE_PEOPLE)
def account_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an account, or open it again."""
    found = _managed(request, pk)
    act = actions.disable_account if found.is_active else actions.enable_account
    act(user=found, at=timezone.now(), by=person(request))
    return redirect("network:person", pk=pk)


@sensitive_post_parameters("password")
@limited("accept", "30/m")
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """The invited person makes her account. The page is never cached."""
    now = timezone.now()
    invitation = Invitation.objects.filter(token_hash=actions.hashed(token)).select_related(
        "association__region", "unit__district", "producer", "invited_by"
    ).first()  # fmt: skip
    if invitation is None or not invitation.is_open(now):
        return _unkept(render(request, "network/invitation_closed.html", status=410))
    form = AcceptForm(request.POST or None, initial={"name": invitation.name})
    if request.method == "POST" and form.is_valid():
        data: dict[str, Any] = dict(form.cleaned_data)
        try:
            actions.accept_invitation(token=token, at=now, **data)
        except actions.EmailTaken as refusal:
            form.add_error("email", str(refusal))
        except actions.UsernameTaken as refusal:
            form.add_error("username", str(refusal))
        except Refusal:
            return _unkept(render(request, "network/invitation_closed.html", status=410))
        else:
            messages.success(request, _("Akun Anda sudah dibuat. Silakan masuk."))
            return _unkept(redirect("account_login"))
    return _unkept(render(request, "network/accept.html", {"form": form, "invitation": invitation}))


def _unkept(response: HttpResponse) -> HttpResponse:
    # The site's Referrer-Policy (same-origin) keeps the token from others; "no-referrer" would make the browser send
    # "Origin: null" with the form, which the CSRF check rightly refuses.
    response.headers["Cache-Control"] = "no-store"
    return response
