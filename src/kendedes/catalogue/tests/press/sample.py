"""Documents and photos made up for tests and benchmarks. Every person, group and number here is fictional."""

from __future__ import annotations

import hashlib
import random
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFilter

GOODS = [
    ("Keripik apel manalagi", "makanan", "Makanan", "Food", "bungkus", 100, "g"),
    ("Topeng kayu Panji", "kriya", "Kriya", "Craft", "buah", 1, "pcs"),
    ("Kopi robusta sangrai", "minuman", "Minuman", "Drinks", "bungkus", 250, "g"),
    ("Tikar mendong anyam halus", "kriya", "Kriya", "Craft", "lembar", 1, "pcs"),
    ("Sari apel tanpa gula", "minuman", "Minuman", "Drinks", "botol", 250, "ml"),
    ("Batik tulis motif teratai", "kain", "Kain & busana", "Cloth & dress", "lembar", 1, "pcs"),
    ("Jamu instan kunir asem", "minuman", "Minuman", "Drinks", "kotak", 200, "g"),
    ("Cobek batu lereng Arjuno", "rumah", "Perabot rumah", "Household", "buah", 1, "pcs"),
]
DISTRICTS = [
    ("35.07.24", "Singosari", "SGS"),
    ("35.07.08", "Wajak", "WJK"),
    ("35.07.04", "Sumbermanjing Wetan", "SMW"),
    ("35.07.07", "Poncokusumo", "PCK"),
    ("35.07.16", "Tumpang", "TPG"),
    ("35.07.25", "Lawang", "LWG"),
    ("35.07.21", "Wagir", "WGR"),
    ("35.07.05", "Dampit", "DPT"),
    ("35.07.09", "Turen", "TRN"),
    ("35.07.26", "Pujon", "PJN"),
    ("35.07.27", "Ngantang", "NTG"),
    ("35.07.28", "Kasembon", "KSB"),
    ("35.07.22", "Dau", "DAU"),
    ("35.07.23", "Karangploso", "KRP"),
    ("35.07.17", "Jabung", "JBG"),
    ("35.07.15", "Tajinan", "TJN"),
    ("35.07.14", "Bululawang", "BLL"),
    ("35.07.10", "Gondanglegi", "GDL"),
    ("35.07.33", "Pagelaran", "PGL"),
    ("35.07.13", "Kepanjen", "KPJ"),
    ("35.07.19", "Pakisaji", "PKJ"),
    ("35.07.20", "Ngajum", "NGJ"),
    ("35.07.32", "Wonosari", "WNS"),
    ("35.07.31", "Kromengan", "KRM"),
    ("35.07.12", "Sumberpucung", "SPC"),
    ("35.07.11", "Kalipare", "KLP"),
    ("35.07.02", "Pagak", "PGK"),
    ("35.07.03", "Bantur", "BTR"),
    ("35.07.29", "Gedangan", "GDG"),
    ("35.07.01", "Donomulyo", "DNM"),
    ("35.07.06", "Ampelgading", "AMG"),
    ("35.07.30", "Tirtoyudo", "TRY"),
    ("35.07.18", "Pakis", "PKS"),
]
MISSING = [("35.07.18", "Pakis", "PKS"), ("35.07.30", "Tirtoyudo", "TRY")]
SENTENCES = [
    "Dibuat dari bahan pilihan yang dipanen sendiri oleh anggota kelompok di lereng gunung, lalu diolah pada hari yang sama agar rasanya tetap utuh.",
    "Setiap tahap dikerjakan dengan tangan dan diperiksa dua kali sebelum dikemas.",
    "Resepnya diwariskan dari nenek ketua kelompok dan tidak pernah memakai pengawet maupun pewarna buatan.",
    "Kelompok ini berawal dari tujuh ibu yang belajar bersama di balai desa; kini pesanan datang dari luar pulau.",
    "Sisa bahan menjadi pakan ternak, sehingga hampir tidak ada yang terbuang dari dapur produksi.",
    "Cocok sebagai buah tangan, bingkisan pernikahan, atau teman minum teh di sore hari.",
]
NAMES = [
    "Sumber Rejeki",
    "Mekar Sari",
    "Tunas Harapan",
    "Melati Putih",
    "Argo Makmur",
    "Dewi Sri",
    "Karya Mandiri",
    "Lestari Jaya",
]
VILLAGES = ["Sukomulyo", "Wonorejo", "Kidul Kali", "Sumberagung", "Tegalrejo", "Ngadirejo"]


