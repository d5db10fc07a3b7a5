"""Tables of the gallery."""

from kendedes.gallery.models.dues import Call, Due, Receipt
from kendedes.gallery.models.facings import Facing, Quota
from kendedes.gallery.models.places import Duty, Mandate, Shelf, Stand, Venue

__all__ = ["Call", "Due", "Duty", "Facing", "Mandate", "Quota", "Receipt", "Shelf", "Stand", "Venue"]
