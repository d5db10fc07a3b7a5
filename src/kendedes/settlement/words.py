"""What happened to the goods of a statement besides being sold, in sentences a producer can read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kendedes.base.format import month, rupiah


def sums(content: Mapping[str, Any]) -> list[tuple[str, int]]:
    """From what the goods brought in to what is due: each line with its amount, deductions negative."""
    lots = content["lots"]

    def total(name: str) -> int:
        return sum(int(lot[name]) for lot in lots)

    lines: list[tuple[str, int]] = [(_("Hasil penjualan (setelah pengembalian)"), total("gross"))]
    lines += [(_("Bagian galeri"), -total("gallery")), (_("Bagian unit"), -total("unit"))]
    lines += [(name, -amount) for name, amount in sorted(content["named"].items())]
    lines += [(_("Ganti rugi dari galeri"), total("compensation"))]
    lines += [(_dues_name(line), -line["amount"]) for line in content.get("dues", ())]
    if content["last_due"]:
        lines.append((_("Yang harus dibayar pada laporan lalu"), content["last_due"]))
        lines.append((_("Sudah dibayar sejak itu"), -content["last_paid"]))
    return [(label, amount) for label, amount in lines if amount]


def told(content: Mapping[str, Any]) -> list[str]:
    """One sentence for each thing a reader would ask about: what came back, what went without being sold, what is carried."""
    return [line for lot in content["lots"] for line in _lot(lot)] + _balance(content)


def _lot(lot: Mapping[str, Any]) -> list[str]:
    facts = {"name": lot["name"], "amount": rupiah(abs(lot["net"]))}
    found = []
    if lot["returned"] and not lot["sold"] and lot["net"] < 0:
        found.append(
            _("%(n)s buah %(name)s yang dulu laku dikembalikan pembeli: bagian Anda %(amount)s dipotong di sini.")
            % {**facts, "n": lot["returned"]}
        )
    elif lot["returned"]:
        found.append(
            _("%(n)s buah %(name)s dikembalikan pembeli; sudah dipotong dari hasil penjualannya.")
            % {**facts, "n": lot["returned"]}
        )
    gone = {
        "expired": _("%(n)s buah %(name)s kedaluwarsa dan disisihkan dengan berita acara."),
        "damaged": _("%(n)s buah %(name)s rusak dan disisihkan dengan berita acara."),
        "lost": _("%(n)s buah %(name)s hilang."),
        "sample": _("%(n)s buah %(name)s dipakai sebagai contoh."),
        "taken_back": _("%(n)s buah %(name)s Anda ambil kembali."),
        "found": _("%(n)s buah %(name)s ditemukan lagi."),
        "late": _("%(n)s buah %(name)s laku pada masa lalu; kabarnya baru sampai sesudah laporan lalu."),
    }
    less = {
        "lost": _("%(n)s buah %(name)s yang dulu hilang sudah ditemukan."),
        "found": _("%(n)s buah %(name)s yang dulu terhitung lebih ternyata tidak ada."),
    }
    found += [text % {**facts, "n": lot[name]} for name, text in gone.items() if lot[name] > 0]
    found += [text % {**facts, "n": -lot[name]} for name, text in less.items() if lot[name] < 0]
    if lot["compensation"] < 0:
        text = _("Ganti rugi %(amount)s untuk %(name)s yang dulu hilang ditarik kembali, karena barangnya ditemukan.")
        found.append(text % {**facts, "amount": rupiah(-lot["compensation"])})
    elif lot["compensation"]:
        text = _("Galeri mengganti %(amount)s untuk %(name)s yang rusak, hilang, atau kedaluwarsa.")
        found.append(text % {**facts, "amount": rupiah(lot["compensation"])})
    return found


def _dues_name(line: Mapping[str, Any]) -> str:
    """``Iuran November 2026``, and for what if not for everything."""
    facts = {"month": month(date.fromisoformat(line["month"]), get_language() or "id"), "name": line["product"]}
    return (_("Iuran %(month)s, %(name)s") if line["product"] else _("Iuran %(month)s")) % facts


def _balance(content: Mapping[str, Any]) -> list[str]:
    found = []
    for line in content.get("dues", ()):
        text = _("%(name)s, %(amount)s, dipotong di sini sesuai kesepakatan.")
        found.append(text % {"name": _dues_name(line), "amount": rupiah(line["amount"])})
    if content["carried"] < 0:
        text = _("Kekurangan laporan lalu %(amount)s sudah diperhitungkan.")
        found.append(text % {"amount": rupiah(-content["carried"])})
    elif content["carried"] > 0:
        text = _("Yang belum dibayar dari laporan lalu, %(amount)s, ikut dibayarkan sekarang.")
        found.append(text % {"amount": rupiah(content["carried"])})
    if content["due"] < 0:
        text = _(
            "Hasil masa ini belum menutupnya: %(amount)s dibawa ke laporan berikut. Anda tidak perlu membayar apa pun."
        )
        found.append(text % {"amount": rupiah(-content["due"])})
    if content["held"]:
        text = _("%(amount)s dari penjualan terakhir masih ditahan beberapa hari dan dibayarkan pada laporan berikut.")
        found.append(text % {"amount": rupiah(content["held"])})
    return found
