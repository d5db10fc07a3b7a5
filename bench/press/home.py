"""A home with one locked edition of the regency, of any size, written by the same deeds people do.

    KENDEDES_HOME=DIR ./kendedes dev python bench/press/home.py [--products 5000] [--photos DIR]

29 units, a product with one pack, a story and one photo each (1000 x 1000 JPEG, about 250 kB, every file unique; kept in
``--photos`` between runs). Prints the address of the edition. People, groups and numbers are fictional.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from datetime import UTC, datetime
from itertools import batched
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kendedes.settings")
import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402

from kendedes.catalogue import actions as catalogue  # noqa: E402
from kendedes.catalogue.tests.press import sample  # noqa: E402
from kendedes.network import actions as network  # noqa: E402
from kendedes.network.models import Producer, Region, Unit  # noqa: E402
from kendedes.products import actions  # noqa: E402
from kendedes.products.actions import Pack, PriceAsked  # noqa: E402
from kendedes.products.models import Category, Product  # noqa: E402
from kendedes.products.photos.actions import NewPhoto, attach  # noqa: E402
from kendedes.products.photos.store import Stored, master_path  # noqa: E402
from kendedes.products.queries import full  # noqa: E402
from kendedes.testing import regency  # noqa: E402

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
UNITS = [row for row in sample.DISTRICTS if row not in sample.MISSING][:29]


def main() -> int:
    """Fill the home that the environment names, which must be empty."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--products", type=int, default=5000)
    parser.add_argument("--photos", type=Path, help="keep the photos here between runs")
    asked = parser.parse_args()
    call_command("migrate", verbosity=0)
    regency.all_places()
    categories = list(actions.ensure_categories().values())
    units = regency.units([(code, district) for district, _name, code in UNITS], slug="malang")
    photos = sample.Photos(asked.photos or Path(os.environ["KENDEDES_HOME"]) / "foto", detail=100)
    for number, unit in enumerate(units.values()):
        mine = range(number, asked.products, len(units))
        with transaction.atomic():
            products = [_product(unit, _makers(unit), n, categories) for n in mine]
        for part in batched(zip(mine, products, strict=True), 200):
            _show(part, photos)
        with transaction.atomic():
            for product in full(products):
                actions.submit(product=product, at=AT, by=None)
                actions.accept(product=product, at=AT, by=None)
            _edition(unit, products)
    with transaction.atomic():
        edition = catalogue.compose_regency(association=units["SGS"].association, at=AT, by=None)
        catalogue.change_edition(
            edition=edition, at=AT, by=None, preface_id="Kata pengantar buku uji.", preface_author="Ratna (fiktif)"
        )
        catalogue.to_proof(edition=edition, at=AT, by=None)
        edition = catalogue.lock(edition=edition, at=AT, by=None)
    sys.stdout.write(f"{edition.slug}\n")
    return 0


def _makers(unit: Unit) -> list[Producer]:
    """One group in each of four villages, made when first asked for."""
    found = list(unit.producers.order_by("pk"))
    return found or [
        network.create_producer(
            association=unit.association, unit=unit, village=village, at=AT, by=None, name=f"Kelompok {village.name} (fiktif)"
        )
        for village in Region.objects.filter(parent=unit.district_id).order_by("code")[:4]
    ]  # fmt: skip


def _product(unit: Unit, makers: list[Producer], n: int, categories: list[Category]) -> Product:
    good, *_, pack, net, measure = sample.GOODS[n % len(sample.GOODS)]
    price = PriceAsked(5000 + n * 37 % 240 * 500, None)
    return actions.create_product(
        producer=makers[n % len(makers)], category=categories[n % len(categories)], name_id=f"{good} {n + 1}", at=AT, by=None,
        code=f"{unit.code}-{n + 1:04d}", packs=[Pack(unit=pack, net_value=net, net_unit=measure, retail=price)],
        story_id=f"{sample.SENTENCES[n % len(sample.SENTENCES)]} {sample.SENTENCES[(n + 1) % len(sample.SENTENCES)]}",
        materials=["bahan setempat"], shelf_life_days=90, capacity=400, capacity_unit=pack,
    )  # fmt: skip


@transaction.atomic
def _show(products: tuple[tuple[int, Product], ...], photos: sample.Photos) -> None:
    """The masters are JPEG as the store keeps them: put in their place as they are."""
    for n, product in products:
        made: dict[str, Any] = photos.make(n)
        target = master_path(made["sha256"])
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(photos(made["sha256"]), target)
        stored = Stored(made["sha256"], made["width"], made["height"], made["sha256"], same=True)
        attach(product=product, found=[(NewPhoto(product, b"", f"{n}.jpg"), stored)], at=AT, by=None)


def _edition(unit: Unit, products: list[Product]) -> None:
    edition = catalogue.open_edition(
        association=unit.association, unit=unit, at=AT, by=None, preface_id="Kata pengantar unit.",
        preface_author="Sari (fiktif)", opening_id=sample.SENTENCES[0],
    )  # fmt: skip
    catalogue.choose(edition=edition, products=[(product, False) for product in products], at=AT, by=None)
    catalogue.to_proof(edition=edition, at=AT, by=None)
    catalogue.lock_unit_edition(edition=edition, at=AT, by=None)


if __name__ == "__main__":
    sys.exit(main())
