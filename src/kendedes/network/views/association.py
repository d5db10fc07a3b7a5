"""The association: what its public site says about it, and who changed that."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kendedes.network import actions, queries
from kendedes.network.door import office, person
from kendedes.network.forms import AssociationForm
from kendedes.network.models import Association
from kendedes.network.rules import Right


def _mine(request: HttpRequest) -> Association:
    """The association asked for (``?asosiasi=``), else the only or first one this person may change."""
    mine = queries.scope(person(request), Right.EDIT_ASSOCIATION).associations
    rows = Association.objects.filter(pk__in=mine).select_related("region").order_by("pk")
    asked = request.GET.get("asosiasi", "")
    return get_object_or_404(rows, slug=asked) if asked else get_object_or_404(rows[:1])


@office(Right.EDIT_ASSOCIATION)
def association(request: HttpRequest) -> HttpResponse:
    """What the public site shows about the association, and its history."""
    found = _mine(request)
    mine = queries.scope(person(request), Right.EDIT_ASSOCIATION).associations
    others = Association.objects.filter(pk__in=mine).exclude(pk=found.pk) if len(mine) > 1 else []
    return render(request, "network/association.html", {"association": found, "others": others})


@office(Right.EDIT_ASSOCIATION)
def association_edit(request: HttpRequest) -> HttpResponse:
    """Change what the public site shows."""
    found = _mine(request)
    form = AssociationForm(request.POST or None, initial={name: getattr(found, name) for name in AssociationForm.NAMES})
    if request.method == "POST" and form.is_valid():
        actions.change_association(association=found, at=timezone.now(), by=person(request), **form.cleaned_data)
        messages.success(request, _("Perubahan disimpan. Situs ikut berubah dalam beberapa detik."))
        return redirect(_address(found))
    context = {"form": form, "title": _("Ubah keterangan asosiasi"), "association": found}
    return render(request, "network/association_form.html", context)


def _address(found: Association) -> str:
    return f"{reverse('network:association')}?asosiasi={found.slug}"
