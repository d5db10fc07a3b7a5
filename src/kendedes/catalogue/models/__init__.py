"""Tables of the catalogue floor, by subject."""

from kendedes.catalogue.models.edition import Edition, EditionItem
from kendedes.catalogue.models.frozen import Chapter, EditionPage, Erratum, Frozen, Publication
from kendedes.catalogue.models.made import MadeFile, PrintJob

__all__ = [
    "Chapter", "Edition", "EditionItem", "EditionPage", "Erratum", "Frozen", "MadeFile", "PrintJob", "Publication",
]  # fmt: skip
