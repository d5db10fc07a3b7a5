"""The old blog comes over."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kendedes.network.door import OfficeRequest, office
from kendedes.network.rules import Right
from kendedes.stories import actions, forms
from kendedes.stories.rules.blog import MOST_BYTES
from kendedes.stories.views.common import place


@office(Right.PUBLISH_STORIES)
def take(request: OfficeRequest) -> HttpResponse:
    """Choose the file; see what became of every post."""
    form = forms.ImportForm(request.POST or None, request.FILES or None)
    context: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        association, _unit = place(request)
        data = form.cleaned_data["file"].read(MOST_BYTES + 1)
        blog, taken = actions.take_over(association=association, data=data, at=timezone.now(), by=request.user)
        context |= {
            "blog": blog, "taken": taken, "new": sum(row.new for row in taken),
            "pictures": sum(row.post.pictures for row in taken if row.new),
        }  # fmt: skip
    return render(request, "stories/import.html", context)
