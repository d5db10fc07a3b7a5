"""What every note says, in plain words with the cell it is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kendedes.products.intake.rules.line import Note

Text = str | Promise

NOTES: dict[str, Text] = {
    # errors: the row stays out until mended
    "no_name": _("Nama produk kosong."),
    "no_producer": _("Nama kelompok atau produsen kosong dan tidak ada baris di atasnya yang dapat diteruskan."),
    "no_village": _("Desa “%(producer)s” tidak disebut, padahal produsen ini belum tercatat. Tuliskan desanya."),
    "other_district": _("Baris ini menyebut Kecamatan %(district)s, padahal kiriman ini untuk Kecamatan %(unit)s."),
    "village_unknown": _("Tidak ada desa “%(village)s” di Kecamatan %(unit)s."),
    "village_near": _("Tidak ada desa “%(village)s” di Kecamatan %(unit)s. Mungkin maksudnya %(near)s?"),
    "village_elsewhere": _("“%(village)s” tidak ada di Kecamatan %(unit)s; desa itu ada di Kecamatan %(where)s."),
    "producer_ambiguous": _("Ada %(count)s produsen bernama “%(producer)s” (%(villages)s). Tuliskan desanya agar jelas yang mana."),
    # things a person should know
    "village_read_as": _("“%(text)s” dibaca sebagai Desa %(village)s."),
    "producer_other_village": _("“%(producer)s” tercatat di %(villages)s, baris ini menyebut %(village)s. Dianggap produsen yang sama; ubah bila keliru."),
    "producer_second": _("“%(producer)s” juga ada di %(villages)s; yang di %(village)s dicatat sebagai produsen lain."),
    "producer_similar": _("“%(producer)s” mirip dengan “%(other)s” di desa yang sama. Periksa apakah kelompoknya sama."),
    "producer_differs": _("Keterangan “%(producer)s” di sini berbeda dari baris di atas; yang pertama yang dipakai."),
    "category_unknown": _("Kategori “%(text)s” tidak dikenal; disimpan sebagai catatan."),
    "code_twice": _("Kode %(code)s sudah dipakai “%(name)s” pada lembar “%(sheet)s” baris %(row)s. Keduanya disimpan; yang ini mendapat kode baru."),
    "code_taken": _("Kode %(code)s sudah dipakai “%(name)s”. Produk ini disimpan dengan kode lain."),
    "code_stays": _("Produk ini sudah tercatat dengan kode %(stored)s; kode %(code)s di lembar tidak dipakai."),
    "code_too_long": _("Kode lebih dari 20 huruf; disimpan sebagai catatan."),
    "too_long": _("Isinya terlalu panjang untuk kolom ini; disimpan utuh sebagai catatan."),
    "formula": _("Sel ini berisi rumus %(text)s. Rumus tidak dihitung; dibaca sebagai teks atau nilai yang tersimpan."),
    "duplicate_row": _("Tampaknya sama dengan “%(name)s” pada lembar “%(sheet)s” baris %(row)s. Tidak disimpan dua kali."),
    "duplicate_stored": _("Tampaknya sama dengan “%(name)s” yang sudah tercatat. Tidak disimpan dua kali."),
    "variant_row": _("Tampaknya kemasan lain dari “%(name)s” pada lembar “%(sheet)s” baris %(row)s. Pilih: kemasan atau produk baru."),
    "variant_stored": _("Tampaknya kemasan lain dari “%(name)s” yang sudah tercatat. Pilih: kemasan atau produk baru."),
    "photo_missing": _("Foto “%(photo)s” tidak ada dalam kiriman."),
    "photo_ambiguous": _("Ada beberapa foto bernama mirip “%(photo)s”; tidak dipilihkan."),
    "photo_refused": _("Foto “%(photo)s” tidak dapat dipakai: %(reason)s"),
    # what could not be told and is kept as written
    "price_from_only": _("Harga “%(text)s” hanya batas bawah; disimpan sebagai catatan, tanpa angka."),
    "price_about": _("Harga “%(text)s” hanya perkiraan; disimpan sebagai catatan, tanpa angka."),
    "price_per_many": _("Harga “%(text)s” untuk beberapa buah sekaligus; disimpan sebagai catatan, tanpa angka."),
    "price_too_small": _("Harga “%(text)s” terlalu kecil; mungkin dalam ribuan. Disimpan sebagai catatan, tanpa angka."),
    "price_too_big": _("Harga “%(text)s” terlalu besar; disimpan sebagai catatan, tanpa angka."),
    "price_cents": _("Harga “%(text)s” berisi sen; disimpan sebagai catatan, tanpa angka."),
    "price_backwards": _("Batas harga “%(text)s” terbalik atau tanpa pasangan; disimpan sebagai catatan."),
    "price_none_yet": _("Harga belum diisi (“%(text)s”); disimpan sebagai catatan, tanpa angka."),
    "price_not_a_price": _("Harga “%(text)s” tidak dapat dipastikan; disimpan sebagai catatan, tanpa angka."),
    "price_other_unit": _("Harga “%(text)s” memakai satuan yang berbeda dari kolom satuan; disimpan sebagai catatan."),
    "no_measure": _("“%(text)s” tanpa satuan (gram, kg, ml?); disimpan sebagai catatan."),
    "not_a_weight": _("Isi “%(text)s” tidak dapat dipastikan; disimpan sebagai catatan."),
    "uneven": _("“%(text)s” bukan bilangan bulat; disimpan sebagai catatan."),
    "not_a_number": _("“%(text)s” bukan jumlah yang pasti; disimpan sebagai catatan."),
    "other_unit": _("“%(text)s” memakai satuan lain; disimpan sebagai catatan."),
    "too_big": _("“%(text)s” terlalu besar; disimpan sebagai catatan."),
    "no_period": _("“%(text)s” tidak menyebut per hari, minggu, atau bulan; disimpan sebagai catatan."),
    "other_period": _("“%(text)s” bukan per bulan; disimpan sebagai catatan."),
    "not_people": _("“%(text)s” bukan jumlah orang; disimpan sebagai catatan."),
    "not_a_time": _("“%(text)s” bukan lama waktu yang pasti; disimpan sebagai catatan."),
    "not_a_date": _("“%(text)s” bukan tanggal yang pasti; disimpan sebagai catatan."),
    "no_day": _("“%(text)s” tidak menyebut tanggal lengkap; disimpan sebagai catatan."),
    "not_a_phone": _("“%(text)s” bukan nomor telepon yang sah; disimpan sebagai catatan."),
    "no_number": _("“%(text)s” tidak memuat nomor izin; disimpan sebagai catatan."),
    "person_number": _("Sel ini tampak berisi NIK atau NPWP; nomor itu tidak disimpan."),
    "until_which": _("Tanggal %(text)s tidak jelas untuk izin yang mana; disimpan sebagai catatan."),
    "one_or_all": _("Angka 1 bisa berarti 1%% atau seluruhnya; disimpan sebagai catatan."),
    "beyond": _("“%(text)s” di luar 0–100%%; disimpan sebagai catatan."),
    "not_a_share": _("“%(text)s” bukan persentase yang pasti; disimpan sebagai catatan."),
    "not_understood": _("“%(text)s” tidak dikenali; disimpan sebagai catatan."),
}  # fmt: skip

OUTCOMES: dict[str, Text] = {
    "new": _("Baru"),
    "changed": _("Berubah"),
    "unchanged": _("Tetap"),
    "duplicate": _("Mungkin kembar"),
    "variant": _("Mungkin kemasan"),
    "error": _("Perlu diperbaiki"),
    "skipped": _("Bukan produk"),
}
SKIPPED: dict[str, Text] = {
    "total": _("Baris jumlah, bukan produk."),
    "header": _("Baris judul yang berulang."),
    "heading": _("Judul kelompok; diteruskan ke baris di bawahnya."),
    "footer": _("Keterangan di luar tabel."),
    "left_out": _("Tidak disertakan atas pilihan Anda."),
}
FIELDS: dict[str, Text] = {
    "": _("(tidak dipakai)"),
    "+": _("simpan sebagai catatan"),
    "name": _("nama produk"),
    "name_en": _("nama produk (Inggris)"),
    "code": _("kode produk"),
    "category": _("kategori"),
    "producer": _("nama kelompok/produsen"),
    "producer_kind": _("jenis produsen (binaan/luar)"),
    "village": _("desa"),
    "address": _("alamat"),
    "district": _("kecamatan"),
    "unit": _("satuan jual"),
    "contents": _("berat atau isi"),
    "price": _("harga eceran"),
    "price_high": _("harga eceran sampai"),
    "wholesale": _("harga grosir"),
    "wholesale_high": _("harga grosir sampai"),
    "wholesale_minimum": _("minimum grosir"),
    "minimum_order": _("pesanan minimum"),
    "lead_time": _("waktu pengerjaan"),
    "shelf_life": _("masa simpan"),
    "materials": _("bahan"),
    "local_percent": _("kandungan lokal (%)"),
    "local_scope": _("asal bahan lokal"),
    "capacity": _("kapasitas per bulan"),
    "capacity_unit": _("satuan kapasitas"),
    "story": _("cerita"),
    "story_en": _("cerita (Inggris)"),
    "permit": _("izin & sertifikat"),
    "pirt": _("nomor P-IRT"),
    "halal": _("nomor halal"),
    "bpom": _("nomor BPOM"),
    "nib": _("NIB"),
    "merek": _("nomor merek"),
    "sni": _("nomor SNI"),
    "permit_until": _("izin berlaku sampai"),
    "phone": _("telepon"),
    "contact_name": _("nama kontak"),
    "members_m": _("anggota laki-laki"),
    "members_f": _("anggota perempuan"),
    "workers_m": _("tenaga kerja laki-laki"),
    "workers_f": _("tenaga kerja perempuan"),
    "photo": _("nama berkas foto"),
    "remark": _("keterangan"),
    "number": _("nomor urut (tidak dipakai)"),
    "stock": _("stok (tidak dipakai)"),
    "state": _("status (tidak dipakai)"),
    "pack_code": _("kode kemasan"),
    "pack_name": _("nama kemasan"),
    "barcode": _("barcode"),
}


CHANGES: dict[str, Text] = {
    "name_id": _("nama"), "name_en": _("nama Inggris"), "story_id": _("cerita"), "story_en": _("cerita Inggris"),
    "materials": _("bahan"), "local_percent": _("kandungan lokal"), "local_scope": _("asal bahan"),
    "capacity": _("kapasitas"), "capacity_unit": _("satuan kapasitas"), "shelf_life_days": _("masa simpan"),
    "minimum_order": _("pesanan minimum"), "lead_time_days": _("waktu pengerjaan"), "category": _("kategori"),
    "pack": _("kemasan baru"), "name": _("nama kemasan"), "unit": _("satuan"), "net": _("isi"), "barcode": _("barcode"),
    "price": _("harga eceran"), "wholesale": _("harga grosir"), "permit": _("izin"), "remarks": _("catatan"),
    "phone": _("telepon"), "other_phones": _("telepon lain"), "contact_name": _("nama kontak"), "address": _("alamat"),
    "kind": _("jenis produsen"), "members_m": _("anggota laki-laki"), "members_f": _("anggota perempuan"),
    "workers_m": _("tenaga kerja laki-laki"), "workers_f": _("tenaga kerja perempuan"),
}  # fmt: skip


def change(name: str) -> str:
    """What a row changes, in words; fields of the producer say so."""
    of_maker = name.startswith("producer.")
    word = str(CHANGES.get(name.removeprefix("producer."), name))
    return gettext("%(field)s produsen") % {"field": word} if of_maker else word


def field(code: str) -> str:
    """What a field is called; a code we do not know stays as it is."""
    return str(FIELDS.get(code, code)) if code not in {"", "+"} else ""


def sentence(note: Note) -> str:
    """The note's words, without its address."""
    return said(note.code, note.facts)


def said(code: str, facts: Mapping[str, Any]) -> str:
    """The words of a note ``code`` with its ``facts``."""
    template = str(NOTES[code])
    return template % facts


def place(sheet: str, cell: str, row: int) -> str:
    """``Lembar ‘X’ sel C7``; without a cell the row is named."""
    if cell:
        return gettext("Lembar ‘%(sheet)s’ sel %(cell)s") % {"sheet": sheet, "cell": cell}
    return gettext("Lembar ‘%(sheet)s’ baris %(row)s") % {"sheet": sheet, "row": row}
