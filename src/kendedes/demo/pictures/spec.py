"""What a picture shall show."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Picture:
    """``form``: a name of ``forms.FORMS``; ``fill``: a kind of ``pieces.KINDS`` inside or around it;
    ``colour``: hex of the goods themselves; ``motif``: pattern or character for cloth, masks and weaves;
    ``title``, ``brand``, ``note``: the lettering. The same picture is always drawn to the same pixels.
    """

    form: str
    seed: str
    title: str
    brand: str
    note: str = ""
    fill: str = ""
    colour: str = ""
    motif: str = ""
    palette: str = ""
