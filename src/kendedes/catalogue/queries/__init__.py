"""Reads of the catalogue floor."""

from kendedes.catalogue.queries.changes import changes, previous_of, told
from kendedes.catalogue.queries.contents import (
    document,
    document_text,
    errata,
    missing_units,
    preflight,
    site,
    statistics,
)

__all__ = [
    "changes", "document", "document_text", "errata", "missing_units", "preflight", "previous_of", "site", "statistics", "told",
]  # fmt: skip
