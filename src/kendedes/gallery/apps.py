from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kendedes.ui.nav import NavItem


class GalleryConfig(AppConfig):
    name = "kendedes.gallery"
    verbose_name = "Galeri"
    nav = [NavItem(_("Galeri"), "gallery:home", "store", right="see_stock", order=34)]
    waiting = ["kendedes.gallery.waiting.waiting"]
    nouns = {
        "venue": _("pusat kerajinan"), "stand": _("stan"), "shelf": _("rak"), "mandate": _("mandat"), "facing": _("muka rak"),
        "call": _("iuran"),
    }  # fmt: skip
    deeds = {
        "venue.create": _("mencatat %(name)s"),
        "venue.change": _("mengubah keterangan %(name)s"),
        "stand.create": _("menambah %(name)s"),
        "stand.change": _("mengubah %(name)s"),
        "stand.end": _("menutup %(name)s"),
        "stand.duty": _("menetapkan penjaga %(name)s"),
        "stand.off_duty": _("mengakhiri giliran jaga %(name)s"),
        "shelf.create": _("menambah %(name)s"),
        "shelf.change": _("mengubah %(name)s: %(facings)s muka"),
        "shelf.end": _("menutup %(name)s"),
        "shelf.facing": _("memberikan %(name)s muka %(number)s kepada %(unit)s"),
        "shelf.facing_free": _("mengosongkan %(name)s muka %(number)s"),
        "facing.rotate": _("menggilir muka rak sejak %(since)s: %(changed)s dari %(all)s berganti"),
        "facing.quota": _("mengubah bagian muka rak: %(units)s"),
        "mandate.file": _("menyimpan surat mandat %(name)s"),
        "mandate.add": _("mencatat mandat %(name)s dari %(giver)s"),
        "call.ask": _("meminta iuran %(name)s dari %(units)s unit"),
        "call.receive": _("menerima iuran %(name)s dari %(unit)s: Rp%(amount)s"),
    }
