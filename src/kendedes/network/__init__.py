"""Who belongs where: regions, associations, units, producers, people; who may do what.

Words: Region, Association, Unit, LegalForm, Producer, Person, Membership (role), Grant, Invitation.
Doors: ``actions`` (the verbs), ``queries.scope`` and ``visible_to`` (who sees what), ``rules`` (roles, rights).
Does not: know products, points or editions; resolve a village by its name alone.
"""
