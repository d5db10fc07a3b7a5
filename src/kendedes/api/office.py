"""The office's pages of keys for programs and of programs that are told."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from kendedes.api import actions, forms
from kendedes.api.models import Hook, Message, Token
from kendedes.network.door import OfficeRequest, office
from kendedes.network.models import Association
from kendedes.network.queries import associations_of, may, scope
from kendedes.network.rules import Right


@office(Right.SEE_PRODUCTS)
def tokens(request: OfficeRequest) -> HttpResponse:
    """Her keys, for a manager all of the association, and a form for a new one, shown once."""
    at = timezone.now()
    form = forms.TokenForm(request.POST or None)
    fresh = ""
    if request.method == "POST" and form.is_valid():
        _row, fresh = actions.make_token(association=_association(request), at=at, by=request.user, **form.cleaned_data)
        form = forms.TokenForm()
    rows = Token.objects.visible_to(request.user).select_related("by")
    context = {
        "form": form,
        "fresh": fresh,
        "rows": rows[:100],
        "now": at,
        "may_tell": may(request.user, Right.EDIT_ASSOCIATION),
    }
    response = render(request, "api/tokens.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@office(Right.SEE_PRODUCTS)
@require_POST
def revoke(request: OfficeRequest, pk: int) -> HttpResponse:
    """Take a key back."""
    row = get_object_or_404(Token.objects.visible_to(request.user).select_related("association"), pk=pk)
    actions.revoke_token(token=row, at=timezone.now(), by=request.user)
    return redirect("doors:tokens")


def _association(request: OfficeRequest) -> Association:
    mine = associations_of(request.user, Right.SEE_PRODUCTS)
    found = Association.objects.filter(pk__in=mine).order_by("pk").first()
    if found is None:
        raise Http404
    return found


@office(Right.EDIT_ASSOCIATION)
def hooks(request: OfficeRequest) -> HttpResponse:
    """Programs that are told, what came of the last messages, and a form for another one."""
    at = timezone.now()
    form = forms.HookForm(request.POST or None)
    fresh: Hook | None = None
    if request.method == "POST" and form.is_valid():
        managed = scope(request.user, Right.EDIT_ASSOCIATION).associations
        association = get_object_or_404(Association.objects.filter(pk__in=managed).order_by("pk")[:1])
        allowed = [name.strip() for name in settings.ENV.hook_hosts.split(",") if name.strip()]
        fresh = actions.add_hook(
            association=association, url=form.cleaned_data["url"], allowed=allowed, at=at, by=request.user
        )
        form = forms.HookForm()
    rows = Hook.objects.visible_to(request.user)
    messages = Message.objects.filter(hook__in=rows).select_related("hook")[:30]
    response = render(
        request, "api/hooks.html", {"form": form, "fresh": fresh, "rows": rows[:50], "sent": messages, "may_tell": True}
    )
    response.headers["Cache-Control"] = "no-store"
    return response


@office(Right.EDIT_ASSOCIATION)
@require_POST
def end(request: OfficeRequest, pk: int) -> HttpResponse:
    """A program is told nothing more."""
    row = get_object_or_404(Hook.objects.visible_to(request.user).select_related("association"), pk=pk)
    actions.end_hook(hook=row, at=timezone.now(), by=request.user)
    return redirect("doors:hooks")
