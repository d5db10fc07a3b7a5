"""The verbs of tills and sales."""

from kendedes.sales.actions.cashiers import EasyPin, NotACashier, end_cashier, set_pin
from kendedes.sales.actions.devices import (
    PairingUnknown,
    invite_till,
    lock_till,
    note_backup,
    pair_till,
    revoke_till,
)  # fmt: skip
from kendedes.sales.actions.sync import DeviceLocked, DeviceRevoked, Fork, Gap, Result, take, upload

__all__ = [
    "DeviceLocked", "DeviceRevoked", "EasyPin", "Fork", "Gap", "NotACashier", "PairingUnknown", "Result", "end_cashier", "invite_till", "lock_till", "note_backup", "pair_till", "revoke_till", "set_pin", "take", "upload",
]  # fmt: skip
