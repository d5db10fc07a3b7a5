"""What is public of stories, as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kendedes.stories.models import Comment, Story, StoryPhoto
from kendedes.stories.rules import markup
from kendedes.ui.searched import Searchable

PER_PAGE = 12


@dataclass(frozen=True)
class Card:
    """A story in a list. ``photo``: the PHOTO of the edition document, or None. Texts in both languages."""

    slug: str
    title: dict[str, str]
    lead: dict[str, str]
    author: str
    at: datetime | None
    photo: dict[str, Any] | None
    tags: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """A story as it is read. ``html`` is safe; ``lang`` the language it is in."""

    card: Card
    story: Story
    lang: str
    body: str
    photos: dict[int, dict[str, Any]]
    comments: list[Comment]


def photo_facts(photo: StoryPhoto, title: str = "") -> dict[str, Any]:
    """As ``products/picture.html`` wants it."""
    return {
        "sha256": photo.sha256, "width": photo.width, "height": photo.height, "focus": [photo.focus_x, photo.focus_y],
        "alt": {"id": photo.caption_id or title, "en": photo.caption_en or photo.caption_id or title},
    }  # fmt: skip


def photos_kept(shas: Iterable[str]) -> set[str]:
    """Which of these files a story shows: they stay on the disk."""
    return set(StoryPhoto.objects.filter(sha256__in=list(shas)).values_list("sha256", flat=True))


def card(story: Story, cover: StoryPhoto | None) -> Card:
    """One story in a list."""
    lead = story.lead_id or markup.opening(story.body_id)
    return Card(
        slug=story.slug, title={"id": story.title_id, "en": story.title_en or story.title_id},
        lead={"id": lead, "en": story.lead_en or (markup.opening(story.body_en) if story.body_en else lead)},
        author=story.author, at=story.published_at, photo=photo_facts(cover, story.title_id) if cover else None,
        tags=tuple(story.tags),
    )  # fmt: skip


def cards(stories: Iterable[Story]) -> list[Card]:
    """Stories in a list with their covers, in two queries."""
    rows = list(stories)
    covers: dict[int, StoryPhoto] = {}
    for photo in StoryPhoto.objects.filter(story__in=rows).order_by("-number"):
        covers[photo.story_id] = photo
    return [card(row, covers.get(row.pk)) for row in rows]


def articles(association: int, *, tag: str = "") -> list[Story]:
    """Published articles, newest first; with ``tag`` those that carry it. Bodies included: they are short texts."""
    return published(association, kind=Story.Kind.ARTICLE, tag=tag)


def published(association: int, *, kind: str, tag: str = "") -> list[Story]:
    """As ``articles``, of either kind."""
    rows = Story.objects.public().filter(association=association, kind=kind)
    found = list(rows.order_by("-published_at", "-pk"))
    wanted = tag.casefold()
    return [row for row in found if not wanted or wanted in {t.casefold() for t in row.tags}]


def about_product(product: int, most: int = 3) -> list[Card]:
    """Published articles that name a product, newest first."""
    rows = Story.objects.public().filter(products=product, kind=Story.Kind.ARTICLE)
    return cards(rows.order_by("-published_at", "-pk")[:most])


def footer(association: int) -> list[dict[str, str]]:
    """Published pages for the foot of the site: ``{"slug", "id", "en"}`` in their order."""
    rows = Story.objects.public().filter(association=association, kind=Story.Kind.PAGE).order_by("position", "title_id")
    return [
        {"slug": slug, "id": title, "en": english or title}
        for slug, title, english in rows.values_list("slug", "title_id", "title_en")
    ]


def told(association: int) -> list[tuple[str, datetime | None]]:
    """Addresses of everything published, for the sitemap; the list of articles first when there are any."""
    rows = Story.objects.public().filter(association=association).order_by("kind", "slug")
    found = [
        (f"/{'halaman' if kind == Story.Kind.PAGE else 'cerita'}/{slug}/", at)
        for kind, slug, at in rows.values_list("kind", "slug", "published_at")
    ]
    return [*([("/cerita/", None)] if any(path.startswith("/cerita/") for path, _at in found) else []), *found]


def has_articles(association: int) -> bool:
    """Whether the site has anything to tell."""
    return Story.objects.public().filter(association=association, kind=Story.Kind.ARTICLE).exists()


def touched_associations(stories: Iterable[int]) -> set[int]:
    """Whose public pages read differently since these stories changed."""
    rows = Story.objects.filter(pk__in=set(stories), state__in=[Story.State.PUBLISHED, Story.State.WITHDRAWN])
    return set(rows.values_list("association_id", flat=True))


def searched(association: int) -> Iterator[Searchable]:
    """What the site's search finds of stories: by title, labels and text, in both languages."""
    for row in Story.objects.public().filter(association=association).order_by("pk"):
        words = " ".join(markup.plain(text) for text in (row.body_id, row.body_en) if text)
        path = f"/{'halaman' if row.kind == Story.Kind.PAGE else 'cerita'}/{row.slug}/"
        yield Searchable("story", row.title_id, path, "", " ".join([row.title_en, *row.tags, row.lead_id, words]))


def reading(story: Story, language: str) -> Reading:
    """A story to be read: photos by number, comments that are shown."""
    photos = list(story.photos.order_by("number"))
    spoken = "en" if language == "en" and story.body_en else "id"
    facts = {photo.number: photo_facts(photo) for photo in photos}
    comments = list(story.comments.filter(state=Comment.State.SHOWN).select_related("by").order_by("pk"))
    return Reading(
        card=card(story, photos[0] if photos else None), story=story, lang=spoken,
        body=story.body_en if spoken == "en" else story.body_id, photos=facts, comments=comments,
    )  # fmt: skip
