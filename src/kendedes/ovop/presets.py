"""Rubrics as far as their sources are known (``domain.md`` 3). What a source does not give stays open: such a
preset is not complete and cannot award stars until its owner copies it and fills the gaps.

``confirmed``: the points and bands stand in a source that was read; else they are only widely stated.
"""

from __future__ import annotations

from typing import Any

Level = tuple[int, str, str]


def _criterion(
    code: str,
    id_: str,
    en: str,
    maximum: int | None = None,
    levels: list[Level] | None = None,
    *,
    step: str = "",
    evidence: bool = False,
) -> dict[str, Any]:
    return {
        "code": code, "title": {"id": id_, "en": en}, "maximum": maximum, "step": step, "evidence": evidence,
        "levels": [{"points": p, "label": {"id": i, "en": e}} for p, i, e in levels or []],
    }  # fmt: skip


def _section(code: str, id_: str, en: str, maximum: int | None, criteria: list[dict[str, Any]]) -> dict[str, Any]:
    return {"code": code, "title": {"id": id_, "en": en}, "maximum": maximum, "criteria": criteria}


def _three(first: tuple[str, str], second: tuple[str, str], third: tuple[str, str]) -> list[Level]:
    return [(1, *first), (2, *second), (3, *third)]


def _bands(*minima: int) -> list[dict[str, int]]:
    """Star bands from one star up."""
    return [{"stars": n, "minimum": m} for n, m in enumerate(minima, start=1)]


FORM_PRODUCTION = _section("A1", "A.I Produksi", "A.I Production", 15, [
    _criterion("A1.1", "Bahan baku utama lokal", "Main raw material is local", 3, _three(
        ("kurang dari 80 %", "less than 80 %"), ("80 % atau lebih", "80 % or more"), ("seluruhnya", "all of it")), step="material", evidence=True),
    _criterion("A1.2", "Kepastian pasokan bahan baku", "Assured supply of raw material", 3, _three(
        ("1 tahun", "1 year"), ("1–3 tahun", "1–3 years"), ("lebih dari 3 tahun", "more than 3 years")), step="material"),
    _criterion("A1.3", "Nilai tambah", "Value added", 3, _three(
        ("kurang dari 20 %", "less than 20 %"), ("20–60 %", "20–60 %"), ("lebih dari 60 %", "more than 60 %")), step="quality"),
    _criterion("A1.4", "Dampak lingkungan", "Effect on the environment", 3, _three(
        ("tidak diperhatikan", "not heeded"), ("ada dampak, dikendalikan", "an impact, kept under control"), ("tidak ada dampak", "no impact")), step="environment"),
    _criterion("A1.5", "Kemampuan produksi banyak", "Production in quantity", 3, _three(
        ("jumlah dan mutu tidak sama", "quantity and quality vary"), ("hampir sama", "nearly the same"), ("selalu sama", "always the same")), step="capacity"),
])  # fmt: skip
FORM_DEVELOPMENT = _section("A2", "A.II Pengembangan produk", "A.II Product development", 6, [
    _criterion("A2.1", "Rancangan produk", "Design", 3, _three(
        ("meniru", "copied"), ("menurut pesanan atau permintaan pasar", "as customers or the market ask"), ("rancangan sendiri atau kelompok", "own or the group's design")), step="design"),
    _criterion("A2.2", "Kemasan", "Packaging", 3, _three(
        ("biasa", "conventional"), ("dikembangkan, belum optimal", "developed, not yet optimal"), ("terus dikembangkan dan sesuai standar", "continuously developed and to standard")), step="packaging", evidence=True),
])  # fmt: skip
FORM_COMMUNITY = _section("A3", "A.III Pengembangan masyarakat", "A.III Community development", 9, [
    _criterion("A3.1", "Lama berkegiatan di sentra", "Years active in the cluster", 3, [(1, "kurang dari 3 tahun", "less than 3 years")], step="people"),
    _criterion("A3.2", "", "", 3, step="people"),
    _criterion("A3.3", "", "", 3, step="people"),
])  # fmt: skip

