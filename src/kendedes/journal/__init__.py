"""The diary: who did what, when, under which key.

Words: User (an account), Entry (one deed), Subject (what the deed was about), Epoch (one life of the database).
Doors: ``actions.record`` is the only writer; ``queries.history`` reads an object's past.
Does not: know any noun above it (subjects are a kind and a number), hold personal data in facts.
"""
