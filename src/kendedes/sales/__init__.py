"""Sales and tills: what was sold, by whom, on which device; the protocol by which tills send it.

Words: Till, Device, Shift, Sale, Refund, Receipt, Sync.
Doors: ``actions.record_sale``, ``actions.record_refund``, the sync address for devices.
Does not: decide shares (ledger), settle.
"""
