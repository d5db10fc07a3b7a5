"""What is made: products, variants, prices, photos, permits; how they come in and are accepted.

Words: Product, Variant, Price (history), Permit, Photo, FixItem, Release (a frozen public text).
Doors: ``actions`` (the verbs), ``queries.content`` (a product as plain data), ``photos``, ``intake``.
Does not: know points, editions or pages; keep stock; decide who may see (that is the network's scope).
"""