class Photos:
    """Unique JPEG masters in `folder`, found by hash."""

    def __init__(self, folder: Path, size: tuple[int, int] = (1000, 1000), detail: int = 60) -> None:
        self.folder, self.size, self.detail = folder, size, detail
        folder.mkdir(parents=True, exist_ok=True)
        self._base: dict[tuple[int, tuple[int, int] | None], bytes] = {}

    def __call__(self, sha256: str) -> Path:
        return self.folder / f"{sha256}.jpg"

    def make(self, number: int, size: tuple[int, int] | None = None) -> dict[str, Any]:
        """Eight drawn pictures; each photo is one of them with a comment of its own, so every file is unique."""
        kind = (number % 8, size)
        if kind not in self._base:
            self._base[kind] = self._draw(number % 8, size or self.size)
        body = self._base[kind]
        note = b"photo %d" % number
        data = body[:2] + b"\xff\xfe" + (len(note) + 2).to_bytes(2, "big") + note + body[2:]
        sha = hashlib.sha256(data).hexdigest()
        if not self(sha).exists():
            self(sha).write_bytes(data)
        width, height = size or self.size
        alt = GOODS[number % 8][0]
        return {
            "sha256": sha,
            "width": width,
            "height": height,
            "focus": [500, 500],
            "alt": {"id": f"Foto {alt}", "en": f"Photo of {alt}"},
        }

    def _draw(self, kind: int, size: tuple[int, int]) -> bytes:
        rnd = random.Random(kind)
        w, h = size
        grounds = [(234, 221, 200), (214, 222, 214), (226, 208, 190), (208, 216, 226)]
        image = Image.new("RGB", size, grounds[kind % 4])
        pen = ImageDraw.Draw(image)
        pen.rectangle((0, h * 0.62, w, h), fill=tuple(int(c * 0.86) for c in grounds[kind % 4]))
        hue = [(176, 74, 42), (84, 52, 32), (46, 66, 104), (150, 120, 60), (110, 128, 74)]
        for n in range(5 + kind):
            r = w * rnd.uniform(0.08, 0.2)
            x, y = w * rnd.uniform(0.25, 0.75), h * rnd.uniform(0.4, 0.72)
            pen.ellipse((x - r, y + r * 0.7, x + r, y + r), fill=(120, 105, 90))
            pen.ellipse((x - r, y - r, x + r, y + r), fill=hue[(n + kind) % 5])
            pen.ellipse(
                (x - r * 0.5, y - r * 0.7, x + r * 0.1, y - r * 0.2),
                fill=tuple(min(255, c + 40) for c in hue[(n + kind) % 5]),
            )
        image = image.filter(ImageFilter.GaussianBlur(w / 300))
        grain = Image.effect_noise(size, self.detail).convert("RGB")
        image = Image.blend(image, grain, 0.12)
        out = BytesIO()
        image.save(out, "JPEG", quality=88)
        return out.getvalue()


