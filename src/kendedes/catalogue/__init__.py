"""Catalogue: editions, frozen selections of products, and what is made from them.

Words: edition (unit, regency), entry (lembar produk), proof, lock, publish, erratum, made file, print job.
Doors: ``actions`` (the verbs), ``queries`` (documents, changes, public pages), ``press.build`` (books), ``outputs``
(sheet, JSON, blog), the command ``kendedes edition``.
Does not: judge products, change them after the lock, keep a second copy of live prices.
"""
