"""Goods on consignment: agreed terms, papers, lots received, carried, returned, written off, counted.

Words: Proposal (of terms), Paper (nota titipan, surat jalan, berita acara, opname, tukar tempat), Line, label, expiry watch.
Doors: ``actions`` (``draft``, ``add_lot`` and ``add_goods``, ``issue``, ``arrive``, the count, ``propose``, ``agree``),
``queries`` (stock, a lot's life, expiry watch). A paper's deed moves goods only through the ledger.
Does not: sell, pay.
"""
