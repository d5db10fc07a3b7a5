"""Orders of buyers: a basket, one page to order, a promise that is kept or refused, payment, pick-up and delivery.

Words: Offer (what can be sold now), Basket, Order, Line, Promise (pieces set aside), Quota, Rate, Receipt (of money).
Doors: ``actions.place`` and what follows it; ``queries.offers``: what a pack can be had for, how many, when.
Does not: know quotes and invoices (wholesale), public product pages (web), shares (ledger).
"""
