"""Catalogue: editions, frozen selections of products, and what is made from them.

Words: edition (unit, regency), entry, proof, erratum. Door for print: ``kendedes.catalogue.press.build``.
"""
