"""Ground: what every floor may use and what knows nothing of Django.

Words: Refusal (an expected "no"), environment (settings typed), rupiah, quantity, phone, period.
Doors: the modules of this folder.
Does not: touch the database, ask the clock, read files it was not given.
"""
