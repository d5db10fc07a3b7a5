"""An association of any size, written in bulk: for the benchmark of the web pages and for looking at them.

    .venv/bin/python bench/web/data.py --products 5000 [--photos DIR]

Needs an empty home (KENDEDES_HOME). Names are put together from words of the trade; people and groups are fictional.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kendedes.settings")
import django

import kendedes  # noqa: F401 - chooses the SQLite library first

AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
GOODS = ["Keripik", "Anyaman", "Batik", "Kopi", "Sambal", "Kerupuk", "Tas", "Dodol", "Madu", "Topeng", "Gula", "Teh",
         "Sirup", "Bakpia", "Abon", "Gerabah", "Tenun", "Boneka", "Sabun", "Minyak"]  # fmt: skip
KINDS = ["tempe", "apel", "pisang", "bambu", "singkong", "rosela", "jahe", "salak", "pandan", "mendong", "talas",
         "kelapa", "jamur", "ubi ungu", "nangka", "wijen", "aren", "robusta", "arabika", "kunyit"]  # fmt: skip
STYLES = ["asli", "manis", "pedas", "gurih", "halus", "klasik", "super", "desa", "gunung", "pesisir", "warna alam",
          "tulis", "ukir", "panggang", "kering", "segar", "premium", "mini", "jumbo", "istimewa"]  # fmt: skip
STORY = "Dibuat oleh tetangga-tetangga kami sepanjang tahun dari bahan kebun sendiri. " * 4


def main() -> None:
    """Fill the home that the environment names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, default=5000)
    parser.add_argument("--each", type=int, default=5000, help="products of one association; more make more of them")
    parser.add_argument("--districts", type=int, default=33, help="kecamatan of one association")
    parser.add_argument("--photos", type=Path)
    options = parser.parse_args()
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    begun = time.process_time()
    from kendedes.web.actions import rebuild

    share = min(options.products, options.each)
    for number in range(options.products // share):
        fill(share, options.photos, number, options.districts)
    rebuild(at=AT)
    sys.stdout.write(f"{options.products} products in {time.process_time() - begun:.1f} s CPU\n")


def fill(count: int, photos: Path | None, number: int = 0, districts: int = 33) -> None:
    """One association of a regency with its kecamatan; a province is many of them in one installation."""
    from kendedes.journal.actions import record
    from kendedes.network import actions as network
    from kendedes.network.models import LegalForm, Producer, Region, Unit
    from kendedes.network.rules import person_key
    from kendedes.products.models import Category, Product, Release

    chance = random.Random(3507 + number)
    root = "35.07" if not number else f"35.{number + 20}"
    regions = [
        Region(code="35", name="Jawa Timur", kind="provinsi"),
        Region(code=root, name="Malang" if not number else f"Kabupaten{number}", kind="kabupaten", parent_id="35"),
    ]
    from kendedes.network import places

    known = {d.code: d.name for d in places.load().districts}
    for n in range(1, districts + 1):
        code = f"{root}.{n:02d}"
        regions.append(Region(code=code, name=known.get(code, f"Kecamatan{n}"), kind="kecamatan", parent_id=root))
        regions += [
            Region(code=f"{code}.{2000 + v}", name=f"Desa {v} {n}", kind="desa", parent_id=code) for v in range(1, 13)
        ]
    network.add_regions(regions=regions)
    association = network.create_association(
        name="Asosiasi UPK Kabupaten Malang (contoh)", slug="malang" if not number else f"asosiasi-{number}", region=Region.objects.get(code=root), at=AT,
        by=None, gallery_name="Galeri Kendedes", whatsapp="6281200000001", address="Pusat Kerajinan, Singosari",
    )  # fmt: skip
    codes = [r.code for r in regions if r.kind == "kecamatan"]
    units = Unit.objects.bulk_create(
        Unit(association=association, code=f"U{n}", district_id=code) for n, code in enumerate(codes)
    )
    LegalForm.objects.bulk_create(
        LegalForm(unit=u, kind="upk", name=f"UPK {u.code}", valid_from="1998-01-01") for u in units
    )
    producers = []
    for n in range(max(40, count * 30 // 100)):
        unit = units[n % len(units)]
        name = f"{chance.choice(['Kelompok', 'KWT', 'KUB'])} {chance.choice(['Sari', 'Maju', 'Rahayu', 'Makmur', 'Melati', 'Jaya'])} {n} (fiktif)"
        producers.append(
            Producer(
                association=association, unit=unit, village_id=f"{unit.district_id}.{2001 + n % 12}", name=name,
                name_key=person_key(name), slug=f"produsen-{n}",
            )
        )  # fmt: skip
    producers = Producer.objects.bulk_create(producers)
    categories = list(Category.objects.filter(children=None))
    names = [f"{a} {b} {c}" for a in GOODS for b in KINDS for c in STYLES]
    chance.shuffle(names)
    rows = []
    for n in range(count):
        producer = producers[n % len(producers)]
        code = f"{producer.unit.code}-{n:06d}"
        name = names[n % len(names)] + (f" {n}" if n >= len(names) else "")
        rows.append(
            Product(
                association=association, producer=producer, category=categories[n % len(categories)], code=code,
                slug=f"{name.lower().replace(' ', '-')}-{code.lower()}", state="published", name_id=name,
                name_en="", story_id=STORY, created_at=AT, changed_at=AT,
            )
        )  # fmt: skip
    products = Product.objects.bulk_create(rows, batch_size=2000)
    pictures = _pictures(photos, products[0]) if photos else []
    entry = record(deed="product.publish", at=AT, by=None, facts={"bench": count})
    district_names = {r.code: r.name for r in regions}
    Release.objects.bulk_create(
        (_release(p, n, chance, district_names, pictures, entry.pk) for n, p in enumerate(products)), batch_size=2000
    )


def _pictures(folder: Path, product: object) -> list[dict[str, object]]:
    from kendedes.products.photos.actions import add_photo

    found = []
    for path in sorted(folder.glob("grocery-*.jpg")):
        photo = add_photo(product=product, data=path, name=path.name, at=AT, by=None)
        found.append(
            {
                "sha256": photo.sha256,
                "width": photo.width,
                "height": photo.height,
                "focus": [500, 500],
                "alt": {"id": "foto", "en": "photo"},
            }
        )
    return found


def _release(
    product: object, n: int, chance: random.Random, places: dict[str, str], pictures: list, entry: int
) -> object:
    from kendedes.products.models import Release
    from kendedes.products.rules import digest

    producer, category = product.producer, product.category
    village = producer.village_id
    district = village.rpartition(".")[0]
    low = chance.choice([5, 8, 12, 15, 18, 25, 35, 60, 85, 120, 250]) * 1000
    fake = hashlib.sha256(str(n).encode()).hexdigest()
    content = {
        "code": product.code, "slug": product.slug, "name": {"id": product.name_id, "en": product.name_id},
        "story": {"id": product.story_id, "en": ""},
        "category": {"slug": category.slug, "id": category.name_id, "en": category.name_en},
        "producer": {
            "id": producer.pk, "slug": producer.slug, "name": producer.name, "kind": producer.kind,
            "village": {"code": village, "name": places[village], "kind": "desa"},
            "district": {"code": district, "name": places[district]},
        },
        "variants": [
            {"code": product.code + "A", "name": "", "unit": "bungkus", "net": {"value": 150, "unit": "g"}, "retail": {"low": low, "high": None}, "wholesale": None},
            {"code": product.code + "B", "name": "Besar", "unit": "bungkus", "net": {"value": 500, "unit": "g"}, "retail": {"low": low * 3, "high": None}, "wholesale": {"low": low * 2, "high": None, "minimum": 20}},
        ],
        "capacity": {"amount": 400, "unit": "bungkus"}, "materials": [product.name_id.split()[1].lower(), "garam"],
        "local_content": {"percent": 90, "scope": "district"}, "shelf_life_days": 180, "minimum_order": None,
        "lead_time_days": 7, "permits": [{"kind": "pirt", "number": "2063507010001-28", "valid_until": "2028-03-12", "verified": n % 3 == 0}] if n % 2 else [],
        "photos": [pictures[n % len(pictures)], pictures[(n + 3) % len(pictures)]] if pictures else [{"sha256": fake, "width": 1600, "height": 1200, "focus": [500, 500], "alt": {"id": product.name_id, "en": product.name_id}}],
        "contact": None, "notes": [],
    }  # fmt: skip
    return Release(product=product, number=1, content=content, sha256=digest(content), released_at=AT, entry_id=entry)


if __name__ == "__main__":
    main()
