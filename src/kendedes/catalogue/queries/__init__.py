"""Reads of the catalogue floor. The web floor takes what ``public`` gives, the office the rest."""

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
from kendedes.catalogue.queries.public import (
    ChapterCard,
    EditionCard,
    EditionView,
    EntryCard,
    EntryView,
    FileCard,
    chapter_page,
    edition_page,
    editions_of_product,
    entry_page,
    files,
    latest_edition,
    published_editions,
)

__all__ = [
    "ChapterCard", "EditionCard", "EditionView", "EntryCard", "EntryView", "FileCard", "changes", "chapter_page",
    "document", "document_text", "edition_page", "editions_of_product", "entry_page", "errata", "files",
    "latest_edition", "missing_units", "preflight", "previous_of", "published_editions", "site", "statistics", "told",
]  # fmt: skip