def entry(number: int, district: tuple[str, str, str], photo: dict[str, Any] | None) -> dict[str, Any]:
    code, district_name, unit = district
    rnd = random.Random(number)
    name, slug, cat_id, cat_en, pack, net, net_unit = GOODS[number % len(GOODS)]
    group = number // 4
    village = VILLAGES[group % len(VILLAGES)]
    low = 500 * rnd.randint(10, 400)
    stars = {0: 4, 1: 5}.get(number % 13)
    product = f"{unit}-{number % 10000:04d}"
    return {
        "code": product,
        "slug": f"produk-{number}",
        "name": {"id": f"{name} {NAMES[group % 8].split()[0]}", "en": ""},
        "story": {"id": " ".join(rnd.sample(SENTENCES, 2)), "en": ""},
        "category": {"slug": slug, "id": cat_id, "en": cat_en},
        "producer": {
            "id": group + 1,
            "slug": f"produsen-{group}",
            "name": f"Kelompok {NAMES[group % 8]} {group % 90 + 1}",
            "kind": "outside" if group % 5 == 0 else "coached",
            "village": {"code": f"{code}.2{group % len(VILLAGES) + 1:03d}", "name": village, "kind": "desa"},
            "district": {"code": code, "name": district_name},
        },
        "variants": [
            {
                "code": f"{product}-A",
                "name": f"{net} {net_unit}",
                "unit": pack,
                "net": {"value": net, "unit": net_unit},
                "retail": {"low": low, "high": low + 5000 if number % 3 == 0 else None},
                "wholesale": {"low": int(low * 0.85) // 500 * 500, "high": None, "minimum": 20} if number % 2 else None,
            },
        ],
        "capacity": {"amount": rnd.randint(2, 90) * 50, "unit": pack},
        "materials": ["apel manalagi", "gula kelapa"][: 1 + number % 2],
        "local_content": {"percent": 70 + number % 30, "scope": "district"},
        "shelf_life_days": 180 if slug in ("makanan", "minuman") else None,
        "minimum_order": 10,
        "lead_time_days": 7,
        "permits": [
            {"kind": "nib", "number": f"91200{number:08d}", "valid_until": None, "verified": True},
            *(
                [
                    {
                        "kind": "pirt",
                        "number": f"2063507{number:08d}",
                        "valid_until": "2028-03-12",
                        "verified": number % 2 == 0,
                    },
                    {"kind": "halal", "number": f"ID3511000{number:07d}", "valid_until": None, "verified": True},
                ]
                if slug in ("makanan", "minuman")
                else []
            ),
        ],
        "stars": {"stars": stars, "points": 60 + stars * 7, "rubric": "ovop-kemenperin", "valid_until": "2028-11-01"}
        if stars
        else None,
        "photos": [photo] if photo else [],
        "contact": {"kind": "unit", "name": f"UPK {district_name}", "whatsapp": f"62812000{number % 100000:05d}"}
        if number % 7
        else None,
        "url": f"https://galeri.example.id/produk/produk-{number}",
        "notes": [],
    }


def document(
    products: int,
    photos: Photos | None,
    *,
    chapters: int = 29,
    cover: bool = True,
    sizes: list[tuple[int, int]] | None = None,
) -> dict[str, Any]:
    """A regency edition of `products` products in `chapters` chapters; without `photos`, no product has one."""
    chapters = min(chapters, products, len(DISTRICTS) - len(MISSING))
    made: list[dict[str, Any]] = []
    number = 0
    for place in range(chapters):
        district = DISTRICTS[place]
        share = products // chapters + (1 if place < products % chapters else 0)
        entries = []
        for _ in range(share):
            number += 1
            shot = photos.make(number, sizes[number % len(sizes)] if sizes else None) if photos else None
            entries.append(entry(number, district, shot))
        code, name, unit = district
        made.append(
            {
                "district": {"code": code, "name": name},
                "unit": {"code": unit, "name": f"UPK {name}", "legal_form": "upk"},
                "edition": f"{name.lower().replace(' ', '-')}-2026-1",
                "opening": {
                    "id": f"Kecamatan {name} dikenal karena tangan-tangan terampil dan tanahnya yang murah hati. Dalam bab ini Anda menjumpai hasil kerja kelompok binaan dan usaha kecil: dari dapur, bengkel, dan beranda rumah warganya. "
                    + SENTENCES[place % 6],
                    "en": "",
                },
                "figures": {
                    "products": share,
                    "producers": len({e["producer"]["id"] for e in entries}),
                    "villages": len({e["producer"]["village"]["code"] for e in entries}),
                    "starred": sum(1 for e in entries if e["stars"]),
                },
                "entries": entries,
            }
        )
    everything = [e for c in made for e in c["entries"]]
    categories = {e["category"]["slug"]: e["category"] for e in everything}
    return {
        "schema": "kendedes/edition/1",
        "edition": {
            "slug": "malang-2026-1",
            "level": "regency",
            "number": 1,
            "year": 2026,
            "title": {"id": "Katalog Produk Unggulan Kabupaten Malang", "en": "Finest Products of Malang Regency"},
            "period": "2026/I",
            "locked_at": "2026-11-24T03:00:00Z",
        },
        "association": {
            "name": "Asosiasi UPK Kabupaten Malang",
            "slug": "malang",
            "region": {"code": "35.07", "name": "Kabupaten Malang"},
            "address": "Jalan Contoh 1, Singosari",
            "whatsapp": "6281200000000",
            "site": "https://galeri.example.id",
        },
        "preface": {
            "text": {
                "id": "\n\n".join(
                    [
                        " ".join(SENTENCES[:4]),
                        " ".join(SENTENCES[2:]),
                        "Selamat membuka halaman demi halaman. Di balik setiap produk ada nama, desa, dan cerita.",
                    ]
                ),
                "en": "",
            },
            "author": "Siti Contoh",
            "role": "Ketua Asosiasi",
        },
        "imprint": [
            {"label": "Penyusun", "value": "Tim Katalog Asosiasi"},
            {"label": "Penyunting", "value": "Budi Contoh"},
            {"label": "Foto", "value": "Unit dan produsen"},
        ],
        "cover": {
            "photo": photos.make(1, (photos.size[0] * 2, photos.size[0] * 3 // 2)) if photos and cover else None,
            "line": "Satu desa, satu produk, satu cerita",
        },
        "chapters": made,
        "missing_units": [{"code": u, "name": f"UPK {n}", "district": {"code": c, "name": n}} for c, n, u in MISSING],
        "statistics": {
            "products": len(everything),
            "producers": len({e["producer"]["id"] for e in everything}),
            "villages": len({e["producer"]["village"]["code"] for e in everything}),
            "by_category": [
                {
                    "slug": s,
                    "name": {"id": c["id"], "en": c["en"]},
                    "products": sum(1 for e in everything if e["category"]["slug"] == s),
                }
                for s, c in categories.items()
            ],
            "by_stars": [
                {"stars": n, "products": sum(1 for e in everything if e["stars"] and e["stars"]["stars"] == n)}
                for n in (5, 4, 3, 2, 1)
            ],
        },
        "errata": [],
    }
