"""What members say, and who lets it be seen."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.stories.actions.refusals import StoryState
from kendedes.stories.models import Comment, Story


@transaction.atomic
def comment(*, story: Story, text: str, at: datetime, by: User) -> Comment:
    """A member's words wait for a decision; the same words twice are one comment. Raises StoryState."""
    held = Story.objects.select_for_update().get(pk=story.pk)
    if held.state != Story.State.PUBLISHED or held.kind != Story.Kind.ARTICLE:
        raise StoryState(title=held.title_id, state=held.get_state_display())
    earlier = Comment.objects.filter(story=held, by=by, text=text).first()
    if earlier:
        return earlier
    made = Comment.objects.create(story=held, by=by, text=text, at=at)
    record(deed="story.comment", at=at, by=by, subjects=[held], facts={"title": held.title_id})
    return made


@transaction.atomic
def decide(*, comment: Comment, shown: bool, at: datetime, by: User) -> Comment:
    """Show a comment or hide it; what is so already leaves no trace."""
    held = Comment.objects.select_for_update().select_related("story__association").get(pk=comment.pk)
    wanted = Comment.State.SHOWN if shown else Comment.State.HIDDEN
    if held.state == wanted:
        return held
    held.state, held.decided_by = wanted, by
    held.save(update_fields=["state", "decided_by"])
    record(
        deed="story.comment_show" if shown else "story.comment_hide", at=at, by=by,
        subjects=[held.story], facts={"title": held.story.title_id},
    )  # fmt: skip
    return held
