"""The verbs of tills and sales."""

from kendedes.sales.actions.cashiers import EasyPin, NotACashier, end_cashier, set_pin
from kendedes.sales.actions.closing import EventsParked
from kendedes.sales.actions.desk import (
    BadQris,
    HasOwner,
    NoDifference,
    SecondPerson,
    WrongPin,
    assign_line,
    book_difference,
    change_rules,
    difference_of,
    refund_at_desk,
)  # fmt: skip
from kendedes.sales.actions.devices import (
    PairingUnknown,
    invite_till,
    lock_till,
    note_backup,
    pair_till,
    revoke_till,
)  # fmt: skip
from kendedes.sales.actions.discounts import DiscountKnown, DiscountOver, add_discount, end_discount
from kendedes.sales.actions.refunding import NothingLeft, RefundDiffers, Refunded, refund_sale, void_sale
from kendedes.sales.actions.rescue import (
    Imported,
    NotARescueFile,
    NotParked,
    PaperKnown,
    import_file,
    process_again,
    recover_sale,
    set_aside,
)  # fmt: skip
from kendedes.sales.actions.selling import Counter, LineSold, Money, Recorded, record_sale
from kendedes.sales.actions.shifts import ShiftOver, close_shift, hold_drawer, move_cash, open_shift, put_in_drawer
from kendedes.sales.actions.sync import DeviceLocked, DeviceRevoked, Fork, Gap, Result, take, upload

__all__ = [
    "BadQris", "Counter", "DeviceLocked", "DeviceRevoked", "DiscountKnown", "DiscountOver", "EasyPin", "EventsParked", "Fork", "Gap", "HasOwner",
    "Imported", "LineSold", "Money", "NoDifference", "NotACashier", "NotARescueFile", "NotParked", "NothingLeft",
    "PairingUnknown", "PaperKnown", "Recorded", "RefundDiffers", "Refunded", "Result", "SecondPerson", "ShiftOver", "WrongPin",
    "add_discount", "assign_line", "book_difference", "change_rules", "close_shift", "difference_of", "end_cashier", "end_discount", "hold_drawer", "import_file",
    "invite_till", "lock_till", "move_cash", "note_backup", "open_shift", "pair_till", "process_again", "put_in_drawer", "record_sale",
    "recover_sale", "refund_at_desk", "refund_sale", "revoke_till", "set_aside", "set_pin", "take", "upload",
    "void_sale",
]  # fmt: skip
