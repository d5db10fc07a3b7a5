"""Sums over the ledger. Nothing here is stored anywhere."""

from kendedes.ledger.queries.stock import sold_from, stock_in
from kendedes.ledger.queries.terms import terms_for
from kendedes.ledger.queries.totals import balance, balances, fingerprint, stock_at, stock_of_lots

__all__ = ["balance", "balances", "fingerprint", "sold_from", "stock_at", "stock_in", "stock_of_lots", "terms_for"]
