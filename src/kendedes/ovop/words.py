"""What the page says for lasting words of the rules: gaps of a rubric, kinds of steps, reasons of gates."""

from django.utils.translation import gettext_lazy as _

PROBLEMS = {
    "code_twice": _("kode dipakai dua kali"),
    "no_section": _("belum ada bagian"),
    "no_criterion": _("belum ada kriteria"),
    "no_maximum": _("nilai tertinggi belum diisi"),
    "no_title": _("nama belum diisi"),
    "no_levels": _("sedikitnya dua tingkat nilai"),
    "level_without_text": _("tingkat tanpa keterangan"),
    "levels_do_not_rise_to_maximum": _("tingkat harus naik sampai nilai tertinggi"),
    "sum_differs": _("jumlah kriteria tidak sama dengan nilai bagian"),
    "no_bands": _("batas bintang belum diisi"),
    "bands_do_not_rise": _("batas bintang harus naik"),
    "band_out_of_reach": _("batas bintang di atas nilai tertinggi"),
}
STEPS = {
    "permit": _("Izin & sertifikat"),
    "packaging": _("Kemasan & label"),
    "story": _("Cerita produk"),
    "quality": _("Mutu"),
    "design": _("Rancangan"),
    "market": _("Pemasaran"),
    "capacity": _("Kapasitas produksi"),
    "material": _("Bahan baku"),
    "environment": _("Lingkungan"),
    "people": _("Kelompok & masyarakat"),
}
GATE_KINDS = {
    "permit": _("izin yang berlaku"),
    "food_permit": _("izin yang berlaku, hanya untuk pangan"),
    "local_producer": _("produsen binaan unit setempat"),
    "commodity": _("termasuk komoditas"),
    "manual": _("diperiksa orang"),
}
GATE_WHY = {
    "permit_missing": _("belum ada izinnya"),
    "permit_lapsed": _("izinnya sudah lewat masa berlaku"),
    "permit_held": _("izin berlaku"),
    "not_food": _("bukan pangan"),
    "commodity": _("menurut kategori"),
    "local_producer": _("menurut data produsen"),
    "checked": _("diperiksa"),
    "ask": _("belum diperiksa"),
}
