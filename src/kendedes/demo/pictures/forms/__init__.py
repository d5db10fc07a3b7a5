"""One function per kind of picture; each paints a whole scene on a stage."""

from __future__ import annotations

from collections.abc import Callable

from kendedes.demo.pictures.forms import packs
from kendedes.demo.pictures.spec import Picture
from kendedes.demo.pictures.stage import Stage

type Form = Callable[[Stage, Picture], None]

STANDING: dict[str, Form] = {
    "jar": packs.jar,
    "bottle": packs.bottle,
    "pouch": packs.pouch,
    "kraft": packs.kraft,
    "carton": packs.carton,
    "cup": packs.cup,
    "packet": packs.packet,
    "tin": packs.tin,
}
FROM_ABOVE: dict[str, Form] = {}
FORMS: dict[str, Form] = {**STANDING, **FROM_ABOVE}
