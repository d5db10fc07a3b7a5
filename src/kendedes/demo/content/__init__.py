"""What the demonstration is made of: a fictional association, its units, makers and goods. Pure data.

Words: UnitPlan, ProducerPlan, ProductPlan, Paper (a permit), Picture.
Doors: association() gives the whole; ABOUT says, in both languages, that all of it is invented.
Facts in it: names and codes of places only. Everything else is fiction; telephone numbers are 62812 0000 ….
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cache

from kendedes.demo.content import numbers
from kendedes.demo.content.people import producers_of, units
from kendedes.demo.content.plans import ProducerPlan, ProductPlan, UnitPlan
from kendedes.demo.content.units import DISTRICTS
from kendedes.demo.content.wares import products_of
from kendedes.demo.pictures.spec import Picture

__all__ = [
    "ABOUT",
    "COVER",
    "COVER_ALT",
    "SMALL",
    "AssociationPlan",
    "ProducerPlan",
    "ProductPlan",
    "UnitPlan",
    "association",
]

# The cover of the regency's book: the view from the sea to the mountains. A photo belongs to a product: here to the
# first coffee of the district whose coffee gardens reach down to the sea, after the picture of the coffee itself.
COVER = Picture("landscape", "35.07", "", "")
COVER_ALT = (
    "Pemandangan Kabupaten Malang dari laut selatan: jukung, desa, candi, sawah berundak, dan gunung saat fajar (gambar)",
    "The regency of Malang from the southern sea: outriggers, a village, a temple, terraces and mountains at dawn (drawing)",
)
SMALL = ("SGS", "TYD")  # units of the small demonstration: one with an operator, and the one of the cover
COVER_AT = ("TYD", "kopi-teh")

ABOUT = (
    (
        "Contoh untuk mencoba Kendedes. Nama tempat dan kodenya nyata; unit, kelompok, orang, produk, harga, nomor izin, "
        "nomor telepon, dan gambar di sini rekaan. Sumber hanya menyebut sepuluh kecamatan yang mempunyai UPK; sembilan belas "
        "lainnya di contoh ini dipilih sembarang, begitu juga bentuk hukum dan tanggalnya. Nomor telepon 62812-0000-… tidak untuk dihubungi."
    ),
    (
        "An example to try Kendedes with. Places and their codes are real; units, groups, people, products, prices, permit numbers, "
        "telephone numbers and pictures are invented. Sources name only ten sub-districts with a UPK; the other nineteen here were "
        "picked at will, and so were legal forms and their dates. Numbers 62812-0000-… are not for calling."
    ),
)


@dataclass(frozen=True)
class AssociationPlan:
    """The whole: producers and products are in the order of their units."""

    name: str
    slug: str
    region: str
    gallery: str
    about: tuple[str, str]
    address: str
    whatsapp: str
    units: tuple[UnitPlan, ...]
    producers: tuple[ProducerPlan, ...]
    products: tuple[ProductPlan, ...]

    def part(self, codes: Collection[str]) -> AssociationPlan:
        """The same with some of its units only."""
        return replace(
            self,
            units=tuple(u for u in self.units if u.code in codes),
            producers=tuple(p for p in self.producers if p.unit in codes),
            products=tuple(p for p in self.products if p.code[:3] in codes),
        )


@cache
def association() -> AssociationPlan:
    """The demonstration; the same each time."""
    plans = tuple(units())
    names: set[str] = set()
    seen: set[str] = set()
    producers: list[ProducerPlan] = []
    products: list[ProductPlan] = []
    for position, (unit, district) in enumerate(zip(plans, DISTRICTS, strict=True)):
        makers = producers_of(unit, district, position, names)
        producers += makers
        products += products_of(unit, district, makers, seen)
    for_cover = next(p for p in products if (p.code[:3], p.category) == COVER_AT and p.goal == "published")
    at = products.index(for_cover)
    products[at] = replace(for_cover, pictures=(*for_cover.pictures, COVER))
    return AssociationPlan(
        name="Asosiasi UPK Kabupaten Malang (contoh)",
        slug="malang",
        region="35.07",
        gallery="Galeri Kendedes (contoh)",
        about=ABOUT,
        address="Pusat Kerajinan Kendedes, depan Pasar Singosari",
        whatsapp=numbers.phone(1),
        units=plans,
        producers=tuple(producers),
        products=tuple(products),
    )
