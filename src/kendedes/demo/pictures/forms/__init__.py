"""One function per kind of picture; each paints a whole scene on a stage."""

from __future__ import annotations

from collections.abc import Callable

from kendedes.demo.pictures.forms import bags, cloth, crafts, masks, packs, table, ware
from kendedes.demo.pictures.spec import Picture
from kendedes.demo.pictures.stage import Stage

type Form = Callable[[Stage, Picture], None]

STANDING: dict[str, Form] = {
    "jar": packs.jar,
    "bottle": packs.bottle,
    "pouch": bags.pouch,
    "kraft": bags.kraft,
    "carton": bags.carton,
    "cup": packs.cup,
    "packet": bags.packet,
    "tin": packs.tin,
    "plate": table.plate,
    "crate": table.crate,
    "cupful": table.cupful,
    "cheese": table.cheese,
    "pot": ware.pot,
    "mortar": ware.mortar,
    "basket": ware.basket,
    "woodware": ware.woodware,
    "hanging": cloth.hanging,
    "folded": cloth.folded,
    "mask": masks.mask,
    "incense": crafts.incense,
    "mats": crafts.mats,
    "bag": cloth.bag,
    "bamboo": ware.bamboo,
}
NEAR = frozenset(("plate", "cheese", "mortar", "cupful", "incense"))  # seen from a little higher
FROM_ABOVE: dict[str, Form] = {"flatlay": cloth.flatlay, "sandals": crafts.sandals}
FORMS: dict[str, Form] = {**STANDING, **FROM_ABOVE}
