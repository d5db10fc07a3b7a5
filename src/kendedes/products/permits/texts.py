"""What a verdict says to people."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from kendedes.products.permits.rules import Shape, Verdict

SHAPES: dict[Shape, Any] = {
    Shape.RIGHT: _("bentuk benar"),
    Shape.WRONG: _("bentuk salah"),
    Shape.UNSURE: _("belum bisa dipastikan"),
}
BADGES = {Shape.RIGHT: "good", Shape.WRONG: "bad", Shape.UNSURE: "warn"}
HINTS: dict[str, Any] = {
    "empty": _("Nomornya belum diisi."),
    "pirt_letters": _("Nomor P-IRT hanya angka, misalnya P-IRT No. 2063507010001-28."),
    "pirt_short": _("Nomor P-IRT biasanya 15 angka; di sini ada %(digits)s. Salin ulang dari sertifikatnya."),
    "pirt_long": _("Nomor P-IRT biasanya 15 angka; di sini ada %(digits)s. Periksa di halaman resminya."),
    "pirt_pack": _("Angka pertama (jenis kemasan) tidak ada dalam daftar yang kami kenal."),
    "pirt_food": _("Angka ke-2 dan ke-3 (jenis pangan) tidak ada dalam daftar yang kami kenal."),
    "pirt_region": _("Angka ke-4 dan ke-5 bukan kode provinsi."),
    "pirt_year": _("Dua angka terakhir (tahun berakhir) tidak masuk akal: P-IRT berlaku lima tahun."),
    "halal_kh": _("Ini nomor ketetapan (KH), bukan nomor sertifikat. Nomor sertifikat diawali ID."),
    "halal_letters": _("Nomor sertifikat halal diawali ID lalu 17 angka."),
    "halal_length": _("Nomor sertifikat halal yang kami kenal: ID lalu 17 angka; di sini ada %(digits)s angka."),
    "halal_prefix": _("Nomor sertifikat halal biasanya diawali ID."),
    "halal_region": _("Dua angka pertama bukan kode provinsi."),
    "halal_month": _("Empat angka terakhir biasanya bulan dan tahun terbit."),
    "nib_length": _("NIB terdiri dari 13 angka; di sini ada %(digits)s."),
    "nib_same": _("Semua angkanya sama; periksa lagi."),
    "digits_only": _("NIB hanya angka."),
    "bpom_letters": _("Nomor BPOM diawali dua huruf, misalnya MD, lalu angka."),
    "bpom_prefix": _("Dua huruf pertama tidak ada dalam daftar yang kami kenal."),
    "bpom_length": _("Jumlah angkanya tidak cocok dengan dua huruf di depan; di sini ada %(digits)s."),
    "bpom_new": _("Bentuk baru: 15 angka."),
    "brand_application": _("Nomor sertifikat merek diawali IDM lalu 9 angka. Nomor permohonan belum berarti merek terdaftar."),
    "sni_form": _("Tulis nomor standarnya, misalnya SNI 2973:2018."),
}  # fmt: skip
PACKS: dict[str, Any] = {
    "glass": _("gelas"), "plastic": _("plastik"), "paper": _("karton/kertas"), "tin": _("kaleng"),
    "foil": _("aluminium foil"), "other": _("kemasan lain"), "composite": _("komposit"), "multiple": _("kemasan ganda"),
}  # fmt: skip
FOODS: dict[str, Any] = {
    "dried meat": _("daging kering"), "dried fish": _("ikan kering"), "dried poultry": _("unggas kering"),
    "vegetables": _("sayur asin/kering"), "coconut": _("kelapa"), "flour": _("tepung"), "oil": _("minyak/lemak"),
    "jam": _("selai/jeli"), "sugar": _("gula, kembang gula, madu"), "coffee": _("kopi, teh, cokelat kering"),
    "seasoning": _("bumbu"), "spice": _("rempah"), "drink": _("minuman/serbuk"), "fruit": _("buah"),
    "grain": _("biji-bijian, kacang, umbi"),
}  # fmt: skip


def hints(verdict: Verdict) -> list[str]:
    """The verdict's hints as sentences."""
    return [
        str(HINTS[code]) % verdict.facts if "%(" in str(HINTS[code]) else str(HINTS[code]) for code in verdict.hints
    ]


def meaning(verdict: Verdict) -> list[str]:
    """What the digits of a P-IRT number say: pack, kind of food."""
    found = [PACKS.get(verdict.facts.get("pack", "")), FOODS.get(verdict.facts.get("food", ""))]
    return [str(text) for text in found if text]
