"""Goods on consignment: agreed terms, papers, lots received, carried, returned, expired, counted.

Words: Terms, Note (nota titipan), delivery note, return, expiry write-off, count, label.
Doors: ``actions`` (each paper's deed), ``queries`` (stock, expiry watch).
Does not: sell, pay.
"""
