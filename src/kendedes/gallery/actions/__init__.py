"""The verbs of the gallery."""

from kendedes.gallery.actions.dues import ask_dues, receive_dues
from kendedes.gallery.actions.facings import assign_facing, free_facing, rotate, set_quotas
from kendedes.gallery.actions.places import (
    add_mandate,
    add_shelf,
    add_stand,
    add_venue,
    change_shelf,
    change_stand,
    change_venue,
    end_shelf,
    end_stand,
    keep_mandate_file,
    put_on_duty,
    take_off_duty,
)
from kendedes.gallery.actions.refusals import DueOverpaid, NameTaken, NoSuchFacing, StillHoldsGoods

__all__ = [
    "DueOverpaid", "NameTaken", "NoSuchFacing", "StillHoldsGoods", "add_mandate", "add_shelf", "add_stand", "add_venue",
    "ask_dues", "assign_facing", "change_shelf", "change_stand", "change_venue", "end_shelf", "end_stand", "free_facing",
    "keep_mandate_file",    "put_on_duty", "receive_dues", "rotate", "set_quotas", "take_off_duty",
]  # fmt: skip
