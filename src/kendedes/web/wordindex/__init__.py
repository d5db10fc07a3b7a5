"""The word index: a tantivy index per association beside the data, made again from the listings at any time.

Doors: ``find`` asks it, ``find_others`` asks for pages beside products (``ui.searched``), ``stamps`` tells whether answers may differ; ``bring_up_to_date`` and ``rebuild`` follow the listings (called by actions only).
Why tantivy and not the database's own text search: docs/decisions/0010-search.md.
"""

from kendedes.web.wordindex.ask import Asked, Found, find, near
from kendedes.web.wordindex.others import find_others, refresh, stamps
from kendedes.web.wordindex.store import bring_up_to_date, rebuild

__all__ = ["Asked", "Found", "bring_up_to_date", "find", "find_others", "near", "rebuild", "refresh", "stamps"]
