"""The gallery: where goods stand and who looks after them.

Words: Venue, Stand, Shelf, Facing (which unit fills it, from when), Mandate, Duty (roster), rotation, Call and Due (dues).
Doors: ``actions`` (set up, assign, rotate, dues), ``queries`` (the plan, empty facings), ``rules`` (the fairness rule).
A shelf is a place of the ledger; a stand without shelves is one itself.
Does not: know lots' papers, sell, settle.
"""
