"""A story goes out to the public and comes back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.stories.actions.refusals import NothingToSay, NotInThePast, StoryState
from kendedes.stories.models import Story

State = Story.State
UNPUBLISHED = (State.DRAFT, State.HANDED_IN, State.SCHEDULED, State.WITHDRAWN)


@transaction.atomic
def hand_in(*, story: Story, at: datetime, by: User | None) -> Story:
    """A unit's story waits for a curator. Raises StoryState, NothingToSay."""
    held = _held(story, State.DRAFT, State.WITHDRAWN)
    _said(held)
    return _move(held, State.HANDED_IN, "story.hand_in", at, by)


@transaction.atomic
def back(*, story: Story, reason: str, at: datetime, by: User | None) -> Story:
    """Sent back to its writer with a reason. Raises StoryState."""
    held = _held(story, State.HANDED_IN, State.SCHEDULED)
    held.publish_at = None
    return _move(held, State.DRAFT, "story.back", at, by, reason=reason)


@transaction.atomic
def publish(*, story: Story, at: datetime, by: User | None) -> Story:
    """Shown to everybody from now on; the first moment stays its date. Raises StoryState, NothingToSay."""
    held = _held(story, *UNPUBLISHED)
    _said(held)
    held.published_at = held.published_at or at
    held.publish_at = None
    return _move(held, State.PUBLISHED, "story.publish", at, by)


@transaction.atomic
def schedule(*, story: Story, publish_at: datetime, at: datetime, by: User | None) -> Story:
    """Published by itself within the hour after ``publish_at``. Raises StoryState, NothingToSay, NotInThePast."""
    held = _held(story, State.DRAFT, State.HANDED_IN, State.SCHEDULED)
    _said(held)
    if publish_at <= at:
        raise NotInThePast
    held.publish_at = publish_at
    return _move(held, State.SCHEDULED, "story.schedule", at, by, on=publish_at.isoformat())


@transaction.atomic
def withdraw(*, story: Story, at: datetime, by: User | None) -> Story:
    """Taken off the site; kept. Raises StoryState."""
    return _move(_held(story, State.PUBLISHED, State.SCHEDULED), State.WITHDRAWN, "story.withdraw", at, by)


def publish_due(*, at: datetime) -> int:
    """Publish what was scheduled for now or before; returns how many."""
    done = 0
    for pk in Story.objects.filter(state=State.SCHEDULED, publish_at__lte=at).values_list("pk", flat=True):
        with transaction.atomic():
            held = Story.objects.select_for_update().get(pk=pk)
            if held.state != State.SCHEDULED or held.publish_at is None or held.publish_at > at:
                continue  # somebody was faster
            held.published_at, held.publish_at = held.published_at or held.publish_at, None
            _move(held, State.PUBLISHED, "story.publish", at, None)
            done += 1
    return done


def _held(story: Story, *states: str) -> Story:
    held = Story.objects.select_for_update().get(pk=story.pk)
    if held.state not in states:
        raise StoryState(title=held.title_id, state=held.get_state_display())
    return held


def _said(story: Story) -> None:
    if not story.body_id.strip():
        raise NothingToSay(title=story.title_id)


def _move(story: Story, state: str, deed: str, at: datetime, by: User | None, **facts: str) -> Story:
    story.state = state
    story.save(update_fields=["state", "publish_at", "published_at"])
    record(deed=deed, at=at, by=by, subjects=[story], facts={"title": story.title_id, **facts})
    return story
