"""Members' words under a story."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kendedes.network.door import OfficeRequest, office
from kendedes.network.queries import associations_of
from kendedes.network.rules import Right
from kendedes.stories import actions, forms, outputs
from kendedes.stories.models import Comment, Story
from kendedes.ui.limits import limited

PER_PAGE = 30


@office(Right.PUBLISH_STORIES)
def listing(request: OfficeRequest) -> HttpResponse:
    """What waits for a decision, then what was decided."""
    rows = Comment.objects.visible_to(request.user).select_related("story", "by")
    found = Paginator(rows.order_by("-state", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "stories/comments.html", {"rows": found, "page_obj": found})


@office(Right.PUBLISH_STORIES)
@require_POST
def decide(request: OfficeRequest, pk: int) -> HttpResponse:
    """Show it or hide it."""
    comment = get_object_or_404(Comment.objects.visible_to(request.user), pk=pk)
    actions.decide(comment=comment, shown=request.POST.get("tampil") == "ya", at=timezone.now(), by=request.user)
    return redirect("stories:comments")


@limited("comment", "10/h", method="POST")
@office()
def write(request: OfficeRequest, pk: int) -> HttpResponse:
    """A member's comment on a published story of her association."""
    homes = associations_of(request.user, Right.SEE_OFFICE)
    story = get_object_or_404(Story.objects.public().filter(kind=Story.Kind.ARTICLE, association__in=homes), pk=pk)
    form = forms.CommentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.comment(story=story, text=form.cleaned_data["text"], at=timezone.now(), by=request.user)
        messages.success(request, _("Terima kasih. Komentar tampil sesudah dibaca pengelola."))
        return redirect("stories:comment", pk=pk)
    return render(
        request, "stories/comment.html", {"story": story, "form": form, "public": outputs.path(story)}
    )  # fmt: skip
