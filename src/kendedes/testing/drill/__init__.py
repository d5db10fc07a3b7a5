"""Failure drills: the machine is made to fail while people sell, then the books are compared with what was acknowledged.

Words: shop (what is sold), ack log (what sellers were told is sold, kept where the failure does not reach), judge (every
acknowledged sale is in the books, none twice, ``verify`` fits), control (a weakened server that must be caught).
Doors: ``python -m kendedes.testing.drill``; numbers and meanings stand in ``docs/testing.md``.
"""
