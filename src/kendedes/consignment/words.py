"""Words of consignment for people: kinds of papers, what happened to a lot, how differences are settled."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from kendedes.consignment.models import Paper

Kind = Paper.Kind
ICONS = {
    Kind.NOTE: "inbox", Kind.DELIVERY: "send", Kind.RETURN: "undo", Kind.WRITE_OFF: "trash", Kind.COUNT: "clipboard",
    Kind.SWAP: "sort",
}  # fmt: skip
ABOUT: dict[str, Any] = {
    Kind.NOTE: _("Barang datang dari produsen, dengan harga yang disepakati. Label dicetak sesudahnya."),
    Kind.DELIVERY: _("Barang dikirim antara unit, galeri, dan pameran; di jalan sampai diterima."),
    Kind.RETURN: _("Barang kembali ke produsennya."),
    Kind.WRITE_OFF: _("Barang kedaluwarsa, rusak, atau hilang; kesepakatan menentukan siapa menanggung."),
    Kind.COUNT: _("Hitung tanpa melihat catatan; selisihnya ditunjukkan sesudahnya."),
    Kind.SWAP: _("Barang pindah dari rak ke rak."),
}
BADGES = {"draft": "", "sent": "info dot", "counted": "warn", "done": "good", "cancelled": "line"}
STEPS: dict[str, tuple[Any, str]] = {
    "came": (_("Datang dari produsen ke %(to)s"), "inbox"),
    "sent": (_("Dikirim dari %(from)s"), "send"),
    "arrived": (_("Tiba di %(to)s"), "check-circle"),
    "moved": (_("Pindah dari %(from)s ke %(to)s"), "sort"),
    "sold": (_("Terjual dari %(from)s"), "basket"),
    "refunded": (_("Dikembalikan pembeli ke %(to)s"), "undo"),
    "returned": (_("Kembali ke produsen dari %(from)s"), "undo"),
    "expired": (_("Kedaluwarsa di %(from)s"), "clock"),
    "damaged": (_("Rusak di %(from)s"), "warning"),
    "lost": (_("Hilang di %(from)s"), "warning"),
    "sample": (_("Jadi contoh dari %(from)s"), "hand"),
    "found": (_("Ditemukan di %(to)s"), "search"),
    "known": (_("Kurang di %(from)s: dulu terhitung lebih"), "refresh"),
    "difference": (_("Disesuaikan di %(from)s: sudah terjual sebelumnya"), "refresh"),
}
DIFFERENCES: dict[str, Any] = {
    "arrived_short": _("kurang saat diterima"),
    "arrived_over": _("lebih saat diterima"),
    "oversold": _("terjual lebih dari catatan"),
    "found_after_loss": _("ditemukan, padahal pernah dicatat hilang"),
}
WAYS: dict[str, Any] = {
    "late": _("datang menyusul"),
    "back": _("kembali ke asal"),
    "lost": _("hilang"),
    "found": _("memang ada lebih"),
    "seen": _("sudah diperiksa"),
}
EXPIRY: dict[int, tuple[Any, str]] = {
    0: (_("Sudah lewat"), "bad"),
    7: (_("Dalam 7 hari"), "bad"),
    14: (_("Dalam 14 hari"), "warn"),
    30: (_("Dalam 30 hari"), "info"),
}
