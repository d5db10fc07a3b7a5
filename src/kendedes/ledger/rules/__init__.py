"""Arithmetic of the ledger: how a sale is divided, how a posting is sealed, which day counts. No Django, no clock."""
