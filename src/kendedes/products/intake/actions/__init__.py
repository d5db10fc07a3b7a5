"""The verbs of the intake: take a file in, correct its columns, choose, confirm, cancel, attach its photos."""

from kendedes.products.intake.actions.batches import cancel, choose, confirm, receive, remap
from kendedes.products.intake.actions.photos import attach_photos, keep_photo
from kendedes.products.intake.actions.store import Stored, store

__all__ = ["Stored", "attach_photos", "cancel", "choose", "confirm", "keep_photo", "receive", "remap", "store"]
