"""The verbs of stories."""

from kendedes.stories.actions.comments import comment, decide
from kendedes.stories.actions.importing import Taken, take_over
from kendedes.stories.actions.photos import add_photo, remove_photo
from kendedes.stories.actions.publishing import back, hand_in, publish, publish_due, schedule, withdraw
from kendedes.stories.actions.writing import change, write

__all__ = [
    "Taken", "add_photo", "back", "change", "comment", "decide", "hand_in", "publish", "publish_due", "remove_photo",
    "schedule", "take_over", "withdraw", "write",
]  # fmt: skip
