"""The press's own words in both languages. Not gettext: a book must not depend on a process's active language."""

from __future__ import annotations

_ID = {
    "edition": "Edisi", "contents": "Daftar Isi", "preface": "Kata Pengantar", "imprint": "Tentang edisi ini", "map": "Peta Edisi",
    "district": "Kecamatan", "products": "produk", "producers": "produsen", "villages": "desa", "starred": "berbintang",
    "statistics": "Edisi dalam Angka", "by_category": "Produk menurut jenis", "by_stars": "Produk berbintang", "by_district": "Produk menurut kecamatan",
    "index_product": "Indeks Produk", "index_producer": "Indeks Produsen", "index_district": "Indeks Kecamatan dan Desa",
    "missing": "Belum ikut dalam edisi ini", "missing_note": "Unit berikut belum mengirim edisinya saat katalog ini dikunci.",
    "capacity": "Kapasitas", "month": "bulan", "shelf_life": "Tahan", "days": "hari", "minimum": "Pesan min.", "lead": "Siap dalam", "materials": "Bahan",
    "local": "Bahan lokal", "village_scope": "desa", "district_scope": "kecamatan", "regency_scope": "kabupaten", "wholesale": "Grosir", "from": "mulai", "min": "min.",
    "ask": "Harga: tanyakan", "per": "per", "packs": "kemasan", "pack": "Kemasan", "price": "Harga", "code": "Kode pesan", "no_photo": "Foto menyusul",
    "permits": "Izin", "contact": "Pesan lewat", "desa": "Desa", "kelurahan": "Kel.", "stars_of": "Bintang {n} dari 5", "featured": "Produk unggulan",
    "coached": "kelompok binaan", "outside": "UMKM luar binaan", "scan": "Pindai untuk memesan", "scan_page": "Pindai: halaman produk", "scan_chat": "Pindai: WhatsApp",
    "qr_alt": "Kode QR menuju {url}", "photo_of": "Foto {name}", "in_chapter": "Desa dan kelurahan", "best": "Unggulan bab ini", "page": "hal.",
    "notes": "Catatan", "notes_hint": "Tulis pesanan, pertanyaan, atau nama produsen yang ingin Anda kunjungi.", "locked": "Dikunci", "address": "Alamat", "site": "Situs", "whatsapp": "WhatsApp",
    "legend": "Gelap: lebih banyak produk. Bergaris: belum ikut.", "map_alt": "Peta kecamatan {region}; {name} ditandai", "map_alt_all": "Peta kecamatan {region} menurut jumlah produk",
    "category": "Jenis", "total": "Seluruhnya", "empty_chapter": "Belum ada produk pada edisi ini.", "how": "Cara memesan",
    "how_1": "Pindai kode QR di samping produk dengan kamera ponsel.", "how_2": "Sebutkan kode pesan, misalnya {code}, dan jumlah yang Anda inginkan.",
    "how_3": "Produsen, unit, atau galeri menjawab dan menyepakati harga, waktu, dan pengiriman.",
    "prices_note": "Harga dan izin sesuai keadaan pada tanggal edisi dikunci dan dapat berubah.", "hash_note": "Setiap cetakan edisi ini sama persis; sidik berkasnya tercatat di situs asosiasi.",
    "errata": "Ralat", "errata_note": "Dicatat setelah edisi dikunci. Bab-bab buku ini memuat naskah aslinya.", "written": "Tertulis", "should_be": "Seharusnya", "this_edition": "Edisi ini",
    "alt_cover": "Foto sampul",
}  # fmt: skip
_EN = {
    "edition": "Edition", "contents": "Contents", "preface": "Foreword", "imprint": "About this edition", "map": "Map of this edition",
    "district": "Sub-district", "products": "products", "producers": "producers", "villages": "villages", "starred": "with stars",
    "statistics": "This edition in figures", "by_category": "Products by kind", "by_stars": "Products with stars", "by_district": "Products by sub-district",
    "index_product": "Index of products", "index_producer": "Index of producers", "index_district": "Index of sub-districts and villages",
    "missing": "Not yet in this edition", "missing_note": "These units had not sent their edition when this catalogue was locked.",
    "capacity": "Capacity", "month": "month", "shelf_life": "Keeps", "days": "days", "minimum": "Min. order", "lead": "Ready in", "materials": "Made of",
    "local": "Local content", "village_scope": "village", "district_scope": "sub-district", "regency_scope": "regency", "wholesale": "Wholesale", "from": "from", "min": "min.",
    "ask": "Price on request", "per": "per", "packs": "packs", "pack": "Pack", "price": "Price", "code": "Order code", "no_photo": "Photo to follow",
    "permits": "Permits", "contact": "Order from", "desa": "", "kelurahan": "", "stars_of": "{n} stars of 5", "featured": "Superior product",
    "coached": "coached group", "outside": "independent enterprise", "scan": "Scan to order", "scan_page": "Scan: product page", "scan_chat": "Scan: WhatsApp",
    "qr_alt": "QR code leading to {url}", "photo_of": "Photo of {name}", "in_chapter": "Villages", "best": "Best of this chapter", "page": "p.",
    "notes": "Notes", "notes_hint": "Write down orders, questions, or producers you wish to visit.", "locked": "Locked", "address": "Address", "site": "Site", "whatsapp": "WhatsApp",
    "legend": "Darker: more products. Outlined: not yet in.", "map_alt": "Map of the sub-districts of {region}; {name} is marked", "map_alt_all": "Map of the sub-districts of {region} by number of products",
    "category": "Kind", "total": "In all", "empty_chapter": "No products in this edition yet.", "how": "How to order",
    "how_1": "Scan the QR code beside the product with your phone.", "how_2": "Give the order code, for example {code}, and how many you want.",
    "how_3": "The producer, unit or gallery answers and agrees price, time and delivery with you.",
    "prices_note": "Prices and permits are as of the date the edition was locked and may change.", "hash_note": "Every printing of this edition is identical; its fingerprint is kept on the association's site.",
    "errata": "Errata", "errata_note": "Noted after the edition was locked. The chapters of this book hold its original text.", "written": "Printed", "should_be": "Should be", "this_edition": "This edition",
    "alt_cover": "Cover photo",
}  # fmt: skip
WORDS = {"id": _ID, "en": _EN}
PERMITS = {"pirt": "P-IRT", "halal": "Halal", "bpom": "BPOM", "nib": "NIB", "merek": "Merek", "sni": "SNI"}
