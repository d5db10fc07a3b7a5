"""The ledger: every move of goods and money, append-only; stock and dues are sums of moves, never stored.

Words: Place, Account, Terms, Lot, Posting (a deed with its moves), GoodsMove, MoneyMove, ShareLine, Period, Oddity.
Doors: ``actions.post`` is the only writer of moves; ``queries`` sum; ``verify`` re-derives everything independently.
Does not: know papers, tills, statements; those stand above and tell it what moved.
"""
