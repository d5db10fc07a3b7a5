"""Settlement: what each producer is due for a period, the paper that shows it, the money that settles it.

Words: Settlement, Statement, Payout. What is due is a balance of the ledger; sales are never read.
Doors: ``actions`` (draw up, check, approve, pay), ``queries`` (statements).
Does not: sell, move goods.
"""
