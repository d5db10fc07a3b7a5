"""What of stories waits for a person on her home page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kendedes.journal.models import User
from kendedes.network.rules import Right, Waiting
from kendedes.stories.models import Comment, Story


def waiting(user: User) -> list[Waiting]:
    """Stories handed in, comments nobody decided on."""
    home = reverse("stories:list")
    handed = Story.objects.allowed(user, Right.PUBLISH_STORIES).filter(state=Story.State.HANDED_IN)
    said = Comment.objects.visible_to(user).filter(state=Comment.State.WAITING)
    return [
        Waiting(handed, _("cerita diajukan untuk terbit"), home, "edit", "soon"),
        Waiting(said, _("komentar menunggu keputusan"), reverse("stories:comments"), "chat", "soon"),
    ]