PRESETS: list[dict[str, Any]] = [
    {
        "code": "id-ovop-form",
        "title_id": "Formulir OVOP Indonesia (bagian A)",
        "title_en": "Indonesian OVOP form (section A)",
        "source": "Formulir seleksi produk OVOP kategori batu mulia dan perhiasan. Hanya bagian A yang terbaca; dua butir A.III, bagian B dan C, serta batas bintang tidak diketahui.",
        "source_url": "https://www.slideshare.net/abdul300483/kriteria-untuk-seleksi-produk-ovop",
        "confirmed": False,
        "definition": {
            "sections": [
                FORM_PRODUCTION, FORM_DEVELOPMENT, FORM_COMMUNITY,
                _section("B", "B (tidak terbaca)", "B (not readable)", None, []),
                _section("C", "C (tidak terbaca)", "C (not readable)", None, []),
            ],
            "gates": [], "bands": [], "validity_months": None,
        },
    },
    {
        "code": "id-kemenperin-2021",
        "title_id": "Kemenperin, Permenperin 14/2021",
        "title_en": "Ministry of Industry, regulation 14/2021",
        "source": "Permenperin 14/2021: syarat IKM dan komoditas diketahui; bobot dan batas nilai tidak ditemukan. Skala bintang 1–3 sejak 2022.",
        "source_url": "https://www.jogloabang.com/ekbis/permenperin-14-2021",
        "confirmed": False,
        "definition": {
            "sections": [
                _section("K", "Kriteria komoditas", "Commodity criteria", None, [
                    _criterion("K1", "Produk unggulan daerah", "Superior product of the region", step="market"),
                    _criterion("K2", "Motif atau rancangan khas", "Unique motif or design", step="design"),
                    _criterion("K3", "Mengutamakan bahan baku lokal", "Local raw material preferred", step="material"),
                    _criterion("K4", "Dapat dipasarkan di dalam dan luar negeri", "Marketable at home and abroad", step="market"),
                    _criterion("K5", "Bermutu dan diproduksi terus-menerus", "Quality and continuous production", step="capacity"),
                ]),
                _section("I", "Kriteria IKM", "Enterprise criteria", None, [
                    _criterion("I1", "Penghela sentra dengan dampak ekonomi", "Driver of a cluster with economic effect", step="people"),
                ]),
            ],
            "gates": [
                {"code": "commodity", "kind": "commodity", "title": {"id": "Salah satu dari lima komoditas", "en": "One of the five commodities"},
                 "kinds": ["makanan-minuman", "kain-tenun", "kain-batik", "anyaman", "gerabah"]},
                {"code": "legal", "kind": "permit", "title": {"id": "Legalitas usaha (NIB)", "en": "Legal status (NIB)"}, "kinds": ["nib"]},
                {"code": "distribution", "kind": "food_permit", "title": {"id": "Pangan: izin edar (P-IRT atau BPOM)", "en": "Food: distribution permit (P-IRT or BPOM)"}, "kinds": ["pirt", "bpom"]},
                {"code": "halal", "kind": "food_permit", "title": {"id": "Pangan: halal", "en": "Food: halal"}, "kinds": ["halal"]},
            ],
            "bands": [], "validity_months": 24,
        },
    },
    {
        "code": "id-kemenkop",
        "title_id": "Kemenkop, kriteria OVOP",
        "title_en": "Ministry of Cooperatives, OVOP criteria",
        "source": "Kriteria tanpa bobot: komoditas lokal unik, potensi pasar, berkesinambungan, dekat pangkalan, dikelola koperasi, dari bawah.",
        "source_url": "https://bdsindonesia.wordpress.com/2012/11/21",
        "confirmed": False,
        "definition": {
            "sections": [_section("K", "Kriteria", "Criteria", None, [
                _criterion("K1", "Komoditas lokal yang unik", "Unique local commodity", step="design"),
                _criterion("K2", "Potensi pasar dalam dan luar negeri", "Potential at home and for export", step="market"),
                _criterion("K3", "Produksi berkesinambungan", "Continuous production", step="capacity"),
                _criterion("K4", "Dekat dengan pangkalan bahan", "Near its base", step="material"),
                _criterion("K5", "Dikelola koperasi", "Run by a cooperative", step="people"),
                _criterion("K6", "Prakarsa dari bawah", "Bottom-up", step="people"),
            ])],
            "gates": [], "bands": [], "validity_months": None,
        },
    },
    {
        "code": "th-opc",
        "title_id": "Thailand, OTOP Product Champion",
        "title_en": "Thailand, OTOP Product Champion",
        "source": "Tiga komponen bersumber; angka A 30 / B 30 / C 40 dan batas bintang lazim disebut tetapi belum dipastikan.",
        "source_url": "https://fliphtml5.com/moazb/moqo/",
        "confirmed": False,
        "definition": {
            "sections": [
                _section("A", "Kekuatan masyarakat", "Community strength", 30, []),
                _section("B", "Pemasaran dan cerita produk", "Marketing and product story", 30, []),
                _section("C", "Mutu produk", "Product quality", 40, []),
            ],
            "gates": [{"code": "standard", "kind": "manual", "title": {"id": "Memenuhi standar produk menurut hukum", "en": "Legal product standard met"}}],
            "bands": _bands(0, 50, 70, 80, 90), "validity_months": 24,
        },
    },
    {
        "code": "vn-ocop-148",
        "title_id": "Vietnam, OCOP (Keputusan 148/2023)",
        "title_en": "Viet Nam, OCOP (Decision 148/2023)",
        "source": "Decision 148/QD-TTg, 24 Februari 2023: bobot bagian A 40, B 25, C 35 dan pokok kriterianya; nilai tiap kriteria dan batas bintang putusan ini tidak diketahui di sini.",
        "source_url": "https://betaen.vietnamplus.vn/new-criteria-for-ocop-items-post250231.vnp",
        "confirmed": True,
        "definition": {
            "sections": [
                _section("A", "Kekuatan produk dan masyarakat", "Product and community strength", 40, [
                    _criterion("A1", "Penataan produksi", "Organising production", step="capacity"),
                    _criterion("A2", "Pengembangan produk", "Product development", step="packaging"),
                    _criterion("A3", "Kekuatan masyarakat", "Community strength", step="people"),
                ]),
                _section("B", "Pemasaran", "Marketing", 25, [
                    _criterion("B1", "Pemasaran", "Marketing", step="market"),
                    _criterion("B2", "Cerita produk", "Product story", step="story"),
                ]),
                _section("C", "Mutu", "Quality", 35, [
                    _criterion("C1", "Cita rasa, gizi, keunikan", "Sensory quality, nutrition, uniqueness", step="quality"),
                    _criterion("C2", "Standar", "Standards", step="permit"),
                    _criterion("C3", "Ekspor atau jangkauan pasar luas", "Export or wide distribution", step="market"),
                ]),
            ],
            "gates": [], "bands": [], "validity_months": 36,
        },
    },
    {
        "code": "vn-ocop-1048",
        "title_id": "Vietnam, OCOP (Keputusan 1048/2019)",
        "title_en": "Viet Nam, OCOP (Decision 1048/2019)",
        "source": "Decision 1048/2019: bagian 35 / 25 / 40; bintang 5 = 90–100, 4 = 70–89, 3 = 50–69, 2 = 30–49, 1 di bawah 30. Kriteria rinci tidak diketahui di sini.",
        "source_url": "https://proatc.vn/phan-hang-nhom-san-pham-ocop/",
        "confirmed": True,
        "definition": {
            "sections": [
                _section("A", "Kekuatan produk dan masyarakat", "Product and community strength", 35, []),
                _section("B", "Pemasaran", "Marketing", 25, []),
                _section("C", "Mutu", "Quality", 40, []),
            ],
            "gates": [], "bands": _bands(0, 30, 50, 70, 90), "validity_months": 36,
        },
    },
    {
        "code": "rumah-kurasi",
        "title_id": "Rumah Kurasi, daftar periksa ritel",
        "title_en": "Rumah Kurasi, retail checklist",
        "source": "Daftar periksa tanpa bobot: legalitas dan produk.",
        "source_url": "https://www.rumahkurasi.com/kriteria.php",
        "confirmed": False,
        "definition": {
            "sections": [_section("P", "Produk", "Product", None, [
                _criterion("P1", "Rasa", "Taste", step="quality"),
                _criterion("P2", "Harga", "Price", step="market"),
                _criterion("P3", "Kapasitas produksi", "Production capacity", step="capacity"),
                _criterion("P4", "Tanggal kedaluwarsa", "Expiry date", step="packaging"),
                _criterion("P5", "Kode produksi", "Production code", step="packaging"),
                _criterion("P6", "Informasi nilai gizi", "Nutrition facts", step="packaging"),
            ])],
            "gates": [
                {"code": "nib", "kind": "permit", "title": {"id": "NIB", "en": "NIB"}, "kinds": ["nib"]},
                {"code": "food", "kind": "food_permit", "title": {"id": "SPP-IRT atau BPOM", "en": "SPP-IRT or BPOM"}, "kinds": ["pirt", "bpom"]},
                {"code": "halal", "kind": "food_permit", "title": {"id": "Halal", "en": "Halal"}, "kinds": ["halal"]},
                {"code": "mark", "kind": "permit", "title": {"id": "SNI, HAKI, atau merek", "en": "SNI, intellectual property or trade mark"}, "kinds": ["sni", "merek"]},
            ],
            "bands": [], "validity_months": None,
        },
    },
]  # fmt: skip
