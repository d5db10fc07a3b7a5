"""Tables of tills and sales."""

from kendedes.sales.models.devices import Cashier, Device, Pairing
from kendedes.sales.models.inbox import BackupMark, Handling, RawEvent, Recovered

__all__ = ["BackupMark", "Cashier", "Device", "Handling", "Pairing", "RawEvent", "Recovered"]
