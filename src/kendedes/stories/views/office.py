"""Stories written, shown as they will look, sent on their way."""

from __future__ import annotations

from pathlib import Path

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kendedes.network.door import OfficeRequest, office
from kendedes.network.queries import may
from kendedes.network.rules import Right
from kendedes.products.photos.store import DiskFull, PhotoRefused
from kendedes.stories import actions, forms, outputs, queries
from kendedes.stories.actions.refusals import TooManyStoryPhotos
from kendedes.stories.models import Comment, Story, StoryPhoto
from kendedes.stories.views.common import decided, may_change, mine, place

PER_PAGE = 30


@office(Right.WRITE_STORIES)
def listing(request: OfficeRequest) -> HttpResponse:
    """Every story of one's part, the unfinished first."""
    state = request.GET.get("keadaan", "")
    rows = Story.objects.visible_to(request.user).select_related("unit__district")
    if state in Story.State.values:
        rows = rows.filter(state=state)
    found = Paginator(rows.order_by("-written_at", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    publishes = may(request.user, Right.PUBLISH_STORIES)
    context = {
        "rows": found, "page_obj": found, "state": state, "states": Story.State.choices, "publishes": publishes,
        "waiting": Comment.objects.visible_to(request.user).filter(state=Comment.State.WAITING).count(),
    }  # fmt: skip
    return render(request, "stories/list.html", context)


@office(Right.WRITE_STORIES)
def new(request: OfficeRequest) -> HttpResponse:
    """A new draft."""
    association, unit = place(request)
    form = forms.StoryForm(request.POST or None, association=association, initial={"author": request.user.name})
    if request.method == "POST" and form.is_valid():
        story = actions.write(
            association=association, unit=unit, at=timezone.now(), by=request.user, **form.values()
        )  # fmt: skip
        messages.success(request, _("Draf tersimpan. Tambahkan foto, lalu lihat hasilnya."))
        return redirect("stories:photos", pk=story.pk)
    return render(request, "stories/form.html", {"form": form})


@office(Right.WRITE_STORIES)
def edit(request: OfficeRequest, pk: int) -> HttpResponse:
    """Mend its texts."""
    story = mine(request, pk)
    if not may_change(request, story):
        raise PermissionDenied
    form = forms.StoryForm(
        request.POST or None, instance=Story.objects.get(pk=pk), association=story.association
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        actions.change(story=story, at=timezone.now(), by=request.user, **form.values())
        messages.success(request, _("Tersimpan."))
        return redirect("stories:detail", pk=pk)
    return render(request, "stories/form.html", {"form": form, "story": story})


@office(Right.WRITE_STORIES)
def detail(request: OfficeRequest, pk: int) -> HttpResponse:
    """As visitors will read it, and what can be done with it."""
    story = mine(request, pk)
    publishes = Story.objects.allowed(request.user, Right.PUBLISH_STORIES).filter(pk=pk).exists()
    language = "en" if request.GET.get("bahasa") == "en" else "id"
    context = {
        "story": story, "reading": queries.reading(story, language), "language": language, "publishes": publishes,
        "changes": may_change(request, story), "schedule": forms.ScheduleForm(), "reason": forms.ReasonForm(),
        "products": story.products.order_by("code"), "public": outputs.path(story),
        "whatsapp": outputs.whatsapp_link(story, outputs.origin(request)),
        "message": outputs.whatsapp(story, outputs.origin(request)),
    }  # fmt: skip
    return render(request, "stories/detail.html", context)


@office(Right.WRITE_STORIES)
def photos(request: OfficeRequest, pk: int) -> HttpResponse:
    """Add a photo; see how the text names each."""
    story = mine(request, pk)
    if not may_change(request, story):
        raise PermissionDenied
    form = forms.PhotoForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["photo"]
        data = Path(file.temporary_file_path()) if isinstance(file, TemporaryUploadedFile) else file.read()
        try:
            actions.add_photo(
                story=story, data=data, name=(file.name or "foto")[:200], at=timezone.now(), by=request.user,
                caption_id=form.cleaned_data["caption_id"], caption_en=form.cleaned_data["caption_en"],
            )  # fmt: skip
        except (PhotoRefused, DiskFull, TooManyStoryPhotos) as refusal:
            messages.error(request, str(refusal))
        return redirect("stories:photos", pk=pk)
    rows = [(photo, queries.photo_facts(photo, story.title_id)) for photo in story.photos.order_by("number")]
    return render(request, "stories/photos.html", {"story": story, "form": form, "photos": rows})


@office(Right.WRITE_STORIES)
@require_POST
def photo_remove(request: OfficeRequest, pk: int) -> HttpResponse:
    """Take a photo off."""
    photo = get_object_or_404(StoryPhoto.objects.visible_to(request.user).select_related("story"), pk=pk)
    if not may_change(request, photo.story):
        raise PermissionDenied
    actions.remove_photo(photo=photo, at=timezone.now(), by=request.user)
    return redirect("stories:photos", pk=photo.story_id)


@office(Right.WRITE_STORIES)
@require_POST
def hand_in(request: OfficeRequest, pk: int) -> HttpResponse:
    """Ask for it to be published."""
    actions.hand_in(story=mine(request, pk), at=timezone.now(), by=request.user)
    messages.success(request, _("Diajukan. Kurator akan membacanya."))
    return redirect("stories:detail", pk=pk)


@office(Right.PUBLISH_STORIES)
@require_POST
def back(request: OfficeRequest, pk: int) -> HttpResponse:
    """Send it back with a reason."""
    story = decided(request, pk)
    form = forms.ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Tuliskan apa yang perlu diperbaiki."))
        return redirect("stories:detail", pk=pk)
    actions.back(story=story, reason=form.cleaned_data["reason"], at=timezone.now(), by=request.user)
    return redirect("stories:detail", pk=pk)


@office(Right.PUBLISH_STORIES)
@require_POST
def publish(request: OfficeRequest, pk: int) -> HttpResponse:
    """Show it to everybody."""
    actions.publish(story=decided(request, pk), at=timezone.now(), by=request.user)
    messages.success(request, _("Terbit."))
    return redirect("stories:detail", pk=pk)


@office(Right.PUBLISH_STORIES)
@require_POST
def schedule(request: OfficeRequest, pk: int) -> HttpResponse:
    """Let it publish itself later."""
    story = decided(request, pk)
    form = forms.ScheduleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Tuliskan tanggal dan jam terbitnya."))
        return redirect("stories:detail", pk=pk)
    actions.schedule(story=story, publish_at=form.when(), at=timezone.now(), by=request.user)
    return redirect("stories:detail", pk=pk)


@office(Right.PUBLISH_STORIES)
@require_POST
def withdraw(request: OfficeRequest, pk: int) -> HttpResponse:
    """Take it off the site."""
    actions.withdraw(story=decided(request, pk), at=timezone.now(), by=request.user)
    messages.success(request, _("Ditarik dari situs; naskahnya tetap tersimpan."))
    return redirect("stories:detail", pk=pk)
