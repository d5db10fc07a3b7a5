"""Permits and certificates: what their numbers tell, who looked them up, when they lapse.

Doors: ``rules.check`` (*form right / form wrong / cannot tell*), ``actions``, ``queries.watch``.
Does not: call a right form "verified" (that takes a person, a day and the official look-up); keep a NIK or NPWP.
"""
