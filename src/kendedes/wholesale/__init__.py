"""Wholesale: a buyer asks for many, the work is split over makers, quoted, accepted by link, made, delivered, billed.

Words: Buyer (address book), Enquiry, Supply (a maker's prices by quantity), Split, Quote (versions), Made, Paper.
Doors: ``actions.ask`` to ``actions.deliver``; ``rules.split.split``: who makes how many. Goods and money are orders'.
Does not: promise stock or post to the ledger by itself (orders), print catalogues (catalogue).
"""
