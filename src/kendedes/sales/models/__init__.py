"""Tables of tills and sales."""

from kendedes.sales.models.devices import Cashier, Device, Pairing, TillRules
from kendedes.sales.models.discounts import Discount
from kendedes.sales.models.inbox import BackupMark, Handling, RawEvent, Recovered
from kendedes.sales.models.sales import (
    Assignment,
    CashMove,
    PayKind,
    Payment,
    Refund,
    RefundLine,
    Sale,
    SaleLine,
    Shift,
    ShiftClose,
)  # fmt: skip

__all__ = [
    "Assignment", "BackupMark", "CashMove", "Cashier", "Device", "Discount", "Handling", "Pairing", "PayKind", "Payment", "RawEvent",
    "Recovered", "Refund", "RefundLine", "Sale", "SaleLine", "Shift", "ShiftClose", "TillRules",
]  # fmt: skip
