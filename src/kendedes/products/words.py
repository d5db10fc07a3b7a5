"""Words of the products floor for people: states, gaps, deeds in the diary."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

BADGES = {
    "draft": "", "submitted": "info", "returned": "warn", "accepted": "good", "published": "good dot", "discontinued": "line",
}  # fmt: skip
GAPS: dict[str, Any] = {
    "photo": _("belum ada foto"),
    "price": _("belum ada harga"),
    "story": _("belum ada cerita"),
    "english": _("belum ada teks Inggris"),
    "permit": _("belum ada izin pangan"),
    "remark": _("ada catatan impor"),
}
FIX_FIELDS: dict[str, Any] = {
    "name": _("Nama"),
    "story": _("Cerita"),
    "photo": _("Foto"),
    "price": _("Kemasan dan harga"),
    "permit": _("Izin"),
    "facts": _("Keterangan lain"),
}
DEEDS: dict[str, Any] = {
    "product.create": _("mencatat produk %(name)s (%(code)s)"),
    "product.change": _("mengubah keterangan %(name)s"),
    "product.pack": _("mengubah kemasan %(pack)s dari %(name)s"),
    "product.pack_end": _("mengakhiri kemasan %(pack)s dari %(name)s"),
    "product.submit": _("mengajukan %(name)s ke kurator"),
    "product.withdraw": _("menarik kembali ajuan %(name)s"),
    "product.send_back": _("mengembalikan %(name)s untuk diperbaiki"),
    "product.accept": _("menerima %(name)s"),
    "product.publish": _("menerbitkan %(codes)s"),
    "product.discontinue": _("menyatakan %(name)s tidak diproduksi lagi"),
    "product.revive": _("menyatakan %(name)s diproduksi lagi"),
    "product.photo_add": _("menambah foto %(name)s"),
    "product.photo_change": _("mengubah keterangan foto %(name)s"),
    "product.photo_order": _("mengubah urutan foto %(name)s"),
    "product.photo_remove": _("menghapus satu foto %(name)s"),
    "import.receive": _("mengirim lembar %(file)s"),
    "import.columns": _("mencocokkan kolom lembar"),
    "import.store": _("menyimpan lembar %(file)s"),
    "import.cancel": _("membatalkan lembar %(file)s"),
    "permit.add": _("mencatat izin %(number)s"),
    "permit.change": _("mengubah izin %(name)s"),
    "permit.verify": _("memeriksa izin %(number)s di halaman resmi"),
    "permit.end": _("mengakhiri izin %(number)s"),
    "permit.file": _("menyimpan berkas izin %(name)s"),
}
NOUNS: dict[str, Any] = {"product": _("produk"), "permit": _("izin dan sertifikat"), "import": _("lembar yang dikirim")}
