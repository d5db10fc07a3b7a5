"""Photos of a story."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Max

from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.products.photos import store
from kendedes.stories.actions.refusals import PhotoInUse, TooManyStoryPhotos
from kendedes.stories.models import Story, StoryPhoto
from kendedes.stories.rules import markup

MOST = 20


def add_photo(
    *, story: Story, data: bytes | Path, name: str, at: datetime, by: User | None, caption_id: str = "", caption_en: str = ""
) -> StoryPhoto:  # fmt: skip
    """The next photo; the first is the cover. Raises TooManyStoryPhotos, PhotoRefused kinds, DiskFull."""
    if story.photos.count() >= MOST:
        raise TooManyStoryPhotos(most=MOST)
    made = store.take(data, name)  # decoding takes seconds: never inside the transaction
    with transaction.atomic():
        held = Story.objects.select_for_update().get(pk=story.pk)
        last = held.photos.aggregate(last=Max("number"))["last"] or 0
        if held.photos.count() >= MOST:
            raise TooManyStoryPhotos(most=MOST)
        photo = StoryPhoto.objects.create(
            story=held, number=last + 1, sha256=made.sha256, width=made.width, height=made.height,
            caption_id=caption_id, caption_en=caption_en,
        )  # fmt: skip
        record(deed="story.photo", at=at, by=by, subjects=[held], facts={"title": held.title_id})
    return photo


@transaction.atomic
def remove_photo(*, photo: StoryPhoto, at: datetime, by: User | None) -> None:
    """Take a photo off. Raises PhotoInUse while the text shows it."""
    story = Story.objects.select_for_update().get(pk=photo.story_id)
    if photo.number in markup.named_photos(story.body_id) | markup.named_photos(story.body_en):
        raise PhotoInUse(number=photo.number)
    photo.delete()
    record(deed="story.photo_remove", at=at, by=by, subjects=[story], facts={"title": story.title_id})
