"""Decisions of consignment: prices under terms, what a count moves, how labels lie. No Django, no clock."""
