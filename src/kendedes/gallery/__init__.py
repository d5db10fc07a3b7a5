"""The gallery: where goods stand and who looks after them.

Words: Venue, Stand, Shelf, facing, mandate, roster, rotation, dues. A shelf is a place of the ledger.
Doors: ``actions`` (set up, assign, rotate, dues), ``queries`` (the plan, empty facings).
Does not: know lots' papers, sell, settle.
"""
