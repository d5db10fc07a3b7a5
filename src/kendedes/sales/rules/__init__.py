"""Arithmetic and decisions of sales and tills. Pure."""
