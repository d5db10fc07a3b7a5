"""A story leaves: as a draft of the blog, on paper."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from kendedes.catalogue.outputs.blogger import Dialect
from kendedes.network.door import OfficeRequest, office
from kendedes.network.rules import Right
from kendedes.stories import outputs, press
from kendedes.stories.views.common import mine


@office(Right.WRITE_STORIES)
def blogger(request: OfficeRequest, pk: int, dialect: str) -> HttpResponse:
    """An import file for Blogger; a draft there."""
    if dialect not in list(Dialect):
        raise Http404
    story = mine(request, pk)
    made = outputs.blogger(story, outputs.origin(request), Dialect(dialect))
    answer = HttpResponse(made, content_type="application/atom+xml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{story.slug}-{dialect}.xml"'
    return answer


@office(Right.WRITE_STORIES)
def printed(request: OfficeRequest, pk: int) -> HttpResponse:
    """A page to hang up or hand out."""
    story = mine(request, pk)
    made = press.page(story, outputs.origin(request), "en" if request.GET.get("bahasa") == "en" else "id")
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{story.slug}.pdf"'
    return answer
