from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kendedes.ui.nav import NavItem


class OvopConfig(AppConfig):
    name = "kendedes.ovop"
    verbose_name = "OVOP"
    ships = ["kendedes.ovop.actions.ensure_presets"]
    nav = [NavItem(_("OVOP"), "ovop:home", "award", right="see_products", order=30)]
    waiting = ["kendedes.ovop.waiting.waiting"]
    nouns = {"rubric": _("rubrik"), "round": _("putaran penilaian"), "sheet": _("lembar nilai")}
    deeds = {
        "rubric.copy": _("menyalin rubrik %(title)s"),
        "rubric.change": _("mengubah rubrik %(title)s"),
        "round.open": _("membuka putaran penilaian %(title)s"),
        "round.candidates": _("menambah calon ke putaran penilaian"),
        "round.candidate_out": _("mengeluarkan calon dari putaran penilaian"),
        "round.assessors": _("menetapkan %(count)s penilai"),
        "round.start": _("memulai penilaian"),
        "round.conflict": _("menyatakan hubungan dengan produsen %(code)s"),
        "round.gate": _("memeriksa syarat wajib %(gate)s untuk %(code)s"),
        "sheet.hand_in": _("menyerahkan lembar nilai %(code)s"),
        "round.close": _("menutup putaran: %(candidates)s calon, %(starred)s berbintang"),
        "round.cancel": _("membatalkan putaran penilaian: %(reason)s"),
    }
