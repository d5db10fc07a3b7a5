"""The word index beside the data (placeholder during the first step)."""


def bring_up_to_date(association_id: int) -> None:
    """Follow the listings."""


def rebuild(association_id: int) -> None:
    """Make it anew."""
