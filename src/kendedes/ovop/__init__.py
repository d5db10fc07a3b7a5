"""One village one product: how superior products are chosen, and what brings the next star.

Words: Rubric (versioned), gate, criterion, level, Round, Candidate, Sheet, Submission, Award, path.
Doors: ``actions`` (rounds, sheets, awards), ``queries.current_stars``, ``queries.path``, ``presets``.
Does not: change products, print editions, invent points that no source gives.
"""
