"""The few words of sheets and posts, in both languages; and values written out."""

from __future__ import annotations

from typing import Any

from kendedes.base import format as fmt

ID: dict[str, str] = {
    "products": "Produk", "packs": "Kemasan", "permits": "Izin", "summary": "Ringkasan", "errata": "Ralat",
    "code": "Kode", "name": "Nama", "category": "Kategori", "producer": "Produsen", "village": "Desa/kelurahan",
    "district": "Kecamatan", "unit": "Unit", "story": "Cerita", "price_low": "Harga eceran (Rp)",
    "price_high": "sampai (Rp)", "capacity": "Kapasitas/bulan", "per": "Satuan", "materials": "Bahan",
    "local": "Kandungan lokal (%)", "shelf": "Masa simpan (hari)", "minimum": "Pesanan minimum",
    "lead": "Waktu pengerjaan (hari)", "stars": "Bintang", "contact": "Kontak", "whatsapp": "WhatsApp",
    "address": "Alamat web", "photos": "Foto", "product": "Produk", "pack": "Nama kemasan", "net": "Isi bersih",
    "net_unit": "Satuan isi", "wholesale_low": "Grosir (Rp)", "wholesale_high": "sampai (Rp) ",
    "wholesale_minimum": "Mulai", "kind": "Jenis", "number": "Nomor", "valid_until": "Berlaku sampai",
    "verified": "Terverifikasi", "yes": "ya", "no": "belum", "edition": "Edisi", "period": "Periode", "year": "Tahun",
    "locked_at": "Dikunci", "fingerprint": "Sidik dokumen (SHA-256)", "producers": "Produsen", "villages": "Desa",
    "missing": "Unit yang belum ikut", "association": "Asosiasi", "field": "Bagian", "old": "Tertulis",
    "new": "Seharusnya", "reason": "Alasan", "date": "Tanggal", "of_edition": "Edisi kecamatan",
    "price": "Harga", "wholesale": "Harga grosir", "from": "mulai", "made_by": "Dibuat oleh", "in": "di",
    "keeps": "Tahan", "days": "hari", "a_month": "per bulan", "minimum_order": "Pesanan minimum",
    "lead_time": "Waktu pengerjaan", "local_content": "Kandungan lokal", "order": "Pesan lewat WhatsApp",
    "see": "Lihat foto dan kabar terbaru di halaman produk", "hello": "Halo, saya tertarik pada",
    "no_pictures": "Foto tidak ikut terkirim: tambahkan foto lewat penyunting Blogger.",
    "catalogue": "Katalog", "star_label": "Bintang", "missing_line": "Belum ikut dalam edisi ini",
    "corrections": "Ralat", "read_more": "Baca katalog lengkapnya", "district_label": "Kecamatan",
}  # fmt: skip
EN: dict[str, str] = {
    "products": "Products", "packs": "Packs", "permits": "Permits", "summary": "Summary", "errata": "Errata",
    "code": "Code", "name": "Name", "category": "Category", "producer": "Producer", "village": "Village",
    "district": "District", "unit": "Unit", "story": "Story", "price_low": "Retail price (Rp)",
    "price_high": "up to (Rp)", "capacity": "Capacity/month", "per": "Per", "materials": "Materials",
    "local": "Local content (%)", "shelf": "Shelf life (days)", "minimum": "Minimum order",
    "lead": "Lead time (days)", "stars": "Stars", "contact": "Contact", "whatsapp": "WhatsApp",
    "address": "Web address", "photos": "Photos", "product": "Product", "pack": "Pack", "net": "Net content",
    "net_unit": "Net unit", "wholesale_low": "Wholesale (Rp)", "wholesale_high": "up to (Rp) ",
    "wholesale_minimum": "From", "kind": "Kind", "number": "Number", "valid_until": "Valid until",
    "verified": "Verified", "yes": "yes", "no": "not yet", "edition": "Edition", "period": "Period", "year": "Year",
    "locked_at": "Locked", "fingerprint": "Fingerprint of the document (SHA-256)", "producers": "Producers",
    "villages": "Villages", "missing": "Units not in it", "association": "Association", "field": "Part",
    "old": "As printed", "new": "Should read", "reason": "Reason", "date": "Date", "of_edition": "Unit edition",
    "price": "Price", "wholesale": "Wholesale", "from": "from", "made_by": "Made by", "in": "in",
    "keeps": "Keeps", "days": "days", "a_month": "a month", "minimum_order": "Minimum order",
    "lead_time": "Lead time", "local_content": "Local content", "order": "Order by WhatsApp",
    "see": "See photos and the latest news on the product's page", "hello": "Hello, I am interested in",
    "no_pictures": "Pictures do not travel: add them in Blogger's editor.",
    "catalogue": "Catalogue", "star_label": "Stars", "missing_line": "Not in this edition",
    "corrections": "Errata", "read_more": "Read the whole catalogue", "district_label": "District",
}  # fmt: skip
LANGUAGES = {"id": ID, "en": EN}


def words(language: str) -> dict[str, str]:
    """The words of ``id`` or ``en``; another language is written as English."""
    return LANGUAGES.get(language, EN)


def said(text: dict[str, str], language: str) -> str:
    """A bilingual text; the Indonesian stands in for a missing translation."""
    return text.get(language) or text["id"]


def price(value: dict[str, Any] | None, language: str) -> str:
    """``Rp15.000–20.000``; empty for a price on request."""
    return fmt.rupiah_range(value["low"], value["high"], language) if value else ""
