"""The verbs of the intake: take a file in, correct its columns, choose, confirm, cancel, attach its photos."""

from kendedes.products.intake.actions.batches import (
    cancel,
    choose,
    confirm,
    forget_old,
    limits,
    mark_photos_waiting,
    receive,
    remap,
    rows_to_mend,
)
from kendedes.products.intake.actions.photos import Attached, attach_photos, attach_waiting, keep_photo
from kendedes.products.intake.actions.store import Stored, store

__all__ = [
    "Attached", "Stored", "attach_photos", "attach_waiting", "cancel", "choose", "confirm", "forget_old", "keep_photo", "limits",
    "mark_photos_waiting", "receive", "remap", "rows_to_mend", "store",
]  # fmt: skip
